# SPDX-License-Identifier: GPL-3.0-only
"""Joins the pages: a click in one shows the same moment in another, or asks Leakhunt."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QObject, Slot
from PySide6.QtWidgets import QWidget

from mtleak_gui.ui.main_window import MainWindow
from mtleak_gui.ui.page import HasRefresh, HasSpan, ShowsProjection

_WISHES = (
    "leakhunt_requested",
    "log_row_requested",
    "plot_time_requested",
    "page_requested",
    "notice_requested",
    "port_picker_requested",
    "open_recording_requested",
    "demo_requested",
    "capture_switch_requested",
)
"""Signals that a page may have; each is joined to the act of that name."""


class PageLinks(QObject):
    """``acts`` are called with what a wish brings, by the name of its signal."""

    def __init__(self, window: MainWindow, acts: dict[str, Callable[..., object]]) -> None:
        super().__init__(window)
        self._window = window
        self._acts = {
            "log_row_requested": self.show_log_row,
            "plot_time_requested": self.show_plot_time,
            "page_requested": window.show_page,
        } | acts
        window.page_made.connect(self.join)

    @Slot(str, QWidget)
    def join(self, _key: str, page: QWidget) -> None:
        """Join the wishes that a page has, and tell it the chosen span."""
        made: object = page
        if isinstance(made, HasSpan):
            made.set_span(self._window.header.span)
        for name in _WISHES:
            wish = getattr(page, name, None)
            if wish is not None and name in self._acts:
                wish.connect(self._acts[name])

    @Slot(float, str)
    def show_log_row(self, ts: float, port: str) -> None:
        """Open the logbook at a moment of a board."""
        self._window.show_page("logbook")
        self._call("logbook", "show_row_at", ts, port)

    @Slot(float, str)
    def show_plot_time(self, ts: float, port: str) -> None:
        """Open the heap plot with the cursor at a moment of a board."""
        self._window.show_page("heap")
        self._call("heap", "show_time", ts, port)

    @Slot(object, str)
    def show_projection(self, verdict: object, port: str) -> None:
        """Have the heap plot show where a verdict leads."""
        heap: object = self._window.page("heap")
        if isinstance(heap, ShowsProjection):
            heap.show_projection(verdict if port else None)

    @Slot(str)
    def set_span(self, words: str) -> None:
        """Have the heap plot take the window that the header chose."""
        heap: object = self._window.page("heap")
        if isinstance(heap, HasSpan):
            heap.set_span(words)

    @Slot()
    def refresh_reports(self) -> None:
        """Have the list of reports read anew."""
        reports: object = self._window.page("reports")
        if isinstance(reports, HasRefresh):
            reports.refresh()

    def _call(self, key: str, method: str, ts: float, port: str) -> None:
        page = self._window.page(key)
        if page is not None:
            getattr(page, method)(ts, port)
