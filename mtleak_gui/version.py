# SPDX-License-Identifier: GPL-3.0-only
"""The version of the application, as the installed package states it."""

from __future__ import annotations

from importlib.metadata import PackageNotFoundError, version


def application_version() -> str:
    """Return the installed version, or ``"0+source"`` when the package runs uninstalled from its source tree."""
    try:
        return version("mtleak-gui")
    except PackageNotFoundError:
        return "0+source"
