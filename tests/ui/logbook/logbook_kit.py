# SPDX-License-Identifier: GPL-3.0-only
"""A logbook page over a real bench, settings and query process, and rows to put into it."""

from __future__ import annotations

import time
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path

from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from mtleak_gui.core.firmware_log import parse
from mtleak_gui.core.notice import Notice
from mtleak_gui.core.records import Batch, HeardLine, RawLine, RawMark
from mtleak_gui.core.settings import Settings
from mtleak_gui.engine.disk_worker import DiskWorker
from mtleak_gui.engine.settings_keeper import SettingsKeeper
from mtleak_gui.storage.recording import Recording
from mtleak_gui.storage.settings_file import SettingsFile
from mtleak_gui.ui.pages.logbook.logbook_page import LogbookPage
from mtleak_gui.ui.theme.theme_keeper import ThemeKeeper
from tests.engine.bench_kit import Watched, benched

START = 1_790_000_000.0
PORT = "COM5"


class Shown:
    """The page, its bench and what it told."""

    def __init__(self, qtbot: QtBot, watched: Watched, theme: ThemeKeeper, settings: SettingsKeeper) -> None:
        self._qtbot = qtbot
        self.bench = watched.bench
        self.settings = settings
        self.page = LogbookPage(watched.bench, theme, settings, watched.queries)
        qtbot.addWidget(self.page)
        self.notices: list[Notice] = []
        self.page.notice_requested.connect(self.notices.append)
        self.page.resize(1080, 716)
        self.page.show()
        qtbot.waitExposed(self.page)

    def hear(self, lines: Iterable[HeardLine] = (), marks: Iterable[RawMark] = ()) -> None:
        """Bring rows as the bench does when a board was heard, and wait until all are filtered."""
        self.bench.batch_taken.emit(Batch(lines=tuple(lines), marks=tuple(marks)))
        self.settle()

    def settle(self) -> None:
        """Wait until filter and find have looked at all rows."""
        self._qtbot.waitUntil(lambda: self.page.sifter.is_done)
        self.page.desk.tell()

    def filter(self, pattern: str) -> None:
        """Type a pattern into the filter."""
        self.page.bar.field.edit.setText(pattern)
        self.settle()

    def messages(self) -> list[str]:
        """Return the messages of all rows that are shown."""
        shown, store = self.page.sifter.shown, self.page.sifter.store
        return [store.row_in(*shown.place_of(place)).message for place in range(len(shown))]

    def click(self, place: int, modifier: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
        """Click the row that stands so many below the first on the screen."""
        view = self.page.tab.view
        QTest.mouseClick(view.viewport(), Qt.MouseButton.LeftButton, modifier, QPoint(300, 22 * place + 11))


class _Then:
    """A clock that stands before the first row, so that rows keep their times."""

    def wall(self) -> float:
        return START - 10

    def monotonic(self) -> float:
        return time.monotonic()


def heard(second: float, text: str, port: str = PORT) -> HeardLine:
    """Return a line heard so many seconds after ``START``."""
    return HeardLine(RawLine(START + second, port, "serial", text), parse(text))


def numbered(count: int, first: int = 0) -> list[HeardLine]:
    """Return lines a second apart; each tenth is a warning, each fiftieth an error."""
    lines = []
    for number in range(first, first + count):
        level = "ERROR" if number % 50 == 0 else "WARN " if number % 10 == 0 else "INFO "
        text = f"{level} | 12:00:00 {number} [Thread{number % 3}] [heap {100_000 - number}] line {number}"
        lines.append(heard(number, text))
    return lines


def recorded(folder: Path, lines: int) -> Path:
    """Write a recording of so many log rows, one packet and a mark."""
    recording = Recording.open(folder, clock=_Then())
    recording.start()
    for line in numbered(lines):
        row = {"ts": line.heard.ts, "port": PORT, "role": "serial", "level": line.line.level, "tag": line.line.thread}
        recording.append([("logs", row | {"uptime_s": line.line.uptime_s, "line": line.heard.text})])
    packet = {"ts": START + 1, "port": PORT, "role": "serial", "from_node": "!01", "portnum": "TEXT\u202e<b>APP"}
    recording.append([("packets", packet)])
    recording.mark("burst", note="50 broadcasts", ts=START + lines)
    recording.close()
    return folder


@contextmanager
def logbook(qtbot: QtBot, theme: ThemeKeeper, folder: Path) -> Iterator[Shown]:
    """Show a page over an empty bench."""
    disk = DiskWorker()
    try:
        with benched(qtbot, folder) as watched:
            settings = SettingsKeeper(Settings(), SettingsFile(watched.places.settings), disk)
            yield Shown(qtbot, watched, theme, settings)
            settings.stop()
    finally:
        disk.stop()
