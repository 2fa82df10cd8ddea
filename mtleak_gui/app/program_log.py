# SPDX-License-Identifier: GPL-3.0-only
"""The program's own log: a file that stays small, and the console where there is one."""

from __future__ import annotations

import logging
import sys
from logging.handlers import RotatingFileHandler
from pathlib import Path

from mtleak_gui.core.shown_text import shown_lines

NAME = "mtleak-gui.log"
_LARGEST_BYTES = 1_000_000
_KEPT = 3
_FORM = "%(asctime)s %(levelname)s %(name)s: %(message)s"


class _HarmlessFormatter(logging.Formatter):
    """Spells out what would move a terminal's cursor, and sets in what follows a record's first line."""

    def format(self, record: logging.LogRecord) -> str:
        return shown_lines(super().format(record)).replace("\n", "\n    ")


def start_log(folder: Path) -> Path | None:
    """Log into a file in ``folder``; return it, or ``None`` when it cannot be written, which is no reason to stop."""
    handlers: list[logging.Handler] = []
    path: Path | None = folder / NAME
    try:
        folder.mkdir(parents=True, exist_ok=True)
        handlers.append(
            RotatingFileHandler(folder / NAME, maxBytes=_LARGEST_BYTES, backupCount=_KEPT, encoding="utf-8")
        )
    except OSError:
        path = None
    # A program with a window may have no console at all.
    if sys.stderr is not None:
        handlers.append(logging.StreamHandler())
        handlers[-1].setLevel(logging.WARNING)
    for handler in handlers:
        handler.setFormatter(_HarmlessFormatter(_FORM))
    logging.basicConfig(level=logging.INFO, handlers=handlers)
    return path
