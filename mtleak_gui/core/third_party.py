# SPDX-License-Identifier: GPL-3.0-only
"""The software of others that the program is made with, and the notices that their licences ask to be shown."""

from __future__ import annotations

from typing import NamedTuple


class ThirdParty(NamedTuple):
    """One part: its licence by name, where it comes from, and the whole of its notices (plain text)."""

    name: str
    version: str
    licence: str
    link: str
    text: str

    def holds(self, words: str) -> bool:
        """Return whether the words stand in any of it; capitals make no difference."""
        wanted = words.strip().casefold()
        return any(wanted in field.casefold() for field in self)
