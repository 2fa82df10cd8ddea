# SPDX-License-Identifier: GPL-3.0-only
"""A small curve of one series: extremes as a band, the mean as a line, broken at gaps, a dot at its end."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from PySide6.QtCore import QPointF, QRectF, QSize, Qt, Slot
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QPen, QPixmap, QPolygonF
from PySide6.QtWidgets import QSizePolicy, QWidget

from mtleak_gui.core import wording
from mtleak_gui.core.leakhunt.evidence import Floats
from mtleak_gui.core.series_history import SeriesHistory
from mtleak_gui.ui.theme.theme_keeper import ThemeKeeper

_FEW = 60
"""Up to so many samples each one is dotted: they are far between."""
_INSET = 5
_DOT = 3.0
_SMALL_DOT = 1.8
_LEAST_SHARE = 0.04
"""The height stands for at least this share of the highest value, so that the noise of a flat curve looks flat."""


class _Look(NamedTuple):
    """What a drawing depends on."""

    version: int
    start: float
    end: float
    width: int
    height: int
    ratio: float
    color: int


class Sparkline(QWidget):
    """Shows ``history`` from ``start`` to ``end``; draws it anew only when that, the size or the theme changed."""

    def __init__(self, theme: ThemeKeeper, *, height: int = 76, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._history: SeriesHistory | None = None
        self._start = self._end = 0.0
        self._role = "heap_a"
        self._is_live = True
        self._drawn: tuple[_Look, QPixmap] | None = None
        self._height = height
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        theme.changed.connect(self._tint)

    def show_history(
        self, history: SeriesHistory | None, start: float, end: float, *, role: str = "heap_a", live: bool = True
    ) -> None:
        """Show a span (epoch s); ``live`` puts a dot at the newest sample."""
        state = (history, start, end, role, live)
        if state == (self._history, self._start, self._end, self._role, self._is_live) and (
            history is None or self._drawn is None or self._drawn[0].version == history.version
        ):
            return
        self._history, self._start, self._end, self._role, self._is_live = state
        self.update()

    @Slot()
    def _tint(self) -> None:
        self._drawn = None
        self.update()

    def sizeHint(self) -> QSize:  # noqa: N802 - Qt's name
        """Return the usual size of a tile's curve."""
        return QSize(200, self._height)

    def paintEvent(self, _event: QPaintEvent) -> None:  # noqa: N802 - Qt's name
        """Show the drawing, a new one where something changed."""
        history = self._history
        if history is None or not len(history) or self._end <= self._start:
            return
        color = self._theme.colors.role(self._role)
        ratio = self.devicePixelRatioF()
        look = _Look(history.version, self._start, self._end, self.width(), self.height(), ratio, color.rgba())
        if self._drawn is None or self._drawn[0] != look:
            pixmap = QPixmap(round(self.width() * ratio), round(self.height() * ratio))
            pixmap.setDevicePixelRatio(ratio)
            pixmap.fill(Qt.GlobalColor.transparent)
            painter = QPainter(pixmap)
            self._draw(painter, history, color)
            painter.end()
            self._drawn = (look, pixmap)
        painter = QPainter(self)
        painter.drawPixmap(0, 0, self._drawn[1])

    def _draw(self, painter: QPainter, history: SeriesHistory, color: QColor) -> None:
        shown = history.between(self._start, self._end)
        if shown.stop <= shown.start:
            return
        outline = history.outline(shown.start, shown.stop, self.width())
        low, high = float(outline.low.min()), float(outline.high.max())
        place = QRectF(1, _INSET, self.width() - 2 - _DOT, self.height() - 2 * _INSET)
        per_second = place.width() / (self._end - self._start)
        x = place.left() + (history.ts[outline.first] - self._start) * per_second
        middle, height = (low + high) / 2, max(high - low, _LEAST_SHARE * abs(high), 1e-9)
        scale = place.height() / height
        mean, top, bottom = (
            place.center().y() - (column - middle) * scale for column in (outline.mean, outline.high, outline.low)
        )
        if shown.stop - shown.start > 1:
            # The line ends at the newest sample itself, not where its block begins.
            x[-1] = place.left() + (history.ts[shown.stop - 1] - self._start) * per_second
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        for piece in _pieces(history, outline.first, shown.stop):
            _band(painter, x[piece], top[piece], bottom[piece], self._theme.tint(color, 0.32))
            painter.setPen(QPen(color, 1.5, Qt.PenStyle.SolidLine, Qt.PenCapStyle.RoundCap, Qt.PenJoinStyle.RoundJoin))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawPolyline(_polygon(x[piece], mean[piece]))
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(color)
        if shown.stop - shown.start <= _FEW:
            for dot_x, dot_y in zip(x, mean, strict=True):
                painter.drawEllipse(QPointF(dot_x, dot_y), _SMALL_DOT, _SMALL_DOT)
        if self._is_live:
            painter.drawEllipse(QPointF(x[-1], mean[-1]), _DOT, _DOT)


def extremes(history: SeriesHistory, shown: slice) -> str:
    """Return ``min 92,344 · max 124,008`` of some samples, of which there must be one."""
    outline = history.outline(shown.start, shown.stop, 64)
    low, high = float(outline.low.min()), float(outline.high.max())
    return f"min {wording.number(low)} · max {wording.number(high)}"


def _pieces(history: SeriesHistory, first: np.ndarray[tuple[int, ...], np.dtype[np.int64]], stop: int) -> list[slice]:
    """Return the runs of blocks that no gap parts."""
    gaps = history.gaps
    inside = gaps[(gaps > first[0]) & (gaps < stop)]
    cuts = sorted({int(cut) for cut in np.searchsorted(first, inside, "left") if 0 < cut < first.size})
    return [slice(a, b) for a, b in zip([0, *cuts], [*cuts, first.size], strict=True)]


def _polygon(x: Floats, y: Floats) -> QPolygonF:
    return QPolygonF([QPointF(a, b) for a, b in zip(x.tolist(), y.tolist(), strict=True)])


def _band(painter: QPainter, x: Floats, top: Floats, bottom: Floats, color: QColor) -> None:
    if x.size < 2 or not (bottom - top > 1.0).any():
        return
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(color)
    painter.drawPolygon(_polygon(np.concatenate([x, x[::-1]]), np.concatenate([top, bottom[::-1]])))
