# SPDX-License-Identifier: GPL-3.0-only
"""Fuzzes targets, some at a time: ``python -m tests.fuzz [NAME ...] [--minutes N] [--jobs N] [--json FILE]``.

What is found goes to ``build/fuzz/<target>``; ``tests/data/corpus/<target>`` is where each run begins.
"""

from __future__ import annotations

import argparse
import os
import sys
from concurrent.futures import ThreadPoolExecutor
from importlib.util import find_spec
from pathlib import Path

from tests.benchmarks.figures import Figure, table
from tests.benchmarks.running import write_figures
from tests.fuzz.campaign import campaign

_TARGETS = sorted(path.stem.removeprefix("fuzz_") for path in Path(__file__).parent.glob("fuzz_*.py"))


def main(words: list[str]) -> int:
    """Return 0 when nothing broke, 1 when something did, 2 when nothing could be run."""
    parser = argparse.ArgumentParser(prog="python -m tests.fuzz")
    parser.add_argument("names", nargs="*", metavar="NAME", help=", ".join(_TARGETS))
    parser.add_argument("--minutes", type=float, default=30.0, help="for each target (30)")
    parser.add_argument("--jobs", type=int, default=os.cpu_count() or 1, help="how many at a time (one a core)")
    parser.add_argument("--json", type=Path, metavar="FILE", help="write the figures here too")
    asked = parser.parse_args(words)
    if unknown := sorted(set(asked.names) - set(_TARGETS)):
        print(f"nothing named {', '.join(unknown)} here; there are: {', '.join(_TARGETS)}", file=sys.stderr)
        return 2
    if find_spec("atheris") is None:
        print("atheris is missing: pip install -e '.[fuzz]' (Linux, Python 3.11 to 3.13)", file=sys.stderr)
        return 2
    with ThreadPoolExecutor(asked.jobs) as pool:
        runs = list(pool.map(lambda name: campaign(name, asked.minutes), asked.names or _TARGETS))
    figures: dict[str, list[Figure]] = {run.target: run.figures() for run in runs}
    print(table(figure for found in figures.values() for figure in found))
    if asked.json is not None:
        write_figures(asked.json, figures)
    return int(any(run.broke for run in runs))


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
