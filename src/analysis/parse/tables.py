"""Tables of tasks (任务分解表): rows with task, responsible units and deadline, matched to items or items themselves."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field

from analysis.parse.blocks import Block

_TASK = re.compile(r"任务|工作内容|工作措施|举措|事项|项目|内容|要点|目标")
_LEAD = re.compile(r"(?:牵头|主办|主责|承办)|责任(?!人)|落实(?:单位|部门)")
_SUPPORT = re.compile(r"配合|协办|协助|参与|参加")
_DEADLINE = re.compile(r"时限|期限|时间|完成日期|进度")
_COMMON = 200  # items: a pair of characters that more of them hold tells nothing
_LIKE = 0.5  # share of a row's character pairs that its item holds


@dataclass
class Task:
    """A row: its task at `start:end` of the clean text, and what the other columns say."""

    text: str
    start: int
    end: int
    lead_units: list[str] = field(default_factory=list)
    support_units: list[str] = field(default_factory=list)
    deadline: str | None = None


def tasks(blocks: Sequence[Block]) -> list[Task]:
    """The rows of every table whose head names a task and a unit or a deadline."""
    out: list[Task] = []
    columns: dict[str, int] = {}
    for block in blocks:
        if not block.is_table:
            columns = {}
            continue
        cells = block.text.split("\t")
        head = _columns(cells)
        if head:
            columns = head
        elif columns and len(cells) > columns["task"]:
            task = _task(block, cells, columns)
            out += [task] if task.text else []
    return out


def _columns(cells: Sequence[str]) -> dict[str, int]:
    """Role → column, where the cells are the head of a table of tasks; else empty."""
    out: dict[str, int] = {}
    if any(len(cell) > 16 for cell in cells):
        return {}
    for i, cell in enumerate(re.sub(r"\s", "", c) for c in cells):
        for role, pattern in (("deadline", _DEADLINE), ("support", _SUPPORT), ("lead", _LEAD), ("task", _TASK)):
            if pattern.search(cell):
                role = "support" if role == "lead" and "lead" in out else role
                out.setdefault(role, i)
                break
    return out if "task" in out and len(out) > 1 else {}


def _task(block: Block, cells: Sequence[str], columns: dict[str, int]) -> Task:
    at = sum(len(cell) + 1 for cell in cells[: columns["task"]])
    text = cells[columns["task"]]
    start = block.start + at + len(text) - len(text.lstrip())

    def cell(role: str) -> str:
        return cells[columns[role]].strip() if role in columns and columns[role] < len(cells) else ""

    text = text.strip()
    return Task(text, start, start + len(text), _units(cell("lead")), _units(cell("support")), cell("deadline") or None)


def _units(cell: str) -> list[str]:
    return [unit for unit in re.split(r"[、，,；;/\s]+", cell) if unit and unit not in ("-", "—", "无")]


def matched(rows: Sequence[Task], bodies: Sequence[str]) -> list[int | None]:
    """For each row the index of the text that it is about: the one that holds most of its words, None below half."""
    held: dict[str, list[int]] = defaultdict(list)
    for i, body in enumerate(bodies if rows else ()):
        for pair in _pairs(body):
            held[pair].append(i)
    return [_fitting(_pairs(row.text), held) for row in rows]


def _fitting(pairs: set[str], held: dict[str, list[int]]) -> int | None:
    counts = Counter(i for pair in pairs if len(held[pair]) <= _COMMON for i in held[pair])
    if not counts:
        return None
    best, n = max(counts.items(), key=lambda pair: (pair[1], -pair[0]))
    telling = sum(len(held[pair]) <= _COMMON for pair in pairs)
    return best if n >= _LIKE * telling else None


def _pairs(text: str) -> set[str]:
    bare = re.sub(r"[\s\W_]+", "", text)
    return {bare[i : i + 2] for i in range(len(bare) - 1)}
