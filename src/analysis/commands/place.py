"""`plans doctor` and `plans lab`."""

from __future__ import annotations

import os
import sys

import click

from analysis import paths
from analysis.commands.base import WrongUse, main


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
