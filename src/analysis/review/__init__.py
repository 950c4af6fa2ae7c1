"""Frames → coding sheets → corrections, agreement, score."""

from analysis.review.agreement import agreement, confusion
from analysis.review.codes import machine
from analysis.review.corrections import agreed, apply, corrections, read_corrections, unmatched, write_corrections
from analysis.review.export import export
from analysis.review.sample import sample
from analysis.review.score import misses, read_gold, score
from analysis.review.sheets import Sheet, read_sheet

__all__ = [
    "Sheet",
    "agreed",
    "agreement",
    "apply",
    "confusion",
    "corrections",
    "export",
    "machine",
    "misses",
    "read_corrections",
    "read_gold",
    "read_sheet",
    "sample",
    "score",
    "unmatched",
    "write_corrections",
]
