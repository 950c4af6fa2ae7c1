"""Amounts beside the test cases of other projects, cn2an beside our numerals, and the time that they take.

    python benchmarks/bench_numerals.py [FOLDER WITH *.jsonl]

The folder (default ../shared/peers) holds cases of Recognizers-Text and cn2an, a JSON object a line with `input` and
`expected`.  A case counts as right when every expected value is among the amounts of the text.  Cases that a written
plan cannot hold are left out, each with its reason, and listed.
"""

from __future__ import annotations

import argparse
import json
import re
import time
from collections import Counter
from pathlib import Path
from typing import Any

from analysis import numerals

SUITES = (
    "recognizers-percent",
    "recognizers-number-range",
    "recognizers-dimension",
    "recognizers-currency",
    "cn2an-numeral",
    "cn2an-sentence",
)
LEFT_OUT = [  # pattern over the input, why
    (r"\d ?k|[\d１５]k", "k for a thousand is not written in plans"),
    (r"\d \d|< = ", "digits apart: joining them would join the numbers of tables"),
    (r"百万分之|万万分之", "parts per million"),
    (r"第十和第十五", "ranks are no amounts"),
    (r"年龄", "ages are no amounts"),
    (r"proquest|\bpm\b|五角大楼", "no text of a plan"),
    (r"比特|字节|位是最小|兆赫|[ \d十]两$|万两", "units that plans do not count in"),
    (
        r"美分|销|本銭|角三分|元壹角|[圆圓美]圆|圆|元[整正]|￥|\$|人民币美元|4人民币|202107|三块",
        "cheque wording, signs before the number, spoken money or change",
    ),
    (r"廿|半岛|肆拾日|零零三|生日|大西瓜", "dates, phone numbers and ones that count nothing"),
    (r"肆拾|幾|万多亿", "financial characters with 几, or 万多亿: not written in plans"),
]


def expected_values(case: dict[str, Any]) -> list[float]:
    """The values that a reader should find; both ends of a range."""
    found: list[float] = []
    for e in case["expected"]:
        found += [e[k] for k in ("value", "lo", "hi") if isinstance(e.get(k), (int, float))]
    return found


def reason(case: dict[str, Any], suite: str) -> str | None:
    """Why a case is left out, None if it is in scope."""
    for pattern, why in LEFT_OUT:
        if re.search(pattern, case["input"]):
            return why
    if suite == "recognizers-number-range" and not numerals.amounts(case["input"]):
        return "a bare number without a unit: no amount in a plan"
    if suite == "cn2an-sentence" and not re.search(r"百分之|分之|[块斤米]", case["input"]):
        return "no amount in the sentence"
    return None


def values(text: str, suite: str) -> list[float]:
    """What our reader finds: amounts of a text, or the value of a lone numeral."""
    if suite == "cn2an-numeral":
        value = numerals.number(text)
        return [] if value is None else [value]
    found = []
    for a in numerals.amounts(text):
        scale = 1.0
        for c in a.unit:
            scale *= {"万": 1e4, "亿": 1e8}.get(c, 1.0)
        found += [a.value, a.value * scale, a.value / 100] + (
            [a.value_high, a.value_high * scale] if a.value_high is not None else []
        )
    return found


def transformed(case: dict[str, Any]) -> list[float]:
    """The values of a cn2an sentence: the numbers of its digit form."""
    text = case["expected"][0]["text"]
    halves = [100 * int(a) / int(b) for a, b in re.findall(r"(\d+)/(\d+)", text)]
    return halves or [float(x) for x in re.findall(r"\d+(?:\.\d+)?(?![\d月日年])", text)]


def run(folder: Path) -> tuple[Counter[str], list[str], list[str]]:
    """Counts, the cases that went wrong, and those left out with their reason."""
    tally: Counter[str] = Counter()
    wrong, out = [], []
    for suite in SUITES:
        for line in (folder / f"{suite}.jsonl").read_text("utf-8").splitlines():
            case = json.loads(line)
            why = reason(case, suite)
            if why:
                out.append(f"{case['id']}: {case['input'][:40]!r}: {why}")
                tally[f"{suite} left out"] += 1
                continue
            want = transformed(case) if suite == "cn2an-sentence" else expected_values(case)
            have = values(case["input"], suite)
            good = all(any(abs(w - h) <= 1e-9 + 1e-6 * abs(w) for h in have) for w in want) and (bool(want) or not have)
            tally[f"{suite} in scope"] += 1
            tally[f"{suite} right"] += good
            if not good:
                wrong.append(f"{case['id']}: {case['input'][:60]!r}: want {want}, found {have}")
    return tally, wrong, out


def beside_cn2an() -> None:
    """The time of both on the same numerals, and whether they agree."""
    import cn2an

    cases = ["一千二百万", "两万八千", "九十五点五", "三百零六", "二〇二四", "十五", "一亿零三百万"] * 2000
    begun = time.process_time()
    ours = [numerals.number(c) for c in cases]
    middle = time.process_time()
    theirs = [cn2an.cn2an(c, "normal") for c in cases]
    ended = time.process_time()
    same = sum(a == b for a, b in zip(ours, theirs, strict=True))
    print(
        f"numerals: {len(cases)} in {middle - begun:.2f} s; cn2an: {ended - middle:.2f} s; equal {same / len(cases):.1%}"
    )


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path, nargs="?", default=Path(__file__).parents[2] / "shared" / "peers")
    folder = parser.parse_args().folder
    beside_cn2an()
    if not folder.is_dir():
        print(f"no cases of other projects: {folder} is not there; name the folder that holds them")
        return
    tally, wrong, out = run(folder)
    for suite in SUITES:
        scope = tally[f"{suite} in scope"]
        share = tally[f"{suite} right"] / scope if scope else 0.0
        print(f"{suite:28}{scope:5} in scope {share:7.1%} right {tally[f'{suite} left out']:5} left out")
    total = sum(n for name, n in tally.items() if name.endswith("in scope"))
    right = sum(n for name, n in tally.items() if name.endswith("right"))
    print(f"{'all':28}{total:5} in scope {right / total:7.1%} right")
    print("\nwrong:", *wrong, "\nleft out:", *out, sep="\n  ")


if __name__ == "__main__":
    main()
