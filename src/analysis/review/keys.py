"""Coding with keys: a key a code, item after item, what is coded kept in a coding sheet.

`Coding` is the state and knows no screen; `widget` shows it in JupyterLab (extra `lab`).
"""

from __future__ import annotations

import html
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pandas as pd

from analysis import frames
from analysis.review.codes import CODES, ITEMS, NOTHING, Field, allowed, joined, values
from analysis.review.export import export
from analysis.review.pairs import is_missing
from analysis.review.sheets import read_sheet

if TYPE_CHECKING:
    import ipywidgets

KEYED = tuple(field for field in ITEMS.fields if field.table is not None)
LETTERS = "1234567890abcdefghijklmopqrstuvwxyz"  # no n: it says that there is nothing
NONE, NEXT, BACK, SKIP = "n", " ", "<", ">"


class Coding:
    """One coder's way through items: the field that is asked, the codes so far; every finished item is saved."""

    def __init__(self, items: pd.DataFrame, path: str | Path, coder: str) -> None:
        """Starts at the first item that the sheet at `path` does not hold coded.

        Raises: FrameError when there are no items, or the sheet at `path` is of other items.
        """
        if items.empty:
            raise frames.FrameError("there are no items to code; widen the sample")
        self.items, self.path, self.coder = items.reset_index(drop=True), Path(path), coder
        self.codes: dict[str, dict[str, list[str]]] = self._held() if self.path.is_file() else {}
        self.place, self.step = 0, 0
        while self.place < len(self.items) - 1 and self.item["item_id"] in self.codes:
            self.place += 1

    def _held(self) -> dict[str, dict[str, list[str]]]:
        sheet = read_sheet(self.path, self.items, self.coder)
        if len(sheet.refused):
            raise frames.FrameError(f"{self.path.name}: {sheet.refused.loc[0, 'reason']}; choose another file")
        held: dict[str, dict[str, list[str]]] = {}
        for row in sheet.codes.dropna(subset=["value"]).to_dict("records"):
            held.setdefault(str(row["unit_id"]), {})[str(row["field"])] = values(row["value"])
        return held

    @property
    def item(self) -> dict[Any, Any]:
        """The row that is being coded."""
        return self.items.iloc[self.place].to_dict()

    @property
    def field(self) -> Field:
        """The field that is asked."""
        return KEYED[self.step]

    @property
    def n_coded(self) -> int:
        """How many items have a code."""
        return len(self.codes)

    def keys(self) -> dict[str, str]:
        """Key → code of the field that is asked, in the order of the codebook."""
        sector = self.item.get("sector")
        codes = list(allowed(self.field, None if is_missing(sector) else str(sector)))
        return dict(zip(LETTERS, codes, strict=False))

    def chosen(self) -> list[str]:
        """The codes given to this item in the field that is asked."""
        return self.codes.get(self.item["item_id"], {}).get(self.field.name, [])

    def press(self, key: str) -> bool:
        """Whether a key meant something: a code, n (nothing), the space bar (on), < (back), > (the next item)."""
        if key == BACK:
            self._move(-1)
        elif key == NEXT:
            self._move(1)
        elif key == SKIP:
            self._turn(self.place + 1)
        elif key == NONE:
            self._give([NOTHING])
            self._move(1)
        elif key in (keys := self.keys()):
            self._choose(keys[key])
        else:
            return False
        return True

    def _choose(self, code: str) -> None:
        """Gives the one code of a field and goes on; of a field with several, adds it or takes it back."""
        if not self.field.has_many:
            self._give([code])
            self._move(1)
            return
        held = [c for c in self.chosen() if c != NOTHING]
        self._give([c for c in held if c != code] if code in held else [*held, code])

    def _give(self, codes: list[str]) -> None:
        held = self.codes.setdefault(self.item["item_id"], {})
        held[self.field.name] = codes
        if not codes:
            del held[self.field.name]

    def _move(self, by: int) -> None:
        step = self.step + by
        if 0 <= step < len(KEYED):
            self.step = step
        else:
            self._turn(self.place + by, step=0 if by > 0 else len(KEYED) - 1)

    def _turn(self, place: int, step: int = 0) -> None:
        """Saves and turns to an item; before the first and after the last it stays."""
        self.save()
        if 0 <= place < len(self.items):
            self.place, self.step = place, step

    def save(self) -> Path:
        """The path of the coding sheet, which holds every item and the codes so far."""
        rows = [
            (self.coder, "", unit_id, field, joined(held))
            for unit_id, fields in self.codes.items()
            for field, held in fields.items()
        ]
        return export(self.items, self.path, codes=pd.DataFrame(rows, columns=CODES))


def widget(items: pd.DataFrame, path: str | Path, coder: str, lang: str = "zh") -> ipywidgets.VBox:
    """A panel that codes items with keys and saves them as a coding sheet, to be shown as a cell's last value.

    Args: items: those of review.sample. path: the sheet, .csv, .xlsx or .jsonl; one that is there is gone on with.
        coder: whose codes these are. lang: zh or en.

    Raises: FrameError as Coding; ModuleNotFoundError without the extra `lab` (`pip install ipywidgets`).
    """
    import ipywidgets

    coding = Coding(items, path, coder)
    page = ipywidgets.HTML()
    box = ipywidgets.Text(placeholder=_SAY[lang]["box"], continuous_update=True)

    def show() -> None:
        page.value = panel(coding, lang)

    def typed(change: dict[str, Any]) -> None:
        for key in change["new"]:
            coding.press(key)
        if change["new"]:
            box.value = ""
            show()

    box.observe(typed, names="value")
    show()
    return ipywidgets.VBox([page, box])


_SAY = {
    "zh": {
        "box": "在此键入编码键",
        "none": "没有",
        "help": "空格：下一栏；<：上一栏；>：下一条；每条编完即存入",
        "of": "第 {place} 条，共 {n} 条；已编 {done} 条",
    },
    "en": {
        "box": "type the codes' keys here",
        "none": "nothing",
        "help": "space: next field; <: back; >: next item; every finished item is saved in",
        "of": "item {place} of {n}; {done} coded",
    },
}


def panel(coding: Coding, lang: str = "zh") -> str:
    """The item, the field that is asked and its keys, as HTML."""
    say, item = _SAY[lang], coding.item
    where = say["of"].format(place=coding.place + 1, n=len(coding.items), done=coding.n_coded)
    heading, text = ("" if is_missing(item[name]) else html.escape(str(item[name])) for name in ("heading", "text"))
    parts = coding.field.help.split(" / ")
    asked = parts[0] if lang == "zh" else parts[-1]
    names = [(key, _name(coding, code, lang), code) for key, code in coding.keys().items()]
    names.append((NONE, say["none"], NOTHING))
    keys = "".join(_key(key, name, code in coding.chosen()) for key, name, code in names)
    return (
        f"<p><small>{where}</small></p><p><b>{heading}</b></p><p style='max-width:50em;line-height:1.6'>{text}</p>"
        f"<p><b>{html.escape(asked)}</b></p><p style='max-width:60em;line-height:2'>{keys}</p>"
        f"<p><small>{say['help']} {html.escape(coding.path.name)}</small></p>"
    )


def _name(coding: Coding, code: str, lang: str) -> str:
    row = allowed(coding.field, coding.item.get("sector"))[code]
    return row.get(lang) or code


def _key(key: str, name: str, is_chosen: bool) -> str:
    mark = "outline:2px solid;border-radius:4px;padding:2px 6px" if is_chosen else "padding:2px 6px"
    return f"<span style='white-space:nowrap;margin-right:1em;{mark}'><kbd>{key}</kbd> {html.escape(name)}</span> "
