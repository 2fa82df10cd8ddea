# SPDX-License-Identifier: GPL-3.0-only
"""What can be had of the plot: pictures, tables, and the menu that offers them with the rest. Runs in: GUI thread."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import QObject, QPointF, Signal, Slot
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QMenu, QWidget

from mtleak_gui.core import wording
from mtleak_gui.ui.pages.heap.csv_export import SampleTable
from mtleak_gui.ui.pages.heap.data_table import DataTable
from mtleak_gui.ui.pages.heap.plot.heap_plot import HeapPlot
from mtleak_gui.ui.pages.heap.plot_director import PlotDirector
from mtleak_gui.ui.pages.heap.plot_saver import Caption, PlotSaver, caption
from mtleak_gui.ui.theme.theme_keeper import ThemeKeeper

_MOST_ROWS = 1_000_000


class PlotOffers(QObject):
    """``log_requested`` asks for the log row at the time of the menu."""

    log_requested = Signal(float)
    boards_changed = Signal()

    def __init__(
        self, plot: HeapPlot, director: PlotDirector, saver: PlotSaver, theme: ThemeKeeper, window: QWidget
    ) -> None:
        super().__init__(window)
        self._plot, self._director, self._saver = plot, director, saver
        self._theme, self._window = theme, window
        self.all_boards = False
        """Whether all boards shall be on one plot."""
        self.several_boards = False
        plot.view.menu_requested.connect(self.open_menu)

    def caption(self) -> Caption:
        """Return the words above a picture of what is seen."""
        picture, session = self._plot.picture, self._director.session
        start, end = (0.0, 0.0) if picture is None else (picture.start, picture.end)
        name = "no board" if session is None else session.name
        facts = [] if session is None else [part for part in (session.hardware, session.firmware) if part]
        if picture is not None and picture.fit is not None:
            facts.append(picture.fit.words(picture.unit))
        if session is not None and session.demo:
            facts.insert(0, "DEMO")
        return caption(name, self._director.key.field, " · ".join(facts), start, end)

    def samples(self) -> SampleTable | None:
        """Return the samples in view, the newest million of them, as own arrays."""
        picture, history = self._plot.picture, self._director.history
        if picture is None or history is None:
            return None
        inside = history.between(picture.start, picture.end)
        inside = slice(max(inside.start, inside.stop - _MOST_ROWS), inside.stop)
        words = self.caption()
        return SampleTable(
            (words.title, words.subtitle, wording.count(inside.stop - inside.start, "sample")),
            self._director.key.field,
            history.ts[inside].copy(),
            history.value[inside].copy(),
            history.uptime[inside].copy(),
            history.source[inside].copy(),
        )

    @Slot()
    def save_picture(self) -> None:
        """Ask for a file and save a picture."""
        if self._plot.picture is not None:
            self._saver.ask_picture(self.caption())

    @Slot()
    def copy_picture(self) -> None:
        """Put a picture on the clipboard."""
        if self._plot.picture is not None:
            self._saver.copy_picture(self.caption())

    @Slot()
    def save_csv(self) -> None:
        """Ask for a file and save the samples in view."""
        table = self.samples()
        if table is not None:
            self._saver.ask_csv(self.caption(), table)

    @Slot()
    def show_table(self) -> None:
        """Show the samples in view as a table."""
        table = self.samples()
        if table is not None:
            DataTable(self._theme, table, self.caption().title, self._window).show()

    @Slot(bool)
    def show_all_boards(self, shown: bool) -> None:  # noqa: FBT001 - a slot
        """Show all boards on one plot, or the chosen one alone."""
        self.all_boards = shown
        self.boards_changed.emit()

    @Slot(QPointF)
    def open_menu(self, place: QPointF) -> None:
        """Offer everything, at a place on the screen."""
        menu = QMenu(self._window)
        menu.setAccessibleName(self.tr("Plot"))
        at = self._plot.time_under(place)
        director = self._director
        for icon, words, act in (
            ("text-long", self.tr("Show in Logbook"), partial(self.log_requested.emit, at)),
            ("fit-to-page-outline", self.tr("Fit all"), director.fit_all),
            ("skip-next", self.tr("Live"), director.go_live),
            ("pause", self.tr("Freeze view"), director.freeze),
            ("close", self.tr("Clear selection"), director.clear),
            ("", "", None),
            ("content-copy", self.tr("Copy picture"), self.copy_picture),
            ("image-outline", self.tr("Save picture (PNG, SVG)…"), self.save_picture),
            ("table-arrow-down", self.tr("Save samples as CSV…"), self.save_csv),
            ("table", self.tr("Data table"), self.show_table),
        ):
            _add(menu, self._theme, icon, words, act)
        if self.several_boards:
            every = menu.addAction(self.tr("All boards on one plot"))
            every.setCheckable(True)
            every.setChecked(self.all_boards)
            every.triggered.connect(self.show_all_boards)
        menu.aboutToHide.connect(menu.deleteLater)
        menu.popup(place.toPoint())


def _add(menu: QMenu, theme: ThemeKeeper, icon: str, words: str, act: Callable[[], object] | None) -> None:
    if act is None:
        menu.addSeparator()
        return
    action: QAction = menu.addAction(theme.icon(icon), words)
    action.triggered.connect(act)
