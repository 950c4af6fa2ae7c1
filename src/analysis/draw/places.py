"""Values on a schematic grid of provinces, and at the places' coordinates; no boundaries are drawn."""

from __future__ import annotations

from typing import Any

import numpy as np
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.cm import ScalarMappable
from matplotlib.colors import Normalize
from matplotlib.patches import FancyBboxPatch

from analysis.draw import marks, names, theme
from analysis.draw.labels import say
from analysis.draw.theme import Figure


@marks.drawing
def tiles(frame: pd.DataFrame, title: str | None = None, lang: str = "zh", **context: Any) -> Figure:
    """A square a province, darker for greater values; provinces without one are grey outlines."""
    unit = context.get("unit", "%")
    known = frame["value"].dropna().astype(float)
    norm = Normalize(min(0.0, float(known.min())), float(known.max()) or 1.0)
    if known.min() > 0 and known.min() > 0.4 * known.max():
        norm = Normalize(float(known.min()) - 0.25 * float(np.ptp(known) or 1), float(known.max()))
    n = int(frame["n"].sum())
    context.setdefault(
        "subtitle",
        say(
            lang,
            f"{context.get('measure') or '数值'}{_unit(unit, '（%）')}；{n} 个地区，省级示意格网，不表示疆界",
            f"{context.get('measure') or 'Value'}{_unit(unit, ' (%)')}; {n} places; schematic grid, no boundaries",
        ),
    )
    fig, axes = theme.figure(theme.WIDTH, 5.2, title, **context)
    for row in frame.to_dict("records"):
        _tile(axes, row, row[lang], norm, unit)
    axes.set(xlim=(frame["column"].min() - 0.55, frame["column"].max() + 0.55))
    axes.set_ylim(frame["row"].max() + 0.55, frame["row"].min() - 0.55)
    axes.set_aspect("equal")
    axes.set_axis_off()
    return fig


def _unit(unit: str, text: str) -> str:
    return text if unit == "%" else ""


def _tile(axes: Axes, row: dict[Any, Any], name: str, norm: Normalize, unit: str) -> None:
    known = not pd.isna(row["value"])
    colour = theme.SEQUENTIAL(norm(row["value"])) if known else (1.0, 1.0, 1.0, 1.0)
    shape: dict[str, Any] = {
        "boxstyle": "round,pad=0,rounding_size=0.06",
        "facecolor": colour,
        "edgecolor": theme.PALE if known else "#d4d9de",
    }
    x, y = row["column"], row["row"]
    axes.add_patch(FancyBboxPatch((x - 0.46, y - 0.46), 0.92, 0.92, linewidth=0.8, **shape))
    ink = marks.ink(colour) if known else theme.MUTED
    size = 7.0 if name.isascii() else 9.0
    axes.text(
        x,
        y - (0.12 if known else 0),
        name.replace(" ", "\n"),
        ha="center",
        va="center",
        fontsize=size,
        color=ink,
        linespacing=0.95,
    )
    if known:
        text = f"{100 * row['value']:.1f}" if unit == "%" else f"{row['value']:.2f}".rstrip("0").rstrip(".")
        axes.text(x, y + 0.25, text, ha="center", va="center", fontsize=8, color=ink)


@marks.drawing
def points(frame: pd.DataFrame, title: str | None = None, lang: str = "zh", **context: Any) -> Figure:
    """Places at their longitude and latitude: larger and darker for greater values, `region` ringed; `limit` (34) names."""
    values = frame["value"].to_numpy(dtype=float)
    low, high = float(values.min()), float(values.max())
    norm = Normalize(low - 0.35 * (high - low or 1), high if high > low else high + 1)
    measure = context.get("measure") or say(lang, "数值", "Value")
    context.setdefault(
        "subtitle",
        say(
            lang,
            f"{measure}{_unit(context.get('unit', '%'), '（%）')}；点在各地驻地的经纬度，{len(frame)} 个地区，不画疆界",
            f"{measure}{_unit(context.get('unit', '%'), ' (%)')}; points at each seat's coordinates, {len(frame)} places, no boundaries",
        ),
    )
    fig, axes = theme.figure(theme.WIDTH, 5.4, title, **context)
    spots = frame[["lon", "lat"]].to_numpy(dtype=float)
    sizes = 25 + 190 * (values - low) / (high - low or 1)
    dots: dict[str, Any] = {"cmap": theme.SEQUENTIAL, "norm": norm, "edgecolors": theme.GREY, "linewidths": 0.4}
    axes.scatter(spots[:, 0], spots[:, 1], s=sizes, c=values, **dots)
    own = frame["place"].eq(context.get("region") or "").to_numpy()
    ring: dict[str, Any] = {"facecolors": "none", "edgecolors": theme.ACCENT, "linewidths": 1.4}
    axes.scatter(spots[own, 0], spots[own, 1], s=sizes[own] + 90, **ring)
    _degrees(axes, float(spots[:, 1].mean()), lang)
    if high > low:
        _shades(axes, norm, (low, high), context.get("unit", "%"))
    most = np.argsort(-values, kind="stable")[: context.get("limit") or 34]
    names.write(axes, spots[most], [str(frame["place"].iloc[i]) for i in most], [theme.INK] * len(most), 7.5, radius=5)
    return fig


def _degrees(axes: Axes, latitude: float, lang: str) -> None:
    """Axes in degrees of which one east is as long as it is at the latitude."""
    axes.set_aspect(1 / np.cos(np.radians(latitude)), adjustable="datalim")
    axes.set_xlabel(say(lang, "东经（度）", "Longitude east (degrees)"))
    axes.set_ylabel(say(lang, "北纬（度）", "Latitude north (degrees)"))
    axes.tick_params(labelsize=8, labelcolor=theme.MUTED)
    axes.grid(color=theme.PALE, linewidth=0.5)


def _shades(axes: Axes, norm: Normalize, ends: tuple[float, float], unit: str) -> None:
    """A bar at the right that tells which shade means what."""
    fig = axes.get_figure(root=True)
    assert fig is not None
    bar = fig.colorbar(ScalarMappable(norm, theme.SEQUENTIAL), ax=axes, shrink=0.45, aspect=18, pad=0.01)
    bar.ax.tick_params(labelsize=8, labelfontfamily=theme.FAMILY)
    bar.ax.set_ylim(*ends)
    bar.outline.set_visible(False)
    if unit == "%":
        bar.ax.yaxis.set_major_formatter(lambda v, _: f"{100 * v:.0f}")
