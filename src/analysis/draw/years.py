"""Figures of what changes between years: words, tasks, targets in their course, attention."""

from __future__ import annotations

from typing import Any

import numpy as np
import pandas as pd

from analysis import numerals
from analysis.draw import grids, labels, marks, theme, wrapping
from analysis.draw.labels import say
from analysis.draw.theme import Figure

_KINDS = {
    "new": ("新出", "new", theme.SUBJECT),
    "rising": ("上升", "rising", "#4f8fc0"),
    "fading": ("减弱", "fading", "#e39a63"),
    "gone": ("消失", "gone", theme.ACCENT),
}


@marks.drawing
def bursts(frame: pd.DataFrame, title: str | None = None, lang: str = "zh", **context: Any) -> Figure:
    """The words that rose and those that fell most surely, `limit` (14) each, as dots with intervals of their log ratio."""
    n = context.get("limit") or 14
    sure = frame[frame["is_change"].astype(bool)]
    shown = pd.concat([sure[sure["log_ratio"] > 0].head(n), sure[sure["log_ratio"] < 0].tail(n)])
    shown = shown.sort_values("log_ratio", ascending=False, kind="stable").reset_index(drop=True)
    if shown.empty:
        return marks.silent("no_rows", title, lang, **theme.known(context))
    first, last = int(frame["first_year"].iloc[0]), int(frame["last_year"].iloc[0])
    unit = say(lang, *(("整份文件", "whole plans") if frame["unit"].iloc[0] == "plan" else ("条目", "items")))
    context.setdefault(
        "subtitle",
        say(
            lang,
            f"{last} 年每千词次数对 {first} 年之比（以 2 为底的对数）与 95% 区间（重抽{unit}）；右：次数；◆ 为突发",
            f"Uses per 1,000 words {last} over {first} (binary log) with 95% intervals (drawing {unit}); right: counts; ◆ burst",
        ),
    )
    fig, axes = theme.figure(theme.WIDTH, 0.2 * len(shown) + 0.55, title, **context)
    at = np.arange(len(shown))
    hues = [_KINDS[kind][2] for kind in shown["kind"]]
    axes.hlines(at, shown["low"], shown["high"], color=hues, linewidth=1.4, alpha=0.6)
    has_burst = shown["burst_first"].notna().to_numpy(dtype=bool)
    for held, marker in ((has_burst, "D"), (~has_burst, "o")):
        axes.scatter(shown["log_ratio"][held], at[held], color=np.array(hues)[held], s=26, marker=marker, zorder=3)
    axes.axvline(0, color=theme.GREY, linewidth=0.8)
    axes.set_yticks(at, list(shown["term"]))
    axes.set_ylim(len(shown) - 0.4, -0.6)
    right = float(shown["high"].max()) + 0.6
    for y, row in zip(at, shown.to_dict("records"), strict=True):
        axes.text(right, float(y), f"{row['n_first']} → {row['n_last']}", fontsize=8, va="center", color=theme.MUTED)
    axes.set_xlim(float(shown["low"].min()) - 0.4, right + 0.22 * (right - float(shown["low"].min())))
    axes.spines[["left"]].set_visible(False)
    dot: dict[str, Any] = {"marker": "o", "linestyle": "", "markersize": 6}
    marks.key(
        axes, [(say(lang, *_KINDS[k][:2]), {**dot, "color": _KINDS[k][2]}) for k in _KINDS if k in set(shown["kind"])]
    )
    return fig


_STATES = {
    "kept": ("原样", "Kept", theme.SUBJECT),
    "reworded": ("改写", "Reworded", "#7fb2d9"),
    "new": ("新增", "New", "#00795a"),
    "dropped": ("后一年没有", "Not the year after", "#d9a06b"),
}


@marks.drawing
def carried(frame: pd.DataFrame, title: str | None = None, lang: str = "zh", **context: Any) -> Figure:
    """For each group and pair of years the tasks that were kept, reworded, new and (left of the line) dropped."""
    by = next(c for c in frame.columns if c not in _CARRIED)
    wide = frame.groupby([by, "first_year", "last_year", "state"]).size().unstack(fill_value=0)
    wide = wide.reindex(columns=list(_STATES), fill_value=0)
    parts = wide[["kept", "reworded"]].sum(axis=1) / wide[["kept", "reworded", "dropped"]].sum(axis=1).where(
        lambda n: n > 0
    )
    order = parts.fillna(0).sort_values(ascending=False, kind="stable").index
    wide = wide.loc[order].head(context.get("limit") or 40)
    context.setdefault(
        "subtitle",
        say(
            lang,
            "任务数：线左为后一年没有相近任务的，线右为后一年写入的；按延续的份额排序",
            "Tasks: left of the line those with nothing alike the year after, right of it those it states; sorted by the share that goes on",
        ),
    )
    fig, axes = theme.figure(theme.WIDTH, 0.25 * len(wide) + 0.45, title, **context)
    at, left = np.arange(len(wide)), np.zeros(len(wide))
    for state in ("kept", "reworded", "new"):
        n = wide[state].to_numpy(dtype=float)
        axes.barh(at, n, left=left, color=_STATES[state][2], height=0.7)
        _counts(axes, at, left, n, "white" if state != "reworded" else theme.INK, float(wide.sum(axis=1).max()))
        left = left + n
    gone = wide["dropped"].to_numpy(dtype=float)
    axes.barh(at, -gone, color=_STATES["dropped"][2], height=0.7)
    _counts(axes, at, -gone, gone, theme.INK, float(wide.sum(axis=1).max()))
    axes.axvline(0, color=theme.INK, linewidth=0.8)
    axes.set_yticks(at, [f"{name} {str(a)[2:]}→{str(b)[2:]}" for name, a, b in wide.index])
    axes.set_ylim(len(wide) - 0.4, -0.6)
    axes.xaxis.set_visible(False)
    axes.spines[["left", "bottom"]].set_visible(False)
    square: dict[str, Any] = {"marker": "s", "linestyle": "", "markersize": 8}
    marks.key(axes, [(say(lang, zh, en), {**square, "color": hue}) for zh, en, hue in _STATES.values()])
    return fig


_CARRIED = {
    "codebook", "domain", "first_year", "last_year", "state", "likeness", "task", "earlier_task", "item_id",
    "earlier_id", "text", "earlier_text",
}  # fmt: skip


def _counts(axes: Any, at: np.ndarray, left: np.ndarray, n: np.ndarray, ink: str, total: float) -> None:
    for y, start, size in zip(at, left, n, strict=True):
        if size >= max(0.035 * total, 1):
            axes.text(start + size / 2, y, f"{size:.0f}", ha="center", va="center", fontsize=7.5, color=ink)


_MET = {"met": "#00795a", "missed": "#a63c06"}


@marks.drawing
def progress(frame: pd.DataFrame, title: str | None = None, lang: str = "zh", **context: Any) -> Figure:
    """Dumbbells: last year's target (hollow), what was done (green or red), this year's target (blue), peers, nation.

    A row an indicator on a scale of its own; `limit` (14) rows, rates and means before counts.
    """
    ordered = frame.sort_values("is_relative", ascending=False, kind="stable") if "is_relative" in frame else frame
    beside = ordered[["last_target", "done", "peers_median", "national"]].notna().any(axis=1)
    table = ordered[beside].head(context.get("limit") or 14)
    if table.empty:
        return marks.silent("no_indicator", title, lang, **theme.known(context))
    context.setdefault("subtitle", _dumbbell_measure(table, lang))
    names = [
        wrapping.wrap(labels.indicator(r["indicator_id"], lang, r["indicator"]), 15) for r in table.to_dict("records")
    ]
    fig, axes = theme.figure(theme.WIDTH, 0.46 * len(table) + 0.35, title, **context)
    for at, row in enumerate(table.to_dict("records")):
        _dumbbell(axes, at, row, lang)
    axes.set_yticks(range(len(table)), names)
    axes.set(ylim=(len(table) - 0.45, -0.7), xlim=(-0.1, 1.1))
    axes.xaxis.set_visible(False)
    axes.spines[["left", "bottom"]].set_visible(False)
    dot: dict[str, Any] = {"marker": "o", "linestyle": "", "markersize": 7}
    keys: list[tuple[str, dict[str, Any]]] = [
        (say(lang, "上年目标", "last target"), {**dot, "markerfacecolor": "white", "color": theme.INK}),
        (say(lang, "完成", "done"), {**dot, "color": _MET["met"]}),
        (say(lang, "未完成", "missed"), {**dot, "color": _MET["missed"]}),
        (say(lang, "今年目标", "target now"), {**dot, "color": theme.SUBJECT}),
        (say(lang, "他地中位数", "peers' median"), {"marker": "|", "linestyle": "", "markersize": 11, "color": theme.MUTED, "markeredgewidth": 2}),
        (say(lang, "全国", "nation"), {"marker": "D", "linestyle": "", "markersize": 6, "color": "#b8860b"}),
    ]  # fmt: skip
    marks.key(axes, keys)
    return fig


def _dumbbell_measure(table: pd.DataFrame, lang: str) -> str:
    known = table["last_year"].dropna()
    year = f"{int(known.max())}" if len(known) else say(lang, "上一年", "last year")
    now = f"{int(table['year'].dropna().max())}" if table["year"].notna().any() else say(lang, "今年", "now")
    region = str(table["region"].iloc[0])
    return say(
        lang,
        f"{region}：{year} 年目标与结果，{now} 年目标，旁为他地与全国；每行各用自己的尺度",
        f"{region}: targets and results of {year}, targets of {now}, beside the others and the nation; each row on its own scale",
    )


def _dumbbell(axes: Any, at: int, row: dict[Any, Any], lang: str) -> None:
    held = {
        k: float(row[k]) for k in ("last_target", "done", "target", "peers_median", "national") if not pd.isna(row[k])
    }
    low, high = min(held.values()), max(held.values())
    place = {k: (v - low) / (high - low) if high > low else 0.5 for k, v in held.items()}
    axes.hlines(at, 0, 1, color=theme.PALE, linewidth=1, zorder=1)
    if "last_target" in place and "done" in place:
        hue = _MET.get(str(row["class"]), theme.GREY)
        axes.hlines(at, *sorted((place["last_target"], place["done"])), color=hue, linewidth=2.4, zorder=2, alpha=0.5)
        axes.scatter(
            [place["last_target"]], [at], s=58, facecolors="white", edgecolors=theme.INK, zorder=4, linewidths=1.1
        )
        axes.scatter([place["done"]], [at], s=36, color=hue, zorder=6)
    if "peers_median" in place:
        axes.vlines(place["peers_median"], at - 0.2, at + 0.2, color=theme.MUTED, linewidth=2, zorder=3)
    if "national" in place:
        axes.scatter([place["national"]], [at], s=30, marker="D", color="#b8860b", zorder=3)
    axes.scatter([place["target"]], [at], s=46, color=theme.SUBJECT, zorder=5)
    _numbers(axes, at, row, place, lang)


def _numbers(axes: Any, at: int, row: dict[Any, Any], place: dict[str, float], lang: str) -> None:
    """This year's target above its dot, what was done below, and the ends of the scale beside."""
    unit = str(row["unit"])
    texts = [("target", theme.SUBJECT, 6, "bold", "bottom")]
    if "done" in place:
        texts.append(("done", _MET.get(str(row["class"]), theme.MUTED), -6, "normal", "top"))
    for key, hue, lift, weight, va in texts:
        side = "left" if place[key] < 0.05 else "right" if place[key] > 0.95 else "center"
        text = numerals.printed(float(row[key]), unit if key == "target" else "", lang=lang)
        axes.annotate(
            text,
            (place[key], at),
            (0, lift),
            textcoords="offset points",
            ha=side,
            va=va,
            fontsize=7.5,
            color=hue,
            fontweight=weight,
        )


@marks.drawing
def streams(frame: pd.DataFrame, title: str | None = None, lang: str = "zh", **context: Any) -> Figure:
    """Attention by year: streams where there are three years or more, bars side by side for two; `limit` (8) domains."""
    by = next(c for c in frame.columns if c not in _SHARES)
    shown = frame.assign(
        label=[labels.domain(d, lang, b) for d, b in zip(frame["domain"], frame["codebook"], strict=True)]
    )
    wide = 100 * shown.pivot_table(index="label", columns=by, values="share", aggfunc="sum", fill_value=0.0)
    order = grids.by_size(wide.mean(axis=1), labels.rest(lang))
    named = [name for name in order if name not in labels.rest(lang)][: context.get("limit") or 8]
    rest = say(lang, "其余", "All others")
    parts = pd.concat([wide.loc[named], wide.drop(index=named).sum().to_frame(rest).T])
    years = [int(year) for year in parts.columns]
    context.setdefault(
        "subtitle",
        say(
            lang,
            f"各领域所占篇幅（%），{years[0]}–{years[-1]} 年，{int(frame['n_items'].sum())} 个条目",
            f"Share of text by domain (%), {years[0]}–{years[-1]}, {int(frame['n_items'].sum())} items",
        ),
    )
    if len(years) == 1:
        return marks.silent("one_year", title, lang, **theme.known(context))
    hues = [*theme.hues(len(named)), theme.PALE]
    fig, axes = theme.figure(theme.WIDTH, 3.7, title, **context)
    values = parts.to_numpy(dtype=float)
    if len(years) > 2:
        axes.stackplot(years, values, colors=hues, edgecolor="white", linewidth=0.6)
    else:
        below = np.zeros(2)
        for row, hue in zip(values, hues, strict=True):
            axes.bar(years, row, bottom=below, color=hue, width=0.55, edgecolor="white", linewidth=0.6)
            below = below + row
    _stream_names(axes, list(parts.index), values, years, [*hues[:-1], theme.MUTED])
    return fig


_SHARES = {"codebook", "domain", "n_items", "n_chars", "share", "low", "high"}


def _stream_names(axes: Any, names: list[str], values: np.ndarray, years: list[int], hues: list[str]) -> None:
    """Names and last shares at the right of the streams, kept apart."""
    edge = 0.35 if len(years) == 2 else 0.06 * (years[-1] - years[0])
    tops = values[:, -1].cumsum()
    below = -np.inf
    for name, share, top, hue in zip(names, values[:, -1], tops, hues, strict=True):
        below = max(top - share / 2, below + 4.6)
        axes.text(years[-1] + edge, below, f"{name} {share:.0f}", va="center", fontsize=8.5, color=hue)
    for column, year in enumerate(years):
        for share, top in zip(values[:, column], values[:, column].cumsum(), strict=True):
            if share >= 5 and len(years) == 2:
                axes.text(
                    year,
                    top - share / 2,
                    f"{share:.0f}",
                    ha="center",
                    va="center",
                    fontsize=8,
                    color="white" if top < 99.9 else theme.INK,
                )
    axes.set_xticks(years, [str(year) for year in years])
    axes.set(
        xlim=(years[0] - (0.4 if len(years) == 2 else 0), years[-1] + max(0.8 * (years[-1] - years[0]), 1)),
        ylim=(0, max(100, below + 3)),
    )
    axes.spines[["left", "bottom"]].set_visible(False)
    axes.yaxis.set_visible(False)
