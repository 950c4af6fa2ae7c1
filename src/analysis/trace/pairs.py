"""Which statement of a later document speaks of the same thing as a promise."""

from __future__ import annotations

import functools
import math
import re
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from difflib import SequenceMatcher
from typing import Any

import pandas as pd

from analysis import numerals, shingles

Row = dict[str, Any]

SAME_NAME = 0.55  # likeness from which two indicators are one
SAME_TASK = 0.5  # likeness from which two clauses speak of one task
EQUAL = 0.97  # likeness from which they are the same words

MADE = 0.95  # what it is worth where both say so in other words
UNSAID = 0.8  # what a likeness is worth where only one name says that a thing is made
MOST_TIMES = 3  # a count that is so many times another is of another period or scope

_YEARS = re.compile(
    r"(?:19|20)\d\d年(?:底|度)?|今年|明年|去年|年内|年底前?|到20\d\d年|“?十[四五六]五”?(?:末|期间|时期)?"
)
_PERIOD = re.compile(
    r"年均|累计|[三五]年[来内间]|十[三四五六]五|"
    r"(?<![\d几十〇零一二三四五六七八九])[2-9两三四五六七八九十]年(?:来|间|内|累计)?(?:[增净翻下提减]|新增|完成|实现)"
)
_AREAS = re.compile(r"^(?:全省|全市|全县|全区|我省|我市|我县|我区|全旗|全州|本市|地区)")
_GROWTH = re.compile(r"增长率?|增速|增幅|涨幅|上涨|涨跌幅")
_FALL = re.compile(r"下降|降低|减少|压减|削减|缩短|缩小|微降|回落|收窄|降(?=\d)")
_SHARES = re.compile(r"的?(?:比重|比例|占比|比率)")
_OF = re.compile(r"相当于|占|与")
_MAKING = re.compile(
    r"^(?:(?:新增|新建成?|新?创建|改建|扩建|改扩建|修建|建成(?:投用|投入使用)?|建设|筹措|改造|提升|打造|培育|完成|组建|实施|更新)和?)+(?=..)"
)
_CHANGING = re.compile(r"[改扩]|提升|更新")  # what is there is made better, which is no making of new ones
_CLASSIFIERS = ("count", "household", "place", "event", "session", "kind")  # kinds of units that count things
_COUNTS = re.compile(r"(?:人数|数量|总量|数)$")


def is_known(value: Any) -> bool:
    """Whether a cell holds something."""
    return value is not None and not (pd.api.types.is_scalar(value) and pd.isna(value))


def rows(frame: pd.DataFrame) -> list[Row]:
    """The rows of a frame as records, nulls as None."""
    records = frame.to_dict("records")
    return [{str(k): v if is_known(v) else None for k, v in record.items()} for record in records]


def bigrams(text: str) -> Counter[str]:
    """The pairs of neighbouring characters of a folded text."""
    plain = shingles.fold(text)
    return Counter(plain[i : i + 2] for i in range(len(plain) - 1))


def undated(text: str) -> str:
    """The text without the words that name its year: they differ where nothing else does."""
    return _YEARS.sub("", text)


class Rarity:
    """How much pairs of characters tell, by how few of the given texts hold them."""

    def __init__(self, texts: Iterable[str]) -> None:
        held = set(texts)
        self.n = len(held)
        self.holders = Counter(pair for text in held for pair in set(bigrams(text)))

    def weights(self, text: str) -> dict[str, float]:
        """The pairs of characters of a text, each with its weight; a text of one character is its own pair."""
        counts = bigrams(text) or Counter([text])
        return {pair: n * math.log(1 + self.n / max(1, self.holders[pair])) for pair, n in counts.items()}


def alike(a: dict[str, float], b: dict[str, float]) -> float:
    """0 to 1: the share of weight that two texts have in common (Dice)."""
    total = sum(a.values()) + sum(b.values())
    small, large = sorted((a, b), key=len)
    return 2 * sum(min(w, large.get(pair, 0.0)) for pair, w in small.items()) / total if total else 0.0


class Names:
    """Names of indicators, compared by the pairs of characters that are rare among them."""

    def __init__(self, names: Iterable[str]) -> None:
        self.rarity = Rarity(map(plain, names))
        self.read = functools.cache(self._read)
        self.likeness = functools.cache(self._likeness)

    def _read(self, name: str) -> tuple[str, dict[str, float]]:
        bare = plain(name)
        return bare, self.rarity.weights(bare)

    def _likeness(self, name: str, other: str) -> float:
        (bare, own), (other_bare, others) = self.read(name), self.read(other)
        if bare == other_bare:
            return 1.0
        made, others_made = _MAKING.match(bare), _MAKING.match(other_bare)
        if made or others_made:  # 新建公办幼儿园 is reported as 建成公办幼儿园
            same = self.likeness(*(_MAKING.sub("", name) for name in (bare, other_bare)))
            if made and others_made:
                is_one = bool(_CHANGING.search(made[0])) == bool(_CHANGING.search(others_made[0]))
                return same * (MADE if is_one else 0.5)
            return same * UNSAID
        found = alike(own, others)
        return found / 2 if found >= SAME_NAME and _contrast(bare, other_bare) else found


def plain(name: str) -> str:
    """The name without place, year and the words of its measure, which the unit tells."""
    words = _AREAS.sub("", undated(name))
    return shingles.fold(_COUNTS.sub("", _OF.sub("占", _SHARES.sub("比", _GROWTH.sub("", words)))))


def _contrast(name: str, other: str) -> bool:
    """Whether one word stands in the place of another (民办 for 公办); what is only added makes no other thing."""
    steps = SequenceMatcher(None, name, other, autojunk=False).get_opcodes()
    return any(kind == "replace" for kind, *_ in steps)


def metric_rate(own: Row, other: Row, names: Names) -> float:
    """How surely two metrics of one key measure one thing, 0 where they cannot.

    The same indicator of the codebook, or alike names that are both of a level or both of a change.
    """
    alike = names.likeness(own["indicator"] or "", other["indicator"] or "")
    if unit(own) != unit(other):
        return alike if alike >= UNSAID else 0.0
    if own["indicator_id"] and own["indicator_id"] == other["indicator_id"]:
        return 1.0 + alike
    is_said = own["value"] is None and other["value"] is None  # in words, of which the name alone tells the kind
    if not is_growth(own) and not is_said and (own["kind"] or "level") != (other["kind"] or "level"):
        is_made = unit(own) != "%" and any(_MAKING.match(plain(row["indicator"] or "")) for row in (own, other))
        return alike if is_made and alike >= UNSAID else 0.0  # 新增 is read as a change, 新建 as a level
    if own["indicator_id"] and other["indicator_id"]:  # two of the codebook's: only names that are all but equal speak
        return UNSAID * alike if alike >= UNSAID else 0.0
    return alike if alike >= SAME_NAME else 0.0


def metric_key(row: Row) -> tuple[Any, ...]:
    """What must be equal in metrics of one thing: unit, denominator, period, whether it is growth.

    A mean of five years answers no target of one; a growth rate may be printed as a level (增速5%) or a change.
    """
    return measure(row), row["per"] or "", bool(_PERIOD.search(_before(row))), is_growth(row)


def _before(row: Row) -> str:
    """What a sentence says up to its number: what follows (、累计达到61万套) is said of another one."""
    said = row["quote"] or ""
    at = said.find(f"{row['value']:g}") if row["value"] is not None else -1
    return said if at < 0 else said[:at] + said[at:].split("、", 1)[0]


def is_growth(row: Row) -> bool:
    """Whether a metric is a growth rate, which texts print as a level (增速5%) or as a change (增长5%)."""
    is_said = row["kind"] == "change" or bool(_GROWTH.search(f"{row['indicator']}{row['quote']}"))
    return unit(row) == "%" and is_said


def is_fall(row: Row) -> bool:
    """Whether a change is one downwards (下降3%), which texts print without a sign."""
    quote = row["quote"] or ""
    return bool(_FALL.search(quote)) and not _GROWTH.search(quote)


def is_near(own: float | None, other: float | None) -> bool:
    """Whether two counts can be of one period and scope."""
    if not own or not other:
        return True
    return 1 / MOST_TIMES < other / own < MOST_TIMES


def unit(row: Row) -> str:
    """The unit that values are compared in."""
    return str(row["base_unit"] or row["unit"] or "")


def is_counted(row: Row) -> bool:
    """Whether a metric counts things or persons: 3所, 200人; a sum, a length or a rate is measured."""
    known = numerals.units().get(unit(row))
    return known is None or known.kind in (*_CLASSIFIERS, "person")


def measure(row: Row) -> str:
    """What must be equal of two units: things are counted in 个, 套, 户 or 处 as the writer likes."""
    known = numerals.units().get(unit(row))
    return "个" if known is not None and known.kind in _CLASSIFIERS else unit(row)


def matched(
    own: Sequence[Row],
    others: Sequence[Row],
    rate: Callable[[Row, Row], float],
    key: Callable[[Row], Any] = lambda _: None,
) -> dict[int, tuple[int, float]]:
    """Place in own → (place in others, rate): one to one among rows of one key, the best rated pair first."""
    places: dict[Any, list[int]] = {}
    for j, row in enumerate(others):
        places.setdefault(key(row), []).append(j)
    rated = [(rate(row, others[j]), i, j) for i, row in enumerate(own) for j in places.get(key(row), [])]
    found: dict[int, tuple[int, float]] = {}
    taken: set[int] = set()
    for value, i, j in sorted((r for r in rated if r[0] > 0), key=lambda r: (-r[0], r[1], r[2])):
        if i not in found and j not in taken:
            found[i] = j, value
            taken.add(j)
    return found
