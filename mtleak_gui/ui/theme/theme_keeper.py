# SPDX-License-Identifier: GPL-3.0-only
"""Applies a theme to the application and hands out its colours, fonts and icons. Runs in: GUI thread."""

from __future__ import annotations

from pathlib import Path
from typing import Literal

from PySide6.QtCore import QDir, QObject, Qt, QTemporaryDir, Signal, Slot
from PySide6.QtGui import QColor, QFont, QIcon, QPixmap
from PySide6.QtWidgets import QApplication

from mtleak_gui.ui.theme.colors import Colors, read_colors, tint
from mtleak_gui.ui.theme.fonts import Fonts
from mtleak_gui.ui.theme.icons import Icons
from mtleak_gui.ui.theme.palette import palette_of
from mtleak_gui.ui.theme.style_sheet import CONTROL_ICONS, style_sheet

ThemeChoice = Literal["system", "light", "dark"]
_TINTED = "tinted"


class ThemeKeeper(QObject):
    """One per application. ``changed`` comes after colours, palette and style sheet are in force."""

    changed = Signal()

    def __init__(self, application: QApplication, resources: Path, choice: ThemeChoice = "system") -> None:
        """Read both themes and apply one. Raises ``OSError`` when resources are missing."""
        super().__init__(application)
        self._application = application
        self._resources = resources
        self._themes = {name: read_colors(resources / "themes" / f"{name}.toml") for name in ("light", "dark")}
        self._icons = Icons(resources / "icons")
        self._fonts = Fonts()
        # Style sheets take pictures of controls from files only; these are the icons in the theme's colours.
        self._tinted = QTemporaryDir()
        QDir.setSearchPaths(_TINTED, [self._tinted.path()])
        self._choice: ThemeChoice = choice
        self._shown = ""
        application.setStyle("Fusion")
        application.setFont(self._fonts.words(14))
        application.styleHints().colorSchemeChanged.connect(self._system_changed)
        self._apply()

    def forget_pictures(self) -> None:
        """Remove the files that style sheets draw with. For the end of the program: Python may never come to it."""
        self._tinted.remove()

    @property
    def colors(self) -> Colors:
        """The colours in force."""
        return self._themes[self._shown]

    @property
    def is_dark(self) -> bool:
        """Whether the dark theme is in force."""
        return self._shown == "dark"

    @property
    def choice(self) -> ThemeChoice:
        """What the user chose."""
        return self._choice

    @property
    def resources(self) -> Path:
        """Where the files that ship with the program are."""
        return self._resources

    def choose(self, choice: ThemeChoice) -> None:
        """Switch to a theme, or follow the system's."""
        self._choice = choice
        self._apply()

    def icon(self, name: str, role: str = "text_2", *, gap: int = 0) -> QIcon:
        """Return an icon in the colour of a role, with ``gap`` pixels of room behind it; ask again on ``changed``."""
        ratio = self._application.devicePixelRatio()
        return self._icons.icon(name, self.colors.role(role), self.colors.disabled, ratio, gap)

    def pixmap(self, name: str, role: str, size: int, ratio: float | None = None) -> QPixmap:
        """Return an icon of ``size`` logical pixels to paint."""
        return self._icons.pixmap(name, self.colors.role(role), size, ratio or self._application.devicePixelRatio())

    def font(self, px: int, weight: int = 400) -> QFont:
        """Return the typeface of words."""
        return self._fonts.words(px, weight)

    def mono(self, px: int, weight: int = 400) -> QFont:
        """Return the typeface of logs and reports."""
        return self._fonts.fixed(px, weight)

    @staticmethod
    def tint(color: QColor, share: float) -> QColor:
        """Return the colour with a share of its opacity."""
        return tint(color, share)

    @Slot()
    def _system_changed(self) -> None:
        if self._choice == "system":
            self._apply()

    def _apply(self) -> None:
        shown = self._choice if self._choice != "system" else self._of_system()
        if shown == self._shown:
            return
        self._shown = shown
        for name, icon, role in CONTROL_ICONS:
            Path(self._tinted.filePath(f"{shown}-{name}.svg")).write_bytes(
                self._icons.svg(icon, self.colors.role(role))
            )
        self._application.setPalette(palette_of(self.colors))
        template = (self._resources / "style" / "window.qss").read_text("utf-8")
        self._application.setStyleSheet(style_sheet(template, self.colors, f"{_TINTED}:{shown}", self._fonts))
        self.changed.emit()

    def _of_system(self) -> str:
        dark = self._application.styleHints().colorScheme() == Qt.ColorScheme.Dark
        return "dark" if dark else "light"
