"""Speed of numbers into records, and proof that no text makes a pattern run away.

    python benchmarks/bench_extract.py [FILE.txt …]

Times are of one core's own seconds.  Without files the sentences of the tests are read, many times over: every one of
them holds numbers, so the figure is a lower bound; prose without numbers is read at the speed of `numerals.amounts`.
"""

from __future__ import annotations

import argparse
import json
import time
from pathlib import Path
from typing import Any

from analysis import extract, numerals
from analysis.text import Text

SENTENCES = Path(__file__).parents[1] / "tests" / "plans" / "sentences.jsonl"
PROSE = "坚持把立德树人作为根本任务，全面落实各项政策，持续完善工作机制，切实提高办学水平。\n"
HOSTILE = [
    "1",
    "一",
    "、",
    "（",
    "（（））",
    "“",
    "《",
    "1,",
    "1、",
    "百分之",
    "1所、",
    "每",
    "由1元提高到",
    "分别",
    "达到5%，",
    "全覆盖",
    "20",
    "-",
    "五年",
    "2025年\n",
    "指标\t2024年\t%\n",
    "3个各",
]


def plan(text: str) -> tuple[dict[str, Any], list[dict[str, Any]]]:
    """A plan that is one text, and its only item."""
    facts = {"plan_id": "p", "plan_year": 2024, "plan_until": 2024, "doc_type": "work_points", "sector": "education"}
    return {**facts, "title": "", "text": text}, [
        {"item_id": "i", "start": 0, "end": len(text), "tense": "task", "heading": ""}
    ]


def timed(text: str) -> tuple[float, float, int]:
    """Seconds for the amounts, seconds for the records, number of records."""
    row, items = plan(text)
    begun = time.process_time()
    numerals.amounts(text)
    middle = time.process_time()
    found = extract.records(row, items, Text.of(text), [])["metrics"]
    return middle - begun, time.process_time() - middle, len(found)


def report(name: str, text: str) -> None:
    size = len(text.encode()) / 1e6
    amounts, records, n = timed(text)
    rate = f"{1e6 * records / n:6.0f} µs a record" if n else ""
    print(
        f"{name:28}{size:7.2f} MB  amounts {size / amounts:7.2f} MB/s  records {size / records:7.2f} MB/s {n:8} {rate}"
    )


def grows(piece: str) -> None:
    """Prints the time for 1/4 MB and for 1 MB characters of one piece: linear time gives a ratio near 4."""
    short, long = (piece * (n // len(piece)) for n in (250_000, 1_000_000))
    first, second = (sum(timed(text)[:2]) for text in (short, long))
    print(f"{piece!r:20} {first:8.2f} s {second:8.2f} s  ratio {second / max(first, 1e-3):5.1f}")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("files", type=Path, nargs="*")
    parser.add_argument(
        "--no-hostile", action="store_true", help="leave out the texts that should make patterns run away"
    )
    given = parser.parse_args()
    cases = [json.loads(line)["text"] for line in SENTENCES.read_text("utf-8").splitlines()]
    timed("\n".join(cases))  # tables and the segmenter are loaded once
    report("sentences full of numbers", "\n".join(cases * 10))
    report("prose without numbers", PROSE * 20_000)
    report("one sentence in ten counts", "".join(PROSE * 9 + c + "\n" for c in cases * 5))
    for file in given.files:
        report(file.name[:26], file.read_text("utf-8"))
    if not given.no_hostile:
        print("\nhostile text, 250,000 and 1,000,000 characters")
        for piece in HOSTILE:
            grows(piece)


if __name__ == "__main__":
    main()
