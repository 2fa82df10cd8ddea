# SPDX-License-Identifier: GPL-3.0-only
"""The line over the rows: how many are shown, how many are hidden and why, from when to when."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QWidget

from mtleak_gui.core.filtered_log import FilteredLog
from mtleak_gui.core.log_columns import LEVELS
from mtleak_gui.core.wording import count, local_time
from mtleak_gui.ui.pages.logbook.row_painter import clock_of
from mtleak_gui.ui.theme.theme_keeper import ThemeKeeper
from mtleak_gui.ui.widgets.buttons import IconButton
from mtleak_gui.ui.widgets.labels import ElidedLabel, label

_HEIGHT = 32


class InfoRow(QWidget):
    """Says what ``show_rows`` is given; two buttons beside it."""

    clear_requested = Signal()
    save_requested = Signal()

    def __init__(self, theme: ThemeKeeper, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setFixedHeight(_HEIGHT)
        self._count = label("", "small-strong", parent=self)
        self._words = ElidedLabel("", "secondary", parent=self)
        self._clear = IconButton(
            theme, "filter-off-outline", self.tr("Clear filter"), kind="quiet", size="small", parent=self
        )
        save = IconButton(
            theme, "content-save-outline", self.tr("Save preset"), kind="quiet", size="small", parent=self
        )
        self._clear.clicked.connect(self.clear_requested)
        save.clicked.connect(self.save_requested)
        row = QHBoxLayout(self)
        row.setContentsMargins(16, 0, 8, 0)
        row.setSpacing(0)
        row.addWidget(self._count)
        row.addWidget(self._words, 1)
        row.addWidget(self._clear)
        row.addWidget(save)

    @property
    def text(self) -> str:
        """All that it says."""
        return f"{self._count.text()}{self._words.text()}"

    def show_rows(self, rows: FilteredLog, *, busy: bool, older: str, times: tuple[float, float] | None) -> None:
        """Say how rows stand. ``busy``: still counting; ``older`` what is said of rows on the disk."""
        self._clear.setEnabled(rows.wanted.hides_some)
        hidden = rows.in_scope - len(rows)
        if hidden or rows.wanted.hides_some:
            told = self.tr("%1 of %2").replace("%1", f"{len(rows):,}").replace("%2", f"{rows.in_scope:,}")
        else:
            told = count(len(rows), "row")
        self._count.setText(told)
        parts = []
        if hidden:
            parts.append(self.tr("%1 hidden by the filter").replace("%1", f"{hidden:,}"))
        if rows.wanted.hides_some:
            parts.append(self._marks(rows))
        if times is not None:
            parts.append(_span(*times))
        if rows.matcher.undecided:
            lines = count(rows.matcher.undecided, "line")
            parts.append(
                self.tr("pattern gave up on %1: it searches without end, use fewer repeats").replace("%1", lines)
            )
        if busy:
            parts.append(self.tr("filtering…"))
        if older:
            parts.append(older)
        self._words.setText("".join(f"  ·  {part}" for part in parts if part))

    def _marks(self, rows: FilteredLog) -> str:
        marks = rows.level_count("MARK")
        if LEVELS[-1] in rows.wanted.levels:
            return self.tr("marks always shown")
        return self.tr("%1 hidden marks").replace("%1", f"{marks:,}") if marks else ""


def _span(first: float, last: float) -> str:
    """Return two times of a day, with their days when these differ."""
    start, end = local_time(first), local_time(last)
    if start[:10] == end[:10]:
        return f"{clock_of(first)[:8]} – {clock_of(last)[:8]}"
    return f"{start[:19]} – {end[:19]}"
