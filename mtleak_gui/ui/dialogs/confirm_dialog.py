# SPDX-License-Identifier: GPL-3.0-only
"""Asks before what cannot be undone. The button names the act; Cancel has the focus."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from mtleak_gui.ui.dialogs.question import Question
from mtleak_gui.ui.theme.theme_keeper import ThemeKeeper


class ConfirmDialog(Question):
    """``accepted`` comes when the user wants the act. ``destructive`` acts are red."""

    def __init__(
        self,
        theme: ThemeKeeper,
        title: str,
        text: str,
        act: str,
        *,
        destructive: bool = False,
        parent: QWidget | None = None,
    ) -> None:
        """``title`` is the question, ``text`` what the act brings about, ``act`` the word on its button."""
        icon, role = ("alert-outline", "danger") if destructive else ("help-circle-outline", "primary")
        super().__init__(theme, icon, role, title or self.tr("Are you sure?"), text, parent=parent)
        cancel = self.add_button(self.tr("Cancel"), focused=True)
        cancel.clicked.connect(self.reject)
        do = self.add_button(act, "danger" if destructive else "filled")
        do.setAutoDefault(False)
        do.clicked.connect(self.accept)
