# SPDX-License-Identifier: GPL-3.0-only
"""From notices to toasts, and from the toast's button to the act that it names."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QObject, Slot

from mtleak_gui.core.notice import Notice
from mtleak_gui.ui.widgets.toasts import Toasts

Run = Callable[[str], None]
"""Does what an action says; it is given the key of the notice."""


class Notices(QObject):
    """``show`` is connected to everyone who has something to tell."""

    def __init__(self, toasts: Toasts) -> None:
        super().__init__(toasts)
        self._toasts = toasts
        self._actions: dict[str, tuple[str, Run]] = {}
        toasts.acted.connect(self._act)

    def offer(self, action: str, word: str, run: Run) -> None:
        """Give an action its word and its act; an action that nobody offers is shown without a button."""
        self._actions[action] = (word, run)

    @Slot(object)
    def show(self, notice: Notice) -> None:
        """Show a notice; one without a text takes away what stands under its key."""
        if not notice.text:
            self._toasts.remove(notice.key)
            return
        word = self._actions[notice.action][0] if notice.action in self._actions else ""
        self._toasts.show_notice(notice, word)

    @Slot(str, str)
    def _act(self, key: str, action: str) -> None:
        if action in self._actions:
            self._actions[action][1](key)
