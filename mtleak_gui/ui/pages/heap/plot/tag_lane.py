# SPDX-License-Identifier: GPL-3.0-only
"""The lane above the plot: tags of marks and bands that never cover one another."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import NamedTuple

import pyqtgraph as pg
from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QFontMetricsF, QPainter
from PySide6.QtWidgets import QStyleOptionGraphicsItem, QWidget

from mtleak_gui.core import wording
from mtleak_gui.core.bands import Band
from mtleak_gui.ui.pages.heap.plot.ground_layer import band_edges
from mtleak_gui.ui.pages.heap.plot.picture import PlotMark, PlotPicture
from mtleak_gui.ui.pages.heap.plot.plot_axes import TOP
from mtleak_gui.ui.pages.heap.plot.plot_scale import PlotScale
from mtleak_gui.ui.pages.heap.plot.plot_view import PlotView
from mtleak_gui.ui.theme.colors import over
from mtleak_gui.ui.theme.theme_keeper import ThemeKeeper

LETTERS = {"restart": "R", "pause": "P", "gap": "G", "sleep": "S", "link_lost": "L"}
_HEIGHT = 18.0
_MARK_PADDING, _BAND_PADDING = 10, 18
_NEAREST = 2.0


class Tag(NamedTuple):
    """Words and where they stand in the lane."""

    left: float
    width: float
    text: str
    is_mark: bool


class TagLane(pg.AxisItem):  # type: ignore[misc]  # pyqtgraph has no types
    """Takes the place of an axis at the top."""

    def __init__(self, view: PlotView, theme: ThemeKeeper) -> None:
        super().__init__("top", linkView=view, showValues=False)
        self._theme, self._view = theme, view
        self._picture: PlotPicture | None = None
        self._widths: dict[str, float] = {}
        self._font = theme.font(11, 500)
        self.setHeight(TOP)

    def show_picture(self, picture: PlotPicture) -> None:
        """Show the tags of another picture."""
        self._picture = picture
        self.update()

    def linkedViewChanged(self, _view: object, _range: object = None) -> None:  # noqa: N802 - pyqtgraph's name
        """Paint again: the labels come by themselves, pyqtgraph need not work out its own."""
        self.update()

    def boundingRect(self) -> QRectF:  # noqa: N802 - Qt's name
        """Return the lane's own rectangle."""
        rect: QRectF = self.rect()
        return rect.adjusted(0, 0, 14, 0)

    def paint(self, painter: QPainter, _option: QStyleOptionGraphicsItem, _widget: QWidget | None = None) -> None:
        """Paint the tags."""
        if self._picture is None:
            return
        colors = self._theme.colors
        painter.setFont(self._font)
        tags = lay_out(self._picture.bands, self._picture.marks, self._view.scale_now(), self._measure)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        grounds = {True: over(self._theme.tint(colors.marker, 0.12), colors.card), False: colors.neutral_surface}
        for tag in tags:
            box = QRectF(tag.left, 2, tag.width, _HEIGHT)
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(grounds[tag.is_mark])
            painter.drawRoundedRect(box, 4, 4)
            painter.setPen(colors.marker if tag.is_mark else colors.text_2)
            painter.drawText(box, Qt.AlignmentFlag.AlignCenter, tag.text)

    def _measure(self, text: str) -> float:
        """Return the width of words, each measured once."""
        if text not in self._widths:
            self._widths[text] = QFontMetricsF(self._font).horizontalAdvance(text)
        return self._widths[text]


def lay_out(
    bands: Sequence[Band], marks: Sequence[PlotMark], scale: PlotScale, measure: Callable[[str], float]
) -> tuple[Tag, ...]:
    """Return the tags that fit: bands first, then marks from left to right; one that finds no room is left out.

    A range's start stands left of its line and its end right of it, so that both fit however short the range; other
    marks stand over their line, else beside it.
    """
    placed: list[Tag] = []
    for band in bands:
        left, right = band_edges(scale, band.start, band.end)
        if right >= 0 and left <= scale.width:
            text = f"{LETTERS[band.kind]}: {wording.single_line(band.text, 40)}"
            width = round(measure(text)) + _BAND_PADDING
            _place(placed, (max(left, 0.0), right - width), width, text, scale, is_mark=False)
    for mark in marks:
        if scale.start <= mark.ts <= scale.end:
            x, width = scale.x(mark.ts), round(measure(mark.label)) + _MARK_PADDING
            beside, after, middle = x - width - 2, x + 2, x - width / 2
            order = (beside, after) if mark.label.endswith("-start") else (after, beside)
            places = order if mark.label.endswith(("-start", "-end")) else (middle, *order)
            _place(placed, places, width, mark.label, scale, is_mark=True)
    return tuple(placed)


def _place(
    placed: list[Tag], places: Sequence[float], width: int, text: str, scale: PlotScale, *, is_mark: bool
) -> None:
    """Put a tag at the first of its places that is free."""
    for place in places:
        left = round(min(max(place, 0.0), scale.width + 12 - width))
        if not any(left < tag.left + tag.width + _NEAREST and tag.left < left + width + _NEAREST for tag in placed):
            placed.append(Tag(left, width, text, is_mark))
            return
