"""The command line: `plans`.

Exit codes: 0 all done, 1 something could not be read or run, 2 wrong use.  Libraries that take long to load are
imported inside the commands, so that `plans --help` answers at once.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from analysis import __version__, paths

if TYPE_CHECKING:
    import pandas as pd

    from analysis import brief, ingest

OPTIONS = {"help_option_names": ["-h", "--help"], "max_content_width": 110}
FOLDER = click.Path(file_okay=False, path_type=Path)


class WrongUse(click.ClickException):
    """A sentence for the user; exit code 2."""

    exit_code = 2


@click.group(context_settings=OPTIONS)
@click.version_option(__version__, prog_name="plans")
def main() -> None:
    """Reads regional plans as they are found and compares what governments say they will do."""


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
    _use_codebook(codebook)
    summary = _ingest(inputs, out, manifest, jobs, scheduler)
    sys.exit(1 if summary.n_unread else 0)


@main.command("report")
@click.argument("names", nargs=-1, metavar="[NAME]...")
@click.option("--each", type=click.Choice(["region", "plan", "year", "pair"]), help="One report a region, plan, ...")
@click.option("--param", "params", multiple=True, metavar="K=V", help="A parameter of the notebook; may be repeated.")
@click.option("--format", "formats", default="html,pdf", show_default=True, help="html, pdf, docx; parted by commas.")
@click.option("--jobs", type=click.IntRange(1), help="Notebooks run at a time.  [default: one a core]")
@click.option("--out", type=FOLDER, help="Where the reports go.  [default: reports]")
@click.option("--frames", "frames_dir", type=FOLDER, help="The frames to report on.  [default: data/processed]")
def report_command(
    names: tuple[str, ...],
    each: str | None,
    params: tuple[str, ...],
    formats: str,
    jobs: int | None,
    out: Path | None,
    frames_dir: Path | None,
) -> None:
    """Run notebooks and export them; without NAME, every one."""
    given = _pairs(params)
    if frames_dir is not None:
        given.setdefault("frames_dir", str(frames_dir.resolve()))
    results = _report(list(names), each, given, formats, jobs, out)
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
def briefing_command(
    inputs: tuple[Path, ...], codebook: Path | None, jobs: int | None, formats: str, lang: str, out: Path | None
) -> None:
    """The main job: ingest, then every report, then the index.

    Ends with 1 when a report failed; documents that could not be read are listed and counted in the quality report.
    """
    _use_codebook(codebook)
    _ingest(inputs, None, None, jobs, None)
    from analysis import brief

    results = []
    for names, each in brief.MAIN_JOB:
        results += _report(list(names), each, {"lang": lang}, formats, jobs, out)
    _finish(results, out)


@main.group("codebook")
def codebook_group() -> None:
    """The codebook's tables."""


@codebook_group.command("show")
@click.argument("name", required=False)
@click.option("--codebook", type=FOLDER, help="A folder of your own tables, laid over the shipped ones.")
def codebook_show(name: str | None, codebook: Path | None) -> None:
    """Print a table such as education/domains; without NAME, list the tables."""
    from analysis import lexicon

    _use_codebook(codebook)
    try:
        click.echo(lexicon.show(name))
    except lexicon.CodebookError as error:
        raise WrongUse(str(error)) from error


@codebook_group.command("check")
@click.option("--codebook", type=FOLDER, help="A folder of your own tables, laid over the shipped ones.")
@click.option("--frames", "frames_dir", type=FOLDER, help="Frames in which cues must occur.  [default: data/processed]")
def codebook_check(codebook: Path | None, frames_dir: Path | None) -> None:
    """Look for unknown ids, cues that hit two domains alike, cues never seen."""
    from analysis import frames, lexicon

    _use_codebook(codebook)
    folder = frames_dir or paths.processed()
    items = frames.load(folder).items if (folder / "plans.parquet").is_file() else None
    try:
        problems = lexicon.check(items)
    except lexicon.CodebookError as error:
        raise WrongUse(str(error)) from error
    for problem in problems:
        click.echo(f"{problem['severity']:8}{problem['message']}")
    click.echo(f"{len(problems)} findings in codebook {lexicon.version()}")
    sys.exit(1 if any(problem["severity"] == "error" for problem in problems) else 0)


@main.group("review")
def review_group() -> None:
    """Coding by hand: samples out, sheets back in, agreement, corrections."""


SHEET = click.Path(dir_okay=False, path_type=Path)


@review_group.command("sample")
@click.argument("sheet", type=SHEET)
@click.option("-n", "size", type=click.IntRange(1), default=50, show_default=True, help="How many items.")
@click.option("--how", type=click.Choice(["random", "hard", "stratified"]), default="random", show_default=True)
@click.option("--by", default="region", show_default=True, help="The groups of a stratified sample.")
@click.option("--seed", default=0, show_default=True)
@click.option("--prefill", is_flag=True, help="Write the machine's codes into the cells.")
@click.option("--frames", "frames_dir", type=FOLDER, help="The frames to draw from.  [default: data/processed]")
def review_sample(sheet: Path, size: int, how: str, by: str, seed: int, prefill: bool, frames_dir: Path | None) -> None:
    """Draw items and write them as a coding sheet: .xlsx, .csv or .jsonl."""
    from analysis import frames, review

    try:
        items = frames.load(frames_dir or paths.processed()).items
        drawn = review.sample(items, min(size, len(items)) or 1, how=how, by=by, seed=seed)
        review.export(drawn, sheet, prefill=prefill)
    except ValueError as error:
        raise WrongUse(str(error)) from error
    click.echo(f"{len(drawn)} of {len(items)} items in {sheet}; give each coder a copy, then: plans review import")


@review_group.command("export")
@click.argument("sheet", type=SHEET)
@click.option("--frames", "frames_dir", type=FOLDER, help="The frames to write.  [default: data/processed]")
def review_export(sheet: Path, frames_dir: Path | None) -> None:
    """Write every item, with the machine's codes, as a coding sheet: .xlsx, .csv or .jsonl."""
    from analysis import frames, review

    try:
        review.export(frames.load(frames_dir or paths.processed()).items, sheet, prefill=True)
    except ValueError as error:
        raise WrongUse(str(error)) from error
    click.echo(f"written: {sheet}")


@review_group.command("import")
@click.argument("sheets", nargs=-1, required=True, type=SHEET)
@click.option("--frames", "frames_dir", type=FOLDER, help="The frames that were coded.  [default: data/processed]")
def review_import(sheets: tuple[Path, ...], frames_dir: Path | None) -> None:
    """Take the codes of one coder, or those on which several agree, as corrections; they hold from the next ingest on."""
    import datetime

    from analysis import review

    items, codes, n_refused = _coded(sheets, frames_dir)
    agreed = review.agreed(codes) if len(sheets) > 1 else codes
    rows = review.corrections(items, agreed, when=datetime.date.today().isoformat())
    file = review.write_corrections(rows, paths.corrections())
    click.echo(f"{len(rows)} corrections added to {file}; run `plans ingest` to apply them")
    sys.exit(1 if n_refused else 0)


@review_group.command("agreement")
@click.argument("sheets", nargs=-1, required=True, type=SHEET)
@click.option("--frames", "frames_dir", type=FOLDER, help="The frames that were coded.  [default: data/processed]")
@click.option("--seed", default=0, show_default=True)
def review_agreement(sheets: tuple[Path, ...], frames_dir: Path | None, seed: int) -> None:
    """How far coders agree; with one sheet, how far its coder agrees with the machine."""
    import pandas as pd

    from analysis import review

    items, codes, n_refused = _coded(sheets, frames_dir)
    if len(sheets) == 1:
        machine = review.machine(items)
        codes = pd.concat([codes, machine[machine["item_id"].isin(codes["item_id"])]], ignore_index=True)
    click.echo(review.agreement(codes, seed=seed).to_string(index=False, float_format="{:.3f}".format))
    sys.exit(1 if n_refused else 0)


def _coded(sheets: tuple[Path, ...], frames_dir: Path | None) -> tuple[pd.DataFrame, pd.DataFrame, int]:
    """The items, the codes of all sheets, and how many rows were refused (each is said)."""
    import pandas as pd

    from analysis import frames, review

    try:
        items = frames.load(frames_dir or paths.processed()).items
        read = [review.read_sheet(sheet, items) for sheet in sheets]
    except (ValueError, OSError) as error:
        raise WrongUse(str(error)) from error
    for sheet, held in zip(sheets, read, strict=True):
        for row in held.refused.to_dict("records"):
            click.echo(f"{sheet} row {row['row']}: refused: {row['reason']}", err=True)
    return items, pd.concat([held.codes for held in read], ignore_index=True), sum(len(held.refused) for held in read)


@main.command("doctor")
def doctor_command() -> None:
    """Versions, fonts, extras; what is missing and how to get it."""
    from analysis import brief

    rows = brief.doctor()
    for row in rows:
        click.echo(f"{row['state']:9}{row['name']:24}{row['detail']}")
    sys.exit(1 if any(row["state"] == "missing" for row in rows) else 0)


@main.command("lab", context_settings={"ignore_unknown_options": True})
@click.argument("arguments", nargs=-1, type=click.UNPROCESSED)
def lab_command(arguments: tuple[str, ...]) -> None:
    """Open JupyterLab on the project; further arguments go to JupyterLab."""
    folder = paths.notebooks()
    if not folder.is_dir():
        raise WrongUse(f"{folder} does not exist; run `plans lab` inside the project, or set PLANS_HOME to it")
    os.execv(sys.executable, [sys.executable, "-m", "jupyterlab", f"--notebook-dir={paths.home()}", *arguments])


def _use_codebook(folder: Path | None) -> None:
    if folder is None:
        return
    if not folder.is_dir():
        raise WrongUse(f"--codebook {folder} is no folder; it holds tables such as education/domains.csv")
    os.environ["PLANS_CODEBOOK"] = str(folder.resolve())


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
                progress=_progress(bar),
            )
    except (ingest.IngestError, ingest.ManifestError, lexicon.CodebookError, frames.FrameError) as error:
        raise WrongUse(str(error)) from error
    click.echo(_closing_table(summary))
    return summary


def _progress(bar: Any) -> Callable[[int, int], None]:
    def tell(done: int, total: int) -> None:
        bar.total = total
        bar.update(done - bar.n)

    return tell


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
    names: list[str], each: str | None, params: dict[str, str], formats: str, jobs: int | None, out: Path | None
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
                progress=_progress(bar),
            )
    except (brief.BriefError, frames.FrameError) as error:
        raise WrongUse(str(error)) from error


def _finish(results: list[brief.Result], out: Path | None) -> None:
    from analysis import brief

    index = brief.index(out or paths.reports())
    failed = [r for r in results if r.status != "ok"]
    click.echo(f"{len(results) - len(failed)} of {len(results)} reports made; index: {index}")
    for result in failed:
        click.echo(f"  failed: {result.name} {result.params}: {result.error}", err=True)
    sys.exit(1 if failed else 0)


if __name__ == "__main__":
    main()
