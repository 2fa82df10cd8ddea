# SPDX-License-Identifier: GPL-3.0-only
"""What is packaged, said once: names, the version of ``pyproject.toml``, the machine that it is built for."""

from __future__ import annotations

import platform
import re
import tomllib
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[2]
BUILD = ROOT / "build" / "package"
PROGRAM = "mtleak-gui"
TITLE = "MT Leakhunt"
SUMMARY = "Find heap leaks of Meshtastic boards"
IDENTIFIER = "io.github.mtleakhunt.mtleak_gui"
"""The name in AppStream and on macOS."""
MAINTAINER = "MT Leakhunt maintainers <maintainers@mtleakhunt.github.io>"

_FOUR_NUMBERS = 4


def project() -> dict[str, Any]:
    """Return the table ``project`` of ``pyproject.toml``."""
    table: dict[str, Any] = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    return table


def version() -> str:
    """Return the one version."""
    return str(project()["version"])


def version_numbers(text: str) -> tuple[int, int, int, int]:
    """Return the four numbers that Windows wants of a version: ``1.2.3rc1`` is 1.2.3.0."""
    numbers = [int(number) for number in re.match(r"[\d.]*", text)[0].strip(".").split(".") if number]  # type: ignore[index]  # matches always
    first, second, third, fourth = (*numbers, 0, 0, 0, 0)[:_FOUR_NUMBERS]
    return first, second, third, fourth


def architecture() -> str:
    """Return the machine as release files name it."""
    machine = platform.machine().lower()
    return {"amd64": "x86_64", "arm64": "aarch64"}.get(machine, machine)


def debian_architecture() -> str:
    """Return the machine as Debian names it."""
    return {"x86_64": "amd64", "aarch64": "arm64", "armv7l": "armhf"}.get(architecture(), architecture())


def home_page() -> str | None:
    """Return the project's page, if ``pyproject.toml`` names one."""
    urls: dict[str, str] = project().get("urls", {})
    return next((url for name, url in urls.items() if name.lower() in ("homepage", "repository", "source")), None)
