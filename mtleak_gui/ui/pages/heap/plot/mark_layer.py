# SPDX-License-Identifier: GPL-3.0-only
"""Over the curve: mark lines, what is said about ranges, the fit's label, the lowest value's, the selection's edges."""

from __future__ import annotations

from PySide6.QtCore import QLineF, QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QFontMetricsF, QPainter, QPixmap

from mtleak_gui.core import wording
from mtleak_gui.core.live_fit import LiveFit
from mtleak_gui.ui.pages.heap.plot.layer import Layer, line_pen
from mtleak_gui.ui.pages.heap.plot.picture import PlotPicture
from mtleak_gui.ui.pages.heap.plot.plot_scale import PlotScale
from mtleak_gui.ui.pages.heap.plot.plot_view import PlotView
from mtleak_gui.ui.theme.theme_keeper import ThemeKeeper

_LABEL_AT = 0.155
"""Where along the fit its label stands."""
_MOST_TEXTS = 40


class MarkLayer(Layer):
    """Paints marks as one set of lines, and the words that stand in the plot."""

    def __init__(self, view: PlotView, theme: ThemeKeeper) -> None:
        super().__init__(view, theme, 10)
        self._picture: PlotPicture | None = None
        self._dashes: tuple[tuple[int, int], QPixmap] | None = None

    def show_picture(self, picture: PlotPicture) -> None:
        """Show another picture."""
        self._picture = picture
        self.update()

    def draw(self, painter: QPainter, scale: PlotScale) -> None:
        """Paint lines, then words."""
        if self._picture is None:
            return
        painter.setRenderHint(QPainter.RenderHint.Antialiasing, on=False)
        self._draw_lines(painter, scale, self._picture)
        painter.setFont(self._theme.font(11))
        painter.setPen(self._theme.colors.text_2)
        self._draw_results(painter, scale, self._picture)
        self._draw_watermark_name(painter, scale, self._picture)
        self._draw_zero_name(painter, scale, self._picture)
        if self._picture.fit is not None:
            self._draw_fit_label(painter, scale, self._picture.fit, self._picture.unit)
        if self._picture.selection is not None:
            self._draw_selection(painter, scale, self._picture.selection)

    def _draw_lines(self, painter: QPainter, scale: PlotScale, picture: PlotPicture) -> None:
        """Paint one picture of a dashed line at each mark: a dashed pen works the dashes out for each of hundreds."""
        color, height = self._theme.colors.marker, round(scale.height)
        if self._dashes is None or self._dashes[0] != (color.rgba(), height):
            self._dashes = ((color.rgba(), height), _dashed_line(color, height))
        places = {round(scale.x(mark.ts)) for mark in picture.marks if scale.start <= mark.ts <= scale.end}
        for x in places:
            painter.drawPixmap(x, 0, self._dashes[1])

    def _draw_results(self, painter: QPainter, scale: PlotScale, picture: PlotPicture) -> None:
        metrics = QFontMetricsF(painter.font())
        taken = 0.0
        for stretch in picture.ranges[:_MOST_TEXTS]:
            left, right = scale.x(stretch.start), scale.x(stretch.end)
            width = metrics.horizontalAdvance(stretch.text)
            if right < 0 or left > scale.width:
                continue
            x = left - 6 - width
            if x < max(taken, 2.0):
                x = right + 6
            if x >= taken and x + width <= scale.width - 2:
                painter.fillRect(QRectF(x - 2, 3, width + 4, 16), self._theme.tint(self._theme.colors.card, 0.75))
                painter.drawText(QPointF(x, 15), stretch.text)
                taken = x + width + 8

    def _draw_watermark_name(self, painter: QPainter, scale: PlotScale, picture: PlotPicture) -> None:
        if picture.watermark is not None:
            value, since = picture.watermark
            text = self.tr("min since boot %s") % _figure(value, picture.unit)
            last = scale.width - QFontMetricsF(painter.font()).horizontalAdvance(text) - 8
            painter.drawText(QPointF(min(max(scale.x(since), 0) + 8, last), scale.y(value) - 4), text)

    def _draw_zero_name(self, painter: QPainter, scale: PlotScale, picture: PlotPicture) -> None:
        ahead = picture.projection
        if ahead is None or not scale.start <= ahead.zero_ts <= scale.end:
            return
        text = self.tr("projected zero")
        width = QFontMetricsF(painter.font()).horizontalAdvance(text)
        painter.drawText(QPointF(scale.x(ahead.zero_ts) - width - 8, scale.y(0.0) - 6), text)

    def _draw_fit_label(self, painter: QPainter, scale: PlotScale, fit: LiveFit, unit: str) -> None:
        at = fit.start + _LABEL_AT * 2 * (fit.end - fit.start) if fit.start > scale.start else fit.middle
        at = min(max(at, scale.time_at(60)), scale.time_at(scale.width - 60))
        line_y = scale.y(fit.level + fit.slope * (at - fit.middle))
        words = fit.words(unit)
        painter.setFont(self._theme.font(11, 500))
        width = QFontMetricsF(painter.font()).horizontalAdvance(words) + 26
        top = line_y - 48 if line_y >= 52 else line_y + 30
        box = QRectF(round(scale.x(at) - width / 2), round(min(max(top, 2), scale.height - 22)), round(width), 18)
        color = self._theme.colors.fit
        painter.setPen(line_pen(color))
        edge = box.bottom() if box.bottom() < line_y else box.top()
        painter.drawLine(QPointF(round(scale.x(at)) + 0.5, edge), QPointF(round(scale.x(at)) + 0.5, line_y))
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(color)
        painter.drawRoundedRect(box, 4, 4)
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.setPen(self._theme.colors.card)
        painter.drawText(box, Qt.AlignmentFlag.AlignCenter, words)

    def _draw_selection(self, painter: QPainter, scale: PlotScale, selection: tuple[float, float]) -> None:
        color = self._theme.colors.primary
        middle = round(scale.height / 2)
        for edge in selection:
            x = round(scale.x(edge)) + 0.5
            if not -4 <= x <= scale.width + 4:
                continue
            x = min(max(x, 4.5), scale.width - 4.5) if abs(x - scale.width) < 4 or x < 4 else x
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            painter.setPen(line_pen(color, 1.5))
            painter.drawLine(QPointF(x, 0), QPointF(x, scale.height))
            painter.setBrush(self._theme.colors.card)
            painter.drawRoundedRect(QRectF(x - 4, middle - 14, 8, 28), 4, 4)
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.setPen(line_pen(color, 1.0))
            painter.drawLines([QLineF(x + side, middle - 5, x + side, middle + 5) for side in (-1.0, 1.0)])


def _dashed_line(color: QColor, height: int) -> QPixmap:
    """Return a line one pixel wide with dashes of four pixels every seven."""
    line = QPixmap(1, height)
    line.fill(Qt.GlobalColor.transparent)
    with QPainter(line) as painter:
        for top in range(0, height, 7):
            painter.fillRect(0, top, 1, 4, color)
    return line


def _figure(value: float, unit: str) -> str:
    return wording.plain_quantity(value, unit) + (f" {unit}" if unit != wording.BYTE_UNIT else "")
