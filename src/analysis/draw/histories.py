"""Figures of promises, likeness and reuse."""

from __future__ import annotations

from typing import Any

import numpy as np
import pandas as pd

from analysis import frames, numerals
from analysis.draw import areas, grids, labels, marks, theme, wrapping
from analysis.draw.labels import say
from analysis.draw.theme import Figure

PALEST = 25  # per cent in full colour where no two plans share more
_OUTCOMES = {
    "reported done": ("报告完成", "Reported done", "#00795a"),
    "reported missed": ("报告未完成", "Reported missed", "#c8500a"),
    "raised": ("提高", "Raised", "#0b5fa5"),
    "kept": ("延续", "Kept", "#6ba3d0"),
    "repeated": ("原样重提", "Repeated", "#c6dbec"),
    "lowered": ("降低", "Lowered", "#f0b48a"),
    "named": ("仅被提及", "Only named", "#b3c9ad"),
    "dropped": ("不再写入", "Dropped", "#8c6a52"),
    "unreported": ("未见结果", "No result reported", "#c0a893"),
    "not found": ("未找到下文", "Not found again", "#ddd5cc"),
    "unanswered": ("尚无下文", "Unanswered", "#e3e3e0"),
}


@marks.drawing
def ledger(frame: pd.DataFrame, title: str | None = None, lang: str = "zh", **context: Any) -> Figure:
    """What became of the promises: a bar a region and year, its parts by outcome with their counts.

    Of several regions those that report the greatest share as done come first. Promises that nothing could answer yet are drawn where there are no others.
    """
    answered = frame[frame["outcome"].ne("unanswered")]
    frame = frame if answered.empty else answered
    year = [("" if pd.isna(y) else f" {int(y)}") for y in frame["plan_year"]]
    name = frame["region"].fillna("").astype(str) + pd.Series(year, index=frame.index)
    counts = pd.crosstab(name, frame["outcome"])
    if frame["region"].nunique() > 1:
        done = counts.reindex(columns=["reported done"], fill_value=0)["reported done"] / counts.sum(axis=1)
        counts = counts.loc[done.sort_values(ascending=False, kind="stable").index]
    own = areas.keyed(frame.assign(name=name), "name", "outcome")
    context.setdefault(
        "subtitle", say(lang, f"承诺的下落（项），共 {len(frame)} 项", f"What became of {len(frame)} promises")
    )
    return _stacked(counts, title, lang, context, own)


@marks.drawing
def outcomes(frame: pd.DataFrame, title: str | None = None, lang: str = "zh", **context: Any) -> Figure:
    """What became of the promises of each domain: rows of `domain`, `outcome`, `n`; domains with most of them first."""
    sectors = frame["sector"] if "sector" in frame else pd.Series(None, index=frame.index, dtype=object)
    names = [
        labels.domain("unknown" if pd.isna(d) else str(d), lang, s)
        for d, s in zip(frame["domain"], sectors, strict=True)
    ]
    counts = frame.assign(domain=names).pivot_table(
        index="domain", columns="outcome", values="n", aggfunc="sum", fill_value=0
    )
    order = grids.by_size(counts.sum(axis=1), labels.rest(lang))
    context.setdefault(
        "subtitle",
        say(
            lang,
            f"各领域承诺的下落（项），共 {frame['n'].sum()} 项",
            f"What became of {frame['n'].sum()} promises, by domain",
        ),
    )
    own = areas.keyed(frame.assign(domain=names), "domain", "outcome")
    return _stacked(counts.loc[order], title, lang, context, own)


def _stacked(
    counts: pd.DataFrame, title: str | None, lang: str, context: dict[str, Any], own: dict[Any, list[str]]
) -> Figure:
    """A bar a row, its parts the outcomes with their counts where these find room; `own` are the ids of each part."""
    kinds = [k for k in _OUTCOMES if k in counts.columns]
    fig, axes = theme.figure(7.6, 0.3 * len(counts) + 0.85, title, **context)
    left, most = np.zeros(len(counts)), float(counts.sum(axis=1).max())
    for kind in kinds:
        held = counts[kind].to_numpy(dtype=float)
        axes.barh(np.arange(len(counts)), held, left=left, color=_OUTCOMES[kind][2], height=0.7)
        for at, (start, size) in enumerate(zip(left, held, strict=True)):
            name = areas.called(f"{counts.index[at]} · {say(lang, *_OUTCOMES[kind][:2])}", f"{size:.0f}")
            areas.opens(axes, (start, at + 0.35, start + size, at - 0.35), own.get((counts.index[at], kind), []), name)
            if size >= 0.035 * most:
                ink = "white" if kind in ("reported done", "reported missed", "raised", "dropped") else theme.INK
                axes.text(start + size / 2, at, f"{size:.0f}", ha="center", va="center", fontsize=8, color=ink)
        left = left + held
    axes.set_yticks(range(len(counts)), [str(name) for name in counts.index])
    axes.set_ylim(len(counts) - 0.5, -0.5)
    axes.xaxis.set_visible(False)
    axes.spines[["left", "bottom"]].set_visible(False)
    marks.embolden(axes, context.get("region"))
    square: dict[str, Any] = {"marker": "s", "linestyle": "", "markersize": 8}
    handles = [axes.plot([], [], color=_OUTCOMES[k][2], label=say(lang, *_OUTCOMES[k][:2]), **square)[0] for k in kinds]
    columns = _columns([str(name) for name in counts.index], [str(h.get_label()) for h in handles])
    axes.legend(
        handles=handles, loc="upper left", bbox_to_anchor=(0, 0), ncols=columns, handletextpad=0.3, columnspacing=1.1
    )
    return fig


def _columns(rows: list[str], words: list[str]) -> int:
    """How many columns of a key find room beside the names of the rows: a wider key would press the bars together."""
    room = grids.WIDTH - max(wrapping.width(row) for row in rows) * 9.5 / 72
    return max(2, min(5, int(room / (max(wrapping.width(word) for word in words) * 9 / 72 + 0.4))))


@marks.drawing
def likeness(frame: pd.DataFrame, title: str | None = None, lang: str = "zh", **context: Any) -> Figure:
    """Plan × plan: below the diagonal what they share without formulae, above it the formulae (%); `limit` (25) plans.

    Where only the nearest of each plan are told: the pairs most alike, those of the `region` if there is one.
    """
    n_plans = pd.concat([frame["plan_id"], frame["other_plan_id"]]).nunique()
    if len(frame) < n_plans * (n_plans - 1) / 2:
        return _nearest(frame, title, lang, context)
    pairs = frame.assign(
        a=[_plan(r, y) for r, y in zip(frame["region"], frame["year"], strict=True)],
        b=[_plan(r, y) for r, y in zip(frame["other_region"], frame["other_year"], strict=True)],
    )
    both = pd.concat([pairs[["a", "substance"]], pairs[["b", "substance"]].rename(columns={"b": "a"})])
    order = list(both.groupby("a")["substance"].max().sort_values(ascending=False, kind="stable").index)
    order = order[: context.get("limit") or 25]
    at = {name: i for i, name in enumerate(order)}
    values = np.full((len(order), len(order)), np.nan)
    for row in pairs.to_dict("records"):
        if row["a"] in at and row["b"] in at and row["a"] != row["b"]:
            i, j = sorted((at[row["a"]], at[row["b"]]))
            values[j, i], values[i, j] = 100 * row["substance"], 100 * row["formula"]
    context.setdefault(
        "subtitle",
        say(
            lang,
            "左下：除去套话后共有的文字（%）；右上：共有的套话占全文（%）",
            "Lower left: text shared once formulae are out (%); upper right: shared formulae in the whole text (%)",
        ),
    )
    margin = max(wrapping.width(name) for name in order) * 9.5 / 72 + 0.3
    cell = min((grids.WIDTH - margin) / len(order), 1.0)
    fig, axes = theme.figure(grids.WIDTH, 0.28 * len(order) + marks.head_height(order, cell), title, **context)
    texts = marks.texts(values, lambda v: f"{v:.0f}" if v >= 0.5 else "")
    texts, size = grids.fitted(texts, cell)
    marks.heat(axes, values, order, order, texts, limits=(0, max(PALEST, float(np.nanmax(values)))), fontsize=size)
    marks.heads(axes, order, cell)
    marks.embolden(axes, context.get("region"))
    return fig


def _nearest(frame: pd.DataFrame, title: str | None, lang: str, context: dict[str, Any]) -> Figure:
    """The pairs most alike in substance, as a table of words."""
    region = context.get("region")
    own = frame[frame["region"].eq(region) | frame["other_region"].eq(region)] if region else frame
    cells = [
        [
            _plan(r["region"], r["year"]),
            _plan(r["other_region"], r["other_year"]),
            f"{100 * r['substance']:.0f}",
            f"{100 * r['formula']:.0f}",
        ]
        for r in own.head(context.get("limit") or 25).to_dict("records")
    ]
    context.setdefault(
        "subtitle",
        say(
            lang,
            f"最相像的 {len(cells)} 对，共 {len(own)} 对（每份文件只列与之最像的几份）",
            f"The {len(cells)} pairs most alike of {len(own)} (each document with the few nearest to it)",
        ),
    )
    heads = say(
        lang,
        "文件|另一份|除去套话后共有 %|共有的套话 %",
        "Document|Other|Shared without formulae, %|Shared formulae, %",
    ).split("|")
    widths = [2, 2, 1.5, 1.5]
    fig, axes = theme.figure(7.6, marks.table_height(cells, widths), title, **context)
    marks.table(axes, heads, cells, widths)
    return fig


def _plan(region: Any, year: Any) -> str:
    return ("—" if pd.isna(region) else str(region)) + ("" if pd.isna(year) else str(int(year)))


@marks.drawing
def reuse(frame: pd.DataFrame, title: str | None = None, lang: str = "zh", **context: Any) -> Figure:
    """The longest shared passages as a table of words, with where the text comes from where that is known."""
    size = "n_own" if "n_own" in frame else "n_chars"
    rows = frame.sort_values(size, ascending=False, kind="stable").head(context.get("limit") or 10)
    cells = [
        [
            _plan(r["region"], r["year"]),
            _plan(r["other_region"], r["other_year"]),
            str(int(r["n_chars"])),
            wrapping.shorten(str(r["text"]), 110),
        ]
        for r in rows.to_dict("records")
    ]
    heads = say(lang, "文件|另一份|字数|共有文字", "Document|Other|Characters|Shared text").split("|")
    widths = [1.2, 1.2, 0.7, 4.4]
    context.setdefault(
        "subtitle",
        say(
            lang,
            f"除去套话最长的 {len(cells)} 段，共 {len(frame)} 段",
            f"The longest {len(cells)} of {len(frame)} passages, formulae taken out",
        ),
    )
    fig, axes = theme.figure(7.6, marks.table_height(cells, widths), title, **context)
    marks.table(axes, heads, cells, widths)
    return fig


_PROMISED, _MET, _MISSED = theme.GREY, "#00795a", "#c8500a"


@marks.drawing
def moves(frame: pd.DataFrame, title: str | None = None, lang: str = "zh", **context: Any) -> Figure:
    """Dumbbells: what was promised, what was reached, what is promised next (rows of trace.moves).

    Several regions: the indicator that most of them share, a row a region. One region: a row an indicator, every value
    set against the promised one, which is 100.
    """
    is_one = frame["region"].nunique() == 1
    rows = (_of_one_region if is_one else _of_one_indicator)(frame, lang).head(context.get("limit") or 30)
    if rows.empty:
        return marks.silent("no_indicator", title, lang, **context)
    measure = say(lang, "以原定目标为 100", "What was promised is 100") if is_one else str(rows["measure"].iloc[0])
    context.setdefault("subtitle", measure)
    fig, axes = theme.figure(7.6, 0.34 * len(rows) + 0.65, title, **context)
    for at, row in enumerate(rows.to_dict("records")):
        _dumbbell(axes, at, row)
    axes.set_yticks(range(len(rows)), [wrapping.shorten(name, 20) for name in rows["name"]])
    axes.set_ylim(len(rows) - 0.4, -0.6)
    axes.margins(x=0.12)
    axes.grid(axis="x")
    axes.spines[["left", "bottom"]].set_visible(False)
    marks.embolden(axes, context.get("region"))
    dot: dict[str, Any] = {"marker": "o", "linestyle": "", "markersize": 7}
    marks.key(
        axes,
        [
            (say(lang, "原定目标", "Promised"), dot | {"color": _PROMISED, "markerfacecolor": "none", "markersize": 9}),
            (say(lang, "结果：达到", "Result: met"), dot | {"color": _MET}),
            (say(lang, "结果：未达到", "Result: missed"), dot | {"color": _MISSED}),
            (say(lang, "新目标", "New target"), dot | {"color": theme.SUBJECT, "marker": "D", "markersize": 6}),
        ],
    )
    return fig


def _of_one_indicator(frame: pd.DataFrame, lang: str) -> pd.DataFrame:
    """The latest row a region of the indicator that most regions move, greatest promise first."""
    known = frame.dropna(subset=["indicator_id"])
    if known.empty:
        return known.assign(name="", measure="")
    n = known.groupby(["indicator_id", "unit"])["region"].nunique()
    code, unit = min(n[n == n.max()].index)
    own = known[known["indicator_id"].eq(code) & known["unit"].eq(unit)].sort_values("plan_year", kind="stable")
    own = own.drop_duplicates("region", keep="last").assign(
        name=lambda f: f["region"].astype(str), x=own["promised"], x_reported=own["reported"], x_renewed=own["renewed"]
    )
    measure = (
        f"{labels.indicator(code, lang, own['indicator'].iloc[0])}（{unit}）"
        if lang == "zh"
        else (f"{labels.indicator(code, lang, own['indicator'].iloc[0])} ({unit})")
    )
    return own.assign(measure=measure).sort_values(["promised", "reported", "name"], ascending=[False, False, True])


def _of_one_region(frame: pd.DataFrame, lang: str) -> pd.DataFrame:
    """A row an indicator, those that moved most first; values over twice or under half are left to the table."""
    own = frame[frame["promised"].gt(0) & frame["plan_year"].eq(frame["plan_year"].max())]
    ratios = {f"x_{name}": 100 * own[name] / own["promised"] for name in ("reported", "renewed")}
    names = [labels.indicator(c, lang, p) for c, p in zip(own["indicator_id"], own["indicator"], strict=True)]
    told = own.assign(name=names, x=100.0, **ratios)
    far = told[["x_reported", "x_renewed"]].sub(100).abs().max(axis=1)
    return told.assign(far=far)[far.le(100)].sort_values(["far", "name"], ascending=[False, True], kind="stable")


def _dumbbell(axes: Any, at: int, row: dict[Any, Any]) -> None:
    hollow: dict[str, Any] = {"markersize": 10, "markerfacecolor": "none", "markeredgewidth": 1.6}
    met = theme.GREY if pd.isna(row["reported"]) else _MISSED if row["outcome"] == "reported missed" else _MET
    spots = [(row["x"], row["promised"], _PROMISED, "o"), (row["x_reported"], row["reported"], met, "o"),
             (row["x_renewed"], row["renewed"], theme.SUBJECT, "D")]  # fmt: skip
    for (x, value, _, _), of in zip(spots, ("promised", "reported", "renewed"), strict=True):
        if not pd.isna(x):
            name = areas.called(row["name"], numerals.printed(value))
            areas.opens(axes, (x, at, x, at), frames.ids(row, f"ids_{of}"), name)
    known = sorted((s for s in spots if not pd.isna(s[0])), key=lambda s: float(s[0]))
    axes.plot([known[0][0], known[-1][0]], [at, at], color=theme.PALE, linewidth=3, zorder=1, solid_capstyle="round")
    for x, _, colour, marker in spots:
        if not pd.isna(x):
            style = hollow if colour == _PROMISED else {"markersize": 7 if marker == "o" else 4.5}
            axes.plot([x], [at], marker, color=colour, zorder=3 if marker == "D" else 2, **style)
    for (x, value, colour, _), side in ((known[0], -1), (known[-1], 1)):
        if side == 1 and known[0][0] == x:
            continue
        axes.annotate(
            numerals.printed(value), (x, at), (8 * side, 0), textcoords="offset points", va="center",
            ha="left" if side > 0 else "right", fontsize=8.5, color=theme.MUTED if colour == _PROMISED else colour,
        )  # fmt: skip


@marks.drawing
def flows(frame: pd.DataFrame, title: str | None = None, lang: str = "zh", **context: Any) -> Figure:
    """Who took text from whom: places on a circle, an arrow from each source to the place that has its words later."""
    edges = frame.head(context.get("limit") or 40)
    given = edges.groupby("source_region")["n_chars"].sum()
    names = sorted({*edges["region"], *edges["source_region"]}, key=lambda n: (-int(given.get(n, 0)), n))
    context.setdefault(
        "subtitle",
        say(
            lang,
            f"箭头由先有者指向后有者，越粗字数越多；共 {len(frame)} 对，画出 {len(edges)} 对",
            f"Arrows lead from who had it first; thicker: more characters; {len(edges)} of {len(frame)} pairs",
        ),
    )
    fig, axes = theme.figure(7.6, 5.8, title, **context)
    angles = np.pi / 2 - 2 * np.pi * np.arange(len(names)) / len(names)
    place = dict(zip(names, np.column_stack([np.cos(angles), np.sin(angles)]), strict=True))
    for row in edges.iloc[::-1].to_dict("records"):
        _arrow(axes, place[row["source_region"]], place[row["region"]], row["n_chars"] / edges["n_chars"].max(),
               context.get("region") in (row["region"], row["source_region"]))  # fmt: skip
    for name, angle in zip(names, angles, strict=True):
        _placed(axes, name, angle, int(given.get(name, 0)), context.get("region"))
    axes.set(xlim=(-1.6, 1.6), ylim=(-1.25, 1.25), aspect="equal")
    axes.set_axis_off()
    return fig


def _arrow(axes: Any, start: np.ndarray, end: np.ndarray, weight: float, is_own: bool) -> None:
    axes.annotate(
        "", xy=tuple(end), xytext=tuple(start),
        arrowprops={
            "arrowstyle": "-|>,head_width=0.22,head_length=0.45", "connectionstyle": "arc3,rad=0.18", "shrinkA": 7, "shrinkB": 7,
            "color": theme.SUBJECT if is_own else theme.GREY, "linewidth": 0.7 + 2.6 * weight, "alpha": 0.9 if is_own else 0.65,
        },
    )  # fmt: skip


def _placed(axes: Any, name: str, angle: float, given: int, region: str | None) -> None:
    x, y = np.cos(angle), np.sin(angle)
    colour = theme.SUBJECT if name == region else theme.INK
    axes.plot([x], [y], "o", color=theme.ACCENT if given else theme.GREY, markersize=6, zorder=3)
    side = "center" if abs(x) < 0.12 else "left" if x > 0 else "right"
    axes.text(1.07 * x, 1.07 * y, name, ha=side, va="center" if side != "center" else "bottom" if y > 0 else "top",
              fontsize=9, color=colour, fontweight="bold" if name == region else "normal")  # fmt: skip
