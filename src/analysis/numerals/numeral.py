"""Numerals in digits and in characters."""

from __future__ import annotations

import functools
import re

DIGITS = {c: i for i, c in enumerate("零一二三四五六七八九")} | {"〇": 0, "○": 0, "两": 2, "兩": 2} | {
    c: i for i, c in enumerate("壹贰叁肆伍陆柒捌玖", 1)
}  # fmt: skip
TENS = {"十": 10, "百": 100, "千": 1000, "拾": 10, "佰": 100, "仟": 1000}
MYRIADS = {"万": 10**4, "亿": 10**8, "萬": 10**4, "億": 10**8}

# one character for one, so offsets stay
WIDTH = str.maketrans(
    "０１２３４５６７８９．％／（）～＋－點負幾個餘萬億兩數對", "0123456789.%/()~+-点负几个余万亿两数对"
)
_TOKEN = re.compile(r"\d+|.")
HAN = "零〇○一二三四五六七八九十百千万亿两兩壹贰叁肆伍陆柒捌玖拾佰仟萬億"


@functools.lru_cache(maxsize=4096)
def number(text: str) -> float | None:
    """The value of a numeral in digits, in characters or in both (1.2万, 两千六, 一百零三), None if it is none."""
    if text.isascii() and text.isdigit() and len(text) <= 40:
        return float(text)
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
    for token in _TOKEN.findall(text.replace("廿", "二十").replace("卅", "三十")):
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


def product(scale: str) -> float:
    """The value of a row of 十, 百, 千, 万, 亿 multiplied."""
    factor = 1.0
    for c in scale:
        factor *= TENS.get(c) or MYRIADS.get(c) or 1
    return factor
