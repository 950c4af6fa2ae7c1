"""Speed of reading and repair of clean text, beside opencc alone, in one run on one core.

python benchmarks/bench_read.py [FILE…]        # without files: a plan of our own, repeated
"""

from __future__ import annotations

import cProfile
import pstats
import sys
import tempfile
import time
from pathlib import Path

from opencc import OpenCC

from analysis import read, repair

PLAN = """云溪县教育局2024年工作要点
2024年，全县教育工作坚持立德树人根本任务，努力办好人民满意的教育，推动各项工作再上新台阶。
一、推进学前教育普及普惠
1.扩大资源。新建公办幼儿园3所，新增学位1200个，学前三年毛入园率达到95.5%以上，普惠性幼儿园覆盖率达到88%。
2.落实经费。生均公用经费由每生每年600元提高到650元，全年投入2.5亿元，用于改善办学条件。（责任单位：县教育局、县财政局）
二、加强教师队伍建设
（一）深化“县管校聘”改革，补充教师210名，培训校长、骨干教师1500人次，评选名师20名。
"""
SIZE = 3_000_000  # bytes


def best(call: object, runs: int = 3) -> float:
    """The shortest of some runs, in seconds."""
    times = []
    for _ in range(runs):
        start = time.perf_counter()
        call()  # type: ignore[operator]
        times.append(time.perf_counter() - start)
    return min(times)


def main(files: list[str]) -> None:
    """Prints MB/s (UTF-8 bytes) of each stage, and the dearest functions of repair."""
    text = "".join(Path(f).read_text(encoding="utf-8") for f in files) if files else PLAN
    text = text * (SIZE // len(text.encode()) + 1)
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "plan.txt"
        file.write_text(text, encoding="utf-8")
        size = len(text.encode()) / 1e6
        source = read.source(file)
        convert = OpenCC("t2s").convert
        for name, call in {
            "opencc t2s": lambda: convert(text),
            "read.source": lambda: read.source(file),
            "repair.text": lambda: repair.text(source),
            "both": lambda: repair.text(read.source(file)),
        }.items():
            seconds = best(call)
            print(f"{name:12} {size / seconds:8.1f} MB/s  ({size:.1f} MB in {seconds:.3f} s)")
        profile = cProfile.Profile()
        profile.runcall(repair.text, source)
        pstats.Stats(profile).sort_stats("tottime").print_stats(12)


if __name__ == "__main__":
    main(sys.argv[1:])
