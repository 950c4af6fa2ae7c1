"""Reuse: planted passages with edits, found or not, with how exact ends; likeness of a place's own years; copies and
reuse among many documents, time and memory.

python benchmarks/bench_reuse.py [FRAMES ...] [--planted 200] [--documents 2000 5000] [--only passages|years|families|reuse|likeness|peer]

FRAMES are folders that `plans ingest` wrote, data/processed where none is named.  Passages are taken from items of one
plan, edited (characters put in, left out and replaced, names and numbers exchanged, clauses reordered) and put between
the sentences of an item of a plan of another place.  Many documents are made by repeating the items with variation:
half of the characters of each are replaced, and every tenth item is taken from an earlier document with small edits.
Each job runs in a process of its own, which reads the documents from Parquet; memory is read from /proc (Linux).
The peer is what a user would write with datasketch (pip install datasketch).
"""

from __future__ import annotations

import argparse
import ctypes
import gc
import multiprocessing
import os
import random
import re
import tempfile
import time
from collections.abc import Callable, Iterable, Iterator, Mapping
from concurrent.futures import ProcessPoolExecutor
from difflib import SequenceMatcher
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np
import pandas as pd
import pyarrow as pa

from analysis import frames, paths, shingles, trace
from analysis.ingest import copies as near_copies

NAMES = re.compile(r"[一-龥]{2}(?=[省市县区镇局])")
INVENTED = ("青禾", "云溪", "石渡", "桑麓", "临汐", "荻浦")
ITEMS = 30  # of a made document
TAKEN = 10  # one item in so many is taken from an earlier document


class Planted(NamedTuple):
    """Where a passage was taken from, and where it was put."""

    plan_id: str
    start: int
    end: int
    other_plan_id: str
    other_start: int
    other_end: int


def edited(text: str, chance: random.Random) -> str:
    """A passage as a copyist leaves it: names and numbers changed, clauses exchanged, small edits."""
    text = re.sub(r"\d+", lambda m: str(int(m.group()) + chance.randint(1, 9)), text)
    text = NAMES.sub(lambda m: chance.choice(INVENTED), text)
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
    """Items with n passages put in, each between two sentences of an item of its own, and where they are.

    Offsets of plans count their items in a row, so that a longer item moves the later ones.
    """
    chance = random.Random(seed)
    texts, plans, regions = (items[c].tolist() for c in ("text", "plan_id", "region"))
    long = [i for i, text in enumerate(texts) if 60 <= len(text) <= 400]
    hosts = [i for i, text in enumerate(texts) if len(text) >= 60]
    chance.shuffle(hosts)
    put: dict[int, tuple[int, int, int]] = {}
    sources: set[int] = set()
    while len(put) < n:
        own, host = chance.choice(long), hosts.pop()
        if regions[own] == regions[host] or host in sources or own in put:
            continue
        ends = [m.end() for m in re.finditer("[。；]", texts[host])]
        at, text = chance.choice([0, *ends]), edited(texts[own], chance)
        texts[host] = texts[host][:at] + text + texts[host][at:]
        put[host] = own, at, len(text)
        sources.add(own)
    starts = pd.Series([len(t) + 1 for t in texts]).groupby(items["plan_id"].to_numpy()).cumsum().tolist()
    starts = [end - len(text) - 1 for end, text in zip(starts, texts, strict=True)]
    told = [
        Planted(plans[o], starts[o], starts[o] + len(texts[o]), plans[h], starts[h] + at, starts[h] + at + size)
        for h, (o, at, size) in put.items()
    ]
    return items.assign(text=texts, start=starts), told


def touching(found: pd.DataFrame, plant: Planted) -> list[tuple[int, int]]:
    """The spans of the copy in the passages found between the two plans that touch the planted one on both sides."""
    out = []
    for a, b in (("", "other_"), ("other_", "")):
        own = found[found[f"{a}plan_id"].eq(plant.plan_id) & found[f"{b}plan_id"].eq(plant.other_plan_id)]
        own = own[own[f"{a}start"].lt(plant.end) & own[f"{a}end"].gt(plant.start)]
        own = own[own[f"{b}start"].lt(plant.other_end) & own[f"{b}end"].gt(plant.other_start)]
        out += own[[f"{b}start", f"{b}end"]].to_numpy().tolist()
    return [tuple(row) for row in out]


def _errors(plant: Planted, spans: list[tuple[int, int]]) -> tuple[int, int]:
    """How many characters the first and the last end of what was found are off."""
    return abs(min(spans)[0] - plant.other_start), abs(max(end for _, end in spans) - plant.other_end)


def is_planted(row: Any, told: list[Planted]) -> bool:
    """Whether a passage holds some of a planted one: a third text that had it before has it still."""
    sides = ((row.plan_id, row.start, row.end), (row.other_plan_id, row.other_start, row.other_end))
    return any(
        (p == t.plan_id and s < t.end and e > t.start)
        or (p == t.other_plan_id and s < t.other_end and e > t.other_start)
        for t in told
        for p, s, e in sides
    )


def _is_old(text: str, known: list[str]) -> bool:
    """Whether a passage, or what a planted one left of it, was there before."""
    return any(text in old or old in text for old in known)


def passages(items: pd.DataFrame, n: int, seed: int = 1) -> dict[str, float]:
    """Recall, precision and mean error of ends of planted passages; passages of formula a thousand items."""
    before = trace.reuse(items)
    known: dict[tuple[str, str], list[str]] = {}
    for row in before.itertuples():
        known.setdefault((row.plan_id, row.other_plan_id), []).append(row.text)
    with_planted, told = planted(items, n, seed)
    found = trace.reuse(with_planted)
    held = [touching(found, plant) for plant in told]
    errors = [error for plant, spans in zip(told, held, strict=True) if spans for error in _errors(plant, spans)]
    new = [r for r in found.itertuples() if not _is_old(r.text, known.get((r.plan_id, r.other_plan_id), []))]
    formula = before[before["formula"].ge(0.5) & before["region"].ne(before["other_region"])]
    return {
        "recall": sum(map(bool, held)) / n,
        "precision": sum(is_planted(row, told) for row in new) / max(1, len(new)),
        "ends": sum(errors) / max(1, len(errors)),
        "formula": 1000 * len(formula) / len(items),
    }


def years(items: pd.DataFrame) -> tuple[int, int]:
    """Of how many places with two years these are more alike in substance than either is with any other place."""
    found = trace.likeness(items)
    is_own = found["region"].eq(found["other_region"])
    best = 0
    for row in found[is_own].itertuples():
        held = {row.plan_id, row.other_plan_id}
        others = found[~is_own & (found["plan_id"].isin(held) | found["other_plan_id"].isin(held))]
        best += row.substance > others["substance"].max()
    return best, int(is_own.sum())


class Stored(Mapping[str, str]):
    """Texts in a file, read one by one."""

    def __init__(self, file: Path, texts: Iterator[str]) -> None:
        self.file, self.at = file, [0]
        with file.open("wb") as handle:
            for text in texts:
                self.at.append(self.at[-1] + handle.write(text.encode()))

    def __getitem__(self, name: str) -> str:
        number = int(name)
        with self.file.open("rb") as handle:
            handle.seek(self.at[number])
            return handle.read(self.at[number + 1] - self.at[number]).decode()

    def __iter__(self) -> Iterator[str]:
        return (f"{i:06d}" for i in range(len(self.at) - 1))

    def __len__(self) -> int:
        return len(self.at) - 1


def copies(texts: list[str], n: int) -> Iterator[str]:
    """Documents of half of the sentences of a text each, one in ten a near copy of the one before."""
    chance, text = random.Random(2), ""
    for i in range(n):
        if i % 10 == 9:
            text = slipped(text, chance, 0.01)
        else:
            sentences = texts[i % len(texts)].split("。")
            text = "。".join(chance.sample(sentences, len(sentences) // 2))
        yield text


def varied(text: str, pool: np.ndarray, draws: np.random.Generator) -> str:
    """A text with half of its characters replaced by others, as often as texts use them."""
    codes = shingles.codes(text).copy()
    at = draws.random(len(codes)) < 0.5
    codes[at] = pool[draws.integers(0, len(pool), at.sum())]
    return codes.tobytes().decode("utf-32-le")


def documents(texts: list[str], n: int, folder: Path) -> None:
    """Writes items of n documents made by repeating with variation, and pairs of item ids of which one was taken."""
    draws, chance, pool = np.random.default_rng(3), random.Random(3), shingles.codes("".join(texts))
    rows: list[tuple[str, str, str, int, str]] = []
    taken = []
    for i in range(n):
        at = 0
        for j in range(ITEMS):
            own = f"{i:06d}-{j:02d}"
            if i and j % TAKEN == TAKEN - 1:
                other = chance.randrange(len(rows) - j)
                taken.append((own, rows[other][1]))
                text = slipped(rows[other][-1], chance, 0.03)
            else:
                text = varied(chance.choice(texts), pool, draws)
            rows.append((f"{i:06d}", own, f"{i:06d}", at, text))
            at += len(text) + 1
    columns = ["plan_id", "item_id", "region", "start", "text"]
    pd.DataFrame(rows, columns=columns).to_parquet(folder / "items.parquet")
    pd.DataFrame(taken, columns=["item_id", "other_item_id"]).to_parquet(folder / "taken.parquet")


def families_of(texts: list[str], n: int) -> str:
    """Time and memory for the families of n documents."""
    with tempfile.TemporaryDirectory() as folder:
        plans = Stored(Path(folder) / "texts", copies(texts, n))
        found, told = measured(lambda: near_copies.families(plans))
        right = sum(found[f"{i:06d}"] == found[f"{i - 1:06d}"] for i in range(9, n, 10))
        size = plans.at[-1] / 3e6
        families = f"near copies {right} of {n // 10}, families {len(set(found.values()))} of {n - n // 10}"
        return f"families of {n:6,} documents, {size:.0f} million characters: {told}; {families}"


def reuse_of(folder: Path) -> str:
    """Time and memory for the reuse among documents in a folder."""
    items, taken = (pd.read_parquet(folder / f"{name}.parquet") for name in ("items", "taken"))
    found, told = measured(lambda: trace.reuse(items))
    right = recalled(zip(found["item_id"], found["other_item_id"], strict=True), taken)
    size = found.memory_usage(deep=True).sum() / 2**20
    return f"reuse among {_size(items)}: {told}; taken passages found {right:.3f}, {len(found)} rows of {size:.0f} MB"


def likeness_of(folder: Path) -> str:
    """Time and memory for the likeness of documents in a folder."""
    items = pd.read_parquet(folder / "items.parquet")
    found, told = measured(lambda: trace.likeness(items))
    return f"likeness of {_size(items)}: {told}; {len(found)} pairs"


def peer_of(folder: Path) -> str:
    """Time, memory and recall of what a user would write: MinHash and LSH of datasketch over items, then difflib."""
    items, taken = (pd.read_parquet(folder / f"{name}.parquet") for name in ("items", "taken"))
    found, told = measured(lambda: list(by_minhash(items)))
    right = recalled(found, taken)
    return f"datasketch and difflib, {_size(items)}: {told}; taken passages found {right:.3f}, {len(found)} rows"


def by_minhash(items: pd.DataFrame, least: float = 0.5) -> Iterator[tuple[str, str]]:
    """Pairs of items of two plans whose shingles are alike, and that have a run of 30 characters or 60 % in common."""
    from datasketch import MinHash, MinHashLSH

    index, texts, plans = MinHashLSH(threshold=least, num_perm=128), {}, dict(items[["item_id", "plan_id"]].to_numpy())
    for name, text in zip(items["item_id"], items["text"], strict=True):
        texts[name] = shingles.fold(text)
        own = MinHash(num_perm=128)
        own.update_batch({texts[name][i : i + 6].encode() for i in range(len(texts[name]) - 5)})
        for other in index.query(own):
            matcher = SequenceMatcher(None, texts[name], texts[other], autojunk=False)
            if plans[name] != plans[other] and (matcher.find_longest_match().size >= 30 or matcher.ratio() >= 0.6):
                yield name, other
        index.insert(name, own)


def recalled(found: Iterable[tuple[str, str]], taken: pd.DataFrame) -> float:
    """The share of taken items that were found with the one that they were taken from."""
    pairs = {tuple(sorted(pair)) for pair in found}
    return sum(tuple(sorted(pair)) in pairs for pair in taken.to_numpy().tolist()) / len(taken)


def _size(items: pd.DataFrame) -> str:
    return f"{items['plan_id'].nunique():6,} documents, {items['text'].str.len().sum() / 1e6:.0f} million characters"


def measured(job: Callable[[], Any]) -> tuple[Any, str]:
    """What a job gives, and its time and memory in words."""
    _tidied()
    held, began, worked = _memory("VmRSS"), time.perf_counter(), time.process_time()
    Path("/proc/self/clear_refs").write_text("5")  # the peak counts from here
    found = job()
    seconds, cpu = time.perf_counter() - began, time.process_time() - worked
    most = _memory("VmHWM") - held
    _tidied()
    left = _memory("VmRSS") - held
    load = os.getloadavg()[0]
    return (
        found,
        f"{seconds:.1f} s at load {load:.1f} ({cpu:.1f} s of one core), at most {most:.0f} MB over the {held:.0f} MB before, {left:.0f} MB after",
    )


def _tidied() -> None:
    """Gives memory that is free back to the system, so that what is in use can be read."""
    gc.collect()
    pa.default_memory_pool().release_unused()
    ctypes.CDLL(None).malloc_trim(0)


def _memory(name: str) -> float:
    line = next(line for line in Path("/proc/self/status").read_text().splitlines() if line.startswith(name))
    return int(line.split()[1]) / 1024


def alone(job: Callable[..., Any], *given: Any) -> Any:
    """The answer of a job that runs in a fresh process."""
    with ProcessPoolExecutor(1, mp_context=multiprocessing.get_context("spawn")) as pool:
        return pool.submit(job, *given).result()


def main() -> None:
    """Runs the measurements asked for."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("frames", nargs="*", default=[paths.processed()], type=Path)
    parser.add_argument("--planted", type=int, default=200)
    parser.add_argument("--documents", type=int, nargs="*", default=[2000])
    parser.add_argument("--only", choices=["passages", "years", "families", "reuse", "likeness", "peer"])
    asked = parser.parse_args()
    corpora = [frames.load(folder) for folder in asked.frames]
    items = pd.concat([c.items for c in corpora]).drop_duplicates("item_id").reset_index(drop=True)
    if asked.only in (None, "passages"):
        told = passages(items, asked.planted)
        print(f"planted {asked.planted} in {items['plan_id'].nunique()} plans, {len(items)} items")
        print(f"recall {told['recall']:.3f}  precision {told['precision']:.3f}  mean error of ends {told['ends']:.1f}")
        print(f"mostly formula, between places: {told['formula']:.1f} passages a 1,000 items")
    if asked.only in (None, "years"):
        reports = items[items["doc_type"].eq("work_report") & items["is_plan"]]
        print("places whose own years are most alike in substance: {} of {}".format(*years(reports)))
    plans = [text for c in corpora for text in c.plans["text"].dropna() if text.count("。") > 3]
    parts = items["text"][items["text"].str.len().between(60, 400)].tolist()
    for n in asked.documents:
        if asked.only in (None, "families"):
            print(alone(families_of, plans, n))
        jobs = {"reuse": reuse_of, "likeness": likeness_of, "peer": peer_of}
        with tempfile.TemporaryDirectory() as folder:
            chosen = [
                job for name, job in jobs.items() if asked.only == name or (asked.only is None and name != "peer")
            ]
            if chosen:
                alone(documents, parts, n, Path(folder))
            for job in chosen:
                print(alone(job, Path(folder)), flush=True)


if __name__ == "__main__":
    main()
