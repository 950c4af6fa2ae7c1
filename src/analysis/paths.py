"""Where raw, processed, notebooks and reports live.

The project folder is the nearest folder above the working directory that holds `notebooks/` and `data/`; the
environment variable PLANS_HOME names another.  Paths are functions, so a test or a notebook may move the home.
"""

from __future__ import annotations

import os
from pathlib import Path


def home() -> Path:
    """The project folder: $PLANS_HOME, else the nearest one at or above the working directory, else that itself."""
    named = os.environ.get("PLANS_HOME")
    if named:
        return Path(named).expanduser().resolve()
    here = Path.cwd().resolve()
    for folder in (here, *here.parents):
        if (folder / "notebooks").is_dir() and (folder / "data").is_dir():
            return folder
    return here


def raw() -> Path:
    """Plans as found."""
    return home() / "data" / "raw"


def processed() -> Path:
    """The frames that ingest writes."""
    return home() / "data" / "processed"


def notebooks() -> Path:
    """The parameterised notebooks."""
    return home() / "notebooks"


def reports() -> Path:
    """Briefings and their index."""
    return home() / "reports"


def corrections() -> Path:
    """The coders' corrections, which hold in every ingest."""
    return home() / "data" / "corrections.csv"


def coding() -> Path:
    """Where coders' sheets are looked for by the notebook on agreement."""
    return home() / "data" / "coding"


def cases() -> Path:
    """What coders agreed on, as test cases of the codebook."""
    return home() / "data" / "codebook_cases.csv"


def codebook() -> Path:
    """The codebook's tables that ship with the package."""
    return Path(__file__).parent / "codebook"
