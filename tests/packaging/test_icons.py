# SPDX-License-Identifier: GPL-3.0-only
"""The icon is there in every size that the systems ask for, sharp at its edges and not empty."""

from __future__ import annotations

import struct
from pathlib import Path

import pytest
from PySide6.QtGui import QImage, QImageReader

from mtleak_packaging.icons import SIZES, write_icons


@pytest.fixture(scope="module")
def icons(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("icons")
    write_icons(folder)
    return folder


@pytest.mark.parametrize("size", SIZES)
def test_each_png_has_its_size_clear_corners_and_a_body(icons: Path, size: int) -> None:
    image = QImage(str(icons / "hicolor" / f"{size}x{size}" / "apps" / "mtleak-gui.png"))
    assert (image.width(), image.height()) == (size, size)
    assert image.pixelColor(0, 0).alpha() < 64
    assert image.pixelColor(size // 2, size // 8).alpha() == 255


def test_windows_gets_all_sizes_in_one_file(icons: Path) -> None:
    reader = QImageReader(str(icons / "mtleak-gui.ico"))
    sizes = set()
    for number in range(reader.imageCount()):
        reader.jumpToImage(number)
        sizes.add(reader.read().width())
    assert {16, 24, 32, 48, 256} <= sizes


def test_macos_gets_a_file_whose_parts_add_up(icons: Path) -> None:
    data = (icons / "mtleak-gui.icns").read_bytes()
    assert data[:4] == b"icns"
    assert struct.unpack(">I", data[4:8]) == (len(data),)
    place, sizes = 8, []
    while place < len(data):
        (length,) = struct.unpack(">I", data[place + 4 : place + 8])
        image = QImage.fromData(data[place + 8 : place + length])
        sizes.append(image.width())
        place += length
    assert place == len(data)
    assert sizes[-1] == 1024
