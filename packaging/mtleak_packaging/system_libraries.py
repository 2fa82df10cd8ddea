# SPDX-License-Identifier: GPL-3.0-only
"""Which libraries the frozen program takes from the system, and which Debian packages bring them."""

from __future__ import annotations

import re
import subprocess
from pathlib import Path

_ALWAYS_THERE = frozenset(
    {"libc.so.6", "libm.so.6", "libdl.so.2", "libpthread.so.0", "libresolv.so.2", "librt.so.1", "libutil.so.1"}
)
_PACKAGES = {
    "libEGL.so.1": "libegl1",
    "libGL.so.1": "libgl1",
    "libxcb.so.1": "libxcb1",
}
"""Drivers of the graphics card hang on these, so that a program must not bring its own."""
_FOR_WAYLAND = {
    "libwayland-client.so.0": "libwayland-client0",
    "libwayland-cursor.so.0": "libwayland-cursor0",
    "libwayland-egl.so.1": "libwayland-egl1",
}
"""Without them the window uses X11, which every desktop of today offers."""
_NO_LIBRARIES = ("fontconfig-config", "xkb-data")
"""Which fonts there are and what the keys mean; the first brings a font, too."""


class UnknownLibraryError(RuntimeError):
    """The program needs a library that this table does not know; it must be brought along or added here."""


def depends(folder: Path) -> str:
    """Return the field Depends for a frozen program. Raises ``UnknownLibraryError``."""
    outside = libraries_from_system(folder)
    unknown = outside - _PACKAGES.keys() - _FOR_WAYLAND.keys()
    if unknown:
        raise UnknownLibraryError(f"No Debian package is known for {', '.join(sorted(unknown))}")
    packages = sorted({_PACKAGES[name] for name in outside & _PACKAGES.keys()} | set(_NO_LIBRARIES))
    return ", ".join([f"libc6 (>= {libc_version(folder)})", *packages])


def libc_version(folder: Path) -> str:
    """Return the oldest C library that the program runs with: that of the machine on which its libraries were built."""
    versions: set[str] = {
        name for path in _elf_files(folder) for name in re.findall(r"GLIBC_([\d.]+)", _dump("-T", path))
    }
    return max(versions, key=lambda name: [int(number) for number in name.split(".")])


def recommends() -> str:
    """Return the field Recommends."""
    return ", ".join(sorted(_FOR_WAYLAND.values()))


def libraries_from_system(folder: Path) -> frozenset[str]:
    """Return the names of libraries that files in ``folder`` are linked to and that do not lie in it."""
    here = {path.name for path in folder.rglob("*.so*")}
    needed = {name for path in _elf_files(folder) for name in _needed(path)}
    return frozenset(name for name in needed - here - _ALWAYS_THERE if not name.startswith("ld-linux"))


def _elf_files(folder: Path) -> list[Path]:
    return [path for path in folder.rglob("*") if path.is_file() and not path.is_symlink() and _is_elf(path)]


def _is_elf(path: Path) -> bool:
    with path.open("rb") as file:
        return file.read(4) == b"\x7fELF"


def _needed(path: Path) -> list[str]:
    return [line.split()[1] for line in _dump("-p", path).splitlines() if line.strip().startswith("NEEDED")]


def _dump(what: str, path: Path) -> str:
    return subprocess.run(["objdump", what, str(path)], check=True, capture_output=True, text=True).stdout
