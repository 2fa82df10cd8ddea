# SPDX-License-Identifier: GPL-3.0-only
"""The strip at the right of the rows: where hits, warnings, errors and marks stand; its frame is the scroll bar."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt
from PySide6.QtCore import QRectF, QSize, Qt, QTimer, Slot
from PySide6.QtGui import QColor, QMouseEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QScrollBar, QSizePolicy, QWidget

from mtleak_gui.core.filtered_log import Chunk
from mtleak_gui.core.log_columns import LEVELS
from mtleak_gui.ui.pages.logbook.log_sifter import LogSifter
from mtleak_gui.ui.theme.theme_keeper import ThemeKeeper

WIDTH = 12
_SMALLEST_FRAME = 34
_RENEW_MS = 250
_HIT_EVERY = 4
"""Pixels between two hits of the filter: each row is one, and a solid bar would tell nothing."""
_WARN, _ERROR, _CRIT = (LEVELS.index(name) for name in ("WARN", "ERROR", "CRIT"))

Places = npt.NDArray[np.intp]


class MatchStrip(QWidget):
    """Drawn from the rows that are shown, at most four times a second; drag or click to scroll."""

    def __init__(self, theme: ThemeKeeper, sifter: LogSifter, bar: QScrollBar, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme, self._sifter, self._bar = theme, sifter, bar
        self._seen: dict[Chunk, tuple[int, Places, Places]] = {}
        """Of each chunk its length when it was looked at, and where its warnings and errors stand."""
        self._grip: float | None = None
        self.setFixedWidth(WIDTH)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Expanding)
        self.setToolTip(self.tr("Matches, warnings, errors and marks; drag to scroll"))
        self._ticks: list[tuple[str, Places]] = []
        self._renewal = QTimer(self, singleShot=True, interval=_RENEW_MS)
        self._renewal.timeout.connect(self._renew)
        sifter.changed.connect(self._wait)
        sifter.found_changed.connect(self._wait)
        sifter.done.connect(self._wait)
        bar.valueChanged.connect(self.update)
        bar.rangeChanged.connect(self.update)
        theme.changed.connect(self.update)

    def sizeHint(self) -> QSize:  # noqa: N802 - Qt's name
        """Return its width."""
        return QSize(WIDTH, 100)

    @Slot()
    def _wait(self) -> None:
        if not self._renewal.isActive():
            self._renewal.start()

    @Slot()
    def _renew(self) -> None:
        """Find out where ticks stand, as heights in pixels."""
        shown = self._sifter.shown
        rows, height = max(1, len(shown)), self.height()
        warnings, errors, marks = [], [], []
        kept = {}
        for chunk, before in zip(shown.chunks, shown.totals(), strict=False):
            seen = self._seen.get(chunk)
            if seen is None or seen[0] != len(chunk.places):
                levels = chunk.block.level[chunk.places]
                bad = np.flatnonzero((levels == _ERROR) | (levels == _CRIT))
                seen = (len(levels), np.flatnonzero(levels == _WARN), bad)
            kept[chunk] = seen
            warnings.append(seen[1] + before)
            errors.append(seen[2] + before)
            marks.append(chunk.marks + before)
        self._seen = kept
        found = self._sifter.found
        hits = self._hits_of_filter(height) if found is None else _heights([found.places()], rows, height)
        self._ticks = [
            ("log_heap", hits),
            ("log_warn", _heights(warnings, rows, height)),
            ("log_error", _heights(errors, rows, height)),
            ("log_mark", _heights(marks, rows, height)),
        ]
        self.update()

    def _hits_of_filter(self, height: int) -> Places:
        wanted = self._sifter.wanted
        if not wanted.pattern or wanted.negate or not len(self._sifter.shown):
            return np.empty(0, np.intp)
        ticks = min(height // _HIT_EVERY, len(self._sifter.shown))
        return ((np.arange(ticks) + 0.5) * height / ticks).astype(np.intp)

    def paintEvent(self, _event: QPaintEvent) -> None:  # noqa: N802 - Qt's name
        """Draw ticks and the frame."""
        painter = QPainter(self)
        colors = self._theme.colors
        painter.fillRect(self.rect(), colors.bg)
        painter.fillRect(QRectF(0, 0, 1, self.height()), colors.divider)
        sizes = {"log_heap": (6.0, 1.5), "log_warn": (8.0, 2.0), "log_error": (10.0, 3.0), "log_mark": (12.0, 3.0)}
        for role, heights in self._ticks:
            width, thick = sizes[role]
            color: QColor = colors.role(role)
            for y in heights.tolist():
                painter.fillRect(QRectF((WIDTH - width) / 2 + 0.5, y - thick / 2, width, thick), color)
        frame = self._frame()
        if frame is None:
            return
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(colors.primary, 1.5))
        painter.setBrush(self._theme.tint(colors.primary, 0.2))
        painter.drawRoundedRect(frame, 3, 3)

    def _frame(self) -> QRectF | None:
        """Return where the frame of what is on the screen stands, ``None`` when everything is."""
        reach = self._bar.maximum() - self._bar.minimum()
        if reach <= 0:
            return None
        height = max(_SMALLEST_FRAME, self.height() * self._bar.pageStep() / (reach + self._bar.pageStep()))
        top = (self.height() - height) * (self._bar.value() - self._bar.minimum()) / reach
        return QRectF(1, top + 1, WIDTH - 2, height - 2)

    def mousePressEvent(self, event: QMouseEvent) -> None:  # noqa: N802 - Qt's name
        """Take the frame, or bring it here."""
        if event.button() != Qt.MouseButton.LeftButton:
            return
        frame, y = self._frame(), event.position().y()
        if frame is None:
            return
        self._grip = y - frame.top() if frame.top() <= y <= frame.bottom() else frame.height() / 2
        self._scroll_to(y)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:  # noqa: N802 - Qt's name
        """Scroll with the frame."""
        if self._grip is not None:
            self._scroll_to(event.position().y())

    def mouseReleaseEvent(self, _event: QMouseEvent) -> None:  # noqa: N802 - Qt's name
        """Let the frame go."""
        self._grip = None

    def _scroll_to(self, y: float) -> None:
        frame = self._frame()
        if frame is not None and self._grip is not None:
            share = (y - self._grip) / max(1.0, self.height() - frame.height() - 2)
            self._bar.setValue(round(self._bar.minimum() + share * (self._bar.maximum() - self._bar.minimum())))


def _heights(places: list[Places], rows: int, height: int) -> Places:
    """Return the pixels at which rows stand, each once."""
    if not places:
        return np.empty(0, np.intp)
    return np.unique(((np.concatenate(places) + 0.5) * height / rows).astype(np.intp))
