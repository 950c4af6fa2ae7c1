"""The labels that an analyst gave to topics: a table beside the frames that is read again at every run."""

from __future__ import annotations

from pathlib import Path

import pandas as pd

from analysis import frames
from analysis.cluster import labels

FILE = "topic_labels.csv"
COLUMNS = ["label", "label_en", "automatic", "signature"]


def edited(folder: str | Path) -> pd.DataFrame:
    """The labels that were changed in the folder's table: label, label_en, automatic, signature; none without a table.

    Raises: FrameError when the table lacks a column.
    """
    file = Path(folder) / FILE
    if not file.is_file():
        return pd.DataFrame(columns=COLUMNS)
    found = pd.read_csv(file, dtype=str, encoding="utf-8-sig")
    missing = [c for c in COLUMNS if c not in found.columns]
    if missing:
        raise frames.FrameError(f"{file} lacks {', '.join(missing)}; delete it and keep_labels writes it anew")
    return found[found["label"].notna() & found["label"].ne(found["automatic"])].reset_index(drop=True)


def keep_labels(topics: pd.DataFrame, folder: str | Path) -> Path:
    """The table of labels, written beside the frames with a row for each topic; what an analyst changed stays.

    Change `label` and `label_en` there, leave the other columns: a label finds its topic again by `signature`.

    Args: topics: the frame of that name. folder: that of the frames.
    """
    known = edited(folder)
    now = topics.assign(automatic=topics["label"])[COLUMNS]
    if len(known):
        is_known = [
            any(labels.alike(own, theirs) >= labels.HELD for theirs in known["signature"]) for own in now["signature"]
        ]
        now = pd.concat([known, now[[not held for held in is_known]]], ignore_index=True)
    file = Path(folder) / FILE
    beside = file.with_suffix(".new")
    now.to_csv(beside, index=False, encoding="utf-8-sig", lineterminator="\n")
    return beside.replace(file)
