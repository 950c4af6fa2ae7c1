"""What reading can tell the user: a file that cannot be read, and rows of the `problems` frame."""

from __future__ import annotations

from typing import Any


class Unreadable(ValueError):  # noqa: N818  (read.Unreadable says it)
    """A file from which nothing can be read; the message names the thing, the place and the next step."""


def row(path: str, severity: str, message: str, stage: str = "read") -> dict[str, Any]:
    """A row of `problems` without `plan_id`."""
    return {"source_path": path, "stage": stage, "severity": severity, "message": message}
