# SPDX-License-Identifier: GPL-3.0-only
"""Paints the plot of a verdict: on the screen and on paper alike."""

from __future__ import annotations

from datetime import datetime
from typing import NamedTuple

import numpy as np
from PySide6.QtCore import QLineF, QPointF, QRectF, Qt
from PySide6.QtGui import QBrush, QColor, QFont, QFontMetricsF, QPainter, QPen, QPolygonF

from mtleak_gui.core import wording
from mtleak_gui.core.leakhunt.picture import Curve, Picture
from mtleak_gui.core.leakhunt.plot_scale import Scale, round_ticks, scale_for, time_ticks
from mtleak_gui.ui.theme.colors import Colors, tint

_RIGHT, _TOP, _BOTTOM = 8.0, 8.0, 22.0
_TAG_HEIGHT = 18.0
_FEW = 60
"""So many samples are shown as dots too."""
_LABEL_ROOM = 84
"""Pixels that one label of the time axis takes."""


class Inks(NamedTuple):
    """The colours and the typefaces that a plot is painted in."""

    colors: Colors
    axis: QFont
    tag: QFont


class _Frame(NamedTuple):
    area: QRectF
    times: Scale
    values: Scale


def paint_picture(painter: QPainter, area: QRectF, picture: Picture, inks: Inks) -> None:
    """Paint the plot of ``picture`` into ``area``; without any sample, say so."""
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    values = np.array([v for curve in (*picture.curves, *picture.fits) for v in curve.value])
    if not values.size:
        painter.setPen(inks.colors.text_2)
        painter.setFont(inks.axis)
        painter.drawText(area, Qt.AlignmentFlag.AlignCenter, "No samples in this window")
        return
    frame = _frame(area, picture, values, inks)
    _paint_values(painter, frame, picture, inks)
    _paint_times(painter, frame, picture, inks)
    painter.save()
    painter.setClipRect(frame.area)
    _paint_ranges(painter, frame, picture, inks)
    _paint_moments(painter, frame, picture, inks)
    _paint_curves(painter, frame, picture, inks)
    painter.restore()
    _paint_tags(painter, frame, picture, inks)


def _frame(area: QRectF, picture: Picture, values: np.ndarray, inks: Inks) -> _Frame:
    metrics = QFontMetricsF(inks.axis)
    scale = scale_for(values, 0.0, 1.0)
    ticks = _ticks(scale, area.height())
    left = max((metrics.horizontalAdvance(axis_text(tick, picture.unit)) for tick in ticks), default=24.0) + 10
    inner = area.adjusted(left, _TOP, -_RIGHT, -_BOTTOM)
    times = Scale(picture.start, picture.end, inner.left(), inner.right())
    return _Frame(inner, times, Scale(scale.low, scale.high, inner.bottom(), inner.top()))


def axis_text(value: float, unit: str) -> str:
    """Return a figure of the value axis: ``120 k`` for 120,000 bytes, else the reading without its unit."""
    if unit == wording.BYTE_UNIT and abs(value) >= 10_000 and value % 100 == 0:
        return wording.on_screen(f"{value / 1000:,g} k")
    return wording.on_screen(wording.plain_quantity(value, unit))


def _ticks(scale: Scale, height: float) -> list[float]:
    return round_ticks(scale.low, scale.high, max(4, int(height / 24)))


def _paint_values(painter: QPainter, frame: _Frame, picture: Picture, inks: Inks) -> None:
    painter.setFont(inks.axis)
    for tick in _ticks(frame.values, frame.area.height()):
        y = round(frame.values.place(tick)) + 0.5
        painter.setPen(QPen(tint(inks.colors.divider, 0.62), 1))
        painter.drawLine(QLineF(frame.area.left(), y, frame.area.right(), y))
        painter.setPen(inks.colors.text_2)
        place = QRectF(frame.area.left() - 90, y - 10, 82, 20)
        right = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
        painter.drawText(place, right, axis_text(tick, picture.unit))


def _paint_times(painter: QPainter, frame: _Frame, picture: Picture, inks: Inks) -> None:
    shift = wording.utc_offset_s(picture.start)
    about = max(2, int(frame.area.width() / _LABEL_ROOM))
    shape = "%m-%d %H:%M" if picture.end - picture.start > 2 * 86400 else "%H:%M"
    painter.setPen(inks.colors.text_2)
    for tick in time_ticks(picture.start, picture.end, shift, about):
        x = frame.times.place(tick)
        text = datetime.fromtimestamp(tick).strftime(shape)  # noqa: DTZ006 - local
        place = QRectF(x - 50, frame.area.bottom() + 2, 100, 18)
        painter.drawText(place, Qt.AlignmentFlag.AlignCenter, text)


def _paint_ranges(painter: QPainter, frame: _Frame, picture: Picture, inks: Inks) -> None:
    hatch = QBrush(tint(inks.colors.disabled, 0.6), Qt.BrushStyle.BDiagPattern)
    for stretches, brush in (
        (picture.ranges, QBrush(tint(inks.colors.marker, 0.12))),
        (picture.gaps, hatch),
    ):
        for stretch in stretches:
            left, right = frame.times.place(stretch.start), frame.times.place(stretch.end)
            painter.fillRect(QRectF(left, frame.area.top(), max(2.0, right - left), frame.area.height()), brush)


def _paint_moments(painter: QPainter, frame: _Frame, picture: Picture, inks: Inks) -> None:
    lines: tuple[tuple[tuple[float, ...], QColor, Qt.PenStyle], ...] = (
        (tuple(mark.ts for mark in picture.marks), inks.colors.marker, Qt.PenStyle.DashLine),
        (tuple(restart.ts for restart in picture.restarts), inks.colors.text_2, Qt.PenStyle.DotLine),
    )
    for times, color, style in lines:
        painter.setPen(QPen(color, 1, style))
        for ts in times:
            x = round(frame.times.place(ts)) + 0.5
            painter.drawLine(QLineF(x, frame.area.top(), x, frame.area.bottom()))
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(inks.colors.danger)
    for line in picture.memory_lines:
        x, foot = frame.times.place(line.ts), frame.area.bottom()
        painter.drawPolygon(QPolygonF([QPointF(x, foot - 9), QPointF(x + 5, foot), QPointF(x - 5, foot)]))
    painter.setBrush(Qt.BrushStyle.NoBrush)


def _paint_curves(painter: QPainter, frame: _Frame, picture: Picture, inks: Inks) -> None:
    painter.setPen(QPen(inks.colors.heap_a, 1.5))
    painter.setBrush(Qt.BrushStyle.NoBrush)
    few = sum(len(curve.ts) for curve in picture.curves) <= _FEW
    for curve in picture.curves:
        points = _points(curve, frame)
        painter.drawPolyline(points)
        if few or points.size() == 1:
            for number in range(points.size()):
                painter.drawEllipse(points.at(number), 2.0, 2.0)
    dashed = QPen(inks.colors.fit, 1.5)
    dashed.setDashPattern([6, 8])
    painter.setPen(dashed)
    for fit in picture.fits:
        painter.drawPolyline(_points(fit, frame))


def _points(curve: Curve, frame: _Frame) -> QPolygonF:
    return QPolygonF(
        [
            QPointF(frame.times.place(ts), frame.values.place(value))
            for ts, value in zip(curve.ts, curve.value, strict=True)
        ]
    )


def _paint_tags(painter: QPainter, frame: _Frame, picture: Picture, inks: Inks) -> None:
    painter.setFont(inks.tag)
    foot = frame.area.bottom() - _TAG_HEIGHT - 2
    for stretch in picture.ranges[-2:]:
        ink = inks.colors.marker
        _tag(painter, frame, (frame.times.place(stretch.end) + 4, foot), stretch.text, (tint(ink, 0.12), ink))
    for restart in picture.restarts[-3:]:
        at = (frame.times.place(restart.ts) + 4, frame.area.top())
        look = (inks.colors.neutral_surface, inks.colors.text_2)
        _tag(painter, frame, at, wording.single_line(restart.text, 28), look)
    if picture.slope and picture.fits:
        fit = picture.fits[-1]
        place = int(len(fit.ts) * 0.75)
        x, y = frame.times.place(fit.ts[place]), frame.values.place(fit.value[place])
        y = y - _TAG_HEIGHT - 10 if y - _TAG_HEIGHT - 10 >= frame.area.top() else y + 10
        _tag(painter, frame, (x, y), picture.slope, (inks.colors.fit, inks.colors.card))


def _tag(painter: QPainter, frame: _Frame, at: tuple[float, float], text: str, look: tuple[QColor, QColor]) -> None:
    ground, ink = look
    width = QFontMetricsF(painter.font()).horizontalAdvance(text) + 16
    left = max(frame.area.left(), min(at[0], frame.area.right() - width))
    box = QRectF(left, at[1], width, _TAG_HEIGHT)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(ground)
    painter.drawRoundedRect(box, 4, 4)
    painter.setPen(ink)
    painter.drawText(box, Qt.AlignmentFlag.AlignCenter, text)
