"""Plans over years and places → promises kept, likeness, reuse."""

from analysis.trace.accounts import answering, answers, counts, moves, streaks
from analysis.trace.ledger import OUTCOMES, ledger
from analysis.trace.likeness import likeness
from analysis.trace.origins import beside, clusters, network, origins
from analysis.trace.passages import edits
from analysis.trace.phrases import phrases
from analysis.trace.reuse import reuse

__all__ = [
    "OUTCOMES",
    "answering",
    "answers",
    "beside",
    "clusters",
    "counts",
    "edits",
    "ledger",
    "likeness",
    "moves",
    "network",
    "origins",
    "phrases",
    "reuse",
    "streaks",
]
