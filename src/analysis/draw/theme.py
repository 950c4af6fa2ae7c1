"""One look for every figure: font, colours, title, subtitle, source line."""

from __future__ import annotations

import functools
import io
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

import matplotlib
from matplotlib import font_manager
from matplotlib.axes import Axes
from matplotlib.colors import LinearSegmentedColormap
from matplotlib.figure import Figure as BaseFigure

from analysis.draw import wrapping
from analysis.draw.wrapping import FONTS

FAMILY = "Noto Sans SC"

SUBJECT, GREY, PALE, INK, MUTED = "#0b5fa5", "#a6adb4", "#e6e9ec", "#1c2127", "#5a636c"
ACCENT = "#c8500a"  # the opposite of SUBJECT, told apart by every common colour blindness
# Okabe & Ito's colours and Tol's muted ones, without those too pale for white paper
REGIONS = (
    "#0b5fa5", "#c8500a", "#00795a", "#8f3f77", "#b8860b", "#4f8fc0", "#882255", "#44774c", "#6a4fa3", "#7a5c3e",
)  # fmt: skip
SEQUENTIAL = LinearSegmentedColormap.from_list("plans", ["#f7f9fb", "#c6dbec", "#6ba3d0", "#1f6fb2", "#083d6e"])
DIVERGING = LinearSegmentedColormap.from_list("plans2", ["#a63c06", "#f0b48a", "#f7f7f7", "#8fbbdc", "#0b4a85"])

RC: Any = {
    "font.family": [FAMILY],
    "font.size": 10,
    "text.color": INK,
    "axes.edgecolor": GREY,
    "axes.labelcolor": MUTED,
    "axes.labelsize": 9,
    "axes.linewidth": 0.6,
    "axes.spines.top": False,
    "axes.spines.right": False,
    "axes.axisbelow": True,
    "xtick.color": MUTED,
    "ytick.color": INK,
    "xtick.labelsize": 9,
    "ytick.labelsize": 9.5,
    "xtick.major.width": 0.6,
    "ytick.major.width": 0.6,
    "xtick.major.size": 3,
    "ytick.major.size": 0,
    "grid.color": PALE,
    "grid.linewidth": 0.8,
    "figure.facecolor": "white",
    "savefig.facecolor": "white",
    "legend.frameon": False,
    "legend.fontsize": 9,
    "pdf.fonttype": 42,
    "svg.fonttype": "path",
    "svg.hashsalt": "plans",
}
WIDTH = 7.6  # inches of a page between its margins: a wider figure would be shrunk, and its letters with it
CONTEXT = ("subtitle", "source", "region", "regions", "year", "period", "n", "measure", "colours", "limit", "sector",
    "edges", "inertia", "summary", "group", "unit", "tree",
)  # fmt: skip


class Figure(BaseFigure):
    """A matplotlib figure that a notebook shows without pyplot, with its title as the text for those who cannot see."""

    def savefig(self, fname: Any, **kwargs: Any) -> None:
        """Saves the figure for print: PNG with 300 dots an inch, PDF with our font within and text that can be selected.

        Its words for those who cannot see become the file's title. Arguments as for matplotlib's `savefig`.
        """
        kind = str(kwargs.get("format") or Path(str(fname)).suffix.lstrip(".")).lower()
        if kind in ("png", "pdf", "svg"):
            kwargs.setdefault("metadata", {"Title": alt(self)})
        with matplotlib.rc_context({"pdf.fonttype": 42, "ps.fonttype": 42, "savefig.dpi": 300}):
            super().savefig(fname, **kwargs)

    def _repr_png_(self) -> tuple[bytes, dict[str, Any]]:
        handle = io.BytesIO()
        self.savefig(handle, format="png", dpi=144, metadata={"Software": None, "Title": alt(self)})
        width, height = (round(float(inches) * 96) for inches in self.get_size_inches())
        return handle.getvalue(), {"alt": alt(self), "width": width, "height": height}


def alt(figure: BaseFigure) -> str:
    """The words that stand for a figure: its title and subtitle."""
    return " ".join(text.get_text().replace("\n", "") for text in figure.texts[:2])


@functools.cache
def register() -> tuple[str, ...]:
    """The files of the shipped font, made known to matplotlib once.

    Raises: FileNotFoundError when the installation lacks them.
    """
    files = tuple(str(FONTS / f"NotoSansSC-{weight}.ttf") for weight in ("Regular", "Bold"))
    for file in files:
        if not Path(file).is_file():
            raise FileNotFoundError(f"{file} is missing; install the package again or run benchmarks/make_font.py")
        font_manager.fontManager.addfont(file)
    return files


def themed() -> Any:
    """A context in which new figures have the theme; what holds outside it is left as it was."""
    register()
    return matplotlib.rc_context(RC)


def figure(width: float, body: float, title: str | None, **context: Any) -> tuple[Figure, Axes]:
    """A figure with its words in place and one pair of axes below them.

    Args:
        width: inches; body: inches for the axes with their labels (the words come on top).
        context: `subtitle` with the `period` behind it and `source` are printed; the other known names (`CONTEXT`) are
            the drawing function's.
    Raises: TypeError for a name that no drawing function knows.
    """
    fig = canvas(width, body, title, **context)
    axes = fig.add_subplot()
    axes.tick_params(labelfontfamily=FAMILY)
    return fig, axes


def canvas(width: float, body: float, title: str | None, **context: Any) -> Figure:
    """A figure with its words in place and room of `body` inches for axes. Arguments as for `figure`."""
    unknown = set(context) - set(CONTEXT)
    if unknown:
        raise TypeError(f"draw knows no {', '.join(sorted(unknown))}; it knows {', '.join(CONTEXT)}")
    ems = width * 72 / 13 - 2.6  # closing marks may stand behind a full line
    measure = context.get("subtitle") or ""
    period = context.get("period") or ""
    measure += period if period.strip("；; 年") not in measure else ""
    lines = {
        "title": wrapping.full((title or "").rstrip().rstrip("。."), ems, "Bold"),
        "subtitle": wrapping.full(measure, ems * 13 / 9.5),
        "source": wrapping.wrap(context.get("source") or "", ems * 13 / 8),
    }
    above = 0.12 + 0.25 * _height(lines["title"]) + 0.19 * _height(lines["subtitle"]) + 0.08
    below = 0.08 + 0.16 * _height(lines["source"])
    height = above + body + below
    fig = Figure(figsize=(width, height), layout="constrained")
    _words(fig, lines, height)
    engine = fig.get_layout_engine()
    assert engine is not None
    engine.set(rect=(0.005, below / height, 0.985, body / height), w_pad=0.06, h_pad=0.04)  # type: ignore[call-arg]
    return fig


def known(context: Mapping[str, Any]) -> dict[str, Any]:
    """The part of a context that `figure` knows."""
    return {key: value for key, value in context.items() if key in CONTEXT}


def _height(text: str) -> int:
    return text.count("\n") + 1 if text else 0


def _words(fig: Figure, lines: Mapping[str, str], height: float) -> None:
    left, at = 0.12 / fig.get_figwidth(), 1 - 0.12 / height
    style: dict[str, Any] = {"ha": "left", "va": "top", "linespacing": 1.25}
    fig.text(left, at, lines["title"], fontsize=13, fontweight="bold", **style)
    at -= 0.25 * _height(lines["title"]) / height
    fig.text(left, at - 0.02 / height, lines["subtitle"], fontsize=9.5, color=MUTED, **style)
    fig.text(left, 0.06 / height, lines["source"], fontsize=8, color=MUTED, ha="left", va="bottom", linespacing=1.3)


def colours(names: Iterable[str], region: str | None = None) -> dict[str, str]:
    """A colour for each name: the subject's for `region` and grey for the rest, or one each where none is named.

    Names take colours in their sorted order, so give the same names to every figure of a report (or pass the result
    as `colours`) and a region keeps its colour.
    """
    known = sorted(set(names))
    if region is not None:
        return {name: SUBJECT if name == region else GREY for name in known}
    return dict(zip(known, hues(len(known)), strict=True))


def hues(n: int) -> list[str]:
    """So many colours that all differ: ours first, then evenly spaced ones of equal lightness."""
    if n <= len(REGIONS):
        return list(REGIONS[:n])
    import seaborn  # here, not above: it takes seconds and few figures need more colours than ours

    return [*REGIONS, *seaborn.husl_palette(n - len(REGIONS), s=0.7, l=0.5).as_hex()]


def finish(fig: Figure) -> Figure:
    """The figure after a first layout, so that every label exists while the theme holds."""
    fig.draw_without_rendering()
    return fig
