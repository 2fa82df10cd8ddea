# SPDX-License-Identifier: GPL-3.0-only
"""Starts Qt as the window would, and tells how it went. Runs in: a child process, which may die of it."""

from __future__ import annotations

import os
import sys
from multiprocessing.connection import Connection
from pathlib import Path
from typing import NamedTuple


class WindowFacts(NamedTuple):
    """Qt's version, the platform plugin that works, how many typefaces there are, and the fixed one."""

    qt: str
    platform: str
    typefaces: int
    fixed: str


def probe_window(answer: Connection, said: Path, platform: str) -> None:
    """Send ``WindowFacts``. What Qt writes to the error stream goes to ``said``; ``platform`` "" is the system's."""
    with said.open("wb") as file:
        os.dup2(file.fileno(), 2)
    if platform:
        os.environ["QT_QPA_PLATFORM"] = platform
    from PySide6.QtCore import qVersion  # noqa: PLC0415 - may end the process, and its words are to be heard
    from PySide6.QtGui import QFontDatabase, QFontInfo, QGuiApplication  # noqa: PLC0415 - see above

    application = QGuiApplication(sys.argv[:1])
    fixed = QFontInfo(QFontDatabase.systemFont(QFontDatabase.SystemFont.FixedFont)).family()
    answer.send(WindowFacts(qVersion(), application.platformName(), len(QFontDatabase.families()), fixed))
    answer.close()
