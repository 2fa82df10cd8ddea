# SPDX-License-Identifier: GPL-3.0-only
"""Binds keys to acts: one shortcut for each key, which runs the act that listens where the user is."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Mapping
from functools import partial

from PySide6.QtCore import QObject, Qt
from PySide6.QtGui import QKeyEvent, QKeySequence, QShortcut
from PySide6.QtWidgets import QWidget

from mtleak_gui.core.shortcut_table import ACTS, Act
from mtleak_gui.core.shortcuts import Shortcuts

Acts = Mapping[str, Callable[[], None]]
"""What can be done, by the id of the table of shortcuts."""

_LEFT_TO_WIDGETS = {"Space": Qt.Key.Key_Space, "Esc": Qt.Key.Key_Escape, "Return": Qt.Key.Key_Return}
"""Keys that press the button that has the focus, close popups and so on: ours only when no widget takes them."""


class Keyboard(QObject):
    """``acts_now`` returns the name of the place that is shown and what can be done there and everywhere."""

    def __init__(self, window: QWidget, acts_now: Callable[[], tuple[str, Acts]]) -> None:
        super().__init__(window)
        self._window = window
        self._acts_now = acts_now
        self._bound: list[QShortcut] = []
        self._left: dict[Qt.Key, list[Act]] = {}

    def bind(self, shortcuts: Shortcuts) -> None:
        """Bind the keys in force, in place of those before."""
        for old in self._bound:
            old.setEnabled(False)
            old.deleteLater()
        self._bound.clear()
        by_key: dict[str, list[Act]] = defaultdict(list)
        for act in ACTS:
            for key in shortcuts.keys_for(act.id):
                by_key[key].append(act)
        self._left = {code: by_key.pop(name, []) for name, code in _LEFT_TO_WIDGETS.items()}
        for key, acts in by_key.items():
            shortcut = QShortcut(QKeySequence(key), self._window)
            if all(not act.where for act in acts):
                shortcut.setContext(Qt.ShortcutContext.ApplicationShortcut)
            shortcut.activated.connect(partial(self._run, acts))
            self._bound.append(shortcut)

    def take_key(self, event: QKeyEvent) -> bool:
        """Run what a key means that no widget took; return whether it meant anything."""
        if event.modifiers() != Qt.KeyboardModifier.NoModifier:
            return False
        return self._run(self._left.get(Qt.Key(event.key()), []))

    def _run(self, acts: list[Act]) -> bool:
        place, possible = self._acts_now()
        for act in acts:
            if (not act.where or place in act.where) and act.id in possible:
                possible[act.id]()
                return True
        return False
