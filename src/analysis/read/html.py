"""A saved web page → its main text, table rows kept as rows, and what the page states of the document.

The main text is found by text density: the smallest part of the page that holds nearly all sentences outside links.
"""

from __future__ import annotations

import re

from selectolax.lexbor import LexborHTMLParser, LexborNode

from analysis.read import encoding, page
from analysis.read.problem import Unreadable, row
from analysis.text import Source

DROPPED = "script, style, noscript, template, iframe, object, svg, button, select, input, textarea, form[role=search]"
DROPPED_ROLES = "nav, footer, aside, [hidden], [aria-hidden=true], [role=navigation], [role=banner]"
HIDDEN = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden|font-size\s*:\s*0(?:px|pt|em)?\s*(?:;|$)", re.I)
BLOCKS = {
    "p", "div", "section", "article", "main", "header", "h1", "h2", "h3", "h4", "h5", "h6", "li", "ul", "ol", "dl",
    "dt", "dd", "table", "tbody", "thead", "tr", "td", "th", "caption", "center", "blockquote", "pre", "br", "hr",
    "form", "fieldset", "figure", "figcaption", "address", "body", "title",
}  # fmt: skip
HEADINGS = {"h1": 1, "h2": 2, "h3": 3, "h4": 4, "h5": 5, "h6": 6}
SENTENCE = re.compile(r"[。；！？]|，")
SPACE = re.compile(r"[ \t\r\n\f\v\u00a0\u200b\ufeff]+")
CHARSET = re.compile(rb"<meta[^>]{0,200}charset", re.I)
MOST = 0.8  # share of a part's sentences that one child must hold for the search to go on inside it


def read(data: bytes, name: str) -> Source:
    """The Source of a page: main text, metadata, headings.

    Raises: Unreadable when the page has no text at all.
    """
    decoded = encoding.decode(data)
    if decoded is None:
        raise Unreadable(f"{name}: is named like a web page but holds no readable characters; save the page again")
    tree = LexborHTMLParser(decoded.text)
    if tree.body is None:
        raise Unreadable(f"{name}: the page has no body; save the page again")
    metadata = page.metadata(tree)
    _drop(tree)
    made = Source(name, "", "html", "", decoded.encoding, decoded.confidence, metadata=metadata)
    Writer(made).write(_main(tree.body))
    if not made.text.strip():
        raise Unreadable(f"{name}: the page holds no text; it may be filled by a script, so copy the text into .txt")
    if len(SENTENCE.findall(made.text)) < 3:
        made.problems.append(row(name, "warning", "the page holds hardly a sentence; look whether the text is there"))
    return made


def _drop(tree: LexborHTMLParser) -> None:
    for node in tree.css(f"{DROPPED}, {DROPPED_ROLES}"):
        node.decompose()
    for node in tree.css("[style]"):
        if HIDDEN.search(node.attributes.get("style") or "") and node.tag not in ("body", "html"):
            node.decompose()


def _weight(node: LexborNode, cache: dict[int, float]) -> float:
    """How much running text a part of the page holds outside links."""
    found = cache.get(node.mem_id)
    if found is None:
        linked = sum(len(SENTENCE.findall(a.text())) for a in node.css("a"))
        found = cache[node.mem_id] = max(0, len(SENTENCE.findall(node.text())) - linked)
    return found


def _main(body: LexborNode) -> LexborNode:
    cache: dict[int, float] = {}
    node = body
    while True:
        whole = _weight(node, cache)
        children = [c for c in node.iter() if c.tag not in ("p", "h1", "h2", "h3", "span", "b", "strong", "font")]
        best = max(children, key=lambda c: _weight(c, cache), default=None)
        if best is None or whole == 0 or _weight(best, cache) < MOST * whole:
            return node
        node = best


class Writer:
    """Writes a part of a page into a Source, a line a block, cells of a row parted by tabs."""

    def __init__(self, source: Source) -> None:
        self.source = source
        self.lines: list[str] = []
        self.words: list[str] = []
        self.length = 0

    def write(self, node: LexborNode) -> None:
        """Fills the source's text, headings and tables."""
        self._walk(node)
        self._end_line()
        self.source.text = "\n".join(self.lines)

    def _end_line(self) -> int:
        line = SPACE.sub(" ", "".join(self.words)).strip()
        self.words = []
        if line:
            self.lines.append(line)
            self.length += len(line) + 1
        return len(line)

    def _walk(self, node: LexborNode) -> None:
        for child in node.iter(include_text=True):
            if child.tag == "-text":
                self.words.append(child.text(deep=False))
            elif child.tag == "tr" and not child.css_first("table") and len(child.css("td, th")) > 1:
                self._row(child)
            elif child.tag in BLOCKS:
                self._end_line()
                self._walk(child)
                size = self._end_line()
                if child.tag in HEADINGS and size:
                    end = self.length - 1
                    self.source.headings.append((end - size, end, HEADINGS[child.tag]))
            elif child.tag != "_comment":
                self._walk(child)

    def _row(self, tr: LexborNode) -> None:
        self._end_line()
        cells = [SPACE.sub(" ", td.text(separator=" ")).strip() for td in tr.css("td, th")]
        line = "\t".join(cells).rstrip("\t")
        if line.strip():
            self.source.tables.append((self.length, self.length + len(line)))
            self.lines.append(line)
            self.length += len(line) + 1
