"""`plans codebook` and `plans review`."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click

from analysis import paths
from analysis.commands.base import FOLDER, WrongUse, main, use_codebook

if TYPE_CHECKING:
    import pandas as pd

FILE = click.Path(dir_okay=False, path_type=Path)


@main.group("codebook")
def codebook_group() -> None:
    """The codebook's tables."""


@codebook_group.command("show")
@click.argument("name", required=False)
@click.option("--codebook", type=FOLDER, help="A folder of your own tables, laid over the shipped ones.")
def codebook_show(name: str | None, codebook: Path | None) -> None:
    """Print a table such as education/domains; without NAME, list the tables."""
    from analysis import lexicon

    use_codebook(codebook)
    try:
        click.echo(lexicon.show(name))
    except lexicon.CodebookError as error:
        raise WrongUse(str(error)) from error


@codebook_group.command("check")
@click.option("--codebook", type=FOLDER, help="A folder of your own tables, laid over the shipped ones.")
@click.option("--frames", "frames_dir", type=FOLDER, help="Frames in which cues must occur.  [default: data/processed]")
@click.option("--cases", "cases_file", type=FILE, help="Cases that must hold.  [default: data/codebook_cases.csv]")
def codebook_check(codebook: Path | None, frames_dir: Path | None, cases_file: Path | None) -> None:
    """Look for unknown ids, cues that hit two domains alike, cues never seen, and cases that no longer hold."""
    from analysis import frames, ingest, lexicon

    use_codebook(codebook)
    folder = frames_dir or paths.processed()
    items = frames.load(folder).items if (folder / "plans.parquet").is_file() else None
    if cases_file is not None and not cases_file.is_file():
        raise WrongUse(f"--cases {cases_file} does not exist; `plans review cases` writes it")
    cases = cases_file or paths.cases()
    try:
        problems = lexicon.check(items)
        if cases.is_file() and all(problem["severity"] != "error" for problem in problems):
            problems += ingest.check_cases(cases)
    except (lexicon.CodebookError, frames.FrameError) as error:
        raise WrongUse(str(error)) from error
    for problem in problems:
        click.echo(f"{problem['severity']:8}{problem['message']}")
    click.echo(f"{len(problems)} findings in codebook {lexicon.version()}")
    sys.exit(1 if any(problem["severity"] == "error" for problem in problems) else 0)


@main.group("review")
def review_group() -> None:
    """Coding by hand: samples out, sheets back in, agreement, corrections, test cases."""


WHAT = click.option(
    "--what", type=click.Choice(["items", "metrics"]), default="items", show_default=True, help="What is coded."
)
FRAMES = click.option("--frames", "frames_dir", type=FOLDER, help="The frames coded.  [default: data/processed]")


@review_group.command("sample")
@click.argument("sheet", type=FILE)
@WHAT
@click.option("-n", "size", type=click.IntRange(1), default=50, show_default=True, help="How many rows.")
@click.option("--how", type=click.Choice(["random", "hard", "stratified"]), default="random", show_default=True)
@click.option("--by", default="region", show_default=True, help="The groups of a stratified sample.")
@click.option("--seed", default=0, show_default=True)
@click.option("--prefill", is_flag=True, help="Write the machine's codes into the cells.")
@FRAMES
def review_sample(
    sheet: Path, what: str, size: int, how: str, by: str, seed: int, prefill: bool, frames_dir: Path | None
) -> None:
    """Draw items or metrics and write them as a coding sheet: .xlsx, .csv or .jsonl."""
    from analysis import review

    try:
        units = _units(what, frames_dir)
        drawn = review.sample(units, min(size, len(units)) or 1, how=how, by=by, seed=seed)
        review.export(drawn, sheet, prefill=prefill)
    except ValueError as error:
        raise WrongUse(str(error)) from error
    click.echo(f"{len(drawn)} of {len(units)} {what} in {sheet}; give each coder a copy, then: plans review import")


@review_group.command("export")
@click.argument("sheet", type=FILE)
@WHAT
@FRAMES
def review_export(sheet: Path, what: str, frames_dir: Path | None) -> None:
    """Write every item or metric, with the machine's codes, as a coding sheet: .xlsx, .csv or .jsonl."""
    from analysis import review

    try:
        review.export(_units(what, frames_dir), sheet, prefill=True)
    except ValueError as error:
        raise WrongUse(str(error)) from error
    click.echo(f"written: {sheet}")


@review_group.command("import")
@click.argument("sheets", nargs=-1, required=True, type=FILE)
@FRAMES
def review_import(sheets: tuple[Path, ...], frames_dir: Path | None) -> None:
    """Take the codes of one coder, or those on which several agree, as corrections; they hold from the next ingest on."""
    import datetime

    from analysis import review

    units, codes, n_refused = _coded(sheets, frames_dir)
    agreed = review.agreed(codes) if len(sheets) > 1 else codes
    rows = review.corrections(units, agreed, when=datetime.date.today().isoformat())
    file = review.write_corrections(rows, paths.corrections())
    click.echo(f"{len(rows)} corrections added to {file}; run `plans ingest` to apply them")
    sys.exit(1 if n_refused else 0)


@review_group.command("agreement")
@click.argument("sheets", nargs=-1, required=True, type=FILE)
@FRAMES
@click.option("--seed", default=0, show_default=True)
def review_agreement(sheets: tuple[Path, ...], frames_dir: Path | None, seed: int) -> None:
    """How far coders agree; with one sheet, how far its coder agrees with the machine."""
    import pandas as pd

    from analysis import review

    units, codes, n_refused = _coded(sheets, frames_dir)
    if len(sheets) == 1:
        machine = review.machine(units)
        codes = pd.concat([codes, machine[machine["unit_id"].isin(codes["unit_id"])]], ignore_index=True)
    click.echo(review.agreement(codes, seed=seed).to_string(index=False, float_format="{:.3f}".format))
    sys.exit(1 if n_refused else 0)


@review_group.command("cases")
@click.argument("sheets", nargs=-1, required=True, type=FILE)
@click.option("--out", type=FILE, help="The file of cases that they are added to.  [default: data/codebook_cases.csv]")
@FRAMES
def review_cases(sheets: tuple[Path, ...], out: Path | None, frames_dir: Path | None) -> None:
    """Turn the codes of items on which coders agree into test cases; `plans codebook check` runs them."""
    from analysis import frames, review

    if _kind(sheets) != "items":
        raise WrongUse("cases test the tags of items; give sheets of items, not of metrics")
    units, codes, n_refused = _coded(sheets, frames_dir)
    corpus = frames.load(frames_dir or paths.processed())
    agreed = review.agreed(codes) if len(sheets) > 1 else codes
    rows = review.cases(units, corpus.plans, corpus.outline, agreed)
    file = review.write_cases(rows, out or paths.cases())
    click.echo(f"{len(rows)} cases added to {file}; run `plans codebook check` to try them")
    sys.exit(1 if n_refused else 0)


def _units(what: str, frames_dir: Path | None) -> pd.DataFrame:
    """The items, or the metrics that are numbers, with their plans' regions and sectors."""
    from analysis import frames

    corpus = frames.load(frames_dir or paths.processed())
    return corpus.items if what == "items" else corpus.metrics[~corpus.metrics["worded"].fillna(False).astype(bool)]


def _kind(sheets: tuple[Path, ...]) -> str:
    """What the sheets hold: items or metrics."""
    from analysis import review

    try:
        kinds = {review.sheet_unit(sheet).frame for sheet in sheets}
    except (ValueError, OSError) as error:
        raise WrongUse(str(error)) from error
    if len(kinds) > 1:
        raise WrongUse("some sheets hold items, others metrics; give those of one kind")
    return kinds.pop()


def _coded(sheets: tuple[Path, ...], frames_dir: Path | None) -> tuple[pd.DataFrame, pd.DataFrame, int]:
    """The items or metrics, the codes of all sheets, and how many rows were refused (each is said)."""
    from analysis import review

    try:
        units = _units(_kind(sheets), frames_dir)
        held = review.read_sheets(sheets, units)
    except (ValueError, OSError) as error:
        raise WrongUse(str(error)) from error
    for row in held.refused.to_dict("records"):
        click.echo(f"{row['sheet']} row {row['row']}: refused: {row['reason']}", err=True)
    return units, held.codes, len(held.refused)
