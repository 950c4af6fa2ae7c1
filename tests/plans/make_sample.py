"""Writes the sample plans and their gold from the marked-up texts beside this file.

    python tests/plans/make_sample.py [--into FOLDER]

The plans go to data/raw/sample/, the gold to tests/plans/ (both under FOLDER, when one is given).  The same texts give
the same files: dates inside the files are fixed and the scan's noise is seeded.
"""

from __future__ import annotations

import argparse
import csv
import json
import sys
from collections.abc import Callable
from pathlib import Path

HERE = Path(__file__).resolve().parent
sys.path.insert(0, str(HERE))

import marked  # noqa: E402
import pages  # noqa: E402
import sheets  # noqa: E402

PROJECT = HERE.parents[1]
FORMS: dict[str, Callable[..., bytes]] = {
    "plain": pages.plain, "run_on": pages.run_on, "download": pages.download, "big5": pages.traditional,
    "government_page": pages.government_page, "bureau_page": pages.bureau_page, "download_page": pages.download_page,
    "word": sheets.word, "pdf": sheets.pdf, "scan": sheets.scan,
}  # fmt: skip
COLUMNS = ["path", "region", "year", "type", "title", "source_address"]
MANIFEST = [
    {"path": "某县教育局20__年工作要点.txt", "region": "岚江省/云陂市/荻浦县"},
    {
        "path": "临汐县教育局2022年工作总结及2023年工作思路.txt",
        "source_address": "https://papers.example/education/20931.html",
    },
]


def texts() -> list[marked.Marked]:
    """The marked-up plans, by name."""
    return [marked.read(file) for file in sorted((HERE / "texts").glob("*.txt"))]


def write(into: Path) -> list[Path]:
    """The files written: every sample plan, its gold, and the manifest."""
    plans, gold = into / "data/raw/sample", into / "tests/plans"
    plans.mkdir(parents=True, exist_ok=True)
    gold.mkdir(parents=True, exist_ok=True)
    written = []
    for plan in texts():
        form, *options = plan.make
        written += [plans / plan.source, gold / f"{plan.name}.json"]
        written[-2].write_bytes(FORMS[form](plan, *options))
        answer = pages.traditional_gold(plan.gold) if form == "big5" else plan.gold
        written[-1].write_text(json.dumps(answer, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
    with (plans / "manifest.csv").open("w", encoding="utf-8", newline="") as handle:
        sheet = csv.DictWriter(handle, COLUMNS, lineterminator="\n")
        sheet.writeheader()
        sheet.writerows(MANIFEST)
    return [*written, plans / "manifest.csv"]


def main() -> None:
    """Writes the files and says how many."""
    parser = argparse.ArgumentParser(description="Writes the sample plans and their gold.")
    parser.add_argument("--into", type=Path, default=PROJECT, help="folder to write under (the project)")
    written = write(parser.parse_args().into)
    print(f"{len(written)} files written")


if __name__ == "__main__":
    main()
