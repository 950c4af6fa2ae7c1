"""Reuse: planted passages with edits, found or not, with how exact ends; copies among many documents, time and memory.

python benchmarks/bench_reuse.py [FRAMES] [--planted 200] [--documents 2000]

FRAMES is a folder that `plans ingest` wrote, data/processed where it is left out.  Passages are taken from items of one
plan, edited (characters put in, left out and replaced, numbers changed, clauses exchanged) and put between items of a plan of another place.
"""

from __future__ import annotations

import argparse
import random
import re
import resource
import time
from pathlib import Path
from typing import NamedTuple

import pandas as pd

from analysis import frames, paths, shingles, trace


class Planted(NamedTuple):
    """Where a passage was taken from, and where it was put."""

    plan_id: str
    start: int
    end: int
    other_plan_id: str
    other_start: int
    other_end: int


def edited(text: str, chance: random.Random) -> str:
    """A passage as a copyist leaves it: small edits, numbers changed, clauses exchanged."""
    text = re.sub(r"\d+", lambda m: str(int(m.group()) + chance.randint(1, 9)), text)
    clauses = re.split("(?<=[，；])", text)
    if len(clauses) > 4 and chance.random() < 0.3:
        i = chance.randrange(len(clauses) - 1)
        clauses[i], clauses[i + 1] = clauses[i + 1], clauses[i]
    return slipped("".join(clauses), chance, 0.03)


def slipped(text: str, chance: random.Random, share: float) -> str:
    """A text with characters replaced, put in or left out in a share of its places."""
    out = []
    for c in text:
        kind = chance.choice("rid") if chance.random() < share else "k"
        out.append({"k": c, "r": chance.choice("青禾云溪石渡"), "i": c + chance.choice("县区镇"), "d": ""}[kind])
    return "".join(out)


def planted(items: pd.DataFrame, n: int, seed: int) -> tuple[pd.DataFrame, list[Planted]]:
    """Items with n passages put in, each as an item of its own at the end of its plan, and where they are."""
    chance = random.Random(seed)
    long = items[items["text"].str.len().between(60, 400)].reset_index(drop=True)
    ends = items.groupby("plan_id")["end"].max().to_dict()
    facts = items.drop_duplicates("plan_id").set_index("plan_id")
    rows, told = [], []
    while len(told) < n:
        own = long.iloc[chance.randrange(len(long))]
        other = facts.iloc[chance.randrange(len(facts))]
        if other["region"] == own["region"]:
            continue
        text = edited(own["text"], chance)
        start = ends[other.name] + 10
        ends[other.name] = start + len(text)
        rows.append(
            other.to_dict() | {"plan_id": other.name, "item_id": f"planted{len(told)}", "text": text, "start": start}
        )
        told.append(Planted(own["plan_id"], own["start"], own["end"], other.name, start, start + len(text)))
    return pd.concat([items, pd.DataFrame(rows)], ignore_index=True), told


def spans(found: pd.DataFrame, plant: Planted) -> list[tuple[int, int, int, int]]:
    """The passages found between the two plans of a planted one that touch it on both sides."""
    left, right = (plant.plan_id, plant.other_plan_id)
    out = []
    for a, b in (("", "other_"), ("other_", "")):
        own = found[(found[f"{a}plan_id"] == left) & (found[f"{b}plan_id"] == right)]
        own = own[(own[f"{a}start"] < plant.end) & (own[f"{a}end"] > plant.start)]
        own = own[(own[f"{b}start"] < plant.other_end) & (own[f"{b}end"] > plant.other_start)]
        out += own[[f"{a}start", f"{a}end", f"{b}start", f"{b}end"]].to_numpy().tolist()
    return [tuple(row) for row in out]


def recall(items: pd.DataFrame, n: int, seed: int) -> None:
    """Prints recall, precision and the error of ends for planted passages."""
    before = trace.reuse(items)
    known = set(zip(before["text"], before["other_text"], strict=True))
    with_planted, told = planted(items, n, seed)
    began = time.perf_counter()
    found = trace.reuse(with_planted)
    seconds = time.perf_counter() - began
    hits, errors = 0, []
    for plant in told:
        own = spans(found, plant)
        if own:
            hits += 1
            errors += [abs(min(s[2] for s in own) - plant.other_start), abs(max(s[3] for s in own) - plant.other_end)]
    is_new = [pair not in known for pair in zip(found["text"], found["other_text"], strict=True)]
    touched = found[is_new]
    right = sum(any(_touches(row, plant) for plant in told) for row in touched.itertuples())
    formula = before[(before["formula"] >= 0.5) & (before["region"] != before["other_region"])]
    print(f"planted {n} in {items['plan_id'].nunique()} plans, {len(items)} items; {seconds:.1f} s")
    print(
        f"recall {hits / n:.3f}  precision {right / max(1, len(touched)):.3f}  mean error of ends {sum(errors) / max(1, len(errors)):.1f}"
    )
    print(f"mostly formula, between places: {1000 * len(formula) / len(items):.1f} passages a 1,000 items")


def _touches(row, plant: Planted) -> bool:  # type: ignore[no-untyped-def]
    sides = {(row.plan_id, row.start, row.end), (row.other_plan_id, row.other_start, row.other_end)}
    at_source = any(p == plant.plan_id and s < plant.end and e > plant.start for p, s, e in sides)
    at_copy = any(p == plant.other_plan_id and s < plant.other_end and e > plant.other_start for p, s, e in sides)
    return at_source or at_copy  # a third text that had the passage before has it still


def families(texts: list[str], n: int) -> None:
    """Prints time and memory for n documents made of halves of the texts, one in ten a near copy of another."""
    chance = random.Random(2)
    plans: dict[str, str] = {}
    for i in range(n):
        if i % 10 == 9:
            text = slipped(plans[f"{i - 1:06d}"], chance, 0.01)
        else:
            sentences = texts[i % len(texts)].split("。")
            text = "。".join(chance.sample(sentences, len(sentences) // 2))
        plans[f"{i:06d}"] = text
    characters = sum(map(len, plans.values()))
    held = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    began = time.perf_counter()
    found = shingles.families(plans)
    seconds = time.perf_counter() - began
    more = (resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - held) / 1024
    right = sum(found[f"{i:06d}"] == found[f"{i - 1:06d}"] for i in range(9, n, 10))
    print(f"families of {n} documents, {characters / 1e6:.0f} million characters: {seconds:.1f} s, {more:.0f} MB more")
    print(
        f"near copies found {right} of {len(range(9, n, 10))}; families {len(set(found.values()))} of {n - n // 10} expected"
    )


def main() -> None:
    """Runs both measurements."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("frames", nargs="?", default=paths.processed(), type=Path)
    parser.add_argument("--planted", type=int, default=200)
    parser.add_argument("--documents", type=int, default=2000)
    asked = parser.parse_args()
    corpus = frames.load(asked.frames)
    recall(corpus.items, asked.planted, seed=1)
    families(corpus.plans["text"].dropna().tolist(), asked.documents)


if __name__ == "__main__":
    main()
