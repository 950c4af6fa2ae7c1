"""Marked-up sample texts: a plan and what a coder marks in it, in one file, so that text and gold cannot part.

Lines above `---` give the facts of the document (`@key value`); `@source` names the sample file and `@make` the form
that it is written in.  Below it stands the plan, a line a line, with these marks at the beginning of a line:

    #2 3 （三） 标题 //。正文    heading of level 2, number 3, marker （三）, title, then what follows it on the line;
                            `-` stands for no number or no marker, `_` in a marker for a blank
    +#1 4 四、 标题          a heading glued to the end of the line before it
    |a|b|c                  a row of a table
    = domains; instruments; commitment; lead=a,b; support=c; h=heading
                            closes an item: the lines since the last heading or item
    > quote | indicator | value unit [comparator] [w] [key=value …]
                            a number of the item above; `w` says it in words; `>0` a number outside items
    % status=achieved year=2023
                            what holds for the numbers below

Every other line is text.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

FACTS: dict[str, Any] = {
    "title": None, "doc_type": None, "sector": "education", "issuer": None, "province": None, "city": None,
    "county": None, "town": None, "region_code": None, "region_level": "unknown", "plan_year": None,
    "plan_until": None, "written": None, "published": None, "doc_number": None, "index_number": None,
    "script": "simplified", "noise": [], "is_plan": True,
}  # fmt: skip
COMPARATORS = ("eq", "ge", "le", "gt", "lt", "approx", "range")
QUOTE = 15  # characters of a heading or an item that the gold repeats


@dataclass
class Line:
    """One printed line: `kind` is text, heading or row; `cut` is where a heading's title ends; a glued one has no
    line break before it."""

    text: str
    kind: str = "text"
    level: int = 0
    cut: int = 0
    glued: bool = False


@dataclass
class Marked:
    """A sample plan: its lines, how the file is made, and its gold."""

    name: str
    source: str
    make: list[str]
    lines: list[Line] = field(default_factory=list)
    gold: dict[str, Any] = field(default_factory=dict)
    needs: str | None = None

    @property
    def text(self) -> str:
        """The plain text, a line a line."""
        return "".join(("" if line.glued else "\n") + line.text for line in self.lines).lstrip("\n")


def read(file: Path) -> Marked:
    """The marked-up file as a plan with its gold.

    Raises: ValueError naming the file and the line that breaks a rule.
    """
    head, _, body = file.read_text(encoding="utf-8").partition("\n---\n")
    given = dict(line[1:].split(" ", 1) for line in head.splitlines())
    marked = Marked(file.stem, given.pop("source"), given.pop("make").split(), needs=given.pop("needs", None))
    facts = {**FACTS, **{key: _fact(key, value) for key, value in given.items()}}
    if "plan_until" not in given:
        facts["plan_until"] = facts["plan_year"]
    marked.gold = {"source": marked.source, "document": facts, "outline": [], "items": [], "metrics": []}
    if marked.needs:
        marked.gold["needs"] = marked.needs
    _Reader(marked, facts).read(body.splitlines())
    return marked


def _fact(key: str, value: str) -> Any:
    if key not in FACTS:
        raise ValueError(f"@{key} is no fact of a document; there are {', '.join(FACTS)}")
    if key in ("plan_year", "plan_until"):
        return int(value)
    if key == "is_plan":
        return value == "true"
    return value.split(",") if key == "noise" else value


class _Reader:
    """Goes through the lines below `---` once and fills lines and gold."""

    def __init__(self, marked: Marked, facts: dict[str, Any]) -> None:
        self.marked, self.gold = marked, marked.gold
        self.body: list[str] = []  # printed since the last heading or item
        self.title = ""
        self.held = {"status": "target", "year": facts["plan_until"]}

    def read(self, lines: list[str]) -> None:
        steps = {
            "#": self.heading,
            "+": self.heading,
            "=": self.item,
            ">": self.metric,
            "%": self.defaults,
            "|": self.row,
        }
        for number, line in enumerate(lines, 1):
            try:
                steps.get(line[:1], self.plain)(line)
            except (ValueError, KeyError, IndexError) as error:
                raise ValueError(f"{self.marked.name}, line {number} below ---: {error} in {line!r}") from error

    def plain(self, line: str) -> None:
        self.marked.lines.append(Line(line))
        self.body.append(line)

    def row(self, line: str) -> None:
        self.marked.lines.append(Line(line[1:].replace("|", "\t"), "row"))

    def heading(self, line: str) -> None:
        level, number, marker, rest = line.lstrip("+#").split(" ", 3)
        title, _, after = rest.partition(" //")
        printed = "" if marker == "-" else marker.replace("_", " ")
        cut = len(printed + title)
        self.marked.lines.append(Line(printed + title + after, "heading", int(level), cut, line.startswith("+")))
        self.gold["outline"].append({
            "level": int(level), "number": None if number == "-" else int(number), "marker": printed.strip(),
            "title": title, "quote": (printed + title)[:QUOTE],
        })  # fmt: skip
        self.title, self.body = title, [after.lstrip("。：: ")] if after else []

    def item(self, line: str) -> None:
        domains, instruments, commitment, *named = [part.strip() for part in line[1:].split(";")]
        more = dict(part.split("=", 1) for part in named)
        text, heading = "\n".join(self.body), more.get("h", self.title)
        start = len(heading) + 1 if "h" in more and heading and text.startswith(heading) else 0
        self.gold["items"].append({
            "index": len(self.gold["items"]), "heading": heading, "quote": text[start : start + QUOTE],
            "domains": _listed(domains), "instruments": _listed(instruments),
            "commitment": None if commitment == "-" else commitment,
            "lead_units": _listed(more.get("lead", "")), "support_units": _listed(more.get("support", "")),
        })  # fmt: skip
        if not text:
            raise ValueError("an item without text")
        self.body, self.title, self.text = [], "", text

    def metric(self, line: str) -> None:
        outside = line.startswith(">0")
        quote, indicator, amount = [part.strip() for part in line[2 if outside else 1 :].split(" | ")]
        if quote not in (self.marked.text if outside else self.text):
            raise ValueError("quote is not in the item's text")
        row = {"quote": quote, "indicator": indicator, **_amount(amount, self.held)}
        self.gold["metrics"].append({**row, "item": None if outside else len(self.gold["items"]) - 1})

    def defaults(self, line: str) -> None:
        for pair in line[1:].split():
            key, value = pair.split("=")
            self.held[key] = value if key == "status" else _number(value)


def _amount(text: str, held: dict[str, Any]) -> dict[str, Any]:
    value, unit, *rest = text.split()
    low, _, high = value.partition("-")
    named = dict(part.split("=", 1) for part in rest if "=" in part)
    bare = [part for part in rest if "=" not in part and part != "w"]
    if len(bare) > 1 or set(bare) - set(COMPARATORS) or set(named) - {"per", "kind", "base", "status", "year"}:
        raise ValueError(f"cannot read the amount {text!r}")
    year = named.get("year", held["year"])
    row = {
        "value": _number(low), "value_high": _number(high) if high else None, "unit": unit,
        "per": named.get("per"), "comparator": bare[0] if bare else "range" if high else "eq",
        "kind": named.get("kind", "level"), "baseline": _number(named["base"]) if "base" in named else None,
        "status": named.get("status", held["status"]), "year": _number(year) if isinstance(year, str) else year,
    }  # fmt: skip
    return {**row, "worded": True} if "w" in rest else row


def _number(text: str) -> float | int | None:
    if text == "-":
        return None
    return float(text) if "." in text else int(text)


def _listed(text: str) -> list[str]:
    return [] if text in ("", "-") else text.split(",")
