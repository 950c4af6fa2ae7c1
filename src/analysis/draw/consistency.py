"""Figures of the PMC index: plans × variables, the matrix and the surface."""

from __future__ import annotations

from typing import Any

import numpy as np
import pandas as pd

from analysis import frames, lexicon
from analysis.draw import areas, labels, marks, theme, wrapping
from analysis.draw.labels import say
from analysis.draw.theme import Figure

MOST = 4  # surfaces side by side


def _plans(table: pd.DataFrame) -> list[str]:
    """The names of plans: their regions, with years where a region has several."""
    names = table["region"].where(table["region"].notna(), table["plan_id"]).astype(str)
    several = names.duplicated(keep=False)
    years = [
        f" {int(y)}" if many and not pd.isna(y) else "" for y, many in zip(table["plan_year"], several, strict=True)
    ]
    return [name + year for name, year in zip(names, years, strict=True)]


@marks.drawing
def pmc_index(frame: pd.DataFrame, title: str | None = None, lang: str = "zh", **context: Any) -> Figure:
    """Plans × first-level variables as a heat map, the index and its grade at the right; `limit` (40) plans."""
    table = frame.head(context.get("limit") or 40)
    firsts = [c for c in table.columns if str(c).startswith("X") and str(c)[1:].isdigit()]
    mark = "\n" if lang == "zh" else " "  # English names are too wide for a column: they are turned
    names = {first: name.replace("\n", mark) for first, name in labels.pmc_variables(lang).items()}
    cut = say(lang, f"；前 {len(table)} 份，共 {len(frame)} 份", f"; {len(table)} of {len(frame)} plans")
    context.setdefault(
        "subtitle",
        say(
            lang,
            f"各一级变量得分（0–1），右为 PMC 指数与等级（{_cut_offs(lang)}）",
            f"Score of each first-level variable (0–1); right: PMC index and grade ({_cut_offs(lang)})",
        )
        + (cut if len(table) < len(frame) else ""),
    )
    heads = [*(names.get(c, c) for c in firsts), say(lang, "指数", "Index"), say(lang, "等级", "Grade")]
    rows = [wrapping.shorten(name, 14) for name in _plans(table)]
    scores = table[firsts].to_numpy(dtype=float)
    values = np.hstack([scores, np.full((len(table), 2), np.nan)])
    grades = [labels.name("common/pmc_grades", grade, lang) for grade in table["grade"]]
    right = [[f"{i:.2f}", grade] for i, grade in zip(table["index"], grades, strict=True)]
    left = marks.texts(scores, lambda v: f"{v:.2f}")
    cell = 6.3 / len(heads)
    fig, axes = theme.figure(theme.WIDTH, 0.26 * len(rows) + marks.head_height(heads, cell, 8), title, **context)
    texts = np.hstack([left, np.array(right, dtype=object)])
    marks.heat(axes, values, rows, heads, texts, limits=(0, 1.2), fontsize=7.5)
    marks.heads(axes, heads, cell, 8)
    marks.embolden(axes, context.get("region"))
    for (i, row), (j, first) in ((a, b) for a in enumerate(table.to_dict("records")) for b in enumerate(firsts)):
        name = areas.called(f"{rows[i]} · {heads[j]}", texts[i, j])
        areas.opens(axes, (j, i + 1, j + 1, i), frames.ids(row, f"ids_{first}"), name)
    return fig


def _cut_offs(lang: str) -> str:
    rows = lexicon.table("common/pmc_grades")
    return say(lang, "，", ", ").join(f"{row[lang]} ≥{row['least']}" for row in rows[:-1])


@marks.drawing
def pmc(frame: pd.DataFrame, title: str | None = None, lang: str = "zh", **context: Any) -> Figure:
    """The multi-input-output table: second-level variables in rows, 1 blue and 0 white, a ring where one was judged by hand.

    One plan: its variables in one column a group. Several: the share of plans that earn each variable, as bars.
    """
    own = frame[frame["region"].eq(context["region"])] if context.get("region") else frame
    if own.empty:
        return marks.silent("no_region", title, lang, **theme.known(context))
    rows = {row["id"]: row for row in lexicon.table("common/pmc")}
    n = own["plan_id"].nunique()
    means = own.groupby("variable", sort=False)["value"].mean()
    order = [code for code in rows if code in means.index]
    judged = set(own.loc[own["override"].notna(), "variable"])
    context.setdefault(
        "subtitle",
        say(
            lang,
            f"得到各二级变量的文件占比（%），{n} 份文件；* 有人工改判",
            f"Share of plans that earn each second-level variable (%), {n} plans; * judged by hand",
        ),
    )
    half = _halves([rows[code]["first"] for code in order])
    parts = [order[:half], order[half:]]
    fig = theme.canvas(theme.WIDTH, 0.2 * max(map(len, parts)) + 0.3, title, **context)
    for at, part in enumerate(parts, 1):
        axes = fig.add_subplot(1, 2, at)
        axes.tick_params(labelfontfamily=theme.FAMILY, labelsize=8)
        names = [
            f"{_first(rows[c], lang, c == part[0] or rows[part[k - 1]]['first'] != rows[c]['first'])}{wrapping.shorten(rows[c][lang], 12)}{' *' if c in judged else ''}"
            for k, c in enumerate(part)
        ]
        texts = [f"{100 * means[c]:.0f}" for c in part]
        hues = [theme.SUBJECT if int(rows[c]["first"][1:]) % 2 else "#7fb2d9" for c in part]
        earned = [own[own["variable"].eq(c) & own["value"].eq(1)] for c in part]
        marks.bars(axes, names, [float(means[c]) for c in part], hues, texts, opens=earned)
        axes.set_xlim(0, 1.2)
    return fig


def _first(row: dict[str, str], lang: str, is_first: bool) -> str:
    return f"{row['first']} {wrapping.shorten(row[f'first_{lang}'], 9)} · " if is_first else ""


def _halves(firsts: list[str]) -> int:
    """Where a list of groups is parted so that no group is and both halves are about equally long."""
    cuts = [at for at in range(1, len(firsts)) if firsts[at] != firsts[at - 1]] or [len(firsts)]
    return min(cuts, key=lambda at: abs(at - len(firsts) / 2))


@marks.drawing
def pmc_surface(frame: pd.DataFrame, title: str | None = None, lang: str = "zh", **context: Any) -> Figure:
    """The PMC matrix (3 × 3, with its numbers) over the PMC surface, for `region` or the first plans (four at most)."""
    own = frame[frame["region"].eq(context["region"])] if context.get("region") else frame
    if own.empty:
        return marks.silent("no_region", title, lang, **theme.known(context))
    ordered = (
        own.sort_values(["plan_year", "plan_id"], na_position="last", kind="stable") if context.get("region") else own
    )
    ids = list(dict.fromkeys(ordered["plan_id"]))[: min(context.get("limit") or MOST, MOST)]
    heads = _plans(own.drop_duplicates("plan_id").set_index("plan_id", drop=False).loc[ids])
    context.setdefault(
        "subtitle",
        say(
            lang,
            "上：PMC 矩阵（X1–X9 得分）；下：PMC 曲面，凹处为薄弱变量；X10 不入矩阵",
            "Above: PMC matrix (scores of X1–X9); below: PMC surface, hollows are weak variables; X10 is left out",
        ),
    )
    fig = theme.canvas(theme.WIDTH, 4.6 if len(ids) < 3 else 3.9, title, **context)
    grid = fig.add_gridspec(2, len(ids), height_ratios=[1.0, 1.55])
    for at, (code, head) in enumerate(zip(ids, heads, strict=True)):
        part = own[own["plan_id"].eq(code)]
        matrix = part.pivot(index="row", columns="column", values="value").to_numpy(dtype=float)
        above = fig.add_subplot(grid[0, at])
        _matrix(above, matrix, head, lang, len(ids))
        for cell in part.to_dict("records"):
            box = (cell["column"] - 1, cell["row"], cell["column"], cell["row"] - 1)
            areas.opens(above, box, frames.ids(cell, "ids"), areas.called(cell["first"], f"{cell['value']:.2f}"))
        _surface(fig.add_subplot(grid[1, at], projection="3d"), matrix)
    return fig


def _matrix(axes: Any, matrix: np.ndarray, head: str, lang: str, n: int) -> None:
    names = {first: name.split("\n")[-1] for first, name in labels.pmc_variables(lang).items()}
    ems = 7.0 if n == 1 else 22 / n
    texts = np.array(
        [[f"X{3 * i + j + 1} {wrapping.shorten(names.get(f'X{3 * i + j + 1}', ''), ems)}\n{matrix[i, j]:.2f}" for j in range(3)] for i in range(3)],
        dtype=object,
    )  # fmt: skip
    marks.heat(axes, matrix, ["", "", ""], ["", "", ""], texts, limits=(0, 1.1), fontsize=8.5 if n < 3 else 7)
    axes.set_title(wrapping.shorten(head, 40 / n), fontsize=9.5, fontweight="bold", loc="left")


def _surface(axes: Any, matrix: np.ndarray) -> None:
    """The matrix as a surface over its rows and columns, corner to corner, with a point at each variable."""
    across, down = np.meshgrid(np.arange(1, 4), np.arange(1, 4))
    fine = np.linspace(1, 3, 25)
    smooth = np.stack([np.interp(fine, [1, 2, 3], row) for row in matrix])
    smooth = np.stack([np.interp(fine, [1, 2, 3], column) for column in smooth.T], axis=1)
    x, y = np.meshgrid(fine, fine)
    axes.plot_surface(
        x, y, smooth, cmap=theme.SEQUENTIAL, vmin=-0.1, vmax=1.05, linewidth=0, antialiased=True, alpha=0.95
    )
    axes.plot_wireframe(across, down, matrix, color=theme.INK, linewidth=0.5)
    axes.scatter(across.ravel(), down.ravel(), matrix.ravel(), color=theme.INK, s=8, depthshade=False)
    for (i, j), value in np.ndenumerate(matrix):
        axes.text(j + 1, i + 1, value + 0.07, f"X{3 * i + j + 1}", fontsize=7, ha="center", color=theme.INK)
    axes.set(xticks=[1, 2, 3], yticks=[1, 2, 3], zlim=(0, 1.1), zticks=[0, 0.5, 1])
    axes.set_xlim(0.9, 3.1)
    axes.set_ylim(3.1, 0.9)
    axes.tick_params(labelsize=7, pad=-2, labelfontfamily=theme.FAMILY)
    axes.view_init(elev=26, azim=-60)
    axes.set_box_aspect((1, 1, 0.62), zoom=1.15)
