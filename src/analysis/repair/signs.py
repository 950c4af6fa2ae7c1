"""Signs that a web page or a program left in the text: bracketed pinyin, eaten tags, entities, field codes, stray marks."""

from __future__ import annotations

import html
import re
from collections.abc import Iterator

from analysis.repair.receipts import Change

HAN = r"\u3400-\u9fff〇"
TONED = "āáǎàăēéěèĕīíǐìĭōóǒòŏūúǔùŭǖǘǚǜńňǹḿ"
SYLLABLE = rf"[a-zü]{{0,4}}[{TONED}][a-zü]{{0,3}}|[a-zü]{{1,6}}[1-5]"
PINYIN = re.compile(
    rf"(?<=[{HAN}])(?:[ \t]?[（(]\s?(?:{SYLLABLE})(?:[\s'’·]{{0,2}}(?:{SYLLABLE})){{0,5}}\s{{0,2}}[）)])+"
)
NUMBERED_TONE = re.compile(r"[（(][a-zü]{1,6}[1-5][）)]")
TAG = re.compile(
    r"(?P<line>[?<＜](?:/\s?(?:p|div|tr|li|h\d|table|ul|ol)|(?:p|br|div|tr|li|h\d|hr)(?:\s[^<>\n]{0,120})?/?)\s?/?[>＞])"
    r"|(?P<other>[?<＜]/?(?:span|strong|b|i|em|u|font|td|th|tbody|thead|table|ul|ol|a|img|center|o:p|st1:\w{1,20}|script|style|sup|sub)"
    r"(?:\s[^<>\n]{0,200})?/?[>＞])"
    r"|(?P<comment><!--[^\n]{0,200}?-->)",
    re.I,
)
NAMED = re.compile(
    r"<U\+([0-9A-Fa-f]{4,5})>|\\u([0-9A-Fa-f]{4})|&#x?[0-9A-Fa-f]{2,6};?|&(?:nbsp|ensp|emsp|thinsp|ldquo|rdquo|lsquo|rsquo|mdash|ndash|middot|hellip|quot|amp|lt|gt|times|permil|deg|bull|shy|zwnj|copy|reg|yen|laquo|raquo);?"
)
FIELD = re.compile(
    r"\{?\s?(?:PAGEREF\s+_Toc\d+(?:\s\\h)?|HYPERLINK\s+(?:\\l\s+)?\"[^\"\n]{0,200}\"|TOC\s+\\o\s+\"\d-\d\"(?:\s\\[a-z])*|(?:PAGE|NUMPAGES)\s+\\\*\s?(?:MERGEFORMAT|Arabic)|SEQ\s+\S{1,10}\s+\\\*\s?ARABIC|REF\s+_Ref\d+(?:\s\\[a-z])*|EMBED\s+\w+\.\w+(?:\.\d)?|MERGEFORMAT)\s?\}?"
)
VARIABLE_LINE = re.compile(
    r"^(?:\{\{[^{}\n]{1,60}\}\}|\$\{[^{}\n]{1,60}\}|\{\$[^{}\n]{1,60}\}|<%[^%\n]{0,120}%>|\[!--[^\n]{1,40}--\]|\{dede:[^{}\n]{1,80}\}|\{[a-z]+:[^{}\n]{1,80}\})$",
    re.M,
)
STRAY = re.compile(rf"(?<=[{HAN}的])'(?=[{HAN}])")
DOUBLE_MARK = re.compile(r"，{2,}|。{2}(?!。)|、{2,}|；{2,}|：{2,}")
DOUBLED = ("，，", "。。", "、、", "；；", "：：")
BOLD = re.compile(r"(?<![*＊])\*\*(?=[^*\s])([^*\n]{2,80}?[^*\s])\*\*(?![*＊])")
HASHES = re.compile(r"^#{1,6}[ \t]+(?=\S)", re.M)
HIDDEN_WORD = re.compile(r"^(?:省|市|县|区|镇|乡|街道|村|州|旗|年|局|同志|人民政府)")


def pinyin(text: str) -> Iterator[Change]:
    """Readings in brackets behind their characters: 学(xué) → 学."""
    if any(tone in text for tone in TONED) or NUMBERED_TONE.search(text):
        yield from (Change(m.start(), m.end(), "", "pinyin") for m in PINYIN.finditer(text))


def tags(text: str) -> Iterator[Change]:
    """Tags, whole or eaten at their first sign: those that end a line become a line break, others go."""
    if ">" in text or "＞" in text:
        for m in TAG.finditer(text):
            yield Change(m.start(), m.end(), "\n" if m.lastgroup == "line" else "", "tag")


def entities(text: str) -> Iterator[Change]:
    """Names of characters (&nbsp; <U+00A0>) become the characters."""
    if "&" not in text and "U+" not in text and "\\u" not in text:
        return
    for m in NAMED.finditer(text):
        code = m.group(1) or m.group(2)
        new = chr(int(code, 16)) if code else html.unescape(m.group() if m.group().endswith(";") else m.group() + ";")
        if len(new) == 1:
            yield Change(m.start(), m.end(), " " if new.isspace() else new, "entity")


def fields(text: str) -> Iterator[Change]:
    """Word's field codes, and lines that are a template's variable."""
    if "\\" in text or "HYPERLINK" in text or "MERGEFORMAT" in text:
        yield from (Change(m.start(), m.end(), "", "field_code") for m in FIELD.finditer(text))
    if "{" in text or "<%" in text or "[!--" in text:
        yield from (Change(m.start(), m.end(), "", "template") for m in VARIABLE_LINE.finditer(text))


def strays(text: str) -> Iterator[Change]:
    """Quotation marks that a copier set between characters, doubled marks, marks of Markdown."""
    if "'" in text:
        for line in re.finditer(r"[^\n]+", text):
            if line.group().count("'") % 2:
                found = list(STRAY.finditer(line.group()))
                if len(found) == 1:
                    at = line.start() + found[0].start()
                    yield Change(at, at + 1, "", "stray_mark")
    if any(pair in text for pair in DOUBLED):
        yield from (Change(m.start(), m.end(), m.group()[0], "doubled_mark") for m in DOUBLE_MARK.finditer(text))
    if "**" in text:
        for m in BOLD.finditer(text):
            if not HIDDEN_WORD.match(m.group(1)):
                yield Change(m.start(), m.start() + 2, "", "markdown")
                yield Change(m.end() - 2, m.end(), "", "markdown")
    if "#" in text:
        yield from (Change(m.start(), m.end(), "", "markdown") for m in HASHES.finditer(text))
