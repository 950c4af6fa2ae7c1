"""What the comparisons share: columns asked for, empty results that say why, sectors, weights."""

from __future__ import annotations

import zlib
from collections.abc import Iterable, Sequence
from typing import Any

import numpy as np
import pandas as pd

from analysis import lexicon
from analysis.frames import FrameError

REASONS = ("no_rows", "one_group", "few_groups", "one_year", "no_region", "no_indicator")


def need(frame: pd.DataFrame, columns: Iterable[str], name: str) -> pd.DataFrame:
    """The frame itself when it has the columns.

    Raises: FrameError naming what is missing and what is there.
    """
    missing = [c for c in columns if c not in frame.columns]
    if missing:
        raise FrameError(f"{name} lacks {', '.join(missing)}; it has {', '.join(map(str, frame.columns))}")
    return frame


def empty(columns: Sequence[str], reason: str) -> pd.DataFrame:
    """A frame of these columns without rows; `attrs["reason"]` is one of REASONS."""
    frame = pd.DataFrame({c: pd.Series(dtype=object) for c in columns})
    frame.attrs["reason"] = reason
    return frame


def keys(by: str | Sequence[str]) -> list[str]:
    """The grouping columns as a list."""
    return [by] if isinstance(by, str) else list(by)


def codebook(items: pd.DataFrame) -> pd.Series:
    """For each item the sector whose domain table it was tagged with."""
    known = lexicon.sectors()
    plain = pd.Series("government", index=items.index, dtype="str")
    sector = items["sector"].where(items["sector"].isin(known), "government") if "sector" in items.columns else plain
    tagged = items["codebook"] if "codebook" in items.columns else sector
    return tagged.where(tagged.isin(known), sector).astype("str")


def ids(items: pd.DataFrame, by: Sequence[str]) -> dict[Any, list[str]]:
    """The ids of the items of each group, by its key (a tuple where `by` are several); none where items have no ids."""
    if "item_id" not in items.columns:
        return {}
    named = items[[*by, "item_id"]].drop_duplicates()
    return named.groupby(by[0] if len(by) == 1 else list(by), observed=True)["item_id"].agg(list).to_dict()


def chars(items: pd.DataFrame) -> pd.Series:
    """The length of each item's text in characters."""
    return items["text"].fillna("").str.len().astype("int64")


def generator(seed: int, *names: object) -> np.random.Generator:
    """Random numbers that depend on the seed and the names alone, not on what else is in the frame."""
    return np.random.default_rng([seed, *(zlib.crc32(str(name).encode()) for name in names)])


def long(table: pd.DataFrame, row: str, column: str, value: str) -> pd.DataFrame:
    """A crossed table as rows: one a cell, row by row, with the columns `row`, `column`, `value`."""
    index = pd.MultiIndex.from_product([table.index, table.columns], names=[row, column])
    return pd.DataFrame({value: table.to_numpy().ravel()}, index=index).reset_index()
