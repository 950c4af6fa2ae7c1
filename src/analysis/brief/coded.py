"""What coders filled in, as the notebook on agreement shows it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

import pandas as pd

from analysis import describe, frames, lexicon, paths, review
from analysis.frames import Corpus

_PLACED = ["region", "heading", "quote", "item_id", "metric_id"]


@dataclass(frozen=True)
class Coded:
    """Codes of all sheets in long form, refused rows, corrections in force, and the corpus that they speak of."""

    corpus: Corpus
    sheets: Sequence[Path]
    codes: pd.DataFrame
    refused: pd.DataFrame
    corrections: pd.DataFrame

    @property
    def n_units(self) -> int:
        """How many items and metrics have a code."""
        return int(self.codes["unit_id"].nunique())

    def said(self, lang: str = "zh") -> str:
        """How many sheets and units there are, or how to begin."""
        n, coders = len(self.sheets), sorted(self.codes["coder"].astype(str).unique())
        if not n:
            return _pick(
                lang,
                "还没有编码表。运行 plans review sample data/coding/甲.xlsx 抽样，每位编码员填一份，放在 data/coding 中，再打开本页。",
                "There are no coding sheets yet. Draw a sample with plans review sample data/coding/one.xlsx, have each coder "
                "fill in a copy in data/coding, and open this page again.",
            )
        zh = f"读入 {n} 份编码表，{self.n_units} 个条目，编码员：{'、'.join(coders)}；{len(self.refused)} 行被拒。"
        en = f"{n} coding sheets with {self.n_units} units; coders: {', '.join(coders)}; {len(self.refused)} rows refused."
        if n == 1:
            zh += "只有一名编码员，因此与程序的编码相比。"
            en += " There is one coder only, so the codes are compared with the machine's."
        return _pick(lang, zh, en)

    def source(self, lang: str = "zh") -> str:
        """The source line of a figure."""
        n = len(self.sheets)
        return _pick(
            lang, f"来源：{n} 份编码表，{self.n_units} 个条目", f"Source: {n} coding sheets, {self.n_units} units"
        )

    def names(self, lang: str = "zh") -> dict[str, str]:
        """Field or code → what readers call it."""
        fields = {field: describe.field(field, lang) for field in self.codes["field"].unique()}
        tables = [f"{s}/{t}" for s in lexicon.sectors() for t in ("domains", "indicators")]
        tables += ["common/instruments", "common/strength"]
        codes = {row["id"]: row[lang] for name in tables if lexicon.has(name) for row in lexicon.table(name)}
        return codes | fields

    def placed(self, rows: pd.DataFrame) -> pd.DataFrame:
        """Rows about units with region, heading or quote, and the key that opens the sentence."""
        known = self._units.reindex(rows["unit_id"]).reset_index(drop=True)
        return pd.concat([rows.reset_index(drop=True), known], axis=1)

    @cached_property
    def _units(self) -> pd.DataFrame:
        items = self.corpus.items[["item_id", "region", "heading"]].assign(unit_id=lambda held: held["item_id"])
        metrics = self.corpus.metrics[["metric_id", "region", "quote"]].assign(unit_id=lambda held: held["metric_id"])
        both = pd.concat([items, metrics], ignore_index=True)
        return both.drop_duplicates("unit_id").set_index("unit_id").reindex(columns=_PLACED)


def coding(corpus: Corpus, sheets: Sequence[str | Path] = ()) -> Coded:
    """The codes of these sheets, or of those in data/coding; with one sheet the machine is the second coder.

    A file that is no coding sheet, or is of other items, is a row of `refused`.
    """
    files = [Path(sheet) for sheet in sheets] or review.sheets_in(paths.coding())
    units = {"items": corpus.items, "metrics": corpus.metrics}
    codes, refused, read = [], [], []
    for file in files:
        try:
            held = review.read_sheet(file, units[review.sheet_unit(file).frame])
        except (frames.FrameError, OSError) as error:
            refused.append(pd.DataFrame([{"sheet": file.name, "row": None, "reason": str(error)}]))
            continue
        read.append(file)
        codes.append(held.codes)
        refused.append(held.refused.assign(sheet=file.name))
    whole = pd.concat([pd.DataFrame(columns=review.CODES), *codes], ignore_index=True)
    if len(read) == 1:
        machine = pd.concat([review.machine(frame) for frame in units.values()], ignore_index=True)
        whole = pd.concat([whole, machine[machine["unit_id"].isin(whole["unit_id"])]], ignore_index=True)
    said = pd.concat([pd.DataFrame(columns=["sheet", "row", "reason"]), *refused], ignore_index=True)
    return Coded(corpus, read, whole, said, _in_force())


def _in_force() -> pd.DataFrame:
    file = paths.corrections()
    if not file.is_file():
        return pd.DataFrame(columns=review.CORRECTIONS)
    return review.read_corrections(file)


def _pick(lang: str, zh: str, en: str) -> str:
    return zh if lang == "zh" else en
