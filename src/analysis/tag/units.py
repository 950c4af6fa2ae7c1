"""Which bodies an item names responsible: who leads, who supports.

Read from labels (牵头单位：…。责任单位：…), from sentences and brackets (由…牵头，…配合), and from the columns of a
table of tasks.  A 责任单位 beside a 牵头单位 supports; alone it leads.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from analysis.tag import offices

WHO = r"(?:处室|单位|部门|科室|股室|机构|处|科|局|委办局)"
LABEL = re.compile(
    rf"(?P<lead>(?:牵头|主办|主责|负责|承办|主要责任){WHO}?|(?:落实)?责任(?:{WHO}|主体|(?=[:：]))(?:及责任人)?)"
    rf"|(?P<support>(?:配合|协办|协同|参与|参加|协助)(?:{WHO}|(?=[:：]))|责任配合单位)"
)
# names run to the end of the sentence; a bracket inside a name (各县（市、区）) belongs to it
NAMES = re.compile(r"\s*[:：]\s*((?:[^。；;()（）\[\]【】〔〕\n\t:：]|[(（][^()（）\n]{0,20}[)）]){2,300})")
SUPPORT = r"(?:配合|协助|参与|协办|协同|(?:按照?(?:各自)?职责)?(?:分工)?(?:共同)?负责)"
SIDES = re.compile(
    r"[(（【〔\[]([^()（）【】〔〕\n]{2,120}?)(?:牵头|负责)(?:落实|组织实施|实施)?"
    rf"(?:[，,、；;]([^()（）\n]{{2,200}}?){SUPPORT}[^()（）\n]{{0,6}})?[)）】〕\]]"
)
BY = re.compile(
    r"(?<![自理])由([^，,。；;：:（）()\n]{2,60}?)(?:牵头|负责(?![人任同])|主办)"
    rf"(?:[^，,。；;：:\n]{{0,12}}[，,]([^，,。；;：:\n]{{2,80}}?){SUPPORT})?"
)
# 各州、市人民政府 is one body; 高等教育与职业教育处 too, but 教育局和财政局 are two
SEPARATORS = re.compile(
    r"(?<!各[州县市区镇乡])[、，,；;/\s]+(?![^(（]{0,20}[)）])|(?<=[局委办处科室厅院府部会等])[和与及](?=[^，,、]{2})"
)
TAIL = re.compile(
    r"(?:等(?:有关|相关|各)?(?:部门|单位|处室|科室)?)?(?:按照?(?:各自)?职责)?(?:分工)?"
    r"(?:共同|分别|密切|具体|积极|协同)?(?:负责|牵头|配合|落实|参与|协助)?$"
)
HEAD = re.compile(r"^(?:[^自]{0,12}(?<!自)由|及|和|与|并|其中|会同|联合)")
BODY = re.compile(
    r"(?:局|委|办|处|科|室|厅|部|院|中心|馆|会|队|组|府|单位|部门|专班|街道|[乡镇县区市州旗]|党委|工委|站|所|学校|大学|"
    r"学院|幼儿园|股|团|联|行|署|公司|集团|总社|社|[)）])$"
)


class Named(NamedTuple):
    """A body named responsible at `start:end` of the item's text; `role` is lead_units or support_units."""

    role: str
    name: str
    start: int
    end: int
    rule: str


# every kind of bracket that plans print around names, read as the usual one; a place stays a place
BRACKETS = str.maketrans("［｛{〖〈＜<『「］｝}〗〉＞>』」", "（" * 9 + "）" * 9)


def units(text: str) -> list[Named]:
    """The bodies that the text of an item names responsible, each once, in the order of the text."""
    plain = text.translate(BRACKETS)
    found = _labelled(plain)
    if not found and ("负责" in plain or "牵头" in plain or "主办" in plain):
        found = [*_in_brackets(plain), *_by_sentence(plain)]
    if not found:
        found = [*_bare(plain)]
    return [named._replace(name=text[named.start : named.end]) for named in _once(found)]


def from_row(header: list[str], row: list[str]) -> list[Named]:
    """The bodies in the columns of a table's row whose header says 责任单位, 牵头单位, 配合单位."""
    roles = [_role(cell) for cell in header]
    has_lead = any(cell.startswith(("牵头", "主办")) for cell in header)
    found = []
    for cell, role, value in zip(header, roles, row, strict=False):
        if role is not None:
            role = "support_units" if has_lead and cell.startswith("责任") else role
            found += [Named(role, name, -1, -1, "table") for name, _ in _names(value, 0)]
    return _once(found)


def labels(text: str) -> list[tuple[int, int]]:
    """The spans of labels such as 牵头处室： and of the names after them."""
    return [(label.start(), names.end()) for label, names in _with_names(text.translate(BRACKETS))]


def _with_names(text: str) -> list[tuple[re.Match[str], re.Match[str]]]:
    """Labels that a colon and names follow."""
    if ":" not in text and "：" not in text:  # most items: spares them the search
        return []
    pairs = [(label, NAMES.match(text, label.end())) for label in LABEL.finditer(text)]
    return [(label, names) for label, names in pairs if names is not None]


def _role(cell: str) -> str | None:
    match = LABEL.match(cell.strip())
    if match is None:
        return None
    return "lead_units" if match["lead"] else "support_units"


def _labelled(text: str) -> list[Named]:
    """Bodies after 牵头处室：, 责任单位：, 配合单位：."""
    found: list[Named] = []
    leads = False
    for label, names in _with_names(text):
        responsible = label.group().startswith(("责任", "落实责任"))
        role = "support_units" if label["support"] or (responsible and leads) else "lead_units"
        leads = leads or not (responsible or label["support"])
        cut = LABEL.search(names[1])
        value = names[1][: cut.start()] if cut else names[1]
        found += [Named(role, name, at, at + len(name), "label") for name, at in _names(value, names.start(1))]
    return found


def _in_brackets(text: str) -> list[Named]:
    """Bodies in brackets that end in 负责 or 牵头: （市教育局牵头，市财政局配合）."""
    return [named for match in SIDES.finditer(text) for named in _sides(match, "bracket")]


def _by_sentence(text: str) -> list[Named]:
    """Bodies in 由…牵头 and 由…负责."""
    return [named for match in BY.finditer(text) for named in _sides(match, "sentence")]


def _bare(text: str) -> Iterator[Named]:
    """Bodies in brackets without a label: （基教股、人事股）."""
    for side in offices.sides(text):
        role = "support_units" if side.supports else "lead_units"
        for name, at in _names(side.names, side.start):
            yield Named(role, name, at, at + len(name), "bracket")


def _sides(match: re.Match[str], rule: str) -> list[Named]:
    found = []
    for group, role in ((1, "lead_units"), (2, "support_units")):
        if match[group]:
            names = _names(match[group], match.start(group))
            found += [Named(role, name, at, at + len(name), rule) for name, at in names if BODY.search(name)]
    return found


def _names(value: str, offset: int) -> list[tuple[str, int]]:
    """The bodies of a list and where each stands."""
    names, at = [], 0
    for part in SEPARATORS.split(value):
        at = value.index(part, at)
        name = HEAD.sub("", TAIL.sub("", part.strip(" 　.．·")))
        if 2 <= len(name) <= 40:
            names.append((name, offset + value.index(name, at)))
        at += len(part)
    return names


def _once(found: list[Named]) -> list[Named]:
    """Each body once; one that leads does not also support."""
    kept: dict[str, Named] = {}
    for named in sorted(found, key=lambda n: n.role):  # lead_units before support_units
        kept.setdefault(named.name, named)
    return sorted(kept.values(), key=lambda n: n.start)
