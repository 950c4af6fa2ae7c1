"""Items on a plane, with what each says under the pointer."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
import pandas as pd
from matplotlib import patheffects
from matplotlib.axes import Axes
from matplotlib.collections import PathCollection

from analysis.draw import areas, marks, theme, wrapping
from analysis.draw.labels import say
from analysis.draw.theme import Figure
from analysis.draw.topics import short

HIGH = 5.6  # inches
SHORT = 30  # characters under the pointer
MANY = 300  # dots up to which each opens its item


class Points(PathCollection):
    """Dots that tell a text each under the pointer, where the figure is saved as SVG."""

    hover: Sequence[str] = ()

    def draw(self, renderer: Any) -> None:
        """The dots, and in SVG a circle with a title over each."""
        super().draw(renderer)
        writer = getattr(renderer, "writer", None)
        if writer is None:
            return
        for (x, y), text in zip(self.get_offset_transform().transform(self.get_offsets()), self.hover, strict=True):
            writer.start(
                "circle", {"cx": f"{x:.1f}", "cy": f"{renderer.height - y:.1f}", "r": "3", "fill-opacity": "0"}
            )
            writer.element("title", text=text)
            writer.end("circle")


@marks.drawing
def topic_map(frame: pd.DataFrame, title: str | None = None, lang: str = "zh", **context: Any) -> Figure:
    """Items as dots, coloured and named by topic; with a `region` in the context its items stand out from grey ones.

    Saved as SVG each dot says its region, year and how it begins under the pointer.
    """
    region = context.get("region")
    context.setdefault(
        "subtitle",
        say(
            lang,
            "每点一个条目，近者用词相近，坐标无单位",
            "A dot an item; near ones use like words, the axes have no unit",
        )
        + (f"{say(lang, '；蓝：', '; blue: ')}{region}" if region else ""),
    )
    fig, axes = theme.figure(7.6, HIGH, title, **context)
    shown = frame.assign(name=short(frame, lang).where(frame["topic"].notna(), ""))
    sizes = shown.loc[shown["name"].ne(""), "name"].value_counts()
    tones = dict(zip(sizes.index, theme.hues(len(sizes)), strict=True))
    own = shown["region"].eq(region).fillna(False) if region else pd.Series(True, index=shown.index)
    plain = theme.SUBJECT if region else theme.GREY
    tint = [plain if region else tones.get(n, theme.GREY) for n in shown["name"]]
    colours = pd.Series(tint, index=shown.index, dtype=object).where(own, theme.PALE)
    small = 9 if len(shown) < 1500 else 5
    _dots(axes, shown, list(colours), np.where(own, 18 if region else small, small))
    _labels(axes, shown[shown["name"].ne("")], {} if region else tones)
    for row in (shown[own] if own.sum() <= MANY else shown.iloc[:0]).to_dict("records"):
        areas.opens(axes, (row["x"], row["y"], row["x"], row["y"]), row, areas.called(str(row["region"]), row["name"]))
    axes.set_axis_off()
    return fig


def _dots(axes: Axes, shown: pd.DataFrame, colours: list[str], sizes: np.ndarray) -> None:
    where = shown["region"].fillna("").astype(str) + [("" if pd.isna(y) else f" {int(y)}") for y in shown["plan_year"]]
    dots = axes.scatter(shown["x"], shown["y"], c=colours, s=sizes, alpha=0.75, linewidths=0)
    dots.__class__ = Points
    dots.hover = [f"{w.strip()}｜{str(text)[:SHORT].strip()}" for w, text in zip(where, shown["hover"], strict=True)]  # type: ignore[attr-defined]


def _labels(axes: Axes, shown: pd.DataFrame, tones: dict[str, str]) -> None:
    if shown.empty:
        return
    centres = shown.groupby("name", sort=True)[["x", "y"]].median()
    heads = [wrapping.wrap(str(name), 10) for name in centres.index]
    span = (shown[["x", "y"]].max() - shown[["x", "y"]].min()).to_numpy(dtype=float)
    inch = np.maximum(span, 1e-9) / np.array([7.2, HIGH])
    wide = np.array([max(map(wrapping.width, head.split("\n"))) * 8 / 72 for head in heads]) * inch[0]
    tall = np.array([(head.count("\n") + 1) * 8 * 1.3 / 72 for head in heads]) * inch[1]
    places = _apart(centres.to_numpy(dtype=float), wide, tall)
    for name, head, (x, y) in zip(centres.index, heads, places, strict=True):
        text = axes.text(
            x, y, head, ha="center", va="center", fontsize=8, fontweight="bold", linespacing=1.1,
            color=tones.get(str(name), theme.INK),
        )  # fmt: skip
        text.set_path_effects([patheffects.withStroke(linewidth=2.5, foreground="white")])
        text.set_in_layout(False)  # the axes are made to hold it
    low = np.minimum(shown[["x", "y"]].min(), (places - np.c_[wide, tall] / 2).min(axis=0))
    high = np.maximum(shown[["x", "y"]].max(), (places + np.c_[wide, tall] / 2).max(axis=0))
    axes.set(xlim=(low["x"] - 0.1 * inch[0], high["x"] + 0.1 * inch[0]), ylim=(low["y"], high["y"] + 0.1 * inch[1]))


def _apart(places: np.ndarray, wide: np.ndarray, tall: np.ndarray, rounds: int = 300) -> np.ndarray:
    """Boxes moved up and down until none covers another."""
    found = places.copy()
    for _ in range(rounds):
        moved = False
        for i in range(len(found)):
            for j in range(i + 1, len(found)):
                dx, dy = found[j] - found[i]
                over = (tall[i] + tall[j]) / 2 - abs(dy)
                if abs(dx) < (wide[i] + wide[j]) / 2 and over > 1e-9 * tall[i]:
                    step = over / 2 * (1 if dy >= 0 else -1) * 1.05
                    found[i, 1] -= step
                    found[j, 1] += step
                    moved = True
        if not moved:
            break
    return found
