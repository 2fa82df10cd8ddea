# SPDX-License-Identifier: GPL-3.0-only
"""Finds the files that ship with the program: icons, themes, style sheets."""

from __future__ import annotations

from pathlib import Path

_PACKAGE = Path(__file__).resolve().parents[2]


def resource_folder() -> Path:
    """Return the folder of resources: inside the package in a wheel or a frozen program, beside it in a checkout.

    Raises ``FileNotFoundError`` when the installation is incomplete.
    """
    for folder in (_PACKAGE / "resources", _PACKAGE.parent / "resources"):
        if (folder / "themes").is_dir():
            return folder
    raise FileNotFoundError(f"The resources are missing beside {_PACKAGE}. Install MT Leakhunt again.")
