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
def codebook_check(codebook: Path | None, frames_dir: Path | None) -> None:
    """Look for unknown ids, cues that hit two domains alike, cues never seen."""
    from analysis import frames, lexicon

    use_codebook(codebook)
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
