# SPDX-License-Identifier: GPL-3.0-only
"""The Heap page: joins controls, plot, threads and marks to the bench. Runs in: GUI thread."""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial

from PySide6.QtCore import QTimer, Signal, Slot
from PySide6.QtGui import QFocusEvent, QResizeEvent, QShowEvent
from PySide6.QtWidgets import QLayout, QVBoxLayout, QWidget

from mtleak_gui.core.axis_ticks import span_text
from mtleak_gui.core.leakhunt.verdict import Verdict
from mtleak_gui.core.notice import Notice
from mtleak_gui.core.selection_figures import selection_figures
from mtleak_gui.core.series_key import FREE_HEAP, SeriesKey
from mtleak_gui.core.time_words import TimeWordsError, parse_span
from mtleak_gui.core.wording import unit_of
from mtleak_gui.engine.bench import Bench
from mtleak_gui.engine.disk_worker import DiskWorker
from mtleak_gui.engine.repaint_clock import RepaintClock
from mtleak_gui.engine.session import Session
from mtleak_gui.ui.board_colors import board_role
from mtleak_gui.ui.keyboard import Acts
from mtleak_gui.ui.pages.heap.control_row import ControlRow
from mtleak_gui.ui.pages.heap.heap_card import HeapCard
from mtleak_gui.ui.pages.heap.lower_cards import LowerCards
from mtleak_gui.ui.pages.heap.mark_desk import MarkDesk
from mtleak_gui.ui.pages.heap.picture_composer import decline_of
from mtleak_gui.ui.pages.heap.plot_bands import segment_start
from mtleak_gui.ui.pages.heap.plot_director import PlotDirector
from mtleak_gui.ui.pages.heap.plot_offers import PlotOffers
from mtleak_gui.ui.pages.heap.plot_options import PlotOptions
from mtleak_gui.ui.pages.heap.plot_saver import PlotSaver
from mtleak_gui.ui.pages.heap.plot_words import empty_words, legend_items, summary
from mtleak_gui.ui.pages.heap.thread_card import ThreadCount
from mtleak_gui.ui.pages.heap.view_memory import options_from, options_state, restore_zoom, zoom_state
from mtleak_gui.ui.requests import LeakhuntRequest
from mtleak_gui.ui.theme.theme_keeper import ThemeKeeper

_COMPACT_BELOW = 1_040
_SMALLEST = (760, 440)
_USUAL_HEIGHT, _SHARE_BELOW = 716, 0.4
"""Of what a page is higher than usual, the cards below the plot take so much."""
_SLOW_MS = 1_000


class HeapPage(QWidget):
    """Made by the shell; while it is hidden it does nothing."""

    leakhunt_requested = Signal(object)
    """A ``LeakhuntRequest`` for the selection."""
    log_row_requested = Signal(float, str)
    notice_requested = Signal(Notice)

    def __init__(self, bench: Bench, theme: ThemeKeeper, worker: DiskWorker, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._bench = bench
        self._watched: Session | None = None
        self._kept_zoom: object = None
        """What of the last run is shown when its recording is open again."""
        self.setProperty("kind", "page")
        self.controls = ControlRow(theme, self)
        self.card = HeapCard(theme, self)
        self.below = LowerCards(theme, self)
        self.director = PlotDirector(self.card.plot, self)
        self.marks = MarkDesk(bench, self.below.markers, self)
        self.saver = PlotSaver(self.card.plot, theme, worker, self)
        self.saver.told.connect(self.notice_requested)
        self.offers = PlotOffers(self.card.plot, self.director, self.saver, theme, self)
        self._count = ThreadCount(worker, self)
        self._clock = RepaintClock(self)
        self._slow = QTimer(self, interval=_SLOW_MS)
        self._column = QVBoxLayout(self)
        self._column.setSpacing(8)
        # The wide layout must not keep the page from becoming narrow enough for the compact one.
        self._column.setSizeConstraint(QLayout.SizeConstraint.SetNoConstraint)
        self.setMinimumSize(*_SMALLEST)
        self._column.addWidget(self.controls)
        self._column.addWidget(self.card, 1)
        self._column.addWidget(self.below)
        self._connect_plot()
        self._connect_bench()
        self._choose_session()
        self._slow.start()

    def show_time(self, ts: float, port: str) -> None:
        """Put the cursor on the sample of a board nearest to ``ts``, in view."""
        session = self._bench.session(port) if port else None
        if session is not None and session is not self._bench.current:
            self._bench.choose(port)
        self.director.put_cursor(ts)

    def show_projection(self, verdict: Verdict | None) -> None:
        """Draw where a SLOW LEAK leads; ``None`` or another verdict takes it away."""
        self.director.show_projection(verdict)

    @Slot(str)
    def set_span(self, words: str) -> None:
        """Take the window that the header chose, ``6 h``; one that is none is passed over."""
        try:
            self.director.range.set_window(parse_span(words))
        except TimeWordsError:
            return
        self._clock.mark_dirty()

    def acts(self) -> Acts:
        """Return what keys do here."""
        jumps: Acts = {f"jump_to_mark_{number}": partial(self.marks.jump_to, number) for number in range(1, 10)}
        return {
            "freeze": self.director.toggle_live,
            "live": self.director.go_live,
            "fit_all": self.director.fit_all,
            "clear_selection": self.director.clear,
            "previous_mark": partial(self.marks.jump, -1),
            "next_mark": partial(self.marks.jump, 1),
            "export": self.offers.save_picture,
            **jumps,
        }

    def view_state(self) -> dict[str, object]:
        """Return what the page shows as plain values."""
        field = f"{self.director.key.variant}.{self.director.key.field}"
        zoom = self._kept_zoom or zoom_state(self.director.range, self._bench.folder)
        return {"field": field, "zoom": zoom} | options_state(self.director.options)

    def restore_view(self, state: Mapping[str, object]) -> None:
        """Show again what ``view_state`` told."""
        variant, _, field = str(state.get("field", "")).partition(".")
        options = options_from(state)
        self.controls.set_options(options)
        self.director.show_options(options)
        if field:
            self.director.show_subject(self._watched, SeriesKey(variant, field))
        self._kept_zoom = restore_zoom(self.director.range, state.get("zoom"), self._bench.folder)
        self._clock.mark_dirty()

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802 - Qt's name
        """Lay out for the width that there is."""
        super().resizeEvent(event)
        compact = self.width() < _COMPACT_BELOW
        self._column.setContentsMargins(*((12, 8, 12, 8) if compact else (16, 12, 16, 12)))
        for part in (self.controls, self.card, self.below):
            part.set_compact(compact=compact)
        self.below.set_room(max(self.height() - _USUAL_HEIGHT, 0) * _SHARE_BELOW)
        self._clock.mark_dirty()

    def focusInEvent(self, event: QFocusEvent) -> None:  # noqa: N802 - Qt's name
        """Pass the focus on. A focus proxy would do so too, but Tab would then pass over all controls before it."""
        super().focusInEvent(event)
        self.card.plot.setFocus(event.reason())

    def showEvent(self, event: QShowEvent) -> None:  # noqa: N802 - Qt's name
        """Bring everything up to date that was left while nobody looked."""
        super().showEvent(event)
        self._refresh_slowly()

    def _connect_plot(self) -> None:
        row, director = self.card.legend_row, self.director
        row.fit_all_requested.connect(director.fit_all)
        row.live_toggled.connect(director.toggle_live)
        row.projection_toggled.connect(director.show_zero)
        row.picture_requested.connect(self.offers.save_picture)
        row.csv_requested.connect(self.offers.save_csv)
        self.controls.table_requested.connect(self.offers.show_table)
        self.controls.options_changed.connect(self._change_options)
        self.controls.field_chosen.connect(self._choose_field)
        self.controls.device_chosen.connect(self._bench.choose)
        self.card.minimap.window_dragged.connect(director.show_stretch)
        self.card.strip.leakhunt_requested.connect(self._hunt_selection)
        self.card.strip.cleared.connect(director.clear)
        self.below.add_requested.connect(self.marks.add)
        self._clock.due.connect(self._repaint)
        self._count.figured.connect(self.below.threads.show_figures)
        self.marks.shown.connect(director.show_marks)
        self.marks.chosen.connect(director.put_cursor)
        self.marks.more_wanted.connect(self._refresh_slowly)
        director.changed.connect(self._clock.mark_dirty)
        director.selection_changed.connect(self._show_selection)
        director.cursor.sample_clicked.connect(self._show_log_row)
        self.offers.log_requested.connect(self._show_log_row)
        self.offers.boards_changed.connect(self._refresh_slowly)

    def _connect_bench(self) -> None:
        bench = self._bench
        for signal in (bench.current_changed, bench.recording_switched, bench.session_added, bench.session_removed):
            signal.connect(self._choose_session)
        bench.markers_changed.connect(self._refresh_slowly)
        self._slow.timeout.connect(self._refresh_slowly)

    @Slot()
    def _choose_session(self) -> None:
        session = self._bench.current
        if session is not self._watched:
            if self._watched is not None:
                self._watched.heap_changed.disconnect(self._clock.mark_dirty)
                self._watched.boots_changed.disconnect(self.director.forget_bands)
            self._watched = session
            if session is not None:
                session.heap_changed.connect(self._clock.mark_dirty)
                session.boots_changed.connect(self.director.forget_bands)
            self.director.show_subject(session, FREE_HEAP)
        if self._kept_zoom is not None:
            self._kept_zoom = restore_zoom(self.director.range, self._kept_zoom, self._bench.folder)
        self._refresh_slowly()
        self._clock.mark_dirty()

    @Slot()
    def _refresh_slowly(self) -> None:
        """Bring up to date what need not follow every sample."""
        if not self.isVisible():
            return
        session, director, now = self._watched, self.director, self._bench.now()
        key = director.key
        boards = [(board.port, board.name) for board in self._bench.sessions]
        self.controls.show_devices(boards, "" if session is None else session.port)
        self.controls.show_fields((FREE_HEAP,) if session is None else session.fields(), key)
        self.controls.set_percent_possible(possible=session is not None and bool(session.total_heap))
        self.marks.refresh(session, self.director.history, unit_of(key.field), now)
        self.below.count_markers(self.marks.count)
        director.role = self.card.minimap.role = board_role(session)
        others = [board for board in self._bench.sessions if board is not session] if self.offers.all_boards else []
        director.others = tuple((board, board_role(board)) for board in others)
        self.offers.several_boards = len(self._bench.sessions) > 1
        self.card.show_empty(empty_words(session, key, now))
        picture = self.card.plot.picture
        if session is not None:
            newest = director.newest(now)
            begin = newest - director.range.window_s
            since = segment_start(session.boots, session.bands, begin, newest)
            over = self.tr("{0} window").format(span_text(director.range.window_s))
            self.below.show_note(
                self.tr("since the restart") if since > begin else over, shown=session.debug_heap == "ON"
            )
            self._count.ask(session, since, decline_of(session, since, newest), now)
        if picture is not None:
            self.card.plot.set_summary(summary(picture, key))
        self._clock.mark_dirty()

    @Slot()
    def _repaint(self) -> None:
        now, session, director = self._bench.now(), self._watched, self.director
        picture = director.draw(now)
        live = director.range.live
        running = self._bench.recorder.running and session is not None and not session.read_only
        self.card.show_frozen(frozen=not live and running)
        projected = (
            None if director.projection is None or picture is None else director.projection.zero_ts <= picture.end
        )
        self.card.legend_row.show_state(live=live, demo=session is not None and session.demo, projection=projected)
        if session is None or picture is None:
            self.card.legend_row.legend.show_items(())
            self.card.minimap.show_nothing()
            return
        over = span_text(director.range.window_s) if live else self.tr("view")
        self.card.legend_row.legend.show_items(legend_items(picture, director.key, over))
        history = director.history
        if history is not None:
            marks = [mark.ts for mark in picture.marks]
            self.card.minimap.show_history(history, picture.bands, marks, (picture.start, picture.end))
        self._show_selection()

    @Slot()
    def _show_selection(self) -> None:
        history, chosen = self.director.history, self.director.selection
        figures = None if history is None or chosen is None else selection_figures(history, *chosen)
        self.card.strip.show_figures(figures, unit_of(self.director.key.field))

    @Slot(object)
    def _change_options(self, options: PlotOptions) -> None:
        self.director.show_options(options)

    @Slot(object)
    def _choose_field(self, key: SeriesKey) -> None:
        self.director.show_subject(self._watched, key)
        self._refresh_slowly()

    @Slot()
    def _hunt_selection(self) -> None:
        session, chosen, key = self._watched, self.director.selection, self.director.key
        if session is not None and chosen is not None:
            self.leakhunt_requested.emit(
                LeakhuntRequest(session.port, start=chosen[0], end=chosen[1], variant=key.variant, field=key.field)
            )

    @Slot(float)
    def _show_log_row(self, ts: float) -> None:
        if self._watched is not None:
            self.log_row_requested.emit(ts, self._watched.port)
