"""A briefing a region as HTML and PDF, against a loop of the commands papermill and jupyter nbconvert (HTML only).

    python benchmarks/bench_batch.py --regions 8 --jobs 2
    python benchmarks/bench_batch.py --frames data/processed --regions 31

Both sides run the notebook 90_briefing on the same frames in the same run. The loop makes no PDF: its routes to PDF
need LaTeX or a browser. Prints seconds in all and a report, how many times faster the batch is, failures, sizes of files,
and the seconds of a second batch over the same frames, which finds nothing changed.
"""

from __future__ import annotations

import argparse
import os
import random
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

from analysis import brief, frames, paths
from analysis.brief import batch as reports
from analysis.brief import chosen

NOTEBOOK = "90_briefing"
HEADINGS = {
    "preschool": "办好学前教育", "compulsory": "均衡义务教育", "teachers": "建强教师队伍", "safety": "守住校园安全",
    "digital": "推进智慧校园", "finance": "保障教育经费", "moral": "落实立德树人", "sports_health": "增强学生体质",
}  # fmt: skip
COMMITMENTS = ("binding", "quantified", "concrete", "continuing", "exploratory")


def corpus(n_regions: int, seed: int = 0) -> dict[str, Any]:
    """Frames of invented counties, a plan each of 24 items, every second with a target."""
    chance = random.Random(seed)
    rows: dict[str, list[dict[str, Any]]] = {name: [] for name in frames.COLUMNS}
    for at in range(n_regions):
        plan(rows, f"试{chr(0x4E00 + 7 * at)}县", f"plan{at:03d}", chance)
    return {name: frames.make(name, held) for name, held in rows.items()}


def plan(rows: dict[str, list[dict[str, Any]]], region: str, key: str, chance: random.Random) -> None:
    """Adds one plan's rows."""
    text = f"{region}2024年教育工作要点\n"
    for at in range(24):
        domain = chance.choice(list(HEADINGS))
        clause = f"{HEADINGS[domain]}达标率达到{chance.randint(60, 99)}%以上"
        body = f"完善工作机制，{clause}，" + "细化任务分工，压实各方责任，" * chance.randint(1, 6) + "确保落地见效。"
        start = len(text)
        text += body + "\n"
        item = f"{key}-{at}"
        rows["items"].append(
            {
                "plan_id": key, "item_id": item, "order": at, "heading": HEADINGS[domain], "text": body, "start": start,
                "end": start + len(body), "tense": "task", "codebook": "education", "domains": [domain], "domain": domain,
                "instruments": ["organisation"], "commitment": chance.choice(COMMITMENTS), "lead_units": ["办公室"],
            }
        )  # fmt: skip
        if at % 2 == 0:
            place = start + body.index(clause)
            rows["metrics"].append(
                {
                    "plan_id": key, "item_id": item, "metric_id": f"{item}-m", "quote": clause, "start": place,
                    "end": place + len(clause), "indicator": f"{HEADINGS[domain]}达标率", "indicator_id": f"{domain}_rate",
                    "indicator_confidence": 0.9, "value": float(clause[-5:-3]), "unit": "%", "comparator": "ge",
                    "kind": "level", "status": "target", "year": 2024, "worded": False,
                }
            )  # fmt: skip
    rows["plans"].append(
        {
            "plan_id": key, "part_no": 1, "source_paths": [f"{region}.txt"], "title": text.split("\n")[0], "is_plan": True,
            "doc_type": "work_points", "sector": "education", "province": "试验省", "city": "试验市", "county": region,
            "region_level": "county", "plan_year": 2024, "plan_until": 2024, "noise": [], "text": text,
            "n_chars": len(text), "damage": 0.0, "family_id": key,
        }
    )  # fmt: skip
    rows["sources"].append({"plan_id": key, "source_text": text})


def batch(folder: Path, out: Path, regions: list[str], jobs: int, fresh: bool = True) -> list[brief.Result]:
    """Makes every region's briefing with the suite and the index."""
    each = chosen.jobs([NOTEBOOK], "region", {"frames_dir": str(folder)})
    wanted = [job for job in each if job.params["region"] in regions]
    made = reports.make(wanted, out, jobs=jobs, fresh=fresh)
    brief.index(out)
    return made


def loop(folder: Path, out: Path, regions: list[str]) -> int:
    """Makes the same pages with the two commands, one after another; gives how many failed."""
    out.mkdir()
    failed = 0
    for region in regions:
        executed = out / f"{region}.ipynb"
        run = [sys.executable, "-m", "papermill", str(paths.notebooks() / f"{NOTEBOOK}.ipynb"), str(executed)]
        run += ["-p", "region", region, "-p", "frames_dir", str(folder), "--no-progress-bar"]
        convert = [sys.executable, "-m", "nbconvert", "--to", "html", "--no-input", str(executed)]
        failed += any(
            subprocess.run(command, capture_output=True, check=False).returncode for command in (run, convert)
        )
    return failed


def sizes(made: list[brief.Result], kind: str) -> str:
    """The median and the largest file of a kind, in kB."""
    found = sorted(result.paths[kind].stat().st_size // 1000 for result in made if kind in result.paths)
    return f"{kind} {found[len(found) // 2]} kB, at most {found[-1]} kB" if found else f"no {kind}"


def timed(work: Callable[[], Any]) -> tuple[Any, float]:
    """What the work gives, and its seconds."""
    began = time.perf_counter()
    done = work()
    return done, time.perf_counter() - began


def main() -> None:
    """Times both and prints a table."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n")[0])
    parser.add_argument("--regions", type=int, default=8)
    parser.add_argument("--jobs", type=int, default=os.cpu_count() or 1)
    parser.add_argument("--loop", type=int, help="make only so many with the commands, which take a minute each")
    parser.add_argument("--frames", type=Path, help="frames of your own; invented counties where not given")
    asked = parser.parse_args()
    with tempfile.TemporaryDirectory() as held:
        folder = asked.frames or Path(held) / "frames"
        if asked.frames is None:
            frames.write(corpus(asked.regions), folder)
        regions = sorted(chosen.comparable_plans(folder)["region"].dropna().unique())[: asked.regions]
        out = Path(held) / "batch"
        made, ours = timed(lambda: batch(folder, out, regions, asked.jobs))
        _, again = timed(lambda: batch(folder, out, regions, asked.jobs, fresh=False))
        looped = regions[: asked.loop]
        failed, theirs = timed(lambda: loop(folder, Path(held) / "loop", looped))
        lost = sum(result.status == "failed" for result in made)
        told = [sizes(made, kind) for kind in ("html", "pdf")]
    n, k = len(regions), len(looped)
    print(f"{'':36}{'all, s':>10}{'a report, s':>14}{'failed':>8}")
    print(f"{f'batch, HTML and PDF, {asked.jobs} jobs':36}{ours:>10.1f}{ours / n:>14.2f}{lost:>8}")
    print(f"{'the same again, nothing changed':36}{again:>10.1f}{again / n:>14.2f}")
    print(f"{f'papermill, nbconvert, {k} as HTML':36}{theirs:>10.1f}{theirs / k:>14.2f}{failed:>8}")
    print(f"{n} reports; a report is {theirs / k / (ours / n):.1f} times faster; {'; '.join(told)}")
    if lost or failed:
        raise SystemExit("times of reports that failed say nothing")


if __name__ == "__main__":
    main()
