# SPDX-License-Identifier: GPL-3.0-only
"""The card with the rows: counts, column names, rows, match strip, find, the whole line of the chosen row."""

from __future__ import annotations

from collections.abc import Mapping

from PySide6.QtCore import QEvent, QObject, Signal, Slot
from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout, QWidget

from mtleak_gui.core.log_columns import LEVELS
from mtleak_gui.core.log_store import LogRow
from mtleak_gui.ui.pages.logbook.column_header import ColumnHeader
from mtleak_gui.ui.pages.logbook.details_pane import DetailsPane
from mtleak_gui.ui.pages.logbook.empty_note import EmptyNote
from mtleak_gui.ui.pages.logbook.find_bar import FindBar
from mtleak_gui.ui.pages.logbook.find_desk import FindDesk
from mtleak_gui.ui.pages.logbook.info_row import InfoRow
from mtleak_gui.ui.pages.logbook.log_sifter import LogSifter
from mtleak_gui.ui.pages.logbook.log_view import LogView
from mtleak_gui.ui.pages.logbook.match_strip import MatchStrip
from mtleak_gui.ui.pages.logbook.row_layout import LARGEST_PX, SMALLEST_PX, USUAL_PX, row_layout
from mtleak_gui.ui.pages.logbook.row_painter import BoardWords
from mtleak_gui.ui.theme.theme_keeper import ThemeKeeper
from mtleak_gui.ui.widgets.frozen_pill import FrozenPill
from mtleak_gui.ui.widgets.lines import line

_ERRORS = (LEVELS.index("ERROR"), LEVELS.index("CRIT"))
_MARKS = (LEVELS.index("MARK"),)


class LogTab(QFrame):
    """Shows the rows of a sifter; steps through hits, errors and marks."""

    px_changed = Signal(int)

    def __init__(self, theme: ThemeKeeper, sifter: LogSifter, px: int, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("kind", "card")
        self._theme, self._sifter, self._px = theme, sifter, px
        self._compact = False
        self._boards: Mapping[str, BoardWords] = {}
        layout = row_layout(theme, px)
        self.info = InfoRow(theme, self)
        self.find_bar = FindBar(theme, self)
        self._header = ColumnHeader(theme, layout, self)
        self.view = LogView(theme, sifter, layout, self)
        self._strip = MatchStrip(theme, sifter, self.view.verticalScrollBar(), self)
        self.details = DetailsPane(theme, px, self)
        self.details.setVisible(False)
        self.note = EmptyNote(self.view)
        self.note.setVisible(False)
        self._pill = FrozenPill(theme, parent=self)
        self._pill.setVisible(False)
        self.find_desk = FindDesk(sifter, self.find_bar, self.view)
        self._lay_out()
        self.view.installEventFilter(self)
        self.view.zoom_requested.connect(self._zoom)
        self.view.row_chosen.connect(self._show_details)
        theme.changed.connect(self._restyle)

    @property
    def chosen(self) -> LogRow | None:
        """The row that was chosen last, while it is shown."""
        place = self.view.selection.current()
        return None if place is None else self._sifter.store.row_in(*self._sifter.shown.place_of(place))

    def set_px(self, px: int) -> None:
        """Show letters of another size."""
        px = max(SMALLEST_PX, min(px, LARGEST_PX))
        if px != self._px:
            self._px = px
            self._restyle()
            self.px_changed.emit(px)

    def set_compact(self, *, on: bool) -> None:
        """Let rows stand closer, or as usual."""
        if on != self._compact:
            self._compact = on
            self._restyle()

    def show_boards(self, boards: Mapping[str, BoardWords]) -> None:
        """Tell which board a row is of, by port; none takes the column away."""
        if boards == self._boards:
            return
        has_column, self._boards = bool(self._boards), boards
        self.view.name_boards(boards)
        if has_column != bool(boards):
            self._restyle()

    def usual_px(self) -> None:
        """Show letters of the usual size."""
        self.set_px(USUAL_PX)

    def show_frozen(self, *, on: bool) -> None:
        """Show that the view stands still, or hide that."""
        self._pill.setVisible(on)
        self._place_overlays()

    def show_note(self, title: str, text: str = "", act: str = "") -> None:
        """Say why there is no row; an empty title takes it away."""
        self.note.setVisible(bool(title))
        if title:
            self.note.say(title, text, act)
            self._place_overlays()

    def toggle_details(self) -> None:
        """Show the whole line of the chosen row, or hide it."""
        self.details.setVisible(not self._shows_details)
        self.details.show_row(self.chosen)

    @property
    def _shows_details(self) -> bool:
        return not self.details.isHidden()

    def step_to_error(self, step: int) -> None:
        """Go to the next row with an error, or the one before."""
        self._step_to_level(_ERRORS, step)

    def step_to_mark(self, step: int) -> None:
        """Go to the next mark, or the one before."""
        self._step_to_level(_MARKS, step)

    def _step_to_level(self, codes: tuple[int, ...], step: int) -> None:
        place = self._sifter.shown.next_of_levels(self.view.here(step), codes, step)
        if place is not None:
            self.view.show_number(self._sifter.shown.number(place))

    @Slot()
    def _show_details(self) -> None:
        if self._shows_details:
            self.details.show_row(self.chosen)

    @Slot(int)
    def _zoom(self, steps: int) -> None:
        self.set_px(self._px + steps)

    @Slot()
    def _restyle(self) -> None:
        layout = row_layout(self._theme, self._px, compact=self._compact, boards=bool(self._boards))
        self._header.set_rows(layout)
        self.view.set_layout(layout)
        self.view.highlight()
        self.details.set_px(self._px)

    def _lay_out(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(1, 1, 1, 7)
        column.setSpacing(0)
        column.addWidget(self.info)
        column.addWidget(line(self))
        column.addWidget(self.find_bar)
        column.addWidget(self._header)
        rows = QHBoxLayout()
        rows.setSpacing(0)
        rows.addWidget(self.view, 1)
        rows.addWidget(self._strip)
        column.addLayout(rows, 1)
        column.addWidget(self.details)

    def _place_overlays(self) -> None:
        self.note.setGeometry(self.view.rect().adjusted(0, min(self.view.rows_height(), self.view.height() // 2), 0, 0))
        size = self._pill.sizeHint()
        self._pill.resize(size)
        self._pill.move(self.view.x() + (self.view.width() - size.width()) // 2, self.view.y() + 12)
        self._pill.raise_()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802 - Qt's name
        """Keep what lies over the rows in its place."""
        if watched is self.view and event.type() in {QEvent.Type.Resize, QEvent.Type.Move, QEvent.Type.Show}:
            self._place_overlays()
        return super().eventFilter(watched, event)
