# SPDX-License-Identifier: GPL-3.0-only
"""Entry point: arguments to a headless command."""

from __future__ import annotations

import os
import sys

from mtleak_gui.cli.commands import run_command


def main() -> int:
    """Run the command that the process's arguments name and return its exit code."""
    # Before numpy is imported: on threads, its small products take a thousand times longer.
    os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
    return run_command(sys.argv[1:])


if __name__ == "__main__":
    sys.exit(main())
