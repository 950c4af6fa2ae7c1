"""Items → topics, with how far they can be trusted, how they change over years, and a map."""

from analysis.cluster.edits import edited, keep_labels
from analysis.cluster.embed import Embedder, MissingExtraError
from analysis.cluster.matrix import matrix as wording
from analysis.cluster.place import map
from analysis.cluster.shares import shares, trends
from analysis.cluster.topics import topics
from analysis.cluster.years import evolution

__all__ = [
    "Embedder",
    "MissingExtraError",
    "edited",
    "evolution",
    "keep_labels",
    "map",
    "shares",
    "topics",
    "trends",
    "wording",
]
