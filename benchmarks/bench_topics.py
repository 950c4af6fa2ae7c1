"""Topics: time for many items, and how they agree with the codebook's domains, beside plain NMF and LDA in one run.

python benchmarks/bench_topics.py [FRAMES] [--items 5000] [--seeds 10]

FRAMES is a folder that `plans ingest` wrote, data/processed where it is left out; its items are repeated, with
sentences left out, until there are enough.
"""

from __future__ import annotations

import argparse
import time
from pathlib import Path

import numpy as np
import pandas as pd
from sklearn.decomposition import NMF, LatentDirichletAllocation
from sklearn.metrics import adjusted_rand_score, normalized_mutual_info_score

from analysis import cluster, frames, paths
from analysis.cluster import matrix, quality


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


def against_domains(items: pd.DataFrame, n_topics: int) -> None:
    """Prints how our topics, and those of a plain single run of NMF and LDA, agree with the codebook's domains."""
    found = cluster.topics(items, n_topics=n_topics, n_seeds=2)["assignments"]
    domains = found["domain"].reset_index(drop=True)
    print(f"ours         {agreement(domains, found['topic'].fillna(0).to_numpy(dtype=int) - 1)}")
    held = matrix.matrix(items)
    assert not isinstance(held, str), held
    plain = NMF(n_topics, init="random", random_state=0, max_iter=200).fit_transform(held.weights)
    print(f"plain NMF    {agreement(domains, plain.argmax(axis=1))}")
    lda = LatentDirichletAllocation(n_topics, random_state=0, max_iter=10).fit_transform(held.counts)
    print(f"plain LDA    {agreement(domains, lda.argmax(axis=1))}")


def main() -> None:
    """Runs both measurements and shows the curve and the topics."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("frames", nargs="?", default=paths.processed(), type=Path)
    parser.add_argument("--items", type=int, default=5_000)
    parser.add_argument("--seeds", type=int, default=10)
    asked = parser.parse_args()
    corpus = frames.load(asked.frames)
    items = frames.comparable(corpus.items, corpus.plans)
    tasks = items[items["tense"] == "task"]
    against_domains(tasks, n_topics=tasks["domain"].nunique())
    many = repeated(items, asked.items)
    began = time.perf_counter()
    found = cluster.topics(many, n_seeds=asked.seeds)
    print(
        f"{len(many)} items, {len(quality.grid(len(many)))} sizes, {asked.seeds} seeds: {time.perf_counter() - began:.0f} s"
    )
    print(found["choice"].drop(columns=["reason_en"]).to_string(index=False))
    print(
        found["topics"][["topic", "label", "terms", "n_items", "stability", "domain", "domain_share"]].to_string(
            index=False
        )
    )


if __name__ == "__main__":
    main()
