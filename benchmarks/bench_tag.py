"""Speed of tags, beside a pattern of all cues, what the time goes to, and what the grams add.

    python benchmarks/bench_tag.py [FRAMES_DIR]

FRAMES_DIR holds the frames of an ingest; without it invented items are tagged.  Megabytes are of UTF-8; times are of
one core's own seconds.  "one big pattern" is what a user would write instead: all cues in one alternation of `re`.
"""

from __future__ import annotations

import argparse
import csv
import re
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

from analysis import frames, lexicon, tag, words
from analysis.tag.domains import domains
from analysis.tag.grams import Model, model
from analysis.tag.scan import COMMON, scanner

HEADINGS = ("办好学前教育", "推进义务教育优质均衡", "建强教师队伍", "守住校园安全底线", "深化课程改革")
TEXTS = (
    "新建公办幼儿园3所，改扩建乡镇中心幼儿园4所，年底前交付使用；规范民办园办园行为，提高保教质量。（牵头科室：学前教育科）",
    "完善集团化办学机制，落实控辍保学责任，消除大班额；改善乡村小规模学校和寄宿制学校办学条件，确保巩固率稳定。",
    "公开招聘教师120名，组织教师培训，深化县管校聘和校长职级制改革；由县教育局牵头，县财政局配合，落实乡村教师补助。",
    "每季度排查一次安全隐患，严禁无证人员进入校园，对责任不落实的通报批评；开展防溺水宣传教育和应急演练。",
    "开齐开足国家课程，建立教研员联系学校制度，评选优质课，探索项目化学习，与高校合作建设实践基地。",
)


def plans(folder: Path | None) -> list[tuple[dict[str, Any], list[dict[str, Any]]]]:
    """Plans with their items."""
    if folder is None:
        return [invented(n) for n in range(40)]
    corpus = frames.load(folder)
    items = {key: rows.to_dict("records") for key, rows in frames.read(folder, "items").groupby("plan_id")}
    return [(plan, items.get(plan["plan_id"], [])) for plan in corpus.plans.to_dict("records")]


def invented(number: int) -> tuple[dict[str, Any], list[dict[str, Any]]]:
    """A plan of 50 items."""
    text, items = "", []
    for at in range(50):
        text += f"{at + 1}.{HEADINGS[at % 5]}。"
        body = TEXTS[at % 5] + TEXTS[(at + number) % 5]
        items.append(
            {"plan_id": str(number), "item_id": f"{number}-{at}", "heading": HEADINGS[at % 5], "text": body}
            | {"start": len(text), "end": len(text) + len(body), "tense": "task"}
        )
        text += f"{body}\n"
    return {"plan_id": str(number), "text": text, "title": "", "sector": "education", "plan_year": 2024}, items


def seconds(work: Callable[[], object]) -> float:
    """The core's own seconds that some work takes."""
    began = time.process_time()
    work()
    return time.process_time() - began


def pattern() -> re.Pattern[str]:
    """All cues of education in one alternation, the longest first."""
    tables = ["education/domains", *(f"common/{name}" for name in COMMON)]
    cues = {cue.word for name in tables for row in lexicon.table(name) for cue in lexicon.cues(row["cues"])}
    return re.compile("|".join(map(re.escape, sorted(cues, key=len, reverse=True))))


CLAUSES = Path(__file__).resolve().parents[1] / "tests/plans/clauses.tsv"


def right(sector: str, grams: Model | None) -> float:
    """The share of our own clauses whose primary domain is found, by cues alone where there are no grams."""
    with CLAUSES.open(encoding="utf-8", newline="") as handle:
        held = [
            row for row in csv.DictReader(handle, delimiter="\t", quoting=csv.QUOTE_NONE) if row["sector"] == sector
        ]
    find = scanner(sector).find
    found = [
        domains(row["text"], len(row["text"]), head, find(row["text"])["domains"], [], bool(head), grams).primary
        for row, head in ((row, find(row["heading"])["domains"]) for row in held)
    ]
    return sum(a == row["domain"] for a, row in zip(found, held, strict=True)) / len(held)


def main() -> None:
    """Prints megabytes a second of the whole and of its parts."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("frames", nargs="?", type=Path)
    held = plans(parser.parse_args().frames)
    texts = [str(item["text"]) for _, items in held for item in items]
    size = sum(len(text.encode()) for text in texts) / 1e6
    scan, big = scanner("education"), pattern()
    tag.records(*held[0], [])
    whole = seconds(lambda: [tag.records(plan, items, []) for plan, items in held])
    cues = seconds(lambda: [scan.find(text) for text in texts])
    terms = seconds(lambda: [words.content(text) for text in texts])
    few = texts[: max(1, len(texts) // 50)]
    share = sum(len(text.encode()) for text in few) / 1e6
    print(f"{size:.1f} MB in {len(texts)} items")
    print(f"tag.records      {size / whole:6.2f} MB/s")
    print(f"  cues found     {size / cues:6.2f} MB/s ({cues / whole:.0%} of the time)")
    print(f"  words counted  {size / terms:6.2f} MB/s ({terms / whole:.0%} of the time)")
    for sector in ("education", "government"):
        alone, both = right(sector, None), right(sector, model(f"{sector}/domains"))
        print(f"primary domain of own clauses, {sector}: {alone:.3f} by cues alone, {both:.3f} with grams")
    print(f"one big pattern  {share / seconds(lambda: [big.findall(text) for text in few]):6.2f} MB/s for cues alone")


if __name__ == "__main__":
    main()
