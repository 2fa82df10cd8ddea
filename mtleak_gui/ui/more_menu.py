# SPDX-License-Identifier: GPL-3.0-only
"""The menu behind the three dots: recordings, demo boards, the list of keys, the end."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import QObject, Slot
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QMenu

from mtleak_gui.core.demo_offer import DemoOffer
from mtleak_gui.core.shortcuts import Shortcuts
from mtleak_gui.engine.bench import Bench
from mtleak_gui.engine.settings_keeper import SettingsKeeper
from mtleak_gui.ui.keyboard import Acts
from mtleak_gui.ui.theme.theme_keeper import ThemeKeeper


class MoreMenu(QObject):
    """Fills ``menu`` anew each time it opens, so that icons and keys are those in force."""

    def __init__(
        self,
        menu: QMenu,
        bench: Bench,
        theme: ThemeKeeper,
        settings: SettingsKeeper,
        *,
        acts: Acts,
        demos: Callable[[], tuple[DemoOffer, ...]],
    ) -> None:
        super().__init__(menu)
        self._menu, self._bench, self._theme, self._settings = menu, bench, theme, settings
        self._acts, self._demos = acts, demos
        menu.aboutToShow.connect(self.fill)
        self.fill()

    @Slot()
    def fill(self) -> None:
        """Offer what makes sense now."""
        self._menu.clear()
        recorder = self._bench.recorder
        self._add("open_recording", "folder-open-outline", self.tr("Open a recording…"))
        self._add("new_recording", "plus", self.tr("New recording…"), enabled=not recorder.read_only)
        self._add("show_folder", "open-in-new", self.tr("Open the folder"), enabled=self._bench.folder is not None)
        if recorder.read_only or recorder.demo:
            words = (
                self.tr("End the demo") if recorder.demo and not recorder.read_only else self.tr("Close this recording")
            )
            self._add("close_recording", "close", words)
        self._menu.addSeparator()
        demos = self._menu.addMenu(self._theme.icon("flask-outline"), self.tr("Demo board"))
        for offer in self._demos():
            demos.addAction(offer.title, partial(self._bench.start_demo, offer.scenario))
        self._menu.addSeparator()
        self._add("shortcuts", "keyboard-outline", self.tr("Keys and gestures"))
        self._add("settings", "cog-outline", self.tr("Settings"))
        self._menu.addSeparator()
        self._add("quit", "close", self.tr("Quit"))

    def _add(self, act_id: str, icon: str, words: str, *, enabled: bool = True) -> None:
        act = QAction(self._theme.icon(icon), self._with_key(act_id, words), self._menu)
        act.triggered.connect(self._acts[act_id])
        act.setEnabled(enabled)
        self._menu.addAction(act)

    def _with_key(self, act_id: str, words: str) -> str:
        # Shown, not bound: the keyboard binds each key once.
        try:
            key = Shortcuts(self._settings.settings.keys).key_for(act_id)
        except KeyError:
            key = ""
        return f"{words}\t{key}" if key else words
