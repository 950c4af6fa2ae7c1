"""What all commands share: the group, wrong use, the codebook in force, a bar."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path
from typing import Any

import click

from analysis import __version__

OPTIONS = {"help_option_names": ["-h", "--help"], "max_content_width": 110}
FOLDER = click.Path(file_okay=False, path_type=Path)


class WrongUse(click.ClickException):
    """A sentence for the user; exit code 2."""

    exit_code = 2


@click.group(context_settings=OPTIONS)
@click.version_option(__version__, prog_name="plans")
def main() -> None:
    """Reads regional plans as they are found and compares what governments say they will do."""


def use_codebook(folder: Path | None) -> None:
    """Nothing; lays the tables of a folder over the shipped ones from here on."""
    if folder is None:
        return
    if not folder.is_dir():
        raise WrongUse(f"--codebook {folder} is no folder; it holds tables such as education/domains.csv")
    os.environ["PLANS_CODEBOOK"] = str(folder.resolve())


def progress(bar: Any) -> Callable[[int, int], None]:
    """What long work calls with how much is done, of how much; it moves a tqdm bar."""

    def tell(done: int, total: int) -> None:
        bar.total = total
        bar.update(done - bar.n)

    return tell
