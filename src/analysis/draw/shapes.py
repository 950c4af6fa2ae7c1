"""Radar of a few groups, and words of two groups as points."""

from __future__ import annotations

from typing import Any

import numpy as np
import pandas as pd

from analysis.draw import grids, labels, marks, names, theme, wrapping
from analysis.draw.labels import say
from analysis.draw.theme import Figure

MANY = 300  # dots from which on those that say little are one picture: as outlines they would weigh two megabytes
FEW = 4  # outlines that a reader can tell apart
_LABELS = {"codebook", "domain", "n_items", "n_chars", "share", "low", "high"}


@marks.drawing
def radar(frame: pd.DataFrame, title: str | None = None, lang: str = "zh", **context: Any) -> Figure:
    """Shares of attention of a few groups (`regions` in the context, else `region` and the first others; four at most).

    A spoke a domain, the `limit` (10) largest; all on one scale from 0.
    """
    by = next(c for c in frame.columns if c not in _LABELS)
    shown = frame.assign(
        label=[labels.domain(d, lang, b) for d, b in zip(frame["domain"], frame["codebook"], strict=True)]
    )
    chosen = _chosen(sorted(shown[by].astype(str).unique()), context)
    shown = shown[shown[by].astype(str).isin(chosen) & ~shown["label"].isin(labels.rest(lang))]
    if shown.empty:
        return marks.silent("no_region", title, lang, **theme.known(context))
    wide = 100 * shown.pivot_table(
        index="label", columns=shown[by].astype(str), values="share", aggfunc="sum", fill_value=0.0
    )
    spokes = grids.by_size(wide.mean(axis=1), set())[: context.get("limit") or 10]
    wide = wide.loc[spokes]
    context.setdefault(
        "subtitle",
        say(
            lang,
            f"所占篇幅（%），最大的 {len(spokes)} 个领域；{len(chosen)} {labels.kind(str(by), lang)}",
            f"Share of text (%), the {len(spokes)} largest domains; {len(chosen)} {labels.kind(str(by), lang)}",
        ),
    )
    fig = theme.canvas(theme.WIDTH, 4.6, title, **context)
    axes: Any = fig.add_subplot(projection="polar")
    axes.tick_params(labelfontfamily=theme.FAMILY)
    angles = np.linspace(0, 2 * np.pi, len(spokes), endpoint=False)
    hues = context.get("colours") or _hues(chosen, context.get("region"))
    for name in chosen:
        if name in wide.columns:
            values = wide[name].to_numpy(dtype=float)
            style = {"color": hues[name], "linewidth": 2.2 if name == context.get("region") else 1.4, "label": name}
            axes.plot([*angles, angles[0]], [*values, values[0]], **style)
            axes.fill([*angles, angles[0]], [*values, values[0]], color=hues[name], alpha=0.08)
    _spokes(axes, angles, spokes, float(wide.to_numpy().max()))
    axes.legend(loc="upper left", bbox_to_anchor=(1.12, 1.05), fontsize=9)
    return fig


def _hues(chosen: list[str], region: str | None) -> dict[str, str]:
    """A colour for each outline: the subject's its own, the others' none that is like it."""
    hues = theme.colours(chosen)
    if region not in hues:
        return hues
    rest = [name for name in chosen if name != region]
    return {region: theme.SUBJECT, **dict(zip(rest, theme.hues(len(chosen))[1:], strict=True))}


def _chosen(every: list[str], context: dict[str, Any]) -> list[str]:
    """The few groups that are drawn: the subject first, then those asked for, else all by name."""
    wanted = [str(name) for name in context.get("regions") or [] if str(name) in every]
    first = [name for name in [context.get("region")] if name in every]
    return list(dict.fromkeys([*first, *(wanted or every)]))[:FEW]


def _spokes(axes: Any, angles: np.ndarray, spokes: list[str], most: float) -> None:
    axes.set_theta_offset(np.pi / 2)
    axes.set_theta_direction(-1)
    axes.set_xticks(angles, [wrapping.even(name, 6) for name in spokes], fontsize=8.5)
    for angle, label in zip(angles, axes.get_xticklabels(), strict=True):
        side = np.sin(angle)
        label.set_ha("center" if abs(side) < 0.2 else "left" if side > 0 else "right")
    step = next(s for s in (2, 5, 10, 20, 50) if most / s <= 4.5 or s == 50)
    axes.set_yticks(
        np.arange(step, most + step, step),
        [f"{v:.0f}" for v in np.arange(step, most + step, step)],
        fontsize=7.5,
        color=theme.MUTED,
    )
    axes.set_rlabel_position(180 / len(spokes))
    axes.grid(color=theme.PALE)
    axes.spines["polar"].set_color(theme.PALE)


@marks.drawing
def contrast(frame: pd.DataFrame, title: str | None = None, lang: str = "zh", **context: Any) -> Figure:
    """Words as points: how often the others use them (across) and the group (up), both per 1,000 words on log scales.

    `frame` is `compare.keyness`; words above the line are typical of the group. The `limit` (16) most typical of each side
    bear their names.
    """
    n = context.get("limit") or 16
    held = frame[(frame["per_1000"] > 0) | (frame["per_1000_reference"] > 0)]
    least = 0.5 * float(held[["per_1000", "per_1000_reference"]].where(lambda v: v > 0).min().min())
    own, others = (held[c].clip(lower=least).to_numpy(dtype=float) for c in ("per_1000", "per_1000_reference"))
    group = context.get("group") or context.get("region") or say(lang, "本组", "the group")
    context.setdefault(
        "subtitle",
        say(
            lang,
            f"每千词次数（对数轴）：上为{group}，右为其余；深色：校正后显著（q < 0.05）；{len(held)} 个词",
            f"Uses per 1,000 words (log scales): up {group}, across the others; dark: q < 0.05; {len(held)} terms",
        ),
    )
    fig, axes = theme.figure(theme.WIDTH, 5.2, title, **context)
    key = held["is_key"].to_numpy(dtype=bool)
    more = held["g2"].to_numpy(dtype=float) > 0
    hues = np.where(key & more, theme.SUBJECT, np.where(key, theme.ACCENT, "#d3d8dd"))
    axes.scatter(others, own, s=8, color="#d3d8dd", zorder=2, rasterized=len(held) > MANY)
    for told, hue in ((key & more, theme.SUBJECT), (key & ~more, theme.ACCENT)):
        axes.scatter(others[told], own[told], s=20, color=hue, zorder=2)
    ends = (least * 0.7, 1.4 * float(max(own.max(), others.max())))
    axes.plot(ends, ends, color=theme.GREY, linewidth=0.8, zorder=1)
    _logarithmic(axes, ends)
    axes.set_xlabel(say(lang, "其余各地，每千词次数", "The others, per 1,000 words"))
    axes.set_ylabel(say(lang, f"{group}，每千词次数", f"{group}, per 1,000 words"))
    top = _named(key, more, n)
    if top:
        spots = np.column_stack([others, own])
        words = [str(held["term"].iloc[i]) for i in top]
        tones = [str(hues[i]) if key[i] else theme.MUTED for i in top]
        names.write(axes, spots[top], words, tones, 8, radius=3, others=spots[key])
        axes.set(xlim=ends, ylim=ends)
    return fig


def _logarithmic(axes: Any, ends: tuple[float, float]) -> None:
    """Both axes from one end to the other on a log scale, with plain numbers."""
    axes.set(xscale="log", yscale="log", xlim=ends, ylim=ends)
    for axis in (axes.xaxis, axes.yaxis):
        axis.set_major_formatter(lambda v, _: f"{v:g}")
        axis.set_minor_formatter(lambda v, _: "")
    axes.tick_params(labelsize=8)


def _named(key: np.ndarray, more: np.ndarray, n: int) -> list[int]:
    """The places of the words that bear names: the surest of each side, and the first few where hardly one is sure."""
    sides = [np.flatnonzero(key & more)[:n], np.flatnonzero(key & ~more)[-n:]]
    plain = [np.flatnonzero(more)[:5], np.flatnonzero(~more)[-5:]]
    return [int(i) for sure, first in zip(sides, plain, strict=True) for i in (sure if len(sure) > 4 else first)]
