# SPDX-License-Identifier: GPL-3.0-only
"""A statement of the status strip, as a value."""

from __future__ import annotations

from typing import NamedTuple


class Part(NamedTuple):
    """A piece of text in the colour of a role."""

    text: str
    role: str = "text_2"
    strong: bool = False


class StatusItem(NamedTuple):
    """One statement; ``icon`` stands before it in the colour of the first part."""

    parts: tuple[Part, ...]
    icon: str = ""
    tip: str = ""

    @property
    def text(self) -> str:
        """The whole statement."""
        return "".join(part.text for part in self.parts)
