# SPDX-License-Identifier: GPL-3.0-only
"""The folders that settings tell of."""

from __future__ import annotations

from pathlib import Path
from typing import Protocol


class PlacesShown(Protocol):
    """Where things lie."""

    @property
    def recordings(self) -> Path:
        """The folder of recordings."""

    @property
    def reports(self) -> Path:
        """The folder of saved reports."""

    @property
    def settings(self) -> Path:
        """The folder of the settings."""

    @property
    def logs(self) -> Path:
        """The folder of the program's own log and of saved faults."""
