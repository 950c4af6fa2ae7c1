"""Figures of ladders, scorecards and changes."""

from __future__ import annotations

from typing import Any

import numpy as np
import pandas as pd
from matplotlib.colors import to_rgb
from matplotlib.patheffects import withStroke

from analysis import frames, numerals
from analysis.draw import areas, grids, labels, marks, theme, wrapping
from analysis.draw.labels import say
from analysis.draw.theme import Figure

_LEVELS = {
    "national": ("全国", "Nation"),
    "province": ("省级", "Province"),
    "city": ("市级", "City"),
    "county": ("县级", "County"),
    "town": ("乡级", "Town"),
}
HALO = withStroke(linewidth=2, foreground="white")  # keeps words legible where lines pass
_RUNGS = 22  # values that stand below each other in a column with their names
_WORDING = {"hard": ("硬", "hard", "o"), "plain": ("平", "plain", "s"), "soft": ("软", "soft", "^")}


@marks.drawing
def ladder(frame: pd.DataFrame, title: str | None = None, lang: str = "zh", **context: Any) -> Figure:
    """One indicator over the levels: a column a level, a line from each region to the one above; marks by wording."""
    frame = frame[frame["region_level"].isin(_LEVELS)]
    if frame.empty:
        return marks.silent("no_rows", title, lang, **context)
    levels = [k for k in _LEVELS if k in set(frame["region_level"]) | set(frame["upper_level"].dropna())]
    name = labels.indicator(frame["indicator_id"].iloc[0], lang, frame["indicator"].iloc[0])
    context.setdefault(
        "subtitle",
        say(
            lang,
            f"{name}，由上级到下级，橙线为加码；措辞：圆硬，方平，三角软；{len(frame)} 个目标",
            f"{name} by level, orange lines: raised; wording: circle hard, square plain, triangle soft; {len(frame)} targets",
        ),
    )
    fig, axes = theme.figure(7.6, 4.0, title, **context)
    at = {level: i for i, level in enumerate(levels)}
    for row in frame.to_dict("records"):
        x = at[row["region_level"]]
        raised = row["is_raised"] is True
        if isinstance(row["upper_level"], str) and row["upper_value"] == row["upper_value"]:
            axes.plot(
                [at[row["upper_level"]], x],
                [row["upper_value"], row["value"]],
                color=theme.ACCENT if raised else theme.GREY,
                linewidth=1.2,
                zorder=1,
            )
        hue = theme.SUBJECT if row["region"] == context.get("region") or context.get("region") is None else theme.GREY
        axes.scatter([x], [row["value"]], marker=_WORDING[row["wording"]][2], s=40, color=hue, zorder=2)
    _rungs(axes, frame, at, lang)
    axes.set_xticks(range(len(levels)), [say(lang, *_LEVELS[k]) for k in levels])
    axes.set_xlim(-0.5, len(levels) - 0.3)
    axes.grid(axis="y")
    return fig


def _rungs(axes: Any, frame: pd.DataFrame, at: dict[str, int], lang: str) -> None:
    """Names beside the points, those of equal value on one line and lines kept apart, at most four names to a line."""
    low, high = axes.get_ylim()
    gap, unit = (high - low) / 26, str(frame["unit"].iloc[0])
    axes.yaxis.set_major_formatter(lambda value, _: numerals.printed(round(value, 4), unit, lang=lang))
    for level, column in frame.groupby("region_level", sort=True):
        below = -np.inf
        for value in grids.ends(sorted(column["value"].unique()), _RUNGS):
            names = list(column.loc[column["value"].eq(value), "region"])
            more = say(lang, f"等 {len(names)} 地", f" and {len(names) - 4} more") if len(names) > 4 else ""
            below = max(float(value), below + gap)
            text = f"{numerals.printed(float(value), unit, lang=lang)}  {say(lang, '、', ', ').join(names[:4])}{more}"
            is_first = at[str(level)] == 0 and len(at) > 1
            x, side = (-0.04, "right") if is_first else (at[str(level)] + 0.04, "left")
            axes.text(x, below, text, va="center", ha=side, fontsize=8, path_effects=[HALO])
    uppers = frame.dropna(subset=["upper_value"])
    shown = uppers[~uppers["upper"].isin(frame["region"])].drop_duplicates("upper")
    for row in shown.to_dict("records"):
        spot = (at[row["upper_level"]], row["upper_value"])
        axes.scatter([spot[0]], [spot[1]], marker="D", s=40, color=theme.INK, zorder=2)
        name = _LEVELS["national"][lang != "zh"] if row["upper_level"] == "national" else row["upper"]
        text = f"{name} {numerals.printed(row['upper_value'], unit, lang=lang)}"
        axes.annotate(text, spot, (-7, 0), textcoords="offset points", va="center", ha="right", fontsize=8)


_CLASSES = {
    "met": ("已达到", "Met", "#00795a"),
    "missed": ("未达到", "Missed", "#a63c06"),
    "on_track": ("进度合宜", "On track", "#4f8fc0"),
    "behind": ("落后", "Behind", "#f0a860"),
    "far_behind": ("严重落后", "Far behind", "#d9702a"),
    "not_due": ("未到期", "Not due", "#eef1f4"),
    "not_enough_data": ("数据不足", "Not enough data", "#d7dbdf"),
}


@marks.drawing
def scorecard(frame: pd.DataFrame, title: str | None = None, lang: str = "zh", **context: Any) -> Figure:
    """Indicator × region as coloured cells with the result over the target; the classes are named above."""
    by = "region" if "region" in frame.columns else str(frame.columns[2])
    n = frame[by].nunique()
    frame = _one_a_cell(frame, by)
    known = (~frame["class"].isin(["not_enough_data", "not_due"])).groupby(frame["indicator_id"]).agg(["sum", "size"])
    order = list(known.sort_values(["sum", "size"], ascending=False, kind="stable").index)
    order = order[: context.get("limit") or (25 if n <= grids.MANY else 12)]
    shown = frame[frame["indicator_id"].isin(order)]
    cells = say(lang, "格内：结果 / 目标；", "In the cells: result / target; ") if n <= grids.MANY else ""
    rule = say(
        lang,
        "当年目标对当年结果，未到期的比较已走的路程与已过的时间；空白：没有这一目标",
        "targets against results of the same year, before it the way gone against the time gone; blank: no such target",
    )
    counted = say(lang, f"；{len(order)} 项指标，{n} 地", f"; {len(order)} indicators, {n} places")
    measure = cells + rule + counted
    context.setdefault("subtitle", measure[0].upper() + measure[1:])
    printed = shown.drop_duplicates("indicator_id").set_index("indicator_id")["indicator"]
    things = [labels.indicator(i, lang, printed[i]) for i in order]
    groups = sorted(shown[by].unique(), key=lambda name: (name != context.get("region"), name))
    across, down = (things, groups) if n > grids.MANY else (groups, things)
    rows = [wrapping.wrap(str(name), 14) for name in down]
    heads = [str(name) for name in across]
    margin = max(wrapping.width(line) for row in rows for line in row.split("\n")) * 9.5 / 72 + 0.5
    cell = min((grids.WIDTH - margin) / len(heads), 1.4)
    fig, axes = theme.figure(grids.WIDTH, 0.34 * len(rows) + marks.head_height(heads, cell) + 0.35, title, **context)
    _classes(axes, shown, by, order, groups, cell)
    axes.set(xlim=(0, len(heads)), ylim=(len(rows), 0))
    axes.set_yticks(np.arange(len(rows)) + 0.5, rows)
    axes.xaxis.tick_top()
    axes.tick_params(length=0)
    marks.heads(axes, heads, cell)
    axes.spines[:].set_visible(False)
    marks.embolden(axes, context.get("region"))
    _class_key(axes, [name for name in _CLASSES if name in set(shown["class"])], lang)
    return fig


def _one_a_cell(frame: pd.DataFrame, by: str) -> pd.DataFrame:
    """One target an indicator and group (it may state a level and a growth): one that can be judged before others."""
    rank = frame["class"].map({name: at for at, name in enumerate(_CLASSES)})
    order = frame.assign(_rank=rank).sort_values("_rank", kind="stable")
    return order.drop_duplicates(["indicator_id", by]).sort_index().drop(columns="_rank")


def _class_key(axes: Any, held: list[str], lang: str) -> None:
    """The classes that occur, named below the cells."""
    square: dict[str, Any] = {"marker": "s", "linestyle": "", "markersize": 8}
    handles = [axes.plot([], [], color=_CLASSES[k][2], label=say(lang, *_CLASSES[k][:2]), **square)[0] for k in held]
    axes.legend(
        handles=handles,
        loc="upper right",
        bbox_to_anchor=(1, 0),
        ncols=len(held),
        fontsize=8.5 if len(held) < 6 else 7.5,
        handletextpad=0.2,
        columnspacing=0.9,
    )


def _classes(axes: Any, shown: pd.DataFrame, by: str, order: list[Any], groups: list[Any], cell: float) -> None:
    turned = len(groups) > grids.MANY
    rows = shown.to_dict("records")
    texts, size = grids.fitted(np.array([_progress(row) for row in rows], dtype=object), 0.92 * cell, 7.5)
    for row, text in zip(rows, texts, strict=True):
        thing, group = order.index(row["indicator_id"]), groups.index(row[by])
        x, y = (thing, group) if turned else (group, thing)
        axes.add_patch(_box(x + 0.5, y + 0.5, _CLASSES[row["class"]][2]))
        ink = marks.ink(to_rgb(_CLASSES[row["class"]][2]))
        axes.text(x + 0.5, y + 0.5, text, ha="center", va="center", fontsize=size, color=ink)


def _progress(row: dict[Any, Any]) -> str:
    actual = "–" if pd.isna(row["actual"]) else numerals.printed(row["actual"])
    return f"{actual} / {numerals.printed(row['target'])}"


def _box(x: float, y: float, colour: str) -> Any:
    from matplotlib.patches import Rectangle

    return Rectangle((x - 0.47, y - 0.45), 0.94, 0.9, facecolor=colour, edgecolor="none", alpha=0.85)


@marks.drawing
def change(frame: pd.DataFrame, title: str | None = None, lang: str = "zh", **context: Any) -> Figure:
    """One group: shares in its first and last year joined by a line, coloured where the change is sure.

    Several groups: change in percentage points as a heat map domain × group, sure changes with their numbers.
    """
    by = next(c for c in frame.columns if c not in _CHANGE)
    region = context.get("region")
    own = frame[frame[by].eq(region)] if region is not None else frame
    if own.empty:
        return marks.silent("one_year", title, lang, **context)
    label = [labels.domain(d, lang, b) for d, b in zip(own["domain"], own["codebook"], strict=True)]
    own = own.assign(label=label)
    if own[by].nunique() == 1:
        return _slopes(own, title, lang, context)
    wide = 100 * own.pivot_table(index="label", columns=by, values="change", aggfunc="first")
    sure = own.pivot_table(index="label", columns=by, values="is_change", aggfunc="max").reindex_like(wide)
    wide = wide.loc[grids.by_size(wide.abs().mean(axis=1), labels.rest(lang))]
    sure = sure.reindex(wide.index)
    context.setdefault(
        "subtitle",
        say(
            lang,
            "篇幅份额的变化（百分点）；有数字者 95% 区间不含 0",
            "Change of share (points); numbers where the 95% interval leaves out 0",
        ),
    )
    values, held = wide.to_numpy(dtype=float), sure.fillna(False).to_numpy(dtype=bool)
    texts = np.where(held, marks.texts(values, lambda v: f"{v:+.0f}"), "")
    reach = float(np.nanmax(np.abs(values))) or 1.0
    rows = areas.keyed(own, "label", by)
    return grids.crossed(wide, texts, title, lang, context, theme.DIVERGING, (-reach, reach), opens=rows)[0]


_CHANGE = {
    "codebook", "domain", "first_year", "last_year", "n_years", "first_share", "last_share", "change", "low", "high",
    "log_ratio", "is_change", "kind", "ids", "ids_first_share", "ids_last_share",
}  # fmt: skip


def _slopes(own: pd.DataFrame, title: str | None, lang: str, context: dict[str, Any]) -> Figure:
    table = own.sort_values("last_share", ascending=False, kind="stable").reset_index(drop=True)
    first, last = int(table["first_year"].iloc[0]), int(table["last_year"].iloc[0])
    context.setdefault(
        "subtitle",
        say(
            lang,
            f"篇幅份额（%），空心 {first} 年，实心 {last} 年；蓝升橙降，灰为变化不确定",
            f"Share of text (%), hollow {first}, filled {last}; blue up, orange down, grey: not sure",
        ),
    )
    fig, axes = theme.figure(7.6, 0.27 * len(table) + 0.4, title, **context)
    hues = [
        theme.GREY if not sure else theme.SUBJECT if d > 0 else theme.ACCENT
        for sure, d in zip(table["is_change"], table["change"], strict=True)
    ]
    at = np.arange(len(table))
    axes.hlines(at, 100 * table["first_share"], 100 * table["last_share"], color=hues, linewidth=2, zorder=1)
    axes.scatter(100 * table["first_share"], at, s=30, facecolors="white", edgecolors=hues, zorder=2)
    axes.scatter(100 * table["last_share"], at, s=34, color=hues, zorder=3)
    for i, row in enumerate(table.to_dict("records")):
        for of in ("first_share", "last_share"):
            x, held = 100 * row[of], frames.ids(row, f"ids_{of}")
            areas.opens(axes, (x, i, x, i), held, areas.called(row["label"], f"{x:.1f}%"))
    axes.set_yticks(at, list(table["label"]))
    axes.set_ylim(len(table) - 0.5, -0.6)
    axes.grid(axis="x")
    return fig
