"""What orders, laws and notices whose breaks are lost state at their head: X令第3号, （…会议通过）, a body and its day."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from analysis.parse import dates, foot

FIRST = 2500  # characters in which a head ends
_ORDER = re.compile(
    r"(?:^|(?<=[\n。]))([\u4e00-\u9fff]{2,24})令[ \u3000]?第[ \u3000]?\d{1,5}[ \u3000]?号(?=$|[\n《 \u3000])"
)
_ADOPTED = re.compile(
    r"[（(]((?:19|20)\d\d年\d{1,2}月\d{1,2}日)(?:第?[一二三四五六七八九十百]{1,5}届)?([\u4e00-\u9fff]{2,16}人民代表大会(?:常务委员会)?)第?[^（）()。]{2,12}次?会议[^（）()。]{0,8}通过"
)
_PROMULGATED = re.compile(  # （2000年9月25日国务院令第292号公布…; （2021年2月7日县政府印发）
    r"[（(]((?:19|20)\d\d年\d{1,2}月\d{1,2}日)([\u4e00-\u9fff]{2,24}?)(?:(令第?\d{1,4}号)(?:公布|发布)|(?:印发|发布|公布))(?=[）)\s，。]|$)",
    re.M,
)
_NAME_AND_DAY = re.compile(r"^[\u4e00-\u9fff]{2,4}[ \u3000]?((?:19|20)\d\d年\d{1,2}月\d{1,2}日)", re.M)
_OFFICE_LAST = re.compile(r"(?:主任|部长|局长|署长|行长|总理|主席|省长|市长|州长|县长|区长|厅长)$", re.M)
_HEADED = re.compile(
    r"(?:主任|部长|局长|署长|行长|总理|主席|省长|市长|州长|县长|区长|厅长)\s{0,3}[\u4e00-\u9fff][\u4e00-\u9fff\s]{1,4}(?=(?:19|20)\d\d年\d{1,2}月\d{1,2}日)"
)
_DAY = r"(?:(?:19|20)\d\d年\d{1,2}月\d{1,2}日|二[〇○零][一二三四五六七八九〇○零]{2}年[一二三四五六七八九十]{1,2}月[一二三四五六七八九十]{1,3}日)"
_DAY_BEHIND = re.compile(_DAY)
_TOLD = re.compile(
    r"[，,、；的前起至以后日]|印发|公布|发布|出台|通过|召开|批准|审议|下发|作出|修订|在|对|晚|电|讯|举行|会议|第"
)
_SIGN = re.compile(r"[\u4e00-\u9fff、 \u3000]{3,120}$")
_CENTRAL = re.compile(
    r"(?:中共中央办公厅|国务院办公厅|中共中央(?!办公)|国务院(?!办公|[\u4e00-\u9fff]{2,12}(?:委|组|局|办))"
    r"|(?:中央|国务院|国家|最高|全国|中国)[\u4e00-\u9fff]{2,16}?(?:办公室|委员会|领导小组|总局|部|局|署|院|银行)(?!办公)"
    r"|(?:教育|科技|公安|民政|司法|财政|水利|商务|外交|国防|审计|科学技术|工业和信息化|人力资源社会保障|自然资源|生态环境|住房城乡建设|交通运输|农业农村|文化和旅游|应急管理)部"
    r"|应急管理部|审计署|中国人民银行|海关总署|税务总局|市场监管总局|广电总局|体育总局)"
)
_CENTRAL_LAST = re.compile(rf"(?:说明|方案|稿）?|的)({_CENTRAL.pattern})$")


class Signed(NamedTuple):
    """A body and its day at `start:end` of a text."""

    name: str
    day: str
    start: int
    end: int


def number(text: str) -> tuple[str, int, int] | None:
    """The number of an order that stands at the head (国务院令第766号), with its span."""
    found = _ORDER.search(text[:400])
    if found:
        return re.sub(r"\s", "", found.group(0)), *found.span()
    told = _PROMULGATED.search(text[:FIRST])
    return (_short(told.group(2)) + told.group(3), *told.span()) if told and told.group(3) else None


def body(text: str) -> tuple[str, int, int] | None:
    """Who gave an order, or adopted a law, by the head."""
    found = _ORDER.search(text[:400])
    if found and not found.group(1).endswith("主席"):
        return _short(found.group(1)), *found.span(1)
    adopted = _ADOPTED.search(text[:FIRST]) or _PROMULGATED.search(text[:FIRST])
    return (_short(adopted.group(2)), *adopted.span(2)) if adopted else None


def _short(name: str) -> str:
    return name.removeprefix("中华人民共和国") or name


def day(text: str) -> tuple[str, int, int] | None:
    """The day on which a law was adopted or an order signed by the head of its body."""
    for pattern in (_ADOPTED, _PROMULGATED, _HEADED):
        match = pattern.search(text[:FIRST])
        if match:
            start = match.end() if pattern is _HEADED else match.start(1)
            found = next(dates.dates(text[start : start + 14]), None)
            if found:
                return found.value, match.start(), start + found.end
    return None


def day_behind_name(text: str, copies: str) -> str | None:
    """The day in a passage that repair took out, behind a name whose office ends a line of the head."""
    match = _NAME_AND_DAY.search(copies) if _OFFICE_LAST.search(text[:FIRST]) else None
    found = next(dates.dates(match.group(1)), None) if match else None
    return found.value if found else None


def signed(text: str) -> Iterator[Signed]:
    """Bodies and days behind a sentence of the head, where the breaks of the sign-off are lost: …执行。市教育局2021年9月1日"""
    head = text[:FIRST]
    for match in _DAY_BEHIND.finditer(head):
        if _TOLD.match(head, match.end()):
            continue
        first = max(head.rfind(mark, max(0, match.start() - 130), match.start()) for mark in "。！”）)\n") + 1
        printed = head[first : match.start()]
        name = joint(printed.strip())
        last = _CENTRAL_LAST.search(printed[-24:]) if not _SIGN.match(printed) else None
        if last:  # …方案》的说明国家发展改革委员会2022年9月12日
            name, printed = last.group(1), last.group(1)
            first = match.start() - len(name)
        if first and _SIGN.match(printed) and (name != printed.strip() or foot.SIGN_OFF.match(name)):
            found = next(dates.dates(match.group()), None)
            if found:
                yield Signed(name, found.value, first, match.end())


def joint(name: str) -> str:
    """Central bodies whose names stand together without a mark, parted by 、; another name as it is."""
    bare = re.sub(r"[ \u3000]", "", name)
    parts = [m.group() for m in _CENTRAL.finditer(bare)]
    return "、".join(parts) if len(parts) > 1 and "".join(parts) == bare.replace("、", "") else name
