# SPDX-License-Identifier: GPL-3.0-only
"""Joins the controls of the logbook to its rows: applies the filter, says how rows stand, follows, freezes."""

from __future__ import annotations

from collections.abc import Mapping

from PySide6.QtCore import QObject, QTimer, Slot

from mtleak_gui.core.log_filter import PatternError
from mtleak_gui.core.log_presets import preset_json, preset_of
from mtleak_gui.engine.bench import Bench
from mtleak_gui.engine.session import Session
from mtleak_gui.ui.board_colors import board_role
from mtleak_gui.ui.pages.logbook.bottom_bar import BottomBar
from mtleak_gui.ui.pages.logbook.empty_words import EmptyWords, nothing_heard, nothing_shown
from mtleak_gui.ui.pages.logbook.filter_bar import FilterBar
from mtleak_gui.ui.pages.logbook.log_feed import LogFeed
from mtleak_gui.ui.pages.logbook.log_sifter import LogSifter
from mtleak_gui.ui.pages.logbook.log_tab import LogTab
from mtleak_gui.ui.pages.logbook.row_painter import BoardWords, clock_of

_TELL_MS = 100
_FEW_MARKS = 8


class LogDesk(QObject):
    """Lives as long as the tab."""

    def __init__(
        self,
        bench: Bench,
        sifter: LogSifter,
        feed: LogFeed,
        *,
        bar: FilterBar,
        tab: LogTab,
        bottom: BottomBar,
    ) -> None:
        super().__init__(tab)
        self._bench, self._sifter, self._feed = bench, sifter, feed
        self._bar, self._tab, self._bottom = bar, tab, bottom
        self._session: Session | None = None
        self._stopped_at = 0.0
        """When the view stopped to follow."""
        self._seen_last = 0
        """The newest row that was shown when the view stopped to follow."""
        self._wanted_row: tuple[float, str] | None = None
        """A moment and port to be shown, while its rows are still on the disk."""
        self._devices: list[tuple[str, str]] = []
        self._threads: list[str] = []
        self._telling = QTimer(self, singleShot=True, interval=_TELL_MS)
        self._telling.timeout.connect(self.tell)
        for signal in (sifter.changed, sifter.done, feed.changed):
            signal.connect(self._tell_soon)
        sifter.done.connect(self._seek)
        feed.forgot.connect(self._forget)
        bar.changed.connect(self.apply)
        tab.info.clear_requested.connect(bar.clear)
        tab.note.acted.connect(self._mend)
        tab.view.follow_changed.connect(self._follow_changed)
        tab.view.older_requested.connect(feed.ask_older)
        bottom.follow_requested.connect(self.follow)
        self.tell()

    @Slot()
    def apply(self) -> None:
        """Show the rows that the controls ask for; a pattern that cannot be used leaves the filter before in force."""
        wanted = self._bar.wanted
        if wanted == self._sifter.wanted:
            self._bar.show_trouble(None)
            return
        try:
            self._sifter.filter(wanted)
        except PatternError as trouble:
            self._bar.show_trouble(trouble)
            return
        self._bar.show_trouble(None)
        self._tab.view.highlight()
        self._name_boards()
        self.tell()

    @Slot()
    def tell(self) -> None:
        """Say how rows stand."""
        rows = self._sifter.shown
        self._telling.stop()
        self._bar.show_counts(rows)
        times = None
        if len(rows):
            (first, at), (last, end) = rows.place_of(0), rows.place_of(len(rows) - 1)
            times = float(first.ts[at]), float(last.ts[end])
        self._tab.info.show_rows(rows, busy=not rows.is_done, older=self._feed.words, times=times)
        self._tab.show_note(*self._note())
        self._tell_following()

    @Slot()
    def follow(self) -> None:
        """Show the newest rows from now on."""
        self._sifter.freeze(on=False)
        self._tab.show_frozen(on=False)
        self._tab.view.follow(on=True)
        self.tell()

    def toggle_frozen(self) -> None:
        """Let the view stand still, or go on where it was."""
        if self._sifter.frozen:
            self.follow()
            return
        self._sifter.freeze(on=True)
        self._tab.view.follow(on=False)
        self._stopped_at = self._bench.now()
        self._tab.show_frozen(on=True)
        self.tell()

    def show_row_at(self, ts: float, port: str) -> None:
        """Bring the first row at or after a moment on the screen; a device that is not shown is shown then."""
        shown_port = self._sifter.wanted.port
        since, until = self._sifter.wanted.span
        if (port and shown_port not in {None, port}) or not since <= ts <= until:
            self._bar.forget_span()
        self._wanted_row = (ts, port)
        self._seek()

    def look_round(self, session: Session | None) -> None:
        """See which devices, threads and boots there are now."""
        self._session = session
        devices = [(one.port, one.name) for one in self._bench.sessions]
        if devices != self._devices and self._bar.show_devices(devices):
            self._devices = devices
        self._name_boards()
        threads = self._sifter.store.threads[1:]
        if threads != self._threads and self._bar.show_threads(threads):
            self._threads = list(threads)
        if session is not None and self._bar.boots.renew(session.boots):
            self.apply()
        if not len(self._sifter.store):
            self.tell()

    def _name_boards(self) -> None:
        """Rows of several boards say which one they are of."""
        sessions = self._bench.sessions
        mixed = self._sifter.wanted.port is None and len(sessions) > 1
        named = {one.port: BoardWords(one.name, board_role(one)) for one in sessions}
        self._tab.show_boards(named if mixed else {})

    def view_state(self) -> dict[str, object]:
        """Return the filter without devices and times."""
        return {"filter": preset_json(self._sifter.wanted)}

    def restore_view(self, state: Mapping[str, object]) -> None:
        """Take what ``view_state`` returned."""
        kept = state.get("filter")
        if isinstance(kept, Mapping):
            self._bar.take(preset_of(kept))

    @Slot()
    def _seek(self) -> None:
        """Show the row that is wanted, or fetch older rows until it is among them."""
        if self._wanted_row is None or not self._sifter.is_done:
            return
        ts, port = self._wanted_row
        store = self._sifter.store
        if len(store) and ts < store.blocks[0].ts[0] and self._feed.has_older:
            self._feed.ask_older()
            return
        self._wanted_row = None
        self._tab.view.show_time(ts, port)

    @Slot()
    def _tell_soon(self) -> None:
        if not self._telling.isActive():
            self._telling.start()

    @Slot()
    def _forget(self) -> None:
        """Another recording is shown: its rows, boots and times are others; what was typed to find rows stays."""
        self._wanted_row = None
        self._tab.view.selection.clear()
        self._tab.details.show_row(None)
        self._bar.forget_span()
        self.follow()

    @Slot(bool)
    def _follow_changed(self, on: bool) -> None:  # noqa: FBT001 - a slot
        if not on:
            self._stopped_at = self._bench.now()
            self._seen_last = self._newest_shown()
        elif self._sifter.frozen:
            return
        self._tell_following()

    def _tell_following(self) -> None:
        following = self._tab.view.follows and not self._sifter.frozen
        if following:
            self._bottom.show_state("", new_rows=False)
            return
        recorder = self._bench.recorder
        words = self.tr("Frozen at %1").replace("%1", clock_of(self._stopped_at)[:5])
        if recorder.running and not recorder.paused:
            words += self.tr(", recording continues")
        came = self._sifter.unseen > 0 if self._sifter.frozen else self._newest_shown() > self._seen_last
        self._bottom.show_state(words, new_rows=came)

    def _newest_shown(self) -> int:
        shown = self._sifter.shown
        return shown.number(len(shown) - 1) if len(shown) else -1

    def _note(self) -> EmptyWords:
        rows = self._sifter.shown
        if len(rows) > rows.marks_before(len(rows)) or not rows.is_done:
            return EmptyWords()
        if not len(self._sifter.store):
            return nothing_heard(self._session, has_recording=self._bench.folder is not None)
        if len(rows) and (not rows.wanted.pattern or len(rows) > _FEW_MARKS):
            return EmptyWords()  # marks alone are what is wanted, or leave no room for words
        return nothing_shown(rows)

    @Slot()
    def _mend(self) -> None:
        """Show the rows that the filter hides, or those that lie outside of the span."""
        if self._sifter.shown.in_scope:
            self._bar.clear()
            return
        self._bar.forget_span()
