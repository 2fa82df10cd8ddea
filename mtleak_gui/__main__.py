# SPDX-License-Identifier: GPL-3.0-only
"""Entry point: arguments to a headless command."""

from __future__ import annotations

import sys

from mtleak_gui.cli.commands import run_command


def main() -> int:
    """Run the command that the process's arguments name and return its exit code."""
    return run_command(sys.argv[1:])


if __name__ == "__main__":
    sys.exit(main())
