# SPDX-License-Identifier: GPL-3.0-only
"""What one check of the installation found."""

from __future__ import annotations

from typing import Literal, NamedTuple


class Finding(NamedTuple):
    """``missing``: something will not work until ``todo`` is done; ``note``: worth knowing, nothing is broken."""

    state: Literal["ok", "note", "missing"]
    subject: str
    words: str
    todo: str = ""

    @property
    def line(self) -> str:
        """The finding as lines of the answer."""
        text = f"{self.state:<8} {self.subject}: {self.words}"
        return f"{text}\n{'':<9}-> {self.todo}" if self.todo else text
