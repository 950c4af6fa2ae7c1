"""What the ledger adds up to: counts, answers beside their promises, targets that moved, promises made again and again."""

from __future__ import annotations

import pandas as pd

from analysis import frames
from analysis.trace import pairs

MOVES = [
    "region", "plan_year", "metric_id", "indicator_id", "indicator", "unit", "promised", "reported", "renewed", "outcome",
    "renewal", "ids", "ids_promised", "ids_reported", "ids_renewed",
]  # fmt: skip
_TOLD = (
    "reported missed", "lowered", "dropped", "unreported", "not found", "named", "raised", "kept", "repeated",
    "reported done",
)  # fmt: skip


def answers(promises: pd.DataFrame) -> pd.DataFrame:
    """The promises that later documents could answer, for reading: those that failed first.

    Returns: rows of the ledger with `promised` and `answer`, both sentences; the answer is the reported one, else the
        one promised anew, else the nearest where it may speak of the thing.
    """
    open_ = promises["outcome"].eq("unanswered")
    report, renewal, near = (promises[f"{k}_sentence"].astype(object) for k in ("report", "renewal", "near"))
    later = report.fillna(renewal).fillna(near.where(promises["outcome"].isin(["named", "not found"])))
    told = promises.assign(promised=promises["sentence"], answer=later, ids_answer=answering(promises))[~open_]
    rank = told["outcome"].map(_TOLD.index)
    return (
        told.assign(_rank=rank, _unknown=told["indicator_id"].isna())
        .sort_values(["_rank", "_unknown", "region", "plan_year", "start"], kind="stable", ignore_index=True)
        .drop(columns=["_rank", "_unknown"])
    )


def answering(promises: pd.DataFrame, told: str = "sentence") -> list[list[str]]:
    """For each promise the id of what answers it by its `told` (sentence, value): the report, else the promise anew."""
    parts = (_known(promises.where(promises[f"{kind}_{told}"].notna()), f"{kind}_id") for kind in ("report", "renewal"))
    return [report or renewal for report, renewal in zip(*parts, strict=True)]


def moves(promises: pd.DataFrame) -> pd.DataFrame:
    """The numeric targets that were reported on or set anew with another value, those of the codebook first.

    Returns: region, plan_year, indicator_id, indicator, unit, promised, reported, renewed (each a value in the target's
        unit), outcome, renewal; the `ids` of all three numbers, and of each in ids_promised, ids_reported and ids_renewed.
        Of an indicator that a place states twice the first counts.
    """
    own = promises[promises["promise"].eq("target") & promises["value"].notna()]
    told = own[own["report_value"].notna() | own["renewal_value"].notna()]
    named = told.assign(
        promised=told["value"],
        reported=told["report_value"],
        renewed=told["renewal_value"],
        _unknown=told["indicator_id"].isna(),
        ids=_known(told, "metric_id", "report_id", "renewal_id"),
        ids_promised=_known(told, "metric_id"),
        ids_reported=_known(told, "report_id"),
        ids_renewed=_known(told, "renewal_id"),
    )
    first = named.sort_values(["_unknown", "region", "plan_year", "start"], kind="stable")
    return first.drop_duplicates(["region", "plan_year", "indicator", "unit"])[MOVES].reset_index(drop=True)


def _known(promises: pd.DataFrame, *columns: str) -> list[list[str]]:
    """For each promise the ids that it has in these columns."""
    held = promises.reindex(columns=list(columns)).to_numpy(dtype=object)
    return [[key for key in row if isinstance(key, str) and key] for row in held]


def counts(promises: pd.DataFrame, by: str = "domain") -> pd.DataFrame:
    """A row a group and outcome: sector, by, outcome, n, share (of the group's promises), their ids."""
    keys = [name for name in ("sector", by) if name in promises]
    found = promises.groupby([*keys, "outcome"], dropna=False).size().rename("n").reset_index()
    found["share"] = (found["n"] / found.groupby(keys, dropna=False)["n"].transform("sum")).round(6)
    own = [frames.ids(part) for _, part in promises.groupby([*keys, "outcome"], dropna=False)]
    return found.assign(ids=pd.Series(own, index=found.index, dtype=object))


def streaks(promises: pd.DataFrame, least: int = 3) -> pd.DataFrame:
    """A row a promise made again year after year: region, indicator, sentence, from_year, n_years, plan_ids.

    Args: least: years running from which it is told. Where there is none, `attrs` tell the reason.
    """
    by_id = {key: row for row in pairs.rows(promises) for key in [row["metric_id"] or row["item_id"]]}
    again = {key: row["renewal_id"] for key, row in by_id.items() if row["renewal"] in ("repeated", "kept")}
    rows = []
    for first in sorted(set(by_id) - set(again.values())):
        chain = [first]
        while chain[-1] in again and again[chain[-1]] in by_id:
            chain.append(again[chain[-1]])
        n_years = len(chain) + (chain[-1] in again)
        if n_years >= least:
            rows.append((*(by_id[first][c] for c in ("region", "indicator", "sentence", "year")), n_years, chain))
    columns = ["region", "indicator", "sentence", "from_year", "n_years", "ids"]
    found = pd.DataFrame(rows, columns=columns).sort_values(
        ["n_years", "region"], ascending=[False, True], ignore_index=True
    )
    most = promises.groupby(["region", "sector"])["plan_year"].nunique().max()
    found.attrs["reason"] = "no_streak" if most >= least else "few_years"
    return found
