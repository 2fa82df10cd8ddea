# SPDX-License-Identifier: GPL-3.0-only
"""Draws one log row: columns, the highlights of the filter and of find, decoded NAKs, marks. All text made harmless."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from datetime import datetime
from typing import NamedTuple

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QFontMetricsF, QPainter

from mtleak_gui.core.log_columns import LEVELS, NO_LEVEL
from mtleak_gui.core.log_store import LogRow
from mtleak_gui.core.routing_errors import routing_error_in
from mtleak_gui.core.shown_text import shown, shown_segments
from mtleak_gui.ui.pages.logbook.row_layout import RowLayout
from mtleak_gui.ui.theme.theme_keeper import ThemeKeeper

Spans = Callable[[str], list[tuple[int, int]]]
LONGEST_DRAWN = 2000
"""Characters of a message that are looked at when it is drawn; a screen shows some 200."""
_NAK = re.compile(r"\bAlloc an err=[ \t]{0,4}-?[0-9]{1,9},?", re.IGNORECASE)
_CHIP_HEIGHT, _CHIP_PADDING, _CHIP_ICON = 18, 6, 14
_FLAG = 16


class RowState(NamedTuple):
    """How a row stands out."""

    selected: bool = False
    hovered: bool = False
    focused: bool = False
    """It is the one that keys act on, and the view has the focus."""
    found: bool = False
    """It holds what find looks for."""


class BoardWords(NamedTuple):
    """What a board is called, and the role of its colour."""

    name: str
    role: str


class MarkWords(NamedTuple):
    """What a mark is called now; its row in the log says what it was called at first."""

    label: str
    note: str | None = None
    removed: bool = False


class RowPainter:
    """Draws rows of one theme and size. ``filter_spans`` and ``find_spans`` say where patterns stand in a line."""

    def __init__(self, theme: ThemeKeeper, layout: RowLayout) -> None:
        self._theme = theme
        self._layout = layout
        self._small = theme.font(11, 500)
        self._small_metrics = QFontMetricsF(self._small)
        self.boards: Mapping[str, BoardWords] = {}
        """By port, where rows of several boards stand together."""
        self.filter_spans: Spans = _nothing
        self.find_spans: Spans = _nothing

    def draw(self, painter: QPainter, place: QRectF, row: LogRow, state: RowState) -> None:
        """Draw a line of a board."""
        layout, colors = self._layout, self._theme.colors
        self._ground(painter, place, state)
        painter.setFont(layout.font)
        y = layout.baseline(place.top(), place.height())
        self._words(painter, layout.time, y, clock_of(row.ts), colors.text_2)
        self._board(painter, y, row.source.port or "")
        if row.uptime is not None:
            self._figure(painter, layout.uptime_end, y, f"{row.uptime:,.0f}", colors.text_2)
        thread = layout.metrics.elidedText(
            shown(row.thread[:200]), Qt.TextElideMode.ElideRight, layout.level - layout.thread - 8
        )
        self._words(painter, layout.thread, y, thread, colors.text)
        if row.level != NO_LEVEL:
            level = LEVELS[row.level]
            self._words(painter, layout.level, y, level, colors.role(f"log_{level.lower()}"))
        if row.heap is not None:
            self._figure(painter, layout.heap_end, y, f"{row.heap:,}", colors.text_2)
        self._message(painter, place, y, row)

    def draw_mark(self, painter: QPainter, place: QRectF, row: LogRow, words: MarkWords, state: RowState) -> None:
        """Draw a mark of the tester: a line with a flag over the whole width."""
        layout, colors = self._layout, self._theme.colors
        color = colors.disabled if words.removed else colors.log_mark
        painter.fillRect(place, self._theme.tint(color, 0.08))
        self._ground(painter, place, state)
        painter.setFont(layout.font)
        self._words(painter, layout.time, layout.baseline(place.top(), place.height()), clock_of(row.ts), color)
        middle = round(place.center().y()) - 0.5
        flag = layout.thread + 10
        painter.setPen(color)
        painter.drawLine(QPointF(layout.uptime, middle), QPointF(layout.thread, middle))
        picture = self._theme.pixmap("flag-variant", "disabled" if words.removed else "log_mark", _FLAG)
        painter.drawPixmap(QPointF(flag, place.center().y() - _FLAG / 2), picture)
        x = flag + _FLAG + 6
        x = self._mark_words(painter, x, place, shown(words.label[:200]), size=(13, 500), color=color)
        note = "removed" if words.removed else shown((words.note or "")[:500])
        if note:
            x = self._mark_words(painter, x + 8, place, note, size=(12, 400), color=colors.text_2)
        painter.setPen(color)
        if x + 8 < place.right() - 8:
            painter.drawLine(QPointF(x + 8, middle), QPointF(place.right() - 8, middle))

    def _board(self, painter: QPainter, y: float, port: str) -> None:
        layout = self._layout
        board = self.boards.get(port)
        if board is None or layout.board_width <= 0:
            return
        bar = QRectF(layout.board, y - layout.metrics.ascent() + 1, 3, layout.metrics.height() - 2)
        painter.fillRect(bar, self._theme.colors.role(board.role))
        room = layout.board_width - 8
        name = layout.metrics.elidedText(shown(board.name[:80]), Qt.TextElideMode.ElideMiddle, room)
        self._words(painter, layout.board + 8, y, name, self._theme.colors.text_2)

    def _mark_words(
        self, painter: QPainter, x: float, place: QRectF, text: str, *, size: tuple[int, int], color: QColor
    ) -> float:
        px = size[0] + self._layout.row - 22
        font = self._theme.font(px, size[1])
        metrics = QFontMetricsF(font)
        text = metrics.elidedText(text, Qt.TextElideMode.ElideRight, max(0.0, place.right() - 16 - x))
        painter.setFont(font)
        y = place.top() + (place.height() - metrics.height()) / 2 + metrics.ascent()
        self._words(painter, x, y, text, color)
        return x + metrics.horizontalAdvance(text)

    def _ground(self, painter: QPainter, place: QRectF, state: RowState) -> None:
        colors = self._theme.colors
        if state.selected:
            painter.fillRect(place, self._theme.tint(colors.primary, 0.12))
        elif state.hovered:
            painter.fillRect(place, self._theme.tint(colors.text, 0.05))
        if state.found:
            painter.fillRect(QRectF(place.left(), place.top(), 3, place.height()), colors.primary)
        if state.focused:
            painter.setPen(colors.primary)
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRect(place.adjusted(0.5, 0.5, -1, -1))

    def _message(self, painter: QPainter, place: QRectF, y: float, row: LogRow) -> None:
        colors = self._theme.colors
        message = row.message[:LONGEST_DRAWN]
        header = len(row.text) - len(row.message)
        nak = routing_error_in(message) if "err=" in message else None
        cut = _NAK.search(message) if nak is not None else None
        spans = self._spans_in(row.text, header)
        right = place.right() - 8
        if cut is None or nak is None:
            self._segments(
                painter, self._layout.message, right, y, segments=shown_segments(message, spans), color=colors.text
            )
            return
        # The comma after the number is left out: the chip stands in its place.
        said = message[: cut.end()].rstrip(",")
        x = self._segments(
            painter, self._layout.message, right, y, segments=shown_segments(said, spans), color=colors.text
        )
        x = self._chip(painter, x + 8, right, place, f"{nak}: routing NAK, not a memory failure")
        rest = [(start - cut.end(), end - cut.end()) for start, end in spans if end > cut.end()]
        painter.setFont(self._layout.font)
        told = shown_segments(message[cut.end() :], rest)
        self._segments(painter, x + 8, right, y, segments=told, color=colors.text_2)

    def _spans_in(self, text: str, header: int) -> list[tuple[int, int]]:
        """Return where the patterns stand in the message of a line, ascending and without overlap."""
        line = text[: header + LONGEST_DRAWN]
        found = sorted([*self.filter_spans(line), *self.find_spans(line)])
        return [(start - header, end - header) for start, end in found if end > header]

    def _segments(
        self,
        painter: QPainter,
        x: float,
        right: float,
        y: float,
        *,
        segments: list[tuple[str, bool]],
        color: QColor,
    ) -> float:
        metrics = self._layout.metrics
        for text, within in segments:
            width = metrics.horizontalAdvance(text)
            fits = x + width <= right
            if not fits:
                text = metrics.elidedText(text, Qt.TextElideMode.ElideRight, max(0.0, right - x))  # noqa: PLW2901
                width = metrics.horizontalAdvance(text)
            if within:
                ground = QRectF(x, y - metrics.ascent() - 1, width, metrics.height() + 2)
                painter.fillRect(ground, self._theme.tint(self._theme.colors.primary, 0.2))
            self._words(painter, x, y, text, color)
            x += width
            if not fits:
                break
        return x

    def _chip(self, painter: QPainter, x: float, right: float, place: QRectF, text: str) -> float:
        colors = self._theme.colors
        width = self._small_metrics.horizontalAdvance(text) + _CHIP_ICON + 4 + 2 * _CHIP_PADDING
        if x + width > right:
            text = text.partition(":")[0]
            width = self._small_metrics.horizontalAdvance(text) + _CHIP_ICON + 4 + 2 * _CHIP_PADDING
        chip = QRectF(round(x) + 0.5, round(place.center().y() - _CHIP_HEIGHT / 2) + 0.5, width, _CHIP_HEIGHT - 1)
        painter.setPen(colors.divider)
        painter.setBrush(colors.neutral_surface)
        painter.drawRoundedRect(chip, 4, 4)
        painter.setBrush(Qt.BrushStyle.NoBrush)
        picture = self._theme.pixmap("information-outline", "text_2", _CHIP_ICON)
        painter.drawPixmap(QPointF(chip.left() + _CHIP_PADDING, chip.center().y() - _CHIP_ICON / 2), picture)
        painter.setFont(self._small)
        y = chip.top() + (chip.height() - self._small_metrics.height()) / 2 + self._small_metrics.ascent()
        self._words(painter, chip.left() + _CHIP_PADDING + _CHIP_ICON + 4, y, text, colors.text_2)
        return chip.right()

    @staticmethod
    def _words(painter: QPainter, x: float, y: float, text: str, color: QColor) -> None:
        painter.setPen(color)
        painter.drawText(QPointF(x, y), text)

    def _figure(self, painter: QPainter, end: float, y: float, text: str, color: QColor) -> None:
        self._words(painter, end - self._layout.metrics.horizontalAdvance(text), y, text, color)


def clock_of(ts: float) -> str:
    """Return ``14:21:07.112`` in local time."""
    try:
        return f"{datetime.fromtimestamp(ts):%H:%M:%S.%f}"[:-3]  # noqa: DTZ006 - the time of this computer is meant
    except (OverflowError, OSError, ValueError):
        return "--:--:--.---"


def mark_words(row: LogRow) -> MarkWords:
    """Return label and note as the row of a mark has them."""
    label, _, note = row.message.partition(" — ")
    return MarkWords(label, note or None)


def _nothing(_text: str) -> list[tuple[int, int]]:
    return []
