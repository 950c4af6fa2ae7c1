"""Figures of words and of places as points."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd
from matplotlib.axes import Axes

from analysis.draw import labels, marks, names, theme
from analysis.draw.labels import say
from analysis.draw.theme import Figure

if TYPE_CHECKING:
    import networkx as nx


@marks.drawing
def keyness(frame: pd.DataFrame, title: str | None = None, lang: str = "zh", **context: Any) -> Figure:
    """The most typical terms of a group to the right, the rarest to the left, by signed G²; `limit` (15) each."""
    n = context.get("limit") or 15
    above, below = frame[frame["g2"] > 0].head(n), frame[frame["g2"] < 0].tail(n).iloc[::-1]
    rows = max(len(above), len(below), 1)
    context.setdefault(
        "subtitle",
        say(
            lang,
            "G²（带符号）：右为更多使用，左为更少；深色：校正后显著（q < 0.05）；数字为每千词次数",
            "Signed G²: right more, left less; dark: q < 0.05; numbers: uses per 1,000 words",
        ),
    )
    fig, axes = theme.figure(7.6, 0.25 * rows + 0.2, title, **context)
    reach = float(frame["g2"].abs().max()) * 1.45
    for part, dark, pale, side in ((above, theme.SUBJECT, "#9cc3e2", 1), (below, theme.ACCENT, "#f0b48a", -1)):
        hues = [dark if key else pale for key in part["is_key"]]
        axes.hlines(np.arange(len(part)), 0, part["g2"], color=hues, linewidth=2)
        axes.scatter(part["g2"], np.arange(len(part)), color=hues, s=42, zorder=3)
        for at, row in enumerate(part.itertuples()):
            text = f"{row.term} {float(row.per_1000):.1f}"
            end = (7 * side, 0)
            axes.annotate(
                text,
                (row.g2, at),
                end,
                textcoords="offset points",
                va="center",
                ha="left" if side > 0 else "right",
                fontsize=8.5,
            )
    least = float(below["g2"].abs().max()) * 1.45 if len(below) else 0.0
    axes.set(xlim=(-max(least, 0.35 * reach) if len(below) else 0, reach), ylim=(rows - 0.4, -0.6))
    axes.axvline(0, color=theme.GREY, linewidth=0.8)
    axes.yaxis.set_visible(False)
    axes.xaxis.set_visible(False)
    axes.spines[["left", "bottom"]].set_visible(False)
    return fig


@marks.drawing
def network(frame: pd.DataFrame, title: str | None = None, lang: str = "zh", **context: Any) -> Figure:
    """The co-word network: `frame` holds the nodes, `edges` (in the context) the pairs; colours are communities."""
    import networkx as nx  # here, not above: a second that most pages need not wait

    edges = context.get("edges")
    edges = pd.DataFrame(columns=["source", "target", "weight"]) if edges is None else edges
    linked = set(edges["source"]) | set(edges["target"])
    nodes = frame[frame["term"].isin(linked)] if linked else frame
    context.setdefault("subtitle", _web_measure(context.get("summary"), len(nodes), len(edges), lang))
    fig, axes = theme.figure(7.6, 5.6, title, **context)
    graph = nx.Graph()
    graph.add_nodes_from(nodes["term"])
    graph.add_weighted_edges_from(edges[["source", "target", "weight"]].itertuples(index=False))
    place = _layout(graph)
    widest = float(edges["weight"].max()) if len(edges) else 1.0
    for row in edges.itertuples():
        (x0, y0), (x1, y1) = place[row.source], place[row.target]
        axes.plot([x0, x1], [y0, y1], color=theme.GREY, alpha=0.5, linewidth=2.2 * float(row.weight) / widest, zorder=1)
    greatest = float(nodes["n_items"].max())
    hues = [theme.REGIONS[int(c) % len(theme.REGIONS)] for c in nodes["community"]]
    spots = np.array([place[t] for t in nodes["term"]])
    sizes = [30 + 170 * n / greatest for n in nodes["n_items"]]
    axes.scatter(spots[:, 0], spots[:, 1], s=sizes, color=hues, zorder=2)
    names.write(axes, spots, list(nodes["term"]), hues, radius=6.5)
    axes.set_axis_off()
    axes.margins(0.08)
    return fig


def _web_measure(summary: pd.DataFrame | None, n: int, n_edges: int, lang: str) -> str:
    plain = say(
        lang,
        f"{n} 个词，{n_edges} 条共现；点越大出现的条目越多，颜色为社群",
        f"{n} terms, {n_edges} pairs; larger: in more items; colours: communities",
    )
    if summary is None or summary.empty:
        return plain
    row = summary.iloc[0]
    return plain + say(
        lang,
        f"；窗口：条目，{row['measure']} ≥ {row['threshold']:.2f}",
        f"; window: item, {row['measure']} ≥ {row['threshold']:.2f}",
    )


def _layout(graph: nx.Graph) -> dict[Any, Any]:
    """Places of the nodes: the largest component to the left, the others one below the other to its right."""
    import networkx as nx

    parts = sorted(nx.connected_components(graph), key=lambda part: (-len(part), min(part)))
    place = _plane(graph.subgraph(sorted(parts[0])), (0.0, 0.0), 1.0)
    step = 2.0 / max(len(parts) - 1, 1)
    for at, part in enumerate(parts[1:]):
        place |= _plane(graph.subgraph(sorted(part)), (1.45, 1.0 - step * (at + 0.5)), min(0.3, step / 3))
    return place


def _plane(graph: nx.Graph, centre: tuple[float, float], size: float) -> dict[Any, Any]:
    import networkx as nx

    plain = nx.Graph()
    plain.add_nodes_from(sorted(graph))
    plain.add_edges_from(sorted(tuple(sorted(edge)) for edge in graph.edges))
    return dict(nx.kamada_kawai_layout(plain, scale=size, center=centre)) if len(plain) > 1 else {min(plain): centre}


@marks.drawing
def correspondence(frame: pd.DataFrame, title: str | None = None, lang: str = "zh", **context: Any) -> Figure:
    """The map of a correspondence analysis: groups in blue, the `limit` (25) terms that shape it most in grey.

    `inertia` in the context labels the axes with their shares.
    """
    groups = frame[frame["kind"].eq("column")]
    weight = frame["contribution_x"] + frame["contribution_y"]
    words = frame[frame["kind"].eq("row")].assign(weight=weight).nlargest(context.get("limit") or 25, "weight")
    context.setdefault(
        "subtitle",
        say(
            lang,
            "对应分析：相近者用词相近；灰为贡献最大的词",
            "Correspondence analysis: near means alike; grey: the terms that shape it most",
        ),
    )
    fig, axes = theme.figure(7.6, 5.2, title, **context)
    axes.axhline(0, color=theme.PALE, zorder=0)
    axes.axvline(0, color=theme.PALE, zorder=0)
    shown = pd.concat([groups, words])
    region = context.get("region")
    hues = [_hue(kind, name, region) for kind, name in zip(shown["kind"], shown["name"], strict=True)]
    spots = shown[["x", "y"]].to_numpy(dtype=float)
    axes.scatter(spots[:, 0], spots[:, 1], s=[30 if k == "column" else 8 for k in shown["kind"]], color=hues)
    _axes_named(axes, context.get("inertia"), lang)
    names.write(axes, spots, list(shown["name"]), hues, 8)
    return fig


def _hue(kind: str, name: str, region: str | None) -> str:
    if kind == "row":
        return theme.MUTED
    return theme.ACCENT if name == region else theme.SUBJECT


def _axes_named(axes: Axes, inertia: pd.DataFrame | None, lang: str) -> None:
    shares = ["", ""] if inertia is None else [f" {100 * s:.0f}%" for s in inertia["share"].head(2)]
    axes.set_xlabel(say(lang, "第一轴", "Axis 1") + shares[0])
    axes.set_ylabel(say(lang, "第二轴", "Axis 2") + shares[1])
    axes.tick_params(labelsize=7.5, labelcolor=theme.MUTED)


@marks.drawing
def nearness(frame: pd.DataFrame, title: str | None = None, lang: str = "zh", **context: Any) -> Figure:
    """Groups as points, near ones alike, colours by cluster; `region` in bold orange."""
    measure = labels.distance(str(frame["metric"].iloc[0]), lang)
    context.setdefault(
        "subtitle",
        say(
            lang,
            f"多维标度：{measure}，近者相似；颜色为层次聚类的类；{len(frame)} 个对象",
            f"Multidimensional scaling of {measure}: near means alike; colours: clusters; {len(frame)} groups",
        ),
    )
    fig, axes = theme.figure(7.6, 4.8, title, **context)
    spots = frame[["x", "y"]].to_numpy(dtype=float)
    hues = [theme.REGIONS[(int(c) - 1) % len(theme.REGIONS)] for c in frame["cluster"]]
    axes.scatter(spots[:, 0], spots[:, 1], s=34, color=hues)
    own = frame["group"].eq(context.get("region") or "")
    axes.scatter(spots[own, 0], spots[own, 1], s=130, facecolors="none", edgecolors=theme.INK, linewidths=1.4)
    axes.set(xticks=[], yticks=[])
    axes.set_aspect("equal", adjustable="datalim")
    axes.spines[["left", "bottom"]].set_visible(False)
    names.write(axes, spots, list(frame["group"]), hues)
    return fig
