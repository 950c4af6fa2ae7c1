"""Places in text: seconds and memory for a million characters, and county titles against a peer's cases.

    python benchmarks/bench_regions.py [CASES.jsonl]

CASES holds one case a line: {"input": title, "expected": [{"county": …, "year": …}], "named": bool}.
"""

from __future__ import annotations

import json
import re
import sys
import time
import tracemalloc
from pathlib import Path

from analysis import regions
from analysis.parse import places

SENTENCE = (
    "浙江省台州市温岭市教育局与南京鼓楼区结对，全市各镇（街道）和朝阳区、鼓楼区的学校一起推进义务教育优质均衡发展。"
)


def speed() -> None:
    """Prints seconds to load the table, seconds a million characters, and the peak of memory."""
    text = SENTENCE * (1_000_000 // len(SENTENCE))
    start = time.perf_counter()
    regions.places(SENTENCE)
    loaded = time.perf_counter()
    n = len(regions.places(text))
    done = time.perf_counter()
    tracemalloc.start()
    regions.places(text[:100_000])
    peak = tracemalloc.get_traced_memory()[1] / 1e6
    print(
        f"table {loaded - start:.2f} s; {n} places in {len(text):,} characters in {done - loaded:.2f} s; peak {peak:.0f} MB"
    )


def cases(file: Path) -> None:
    """Prints how many of the named counties are found, left open, or wrong."""
    right = left_open = wrong = 0
    for line in file.read_text("utf-8").splitlines():
        case = json.loads(line)
        if not case["named"]:
            continue
        title = re.sub(r"\s+", "", case["input"])
        wanted = case["expected"][0]
        year = int(wanted["year"]) if wanted["year"] else None
        found = places.named(title, [("title", 0, len(title))], year)
        if found is None or found.code is None:
            left_open += 1
        else:
            right += _core(found.county or "") == _core(wanted["county"])
            wrong += _core(found.county or "") != _core(wanted["county"])
    print(f"{right} right, {left_open} left open, {wrong} under another name")


def _core(name: str) -> str:
    """The part of a county's name that every form of it shares (景宁畲族自治县 and 景宁县, 奉化市 and 奉化区)."""
    return name[:2]


if __name__ == "__main__":
    speed()
    if len(sys.argv) > 1:
        cases(Path(sys.argv[1]))
