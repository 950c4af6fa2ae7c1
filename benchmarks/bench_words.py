"""Speed of words with our dictionary, beside jieba, and how far the two agree.

    python benchmarks/bench_words.py [FILE.txt …]

Without files the texts of the sample plans' gold sentences are read, many times over.  Megabytes are of UTF-8; times
are of one core's own seconds.
"""

from __future__ import annotations

import argparse
import json
import re
import time
import warnings
from collections.abc import Callable
from pathlib import Path

from analysis import words

with warnings.catch_warnings():
    warnings.simplefilter("ignore")
    import jieba
    import jieba.posseg

SENTENCES = Path(__file__).parents[1] / "tests" / "plans" / "sentences.jsonl"
HAN = re.compile(r"[一-龥]+")


def read(files: list[Path]) -> list[str]:
    """The texts to cut, a line each."""
    if files:
        return [line for file in files for line in file.read_text("utf-8").splitlines() if line.strip()]
    held = [json.loads(line) for line in SENTENCES.read_text("utf-8").splitlines() if line.strip()]
    return [str(row.get("text") or row.get("sentence")) for row in held] * 30


def speed(texts: list[str], cut: Callable[[str], object]) -> float:
    """Megabytes a second."""
    size = sum(len(text.encode()) for text in texts) / 1e6
    began = time.process_time()
    for text in texts:
        cut(text)
    return size / (time.process_time() - began)


def agreement(texts: list[str]) -> float:
    """The share of word boundaries inside runs of Chinese characters that both cutters set."""
    shared = ours = theirs = 0
    for text in texts:
        for run in HAN.findall(text):
            a, b = boundaries([w for w, _ in words.tokens(run)]), boundaries(list(jieba.cut(run)))
            shared, ours, theirs = shared + len(a & b), ours + len(a), theirs + len(b)
    return 2 * shared / (ours + theirs)


def boundaries(cut: list[str]) -> set[int]:
    """Where the words of a text end."""
    ends, at = set(), 0
    for word in cut:
        at += len(word)
        ends.add(at)
    return ends


def main() -> None:
    """Prints a line a cutter, then the agreement."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("files", nargs="*", type=Path)
    texts = read(parser.parse_args().files)
    words.tokens("起")
    for term, pos in words.terms().items():
        jieba.add_word(term, words.TERM_FREQUENCY, pos)
    list(jieba.cut("起"))
    few = texts[: max(1, len(texts) // 20)]
    print(f"words.tokens    {speed(texts, words.tokens):6.2f} MB/s, with parts of speech")
    print(f"words.content   {speed(texts, words.content):6.2f} MB/s")
    print(f"jieba.cut       {speed(few, lambda text: list(jieba.cut(text))):6.2f} MB/s, without")
    print(f"jieba.posseg    {speed(few, lambda text: list(jieba.posseg.cut(text))):6.2f} MB/s, with parts of speech")
    print(f"agreement of word boundaries with jieba (same added terms): {agreement(few):.4f}")


if __name__ == "__main__":
    main()
