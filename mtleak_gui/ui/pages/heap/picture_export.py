# SPDX-License-Identifier: GPL-3.0-only
"""The plot as a picture with its title, as PNG or SVG bytes, painted on the GUI thread; files are written elsewhere."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QBuffer, QByteArray, QIODevice, QPointF, QRectF, QSize
from PySide6.QtGui import QImage, QImageWriter, QPainter
from PySide6.QtSvg import QSvgGenerator

from mtleak_gui.ui.pages.heap.plot.heap_plot import HeapPlot
from mtleak_gui.ui.theme.theme_keeper import ThemeKeeper

_SCALE = 2
_HEAD, _FOOT, _SIDE = 52, 12, 16


def plot_image(plot: HeapPlot, theme: ThemeKeeper, title: str, subtitle: str) -> QImage:
    """Return the plot at twice its size with its title above."""
    size = _size(plot)
    image = QImage(size * _SCALE, QImage.Format.Format_RGB32)
    image.setDevicePixelRatio(_SCALE)
    with QPainter(image) as painter:
        _paint(painter, plot, theme, title, subtitle)
    return image


def png_bytes(image: QImage) -> bytes:
    """Return an image as a PNG file's content."""
    return _written(lambda buffer: QImageWriter(buffer, QByteArray(b"png")).write(image))


def svg_bytes(plot: HeapPlot, theme: ThemeKeeper, title: str, subtitle: str) -> bytes:
    """Return the plot as an SVG file's content."""

    def write(buffer: QBuffer) -> None:
        generator = QSvgGenerator()
        generator.setOutputDevice(buffer)
        generator.setSize(_size(plot))
        generator.setViewBox(QRectF(QPointF(0, 0), _size(plot)))
        generator.setTitle(title)
        generator.setDescription(subtitle)
        with QPainter(generator) as painter:
            _paint(painter, plot, theme, title, subtitle)

    return _written(write)


def write_bytes(file: Path, content: bytes) -> Path:
    """Write a file and return it. Raises ``OSError``. Runs in: disk worker."""
    file.write_bytes(content)
    return file


def _size(plot: HeapPlot) -> QSize:
    return QSize(plot.width() + _SIDE, plot.height() + _HEAD + _FOOT)


def _paint(painter: QPainter, plot: HeapPlot, theme: ThemeKeeper, title: str, subtitle: str) -> None:
    size = _size(plot)
    painter.fillRect(QRectF(QPointF(0, 0), size), theme.colors.card)
    painter.setFont(theme.font(14, 500))
    painter.setPen(theme.colors.text)
    painter.drawText(QPointF(_SIDE, 22), title)
    painter.setFont(theme.font(11))
    painter.setPen(theme.colors.text_2)
    painter.drawText(QPointF(_SIDE, 40), subtitle)
    painter.translate(0, _HEAD)
    plot.render_to(painter)


def _written(write: Callable[[QBuffer], object]) -> bytes:
    content = QByteArray()
    buffer = QBuffer(content)
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    write(buffer)
    buffer.close()
    return bytes(content.data())
