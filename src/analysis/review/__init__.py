"""Frames → coding sheets → corrections, agreement, score."""

from analysis.review.agreement import agreement, confusion, disagreements
from analysis.review.cases import cases, failures, read_cases, write_cases
from analysis.review.codes import CODES, ITEMS, METRICS, CodingUnit, coding_unit, machine
from analysis.review.corrections import COLUMNS as CORRECTIONS
from analysis.review.corrections import agreed, apply, corrections, read_corrections, unmatched, write_corrections
from analysis.review.export import export
from analysis.review.keys import Coding, widget
from analysis.review.sample import sample
from analysis.review.score import misses, read_gold, score
from analysis.review.sheets import Sheet, read_sheet, read_sheets, sheet_unit, sheets_in

__all__ = [
    "CODES",
    "CORRECTIONS",
    "ITEMS",
    "METRICS",
    "Coding",
    "CodingUnit",
    "Sheet",
    "agreed",
    "agreement",
    "apply",
    "cases",
    "coding_unit",
    "confusion",
    "corrections",
    "disagreements",
    "export",
    "failures",
    "machine",
    "misses",
    "read_cases",
    "read_corrections",
    "read_gold",
    "read_sheet",
    "read_sheets",
    "sample",
    "score",
    "sheet_unit",
    "sheets_in",
    "unmatched",
    "widget",
    "write_cases",
    "write_corrections",
]
