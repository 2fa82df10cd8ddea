# SPDX-License-Identifier: GPL-3.0-only
"""The program, what it is made with, and under which licences."""

from __future__ import annotations

import platform
from importlib.metadata import PackageNotFoundError, metadata, version
from pathlib import Path
from typing import NamedTuple

import mtleak_gui
from mtleak_gui.version import application_version


class Software(NamedTuple):
    """One part: its name, the version that runs, its licence, and what it does here."""

    name: str
    version: str
    licence: str
    purpose: str


_PARTS = (
    ("PySide6-Essentials", "LGPL-3.0-only", "The window (Qt for Python)"),
    ("pyqtgraph", "MIT", "Plots"),
    ("numpy", "BSD-3-Clause", "Numbers"),
    ("meshtastic", "GPL-3.0-only", "The protocol of the boards"),
    ("protobuf", "BSD-3-Clause", "Messages of the protocol"),
    ("pypubsub", "BSD-2-Clause", "Events of the protocol's package"),
    ("pyserial", "BSD-3-Clause", "Serial ports"),
    ("orjson", "MPL-2.0 AND (Apache-2.0 OR MIT)", "Writing rows"),
    ("msgspec", "BSD-3-Clause", "Reading rows"),
    ("isal", "PSF-2.0", "Compressing archives"),
    ("platformdirs", "MIT", "Where files belong on each system"),
)
_SOURCE = ("source", "source code", "repository")
_ICONS = Software("Material Design Icons", "7.4.47", "Apache-2.0", "Icons, by Pictogrammers")


def software() -> tuple[Software, ...]:
    """Return what is installed, this program first. Reads the disk."""
    parts = [Software(name, _version(name), licence, purpose) for name, licence, purpose in _PARTS]
    return (
        Software("MT Leakhunt", application_version(), "GPL-3.0-only", f"on {platform.platform(terse=True)}"),
        Software("Python", platform.python_version(), "PSF-2.0", "The language that it is written in"),
        *parts,
        _ICONS,
    )


def source_address() -> str:
    """Return the address of the program's source: what its package names, else what came with it. Reads the disk."""
    try:
        links = metadata("mtleak-gui").get_all("Project-URL") or []
    except PackageNotFoundError:
        links = []
    pairs = (line.partition(",") for line in links)
    named = (url.strip() for name, _, url in pairs if name.strip().lower() in _SOURCE)
    return next(named, None) or source_at_hand(Path(mtleak_gui.__file__).parent)


def source_at_hand(package: Path) -> str:
    """Return the address of the source in or around a package: an archive, a checkout or the package's own files."""
    archives = sorted((package / "source").glob("mtleak_gui-*.tar.gz"))
    if archives:
        return archives[-1].as_uri()
    if (package.parent / "pyproject.toml").is_file():
        return package.parent.as_uri()
    return package.as_uri() if (package / "__init__.py").is_file() else ""


def _version(name: str) -> str:
    try:
        return version(name)
    except PackageNotFoundError:
        return ""
