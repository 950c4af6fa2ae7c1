"""Items → topics, with how far they can be trusted, and a map."""

from analysis.cluster.evolution import evolution
from analysis.cluster.place import map
from analysis.cluster.topics import shares, topics

__all__ = ["evolution", "map", "shares", "topics"]
