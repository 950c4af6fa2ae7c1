"""Scores of what is read, against the hand-coded plans in tests/plans, as data for the methods page of every report.

    python benchmarks/make_scores.py

Writes src/analysis/brief/templates/scores.json; nothing in it is typed by hand.
"""

from __future__ import annotations

import json
import tempfile
from pathlib import Path
from typing import Any

from analysis import __version__, frames, ingest, lexicon, review

PROJECT = Path(__file__).resolve().parents[1]
FILE = PROJECT / "src/analysis/brief/templates/scores.json"
BLIND = ("blind", "blind2/a", "blind2/b", "blind3")
# name of the set → its documents and its answers
SETS = {
    "sample": [(PROJECT / "data/raw/sample", PROJECT / "tests/plans")],
    "apart": [(PROJECT / "tests/plans" / at / "texts", PROJECT / "tests/plans" / at / "gold") for at in BLIND],
}
FRAMES = ("plans", "outline", "items", "metrics")


def scores(folders: list[tuple[Path, Path]]) -> dict[str, Any]:
    """How many documents were scored, and a row a measure."""
    gold = [json.loads(file.read_text("utf-8")) for _, answers in folders for file in sorted(answers.glob("*.json"))]
    with tempfile.TemporaryDirectory() as held:
        ingest.run([documents for documents, _ in folders], Path(held), jobs=1)
        found = {name: frames.read(Path(held), name) for name in FRAMES}
    rows = review.score(found, gold).round(3).to_dict("records")
    return {"n": len(gold), "rows": [row for row in rows if not row["measure"].startswith("document.") or row["measure"] == "document.fields"]}  # fmt: skip


def main() -> None:
    """Scores each set and writes the file."""
    made = {
        "version": __version__,
        "codebook": lexicon.version(),
        "sets": {name: scores(folders) for name, folders in SETS.items()},
    }
    FILE.write_text(json.dumps(made, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
    for name, held in made["sets"].items():
        record = next(row for row in held["rows"] if row["measure"] == "metrics.record")
        print(f"{name:8} {held['n']:3} documents; whole records of numbers: F1 {record['f1']:.3f}")


if __name__ == "__main__":
    main()
