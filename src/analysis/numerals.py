"""Amounts, units and hedges as plans print them.

An amount is a number with a unit of `codebook/common/units.csv`.  Ordinals, dates, document numbers, list numbers,
ages, names of programmes and slogans are told apart and never returned.  Every pattern runs once over the text with
possessive quantifiers, so time grows with the length of the text and with nothing else.
"""

from __future__ import annotations

import functools
import re
from dataclasses import dataclass
from typing import NamedTuple

from analysis import lexicon

DIGITS = {c: i for i, c in enumerate("零一二三四五六七八九")} | {"〇": 0, "○": 0, "两": 2, "兩": 2} | {
    c: i for i, c in enumerate("壹贰叁肆伍陆柒捌玖", 1)
}  # fmt: skip
TENS = {"十": 10, "百": 100, "千": 1000, "拾": 10, "佰": 100, "仟": 1000}
MYRIADS = {"万": 10**4, "亿": 10**8, "萬": 10**4, "億": 10**8}

# one character for one, so offsets stay
WIDTH = str.maketrans("０１２３４５６７８９．％／（）～＋－點負幾個餘", "0123456789.%/()~+-点负几个余")

_HAN = "零〇○一二三四五六七八九十百千万亿两兩壹贰叁肆伍陆柒捌玖拾佰仟萬億"
_ARABIC = r"(?:\d{1,3}+(?:,\d{3})++(?![\d])(?:\.\d++)?+|\d++(?:\.\d++)?+)"
_NUMBER = re.compile(
    rf"(?<![\d.A-Za-z第])(?:"
    rf"(?P<parts>[百千万]++)分之(?P<of>[{_HAN}点]++|{_ARABIC})"
    rf"|(?P<arabic>(?:(?<![\w)])-|负)?+{_ARABIC})"
    rf"|(?P<vague>(?<=[数几])[十百千万亿]++)"
    rf"|(?P<half>半数|一半|过半数|过半)"
    rf"|(?<![{_HAN}])(?P<han>负?+[{_HAN}]++(?:点[{_HAN}]++)?+)"
    rf")"
)
_SEPARATOR = re.compile(r" ?(?:[-—–─~]{1,2}|至|到) ?(?=[\d一二两三四五六七八九十百])")
_SLASH = re.compile(r"/(\d{1,2})(?![\d/])")
_EACH = re.compile(r"/(?P<who>[人生年])元")
_HAN_RUN = re.compile(rf"[{_HAN}]++")

AFTER = re.compile(r" ?(?:\(含\))?(?P<word>及?以上|及?以内|之内|以下|左右|上下|之多|多(?!种|样|元|功|层|媒)|余)")
BEFORE = re.compile(
    r"(?P<word>不(?:得)?(?:少|低|小)于|不(?:得)?(?:超过|高于|多于|大于)|大于等于|小于等于|至少|最少|最低|最高|最多|至多|控制在|"
    r"超过|高于|突破|大于|多于|超|逾|低于|少于|小于|不足|不到|接近|将近|未满|大约|约为|约|近|达到?以上|上|≥|≤|>|<)"
    r"(?:了|到|达|为|有|在)? ?$"
)
FAR = re.compile(r"(至少|最少|不少于|不低于|最高|最多|不超过|控制在)[^\d，,。；;、]{1,12}$")
HEDGE = re.compile(r"力争|确保|争取|力求|努力|预计|计划|原则上|拟")
COMPARATORS = {
    "ge": ["以上", "及以上", "不少于", "不低于", "不小于", "不得少于", "不得低于", "至少", "最少", "最低", "大于等于", "≥", "达到以上", "达以上"],
    "le": ["以内", "及以内", "之内", "以下", "及以下", "不超过", "不高于", "不多于", "不大于", "不得超过", "不得高于", "小于等于", "最高", "最多", "至多", "控制在", "≤"],
    "gt": ["超过", "高于", "突破", "大于", "多于", "超", "逾", "上", "多", "余", "之多", ">"],
    "lt": ["近", "不足", "低于", "少于", "小于", "不到", "接近", "将近", "未满", "<"],
    "approx": ["左右", "上下", "大约", "约为", "约"],
}  # fmt: skip
_COMPARATOR = {word: name for name, words in COMPARATORS.items() for word in words}


class Unit(NamedTuple):
    """A unit as printed, what kind of thing it counts, and its measure in the base unit of that kind."""

    name: str
    kind: str
    base: str
    factor: float


@dataclass(frozen=True, slots=True)
class Amount:
    """A number with its unit.

    `start:end` is the number with its unit; `left:right` adds the words that compare (不少于 … 以上).  `value` is in
    `unit` as printed, where a final 万 or 亿 belongs to the unit; `base_value` resolves it.
    """

    start: int
    end: int
    value: float
    unit: str
    comparator: str
    kind: str
    base_value: float
    base_unit: str
    value_high: float | None = None
    hedge: str | None = None
    per: str | None = None
    left: int = 0
    right: int = 0
    is_han: bool = False


@functools.cache
def units() -> dict[str, Unit]:
    """The units of the codebook by the word that is printed."""
    rows = lexicon.table("common/units")
    return {r["unit"]: Unit(r["unit"], r["kind"], r["base_unit"], float(r["factor"])) for r in rows}


def number(text: str) -> float | None:
    """The value of a numeral in digits, in characters or in both (1.2万, 两千六, 一百零三), None if it is none."""
    text = text.translate(WIDTH).replace(" ", "").replace(",", "")
    if len(text) > 40:  # no plan counts so far
        return None
    sign = -1.0 if text[:1] in ("负", "-") else 1.0
    whole, _, part = text.lstrip("负-").replace("点", ".").partition(".")
    if (part and not whole.isdigit()) or (part and not part.isdigit()):
        cut = len(part) - len(part.lstrip("0123456789" + "".join(DIGITS)))
        value, tail = _whole(whole), part[cut:]
        digits = "".join(str(DIGITS.get(c, c)) for c in part[:cut])
        if value is None or not digits or any(c not in TENS and c not in MYRIADS for c in tail):
            return None
        factor = 1
        for c in tail:
            factor *= TENS.get(c) or MYRIADS[c]
        return sign * round(float(f"{int(value)}.{digits}") * factor, 12 if factor > 1 else 17)
    if part:
        return sign * float(f"{whole}.{part}")
    value = _whole(whole)
    return None if value is None else sign * value


def _whole(text: str) -> float | None:
    """A whole numeral; a digit that ends it after 百, 千, 万 counts the next place (一百二 is 120)."""
    if not text:
        return None
    if text.isdigit() and text.isascii():
        return float(text)
    if all(c in DIGITS for c in text):
        return float("".join(str(DIGITS[c]) for c in text))
    total = section = digit = 0.0
    place, zero, fresh = 1.0, False, True
    for token in re.findall(r"\d+|.", text.replace("廿", "二十").replace("卅", "三十")):
        if token.isdigit() and token.isascii():
            digit, fresh = float(token), True
            zero = zero or token.startswith("0")
        elif token in DIGITS:
            digit, fresh = float(DIGITS[token]), True
            zero = zero or digit == 0
        elif token in TENS:
            section += (digit or (1.0 if fresh else 0.0)) * TENS[token]
            digit, place, zero, fresh = 0.0, TENS[token] / 10, False, True
        elif token in MYRIADS:
            section += digit
            if MYRIADS[token] > 10**4 and total and not section:
                total *= MYRIADS[token]
            elif MYRIADS[token] > 10**4:
                total = (total + section) * MYRIADS[token]
            else:
                total += (section or 1.0) * MYRIADS[token]
            section, digit, place, zero, fresh = 0.0, 0.0, MYRIADS[token] / 10, False, True
        else:
            return None
    return total + section + (digit if zero else digit * place)


# --- reading one amount ---------------------------------------------------------------------------------------------

_SCALE = re.compile(r" ?(?P<more>[多余来几]?)(?P<scale>[十百千万亿]{0,3}+)(?P<tail>[多余]?)")
_PARTS = {"百": 1.0, "千": 0.1, "万": 0.01}
_TENTHS = re.compile(r"(?P<sign>[成折])(?P<tail>[一二三四五六七八九])?(?![立果功效为员本长都人套绩熟品就因])")
_PER = re.compile(
    r" ?/ ?(?P<who>人|生|年|月|天|周|学期|学年|校|班|户|亩|亿元|万元|小时|平方米|公里)(?:元|[·/.](?P<and>年|月|天))?"
)
_LONGEST = 7
# a unit that is the beginning of another word
_WORDS = re.compile(
    r"个(?:月|学期|学年|年|世纪|季度|小康|体)|分(?:[之别类析批布校区管期为成])|部(?:门|分|委|署|队)|支(?:部|撑|持|柱|教)|台(?:账|阶)|"
    r"家(?:庭|长|校|园|门|乡)|次(?:性|产业|全会|全体|会议|代表大会|党代会)|节(?:气|日|能|约|水|点|庆)|人(?:均|民|才|员|大)|项(?:目)|"
    r"元(?:化|旦|素|宇宙)|名(?:校(?![长园医级外])|师(?![范生])|园(?![长丁])|单|片|城(?![镇区乡市]))|班(?:级|主任|子)|位(?:一体|置|于)|度(?:假|量)|条(?:件|例)|场(?:馆|所|景)|本(?:科|地|级|市|区|县|省)|"
    r"对(?:口|外|照)|门(?:类|户)|类(?:型|别)|张(?:网)|天(?:假|气|然)|座(?:谈)|间(?:接)|件(?:事)|只(?:有|要)|所(?:有|在)|首(?:批|个|次|届)|层(?:次|面|级)|段|笔(?:试)"
)  # fmt: skip
_SOLID = set(
    [
        "所",
        "座",
        "家",
        "处",
        "名",
        "间",
        "台",
        "辆",
        "套",
        "届",
        "次",
        "场",
        "场次",
        "天",
        "小时",
        "课时",
        "学时",
        "人",
        "户",
        "幢",
        "栋",
        "架",
        "艘",
        "棵",
        "株",
        "人次",
        "分钟",
        "个小时",
        "个工作日",
        "工作日",
        "节课",
        "倍",
    ]
)
_ABSTRACT = re.compile(
    r" ?(?:方面|关键|重点|维护|确立|自信|意识|环节|层面|阶段|领域|坚持|结合|原则|比例|机制|体系|转变|延伸|不变|提升|关系|步骤|任务|条件|"
    r"问题|目标|统筹|增长|允许|确保|必须|到位|全面|基本|一律|文明|代表|服从|务必|优先|率先|突出|更加|特色|明确|优化|强化|着力|专题|不|"
    r"围绕|抓手|载体|维度|视角|课堂|时期|百年|市场|导向|优势|主题|责任|办法|意见|方向|角度|定位|一|二|三|三|十|大局|主攻|先行|作用|"
    r"轮次|精准|重要|主要|变化|走在|一流|高地|高于|同步|没有|严禁|覆盖|落实|加强|创新|推进|过硬|示范|责任|“|\"|‘|[,，。、;；)）”\"])"
)
_BUILT = re.compile(
    r"(?:新建|建成|创建|建设|建好|建立|设立|培育|引进|成立|改建|扩建|配备|新增|增设|开办|配齐|选派|设置|改造)了? ?$"
)
_OFTEN = re.compile(r"每[^。；;]{0,14}$|至少[^。；;，,]{0,6}$")
_POINTED = re.compile(
    r"(?:第|前|后|这|那|其|以下|上述|如下|下列|每|各|某|任|同|另|哪|其他|其余|唯|初|再|分|划|万|老|小|新一|统)[一]?$"
)
_CONGRESS = re.compile(
    r"[一二三四五六七八九十]+[中次]|[省市区县州旗党]?委|中央|人大|政协|人民|全国|历次|全会|常委|[省市区县]"
)


class _Read(NamedTuple):
    """A number with its unit read from a text at `start`; `comparator` only where the number itself says it."""

    start: int
    end: int
    value: float
    unit: str
    kind: str
    comparator: str | None
    is_han: bool
    scale: float


def unit_at(text: str, at: int) -> Unit | None:
    """The longest unit that begins at a place of the text, None if none does."""
    table = units()
    for length in range(min(_LONGEST, len(text) - at), 0, -1):
        found = table.get(text[at : at + length])
        if found is not None:
            return None if _WORDS.match(text, at) and length <= 2 else found
    return None


def _share(start: int, end: int, value: float, comparator: str | None = None, is_han: bool = True) -> _Read:
    return _Read(start, end, round(value, 10), "%", "rate", comparator, is_han, 1.0)


def _read(text: str, m: re.Match[str]) -> _Read | None:
    """The amount that begins with a match of the number pattern."""
    if m["parts"]:
        value = number(m["of"])
        factor = 1.0
        for sign in m["parts"]:
            factor *= _PARTS[sign] if factor == 1.0 else _PARTS[sign] / 100
        return None if value is None else _share(m.start(), m.end(), value * factor)
    if m["half"]:
        return _share(m.start(), m.end(), 50.0, "gt" if "过" in m["half"] else None)
    if m["vague"]:
        return _with_unit(text, m.start(), m.end(), 1.0, m["vague"], is_han=True, more=True)
    if m["arabic"]:
        value = number(m["arabic"])
        return None if value is None else _arabic(text, m, value)
    return _han(text, m)


def _arabic(text: str, m: re.Match[str], value: float) -> _Read | None:
    if text[m.end() : m.end() + 1] == "+" or text[m.start() - 1 : m.start()] == "+":
        return None
    slash = _SLASH.match(text, m.end())
    if slash and 0 < value < float(slash[1]) and text[m.start() - 1 : m.start()] != "/":
        return _share(m.start(), slash.end(), round(100 * value / float(slash[1]), 2), is_han=False)
    tenth = _TENTHS.match(text, m.end())
    if tenth:
        return _tenths(m.start(), tenth, value, is_han=False)
    plain = unit_at(text, m.end())
    if plain is not None and len(plain.name) > 1 and plain.name[0] in "千百兆":
        return _Read(m.start(), m.end() + len(plain.name), value, plain.name, plain.kind, None, False, 1.0)
    s = _SCALE.match(text, m.end())
    assert s is not None  # the pattern may be empty
    return _with_unit(text, m.start(), s.end(), value, s["scale"], is_han=False, more=bool(s["more"] or s["tail"]))


def _tenths(start: int, m: re.Match[str], value: float, is_han: bool) -> _Read | None:
    factor = 10.0 if m["sign"] == "成" or value < 10 else 1.0
    value = value * factor + (DIGITS[m["tail"]] if m["tail"] else 0)
    return _share(start, m.end(), value, is_han=is_han) if value <= 100 else None


def _han(text: str, m: re.Match[str]) -> _Read | None:
    printed, end = m["han"], m.end()
    if printed[-1] == "千" and len(printed) > 1 and printed[-2] in TENS and unit_at(text, end - 1):
        printed, end = printed[:-1], end - 1  # 一百千瓦
    if text.startswith("分之", end):
        below = _HAN_RUN.match(text, end + 2)
        value, of = number(printed), number(below[0]) if below else None
        ok = value and of and below and value > of
        return _share(m.start(), below.end(), round(100 * of / value, 2)) if ok and below and of and value else None
    tenth = _TENTHS.match(text, end)
    value = number(printed)
    if value is None:
        return None
    if tenth and value <= 100:
        return _tenths(m.start(), tenth, value, is_han=True)
    bare = printed.rstrip("万亿")
    scale = printed[len(bare) :]
    value = number(bare) if bare else 1.0
    if value is None:
        return None
    s = _SCALE.match(text, end)
    assert s is not None  # the pattern may be empty
    if (
        printed[0] in "百千万亿"
        and not (s["more"] or s["tail"])
        and not BEFORE.search(text, max(0, m.start() - 6), m.start())
    ):
        return None
    return _with_unit(
        text, m.start(), s.end(), value, scale + s["scale"], is_han=True, more=bool(s["more"] or s["tail"])
    )


def _with_unit(text: str, start: int, at: int, value: float, scale: str, is_han: bool, more: bool) -> _Read | None:
    """The number with the unit at a place; 十, 百, 千 go into the value, a final 万 or 亿 stays in the unit."""
    kept = scale[len(scale.rstrip("万亿")) :]
    for c in scale[: len(scale) - len(kept)]:
        value *= TENS.get(c) or MYRIADS[c]
    if text[at : at + 1] == " ":
        at += 1
    each = _EACH.match(text, at)  # 1000/人元
    unit = unit_at(text, each.end() - 1 if each else at)
    if unit is None:
        return None
    end = (each.end() - 1 if each else at) + len(unit.name)
    factor = 1.0
    for c in kept:
        factor *= MYRIADS[c]
    name = {"％": "%", "个百分点": "百分点"}.get(unit.name, unit.name)
    if text[end : end + 1] == "半" and value == int(value) and unit.kind in ("length", "mass", "time"):
        value, end = value + 0.5, end + 1
    return _Read(start, end, round(value, 10), kept + name, unit.kind, "gt" if more else None, is_han, factor)


# --- what only looks like an amount ---------------------------------------------------------------------------------

_TITLE = re.compile(r"《[^《》\n]{0,80}》|〈[^〈〉\n]{0,80}〉")
# 56人以上班级, 10亿元以上项目: a class of things, not a number to reach
_CLASS = re.compile(
    r"及?以[上下](?!的?(?:用于|用来|以|支持|开展|和|及|与|并|且|其中|等|资金|专项|经费|奖励|补助|补贴|贷款|投资|财政|目标|任务|规模|水平|增速|要求|速度|标准))"
    r"的?[\u4e00-\u9fff]"
)
_OVER = re.compile(r"(?:超过?|突破|高于|不低于)$")
_ASPECT = re.compile(r"(?:主要|重要|重点)?(?:方面|部分|环节|层面)")
_CLASSED = {"money", "area", "length", "age", "score", "power", "mass"}
_QUOTE = re.compile(r"“[^“”\n]{1,24}”|\"[^\"\n]{1,24}\"|‘[^‘’\n]{1,24}’|「[^「」\n]{1,24}」")
_COUNTED = {"count", "person", "times", "session", "event", "score"}


def _spans(pattern: re.Pattern[str], text: str) -> list[tuple[int, int]]:
    return [m.span() for m in pattern.finditer(text)]


def _names(read: _Read, text: str, unit: str) -> bool:
    """Whether the number belongs to a name, a slogan, a date or an order rather than to a thing counted."""
    before, after = text[max(0, read.start - 16) : read.start], text[read.end : read.end + 8]
    if read.kind == "age":
        return "寿命" not in before
    if read.kind in _CLASSED and _OVER.search(before) and re.match(r"的(?!资金|经费|投资|专项)[\u4e00-\u9fff]", after):
        return True
    if (read.kind in _CLASSED or unit == "人") and _CLASS.match(text, read.end):
        return True
    if read.kind == "session":
        return bool(_CONGRESS.match(after)) or read.value > 60 or before.endswith("第")
    if unit in ("小时", "个小时") and read.value in (24.0, 48.0, 72.0) and not _OFTEN.search(before):
        return not BEFORE.search(before)
    if unit == "个" and _ASPECT.match(after) or unit in ("篇", "项", "个") and re.search(r"\w-$", before):
        return True
    if not read.is_han:
        return (
            bool(re.match(r"(?:[个项条名])?(?:工程|行动|计划|战略)", text[read.end - len(unit) : read.end + 4]))
            and unit in "项条名个"
        )
    return _is_slogan(read, before, after, unit)


def _is_slogan(read: _Read, before: str, after: str, unit: str) -> bool:
    if unit == "分" or (
        unit == "次" and (before.endswith("届") or re.match(r"(?:、[一二三四五六七八九十]+次)*全", after))
    ):
        return True
    if unit.endswith("元") and read.value < 10:
        return not after.startswith(("钱", "以", "左右"))
    if (read.kind not in _COUNTED and unit not in _SOLID) or read.comparator or unit[0] in "万亿":
        return False
    if _POINTED.search(before) or re.match(r"工程|行动|计划|战略|体系", after):
        return True
    if read.value == 1:
        if _OFTEN.search(before):
            return False
        return not (unit in _SOLID - {"次", "场", "天"} and (_BUILT.search(before) or BEFORE.search(before)))
    if unit in _SOLID:
        return bool(re.match(r"[一二三四五六七八九十]", after))
    if unit == "个":
        return bool(_ABSTRACT.match(after)) or not after
    return read.value < 10 or unit in ("条", "项", "点", "层", "类", "种", "位")


# --- all amounts of a text ------------------------------------------------------------------------------------------


def amounts(text: str) -> list[Amount]:
    """The amounts of a text in order; numbers that are names, dates, orders or ages are not among them."""
    flat = text.translate(WIDTH)
    titles, quotes = _spans(_TITLE, flat), _spans(_QUOTE, flat)
    found: list[Amount] = []
    at = 0
    waiting: list[re.Match[str]] = []  # numbers of a list that share the unit of its last member
    for m in _NUMBER.finditer(flat):
        if m.start() < at:
            continue
        read = _range(flat, m) or _single(flat, m)
        if read is None:
            waiting = _wait(flat, waiting, m)
            continue
        low, last = read
        at = last.end
        if _named(low, last, flat, titles, quotes):
            waiting = []
            continue
        found += _shared(flat, waiting, m.start(), last)
        waiting = []
        found.append(_amount(flat, low, last))
    return found


def _single(text: str, m: re.Match[str]) -> tuple[_Read, _Read] | None:
    read = _read(text, m)
    return None if read is None else (read, read)


def _range(text: str, m: re.Match[str]) -> tuple[_Read, _Read] | None:
    """The two ends of a range (3—4所, 60%~70%, 10至15个); the first end may leave its unit to the second."""
    if not (m["arabic"] or m["han"] or m["parts"]):
        return None
    low = _read(text, m)
    at = low.end if low else m.end()
    if low is None and m["arabic"]:
        scaled = _SCALE.match(text, at)
        at = scaled.end() if scaled else at
    sign = _SEPARATOR.match(text, at)
    second = _NUMBER.match(text, sign.end()) if sign else None
    high = _read(text, second) if second else None
    if high is None or (low is not None and low.kind != high.kind):
        return None
    if low is None:
        value = number(m["arabic"] or m["han"] or "")
        value = None if value is None else value * _own_scale(text[m.end() : at], high)
        low = None if value is None else high._replace(start=m.start(), value=value)
    if low is None or low.value * low.scale >= high.value * high.scale:
        return None
    return low._replace(value=round(low.value * low.scale / high.scale, 10)), high


def _own_scale(printed: str, high: _Read) -> float:
    factor = _product(printed)
    return factor / high.scale if factor > 1 else 1.0


_LISTED = re.compile(r"(?P<scale>[万亿]{0,2}+)(?=[、和]\d)")


def _wait(text: str, waiting: list[re.Match[str]], m: re.Match[str]) -> list[re.Match[str]]:
    """The numbers of a list that still wait for their unit, with this one if it stands in such a list."""
    listed = _LISTED.match(text, m.end()) if m["arabic"] else None
    if listed is None:
        return []
    follows = waiting and _LISTED.match(text, waiting[-1].end())
    return [*waiting, m] if follows and follows.end() + 1 == m.start() else [m]


def _shared(text: str, waiting: list[re.Match[str]], start: int, last: _Read) -> list[Amount]:
    """The amounts of the numbers before the last of a list (29.9、4.9个百分点; 1.28万亿、8200亿元)."""
    ends = [listed.end() for w in waiting if (listed := _LISTED.match(text, w.end()))]
    if not ends or ends[-1] + 1 != start:
        return []
    found = []
    for w, end in zip(waiting, ends, strict=True):
        scale = text[w.end() : end]
        factor = _product(scale) if scale else last.scale
        unit = scale + _bare(last.unit) if scale else last.unit
        read = last._replace(start=w.start(), end=end, value=number(w["arabic"]) or 0.0, unit=unit, scale=factor)
        found.append(_amount(text, read, read))
    return found


def _product(scale: str) -> float:
    factor = 1.0
    for c in scale:
        factor *= TENS.get(c) or MYRIADS.get(c) or 1
    return factor


def _named(low: _Read, last: _Read, text: str, titles: list[tuple[int, int]], quotes: list[tuple[int, int]]) -> bool:
    unit = text[last.end - 1 : last.end] if last.kind in _COUNTED else ""
    if any(a < low.start < b for a, b in titles):
        return True
    if (last.kind in _COUNTED or (last.is_han and last.kind != "rate")) and any(a < low.start < b for a, b in quotes):
        return True
    whole = next((u for u in (text[last.end - n : last.end] for n in range(_LONGEST, 0, -1)) if u in units()), unit)
    return _names(low._replace(end=last.end), text, whole)


def _amount(text: str, low: _Read, high: _Read) -> Amount:
    clause = max(text.rfind(c, max(0, low.start - 60), low.start) for c in ",，。；;：:\n、") + 1
    before = BEFORE.search(text, max(clause, low.start - 12), low.start)
    after = AFTER.match(text, high.end)
    per = _PER.match(text, high.end)
    ranged = low is not high
    table = units().get(_bare(high.unit)) or Unit(high.unit, high.kind, high.unit, 1.0)
    left, right = before.start() if before else low.start, after.end() if after else per.end() if per else high.end
    return Amount(
        start=low.start,
        end=high.end,
        value=low.value,
        value_high=high.value if ranged else None,
        unit=high.unit,
        comparator="range" if ranged else _comparator(text, clause, low, high, before, after),
        kind=high.kind,
        base_value=round(low.value * high.scale * table.factor, 6),
        base_unit=table.base,
        hedge=_hedge(text, clause, low.start),
        per=_per(per or _EACH.search(text, low.start, high.end)),
        left=left,
        right=right,
        is_han=low.is_han,
    )


def _bare(unit: str) -> str:
    return unit if unit in units() else unit.lstrip("万亿千百") or unit


def _per(m: re.Match[str] | None) -> str | None:
    return None if m is None else "".join(f"每{who}" for who in m.groupdict().values() if who)


def _comparator(
    text: str, clause: int, low: _Read, high: _Read, before: re.Match[str] | None, after: re.Match[str] | None
) -> str:
    if after and (name := _COMPARATOR.get(after["word"].lstrip("及"))):
        return name
    if high.comparator:
        return high.comparator
    far = before or FAR.search(text, max(clause, low.start - 18), low.start)
    return _COMPARATOR.get(far[1], "eq") if far else "eq"


def _hedge(text: str, clause: int, start: int) -> str | None:
    found = HEDGE.findall(text, clause, start)
    return found[-1] if found else None
