"""Items → topics, with how far they can be trusted, and a map."""

from analysis.cluster.place import map
from analysis.cluster.topics import shares, topics

__all__ = ["map", "shares", "topics"]
