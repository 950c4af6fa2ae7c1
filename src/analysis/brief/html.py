"""An executed notebook as one HTML file that needs nothing else: no network, no font, no script from elsewhere."""

from __future__ import annotations

import functools
import html as _html
import json
import re
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any, NamedTuple

import jinja2
from nbconvert.exporters import HTMLExporter
from traitlets.config import Config

from analysis.brief import cites, fonts, sources
from analysis.brief.originals import Packed
from analysis.brief.words import view_words, words

APART = 200  # sentences of plans that a page does not hold whole and that only its sentences and figures open
ARTICLES = 300  # sentences that are printed in a page; those beyond open in their plan only
TEMPLATES = Path(__file__).parent / "templates"
_HEADING = re.compile(r"<h([1-3])\b[^>]*>(.*?)</h\1>", re.DOTALL)
_TAG = re.compile(r"<[^>]*>")


@functools.cache
def pages() -> jinja2.Environment:
    """The templates of pages; what they print is escaped unless they say otherwise."""
    return jinja2.Environment(
        loader=jinja2.FileSystemLoader(TEMPLATES), autoescape=True, undefined=jinja2.StrictUndefined, trim_blocks=True
    )


@functools.cache
def read(name: str) -> str:
    """A style sheet or script of the templates folder."""
    return (TEMPLATES / name).read_text(encoding="utf-8")


def _exporter() -> HTMLExporter:
    settings = Config()
    settings.HTMLExporter.preprocessors = []
    settings.HTMLExporter.exclude_anchor_links = True
    settings.HTMLExporter.exclude_input_prompt = True
    settings.HTMLExporter.exclude_output_prompt = True
    return HTMLExporter(template_name=TEMPLATES.name, extra_template_basedirs=[str(TEMPLATES.parent)], config=settings)


def page(nb: Any, lang: str = "zh", made: str = "", originals: Mapping[str, Packed] | None = None) -> str:
    """The page of an executed notebook.

    Args:
        made: what the foot of the page says about when and how it was made.
        originals: the plans that it cites, whole, by plan_id.
    """
    body, _ = _exporter().from_notebook_node(nb, {"words": words(lang)})
    body, contents = outlined(body)
    quoted = records(nb)
    whole = originals or {}
    shown = [r for at, r in enumerate(quoted) if at < ARTICLES or r.get("plan_id") not in whole]
    opened = cited(nb)
    known = {record["id"] for record in shown}
    apart = [r for r in opened.records if r["plan_id"] not in whole and r["id"] not in known][:APART]
    frame = {
        "lang": lang, "title": title(contents), "contents": [e for e in contents if e["level"] > 1], "body": body,
        "sources": shown, "apart": apart, "words": words(lang), "made": made, "css": read("style.css"),
        "script": read("page.js"), "plans": plans(quoted, whole, lang, opened, [r["id"] for r in [*shown, *apart] if r.get("plan_id") not in whole]),
    }  # fmt: skip
    bare = pages().get_template("page.html.j2").render(fonts="", **frame)
    more = frozenset().union(*(held.characters for held in whole.values())) if whole else frozenset()
    return pages().get_template("page.html.j2").render(fonts=fonts.css(_html.unescape(bare), more), **frame)


def plans(
    quoted: Sequence[Mapping[str, Any]], originals: Mapping[str, Packed], lang: str, cited: Cited | None = None,
    apart: Iterable[str] = (),
) -> str:  # fmt: skip
    """What the view of whole plans reads, as JSON for a script element: words, plans, each anchor's place in one, lists.

    A list is how many sentences a number was counted from, in how many plans, and the place of each that is held: in a
    plan, or the anchor of one that stands apart in the page; at last whether it is of whole plans.
    """
    cited = cited or Cited([], {}, frozenset())
    at = {key: n for n, key in enumerate(originals)}
    held: list[dict[str, Any]] = [{"data": packed.data} for packed in originals.values()]
    places: dict[str, Any] = {key: key for key in apart}
    for record in [*quoted, *cited.records]:
        if record.get("plan_id") in at:
            held[at[record["plan_id"]]] |= {"where": place(record), "file": record["file"] or ""}
            places[record["id"]] = _spot(record, at[record["plan_id"]])
    lists = {
        name: [told["n"], told["n_plans"], [places[key] for key in told["ids"] if key in places], int(told["of_plans"])]
        for name, told in cited.lists.items()
    }
    named = {record["id"] for record in quoted} | cited.alone
    told = {
        "words": view_words(lang), "plans": held, "lists": lists,
        "places": {key: spot for key, spot in places.items() if key in named and spot != key},
    }  # fmt: skip
    return json.dumps(told, ensure_ascii=False, separators=(",", ":")).replace("<", "\\u003c")


def _spot(record: Mapping[str, Any], at: int) -> list[int]:
    """A place in a plan: which, start, end, and where its sentence starts and ends if that is more."""
    start, end = record["start"], record["end"]
    around = [start - len(record["before"]), end + len(record["after"])]
    return [at, start, end] if around == [start, end] else [at, start, end, *around]


def place(record: Mapping[str, Any]) -> str:
    """Region, year and title of the plan that a record is from."""
    return " · ".join(str(record[key]) for key in ("region", "year", "title") if record.get(key))


def outlined(body: str) -> tuple[str, list[dict[str, Any]]]:
    """The body with ids on its headings, and a row a heading: id, level, text."""
    contents: list[dict[str, Any]] = []

    def numbered(found: re.Match[str]) -> str:
        level, inner = found.groups()
        key = f"part-{len(contents) + 1}"
        contents.append({"id": key, "level": int(level), "text": _html.unescape(_TAG.sub("", inner)).strip()})
        return f'<h{level} id="{key}">{inner}</h{level}>'

    return _HEADING.sub(numbered, body), contents


def title(contents: list[dict[str, Any]]) -> str:
    """The first heading of level 1, else the first heading."""
    first = next((e for e in contents if e["level"] == 1), contents[0] if contents else {"text": ""})
    return str(first["text"])


def named(nb: Any) -> str:
    """The title that an executed notebook gives itself: its first heading of level 1, as plain text."""
    for text in markdowns(nb):
        found = re.search(r"^# +(.+)$", text, re.MULTILINE)
        if found:
            return re.sub(r"\\(.)", r"\1", found.group(1)).strip()
    return ""


def markdowns(nb: Any) -> list[str]:
    """The Markdown texts of a notebook, cells and outputs, in order."""
    texts = []
    for cell in nb.cells:
        texts += [cell.source] if cell.cell_type == "markdown" else []
        texts += [o["data"]["text/markdown"] for o in cell.get("outputs", []) if "text/markdown" in o.get("data", {})]
    return texts


def records(nb: Any, with_quoted: bool = True) -> list[dict[str, Any]]:
    """The sentences that the notebook's tables open, each once, in order of appearance.

    Args: with_quoted: also those whose table prints them beside the number anyhow.
    """
    found: dict[str, dict[str, Any]] = {}
    quoted: set[str] = set()
    for held in _held(nb, sources.MIME):
        found.update({record["id"]: dict(record) for record in held["sources"] if record["id"] not in found})
        quoted |= {record["id"] for record in held["sources"] if held.get("is_quoted")}
    return [record for key, record in found.items() if with_quoted or key not in quoted]


class Cited(NamedTuple):
    """What the numbers of sentences and figures open: records, lists of their ids, those that a link names."""

    records: list[dict[str, Any]]
    lists: dict[str, dict[str, Any]]
    alone: frozenset[str]


def cited(nb: Any) -> Cited:
    """What the numbers of a notebook's sentences and figures open, each sentence and list once."""
    held = _held(nb, cites.MIME)
    records = {record["id"]: dict(record) for part in held for record in part["records"]}
    lists = {name: dict(told) for part in held for name, told in part["lists"].items()}
    return Cited(list(records.values()), lists, frozenset(key for part in held for key in part["alone"]))


def to_hold(nb: Any) -> list[str]:
    """The plan of each sentence for whose sake a page holds the plan whole.

    Few sentences of plans that only lists name stand in the page by themselves: that weighs a tenth of their plans.
    """
    opened = cited(nb)
    told = [r for r in opened.records if not r.get("is_plan")]
    first = [r["plan_id"] for r in [*records(nb), *(r for r in told if r["id"] in opened.alone)] if r.get("plan_id")]
    known = set(first)
    rest = [r["plan_id"] for r in told if r["plan_id"] not in known]
    return [*first, *(r["plan_id"] for r in told if r["plan_id"] in known), *(rest if len(rest) > APART else [])]


def _held(nb: Any, mime: str) -> list[Any]:
    outputs = [output for cell in nb.cells for output in cell.get("outputs", [])]
    return [o["data"][mime] for o in outputs if mime in o.get("data", {})]
