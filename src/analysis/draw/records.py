"""Figures of documents, tasks and peers."""

from __future__ import annotations

from typing import Any

import numpy as np
import pandas as pd

from analysis import frames
from analysis.draw import areas, marks, theme, wrapping
from analysis.draw.labels import say
from analysis.draw.theme import Figure

_NOISE = {
    "ads": ("广告", "Adverts"),
    "nav": ("导航", "Navigation"),
    "masked": ("遮蔽", "Masked"),
    "run_on": ("断行丢失", "Lines lost"),
    "truncated": ("中断", "Cut off"),
    "fragment": ("残篇", "Fragment"),
    "broken_numbering": ("编号错乱", "Numbering"),
    "converted_terms": ("词语转换", "Converted"),
}
_FACTS = {
    "title": ("标题", "title"),
    "issuer": ("发文机关", "issuer"),
    "region": ("地区", "region"),
    "plan_year": ("年份", "year"),
    "written": ("成文日期", "date"),
}


@marks.drawing
def quality(frame: pd.DataFrame, title: str | None = None, lang: str = "zh", **context: Any) -> Figure:
    """Damage families by document (up to 40), or how many documents have each where there are more."""
    families = [f for f in _NOISE if f in frame.columns]
    if len(frame) > 40:
        return _counts(frame, families, title, lang, context)
    context.setdefault(
        "subtitle",
        say(
            lang,
            f"每行一份文件：损坏类型，缺失的事实、修复、遮蔽各几处；{len(frame)} 份文件",
            f"A row a document: kinds of damage, numbers of facts missing, repairs and masks; {len(frame)} documents",
        ),
    )
    columns = [
        *(say(lang, *_NOISE[f]) for f in families),
        say(lang, "缺失事实", "Missing"),
        say(lang, "修复", "Repairs"),
        say(lang, "遮蔽处", "Masks"),
    ]
    flags = frame[families].to_numpy(dtype=float)
    counts = frame[["n_missing", "n_repairs", "n_masks"]].to_numpy(dtype=float)
    values = np.hstack([flags, np.full(counts.shape, np.nan)])
    texts = np.hstack([np.where(flags > 0, "●", ""), marks.texts(counts, lambda v: f"{v:.0f}")])
    rows = [wrapping.shorten(_document(row), 22) for row in frame.to_dict("records")]
    cell = (7.6 - 3.0) / len(columns)
    fig, axes = theme.figure(7.6, 0.26 * len(rows) + marks.head_height(columns, cell, 8.5), title, **context)
    marks.heat(axes, values, rows, columns, texts, theme.SEQUENTIAL, (0, 1.6), line=theme.PALE)
    marks.heads(axes, columns, cell, 8.5)
    for at, row in enumerate(frame.to_dict("records")):
        areas.opens(axes, (0, at + 1, len(columns), at), row, rows[at])
    return fig


def _document(row: dict[Any, Any]) -> str:
    title = str(row.get("title") or "")
    parts = [p for p in (row.get("region"), row.get("plan_year")) if str(p) not in title] + [row.get("title")]
    return " ".join(str(p) for p in parts if p is not None and not pd.isna(p)) or str(row["plan_id"])


def _counts(frame: pd.DataFrame, families: list[str], title: str | None, lang: str, context: dict[str, Any]) -> Figure:
    damage = {say(lang, *_NOISE[f]): int(frame[f].sum()) for f in families}
    lacking = frame["missing"].explode().value_counts()
    facts = {say(lang, "缺", "No ") + say(lang, *_FACTS[f]): int(lacking.get(f, 0)) for f in _FACTS}
    every = [(k, v, hue) for held, hue in ((damage, theme.SUBJECT), (facts, theme.ACCENT)) for k, v in held.items()]
    rows = sorted((row for row in every if row[1]), key=lambda row: (row[2] != theme.SUBJECT, -row[1]))
    none = say(lang, "、", ", ").join(k for k, v, _ in every if not v)
    measure = say(
        lang,
        f"有此情况的文件数，共 {len(frame)} 份；蓝：损坏，橙：缺失的事实",
        f"Documents affected, of {len(frame)}; blue: damage, orange: facts missing",
    )
    context.setdefault("subtitle", measure + (say(lang, f"；没有文件：{none}", f"; in none: {none}") if none else ""))
    fig, axes = theme.figure(7.6, 0.26 * max(len(rows), 1) + 0.2, title, **context)
    if not rows:
        axes.set_axis_off()
        return fig
    marks.bars(
        axes,
        [k for k, _, _ in rows],
        [float(v) for _, v, _ in rows],
        [h for _, _, h in rows],
        [str(v) for _, v, _ in rows],
    )
    return fig


@marks.drawing
def tasks(frame: pd.DataFrame, title: str | None = None, lang: str = "zh", **context: Any) -> Figure:
    """The first `limit` (12) rows of a 任务分解表 as a table of words; — marks what the plan does not say."""
    limit = context.get("limit") or 12
    rows = [
        [
            str(row["number"]),
            str(row["task"]),
            row["lead"] or "—",
            "—" if pd.isna(row["deadline"]) else str(row["deadline"]),
            wrapping.shorten(row["indicators"], 60) or "—",
        ]
        for row in frame.head(limit).to_dict("records")
    ]
    heads = say(lang, "序号|任务|牵头单位|时限|指标", "No.|Task|Lead|Deadline|Targets").split("|")
    widths = [0.4, 2.5, 1.3, 0.9, 2.4]
    context.setdefault(
        "subtitle", say(lang, f"前 {len(rows)} 项，共 {len(frame)} 项", f"{len(rows)} of {len(frame)} tasks")
    )
    fig, axes = theme.figure(7.6, marks.table_height(rows, widths), title, **context)
    marks.table(axes, heads, rows, widths)
    return fig


_GAPS = {
    "no_owner": ("无牵头单位", "No owner"),
    "no_deadline": ("无时限", "No deadline"),
    "no_number": ("无量化指标", "No number"),
}


@marks.drawing
def draft_check(frame: pd.DataFrame, title: str | None = None, lang: str = "zh", **context: Any) -> Figure:
    """How many tasks lack an owner, a deadline or a number, and how many lack none: bars over all rows."""
    total = int(frame["n"].sum())
    counts = [(say(lang, *_GAPS[g]), int(frame[g].sum())) for g in _GAPS]
    counts.append((say(lang, "三者俱全", "All three"), int(frame["n_complete"].sum())))
    context.setdefault("subtitle", say(lang, f"任务数，共 {total} 项", f"Tasks, of {total}"))
    fig, axes = theme.figure(7.6, 0.32 * len(counts) + 0.15, title, **context)
    hues = [theme.ACCENT] * len(_GAPS) + [theme.SUBJECT]
    texts = [f"{v}（{100 * v / total:.0f}%）" if lang == "zh" else f"{v} ({100 * v / total:.0f}%)" for _, v in counts]
    rows = [frames.ids(frame, f"ids_{name}") for name in (*_GAPS, "n_complete")]
    marks.bars(axes, [k for k, _ in counts], [float(v) for _, v in counts], hues, texts, opens=rows)
    return fig


@marks.drawing
def peers(frame: pd.DataFrame, title: str | None = None, lang: str = "zh", **context: Any) -> Figure:
    """The places most alike as bars of likeness, blue where the level is the same; `limit` (20) rows."""
    table = frame.head(context.get("limit") or 20)
    context.setdefault(
        "subtitle",
        say(
            lang,
            f"各领域篇幅分布的相似度（0–1），同级同省者在前；蓝：同级，灰：不同级；* 同省；{len(table)} 地",
            f"Likeness of attention (0–1), same level and province first; blue: same level, grey: another; * same province; "
            f"{len(table)} places",
        ),
    )
    fig, axes = theme.figure(7.6, 0.26 * len(table) + 0.2, title, **context)
    names = [f"{r}{' *' if same else ''}" for r, same in zip(table["region"], table["same_province"], strict=True)]
    hues = [theme.SUBJECT if same else theme.GREY for same in table["same_level"]]
    values = table["likeness"].astype("float64").fillna(0.0)
    marks.bars(axes, names, list(values), hues, [f"{v:.2f}" for v in values])
    return fig
