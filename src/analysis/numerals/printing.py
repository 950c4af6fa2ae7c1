"""Amounts as tables, figures and sentences print them."""

from __future__ import annotations

_SIGNS = {"ge": "≥", "le": "≤", "gt": ">", "lt": "<", "approx": "≈"}


def printed(value: float, unit: str | None = None, comparator: str | None = None, high: float | None = None) -> str:
    """A value with its sign and unit: ≥95%, 2–3个, 12,346亩; without a unit the number alone.

    Args: high: the upper end of a range.
    """
    upper = "" if high is None or high != high else f"–{_plain(high)}"
    return f"{_SIGNS.get(comparator or 'eq', '')}{_plain(value)}{upper}{unit or ''}"


def _plain(value: float) -> str:
    """A number without needless decimals, its thousands parted; nothing for one that is missing."""
    if value != value:
        return ""
    return f"{value:,.0f}" if abs(value) >= 10000 else f"{value:,.2f}".rstrip("0").rstrip(".")
