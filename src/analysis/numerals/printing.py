"""Amounts as tables, figures and sentences print them."""

from __future__ import annotations

from analysis.numerals import units

_SIGNS = {"ge": "≥", "le": "≤", "gt": ">", "lt": "<", "approx": "≈"}
_SCALES = {"亿": 1e8, "万": 1e4, "千": 1e3, "百": 1e2}
_LARGE = ((1e12, " trn"), (1e9, " bn"), (1e6, " mn"))  # in English from here on a number is told by its scale


def printed(
    value: float, unit: str | None = None, comparator: str | None = None, high: float | None = None, lang: str = "zh"
) -> str:
    """A value with its sign and unit: ≥95%, 2–3个, 12,346亩; without a unit the number alone.

    Args:
        high: the upper end of a range.
        lang: in English the unit is translated and its 万 or 亿 goes into the number: 1.2 bn yuan, 24,000 (of 2.4万个).
    """
    upper = float("nan") if high is None else high
    sign = _SIGNS.get(comparator or "eq", "")
    if lang == "en":
        return sign + _english(value, upper, unit or "")
    return f"{sign}{_span(value, upper)}{unit or ''}"


def _span(value: float, upper: float) -> str:
    return _plain(value) + (f"–{_plain(upper)}" if upper == upper else "")


def _english(value: float, upper: float, unit: str) -> str:
    name, scale = unit, 1.0
    while name not in units.units() and name[:1] in _SCALES:
        scale *= _SCALES[name[0]]
        name = name[1:]
    known = units.units().get(name)
    word = known.english if known is not None else name
    great = max(abs(value), abs(upper) if upper == upper else 0.0) * scale
    size, suffix = next(((s, w) for s, w in _LARGE if great >= s), (1.0, ""))
    number = _span(value * scale / size, upper * scale / size) + suffix
    if number == "1" and len(word) > 2:
        word = word.removesuffix("s")
    return number + (word if word[:1] in ("%", "‰", "℃", "") else f" {word}")


def _plain(value: float) -> str:
    """A number without needless decimals, its thousands parted; nothing for one that is missing."""
    if value != value:
        return ""
    return f"{value:,.0f}" if abs(value) >= 10000 else f"{value:,.2f}".rstrip("0").rstrip(".")
