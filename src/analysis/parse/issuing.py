"""Who issued a document, when, and under which number."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Any, NamedTuple

from analysis import regions
from analysis.parse import dates, foot, labels, orders, titles
from analysis.parse.blocks import Block
from analysis.parse.head import Head
from analysis.parse.places import Found

Evidence = list[dict[str, Any]]

_DOC_NUMBER = re.compile(
    r"(?<![\u4e00-\u9fff《])[\u4e00-\u9fff]{1,12}(?:[（(][\u4e00-\u9fff]{1,6}[）)])?[\u4e00-\u9fff]{0,4}\s?"
    r"[〔［\[（(【]\s?(?:19|20)\d\d\s?[〕］\]）)】]\s?第?\s?\d{1,5}\s?号"
)
_NUMBER_BEHIND = re.compile(
    r"^[^，。（(]{0,80}的(?:通知|意见|决定)([\u4e00-\u9fff]{2,12}[〔［\[（(]\s?(?:19|20)\d\d\s?[〕］\]）)]\s?\d{1,5}\s?号)(?![）)》])"
)
_AGENCY = re.compile(r"新华社|人民政府|政府网|委员会$|[局厅委部]$|办公[室厅]$")  # a source that publishes at first hand
_IN_BRACKETS = re.compile(r"\s?[（(]\s?(?:19|20)\d\d\s?年\s?\d{1,2}\s?月\s?\d{1,2}\s?日[^（）()]{0,60}[）)]")
_BELOW_TITLE = re.compile(  # （云渡高新区管理委员会 2021年11月）
    rf"^[（(]\s?({foot.NAME}{{0,40}}?{foot.AUTHORITY})(?:[ \u3000，,]{{0,4}}(?:19|20)\d\d\s?年(?:\s?\d{{1,2}}\s?月(?:\s?\d{{1,2}}\s?日)?)?)?\s?[）)]$"
)
_BODY = re.compile(rf"{foot.AUTHORITY}$")
_ORDER = re.compile(r"^第\s?\d{1,4}\s?号$")
_REPOSTED = re.compile(
    r"来源\s?[:：]?\s*(?!.{0,16}(?:政府|委员会|局|厅|办公室|委$))[\u4e00-\u9fff]{2,16}(?:日报|晚报|网|新闻|客户端|发布|社|传媒|公众号|文库)?"
)
_SPEAKER = re.compile(r"(?:我(?:谨)?代表|受)([\u4e00-\u9fff]{1,24}?(?:人民)?政府)(?=委托|的委托|[，,向])")
SESSION = re.compile(
    r"在(?:政协)?([\u4e00-\u9fff]{2,24}?)第?[一二三四五六七八九十百\d]{1,4}届\s?(?:人民代表大会|委员会第?[一二三四五六七八九十百\d]{1,4}次)"
)
_OCCASION = re.compile(r"在[\u4e00-\u9fff“”、]{2,40}(?:会议|大会|全会|全委会|座谈会|仪式)上")
_IN_TITLE = re.compile(
    rf"^([\u4e00-\u9fff*＊（）()、 ]{{0,40}}?{foot.AUTHORITY}(?:[、 ][\u4e00-\u9fff]{{0,30}}?{foot.AUTHORITY}){{0,3}})(?=关于|印发|转发|批转|对|[“《\"]|\d{{4}}|[12]\d|二[〇○]|20[*＊]|“?十[一二三四五]五|年度|教育工作|工作)"
)


_OWN_SITE = re.compile(rf"^(?:本[站网])?$|{_AGENCY.pattern}")  # what a page may name as its source and be at first hand
_OFFICIAL = ("issuer", "index_number", "doc_number", "written")
_OFFICE = re.compile(r"^([\u4e00-\u9fff]{2,20}人民政府)(?:代理|代)?(?:市长|县长|区长|省长|州长|旗长|盟长|主席)")


class Issuer(NamedTuple):
    """A body named as issuer, where, why, and how much the place where it stands says."""

    name: str
    start: int
    end: int
    rule: str
    weight: float


def note(evidence: Evidence, field: str, value: object, cue: str, span: tuple[int, int], rule: str) -> None:
    """Adds a row that says where a fact was read."""
    evidence.append({"field": field, "value": str(value), "cue": cue, "start": span[0], "end": span[1], "rule": rule})


def numbers(
    text: str, stated: dict[str, str], blocks: Sequence[Block], at: Head, evidence: Evidence, copies: str = ""
) -> dict[str, str | None]:
    """doc_number and index_number; what the page's own metadata says comes first.

    Args: copies: passages that repair took out because they stand twice; only they may hold an order's number.
    """
    first = blocks[at.body].start if at.body < len(blocks) else len(text)
    index = stated.get("index_number")
    match = labels.INDEX.search(text[: first + 1])
    if not index and match:
        index = match.group(1)
        note(evidence, "index_number", index, match.group(0), match.span(), "labelled")
    own = stated.get("doc_number")
    own = own if own and re.search(r"\d", own) else _labelled_number(text[:first], evidence)
    for block in blocks[: at.body] if not own else ():
        own = _own_number(block.text)
        if own:
            note(evidence, "doc_number", own, block.text, (block.start, block.end), "a line of its own in the head")
            break
    behind = _NUMBER_BEHIND.match(blocks[at.body].text) if not own and at.body < len(blocks) else None
    if behind:
        own, start = behind.group(1).replace(" ", ""), blocks[at.body].start
        note(evidence, "doc_number", own, behind.group(0), (start, start + behind.end()), "behind the notice's title")
    for words in () if own else (text, copies):
        order = orders.number(words)
        if order:
            own, span = order[0], order[1:] if words is text else (0, 0)
            note(evidence, "doc_number", own, words[order[1] : order[2]], span, "the number of an order")
            break
    return {"doc_number": own or None, "index_number": index or None}


def _labelled_number(head: str, evidence: Evidence) -> str | None:
    """The number behind a label of the head (【发文字号】青教〔2024〕5号)."""
    for label in labels.NUMBER.finditer(head):
        match = _DOC_NUMBER.match(head, label.end())
        if match and label.group()[-1] != "号":
            note(evidence, "doc_number", match.group(), head[label.start() : match.end()], match.span(), "labelled")
            return match.group().replace(" ", "")
    return None


def _own_number(line: str) -> str | None:
    """The number that a line consists of; a number cited in a sentence is none."""
    behind = _NUMBER_BEHIND.match(line)
    if behind:
        return behind.group(1).replace(" ", "")
    found = _DOC_NUMBER.search(line)
    if found and (len(found.group(0)) > 0.6 * len(line) or re.match(r"(?:[-•·]\s)?(?:文号|发文字号|文件编号)", line)):
        return re.sub(r"^(?:文号|发文字号)", "", found.group(0).replace(" ", ""))
    return line.replace(" ", "") if _ORDER.match(line) else None


def written(
    text: str, stated: dict[str, str], blocks: Sequence[Block], at: Head, evidence: Evidence, copies: str = ""
) -> dict[str, str | None]:
    """written and published; where only one is printed both have it.  A reposter's date is neither.

    Args: copies: passages that repair took out because they stand twice; only they may hold the sign-off's day.
    """
    out: dict[str, str | None] = {"written": stated.get("written"), "published": stated.get("published")}
    head = text[: blocks[at.body].start if at.body < len(blocks) else len(text)]
    reposted = _REPOSTED.search(head) is not None
    for name, label in (("written", labels.WRITTEN), ("published", labels.PUBLISHED)):
        if not out[name] and not (name == "published" and reposted):
            out[name] = _labelled_date(head, name, label, evidence)
    source = stated.get("publisher", "")
    own_block = not reposted and _OWN_SITE.search(source) is not None and labels.has_block(head)
    if not any(stated.get(name) for name in _OFFICIAL) and not own_block and not _AGENCY.search(source):
        out["published"] = None  # the date of a page that states nothing else of the document is its poster's
    if out["written"] and out["written"] == out["published"]:
        out["written"] = _signed(blocks, at, evidence) or out["written"]  # the page knows one day, the foot the other
    out["written"] = out["written"] or _behind_title(text, at, evidence)
    out["written"] = out["written"] or _session(text, evidence) or _signed(blocks, at, evidence)
    out["written"] = out["written"] or _adopted(text, copies, evidence)
    out["written"], out["published"] = out["written"] or out["published"], out["published"] or out["written"]
    return out


def _labelled_date(head: str, name: str, label: re.Pattern[str], evidence: Evidence) -> str | None:
    for match in label.finditer(head):
        found = next(dates.dates(head[match.end() : match.end() + 24]), None)
        if found and found.start <= 2:
            note(evidence, name, found.value, match.group(0), (match.start(), match.end() + found.end), "labelled")
            return found.value
    return None


def _adopted(text: str, copies: str, evidence: Evidence) -> str | None:
    """The day of an order, a law, or a sign-off in running text, at the head or in a copy of it that repair took out."""
    for words in (text, copies):
        signed = next(orders.signed(words), None)
        found = orders.day(words) or (signed and (signed.day, signed.start, signed.end))
        if found:
            span = found[1:] if words is text else (0, 0)
            note(evidence, "written", found[0], words[found[1] : found[2]], span, "signed or adopted, by the head")
            return found[0]
    day = orders.day_behind_name(text, copies)
    if day:
        note(evidence, "written", day, day, (0, 0), "behind the name of who signed, in a copy of the head")
    return day


def _behind_title(text: str, at: Head, evidence: Evidence) -> str | None:
    """The day in brackets behind the title (…的意见（2024年9月21日）)."""
    match = _IN_BRACKETS.match(text, at.title[2]) if at.title and at.title[2] else None
    found = next(dates.dates(match.group()), None) if match else None
    if match is None or found is None:
        return None
    note(evidence, "written", found.value, match.group().strip(), match.span(), "in brackets behind the title")
    return found.value


def _session(text: str, evidence: Evidence) -> str | None:
    """The day on which a report or speech was given, from its subtitle."""
    match = SESSION.search(text[:1500]) or _OCCASION.search(text[:300])
    if not match:
        return None
    for found in dates.dates(text[max(0, match.start() - 60) : match.start()]):
        note(evidence, "written", found.value, match.group(0), match.span(), "the session")
        return found.value
    return None


def _signed(blocks: Sequence[Block], at: Head, evidence: Evidence) -> str | None:
    """The date below the sign-off: at the foot, else in the notice at the head."""
    before_annexes = [b for b in blocks[at.body : at.tail] if b.is_signed]
    for block in [*reversed(blocks[at.tail :]), *reversed(before_annexes), *blocks[: at.body]]:
        if (
            len(block.text) > 60
            or titles.METADATA.search(block.text)
            or re.search(r"来源|时间|发布|编辑|[:：]\d", block.text)
        ):
            continue
        found = next(dates.dates(block.text), None)
        if found and (found.end - found.start > 0.5 * len(block.text) or foot.SIGNED.match(block.text)):
            note(evidence, "written", found.value, block.text, (block.start, block.end), "below the sign-off")
            return found.value
    return None


def issuer(text: str, stated: dict[str, str], blocks: Sequence[Block], at: Head, copies: str = "") -> Issuer | None:
    """The body that issued the document: the sign-off before a date says most, a label least."""
    if stated.get("issuer"):
        return Issuer(re.sub(r"\s+", "、", stated["issuer"]), 0, 0, "the page's metadata", 9)
    found = [
        *_signs(blocks, at),
        *_spoken(text),
        *_office(blocks, at),
        *_below_title(blocks, at),
        *_titled(text, at),
        *_ordered(text, blocks, at),
        *_copied(copies),
        *_labelled(text, blocks, at),
        *_trailing(blocks, at),
    ]
    return max(found, key=lambda i: i.weight, default=None)


def _signs(blocks: Sequence[Block], at: Head) -> Iterator[Issuer]:
    """Lines that are the name of a body, joint ones together."""
    i = 0
    while i < len(blocks):
        if (at.body <= i < at.tail and not blocks[i].is_signed) or not _is_sign(blocks[i], at):
            i += 1
            continue
        run = [blocks[i]]
        while i + len(run) < len(blocks) and _is_sign(blocks[i + len(run)], at) and len(run) < 6:
            run.append(blocks[i + len(run)])
        i += len(run)
        below = blocks[i].text if i < len(blocks) else ""
        dated = len(below) < 40 and next(dates.dates(below), None) is not None
        dated = dated or foot.SIGNED.match(run[-1].text) is not None
        name = "、".join(re.sub(r"[ \u3000、]+", "、", _signer(b)) for b in run)
        yield Issuer(orders.joint(name), run[0].start, run[-1].end, "sign-off", 5.0 if dated else 4.0)


def _signer(block: Block) -> str:
    """The name of a sign-off, without the date behind it."""
    match = foot.SIGNED.match(block.text)
    return (match.group(1) if match else block.text).strip("- \u3000")


def _is_sign(block: Block, at: Head) -> bool:
    line = _signer(block)
    is_aside = block.is_aside and not block.is_signed
    if not 3 <= len(line) <= 40 or block.marker is not None or is_aside or block.text.startswith("- "):
        return False
    inside = any(t is not None and t[1] <= block.start < t[2] for t in (at.title, at.notice))
    return not inside and foot.SIGN_OFF.match(line) is not None


def _spoken(text: str) -> Iterator[Issuer]:
    for match in _SPEAKER.finditer(text[:4000]):
        weight = 3.9 if match.group().startswith("受") else 4.5  # who reports on another's behalf signs below the title
        yield Issuer(match.group(1), match.start(1), match.end(1), "the speaker", weight)


def _office(blocks: Sequence[Block], at: Head) -> Iterator[Issuer]:
    """The government whose head is named below the title."""
    for block in blocks[: at.body]:
        match = _OFFICE.match(block.text)
        if match:
            yield Issuer(match.group(1), block.start, block.start + match.end(1), "the speaker's office", 4.6)


def _below_title(blocks: Sequence[Block], at: Head) -> Iterator[Issuer]:
    """The body in brackets on a line of its own below the title, with its year or without."""
    for block in blocks[: at.body]:
        match = _BELOW_TITLE.match(block.text)
        if match and at.title and block.start >= at.title[1]:
            yield Issuer(
                match.group(1), block.start + match.start(1), block.start + match.end(1), "below the title", 3.8
            )


def _titled(text: str, at: Head) -> Iterator[Issuer]:
    """The bodies that a title begins with, parted where its line is (县教育局 县财政局关于…)."""
    for titled in (at.title, at.notice):
        match = _IN_TITLE.match(titled[0]) if titled else None
        if titled and match:
            printed = re.sub(r"[ \u3000\n]+(?!关于|印发|转发)", " ", text[titled[1] : titled[2]].strip())
            printed = re.sub(r"[ \u3000\n]+(?=关于|印发|转发)", "", printed)
            parted = _IN_TITLE.match(printed)
            same = parted is not None and re.sub(r"[ 、]", "", parted.group(1)) == re.sub(r"[ 、]", "", match.group(1))
            name = _parted(parted.group(1)) if parted and same else match.group(1)
            yield Issuer(orders.joint(re.sub(r" +", "、", name)), titled[1], titled[2], "title", 3.0)


def _parted(names: str) -> str:
    """Bodies whose blanks stand between them; a blank inside one name (青禾县 教育局) parts nothing."""
    parts = names.strip().split(" ")
    return "、".join(parts) if all(_BODY.search(part) for part in parts) else "".join(parts)


def _ordered(text: str, blocks: Sequence[Block], at: Head) -> Iterator[Issuer]:
    """The body of an order or law, of a sign-off without breaks, and the one printed behind a title's comma."""
    order = orders.body(text)
    if order:
        yield Issuer(*order, "the body of the order", 4.8)
    for found in orders.signed(text):
        yield Issuer(found.name, found.start, found.end, "sign-off in the running text", 4.4)
    for block in blocks[: max(1, at.body)]:
        match = titles.BEHIND.search(block.text) if at.title and block.start == at.title[1] else None
        if match:
            start = block.start + match.start(1)
            yield Issuer(match.group(1), start, block.start + match.end(1), "behind the title", 3.2)


def _copied(copies: str) -> Iterator[Issuer]:
    """The bodies of an order and of sign-offs in passages that repair took out."""
    order = orders.body(copies)
    names = [order[0]] if order else [s.name for s in orders.signed(copies)]
    yield from (Issuer(name, 0, 0, "sign-off in a copy of the head", 4.3) for name in names)


def _labelled(text: str, blocks: Sequence[Block], at: Head) -> Iterator[Issuer]:
    first = blocks[at.body].start if at.body < len(blocks) else len(text)
    for match in labels.ISSUER.finditer(text[:first]):
        yield Issuer(match.group(1), match.start(1), match.end(1), "labelled", 2.0)


def _trailing(blocks: Sequence[Block], at: Head) -> Iterator[Issuer]:
    """A place and its authority right behind the last sentence, when the breaks of the foot are lost."""
    for block in blocks[at.tail :]:
        last = max(block.text.rfind(c) for c in "。！”")
        if last < 0 or len(block.text) - last < 6:
            continue
        place = next(iter(regions.places(block.text[last + 1 : last + 30])), None)
        match = re.match(rf"[ \u3000]?[\u4e00-\u9fff]{{2,24}}?{foot.AUTHORITY}", block.text[last + 1 :])
        if place and place.start <= 1 and match:
            start = block.start + last + 1
            yield Issuer(match.group(0).strip(), start, start + match.end(), "behind the last sentence", 3.5)


def in_full(name: str | None, found: Found) -> str | None:
    """The issuer with its place, where the text gives that elsewhere: 市教育局 of 温岭市 is 温岭市教育局."""
    if name is None:
        return None
    own = found.town or found.county or found.city or found.province
    match = re.match(
        rf"(自治区|自治州|自治县|省|市|县|区|旗|州|盟|镇|乡|街道|(?=人民政府))(?={foot.AUTHORITY}$|[\u4e00-\u9fff]{{1,12}}$)",
        name,
    )
    if own is None or match is None:
        return name
    level = match.group(1)
    for place in (found.town, found.county, found.city, found.province):
        if place and level and place.endswith(level):
            return place + name[match.end() :]
    return own + name if not level else name
