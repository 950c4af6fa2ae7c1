"""All comparisons on one small corpus: whole, empty, of one region, of one year, lacking a column, run twice."""

from __future__ import annotations

import io
from collections.abc import Callable
from typing import Any, NamedTuple

import pandas as pd
import pytest

from analysis import compare, describe, frames
from analysis.compare import base
from analysis.frames import FrameError

DOMAINS = ("teachers", "safety", "preschool")


class Held(NamedTuple):
    """The frames of a corpus."""

    plans: pd.DataFrame
    items: pd.DataFrame
    metrics: pd.DataFrame
    terms: pd.DataFrame

    def only(self, kept: Callable[[pd.DataFrame], pd.Series]) -> Held:
        """The rows that a rule keeps, in every frame."""
        return Held(*(frame[kept(frame)].reset_index(drop=True) for frame in self))

    def without(self, name: str, column: str) -> Held:
        """The same frames, one of them without a column."""
        return self._replace(**{name: getattr(self, name).drop(columns=column)})


def corpus() -> Held:
    plans, items, metrics, terms = [], [], [], []
    for r, region in enumerate(("青禾县", "云溪县", "白石县", "大江县")):
        for year in (2028, 2029):
            plan = f"{region}{year}"
            plans.append({
                "plan_id": plan, "county": region, "province": "东省", "region_level": "county", "plan_year": year,
                "plan_until": year, "sector": "education", "is_plan": True, "doc_type": "work_points", "noise": [],
                "damage": 0.0, "title": "要点", "format": "txt", "n_chars": 90,
            })  # fmt: skip
            for k in range(9):
                item, domain = f"{plan}-{k}", DOMAINS[(k * (r + 1) + year) % 3]
                items.append({
                    "plan_id": plan, "item_id": item, "order": k, "domain": domain, "tense": "task", "start": 9 * k,
                    "text": f"办好第{k}件事，{domain}。" * (k + 1 + r), "heading": f"第{k}件事", "commitment": "concrete",
                    "instruments": [("talent", "pilot", "funding")[(k + r) % 3]], "stage": ("agenda", "implementation")[k % 2],
                    "lead_units": ["教育局"] if k % 2 else [], "evidence": [], "codebook": "education",
                })  # fmt: skip
                words = ("教师", "校舍", "安全", "幼儿", "课程")
                terms += [
                    {"plan_id": plan, "item_id": item, "term": w, "pos": "n", "n": 1 + (k * r + j + year) % (j + 3)}
                    for j, w in enumerate(words)
                ]
            for code, value in (("preschool_gross_enrolment", 90.0 + r), ("compulsory_retention", 95.0 + r)):
                number = {
                    "plan_id": plan, "item_id": f"{plan}-0", "indicator_id": code, "indicator": "入园率", "unit": "%",
                    "base_unit": "%", "kind": "level", "comparator": "ge", "worded": False, "quote": "入园率达到", "start": 1,
                    "end": 2, "indicator_confidence": 1.0,
                }  # fmt: skip
                for status, v, y in (("target", value, year), ("achieved", value - 1, year - 1)):
                    metrics.append(
                        {
                            **number,
                            "metric_id": f"{plan}{code}{status}",
                            "value": v,
                            "base_value": v,
                            "year": y,
                            "status": status,
                        }
                    )
    frame = frames.make("plans", plans)
    frame = frame.assign(region=frames.region_names(frame))
    facts = frame[["plan_id", *frames.PLAN_COLUMNS]]
    rows = {"items": items, "metrics": metrics, "terms": terms}
    return Held(frame, *(frames.make(name, held).merge(facts, on="plan_id") for name, held in rows.items()))


WHOLE = corpus()
OWN = "青禾县"


def shares(c: Held) -> pd.DataFrame:
    """Regions × domains."""
    told = compare.emphasis(c.items)
    return (
        told.pivot_table(index="region", columns="domain", values="share", fill_value=0.0)
        if len(told)
        else pd.DataFrame()
    )


# number in the issue, noun, call, frame and column without which it is refused
CALLS: list[tuple[int, str, Callable[[Held], pd.DataFrame], tuple[str, str] | None]] = [
    (1, "emphasis", lambda c: compare.emphasis(c.items), ("items", "domain")),
    (1, "specialisation", lambda c: compare.specialisation(compare.emphasis(c.items)), None),
    (1, "focus", lambda c: compare.focus(compare.emphasis(c.items)), None),
    (2, "keyness", lambda c: compare.keyness(c.terms, OWN), ("terms", "pos")),
    (3, "targets", lambda c: compare.targets(c.metrics, c.plans), ("metrics", "indicator_id")),
    (3, "standing", lambda c: compare.standing(compare.targets(c.metrics, c.plans), region=OWN), None),
    (4, "ladder", lambda c: compare.ladder(c.metrics, c.plans, "compulsory_retention"), ("metrics", "region")),
    (5, "scorecard", lambda c: compare.scorecard(c.metrics), ("metrics", "baseline")),
    (6, "instruments", lambda c: compare.instruments(c.items), ("items", "instruments")),
    (6, "instruments by stage", lambda c: compare.instruments(c.items, by="stage"), ("items", "stage")),
    (6, "association", lambda c: compare.association(compare.instruments(c.items)), None),
    (6, "structure", lambda c: compare.structure(c.items), ("items", "region")),
    (7, "pmc", lambda c: compare.pmc(c.plans, c.items, c.metrics), ("items", "evidence")),
    (7, "pmc_index", lambda c: compare.pmc_index(compare.pmc(c.plans, c.items, c.metrics)), None),
    (8, "network", lambda c: compare.network(c.terms, least=1)["nodes"], ("terms", "item_id")),
    (8, "correspondence", lambda c: compare.correspondence(compare.crossed(c.terms))["points"], ("terms", "region")),
    (8, "nearness", lambda c: compare.nearness(shares(c)), None),
    (9, "change", lambda c: compare.change(c.items), ("items", "plan_year")),
    (9, "bursts", lambda c: compare.bursts(c.terms), ("terms", "plan_year")),
    (9, "carried", lambda c: compare.carried(c.items), ("items", "heading")),
    (10, "peers", lambda c: compare.peers(c.plans, c.items, OWN), ("plans", "province")),
    (10, "against_peers", lambda c: compare.against_peers(compare.emphasis(c.items), OWN, "share"), None),
    (11, "tasks", lambda c: compare.tasks(c.items, c.metrics), ("items", "deadline")),
    (11, "draft_check", lambda c: compare.draft_check(compare.tasks(c.items, c.metrics)), None),
]
NAMES = [name for _, name, _, _ in CALLS]
EMPTY = WHOLE.only(lambda frame: frame["region"].eq("无名县"))
ONE_REGION = WHOLE.only(lambda frame: frame["region"].eq(OWN))
ONE_YEAR = WHOLE.only(lambda frame: frame["plan_year"].eq(2029))
# what cannot be told of one region, or of one year
NOT_ALONE = {"specialisation", "keyness", "correspondence", "nearness", "peers", "against_peers"}
NOT_IN_A_YEAR = {"change", "bursts", "carried"}


def reason(frame: pd.DataFrame) -> Any:
    return frame.attrs.get("reason")


def test_the_table_covers_the_eleven_comparisons():
    assert {number for number, *_ in CALLS} == set(range(1, 12))


@pytest.mark.parametrize(("call"), [c for _, _, c, _ in CALLS], ids=NAMES)
def test_the_whole_corpus_gives_rows_and_a_second_run_the_same_bytes(call):
    first, second = call(WHOLE), call(corpus())
    assert len(first)
    held = [io.BytesIO(), io.BytesIO()]
    for frame, file in zip((first, second), held, strict=True):
        frame.to_csv(file)
    assert held[0].getvalue() == held[1].getvalue()


@pytest.mark.parametrize(("call"), [c for _, _, c, _ in CALLS], ids=NAMES)
def test_an_empty_selection_is_an_empty_result_that_says_why(call):
    told = call(EMPTY)
    assert len(told) == 0
    assert reason(told) in base.REASONS


@pytest.mark.parametrize(("name", "call"), [(n, c) for _, n, c, _ in CALLS], ids=NAMES)
def test_one_region_gives_rows_or_says_that_it_is_alone(name, call):
    told = call(ONE_REGION)
    if name in NOT_ALONE:
        assert len(told) == 0 and reason(told) == "one_group"
    else:
        assert len(told)


@pytest.mark.parametrize(("name", "call"), [(n, c) for _, n, c, _ in CALLS], ids=NAMES)
def test_one_year_gives_rows_or_says_that_there_is_one(name, call):
    told = call(ONE_YEAR)
    if name in NOT_IN_A_YEAR:
        assert len(told) == 0 and reason(told) == "one_year"
    else:
        assert len(told)


@pytest.mark.parametrize(
    ("call", "lacking"), [(c, w) for _, _, c, w in CALLS if w], ids=[n for _, n, _, w in CALLS if w]
)
def test_a_missing_column_is_refused_by_frame_and_name(call, lacking):
    name, column = lacking
    with pytest.raises(FrameError, match=rf"{name} lacks .*{column}.*; it has "):
        call(WHOLE.without(name, column))


@pytest.mark.parametrize("lang", ["zh", "en"])
@pytest.mark.parametrize("held", [WHOLE, EMPTY, ONE_REGION, ONE_YEAR], ids=["whole", "empty", "alone", "year"])
@pytest.mark.parametrize(("name", "call"), [(n, c) for _, n, c, _ in CALLS], ids=NAMES)
def test_each_can_be_said_in_both_languages(name, call, held, lang):
    say = getattr(describe, name.split(" ")[0], None)
    if say is not None:
        assert say(call(held), lang=lang, region=OWN).rstrip().endswith("。" if lang == "zh" else ".")
