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
HIDDEN = re.compile(
    r"display\s*:\s*none|visibility\s*:\s*hidden|font-size\s*:\s*0(?:px|pt|em|%)?\s*(?:;|!|$)|opacity\s*:\s*0\s*(?:;|!|$)"
    r"|(?:left|top|right|text-indent|margin-left|margin-top)\s*:\s*-\d{3,}|clip\s*:\s*rect\(0"
    r"|(?:^|;)\s*(?:height|width|max-height)\s*:\s*[01]?(?:px)?\s*(?:;|!|$)",
    re.I,
)
SHEET = re.compile(r"(?:^|\})\s*([.#][\w-]+)\s*\{([^{}]{0,400})\}")  # rules of one class or id, outside @media
TOOLS = re.compile(
    r"(?:^|[\s_-])(?:b?share|sharing|qr-?code|ewm|erweima|print|crumbs?|breadcrumb|position|pagination|pagebar|related|footer|copyright"
    r"|toolbar|comment|prevnext|pre-?next|sidebar)(?:$|[\s_-])",
    re.I,
)
ADS = re.compile(r"(?:^|[\s_-])(?:ads?|adv|advert|adbox|adsbygoogle|gg|guanggao|promo)(?:$|[\s_-])", re.I)
SCAN = re.compile(r"^\s*(?:微信|手机)?扫一扫.{0,24}$")
LINKS = 3  # links from which a block without sentences is a list of links
FILE = re.compile(r"\.(?:docx?|wps|xlsx?|pdf|zip|rar|ofd)(?:$|[?#])", re.I)
BLOCKS = {
    "p", "div", "section", "article", "main", "header", "h1", "h2", "h3", "h4", "h5", "h6", "li", "ul", "ol", "dl",
    "dt", "dd", "table", "tbody", "thead", "tr", "td", "th", "caption", "center", "blockquote", "pre", "br", "hr",
    "form", "fieldset", "figure", "figcaption", "address", "body", "title",
}  # fmt: skip
LISTS = {"ul", "ol", "dl", "div", "p", "table", "section"}
HEADINGS = {"h1": 1, "h2": 2, "h3": 3, "h4": 4, "h5": 5, "h6": 6}
SENTENCE = re.compile(r"[。；！？]|，")
SPACE = re.compile(r"[ \t\r\n\f\v\u00a0\u200b\ufeff]+")
CELL = 500  # characters: a longer cell holds a part of the page
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
    """Takes out what a reader of the page does not see, and what is no part of its text."""
    sheets = " ".join(node.text() for node in tree.css("style"))
    unseen = [name for name, rule in SHEET.findall(sheets) if HIDDEN.search(rule)]
    for node in tree.css(f"{DROPPED}, {DROPPED_ROLES}"):
        node.decompose()
    for node in tree.css("[class], [id]"):
        named = f"{node.attributes.get('class') or ''} {node.attributes.get('id') or ''}"
        allowed = 1 if TOOLS.search(named) else 6 if ADS.search(named) else -1
        if node.tag not in ("body", "html") and len(SENTENCE.findall(node.text())) <= allowed:
            node.decompose()
    whole = len(SENTENCE.findall(tree.body.text())) if tree.body is not None else 0
    hidden = [n for n in tree.css("[style]") if HIDDEN.search(n.attributes.get("style") or "")]
    hidden += [n for name in unseen for n in tree.css(name)]
    for node in hidden:
        # a part that holds the text is shown by a script, whatever its style says
        if node.tag not in ("body", "html") and len(SENTENCE.findall(node.text())) <= 0.3 * whole:
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
        best = max(filter(_may_hold_text, node.iter()), key=lambda c: _weight(c, cache), default=None)
        if best is None or whole == 0 or _weight(best, cache) < MOST * whole:
            return node
        node = best


def _may_hold_text(node: LexborNode) -> bool:
    """Whether a part can be all of the text: a block, or an inline element around blocks."""
    if node.tag in ("p", *HEADINGS, "tr"):
        return False
    return node.tag in BLOCKS or node.css_first("p, div, table, br") is not None


def _is_links(node: LexborNode) -> bool:
    """Whether a block is a list of links to other pages: hardly a character outside them, and no files attached."""
    links = node.css("a")
    if len(links) < LINKS or any(FILE.search(a.attributes.get("href") or "") for a in links):
        return False
    outside = len("".join(node.text().split())) - sum(len("".join(a.text().split())) for a in links)
    return outside <= 2 * len(links) + 6


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
        if line and not SCAN.match(line):
            self.lines.append(line)
            self.length += len(line) + 1
            return len(line)
        return 0

    def _walk(self, node: LexborNode) -> None:
        for child in node.iter(include_text=True):
            if child.tag == "-text":
                self.words.append(child.text(deep=False))
            elif child.tag == "tr" and _is_row(child):
                self._row(child)
            elif child.tag in BLOCKS:
                self._end_line()
                if child.tag in LISTS and _is_links(child):
                    continue
                self._walk(child)
                size = self._end_line()
                if child.tag in HEADINGS and size:
                    end = self.length - 1
                    self.source.headings.append((end - size, end, HEADINGS[child.tag]))
            elif child.tag != "_comment":
                self._walk(child)

    def _row(self, tr: LexborNode) -> None:
        self._end_line()
        line = "\t".join(_cell(td) for td in tr.iter() if td.tag in ("td", "th")).rstrip("\t")
        if line.strip():
            self.source.tables.append((self.length, self.length + len(line)))
            self.lines.append(line)
            self.length += len(line) + 1


def _is_row(tr: LexborNode) -> bool:
    """Whether a table row is a row of data: several cells, none of which holds a part of the page."""
    cells = [td for td in tr.iter() if td.tag in ("td", "th")]
    return len(cells) > 1 and tr.css_first("table") is None and all(len(td.text()) <= CELL for td in cells)


def _cell(td: LexborNode) -> str:
    words: list[str] = []

    def walk(node: LexborNode) -> None:
        for child in node.iter(include_text=True):
            if child.tag == "-text":
                words.append(child.text(deep=False))
            elif child.tag != "_comment":
                around = " " if child.tag in BLOCKS else ""
                words.append(around)
                walk(child)
                words.append(around)

    walk(td)
    return SPACE.sub(" ", "".join(words)).strip()
