# SPDX-License-Identifier: GPL-3.0-only
"""One query in a process of its own: ``python -m tests.benchmarks.query_child WHO FOLDER NAME REPEATS`` prints JSON.

Prints seconds of the first and of the median later run, a number of the answer that must agree, and memory in MB.
"""

from __future__ import annotations

import json
import os
import resource
import statistics
import sys
import time
from collections.abc import Callable
from pathlib import Path
from types import SimpleNamespace
from typing import Any

os.environ["OPENBLAS_NUM_THREADS"] = "1"  # before numpy: threads make small products a thousand times slower

from tests.benchmarks.query_folders import END

EVERYTHING = 1.0
QUERIES: dict[str, tuple[str, dict[str, Any]]] = {
    "window": ("logs", {"start": "-15m", "grep": r"Alloc an err=\d+"}),
    "literal": ("logs", {"start": EVERYTHING, "grep": r"Alloc an err=\d+"}),
    "level": ("logs", {"start": EVERYTHING, "level": "ERROR"}),
    "alternation": ("logs", {"start": EVERYTHING, "grep": r"out of memory|Alloc an err=|Low heap \(|bad_alloc"}),
    "no literal": ("logs", {"start": EVERYTHING, "grep": r"0x[0-9a-f]{6}00\b.*[13579]$"}),
    "plain": ("logs", {"start": EVERYTHING}),
    "1h": ("telemetry", {"window": "1h"}),
    "6h": ("telemetry", {"window": "6h"}),
    "3d": ("telemetry", {"window": "3d"}),
}


def _ours(folder: Path) -> Callable[[str], dict[str, object]]:
    from mtleak_gui.storage.recording_reader import RecordingReader

    reader = RecordingReader(folder, clock=lambda: END)

    def ask(name: str) -> dict[str, object]:
        stream, arguments = QUERIES[name]
        question: Callable[..., Any] = reader.logs_window if stream == "logs" else reader.telemetry_timeline
        answer: dict[str, object] = question(**arguments).as_dict()
        return answer

    return ask


def _peer(folder: Path) -> Callable[[str], dict[str, object]]:
    os.environ["MESHTASTIC_MCP_LOG_DIR"] = str(folder)
    from meshtastic_mcp import log_query

    vars(log_query)["time"] = SimpleNamespace(time=lambda: END)

    def ask(name: str) -> dict[str, object]:
        stream, arguments = QUERIES[name]
        answer: dict[str, object] = (log_query.logs_window if stream == "logs" else log_query.telemetry_timeline)(
            **arguments
        )
        return answer

    return ask


def main(who: str, folder: str, name: str, repeats: str) -> None:
    """Run one query and print what it took."""
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    begun = time.perf_counter()
    ask = (_ours if who == "ours" else _peer)(Path(folder))
    imported = time.perf_counter()
    answer = ask(name)
    first = time.perf_counter() - imported
    later = []
    for _ in range(int(repeats)):
        start = time.perf_counter()
        ask(name)
        later.append(time.perf_counter() - start)
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    told = {
        "first": first,
        "import": imported - begun,
        "warm": statistics.median(later) if later else first,
        "checked": answer.get("total_matched", [answer.get("samples"), answer.get("min"), answer.get("max")]),
        "memory": memory,
        "growth": memory - before,
        "notes": answer.get("notes"),
    }
    print(json.dumps(told))


if __name__ == "__main__":
    main(*sys.argv[1:])
