# SPDX-License-Identifier: GPL-3.0-only
"""The plot of a verdict as a widget, painted once for each size and theme. Runs in: GUI thread."""

from __future__ import annotations

from PySide6.QtCore import QRectF, QSize, Qt, Slot
from PySide6.QtGui import QPainter, QPaintEvent, QPixmap
from PySide6.QtWidgets import QSizePolicy, QWidget

from mtleak_gui.core import wording
from mtleak_gui.core.leakhunt.picture import Picture
from mtleak_gui.ui.leakhunt.plot_painter import Inks, paint_picture
from mtleak_gui.ui.theme.theme_keeper import ThemeKeeper


class VerdictPlot(QWidget):
    """Shows the picture that it is given; what is in it is told in words to those who cannot see it."""

    def __init__(self, theme: ThemeKeeper, height: int = 132, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme, self._height = theme, height
        self._picture: Picture | None = None
        self._painted: QPixmap | None = None
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setAccessibleName(self.tr("Plot of the window"))
        theme.changed.connect(self._forget)

    def show_picture(self, picture: Picture) -> None:
        """Show another picture."""
        self._picture = picture
        self.setAccessibleDescription(plot_summary(picture))
        self._forget()

    @Slot()
    def _forget(self) -> None:
        self._painted = None
        self.update()

    def sizeHint(self) -> QSize:  # noqa: N802 - Qt's name
        """Return the size that a page likes."""
        return QSize(400, self._height)

    def paintEvent(self, _event: QPaintEvent) -> None:  # noqa: N802 - Qt's name
        """Show what was painted, or paint it."""
        ratio = self.devicePixelRatioF()
        size = self.size() * ratio
        if self._painted is None or self._painted.size() != size:
            self._painted = QPixmap(size)
            self._painted.setDevicePixelRatio(ratio)
            self._painted.fill(Qt.GlobalColor.transparent)
            if self._picture is not None:
                with QPainter(self._painted) as painter:
                    inks = Inks(self._theme.colors, self._theme.font(11), self._theme.font(11, 500))
                    paint_picture(painter, QRectF(self.rect()), self._picture, inks)
        with QPainter(self) as painter:
            painter.drawPixmap(0, 0, self._painted)


def plot_summary(picture: Picture) -> str:
    """Return in one sentence what a picture shows."""
    values = [value for curve in picture.curves for value in curve.value]
    if not values:
        return f"{picture.field}: no samples in this window"
    first, last = picture.curves[0].value[0], picture.curves[-1].value[-1]
    low, high = wording.quantity(min(values), picture.unit), wording.quantity(max(values), picture.unit)
    told = [
        f"{picture.field} from {wording.quantity(first, picture.unit)} to {wording.quantity(last, picture.unit)}",
        f"lowest {low}, highest {high}",
        *((f"slope {picture.slope}",) if picture.slope else ()),
        *((wording.count(len(picture.restarts), "restart"),) if picture.restarts else ()),
        *((wording.count(len(picture.gaps), "gap"),) if picture.gaps else ()),
    ]
    return ", ".join(told)
