# SPDX-License-Identifier: GPL-3.0-only
"""Renders the one SVG of the program's icon: PNG files in all sizes, an .ico for Windows, an .icns for macOS.

Both containers hold PNG files; Qt's own writers put one picture into each only.
"""

from __future__ import annotations

import struct
from pathlib import Path

from PySide6.QtCore import QBuffer, QIODevice, QRectF, Qt
from PySide6.QtGui import QImage, QPainter
from PySide6.QtSvg import QSvgRenderer

from mtleak_packaging.product import PROGRAM, ROOT

SVG = ROOT / "resources" / "icons" / "app-icon.svg"
SIZES = (16, 22, 24, 32, 48, 64, 128, 256, 512)
_ICO_SIZES = (16, 20, 24, 32, 40, 48, 64, 128, 256)
_ICNS_TYPES = {"icp4": 16, "icp5": 32, "icp6": 64, "ic07": 128, "ic08": 256, "ic09": 512, "ic10": 1024}


def png(size: int, svg: Path = SVG) -> bytes:
    """Return the icon as a square PNG of so many pixels."""
    image = QImage(size, size, QImage.Format.Format_ARGB32_Premultiplied)
    image.fill(Qt.GlobalColor.transparent)
    painter = QPainter(image)
    QSvgRenderer(str(svg)).render(painter, QRectF(0, 0, size, size))
    painter.end()
    buffer = QBuffer()
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    image.save(buffer, "PNG")  # type: ignore[call-overload]  # the stub wants bytes, Qt a string
    return bytes(buffer.data().data())


def ico(pictures: dict[int, bytes]) -> bytes:
    """Return a Windows icon of PNG files by size, 256 pixels at most (ICONDIR, ICONDIRENTRY)."""
    offset = 6 + 16 * len(pictures)
    entries, body = b"", b""
    for size, picture in sorted(pictures.items()):
        side = size % 256  # 0 stands for 256
        entries += struct.pack("<BBBBHHII", side, side, 0, 0, 1, 32, len(picture), offset + len(body))
        body += picture
    return struct.pack("<HHH", 0, 1, len(pictures)) + entries + body


def icns(pictures: dict[int, bytes]) -> bytes:
    """Return an icon of macOS of PNG files by size."""
    parts = [(kind, pictures[size]) for kind, size in _ICNS_TYPES.items() if size in pictures]
    body = b"".join(kind.encode() + struct.pack(">I", 8 + len(picture)) + picture for kind, picture in parts)
    return b"icns" + struct.pack(">I", 8 + len(body)) + body


def write_icons(folder: Path) -> None:
    """Write all forms of the icon into ``folder``; PNG files lie as in ``/usr/share/icons``."""
    for size in SIZES:
        target = folder / "hicolor" / f"{size}x{size}" / "apps" / f"{PROGRAM}.png"
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(png(size))
    scalable = folder / "hicolor" / "scalable" / "apps" / f"{PROGRAM}.svg"
    scalable.parent.mkdir(parents=True, exist_ok=True)
    scalable.write_bytes(SVG.read_bytes())
    (folder / f"{PROGRAM}.ico").write_bytes(ico({size: png(size) for size in _ICO_SIZES}))
    (folder / f"{PROGRAM}.icns").write_bytes(icns({size: png(size) for size in _ICNS_TYPES.values()}))
