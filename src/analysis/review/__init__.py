"""Frames → coding sheets → corrections, agreement, score."""

from analysis.review.score import misses, read_gold, score

__all__ = ["misses", "read_gold", "score"]
