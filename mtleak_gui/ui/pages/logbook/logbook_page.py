# SPDX-License-Identifier: GPL-3.0-only
"""The Logbook page: filter controls, the log, packets, events, and what joins them to the bench."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from PySide6.QtCore import QTimer, Signal, Slot
from PySide6.QtGui import QFocusEvent, QGuiApplication, QResizeEvent
from PySide6.QtWidgets import QStackedWidget, QVBoxLayout, QWidget

from mtleak_gui.core.boot import Boot
from mtleak_gui.core.notice import Notice
from mtleak_gui.engine.bench import Bench
from mtleak_gui.engine.query_runner import QueryRunner
from mtleak_gui.engine.session import Session
from mtleak_gui.engine.settings_keeper import SettingsKeeper
from mtleak_gui.ui.keyboard import Acts
from mtleak_gui.ui.pages.logbook.bottom_bar import BottomBar
from mtleak_gui.ui.pages.logbook.copy_menu import CopyMenu
from mtleak_gui.ui.pages.logbook.filter_bar import FilterBar
from mtleak_gui.ui.pages.logbook.log_desk import LogDesk
from mtleak_gui.ui.pages.logbook.log_feed import LogFeed
from mtleak_gui.ui.pages.logbook.log_sifter import LogSifter
from mtleak_gui.ui.pages.logbook.log_tab import LogTab
from mtleak_gui.ui.pages.logbook.mark_names import MarkNames
from mtleak_gui.ui.pages.logbook.preset_menu import PresetMenu
from mtleak_gui.ui.pages.logbook.rows_tab import RowsTab
from mtleak_gui.ui.pages.logbook.slice_export import SliceExport
from mtleak_gui.ui.theme.theme_keeper import ThemeKeeper

_SLOW_MS = 1_000
_WIDE = 1000


class LogbookPage(QWidget):
    """Made by the window; ``show_row_at`` brings a moment of a board on the screen."""

    plot_time_requested = Signal(float, str)
    notice_requested = Signal(Notice)

    def __init__(
        self,
        bench: Bench,
        theme: ThemeKeeper,
        settings: SettingsKeeper,
        queries: QueryRunner,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.setProperty("kind", "page")
        self._bench, self._settings = bench, settings
        self.sifter = LogSifter(self)
        self.tab = LogTab(theme, self.sifter, settings.settings.appearance.log_font_px, self)
        self.presets = PresetMenu(theme, settings, self)
        self.bar = FilterBar(theme, self._boots, self._rows_of, now=bench.now, presets=self.presets, parent=self)
        self.copy = CopyMenu(
            self.sifter, self.tab.view.selection, QGuiApplication.clipboard(), tell=self._tell, parent=self
        )
        self.bottom = BottomBar(theme, self.copy, self)
        self.feed = LogFeed(bench, queries, self.sifter, self)
        self.desk = LogDesk(bench, self.sifter, self.feed, bar=self.bar, tab=self.tab, bottom=self.bottom)

        def span_now() -> tuple[float, float]:
            return self.bar.wanted.span

        self.packets = RowsTab("packets", bench, queries, theme, span_now=span_now, parent=self)
        self.events = RowsTab("events", bench, queries, theme, span_now=span_now, parent=self)
        self.export = SliceExport(bench, queries, span_now, tell=self.notice_requested.emit, parent=self)
        self._marks = MarkNames(bench, self.tab.view)
        self._stack = QStackedWidget(self)
        self._column = QVBoxLayout(self)
        self._lay_out()
        self._join()
        self._slow = QTimer(self, interval=_SLOW_MS)
        self._slow.timeout.connect(self._look_round)
        self._slow.start()
        self._look_round()

    @Slot(float, str)
    def show_row_at(self, ts: float, port: str) -> None:
        """Bring the first row at or after a moment on the screen, whatever the filter hides around it."""
        self._show_stream("logs")
        self.desk.show_row_at(ts, port)

    def acts(self) -> Acts:
        """Return what the keyboard can do here."""
        tab = self.tab
        return {
            "freeze": self.desk.toggle_frozen,
            "live": self.desk.follow,
            "find": tab.find_bar.open,
            "find_next": lambda: tab.find_desk.step(1),
            "find_previous": lambda: tab.find_desk.step(-1),
            "focus_filter": self.bar.field.edit.setFocus,
            "next_error": lambda: tab.step_to_error(1),
            "previous_error": lambda: tab.step_to_error(-1),
            "next_mark": lambda: tab.step_to_mark(1),
            "previous_mark": lambda: tab.step_to_mark(-1),
            "wrap": self._toggle_wrap,
            "copy_context": self.copy.copy_context,
            "export": self.export.ask_where,
            "log_font_default": tab.usual_px,
        }

    def view_state(self) -> dict[str, object]:
        """Return the filter, the stream and whether whole lines are shown."""
        return self.desk.view_state() | {"stream": self.bottom.tabs.key, "wrap": not self.tab.details.isHidden()}

    def restore_view(self, state: Mapping[str, object]) -> None:
        """Take what ``view_state`` returned once."""
        self.desk.restore_view(state)
        stream = state.get("stream")
        if stream in {"logs", "packets", "events"}:
            self._show_stream(str(stream))
        if state.get("wrap") is True and self.tab.details.isHidden():
            self._toggle_wrap()

    def _boots(self) -> tuple[str, Sequence[Boot]]:
        session = self._session()
        return ("", ()) if session is None else (session.name, session.boots)

    def _session(self) -> Session | None:
        port = self.bar.device.currentData()
        return self._bench.current if port is None else self._bench.session(port)

    def _rows_of(self, start: float, end: float) -> int:
        return self.sifter.store.count_between(start, end, self.bar.device.currentData())

    def _lay_out(self) -> None:
        for part in (self.tab, self.packets, self.events):
            self._stack.addWidget(part)
        self._column.setSpacing(8)
        self._column.addWidget(self.bar)
        self._column.addWidget(self._stack, 1)
        self._column.addWidget(self.bottom)

    def _join(self) -> None:
        self.presets.chosen.connect(self.bar.take)
        self.tab.info.save_requested.connect(self._save_preset)
        self.tab.px_changed.connect(self._keep_px)
        self.tab.view.menu_requested.connect(self.copy.open_at)
        self.tab.view.copy_requested.connect(self.copy.copy_lines)
        self.tab.view.opened.connect(self._open_plot)
        self.packets.time_chosen.connect(self._open_plot)
        self.events.time_chosen.connect(self._open_plot)
        self.bottom.tab_chosen.connect(self._show_stream)
        self.bottom.find_requested.connect(self.tab.find_bar.open)
        self.bottom.wrap_requested.connect(self._toggle_wrap)
        self.bottom.export_requested.connect(self.export.ask_where)
        self.bar.changed.connect(self.packets.look_at_span)
        self.bar.changed.connect(self.events.look_at_span)
        self.feed.forgot.connect(self.packets.forget)
        self.feed.forgot.connect(self.events.forget)
        self.copy.plot_requested.connect(self._show_chosen_on_plot)

    @Slot(str)
    def _show_stream(self, key: str) -> None:
        self._stack.setCurrentWidget({"packets": self.packets, "events": self.events}.get(key, self.tab))
        self.bottom.show_stream(key)
        self.bar.offer_pattern(on=key == "logs")

    @Slot()
    def _toggle_wrap(self) -> None:
        self.tab.toggle_details()
        self.bottom.wrap.setChecked(not self.tab.details.isHidden())

    @Slot()
    def _save_preset(self) -> None:
        self.presets.save(self.bar.wanted, self)

    @Slot(int)
    def _keep_px(self, px: int) -> None:
        self._settings.change_in("appearance", log_font_px=px)

    @Slot(float, str)
    def _open_plot(self, ts: float, port: str) -> None:
        session = self._session()
        self.plot_time_requested.emit(ts, port or ("" if session is None else session.port))

    @Slot()
    def _show_chosen_on_plot(self) -> None:
        row = self.tab.chosen
        if row is not None:
            self._open_plot(row.ts, row.source.port or "")

    def _tell(self, sentence: str) -> None:
        self.notice_requested.emit(Notice("log_copied", "info", sentence))

    @Slot()
    def _look_round(self) -> None:
        """See what names and boots there are now: a second late is early enough."""
        self.desk.look_round(self._session())
        self._marks.look_round(self._session())
        self.tab.set_px(self._settings.settings.appearance.log_font_px)
        self.tab.set_compact(on=self._settings.settings.appearance.density == "compact")

    def focusInEvent(self, event: QFocusEvent) -> None:  # noqa: N802 - Qt's name
        """Pass the focus on. A focus proxy would do so too, but Tab would then pass over all controls before it."""
        super().focusInEvent(event)
        self.tab.view.setFocus(event.reason())

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802 - Qt's name
        """Take less room for margins where there is little."""
        super().resizeEvent(event)
        side, top = (16, 12) if self.width() >= _WIDE else (12, 8)
        self._column.setContentsMargins(side, top, side, top)
