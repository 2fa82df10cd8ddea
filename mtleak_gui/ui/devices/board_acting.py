# SPDX-License-Identifier: GPL-3.0-only
"""Asks the tester before anything is asked of a board, then has it done."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QWidget

from mtleak_gui.core.board_acts import FASTEST_S
from mtleak_gui.engine.bench import Bench
from mtleak_gui.ui.devices.acting_words import Words, asking_question, switch_question
from mtleak_gui.ui.dialogs.confirm_dialog import ConfirmDialog
from mtleak_gui.ui.theme.theme_keeper import ThemeKeeper


class BoardActing(QObject):
    """``window`` is what the questions are modal to. A board whose session is gone is asked nothing."""

    def __init__(self, bench: Bench, theme: ThemeKeeper, window: QWidget) -> None:
        super().__init__(window)
        self._bench, self._theme, self._window = bench, theme, window

    def ask_for_stats(self, port: str, every_s: int = FASTEST_S) -> None:
        """Ask a board for LocalStats when the tester confirms it."""
        if (session := self._bench.session(port)) is not None:
            words = asking_question(session.name, session.firmware, every_s)
            self._confirm(words, partial(self._bench.ask_for_stats, port, every_s), destructive=False)

    def stop_asking(self, port: str) -> None:
        """Ask a board no more; that needs no question."""
        self._bench.stop_asking(port)

    def switch_debug_log(self, port: str, *, on: bool) -> None:
        """Switch a board's debug log over the API when the tester confirms it."""
        if (session := self._bench.session(port)) is not None:
            words = switch_question(session.name, on=on)
            self._confirm(words, partial(self._bench.switch_debug_log, port, on=on), destructive=True)

    def _confirm(self, words: Words, act: Callable[[], None], *, destructive: bool) -> None:
        dialog = ConfirmDialog(
            self._theme, words.title, words.text, words.act, destructive=destructive, parent=self._window
        )
        dialog.accepted.connect(act)
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()
