# SPDX-License-Identifier: GPL-3.0-only
"""Entry point: without a command the window, else a headless command."""

from __future__ import annotations

import multiprocessing
import os
import sys
from pathlib import Path

from mtleak_gui.cli.commands import COMMANDS, run_command

_OPTIONS_OF_THE_WINDOW = ("--demo", "--open", "--smoke")


def main() -> int:
    """Open the window or run the command that the process's arguments name; return the exit code."""
    # In a frozen program the query process starts here and goes no further.
    multiprocessing.freeze_support()
    # Before numpy is imported: on threads, its small products take a thousand times longer.
    os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
    argv = _wishes(sys.argv[1:])
    if not argv or argv[0].partition("=")[0] in _OPTIONS_OF_THE_WINDOW:
        # Commands must not wait for widgets.
        from mtleak_gui.app.program import run_window  # noqa: PLC0415

        return run_window(argv)
    return run_command(argv)


def _wishes(argv: list[str]) -> list[str]:
    """Return the arguments; the path alone, as file managers give it, is the wish to open a recording."""
    if len(argv) == 1 and argv[0] not in COMMANDS and Path(argv[0]).exists():
        return ["--open", *argv]
    return argv


if __name__ == "__main__":
    sys.exit(main())
