# SPDX-License-Identifier: GPL-3.0-only
"""The two typefaces of the window: the system's own for words, its fixed one for logs; figures of equal width."""

from __future__ import annotations

import sys

from PySide6.QtGui import QFont, QFontDatabase

_WORDS_ON_LINUX = ("Roboto", "Noto Sans", "Inter", "Cantarell", "Ubuntu", "DejaVu Sans", "Liberation Sans")
_FIXED_ON_LINUX = ("JetBrains Mono", "Roboto Mono", "Noto Sans Mono", "Ubuntu Mono", "DejaVu Sans Mono")
_PLACEHOLDERS = frozenset(
    {"", "sans serif", "sans", "sans-serif", "dejavu sans", "monospace", "mono", "dejavu sans mono"}
)
"""What Qt names when the desktop has not chosen a typeface."""


class Fonts:
    """Makes fonts of a size in logical pixels."""

    def __init__(self) -> None:
        known = set(QFontDatabase.families())
        self._words = _chosen(QFontDatabase.systemFont(QFontDatabase.SystemFont.GeneralFont), _WORDS_ON_LINUX, known)
        self._fixed = _chosen(QFontDatabase.systemFont(QFontDatabase.SystemFont.FixedFont), _FIXED_ON_LINUX, known)
        self._fixed.setStyleHint(QFont.StyleHint.Monospace)

    def words(self, px: int, weight: int = 400) -> QFont:
        """Return the typeface of labels, values and buttons; ``weight`` as in style sheets."""
        return _sized(self._words, px, weight)

    def fixed(self, px: int, weight: int = 400) -> QFont:
        """Return the typeface of logs and reports."""
        font = _sized(self._fixed, px, weight)
        # Logs are shown as they came: no "->" that is drawn as an arrow.
        for tag in ("calt", "liga"):
            font.setFeature(QFont.Tag(tag), 0)
        return font


def _chosen(system: QFont, preferred: tuple[str, ...], known: set[str]) -> QFont:
    """Return the system's font, or where a Linux desktop has none of its own the best that is installed."""
    font = QFont(system)
    if sys.platform.startswith("linux") and system.family().lower() in _PLACEHOLDERS:
        found = next((family for family in preferred if family in known), None)
        if found is not None:
            font.setFamilies([found])
    return font


def _sized(base: QFont, px: int, weight: int) -> QFont:
    font = QFont(base)
    font.setPixelSize(px)
    font.setWeight(QFont.Weight(weight))
    font.setFeature(QFont.Tag("tnum"), 1)
    return font
