"""Figures of the attention that places give to domains."""

from __future__ import annotations

from typing import Any

import pandas as pd

from analysis.draw import areas, grids, labels, marks, theme
from analysis.draw.labels import say
from analysis.draw.theme import Figure

_LABELS = {"codebook", "domain", "n_items", "n_chars", "share", "low", "high"}


def group_column(frame: pd.DataFrame, known: set[str]) -> str:
    """The column that holds the groups: the first that is none of the known ones."""
    return next((c for c in frame.columns if c not in known), "region")


@marks.drawing
def emphasis(frame: pd.DataFrame, title: str | None = None, lang: str = "zh", **context: Any) -> Figure:
    """Shares of attention: bars with intervals for one group, a heat map domain × group for several."""
    by = group_column(frame, _LABELS)
    shown = frame.assign(label=_domains(frame, lang), **{by: [labels.group(by, v, lang) for v in frame[by]]})
    if shown[by].nunique() == 1:
        return _one(shown, title, lang, context)
    context.setdefault("subtitle", _measure(shown, by, lang))
    return _matrix(shown, by, title, lang, context)


def _domains(frame: pd.DataFrame, lang: str) -> list[str]:
    books = frame["codebook"] if "codebook" in frame.columns else [None] * len(frame)
    return [labels.domain(code, lang, book) for code, book in zip(frame["domain"], books, strict=True)]


def _measure(frame: pd.DataFrame, by: str, lang: str) -> str:
    n, items = frame[by].nunique(), int(frame["n_items"].sum())
    return say(
        lang,
        f"各领域所占篇幅（%），按平均份额排序，空白为没有写到；{n} {labels.kind(by, lang)}，{items} 个条目",
        f"Share of text by domain (%), sorted by mean share, blank: not written of; {n} {labels.kind(by, lang)}, "
        f"{items} items",
    )


def _matrix(shown: pd.DataFrame, by: str, title: str | None, lang: str, context: dict[str, Any]) -> Figure:
    wide = shown.pivot_table(index="label", columns=by, values="share", aggfunc="sum")
    wide = wide.loc[grids.by_size(wide.mean(axis=1), labels.rest(lang))]
    texts = marks.texts(100 * wide.to_numpy(dtype=float), lambda v: "" if v <= 0 else "<1" if v < 0.5 else f"{v:.0f}")
    return grids.crossed(100 * wide, texts, title, lang, context, opens=areas.keyed(shown, "label", by))[0]


def _sorted(table: pd.DataFrame, lang: str) -> pd.DataFrame:
    order = grids.by_size(table.set_index("label")["share"], labels.rest(lang))
    return table.set_index("label").loc[order].reset_index()


def _hues(names: pd.Series, lang: str) -> list[str]:
    rest = labels.rest(lang)
    return [theme.GREY if name in rest else theme.SUBJECT for name in names]


def _one(shown: pd.DataFrame, title: str | None, lang: str, context: dict[str, Any]) -> Figure:
    table = _sorted(shown[shown["share"] > 0], lang)
    items = int(table["n_items"].sum())
    measure = say(
        lang,
        f"各领域所占篇幅（%），柱下细线为 95% 区间；{items} 个条目",
        f"Share of text by domain (%), thin line below: 95% interval; {items} items",
    )
    context.setdefault("subtitle", measure)
    fig, axes = theme.figure(7.6, 0.27 * len(table) + 0.2, title, **context)
    texts = [f"{100 * share:.1f}" for share in table["share"]]
    marks.bars(
        axes,
        list(table["label"]),
        list(table["share"]),
        _hues(table["label"], lang),
        texts,
        (list(table["low"]), list(table["high"])),
        opens=table.to_dict("records"),
    )
    return fig


@marks.drawing
def emphasis_bars(frame: pd.DataFrame, title: str | None = None, lang: str = "zh", **context: Any) -> Figure:
    """One region's shares as bars with the others' median as a tick; `region` names it (the first where not given)."""
    by = group_column(frame, _LABELS)
    region = context.setdefault("region", sorted(frame[by].unique())[0])
    shown = frame.assign(label=_domains(frame, lang))
    own = _sorted(shown[shown[by].eq(region) & shown["share"].gt(0)], lang)
    own = own.head(context.get("limit") or len(own))
    if own.empty:
        return marks.silent("no_region", title, lang, **context)
    others = shown[shown[by].ne(region)].groupby("label")["share"].median()
    n = shown.loc[shown[by].ne(region), by].nunique()
    measure = say(
        lang,
        f"{region}各领域所占篇幅（%）；橙线为其余 {n} {labels.kind(by, lang)}的中位数，柱下细线为 95% 区间",
        f"{region}: share of text by domain (%); orange: median of {n} others; thin line below: 95% interval",
    )
    context.setdefault("subtitle", measure)
    fig, axes = theme.figure(7.6, 0.27 * len(own) + 0.2, title, **context)
    texts = [f"{100 * share:.1f}" for share in own["share"]]
    medians = list(own["label"].map(others).fillna(0))
    spans = (list(own["low"]), list(own["high"]))
    marks.bars(
        axes, list(own["label"]), list(own["share"]), _hues(own["label"], lang), texts, spans, medians if n else None,
        own.to_dict("records"),
    )  # fmt: skip
    return fig


@marks.drawing
def specialisation(frame: pd.DataFrame, title: str | None = None, lang: str = "zh", **context: Any) -> Figure:
    """Location quotients as a diverging heat map: blue above everybody's share, orange below."""
    by = group_column(frame, {*_LABELS, "total_share", "quotient", "symmetric"})
    shown = frame.assign(label=_domains(frame, lang))
    wide = shown.pivot_table(index="label", columns=by, values="quotient", aggfunc="first")
    wide = wide.reindex(grids.by_size(shown.groupby("label")["total_share"].first(), labels.rest(lang)))
    n = wide.shape[1]
    context.setdefault(
        "subtitle",
        say(
            lang,
            f"区位商：本地份额 ÷ 总体份额，1 为一致，– 为没有写到；{n} {labels.kind(by, lang)}",
            f"Location quotient: own share over everybody's; 1 is equal, – not written of; {n} {labels.kind(by, lang)}",
        ),
    )
    values = wide.to_numpy(dtype=float)
    texts = marks.texts(values, lambda v: "–" if v == 0 else f"{v:.1f}")
    told = wide.where(wide > 0)
    limits, rows = (-0.8, 0.8), areas.keyed(shown, "label", by)
    return grids.crossed((told - 1) / (told + 1), texts, title, lang, context, theme.DIVERGING, limits, opens=rows)[0]


@marks.drawing
def focus(frame: pd.DataFrame, title: str | None = None, lang: str = "zh", **context: Any) -> Figure:
    """How concentrated each group's attention is: bars of evenness, the most focused on top; the ends stand out."""
    by = group_column(frame, {"codebook", "entropy", "evenness", "herfindahl", "n_domains", "top", "top_share"})
    table = frame.sort_values("evenness", kind="stable")
    table = table.iloc[grids.ends(list(range(len(table))), context.get("limit") or grids.MOST)]
    n = len(frame)
    context.setdefault(
        "subtitle",
        say(
            lang,
            f"均匀度（0 集中于一个领域，1 平均用力）及篇幅最大的领域；{n} {labels.kind(by, lang)}",
            f"Evenness (0: one domain, 1: all alike) and the largest domain; {n} {labels.kind(by, lang)}",
        )
        + grids.cut(len(table), n, lang),
    )
    fig, axes = theme.figure(7.6, 0.25 * len(table) + 0.2, title, **context)
    tops = [labels.domain(d, lang, b) for d, b in zip(table["top"], table["codebook"], strict=True)]
    texts = [
        f"{e:.2f}  {top} {100 * s:.0f}%" for e, top, s in zip(table["evenness"], tops, table["top_share"], strict=True)
    ]
    names = list(table[by].astype(str))
    subjects = {context.get("region") or names[0], context.get("region") or names[-1]}
    hues = [theme.SUBJECT if name in subjects else theme.GREY for name in names]
    marks.bars(axes, names, list(table["evenness"]), hues, texts, opens=table.to_dict("records"))
    axes.set_xlim(0, 1.5)
    return fig
