"""What a decision maker reads first: one finding, three priorities, numbers beside peers and nation, gaps, promises, tasks."""

from __future__ import annotations

import re
from typing import Any

import pandas as pd

from analysis import frames, regions, trace
from analysis.brief import labels
from analysis.describe import base
from analysis.describe.said import Said, cited
from analysis.frames import Corpus

# what a reader wants to know first of promises: those not met, those changed, those without a word, those met
_OUTCOMES = ("reported missed", "dropped", "lowered", "raised", "reported done", "kept", "repeated")


# names of paragraphs that announce aims or address the audience: what is to be done is told elsewhere
_ANNOUNCES = re.compile(
    r"目标(?:是|为|如下)?$|目标(?:是|为)?[：:]|指导思想|总体要求|上述|开局之年|综合考虑|各位代表|同志们"
)
_STRONG = ("binding", "quantified", "concrete")  # wordings that name something to be delivered, the strongest first
QUOTES = 3  # numbers of a task that are listed


def lead(
    region: str | None, year: int | None, priorities: pd.DataFrame, lacking: pd.DataFrame, answered: pd.DataFrame,
    tasks: pd.DataFrame, lang: str = "zh",
) -> str:  # fmt: skip
    """The sentence above all: what comes first, and what a reader should worry about; empty without priorities."""
    if priorities.empty:
        return ""
    first = priorities.head(3)
    named = [labels.value("domain", d, lang, b) for d, b in zip(first["domain"], first["codebook"], strict=True)]
    if lang == "en":
        named = [base.inside(name) for name in named]
    missed = answered[answered["outcome"].eq("reported missed")] if len(answered) else answered
    unowned = len(tasks) > 0 and bool(tasks["no_owner"].all())
    worries = [
        (len(missed), missed, "此前承诺有 {} 项未完成", "{} earlier promises were missed"),
        (len(lacking), lacking, "同类多数提出的指标有 {} 项没有提", "{} targets that most peers state are missing"),
        (unowned, tasks, "{} 项任务都没有写明牵头单位", "none of the {} tasks names an owner"),
    ]  # fmt: skip
    told = [pair[lang != "zh"].format(cited(len(rows), rows)) for holds, rows, *pair in worries if holds]
    if lang == "zh":
        return Said(
            f"{region}{f'{year}年' if year else ''}把{base.join(named, lang)}摆在最前"
            + "".join(f"；{t}" for t in told)
            + "。"
        )
    return Said(
        f"{regions.printed(region or '', lang)} puts {base.join(named, lang)} first{f' in {year}' if year else ''}"
        + "".join(f"; {t}" for t in told)
        + "."
    )


def first(
    priorities: pd.DataFrame, emphasis: pd.DataFrame, tasks: pd.DataFrame, region: str | None, n: int = 3
) -> pd.DataFrame:
    """The `n` first priorities: how much is written of each, here and by the peers, and its most solid task.

    Returns: domain, codebook, own_share, peers_share (the others' median), n_items, task, item_id, and in ids,
        ids_own_share and ids_peers_share what the numbers were counted from.
    """
    columns = ["domain", "codebook", "own_share", "peers_share", "n_items", "task", "item_id", "ids", "ids_own_share",
               "ids_peers_share"]  # fmt: skip
    is_own = emphasis["region"].isin([region])
    own = emphasis[is_own].set_index("domain")["share"] if len(emphasis) else pd.Series(dtype=float)
    others = emphasis[~is_own].groupby("domain")["share"].median() if len(emphasis) else own
    best = (
        solid(tasks, len(tasks), each=len(tasks)).drop_duplicates("domain").set_index("domain") if len(tasks) else tasks
    )
    rows = [
        {
            "domain": row["domain"], "codebook": row["codebook"], "own_share": own.get(row["domain"]),
            "peers_share": others.get(row["domain"]), "n_items": row["n_items"], "ids": row.get("ids", []),
            "ids_own_share": frames.ids(emphasis[is_own & emphasis["domain"].eq(row["domain"])]),
            "ids_peers_share": frames.ids(emphasis[~is_own & emphasis["domain"].eq(row["domain"])]),
            **({name: best.loc[row["domain"], name] for name in ("task", "item_id")} if row["domain"] in best.index else {}),
        }
        for row in priorities.head(n).to_dict("records")
    ]  # fmt: skip
    return pd.DataFrame(rows, columns=columns)


def five(standing: pd.DataFrame, region: str | None, n: int = 5, lang: str = "zh") -> pd.DataFrame:
    """The region's numbers beside the peers' and the nation's that tell most, at most `n`.

    Rates and means, which large and small places share, before totals; then those that most others state, then those
    furthest from the peers.
    Returns: rows of `beside` with `gap`, the distance to the peers' median as a reader reads it.
    """
    held = beside(standing, region, lang)
    far = (
        (held["distance"] / held["peers_median"].abs().where(held["peers_median"].ne(0))).abs().astype(float).fillna(0)
    )
    order = held.assign(_total=~held["is_relative"].astype(bool), _few=-held["n"], _near=-far)
    best = order.sort_values(["_total", "_few", "_near"], kind="stable").head(n)
    gaps = [_gap(row, lang) for row in best.to_dict("records")]
    return best.assign(gap=gaps).drop(columns=["_total", "_few", "_near"]).reset_index(drop=True)


def _gap(row: dict[str, Any], lang: str) -> str:
    distance = row["distance"]
    if not isinstance(distance, float) or distance != distance:
        return ""
    if round(distance, 2) == 0:
        return labels.pick(("持平", "equal"), lang)
    far, sign = abs(round(distance, 2)), "+" if distance > 0 else "−"
    if row["unit"] == "%":
        return f"{sign}{labels.number(far)} {labels.pick(('个百分点', 'points'), lang)}"
    return sign + _with_unit(far, row["unit"], lang)


def lacking(targets: pd.DataFrame, region: str | None, least: float = 0.5) -> pd.DataFrame:
    """Indicators that at least this share of the other regions state in numbers and the region does not.

    Returns: a row an indicator: `n_regions` that state it, and the `example` of the median one with its number.
    """
    said = targets[targets["state"].eq("stated")]
    own = targets[targets["region"].isin([region]) & targets["state"].isin(["stated", "stated_in_words"])]
    others = said[~said["region"].isin([region])]
    n_others = len(set(targets["region"].dropna()) - {region})
    rows = []
    for code, part in others.groupby("indicator_id", sort=True):
        if code in set(own["indicator_id"]) or len(part) < max(1.0, least * n_others):
            continue
        middle = part.sort_values("value", kind="stable").iloc[(len(part) - 1) // 2]
        stated = {"n_regions": part["region"].nunique(), "ids_n_regions": frames.ids(part)}
        rows.append({**middle.to_dict(), "example": middle["region"], **stated})
    found = pd.DataFrame(rows, columns=[*targets.columns, "example", "n_regions", "ids_n_regions"])
    return found.sort_values(["n_regions", "indicator_id"], ascending=[False, True], ignore_index=True)


def shared(targets: pd.DataFrame, region: str | None) -> pd.DataFrame:
    """The rows of the indicators that the region states in numbers: what its standing among the others is told from."""
    own = targets["region"].isin([region]) & targets["state"].eq("stated")
    found = targets[targets["indicator_id"].isin(targets.loc[own, "indicator_id"])]
    found.attrs.update(targets.attrs)
    return found


def largest(emphasis: pd.DataFrame, region: str | None, n: int = 8) -> pd.DataFrame:
    """The rows of the `n` known domains that a region writes most about, all regions' rows of them."""
    own = emphasis[emphasis["region"].isin([region]) & emphasis["domain"].ne("unknown")]
    kept = own.sort_values("share", ascending=False, kind="stable")["domain"].head(n)
    return emphasis[emphasis["domain"].isin(kept)]


def beside(standing: pd.DataFrame, region: str | None, lang: str = "zh") -> pd.DataFrame:
    """The region's numbers that another region or the nation states too, the most shared first.

    Returns: rows of standing with `place` (its rank among how many), `peers` (their median) and `nation` (its value and
        the year of it) as a reader reads them; `ids_place` and `ids_peers` are the numbers that it stands among.
    """
    own = standing[standing["region"].isin([region]) & (standing["n"].ge(2) | standing["national"].notna())]
    own = own.sort_values(["n", "indicator_id"], ascending=[False, True], kind="stable", ignore_index=True)
    rows = own.to_dict("records")
    among = [standing[standing["indicator_id"].eq(row["indicator_id"])] for row in rows]
    return own.assign(
        ids_place=[frames.ids(part) if len(part) > 1 else [] for part in among],
        ids_peers=[frames.ids(part[~part["region"].isin([region])]) for part in among],
        place=[f"{row['rank']} / {row['n']}" if row["n"] > 1 else "" for row in rows],
        peers=["" if row["n"] < 2 else _with_unit(row["peers_median"], row["unit"], lang) for row in rows],
        nation=[
            ""
            if pd.isna(row["national"])
            else f"{_with_unit(row['national'], row['unit'], lang)} ({row['national_year']})"
            for row in rows
        ],
    )


def _with_unit(value: float, unit: str | None, lang: str) -> str:
    return labels.amount({"value": value, "unit": unit}, lang)


def answered(ledger: pd.DataFrame, n: int = 8, lang: str = "zh") -> pd.DataFrame:
    """The promises that a later document answers, at most `n`: missed, dropped, changed, met.

    Of each outcome those come first that the codebook knows. A dropped promise counts only when the codebook knows it:
    of others silence says little.
    Returns: rows of the ledger with `promised`, the number as promised, and `answer`, the one reported, else the one
        promised anew.
    """
    numbers = ledger[ledger["promise"].eq("target") & ledger["outcome"].isin(_OUTCOMES)]
    numbers = numbers[numbers["indicator_id"].notna() | numbers["outcome"].ne("dropped")]
    later = numbers["report_value"].fillna(numbers["renewal_value"])
    told = numbers.assign(
        promised=[_with_unit(v, u, lang) for v, u in zip(numbers["value"], numbers["unit"], strict=True)],
        answer=["" if pd.isna(v) else _with_unit(v, u, lang) for v, u in zip(later, numbers["unit"], strict=True)],
        ids_answer=trace.answering(numbers, "value"),
        _first=numbers["outcome"].map(_OUTCOMES.index),
        _unknown=numbers["indicator_id"].isna(),
    )
    each = told.sort_values(["_first", "_unknown", "start"], kind="stable")
    turn = each.groupby("outcome").cumcount()
    kept = each.assign(_turn=turn).sort_values(["_turn", "_first"], kind="stable").head(n)
    return kept.sort_values(["_first", "_unknown", "start"], kind="stable").drop(
        columns=["_first", "_unknown", "_turn"]
    ).reset_index(drop=True)  # fmt: skip


def solid(tasks: pd.DataFrame, n: int = 10, each: int = 1, lang: str = "zh") -> pd.DataFrame:
    """The tasks that name something to deliver, an owner, a deadline or a number, at most `n`.

    What only announces aims is left out. Of one domain at most `each` are taken before others had their turn.
    Returns: rows of `ranked` whose `indicators` name at most three numbers.
    """
    named = ranked(tasks)
    named = named[(named["n_gaps"].lt(3) | named["commitment"].isin(_STRONG)) & ~_announced(named)]
    turn = named.groupby("domain", dropna=False).cumcount() // max(each, 1)
    chosen = named.assign(_turn=turn).sort_values("_turn", kind="stable").head(n).drop(columns="_turn")
    return chosen.assign(indicators=[_few_quotes(quotes, lang) for quotes in chosen["indicators"]]).reset_index(
        drop=True
    )


def ranked(tasks: pd.DataFrame) -> pd.DataFrame:
    """All tasks, those that say most of what is to be delivered first.

    Tasks due in the plan's years come before later ones, those that name most of owner, deadline and number first,
    stronger wordings before weaker; what only announces aims comes last.
    """
    order = tasks.assign(
        _aims=_announced(tasks),
        _late=[
            _year(due) > (9999 if pd.isna(year) else year)
            for due, year in zip(tasks["deadline"], tasks["plan_year"], strict=True)
        ],
        _weak=tasks["commitment"].map({code: at for at, code in enumerate(_STRONG)}).fillna(len(_STRONG)),
    )
    keys = ["_aims", "_late", "n_gaps", "_weak", "plan_id", "number"]
    return order.sort_values(keys, kind="stable").drop(columns=[*keys[:2], "_weak"]).reset_index(drop=True)


def _announced(tasks: pd.DataFrame) -> pd.Series:
    return tasks["task"].fillna("").astype("str").str.contains(_ANNOUNCES)


def _year(due: object) -> int:
    found = re.match(r"\d{4}", due) if isinstance(due, str) else None
    return int(found.group()) if found else 0


def _few_quotes(quotes: str, lang: str) -> str:
    held = [quote for quote in quotes.split("；") if quote]
    rest = labels.pick((f"等 {len(held)} 项", f" … ({len(held)} in all)"), lang)
    return "；".join(held[:QUOTES]) + (rest if len(held) > QUOTES else "")


def unread(corpus: Corpus, chosen: pd.DataFrame, metrics: pd.DataFrame, lang: str = "zh") -> list[str]:
    """What could not be read of these plans, a sentence each: files, places and years, numbers without a known indicator.

    Args: chosen, metrics: the plans that the page is about and their numbers.
    """
    failed = corpus.problems[corpus.problems["severity"].eq("error")]["source_path"].nunique()
    targets = metrics[metrics["status"].eq("target")]
    strange = targets[targets["indicator_id"].isna()]
    odd = corpus.checks[corpus.checks["plan_id"].isin(chosen["plan_id"])]
    unplaced = corpus.plans[corpus.plans["region"].isna()]
    nowhere, disagree = cited(len(unplaced), unplaced[["plan_id"]]), cited(len(odd), odd)
    n, k = cited(len(targets), targets), cited(len(strange), strange)
    said = [
        (failed, f"{failed} 个文件没有读出来。", f"{failed} files could not be read."),
        (len(unplaced), f"{nowhere} 份文件认不出地区，没有参加比较。", f"Of {nowhere} documents the region is not known; they are not compared."),
        (len(strange), f"{n} 个目标数字中有 {k} 个不在指标表里，未与他地比较。",
         f"{k} of {n} target numbers belong to no indicator of the codebook and are not compared."),
        (len(odd), f"有 {disagree} 处数字前后不一，见指标报告。", f"{disagree} figures disagree with another; see the report on targets."),
    ]  # fmt: skip
    return [Said(pair[lang != "zh"]) for holds, *pair in said if holds]
