# SPDX-License-Identifier: GPL-3.0-only
"""Runs the benchmarks: ``python -m tests.benchmarks [NAME ...]``; each in a process of its own, the peer beside ours.

A benchmark is a module ``bench_<name>.py`` here with ``run() -> list[Figure]``.
"""

from __future__ import annotations

import subprocess
import sys
from importlib import import_module
from pathlib import Path

from tests.benchmarks.figures import table


def main(names: list[str]) -> int:
    """Run the named benchmarks, or all; return 0 when each ran, whatever its figures."""
    known = sorted(path.stem.removeprefix("bench_") for path in Path(__file__).parent.glob("bench_*.py"))
    unknown = set(names) - set(known)
    if unknown:
        print(f"no benchmark named {', '.join(sorted(unknown))}; there are: {', '.join(known)}", file=sys.stderr)
        return 2
    if len(names) == 1:
        print(table(import_module(f"tests.benchmarks.bench_{names[0]}").run()))
        return 0
    failed = 0
    for name in names or known:
        print(f"\n## {name}\n", flush=True)
        failed += subprocess.run([sys.executable, "-m", "tests.benchmarks", name], check=False).returncode != 0
    return min(failed, 1)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
