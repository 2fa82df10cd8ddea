# SPDX-License-Identifier: GPL-3.0-only
"""Joins the window to what works behind it: pages, keys, notices, dialogs, and what comes back at the next start."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TypeVar

from PySide6.QtCore import QObject, QTimer, Signal, Slot
from PySide6.QtWidgets import QWidget

from mtleak_gui.app.engine_parts import EngineParts
from mtleak_gui.app.page_factories import page_factories
from mtleak_gui.core.notice import Notice
from mtleak_gui.core.shortcuts import Shortcuts
from mtleak_gui.engine.acts_words import ASKING
from mtleak_gui.engine.demo_offers import demo_offers
from mtleak_gui.engine.port_welcome import NOTICE_PREFIX
from mtleak_gui.engine.settings_keeper import SettingsKeeper
from mtleak_gui.ui.header_link import HeaderLink
from mtleak_gui.ui.keyboard import Acts
from mtleak_gui.ui.leakhunt_host import LeakhuntHost
from mtleak_gui.ui.main_window import MainWindow
from mtleak_gui.ui.marking import Marking
from mtleak_gui.ui.more_menu import MoreMenu
from mtleak_gui.ui.notices import Notices
from mtleak_gui.ui.opening import Opening
from mtleak_gui.ui.page_links import PageLinks
from mtleak_gui.ui.page_table import PAGES
from mtleak_gui.ui.quitting import Quitting
from mtleak_gui.ui.requests import LeakhuntRequest
from mtleak_gui.ui.theme.theme_keeper import ThemeKeeper
from mtleak_gui.ui.window_memory import WindowMemory

_Argument = TypeVar("_Argument")
_MAKE_NEXT_MS = 30
"""Rest between the pages that are made ahead, so that the window answers meanwhile."""


class WindowParts(QObject):
    """``quit_confirmed`` comes when the program is to end."""

    quit_confirmed = Signal()

    def __init__(
        self, window: MainWindow, engine: EngineParts, theme: ThemeKeeper, settings: SettingsKeeper, parent: QObject
    ) -> None:
        super().__init__(parent)
        self._window, self._engine, self._theme, self._settings = window, engine, theme, settings
        bench = engine.bench
        self.notices = Notices(window.toasts)
        self.marking = Marking(bench, theme, settings, tell=self.notices.show, window=window)
        self.opening = Opening(
            bench,
            theme,
            settings,
            known=engine.known,
            ports=engine.ports,
            bluetooth=engine.bluetooth,
            recordings=engine.places.recordings,
            tell=self.notices.show,
            window=window,
        )
        self.leakhunt = LeakhuntHost(window, self._make_panel)
        self.quitting = Quitting(bench, window, theme)
        self.quitting.confirmed.connect(self.quit_confirmed)
        window.set_pages(page_factories(engine, theme, settings))
        self.links = PageLinks(window, self._wishes())
        self.memory = WindowMemory(window, settings)
        self.header_link = HeaderLink(
            bench, window.header, window.status, theme=theme, settings=settings, window=window
        )
        self._join_header()
        self._offer_actions()
        bench.told.connect(self.notices.show)
        engine.welcome.told.connect(self.notices.show)
        settings.changed.connect(self._take_settings)
        settings.save_failed.connect(self._tell_unsaved)
        acts = self._acts()
        window.set_acts(acts)
        self.more = MoreMenu(window.more_menu, bench, theme, settings, acts=acts, demos=demo_offers)
        window.header.span_chosen.connect(self.links.set_span)
        self._take_settings()
        self.memory.restore()
        self._ahead = [entry.key for entry in PAGES]
        QTimer.singleShot(_MAKE_NEXT_MS, self, self._make_next)

    def tell(self, notice: Notice) -> None:
        """Show a notice."""
        self.notices.show(notice)

    def remember(self) -> None:
        """Keep what is to come back at the next start."""
        self.memory.remember()

    def judge(self) -> None:
        """Open Leakhunt on the chosen board and the chosen span."""
        session = self._engine.bench.current
        span = self._window.header.span
        self._ask_leakhunt(LeakhuntRequest(None if session is None else session.port, span))

    @Slot(object)
    def _ask_leakhunt(self, request: LeakhuntRequest) -> None:
        rules = request.rules or self._settings.settings.rule_set
        self.leakhunt.ask(request._replace(rules=rules))

    def _make_panel(self) -> QWidget:
        from mtleak_gui.ui.leakhunt.leakhunt_panel import LeakhuntPanel  # noqa: PLC0415 - loaded when wanted

        engine = self._engine
        panel = LeakhuntPanel(engine.bench, self._theme, engine.queries, engine.disk, engine.shelf)
        panel.dock_requested.connect(self._dock)
        panel.close_requested.connect(self.leakhunt.hide)
        self.links.join("leakhunt", panel)
        panel.report_saved.connect(self.links.refresh_reports)
        panel.verdict_shown.connect(self.links.show_projection)
        return panel

    @Slot(bool)
    def _dock(self, docked: bool) -> None:  # noqa: FBT001 - a signal's argument
        self.leakhunt.set_docked(docked=docked)
        panel: object = self.leakhunt.panel
        if panel is not None:
            panel.set_docked(docked=docked)  # type: ignore[attr-defined] # made by _make_panel

    def _wishes(self) -> dict[str, Callable[..., object]]:
        return {
            "leakhunt_requested": self._ask_leakhunt,
            "notice_requested": self.notices.show,
            "port_picker_requested": self.opening.pick_port,
            "open_recording_requested": self.opening.open_recording,
            "demo_requested": self.opening.start_demo,
            "capture_switch_requested": self.opening.switch_capture,
        }

    def _join_header(self) -> None:
        header = self._window.header
        header.mark_requested.connect(self.marking.mark)
        header.range_mark_requested.connect(self.marking.range_mark)
        header.quick_mark_requested.connect(self.marking.quick_mark)
        header.leakhunt_requested.connect(self.judge)
        header.port_picker_requested.connect(self.opening.pick_port)
        self._window.file_dropped.connect(self._open_dropped)

    def _offer_actions(self) -> None:
        bench, tr = self._engine.bench, self.tr
        self.notices.offer("record", tr("Record"), lambda _key: bench.start_recording())
        self.notices.offer("resume_and_mark", tr("Resume and mark"), lambda _key: bench.resume_and_mark())
        self.notices.offer("stop_recording", tr("Stop recording"), lambda _key: bench.stop_recording())
        self.notices.offer("stop_asking", tr("Stop asking"), lambda key: bench.stop_asking(key.removeprefix(ASKING)))
        self.notices.offer("open_folder", tr("Open folder"), lambda _key: self.opening.show_folder())
        self.notices.offer("show_reports", tr("Open reports"), lambda _key: self._window.show_page("reports"))
        self.notices.offer("undo_delete_report", tr("Undo"), self._undo_delete)
        self.notices.offer("choose_port", tr("Connect"), self._pick_new_port)

    def _pick_new_port(self, key: str) -> None:
        self.opening.pick_port(key.removeprefix(NOTICE_PREFIX) if key.startswith(NOTICE_PREFIX) else None)

    def _undo_delete(self, key: str) -> None:
        page: object = self._window.make_page("reports")
        page.undo_delete(key)  # type: ignore[attr-defined] # the page table's own page

    def _acts(self) -> Acts:
        bench = self._engine.bench
        acts: dict[str, Callable[[], None]] = {
            "connect": self.header_link.connect_or_disconnect,
            "record": self.header_link.record_or_stop,
            "pause": self.header_link.pause_or_resume,
            "open_recording": self.opening.open_recording,
            "new_recording": self.opening.name_recording,
            "show_folder": self.opening.show_folder,
            "close_recording": bench.close_recording,
            "mark": self.marking.mark,
            "mark_range": self.marking.range_mark,
            "leakhunt": self.judge,
            "shortcuts": self.opening.show_shortcuts,
            "settings": lambda: self._window.show_page("settings"),
            "quit": self._window.close_requested.emit,
        }
        for number in range(9):
            acts[f"quick_mark_{number + 1}"] = _called(self.marking.quick_mark, number)
        for entry in PAGES:
            acts[f"page_{entry.key}"] = _called(self._window.show_page, entry.key)
        return acts

    @Slot()
    def _make_next(self) -> None:
        """Make the pages ahead of their first use, one at a time."""
        if self._ahead:
            self._window.make_page(self._ahead.pop(0))
            QTimer.singleShot(_MAKE_NEXT_MS, self, self._make_next)

    @Slot()
    def _take_settings(self) -> None:
        settings = self._settings.settings
        self._theme.choose(settings.appearance.theme)
        self._window.keyboard.bind(Shortcuts(settings.keys))

    @Slot(str)
    def _tell_unsaved(self, sentence: str) -> None:
        self.notices.show(Notice("settings", "warn", sentence, sticky=True))

    @Slot(str)
    def _open_dropped(self, path: str) -> None:
        self.opening.open_path(Path(path))


def _called(act: Callable[[_Argument], object], argument: _Argument) -> Callable[[], None]:
    def call() -> None:
        act(argument)

    return call
