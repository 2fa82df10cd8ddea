# SPDX-License-Identifier: GPL-3.0-only
"""The recorder: its streams, its room on the disk, what went wrong, and what can be done with it."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QLabel, QVBoxLayout, QWidget

from mtleak_gui.core.recorder_state import RecorderState, StreamState
from mtleak_gui.core.records import STREAMS
from mtleak_gui.core.screen_words import age, byte_size, clock_or_date, days_left
from mtleak_gui.core.settings import Recording
from mtleak_gui.ui.pages.overview.fact_rows import FactRows
from mtleak_gui.ui.theme.theme_keeper import ThemeKeeper
from mtleak_gui.ui.widgets.buttons import IconButton, button
from mtleak_gui.ui.widgets.card import Card
from mtleak_gui.ui.widgets.labels import ElidedLabel, label
from mtleak_gui.ui.widgets.lines import line
from mtleak_gui.ui.widgets.round_icon import RoundIcon

_ROW = 26
_RIGHT = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter


class RecorderCard(Card):
    """Tells wishes; decides nothing."""

    pause_wished = Signal()
    resume_wished = Signal()
    record_wished = Signal()
    close_wished = Signal()
    """A recording that is only read shall not be shown any more."""
    folder_wished = Signal()
    new_wished = Signal()

    def __init__(self, theme: ThemeKeeper, parent: QWidget | None = None) -> None:
        super().__init__(parent=parent)
        self._shown: tuple[RecorderState, Recording, int] | None = None
        self._icon = RoundIcon(theme, "record-circle", "danger")
        self._state = ElidedLabel("", "secondary")
        self._cells: dict[str, tuple[QLabel, QLabel, QLabel]] = {}
        self._facts = FactRows()
        self._act = IconButton(theme, "pause", self.tr("Pause"), size="small")
        self._folder = IconButton(theme, "folder-open-outline", self.tr("Open folder"), size="small")
        self._new = button(self.tr("New recording…"), "text", "small")
        self._lay_out()
        self._act.clicked.connect(self._act_now)
        self._folder.clicked.connect(self.folder_wished)
        self._new.clicked.connect(self.new_wished)

    def refresh(self, recorder: RecorderState, limits: Recording, now: float) -> None:
        """Show how the recorder stands; ``limits`` are the settings of its files."""
        state = (recorder, limits, int(now))
        if state == self._shown:
            return
        self._shown = state
        self._state.setText(_state_words(recorder, now))
        self._icon.set(*_icon(recorder))
        for stream in STREAMS:
            rows, last, size = self._cells[stream]
            found = recorder.streams.get(stream, StreamState())
            rows.setText(f"{found.rows_on_disk:,}")
            last.setText("–" if found.last_ts is None else age(now - found.last_ts))
            size.setText(byte_size(found.bytes_on_disk) if found.bytes_on_disk else "–")
        lost = bool(recorder.write_errors or recorder.rows_lost)
        self._facts.show_facts(_facts(recorder, limits), tones=("", "", "", "danger" if lost else ""))
        self._show_act(recorder)
        self._folder.setEnabled(recorder.folder is not None)

    def _show_act(self, recorder: RecorderState) -> None:
        if recorder.read_only:
            self._act.set_look("close", self.tr("Close"), role="text_2")
        elif not recorder.running:
            self._act.set_look("record", self.tr("Record"), role="danger")
        elif recorder.paused:
            self._act.set_look("play", self.tr("Resume"), role="text_2")
        else:
            self._act.set_look("pause", self.tr("Pause"), role="text_2")

    @Slot()
    def _act_now(self) -> None:
        recorder = RecorderState() if self._shown is None else self._shown[0]
        if recorder.read_only:
            self.close_wished.emit()
        elif not recorder.running:
            self.record_wished.emit()
        elif recorder.paused:
            self.resume_wished.emit()
        else:
            self.pause_wished.emit()

    def _lay_out(self) -> None:
        self.body.setSpacing(0)
        head = QHBoxLayout()
        head.setSpacing(12)
        head.addWidget(self._icon)
        names = QVBoxLayout()
        names.setSpacing(0)
        names.addWidget(label(self.tr("Recorder"), "card-title"))
        names.addWidget(self._state)
        head.addLayout(names, 1)
        self.body.addLayout(head)
        self.body.addSpacing(12)
        self.body.addLayout(self._table())
        self.body.addSpacing(10)
        self.body.addWidget(line())
        self.body.addSpacing(10)
        self.body.addWidget(self._facts)
        self.body.addStretch(1)
        self.body.addSpacing(12)
        foot = QHBoxLayout()
        foot.setSpacing(8)
        foot.addWidget(self._act)
        foot.addWidget(self._folder)
        foot.addStretch(1)
        foot.addWidget(self._new)
        self.body.addLayout(foot)

    def _table(self) -> QGridLayout:
        table = QGridLayout()
        table.setContentsMargins(0, 0, 0, 0)
        table.setSpacing(0)
        table.setHorizontalSpacing(12)
        for column, stretch in enumerate((5, 4, 3, 5)):
            table.setColumnStretch(column, stretch)
        words = (self.tr("Stream"), self.tr("Rows"), self.tr("Last"), self.tr("Size"))
        for column, word in enumerate(words):
            heading = label(word, "column")
            heading.setMinimumHeight(24)
            if column:
                heading.setAlignment(_RIGHT)
            table.addWidget(heading, 0, column)
        table.addWidget(line(), 1, 0, 1, 4)
        for row, stream in enumerate(STREAMS, start=2):
            name = label(stream.capitalize(), "small")
            cells = (label("0", "small-strong"), label("–", "secondary"), label("–", "secondary"))
            table.addWidget(name, row, 0)
            table.setRowMinimumHeight(row, _ROW)
            for column, cell in enumerate(cells, start=1):
                cell.setAlignment(_RIGHT)
                table.addWidget(cell, row, column)
            self._cells[stream] = cells
        return table


def _state_words(recorder: RecorderState, now: float) -> str:
    if recorder.read_only:
        return f"From disk: {recorder.title}"
    if not recorder.running:
        return "Not recording"
    if recorder.paused:
        return f"Paused: {recorder.pause_reason}" if recorder.pause_reason else "Paused"
    kind = "Demo, recording since" if recorder.demo else "Recording since"
    return f"{kind} {clock_or_date(recorder.started_at, now)}"


def _icon(recorder: RecorderState) -> tuple[str, str]:
    if recorder.read_only:
        return "folder-open-outline", "text_2"
    if not recorder.running:
        return "circle-outline", "text_2"
    return ("pause-circle-outline", "warn") if recorder.paused else ("record-circle", "danger")


def _facts(recorder: RecorderState, limits: Recording) -> tuple[tuple[str, str], ...]:
    size = sum(stream.bytes_on_disk for stream in recorder.streams.values())
    if recorder.read_only:
        return ("On disk", byte_size(size)), ("Folder", recorder.folder or "")
    room = "not known" if recorder.free_above_reserve is None else byte_size(recorder.free_above_reserve)
    left = days_left(recorder.days_left)
    return (
        ("On disk", byte_size(size) if size else "nothing yet"),
        ("Free above reserve", f"{room}, {left}" if left else room),
        ("Rotate", f"{limits.part_mib} MiB, keep {limits.archives_kept}"),
        ("Write errors · lost rows", f"{recorder.write_errors:,} · {recorder.rows_lost:,}"),
    )
