# SPDX-License-Identifier: GPL-3.0-only
"""Runs the benchmarks, the peer beside ours: ``python -m tests.benchmarks [NAME ...] [--json FILE]``.

A benchmark is a module ``bench_<name>.py`` here with ``run() -> list[Figure]``.
"""

from __future__ import annotations

import sys

from tests.benchmarks.running import run_modules

if __name__ == "__main__":
    sys.exit(run_modules("tests.benchmarks", "bench_", sys.argv[1:]))
