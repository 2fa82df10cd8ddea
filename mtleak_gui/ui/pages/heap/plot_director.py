# SPDX-License-Identifier: GPL-3.0-only
"""Turns gestures into what the plot shows: range, selection, cursor; draws when it is told. Runs in: GUI thread."""

from __future__ import annotations

from PySide6.QtCore import QObject, Signal, Slot

from mtleak_gui.core.leakhunt.verdict import Verdict
from mtleak_gui.core.series_history import SeriesHistory
from mtleak_gui.core.series_key import FREE_HEAP, SeriesKey
from mtleak_gui.engine.session import Session
from mtleak_gui.ui.pages.heap.picture_composer import PictureRequest, compose, empty_picture, value_map
from mtleak_gui.ui.pages.heap.plot.heap_plot import HeapPlot
from mtleak_gui.ui.pages.heap.plot.picture import PlotMark, PlotPicture, PlotRange, Projection
from mtleak_gui.ui.pages.heap.plot_cursor import PlotCursor
from mtleak_gui.ui.pages.heap.plot_gestures import PlotGestures
from mtleak_gui.ui.pages.heap.plot_options import PlotOptions
from mtleak_gui.ui.pages.heap.projection import projection_of
from mtleak_gui.ui.pages.heap.seen_bands import SeenBands
from mtleak_gui.ui.pages.heap.view_range import ViewRange

_WINDOW_S = 6 * 3_600.0


class PlotDirector(QObject):
    """One board and field at a time. ``changed`` asks for a repaint; the owner calls ``draw`` when it is due."""

    changed = Signal()
    selection_changed = Signal()

    def __init__(self, plot: HeapPlot, parent: QObject) -> None:
        super().__init__(parent)
        self._plot = plot
        self.range = ViewRange(_WINDOW_S)
        self.options = PlotOptions()
        self.session: Session | None = None
        self.key: SeriesKey = FREE_HEAP
        self.selection: tuple[float, float] | None = None
        self.projection: Projection | None = None
        self.role = "heap_a"
        self.others: tuple[tuple[Session, str], ...] = ()
        """Boards that are plotted beside, with the roles of their colours."""
        self._bands = SeenBands()
        self._marks: tuple[PlotMark, ...] = ()
        self._ranges: tuple[PlotRange, ...] = ()
        self.cursor = PlotCursor(plot, self)
        gestures = PlotGestures(plot, self.range, self)
        gestures.changed.connect(self.changed)
        plot.view.selected.connect(self.select)
        plot.view.fit_requested.connect(self.fit_all)
        plot.resized.connect(self.changed)

    @property
    def history(self) -> SeriesHistory | None:
        """The samples that are plotted."""
        return None if self.session is None else self.session.history(self.key.variant, self.key.field)

    def show_subject(self, session: Session | None, key: SeriesKey) -> None:
        """Plot another board or field."""
        if session is not self.session:
            self.projection = None
            self.clear()
        self.session, self.key = session, key
        self._bands.forget()
        self.range.values = None
        self.changed.emit()

    def show_marks(self, marks: tuple[PlotMark, ...], ranges: tuple[PlotRange, ...]) -> None:
        """Plot other marks."""
        if (marks, ranges) != (self._marks, self._ranges):
            self._marks, self._ranges = marks, ranges
            self.changed.emit()

    def show_options(self, options: PlotOptions) -> None:
        """Draw in another way."""
        if options.as_percent != self.options.as_percent:
            self.range.values = None
        self.options = options
        self.changed.emit()

    def show_projection(self, verdict: Verdict | None) -> None:
        """Draw the line on to nothing that a SLOW LEAK foretells; any other verdict takes it away."""
        self.projection = projection_of(verdict)
        self.changed.emit()

    def draw(self, now: float) -> PlotPicture | None:
        """Show how everything stands ``now``; ``None`` when there is no board."""
        session, history = self.session, self.history
        start, end = self.shown(now)
        if session is None or history is None:
            self._plot.show_picture(empty_picture(start, end, self.options.time_mode))
            return None
        request = PictureRequest(
            key=self.key,
            start=start,
            end=end,
            now=now,
            columns=self._plot.columns(),
            values=self.range.values,
            fit_range=self.fit_range(now) if self.options.fit else None,
            time_mode=self.options.time_mode,
            as_percent=self.options.as_percent,
            marks=self._marks if self.options.marks else (),
            ranges=self._ranges if self.options.marks else (),
            sources=self.options.sources,
            selection=self.selection,
            projection=self.projection,
            bands=self._bands.of(session),
            role=self.role,
            others=self.others,
        )
        picture = compose(session, history, request)
        self._plot.show_picture(picture)
        self.cursor.show_subject(session, history, value_map(session, request), self.options.time_mode)
        return picture

    def newest(self, now: float) -> float:
        """Return up to when there can be samples: of a recording from disk the newest one, else ``now``."""
        history = self.history
        last = now if history is None or not len(history) else float(history.ts[-1])
        return last if self.session is not None and self.session.read_only else max(now, last)

    def shown(self, now: float) -> tuple[float, float]:
        """Return the stretch of time that the plot shows."""
        history, end = self.history, self.newest(now)
        first = float(history.ts[0]) if history is not None and len(history) else end - self.range.window_s
        return self.range.between(first, end)

    @Slot()
    def forget_bands(self) -> None:
        """Ask the session for its bands anew: a boot or a band was seen."""
        self._bands.forget()
        self.changed.emit()

    def fit_range(self, now: float) -> tuple[float, float]:
        """Return what the fit is made over: live the window, else what is shown."""
        if not self.range.live:
            return self.shown(now)
        end = self.newest(now)
        return end - self.range.window_s, end

    @Slot()
    def fit_all(self) -> None:
        """Show everything."""
        history = self.history
        if history is not None and len(history):
            self.range.fit_all(float(history.ts[0]), float(history.ts[-1]))
            self.changed.emit()

    @Slot()
    def toggle_live(self) -> None:
        """Stand still, or follow again."""
        if self.range.live:
            self.freeze()
        else:
            self.go_live()

    @Slot(bool)
    def show_zero(self, shown: bool) -> None:  # noqa: FBT001 - a slot
        """Show the plot up to where the projection reaches zero, or follow again."""
        picture, ahead = self._plot.picture, self.projection
        if not shown or picture is None or ahead is None:
            self.range.go_live()
        else:
            length = ahead.zero_ts - picture.start
            self.range.show(picture.start, ahead.zero_ts + length * 0.04)
            self.range.values = (0.0, picture.high)
        self.changed.emit()

    @Slot()
    def go_live(self) -> None:
        """Follow the newest samples."""
        self.range.go_live()
        self.cursor.clear()
        self.changed.emit()

    @Slot()
    def freeze(self) -> None:
        """Stand still at what is shown."""
        if self._plot.picture is not None:
            self.range.freeze(self._plot.picture.start, self._plot.picture.end)
            self.changed.emit()

    @Slot(float, float)
    def select(self, one: float, other: float) -> None:
        """Select a stretch."""
        self.selection = (min(one, other), max(one, other))
        self._plot.view.set_edges(self.selection)
        self.selection_changed.emit()
        self.changed.emit()

    @Slot()
    def clear(self) -> None:
        """Take selection and cursor away."""
        self.cursor.clear()
        if self.selection is not None:
            self.selection = None
            self.selection_changed.emit()
        self.changed.emit()

    def put_cursor(self, ts: float) -> None:
        """Put the cursor on the sample nearest to ``ts`` and keep it there, in view."""
        picture = self._plot.picture
        shown = (picture.start, picture.end) if picture is not None else self.shown(ts)
        self.range.centre(ts, shown)
        self.cursor.put(ts)
        self.changed.emit()

    @Slot(float, float)
    def show_stretch(self, start: float, end: float) -> None:
        """Show a stretch of time and stay there."""
        self.range.show(start, end)
        self.changed.emit()
