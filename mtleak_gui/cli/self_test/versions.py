# SPDX-License-Identifier: GPL-3.0-only
"""The versions of the program and of everything it runs on, and whether its own files are complete."""

from __future__ import annotations

import platform
import re
import sys
from collections.abc import Iterator
from importlib.metadata import PackageNotFoundError, requires, version
from pathlib import Path

from mtleak_gui.cli.self_test.finding import Finding
from mtleak_gui.ui.theme.assets import resource_folder
from mtleak_gui.version import application_version

_NAME = re.compile(r"[\w.-]+")
_AGAIN = "Install MT Leakhunt again"


def check_versions() -> Iterator[Finding]:
    """Tell the program, Python, and each package that the program needs; one that is not there is missing."""
    how = "frozen" if getattr(sys, "frozen", False) else "from Python"
    yield Finding("ok", "MT Leakhunt", f"{application_version()} ({how}, {sys.executable})")
    yield Finding("ok", "system", f"{platform.platform()}, {platform.machine()}, Python {platform.python_version()}")
    for name in _needed():
        try:
            yield Finding("ok", name, version(name))
        except PackageNotFoundError:
            yield Finding("missing", name, "is not installed", f"{_AGAIN}, or: python3 -m pip install '{name}'")


def check_resources() -> Iterator[Finding]:
    """Look for the themes, style sheet and icons without which the window has no looks."""
    try:
        folder = resource_folder()
    except FileNotFoundError as trouble:
        yield Finding("missing", "resources", str(trouble), _AGAIN)
        return
    gone = [
        part for part in ("style/window.qss", "icons/app-icon.svg", "themes/light.toml") if not _is_there(folder, part)
    ]
    if gone:
        yield Finding("missing", "resources", f"{', '.join(gone)} not found in {folder}", _AGAIN)
    else:
        yield Finding("ok", "resources", str(folder))


def _is_there(folder: Path, part: str) -> bool:
    return (folder / part).is_file()


def _needed() -> list[str]:
    try:
        wanted = requires("mtleak-gui") or []
    except PackageNotFoundError:
        return []
    return [match[0] for line in wanted if "extra ==" not in line and (match := _NAME.match(line))]
