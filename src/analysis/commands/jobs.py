"""`plans ingest`, `plans report`, `plans briefing`."""

from __future__ import annotations

import os
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click

from analysis import paths
from analysis.commands.base import FOLDER, WrongUse, main, progress, use_codebook

if TYPE_CHECKING:
    from analysis import brief, ingest


@main.command("ingest")
@click.argument("inputs", nargs=-1, type=click.Path(path_type=Path), metavar="[PATH]...")
@click.option("--out", type=FOLDER, help="Where the frames go.  [default: data/processed]")
@click.option("--manifest", type=click.Path(path_type=Path), help="A CSV file with what is already known of documents.")
@click.option("--codebook", type=FOLDER, help="A folder of your own tables, laid over the shipped ones.")
@click.option("--jobs", type=click.IntRange(1), help="Worker processes.  [default: one a core]")
@click.option("--scheduler", metavar="ADDRESS", help="A running Dask scheduler to read on (extra `scale`).")
def ingest_command(
    inputs: tuple[Path, ...],
    out: Path | None,
    manifest: Path | None,
    codebook: Path | None,
    jobs: int | None,
    scheduler: str | None,
) -> None:
    """Read files, folders, archives or a manifest and write the frames.

    Without PATH the plans in data/raw are read: your own if there are any, else the sample.
    """
    use_codebook(codebook)
    summary = _ingest(inputs, out, manifest, jobs, scheduler)
    sys.exit(1 if summary.n_unread else 0)


FRESH = click.option("--fresh", is_flag=True, help="Make every report anew, also those of which nothing changed since.")


@main.command("report")
@click.argument("names", nargs=-1, metavar="[NAME]...")
@click.option("--each", type=click.Choice(["region", "plan", "year", "pair"]), help="One report a region, plan, ...")
@click.option("--param", "params", multiple=True, metavar="K=V", help="A parameter of the notebook; may be repeated.")
@click.option("--format", "formats", default="html,pdf", show_default=True, help="html, pdf, docx; parted by commas.")
@click.option("--jobs", type=click.IntRange(1), help="Notebooks run at a time.  [default: one a core]")
@click.option("--out", type=FOLDER, help="Where the reports go.  [default: reports]")
@click.option("--frames", "frames_dir", type=FOLDER, help="The frames to report on.  [default: data/processed]")
@FRESH
def report_command(
    names: tuple[str, ...],
    each: str | None,
    params: tuple[str, ...],
    formats: str,
    jobs: int | None,
    out: Path | None,
    frames_dir: Path | None,
    fresh: bool,
) -> None:
    """Run notebooks and export them; without NAME, every one."""
    given = _pairs(params)
    if frames_dir is not None:
        given.setdefault("frames_dir", str(frames_dir.resolve()))
    results = _report(list(names), each, given, formats, jobs, out, fresh)
    _finish(results, out)


@main.command("briefing")
@click.argument("inputs", nargs=-1, type=click.Path(path_type=Path), metavar="[PATH]...")
@click.option("--codebook", type=FOLDER, help="A folder of your own tables, laid over the shipped ones.")
@click.option("--jobs", type=click.IntRange(1), help="Worker processes.  [default: one a core]")
@click.option("--format", "formats", default="html,pdf", show_default=True, help="html, pdf, docx; parted by commas.")
@click.option(
    "--lang", type=click.Choice(["zh", "en"]), default="zh", show_default=True, help="Language of the reports."
)
@click.option("--out", type=FOLDER, help="Where the reports go.  [default: reports]")
@FRESH
def briefing_command(
    inputs: tuple[Path, ...],
    codebook: Path | None,
    jobs: int | None,
    formats: str,
    lang: str,
    out: Path | None,
    fresh: bool,
) -> None:
    """The main job: ingest, then every report, then the index.

    Ends with 1 when a report failed; documents that could not be read are listed and counted in the quality report.
    """
    use_codebook(codebook)
    _ingest(inputs, None, None, jobs, None)
    from analysis import brief

    results = []
    for names, each in brief.MAIN_JOB:
        results += _report(list(names), each, {"lang": lang}, formats, jobs, out, fresh)
    _finish(results, out)


def _default_inputs() -> list[Path]:
    """Your own plans in data/raw if there are any, else the sample."""
    from analysis import read

    raw = paths.raw()
    if raw.is_relative_to(Path.cwd()):
        raw = raw.relative_to(Path.cwd())  # frames then hold paths inside the project, not of this machine
    if not raw.is_dir():
        raise WrongUse(f"{raw} does not exist; name files or folders, or run inside the project")
    own = [p for p in sorted(raw.iterdir()) if p.name not in ("sample", "README.md") and not p.name.startswith(".")]
    if own and read.find(own).files:
        if (raw / "sample").is_dir():
            click.echo(f"reading your plans in {raw}; the sample is left out", err=True)
        return own
    return [raw / "sample"] if (raw / "sample").is_dir() else [raw]


def _ingest(
    inputs: tuple[Path, ...], out: Path | None, manifest: Path | None, jobs: int | None, scheduler: str | None
) -> ingest.Summary:
    from tqdm import tqdm

    from analysis import frames, ingest, lexicon

    try:
        with tqdm(desc="reading", unit="plan", disable=None) as bar:
            summary = ingest.run(
                list(inputs) or _default_inputs(),
                out or paths.processed(),
                manifest=manifest,
                corrections=paths.corrections(),
                jobs=jobs,
                scheduler=scheduler,
                progress=progress(bar),
            )
    except (ingest.IngestError, ingest.ManifestError, lexicon.CodebookError, frames.FrameError) as error:
        raise WrongUse(str(error)) from error
    click.echo(_closing_table(summary))
    return summary


def _closing_table(summary: ingest.Summary) -> str:
    from analysis import frames

    plans, problems = frames.read(summary.out, "plans"), frames.read(summary.out, "problems")
    is_plan = plans["is_plan"].fillna(False).astype(bool)
    rows = [
        ("documents found", summary.n_found),
        ("read", summary.n_read),
        ("  of these parsed now", summary.n_parsed),
        ("could not be read", summary.n_unread),
        ("plans", int(is_plan.sum())),
        ("  without region", int((is_plan & plans[["province", "city", "county"]].isna().all(axis=1)).sum())),
        ("  without year", int((is_plan & plans["plan_year"].isna()).sum())),
        ("families (copies counted once)", plans["family_id"].nunique()),
        *((name, frames.count(summary.out, name)) for name in ("items", "metrics", "repairs", "masks", "checks")),
        *((f"problems: {s}s", int((problems["severity"] == s).sum())) for s in ("error", "warning", "note")),
    ]
    lines = [f"{name:34}{n:>10,}" for name, n in rows]
    errors = problems.loc[problems["severity"] == "error", "message"]
    lines += [f"  {message}" for message in errors.head(20)]
    if len(errors) > 20:
        lines.append(f"  and {len(errors) - 20} more in problems.parquet")
    return "\n".join([*lines, f"frames in {summary.out}"])


def _pairs(params: tuple[str, ...]) -> dict[str, str]:
    pairs = {}
    for param in params:
        name, mark, value = param.partition("=")
        if not mark or not name:
            raise WrongUse(f"--param {param!r} is not NAME=VALUE")
        pairs[name] = value
    return pairs


def _report(
    names: list[str],
    each: str | None,
    params: dict[str, str],
    formats: str,
    jobs: int | None,
    out: Path | None,
    fresh: bool,
) -> list[brief.Result]:
    from tqdm import tqdm

    from analysis import brief, frames

    try:
        with tqdm(desc="reporting", unit="report", disable=None) as bar:
            return brief.report(
                names,
                each=each,
                params=params,
                formats=tuple(f.strip() for f in formats.split(",") if f.strip()),
                jobs=jobs or os.cpu_count() or 1,
                out=out or paths.reports(),
                progress=progress(bar),
                fresh=fresh,
            )
    except (brief.BriefError, frames.FrameError) as error:
        raise WrongUse(str(error)) from error


def _finish(results: list[brief.Result], out: Path | None) -> None:
    from analysis import brief

    index = brief.index(out or paths.reports())
    failed = [r for r in results if r.status == "failed"]
    n_kept = sum(r.status == "unchanged" for r in results)
    kept = f" ({n_kept} of them unchanged)" if n_kept else ""
    click.echo(f"{len(results) - len(failed)} of {len(results)} reports made{kept}; index: {index}")
    for result in failed:
        click.echo(f"  failed: {result.name} {result.params}: {result.error}", err=True)
    sys.exit(1 if failed else 0)
