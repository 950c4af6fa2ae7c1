"""Topics: time for many items, and how they agree with the codebook's domains, beside plain NMF and LDA in one run.

python benchmarks/bench_topics.py [FRAMES] [--items 20000] [--seeds 10] [--jobs 2]

FRAMES is a folder that `plans ingest` wrote, data/processed where it is left out; its items are repeated, with
sentences left out, until there are enough.
"""

from __future__ import annotations

import argparse
import os
import time
from pathlib import Path

import numpy as np
import pandas as pd
from sklearn.decomposition import NMF, LatentDirichletAllocation
from sklearn.metrics import adjusted_rand_score, normalized_mutual_info_score

from analysis import cluster, frames, paths
from analysis.cluster import matrix

SIZES = (4, 6, 8, 10, 12, 14, 16, 18, 20, 24)


def repeated(items: pd.DataFrame, n: int, seed: int = 0) -> pd.DataFrame:
    """n items: those given, again and again, a tenth of the sentences left out each time."""
    chance = np.random.default_rng(seed)
    rows = []
    for i in range(n):
        row = items.iloc[i % len(items)].to_dict()
        kept = [s for s in row["text"].split("。") if i < len(items) or chance.random() < 0.9]
        rows.append(row | {"item_id": f"{row['item_id']}-{i}", "text": "。".join(kept)})
    return pd.DataFrame(rows)


def agreement(domains: pd.Series, topics: np.ndarray) -> str:
    """NMI and ARI of topics against domains."""
    known = domains.notna().to_numpy() & (domains != "other").to_numpy() & (topics >= 0)
    told = domains[known], topics[known]
    return f"NMI {normalized_mutual_info_score(*told):.3f}  ARI {adjusted_rand_score(*told):.3f}"


def against_domains(items: pd.DataFrame) -> None:
    """Prints how our topics, and those of a plain single run of NMF and LDA, agree with the codebook's domains."""
    tables = cluster.topics(items, n_seeds=4)
    found, n_topics = tables["assignments"], len(tables["topics"])
    domains = found["domain"].reset_index(drop=True)
    print(f"{len(items)} items, {items['domain'].nunique()} domains; {n_topics} topics chosen")
    print(tables["choice"].drop(columns=["reason", "reason_en"]).round(3).to_string(index=False))
    print(f"ours         {agreement(domains, found['topic'].fillna(0).to_numpy(dtype=int) - 1)}")
    held = matrix.matrix(items)
    assert not isinstance(held, matrix.TooFew), held.en
    plain = NMF(n_topics, init="random", random_state=0, max_iter=200).fit_transform(held.weights)
    print(f"plain NMF    {agreement(domains, plain.argmax(axis=1))}")
    lda = LatentDirichletAllocation(n_topics, random_state=0, max_iter=10).fit_transform(held.counts)
    print(f"plain LDA    {agreement(domains, lda.argmax(axis=1))}")
    dense = cluster.topics(items, n_topics=n_topics, n_seeds=1, method="density", embedder="characters")
    topic = dense["assignments"]["topic"].fillna(0).to_numpy(dtype=int) - 1
    print(f"density      {agreement(domains, topic)}  of the {(topic >= 0).mean():.0%} that it places")


def main() -> None:
    """Runs both measurements."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("frames", nargs="?", default=paths.processed(), type=Path)
    parser.add_argument("--items", type=int, default=20_000)
    parser.add_argument("--seeds", type=int, default=10)
    parser.add_argument("--jobs", type=int, default=2)
    asked = parser.parse_args()
    corpus = frames.load(asked.frames)
    items = frames.comparable(corpus.items, corpus.plans)
    tasks = items[items["tense"].eq("task") & items["sector"].eq(items["sector"].mode()[0])]
    against_domains(tasks)
    many = repeated(tasks, asked.items)
    began = time.perf_counter()
    held = matrix.matrix(many)
    cutting = time.perf_counter() - began
    began, used = time.perf_counter(), time.process_time()
    found = cluster.topics(many, n_topics=SIZES, n_seeds=asked.seeds, jobs=asked.jobs)
    took, used = time.perf_counter() - began, time.process_time() - used
    print(
        f"{len(many)} items, {len(SIZES)} sizes, {asked.seeds} seeds: {took:.0f} s, of these {cutting:.0f} s for words"
    )
    print(f"{used:.0f} s of processor time, {asked.jobs} jobs; load of the machine {os.getloadavg()[0]:.1f}")
    assert not isinstance(held, matrix.TooFew)
    print(f"{held.weights.nnz} words weighed, {len(found['topics'])} topics chosen")


if __name__ == "__main__":
    main()
