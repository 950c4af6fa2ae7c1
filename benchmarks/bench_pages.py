"""Main text of saved pages: 8-gram F1 against answers, ours and trafilatura's in one run, with the page's facts.

python benchmarks/bench_pages.py FOLDER        # *.html with answers.jsonl: file, main_text, title, number, …
"""

from __future__ import annotations

import json
import re
import sys
import time
from collections import Counter
from collections.abc import Callable
from pathlib import Path

import trafilatura

from analysis import read, repair

FACTS = {"title": "title", "doc_number": "number", "issuer": "issuer", "written": "written", "published": "published"}


def grams(text: str, n: int = 8) -> Counter[str]:
    """The n-grams of a text's characters without white space."""
    letters = re.sub(r"\s+", "", text)
    return Counter(letters[i : i + n] for i in range(max(1, len(letters) - n + 1)))


def f1(found: str, gold: str) -> float:
    """How well the n-grams of two texts agree, 0 to 1."""
    a, b = grams(found), grams(gold)
    hits = sum((a & b).values())
    return 2 * hits / (sum(a.values()) + sum(b.values()))


def ours(file: Path) -> str:
    """Main text by this suite, repaired."""
    return repair.text(read.source(file)).text.clean


def theirs(file: Path) -> str:
    """Main text by trafilatura as it comes."""
    return trafilatura.extract(file.read_bytes()) or ""


def timed(extract: Callable[[Path], str], files: list[Path]) -> tuple[list[str], float]:
    """The texts of all files and the milliseconds a file."""
    start = time.perf_counter()
    texts = [extract(file) for file in files]
    return texts, 1000 * (time.perf_counter() - start) / len(files)


def facts(file: Path, answer: dict[str, str]) -> list[str]:
    """The facts of a page that differ from the answer, as words."""
    stated = read.source(file).metadata
    wrong = []
    for ours_name, name in FACTS.items():
        gold = re.sub(r"(\d+)年(\d+)月(\d+)日$", r"\1-\2-\3", answer.get(name, ""))
        if stated.get(ours_name, "") != gold:
            wrong.append(f"{ours_name}: {stated.get(ours_name)!r}, not {gold!r}")
    return wrong


def main(folder: Path) -> None:
    """Prints mean F1, the lowest pages, and the facts that differ."""
    answers = [json.loads(line) for line in (folder / "answers.jsonl").read_text(encoding="utf-8").splitlines()]
    files = [folder / answer["file"] for answer in answers]
    for name, extract in (("analysis", ours), ("trafilatura", theirs)):
        timed(extract, files[:1])
        texts, milliseconds = timed(extract, files)
        scores = [f1(text, answer["main_text"]) for text, answer in zip(texts, answers, strict=True)]
        print(
            f"{name:12} mean F1 {sum(scores) / len(scores):.4f}  lowest {min(scores):.4f}  {milliseconds:.2f} ms a page"
        )
        for score, file in sorted(zip(scores, files, strict=True))[:3]:
            print(f"             {score:.4f} {file.name}")
    wrong = {file.name: facts(file, answer) for file, answer in zip(files, answers, strict=True)}
    print(f"facts all right on {sum(not w for w in wrong.values())} of {len(files)} pages")
    for name, missed in wrong.items():
        for line in missed:
            print(f"  {name} {line}")


if __name__ == "__main__":
    pages = Path(sys.argv[1] if len(sys.argv) > 1 else "../shared/corpus/pages")
    if (pages / "answers.jsonl").is_file():
        main(pages)
    else:
        print(f"no pages with answers: {pages} is not there; name the folder that holds them")
