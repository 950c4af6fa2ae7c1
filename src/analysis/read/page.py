"""What a government page states of its document: title, numbers, issuer, dates; from head, table or one-line block."""

from __future__ import annotations

import re

from selectolax.lexbor import LexborHTMLParser

LABELS = {
    "索引号": "index_number", "索引码": "index_number", "信息索引号": "index_number",
    "文号": "doc_number", "发文字号": "doc_number", "发文文号": "doc_number", "文件编号": "doc_number",
    "发文机关": "issuer", "发布机构": "issuer", "发布单位": "issuer", "发文单位": "issuer", "制发机关": "issuer",
    "信息来源": "publisher", "来源": "publisher",
    "成文日期": "written", "成文时间": "written", "发文日期": "written", "印发日期": "written", "生成日期": "written",
    "发布日期": "published", "发布时间": "published", "公开日期": "published", "发文时间": "published",
    "标题": "title", "名称": "title", "信息名称": "title", "文件名称": "title",
}  # fmt: skip
META = {
    "articletitle": "title", "pubdate": "published", "contentsource": "publisher", "og:title": "title",
    "publishdate": "published", "article:published_time": "published",
}  # fmt: skip
NUMERALS = {c: str(i) for i, c in enumerate("〇一二三四五六七八九")} | {"零": "0", "○": "0", "Ｏ": "0"}
BLANKS = re.compile(r"[\s\u3000\u00a0\u200b]+")
LABEL = re.compile(
    "(?<!注明)("
    + "|".join("[\\s\\u3000\\u00a0]{0,6}".join(label) for label in sorted(LABELS, key=len, reverse=True))
    + r")\s?[:：]"
)
DATE = re.compile(r"(\d{4})\s?[-年/.]\s?(\d{1,2})\s?[-月/.]\s?(\d{1,2})")
HAN_DATE = re.compile(
    r"([二一][〇○Ｏ零一二三四五六七八九]{3})年([一二三四五六七八九十]{1,2})月([一二三四五六七八九十]{1,3})日"
)
NEXT_LABEL = re.compile(r"\s+\S{1,6}\s?[:：]|(?:浏览|阅读|点击|字[号体]|编辑|作者)[^\s:：]{0,4}[:：]")
SITE = re.compile(r"\s*[_|–—]+\s*|\s+-+\s+|-(?=[^-]{0,20}(?:网|政府|局|委员会)$)")
SITE_NAME = re.compile(r"网|首页|政府$|局$|委员会$|频道|栏目|平台|公开|动态|要闻|通知公告|文库|范文")
SHORT = 120  # characters: a longer cell is no statement of a fact


def metadata(tree: LexborHTMLParser) -> dict[str, str]:
    """The facts that the page states under the names of the `plans` frame; dates as YYYY-MM-DD."""
    found = _meta(tree)
    found.update(_cells(tree))
    for key, value in _inline(tree).items():
        found.setdefault(key, value)
    if "title" not in found:
        found["title"] = _head(tree)
    return {key: made for key, value in found.items() if (made := _clean(key, value))}


def _head(tree: LexborHTMLParser) -> str:
    """The page's heading, else the window title without the site's name behind it."""
    heading = tree.css_first("h1")
    if heading is not None and 4 < len(heading.text().strip()) < SHORT:
        return " ".join(heading.text().split())
    window = tree.css_first("title")
    parts = SITE.split(" ".join(window.text().split())) if window is not None else [""]
    kept = parts[:1] + [part for part in parts[1:] if not SITE_NAME.search(part)]
    return "-".join(kept)


def _meta(tree: LexborHTMLParser) -> dict[str, str]:
    found: dict[str, str] = {}
    for node in tree.css("meta[content]"):
        name = (node.attributes.get("name") or node.attributes.get("property") or "").lower()
        content = (node.attributes.get("content") or "").strip()
        if name in META and content:
            found.setdefault(META[name], content)
    return found


def _cells(tree: LexborHTMLParser) -> dict[str, str]:
    """Label and value in neighbouring cells, or in neighbouring elements of a list."""
    found: dict[str, str] = {}
    for node in tree.css("td, th, dt, label, span, strong, b, em"):
        text = BLANKS.sub("", node.text())
        if not 2 < len(text) < 8 and text not in LABELS:
            continue
        key = LABELS.get(text.rstrip(":："))
        if key is None or key in found:
            continue
        after = node.next
        while after is not None and after.tag == "-text" and not after.text(deep=False).strip():
            after = after.next
        if after is not None:
            value = after.text(deep=after.tag != "-text").strip()
            if value and len(value) < SHORT and LABEL.match(value) is None:
                found[key] = value
    return found


def _inline(tree: LexborHTMLParser) -> dict[str, str]:
    """Label and value in one run of text: 索引号：…  发布日期：…"""
    found: dict[str, str] = {}
    body = tree.body
    lines = body.text(separator="\n").split("\n") if body is not None else []
    for line in lines:
        if len(line) > 4 * SHORT:
            continue
        labels = list(LABEL.finditer(line))
        ends = [label.start() for label in labels[1:]] + [len(line)]
        for this, end in zip(labels, ends, strict=False):
            value = line[this.end() : end].strip()
            key = LABELS[BLANKS.sub("", this.group(1))]
            if value and len(value) < SHORT:
                found.setdefault(key, value)
    return found


def _clean(key: str, value: str) -> str:
    value = " ".join(value.replace("\u3000", " ").split())
    if key in ("written", "published"):
        return iso_date(value) or ""
    if key in ("index_number", "doc_number"):
        number = BLANKS.sub("", value)
        return number if re.search(r"\d", number) else ""  # 无
    if key == "publisher":
        return NEXT_LABEL.split(value)[0].strip()
    return value


def iso_date(text: str) -> str | None:
    """The first date in the text as YYYY-MM-DD, None where there is none that a calendar has."""
    found = DATE.search(text)
    if found:
        year, month, day = (int(g) for g in found.groups())
    else:
        found = HAN_DATE.search(text)
        if not found:
            return None
        year = int("".join(NUMERALS.get(c, "") for c in found.group(1)))
        month, day = _small(found.group(2)), _small(found.group(3))
    return f"{year:04d}-{month:02d}-{day:02d}" if 1 <= month <= 12 and 1 <= day <= 31 else None


def _small(text: str) -> int:
    tens, has_tens, ones = text.rpartition("十")
    one = int(NUMERALS.get(ones, "0")) if ones else 0
    return (int(NUMERALS.get(tens, "1")) if tens else 1) * 10 + one if has_tens else one
