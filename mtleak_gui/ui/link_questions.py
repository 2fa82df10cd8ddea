# SPDX-License-Identifier: GPL-3.0-only
"""What links ask the tester, and what can be done about what they tell. The window goes on meanwhile."""

from __future__ import annotations

from PySide6.QtCore import QObject, Slot

from mtleak_gui.core.candidates import Candidates
from mtleak_gui.engine.bench import Bench
from mtleak_gui.engine.link_notices import PREFIX
from mtleak_gui.ui.dialogs.candidates_dialog import CandidatesDialog
from mtleak_gui.ui.main_window import MainWindow
from mtleak_gui.ui.notices import Notices
from mtleak_gui.ui.theme.theme_keeper import ThemeKeeper


class LinkQuestions(QObject):
    """One dialog for each board that is asked about; another question about it takes its place."""

    def __init__(self, bench: Bench, theme: ThemeKeeper, notices: Notices, window: MainWindow) -> None:
        super().__init__(window)
        self._bench, self._theme, self._window = bench, theme, window
        self._asked: dict[str, tuple[Candidates, CandidatesDialog]] = {}
        bench.candidates_found.connect(self.ask)
        notices.offer("reconnect", self.tr("Take it back"), self._take_back)
        notices.offer("connect_other", self.tr("Connect it too"), self._connect_other)
        notices.offer("line_settings", self.tr("Line settings…"), self._show_lines)

    @Slot(object)
    def ask(self, candidates: Candidates) -> None:
        """Ask, or take the question back when there is nothing to choose any more."""
        before = self._asked.get(candidates.port)
        if before is not None and before[0] == candidates:
            return
        if before is not None:
            dialog = self._asked.pop(candidates.port)[1]
            dialog.close()
            dialog.deleteLater()
        if not candidates.offers:
            return
        dialog = CandidatesDialog(self._theme, candidates, self._window)
        dialog.chosen.connect(self._bench.choose_candidate)
        self._asked[candidates.port] = (candidates, dialog)
        dialog.show()

    def _take_back(self, key: str) -> None:
        self._bench.reconnect(key.removeprefix(PREFIX))

    def _connect_other(self, key: str) -> None:
        self._bench.connect_other(key.removeprefix(PREFIX))

    def _show_lines(self, _key: str) -> None:
        self._window.show_page("settings")
        page: object = self._window.page("settings")
        if page is not None:
            page.show_section("devices")  # type: ignore[attr-defined] # the page table's own page
