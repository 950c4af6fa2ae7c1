"""The number of topics: a curve of what speaks for each, and the choice with its reason."""

from __future__ import annotations

import numpy as np
import pandas as pd

from analysis.cluster.matrix import TooFew, part
from analysis.cluster.model import top_terms
from analysis.cluster.quality import STABLE, Company, Plan, Trials, exclusivity, trials

GRID = (4, 6, 8, 10, 12, 15, 20)
ITEMS_A_TOPIC = 10  # fewer items a topic than this are not asked of the grid
SAMPLE = 20_000  # items by which the number of topics is chosen: ten numbers from ten starts take two minutes
MOST = 0.75  # share of topics that must come back; mean stability alone would always choose few and wide topics
SLIGHT = 0.01  # of coherence: less is seen by no reader
COLUMNS = [
    "n_topics", "coherence", "coherence_se", "npmi", "exclusivity", "stability", "stability_se", "n_stable", "gain",
    "perplexity", "chosen", "reason", "reason_en",
]  # fmt: skip


def grid(n_items: int) -> list[int]:
    """The numbers of topics that are tried for so many items."""
    return [k for k in GRID if k * ITEMS_A_TOPIC <= n_items] or [2]


def curve(plan: Plan, sizes: list[int], seed: int) -> tuple[pd.DataFrame, list[Trials]]:
    """A row a number of topics, what was fitted for each, and which is chosen.

    coherence is C_V over all fits of the number, coherence_se its standard error; stability the mean over topics of how
    much of them comes back, n_stable how many topics come back; gain and perplexity tell of items left out.
    """
    found = trials(plan, sizes, seed)
    company = Company(plan.matrix, [top_terms(t.model) for t in found] + [o.tops for t in found for o in t.others])
    frame = pd.DataFrame([_row(t, company) for t in found]).round(6)
    return frame.assign(chosen=np.arange(len(frame)) == _best(frame)), found


def _row(found: Trials, company: Company) -> dict[str, float]:
    tops = top_terms(found.model)
    every = [company.c_v(tops).mean(), *(company.c_v(trial.tops).mean() for trial in found.others)]
    return {
        "n_topics": len(found.model.terms),
        "coherence": float(np.mean(every)),
        "coherence_se": _error(every),
        "npmi": float(company.npmi(tops).mean()),
        "exclusivity": float(exclusivity(found.model, tops).mean()),
        "stability": float(found.stability.mean()),
        "stability_se": _error([float(trial.back.mean()) for trial in found.others]),
        "n_stable": int((found.stability >= STABLE).sum()),
        "gain": float(np.mean([trial.fit.gain for trial in found.others])),
        "perplexity": float(np.mean([trial.fit.perplexity for trial in found.others])),
    }


def _error(values: list[float]) -> float:
    """The standard error of a mean, 0 of a single value."""
    return float(np.std(values, ddof=1) / np.sqrt(len(values))) if len(values) > 1 else 0.0


def _best(frame: pd.DataFrame) -> int:
    """Of the numbers of which about three topics of four are stable (see _mostly), the smallest that is as coherent as
    the best of them, give or take a standard error or SLIGHT; else of those with the greatest share of stable topics.

    Source: the one-standard-error rule of Breiman et al. 1984, "Classification and regression trees".
    """
    share = frame["n_stable"] / frame["n_topics"]
    near = frame[_mostly(frame)] if _mostly(frame).any() else frame[share >= share.max()]
    best = near.loc[near["coherence"].idxmax()]
    return int(near.index[near["coherence"] >= best["coherence"] - max(best["coherence_se"], SLIGHT)][0])


def _mostly(frame: pd.DataFrame) -> pd.Series:
    """Whether MOST of the topics of each number are stable, give or take a standard error of such a share: one topic
    more or less that a sample upsets must not change the number."""
    slack = np.sqrt(MOST * (1 - MOST) / frame["n_topics"])
    return frame["n_stable"] / frame["n_topics"] >= MOST - slack


def reasoned(curve_: pd.DataFrame, is_asked: bool) -> pd.DataFrame:
    """The curve with the reason, in Chinese and English, beside the chosen number."""
    best = curve_[curve_["chosen"]].iloc[0]
    n, doubt = int(best["n_topics"]), int(best["n_topics"] - best["n_stable"])
    scores = f"稳定性 {best['stability']:.2f}，一致性 c_v {best['coherence']:.2f}"
    scores_en = f"stability {best['stability']:.2f}, coherence c_v {best['coherence']:.2f}"
    if not is_asked:
        is_most = bool(_mostly(curve_).loc[best.name])
        held = "约四分之三或更多主题稳定" if is_most else "稳定主题占比最高"
        held_en = (
            "of which about three topics of four or more are stable"
            if is_most
            else "with the greatest share of stable topics"
        )
        tried = "、".join(map(str, curve_["n_topics"]))
        reason = f"试了 {tried} 个主题：在{held}的数目中，{n} 个是一致性与最好者不相上下的最小数目（{scores}）"
        english = (
            f"of {tried.replace('、', ', ')} topics, {n} is the smallest number that is about as coherent as the best "
            f"among those {held_en} ({scores_en})"
        )
    else:
        reason, english = f"按要求取 {n} 个主题（{scores}）", f"{n} topics were asked for ({scores_en})"
    reason += f"；其中 {doubt} 个主题不稳定" if doubt else ""
    english += f"; {doubt} of them {'are' if doubt > 1 else 'is'} unstable" if doubt else ""
    said = [(reason, english) if is_chosen else (None, None) for is_chosen in curve_["chosen"]]
    return curve_.assign(reason=[zh for zh, _ in said], reason_en=[en for _, en in said])


def nothing(reason: TooFew) -> pd.DataFrame:
    """The curve where there is nothing to model, with the reason."""
    row = dict.fromkeys(COLUMNS[1:10], np.nan) | {"n_topics": 0, "chosen": True}
    return pd.DataFrame([row | {"reason": reason.zh, "reason_en": reason.en}])[COLUMNS]


def sampled(plan: Plan, seed: int) -> Plan:
    """The plan over the items by which the number is chosen: all, or SAMPLE of them."""
    n = plan.matrix.weights.shape[0]
    if n <= SAMPLE:
        return plan
    rows = np.sort(np.random.default_rng(seed).choice(n, SAMPLE, replace=False))
    return plan._replace(matrix=part(plan.matrix, rows), space=None if plan.space is None else plan.space[rows])
