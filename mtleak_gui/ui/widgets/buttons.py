# SPDX-License-Identifier: GPL-3.0-only
"""Buttons whose icon takes the colour that their kind and state deserve, in every theme."""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt, Slot
from PySide6.QtWidgets import QMenu, QPushButton, QWidget

from mtleak_gui.ui.theme.styling import styled
from mtleak_gui.ui.theme.theme_keeper import ThemeKeeper

_GAP = 4
_ROLES = {"filled": "on_filled", "pill": "on_filled", "danger": "danger", "text": "primary_strong"}


class IconButton(QPushButton):
    """A button with an icon and words, or with an icon alone, which then needs a ``name`` for those who cannot see it.

    ``kind``: outline, filled, danger, text, icon, quiet, pill. ``size``: "" (36 high), control (32), small (28).
    """

    def __init__(
        self,
        theme: ThemeKeeper,
        icon: str,
        text: str = "",
        *,
        kind: str = "outline",
        size: str = "",
        name: str = "",
        role: str = "",
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(text, parent)
        self._theme = theme
        self._icon = icon
        self._role = role
        self.setProperty("kind", kind)
        if size:
            self.setProperty("scale", size)
        if name or text:
            self.setAccessibleName(name or text)
        if name and not text:
            self.setToolTip(name)
        self._px = 16 if size == "small" else 18
        # A click takes no focus, so that the ring shows only who goes by keyboard, and Space stays with the page.
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        theme.changed.connect(self._tint)
        self.toggled.connect(self._tint)
        self._tint()

    def set_look(self, icon: str, text: str | None = None, *, kind: str | None = None, role: str | None = None) -> None:
        """Show another icon, text, kind or colour."""
        self._icon = icon
        if text is not None:
            self.setText(text)
            self.setAccessibleName(text)
        if role is not None:
            self._role = role
        if kind is not None:
            styled(self, kind=kind)
        self._tint()

    def set_menu(self, menu: QMenu) -> None:
        """Open a menu on click, and show by an arrow that there is one."""
        self.setMenu(menu)
        styled(self, menu=True)

    def setText(self, text: str) -> None:  # noqa: N802 - Qt's name
        """Show other words, or none; the icon keeps its distance."""
        super().setText(text)
        self._tint()

    @Slot()
    def _tint(self) -> None:
        kind = str(self.property("kind"))
        role = self._role or _ROLES.get(kind, "text_2")
        if self.isCheckable() and self.isChecked():
            role = "primary_strong"
        gap = _GAP if self.text() else 0
        self.setIconSize(QSize(self._px + gap, self._px))
        self.setIcon(self._theme.icon(self._icon, role, gap=gap))


def button(text: str, kind: str = "outline", size: str = "", parent: QWidget | None = None) -> QPushButton:
    """Return a button with words only."""
    made = QPushButton(text, parent)
    made.setProperty("kind", kind)
    made.setFocusPolicy(Qt.FocusPolicy.TabFocus)
    if size:
        made.setProperty("scale", size)
    return made
