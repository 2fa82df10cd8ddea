# SPDX-License-Identifier: GPL-3.0-only
"""Icons from the SVG files of Material Design Icons, drawn in the colour of a role. Runs in: GUI thread."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QByteArray, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QIcon, QPainter, QPixmap
from PySide6.QtSvg import QSvgRenderer

_SIZES = (16, 18, 20, 24)


class Icons:
    """Draws each icon once per colour and size."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._sources: dict[str, str] = {}
        self._pixmaps: dict[tuple[str, int, int, float], QPixmap] = {}
        self._icons: dict[tuple[str, int, int, int], QIcon] = {}

    def svg(self, name: str, color: QColor) -> bytes:
        """Return the file of an icon, filled with ``color``. Raises ``OSError`` when there is no such icon."""
        if name not in self._sources:
            self._sources[name] = (self._folder / f"{name}.svg").read_text("utf-8")
        fill = f'<path fill="{color.name()}" fill-opacity="{color.alphaF():.3f}"'
        return self._sources[name].replace("<path", fill).encode()

    def pixmap(self, name: str, color: QColor, size: int, ratio: float = 1.0) -> QPixmap:
        """Return an icon of ``size`` logical pixels for a screen of ``ratio`` pixels to one."""
        key = (name, color.rgba(), size, ratio)
        if key not in self._pixmaps:
            pixmap = QPixmap(QSize(size, size) * ratio)
            pixmap.setDevicePixelRatio(ratio)
            pixmap.fill(Qt.GlobalColor.transparent)
            painter = QPainter(pixmap)
            QSvgRenderer(QByteArray(self.svg(name, color))).render(painter, QRectF(0, 0, size, size))
            painter.end()
            self._pixmaps[key] = pixmap
        return self._pixmaps[key]

    def icon(self, name: str, color: QColor, disabled: QColor, ratio: float = 1.0, gap: int = 0) -> QIcon:
        """Return an icon for buttons, with its look when they are disabled and ``gap`` pixels of room behind it."""
        key = (name, color.rgba(), disabled.rgba(), gap)
        if key not in self._icons:
            icon = QIcon()
            for size in _SIZES:
                icon.addPixmap(_with_gap(self.pixmap(name, color, size, ratio), gap), QIcon.Mode.Normal)
                icon.addPixmap(_with_gap(self.pixmap(name, disabled, size, ratio), gap), QIcon.Mode.Disabled)
            self._icons[key] = icon
        return self._icons[key]


def _with_gap(pixmap: QPixmap, gap: int) -> QPixmap:
    """Return the picture with room at its right: style sheets put words four pixels from an icon, which is too near."""
    if not gap:
        return pixmap
    ratio = pixmap.devicePixelRatio()
    wide = QPixmap(pixmap.width() + round(gap * ratio), pixmap.height())
    wide.setDevicePixelRatio(ratio)
    wide.fill(Qt.GlobalColor.transparent)
    painter = QPainter(wide)
    painter.drawPixmap(0, 0, pixmap)
    painter.end()
    return wide
