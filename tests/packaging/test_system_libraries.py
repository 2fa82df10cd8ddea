# SPDX-License-Identifier: GPL-3.0-only
"""The package's dependencies are read off the files that are frozen, not guessed."""

from __future__ import annotations

import shutil
import sys
from pathlib import Path

import PySide6
import pytest

from mtleak_packaging.system_libraries import UnknownLibraryError, depends, libraries_from_system

pytestmark = pytest.mark.skipif(
    sys.platform != "linux" or shutil.which("objdump") is None, reason="reads ELF files with objdump"
)
LIBRARIES = Path(PySide6.__path__[0]) / "Qt" / "lib"


def test_what_qt_wants_of_the_system_becomes_packages(tmp_path: Path) -> None:
    for name in ("libQt6Core.so.6", "libQt6Gui.so.6", "libicudata.so.73", "libicui18n.so.73", "libicuuc.so.73"):
        shutil.copyfile(LIBRARIES / name, tmp_path / name)
    for brought in ("libQt6DBus.so.6", "libglib-2.0.so.0", "libz.so.1", "libstdc++.so.6", "libgcc_s.so.1"):
        (tmp_path / brought).touch()
    for brought in (
        "libfontconfig.so.1",
        "libX11.so.6",
        "libxkbcommon.so.0",
        "libgthread-2.0.so.0",
        "libzstd.so.1",
        "libfreetype.so.6",
    ):
        (tmp_path / brought).touch()
    assert libraries_from_system(tmp_path) == {"libEGL.so.1", "libGL.so.1"}
    told = depends(tmp_path)
    assert told.startswith("libc6 (>= 2.")
    assert {"libegl1", "libgl1", "xkb-data"} <= set(told.split(", "))


def test_a_library_that_nobody_brings_stops_the_build(tmp_path: Path) -> None:
    shutil.copyfile(LIBRARIES / "libQt6Core.so.6", tmp_path / "libQt6Core.so.6")
    with pytest.raises(UnknownLibraryError, match="libicui18n"):
        depends(tmp_path)
