# SPDX-License-Identifier: GPL-3.0-only
"""What a tester does all day, at forty-eight times the pace: pages, spans, filters, marks, themes, Leakhunt."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from itertools import cycle

from PySide6.QtCore import QObject, QTimer

from mtleak_gui.app.application import Application
from mtleak_gui.ui.pages.heap.heap_page import HeapPage
from mtleak_gui.ui.pages.logbook.logbook_page import LogbookPage

_PAGES = ("heap", "logbook", "overview", "reports", "settings")
_SPANS = ("1h", "6h", "24h")
_PATTERNS = ("said .* 0+42", "Heap", "(said|Heap).*7 ", "HopLim", "")
_THEMES = ("dark", "light")
_EVERY_S = {"page": 3.0, "span": 5.0, "filter": 8.0, "mark": 30.0, "theme": 30.0, "leakhunt": 18.75}


class BusyTester(QObject):
    """Works until it is stopped. ``done`` counts what it did."""

    def __init__(self, application: Application, parent: QObject) -> None:
        super().__init__(parent)
        self._application = application
        self.done: Counter[str] = Counter()
        self._pages, self._spans = cycle(_PAGES), cycle(_SPANS)
        self._patterns, self._themes = cycle(_PATTERNS), cycle(_THEMES)
        acts: dict[str, Callable[[], None]] = {
            "page": self._turn_page,
            "span": self._choose_span,
            "filter": self._type_filter,
            "mark": self._mark,
            "theme": self._switch_theme,
            "leakhunt": self._hunt,
        }
        self._timers = [self._each(name, act) for name, act in acts.items()]

    def stop(self) -> None:
        """Do no more."""
        for timer in self._timers:
            timer.stop()

    def _each(self, name: str, act: Callable[[], None]) -> QTimer:
        def acted() -> None:
            act()
            self.done[name] += 1

        timer = QTimer(self)
        timer.timeout.connect(acted)
        timer.start(round(_EVERY_S[name] * 1000))
        return timer

    def _turn_page(self) -> None:
        self._application.window.show_page(next(self._pages))

    def _choose_span(self) -> None:
        page = self._application.window.page("heap")
        if isinstance(page, HeapPage):
            page.set_span(next(self._spans))

    def _type_filter(self) -> None:
        page = self._application.window.page("logbook")
        if isinstance(page, LogbookPage):
            page.bar.field.edit.setText(next(self._patterns))

    def _mark(self) -> None:
        parts = self._application.parts
        if parts is not None:
            parts.marking.quick_mark(0)

    def _switch_theme(self) -> None:
        self._application.settings.change_in("appearance", theme=next(self._themes))

    def _hunt(self) -> None:
        parts = self._application.parts
        if parts is not None:
            parts.judge()
