# SPDX-License-Identifier: GPL-3.0-only
"""Rows as they stand in the live files of a recording."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any


def rows(folder: Path, stream: str) -> list[dict[str, Any]]:
    """Return the rows of a stream."""
    text = (folder / f"{stream}.jsonl").read_text(encoding="ascii")
    return [json.loads(line) for line in text.splitlines()]


def events(folder: Path, kind: str) -> list[dict[str, Any]]:
    """Return the events of a kind."""
    return [row for row in rows(folder, "events") if row["kind"] == kind]
