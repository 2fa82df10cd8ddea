# SPDX-License-Identifier: GPL-3.0-only
"""Runs the long forms: ``python -m tests.endurance [NAME ...] [--json FILE]``.

A long form is a module ``run_<name>.py`` here with ``run() -> list[Figure]``.
"""

from __future__ import annotations

import sys

from tests.benchmarks.running import run_modules

if __name__ == "__main__":
    sys.exit(run_modules("tests.endurance", "run_", sys.argv[1:]))
