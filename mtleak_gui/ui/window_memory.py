# SPDX-License-Identifier: GPL-3.0-only
"""The window comes back as it was left: size and place, page, sidebar, span, and what each page shows."""

from __future__ import annotations

from collections.abc import Mapping

from PySide6.QtCore import QByteArray, QObject, Slot
from PySide6.QtWidgets import QWidget

from mtleak_gui.engine.settings_keeper import SettingsKeeper
from mtleak_gui.ui.main_window import MainWindow
from mtleak_gui.ui.page import HasViewState


class WindowMemory(QObject):
    """``restore`` at the start, ``remember`` at the end; pages are restored when they are made."""

    def __init__(self, window: MainWindow, settings: SettingsKeeper) -> None:
        super().__init__(window)
        self._window, self._settings = window, settings
        self._pages: dict[str, QWidget] = {}
        window.page_made.connect(self._restore_page)

    def restore(self) -> None:
        """Show the window as it was left."""
        state = self._settings.settings.window
        if state.geometry:
            self._window.restoreGeometry(QByteArray.fromBase64(QByteArray(state.geometry.encode())))
        self._window.set_sidebar_folded(folded=state.sidebar_collapsed)
        self._window.header.choose_span(state.span)
        self._window.show_page(state.page)
        if not self._window.shown_page:
            self._window.show_page("overview")

    def remember(self) -> None:
        """Put into the settings how the window is left."""
        views = dict(self._settings.settings.window.views)
        for key, page in self._pages.items():
            if isinstance(page, HasViewState):
                views[key] = page.view_state()
        self._settings.change_in(
            "window",
            geometry=bytes(self._window.saveGeometry().toBase64().data()).decode(),
            page=self._window.shown_page,
            sidebar_collapsed=self._window.sidebar_folded,
            span=self._window.header.span,
            views=views,
        )

    @Slot(str, QWidget)
    def _restore_page(self, key: str, page: QWidget) -> None:
        self._pages[key] = page
        kept = self._settings.settings.window.views.get(key)
        made: object = page
        if isinstance(made, HasViewState) and isinstance(kept, Mapping):
            made.restore_view(kept)
