"""Topics of each year as stacked bars and the ribbons by which they go on, split and merge."""

from __future__ import annotations

from typing import Any

import numpy as np
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.patches import PathPatch, Rectangle
from matplotlib.path import Path

from analysis.draw import marks, theme, wrapping
from analysis.draw.labels import say
from analysis.draw.theme import Figure

_KINDS = {
    "continued": ("延续", "Goes on", theme.SUBJECT),
    "split": ("分出", "Splits", "#b8860b"),
    "merged": ("合并", "Merges", "#00795a"),
    "new": ("新出现", "New", theme.ACCENT),
    "gone": ("不再成题", "Ends", "#6d4c3a"),
}
WIDE = 0.06  # of a bar; a year is 1 wide
GAP = 0.34  # inches between bars: two lines of words
HIGH = 3.4  # inches that the shares of a year take together
MOST_YEARS = 5
_Bar = tuple[float, float]


@marks.drawing
def evolution(frame: pd.DataFrame, title: str | None = None, lang: str = "zh", **context: Any) -> Figure:
    """What became of topics from year to year: bars as high as a topic's share, ribbons to those that hold its items.

    Args: frame: a row a year and topic. context: `edges` are the links; of more than MOST_YEARS years the last are shown.
    """
    years = sorted(frame["plan_year"].unique())[-MOST_YEARS:]
    own = frame[frame["plan_year"].isin(years)]
    edges = context.get("edges")
    links = pd.DataFrame() if edges is None else edges[edges["plan_year"].isin(years[:-1])]
    context.setdefault(
        "subtitle",
        say(
            lang,
            "高度为占当年条目的份额（%）；带子连到下一年里讲同样内容的主题；？：不稳定",
            "Height: share of the year's items (%); ribbons lead to the next year's topics that hold them; ?: not stable",
        ),
    )
    n = int(own.groupby("plan_year").size().max())
    tall = HIGH + GAP * n
    fig, axes = theme.figure(7.6, tall + 0.65, title, **context)
    bars = {year: _stacked(own[own["plan_year"].eq(year)]) for year in years}
    for at, year in enumerate(years):
        _year(axes, at, own[own["plan_year"].eq(year)], bars[year], is_last=at == len(years) - 1)
        axes.text(at, -0.24, str(year), ha="center", va="bottom", fontsize=10, fontweight="bold")
    for row in links.to_dict("records"):
        at = years.index(row["plan_year"])
        _ribbon(
            axes, at, _leaving(links, row, bars[years[at]]), _entering(links, row, bars[years[at + 1]]), row["kind"]
        )
    side = 1.05 if len(years) > 1 else 0.3
    axes.set(xlim=(-side, len(years) - 1 + side), ylim=(tall + 0.05, -0.5))
    axes.set_axis_off()
    shown = [k for k in _KINDS if k in {*links.get("kind", []), *own["origin"].dropna(), *own["fate"].dropna()}]
    marks.key(
        axes,
        [(say(lang, *_KINDS[k][:2]), {"marker": "s", "linestyle": "", "color": _KINDS[k][2]}) for k in shown],
    )
    return fig


def _stacked(topics: pd.DataFrame) -> dict[int, _Bar]:
    """For each topic of a year where its bar begins and ends, in inches from the top."""
    found, at = {}, 0.0
    for topic, share in zip(topics["topic"], topics["share"], strict=True):
        found[int(topic)] = (at, at + HIGH * float(share))
        at += HIGH * float(share) + GAP
    return found


def _year(axes: Axes, at: int, topics: pd.DataFrame, bars: dict[int, _Bar], is_last: bool) -> None:
    for row in topics.to_dict("records"):
        start, end = bars[int(row["topic"])]
        state = "gone" if row["fate"] == "gone" else row["origin"]
        colour = _KINDS.get(str(state), _KINDS["continued"])[2]
        axes.add_patch(Rectangle((at - WIDE / 2, start), WIDE, end - start, color=colour, linewidth=0))
        words = f"{row['label']}{'' if row['is_stable'] else '？'} {100 * row['share']:.0f}"
        side, align = (0.06, "left") if is_last else (-0.06, "right")
        if at and not is_last:  # in the middle a label stands above its bar
            axes.text(at, start - 0.02, wrapping.shorten(words, 16), ha="center", va="bottom", fontsize=7.5)
        else:
            axes.text(at + side, (start + end) / 2, wrapping.even(words, 15), ha=align, va="center", fontsize=8)


def _leaving(links: pd.DataFrame, row: dict[str, Any], bars: dict[int, _Bar]) -> _Bar:
    """The part of a topic's bar that a link leaves from: links in the order of where they lead."""
    own = links[links["plan_year"].eq(row["plan_year"]) & links["topic"].eq(row["topic"])].sort_values("next_topic")
    return _part(own, own["next_topic"].lt(row["next_topic"]), row["share"], "share", bars[int(row["topic"])])


def _entering(links: pd.DataFrame, row: dict[str, Any], bars: dict[int, _Bar]) -> _Bar:
    """The part of the next year's bar that a link leads to."""
    own = links[links["plan_year"].eq(row["plan_year"]) & links["next_topic"].eq(row["next_topic"])]
    return _part(own, own["topic"].lt(row["topic"]), row["next_share"], "next_share", bars[int(row["next_topic"])])


def _part(own: pd.DataFrame, before: pd.Series, share: float, column: str, bar: _Bar) -> _Bar:
    start, end = bar
    above = float(own.loc[before, column].sum())
    return start + above * (end - start), start + min(above + share, 1.0) * (end - start)


def _ribbon(axes: Axes, at: int, left: _Bar, right: _Bar, kind: str) -> None:
    a, b, middle = at + WIDE / 2, at + 1 - WIDE / 2, at + 0.5
    points = [
        (a, left[0]), (middle, left[0]), (middle, right[0]), (b, right[0]),
        (b, right[1]), (middle, right[1]), (middle, left[1]), (a, left[1]), (a, left[0]),
    ]  # fmt: skip
    curve = [Path.MOVETO, *[Path.CURVE4] * 3, Path.LINETO, *[Path.CURVE4] * 3, Path.CLOSEPOLY]
    axes.add_patch(PathPatch(Path(np.array(points), curve), color=_KINDS[kind][2], alpha=0.3, linewidth=0))
