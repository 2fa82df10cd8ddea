# SPDX-License-Identifier: GPL-3.0-only
"""Marks from the keyboard and the header: the time is that of the key press, the words come after."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QObject, Slot
from PySide6.QtWidgets import QWidget

from mtleak_gui.core.notice import Notice
from mtleak_gui.engine.bench import Bench
from mtleak_gui.engine.settings_keeper import SettingsKeeper
from mtleak_gui.ui.dialogs.mark_dialog import MarkDialog
from mtleak_gui.ui.theme.theme_keeper import ThemeKeeper

_START, _END = "-start", "-end"


class Marking(QObject):
    """Sets marks on all boards of the bench. ``tell`` shows a notice."""

    def __init__(
        self,
        bench: Bench,
        theme: ThemeKeeper,
        settings: SettingsKeeper,
        *,
        tell: Callable[[Notice], None],
        window: QWidget,
    ) -> None:
        super().__init__(window)
        self._bench, self._theme, self._settings = bench, theme, settings
        self._tell, self._window = tell, window
        self._open_range: str | None = None
        self._pressed_at = 0.0
        bench.recording_switched.connect(self._forget)

    @Slot()
    def mark(self) -> None:
        """Ask for the words of a mark that is made now."""
        self._ask(self._set_mark)

    @Slot()
    def range_mark(self) -> None:
        """Begin a range, whose name is asked for, or end the one that was begun."""
        if self._open_range is None:
            self._ask(self._begin_range)
            return
        name, self._open_range = self._open_range, None
        self._bench.mark(f"{name}{_END}", ts=self._bench.now())
        self._tell(Notice("range_mark", "ok", self.tr("Range “{0}” ended.").format(name)))

    @Slot(int)
    def quick_mark(self, number: int) -> None:
        """Set the quick mark of that number, from 0; one that is not defined is passed over."""
        labels = self._settings.settings.quick_marks
        if 0 <= number < len(labels):
            self._bench.mark(labels[number], ts=self._bench.now())

    def _ask(self, then: Callable[[str, str], None]) -> None:
        if not self._may_mark():
            return
        self._pressed_at = self._bench.now()
        dialog = MarkDialog(self._theme, self._pressed_at, self._window)
        dialog.mark_saved.connect(then)
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()

    def _may_mark(self) -> bool:
        """Let the bench refuse with its own words before somebody types a label in vain."""
        recorder = self._bench.recorder
        if recorder.running and not recorder.paused:
            return True
        self._bench.mark("mark", ts=self._bench.now())
        return False

    @Slot(str, str)
    def _set_mark(self, label: str, note: str) -> None:
        self._bench.mark(label, note or None, ts=self._pressed_at)

    @Slot(str, str)
    def _begin_range(self, label: str, note: str) -> None:
        name = label.removesuffix(_START)
        self._open_range = name
        self._bench.mark(f"{name}{_START}", note or None, ts=self._pressed_at)
        text = self.tr("Range “{0}” runs. Shift+M ends it.").format(name)
        self._tell(Notice("range_mark", "info", text))

    @Slot()
    def _forget(self) -> None:
        self._open_range = None
