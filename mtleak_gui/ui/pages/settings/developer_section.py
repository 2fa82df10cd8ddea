# SPDX-License-Identifier: GPL-3.0-only
"""For those who look under the bonnet: what was heard last, the recorder's state, rolling over, versions."""

from __future__ import annotations

from collections import deque
from collections.abc import Iterator
from operator import itemgetter

from PySide6.QtCore import QTimer, Slot
from PySide6.QtGui import QHideEvent, QShowEvent
from PySide6.QtWidgets import QPlainTextEdit, QWidget

from mtleak_gui.core.records import Batch
from mtleak_gui.engine.bench import Bench
from mtleak_gui.ui.pages.settings.places_shown import PlacesShown
from mtleak_gui.ui.pages.settings.recorder_json import item_json, status_json
from mtleak_gui.ui.pages.settings.section import Section, add_rows
from mtleak_gui.ui.theme.theme_keeper import ThemeKeeper
from mtleak_gui.ui.widgets.buttons import IconButton
from mtleak_gui.ui.widgets.details_view import details_view
from mtleak_gui.ui.widgets.path_row import PathRow

_KEPT = 60
_REDRAW_MS = 500
_ITEMS_HEIGHT = 260
_STATUS_HEIGHT = 220


class DeveloperSection(Section):
    """Works only while it is shown."""

    def __init__(self, theme: ThemeKeeper, bench: Bench, places: PlacesShown, parent: QWidget | None = None) -> None:
        super().__init__(self.tr("Developer"), parent)
        self._bench = bench
        self._items: deque[str] = deque(maxlen=_KEPT)
        self._drawn = ""
        heard = self.add_card("", self.tr("The newest {} items, the newest last.").format(_KEPT))
        self._hold = IconButton(theme, "pause", self.tr("Hold"), size="small", parent=heard)
        self._hold.setCheckable(True)
        self._hold.toggled.connect(self._redraw)
        heard.set_header(self.tr("What is heard"), self._hold)
        self.heard = self._view(heard, self.tr("What is heard"), _ITEMS_HEIGHT)
        self.heard.setPlaceholderText(self.tr("Nothing was heard yet."))
        state = self.add_card("")
        rotate = IconButton(theme, "refresh", self.tr("Roll over now"), size="small", parent=state)
        rotate.setToolTip(self.tr("Archive the live files of all streams and begin new ones"))
        rotate.clicked.connect(bench.force_rotate)
        copy = IconButton(theme, "content-copy", self.tr("Copy"), size="small", parent=state)
        copy.clicked.connect(self._copy_status)
        state.set_header(self.tr("State of the recorder"), rotate, copy)
        self.status = self._view(state, self.tr("State of the recorder"), _STATUS_HEIGHT)
        add_rows(self.add_card(self.tr("Log of the program")), PathRow(theme, self.tr("Log and faults"), places.logs))
        self._clock = QTimer(self, interval=_REDRAW_MS)
        self._clock.timeout.connect(self._redraw)
        bench.batch_taken.connect(self._take)

    def _view(self, card: QWidget, name: str, height: int) -> QPlainTextEdit:
        view = details_view("", card)
        view.setAccessibleName(name)
        view.setFixedHeight(height)
        layout = card.layout()
        if layout is not None:
            layout.addWidget(view)
        return view

    @Slot(object)
    def _take(self, batch: Batch) -> None:
        if self.isVisible() and not self._hold.isChecked():
            self._items.extend(_newest(batch))

    @Slot()
    def _redraw(self) -> None:
        text = "\n".join(self._items)
        if text != self._drawn and not self._hold.isChecked():
            self._drawn = text
            self.heard.setPlainText(text)
            bar = self.heard.verticalScrollBar()
            bar.setValue(bar.maximum())
        status = status_json(self._bench.recorder)
        if status != self.status.toPlainText() and not self.status.textCursor().hasSelection():
            place = self.status.verticalScrollBar().value()
            self.status.setPlainText(status)
            self.status.verticalScrollBar().setValue(place)

    @Slot()
    def _copy_status(self) -> None:
        self.status.selectAll()
        self.status.copy()
        self.status.moveCursor(self.status.textCursor().MoveOperation.Start)

    def showEvent(self, event: QShowEvent) -> None:  # noqa: N802 - Qt's name
        """Begin to look."""
        super().showEvent(event)
        self._redraw()
        self._clock.start()

    def hideEvent(self, event: QHideEvent) -> None:  # noqa: N802 - Qt's name
        """Stop looking."""
        super().hideEvent(event)
        self._clock.stop()


def _newest(batch: Batch) -> Iterator[str]:
    """Return the newest items of a batch, at most so many as are kept, in the order of their time."""
    items: list[tuple[float, str, tuple[object, ...]]] = []
    items += [(heard.heard.ts, "logs", heard.heard) for heard in batch.lines[-_KEPT:]]
    items += [(reading.ts, "telemetry", reading) for reading in batch.telemetry[-_KEPT:]]
    items += [(event.ts, "events", event) for event in batch.events[-_KEPT:]]
    items += [(mark.ts, "marks", mark) for mark in batch.marks[-_KEPT:]]
    items.sort(key=itemgetter(0))
    return (item_json(stream, item) for _ts, stream, item in items[-_KEPT:])
