"""The units of amounts."""

from __future__ import annotations

import functools
import re
from typing import NamedTuple

from analysis import lexicon

# a unit that is the beginning of another word
_WORDS = re.compile(
    r"个(?:月|学期|学年|年|世纪|季度|小康|体)|分(?:[之别类析批布校区管期为成])|部(?:门|分|委|署|队)|支(?:部|撑|持|柱|教)|台(?:账|阶)|"
    r"家(?:庭|长|校(?!园)|园|门|乡)|次(?:性|产业|全会|全体|会议|代表大会|党代会)|节(?:气|日|能|约|水|点|庆)|人(?:均|民|才|员|大(?!关))|项(?:目)|"
    r"元(?:化|旦|素|宇宙)|名(?:校(?![长园医级外])|师(?![范生])|园(?![长丁])|单|片|城(?![镇区乡市]))|班(?:级|主任|子)|位(?:一体|置|于)|度(?:假|量)|条(?:件|例)|场(?:馆|所|景)|本(?:科|地|级|市|区|县|省|上线|达线|过线|入围|录取|院校|批次|线|率)|M(?=[A-Za-z])|G(?=[A-Za-z]|\+)|"
    r"对(?:口|外|照)|门(?:类|户)|类(?:型|别)|张(?:网)|天(?:假|气|然)|座(?:谈)|间(?:接)|件(?:事)|只(?:有|要)|所(?:有|在)|首(?:批|个|次|届)|层(?:次|面|级)|段|笔(?:试)|批(?:准|复|发|判|而|零|量|示|改)|轮(?:车|胎|岗|训|换|流|番|椅|船|候|机)"
)  # fmt: skip


class Unit(NamedTuple):
    """A unit as printed, what kind of thing it counts, its measure in the base unit of that kind, its English word.

    Words that only count (个, 所, 家) have none: the name of what is counted says it.
    """

    name: str
    kind: str
    base: str
    factor: float
    english: str = ""


@functools.cache
def units() -> dict[str, Unit]:
    """The units of the codebook by the word that is printed."""
    rows = lexicon.table("common/units")
    return {r["unit"]: Unit(r["unit"], r["kind"], r["base_unit"], float(r["factor"]), r["en"]) for r in rows}


@functools.cache
def openers() -> frozenset[str]:
    """The characters that may follow a number which has a unit."""
    return frozenset(u[0] for u in units()) | frozenset("多余来几成折分点十百千万亿半瓦伏/+、和 至到-—–─~")


def unit_at(text: str, at: int) -> Unit | None:
    """The longest unit that begins at a place of the text, None if none does."""
    for unit in _by_first().get(text[at : at + 1], ()):
        if text.startswith(unit.name, at):
            return None if len(unit.name) <= 2 and _WORDS.match(text, at) else unit
    return None


@functools.cache
def _by_first() -> dict[str, list[Unit]]:
    """The units by their first character, the longest first."""
    found: dict[str, list[Unit]] = {}
    for unit in sorted(units().values(), key=lambda u: -len(u.name)):
        found.setdefault(unit.name[0], []).append(unit)
    return found


def bare(unit: str) -> str:
    """The unit without the 万 or 亿 in front."""
    return unit if unit in units() else unit.lstrip("万亿千百") or unit
