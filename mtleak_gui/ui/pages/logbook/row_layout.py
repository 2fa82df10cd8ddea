# SPDX-License-Identifier: GPL-3.0-only
"""Where things stand in a log row, for a size of the typeface: the same for the header and for all rows."""

from __future__ import annotations

from typing import NamedTuple

from PySide6.QtGui import QFont, QFontMetricsF

from mtleak_gui.ui.theme.theme_keeper import ThemeKeeper

USUAL_PX = 12
SMALLEST_PX, LARGEST_PX = 9, 28
_LEFT = 16
_GAP = 14
_THREAD_LETTERS = 14
_BOARD_LETTERS = 10


class RowLayout(NamedTuple):
    """Heights and left edges in logical pixels; right-aligned columns end ``_GAP`` before the next one begins."""

    font: QFont
    metrics: QFontMetricsF
    row: int
    mark: int
    time: float
    board: float
    """Where the name of the board stands; as wide as nothing where there is one board only."""
    uptime: float
    thread: float
    level: float
    heap: float
    message: float

    @property
    def uptime_end(self) -> float:
        """Where figures of the uptime end."""
        return self.thread - _GAP

    @property
    def heap_end(self) -> float:
        """Where figures of the heap end."""
        return self.message - _GAP

    @property
    def board_width(self) -> float:
        """The room for the name of a board, 0 where it is not told."""
        return max(0.0, self.uptime - self.board - _GAP)

    def baseline(self, top: float, height: float) -> float:
        """Return where letters stand in a row."""
        return top + (height - self.metrics.height()) / 2 + self.metrics.ascent()


def row_layout(theme: ThemeKeeper, px: int, *, compact: bool = False, boards: bool = False) -> RowLayout:
    """Return the layout for a size of the typeface in pixels; ``compact`` rows stand closer, ``boards`` are told."""
    font = theme.mono(px)
    metrics = QFontMetricsF(font)
    letter = metrics.horizontalAdvance("0")
    scale = px / USUAL_PX
    time = float(_LEFT)
    board = time + max(100 * scale, 12 * letter + _GAP)
    uptime = board + (max(90 * scale, _BOARD_LETTERS * letter + _GAP) if boards else 0.0)
    thread = uptime + max(58 * scale, 7 * letter + _GAP / 2)
    level = thread + max(116 * scale, _THREAD_LETTERS * letter + _GAP)
    heap = level + max(50 * scale, 5 * letter + _GAP)
    message = heap + max(72 * scale, 7 * letter + _GAP)
    row = px + (5 if compact else 10)
    return RowLayout(font, metrics, row, row + 6, time, board, uptime, thread, level, heap, message)
