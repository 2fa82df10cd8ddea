# SPDX-License-Identifier: GPL-3.0-only
"""What to judge: device, window, field, variant and rule set, with the times that the window means. The Run button."""

from __future__ import annotations

import time
from collections.abc import Callable

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtGui import QFocusEvent
from PySide6.QtWidgets import QHBoxLayout, QWidget

from mtleak_gui.core.leakhunt.question import Question
from mtleak_gui.core.series_history import SeriesHistory
from mtleak_gui.core.series_key import FREE_HEAP, SeriesKey
from mtleak_gui.ui.leakhunt.subject import DeviceChoice, Subject
from mtleak_gui.ui.leakhunt.window_choices import clock, window_choices
from mtleak_gui.ui.leakhunt.window_field import WindowField
from mtleak_gui.ui.leakhunt.window_hint import window_hint
from mtleak_gui.ui.requests import LeakhuntRequest
from mtleak_gui.ui.theme.styling import styled
from mtleak_gui.ui.theme.theme_keeper import ThemeKeeper
from mtleak_gui.ui.widgets.buttons import IconButton
from mtleak_gui.ui.widgets.flow_layout import FlowLayout
from mtleak_gui.ui.widgets.labelled_combo import LabelledCombo
from mtleak_gui.ui.widgets.labels import label

Histories = Callable[[str, SeriesKey], SeriesHistory | None]
"""Gives the samples of a series of the device on a port, as far as they are at hand."""

_RULE_SETS = ("standard", "strict")
_WIDEST = 200


class ParameterRow(QWidget):
    """``run_requested`` and ``cancel_requested`` come from its one button and from Enter."""

    run_requested = Signal()
    cancel_requested = Signal()

    def __init__(
        self,
        theme: ThemeKeeper,
        histories: Histories,
        wall: Callable[[], float] = time.time,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._histories, self._wall = histories, wall
        self._subject = Subject()
        self._shape: object = None
        self._fields: tuple[SeriesKey, ...] = ()
        self._busy = False
        self._device = LabelledCombo(theme, self.tr("Device"))
        self._window = WindowField(theme)
        self._field = LabelledCombo(theme, self.tr("Field"))
        self._variant = LabelledCombo(theme, self.tr("Variant"))
        self._rules = LabelledCombo(theme, self.tr("Ruleset"))
        self._rules.addItems([f"{name} 1" for name in _RULE_SETS])
        self._echo = label("", "secondary")
        self._hint = label("", "secondary", "warn")
        self._run = IconButton(theme, "play", self.tr("Run"), kind="filled", size="control")
        self._run.setToolTip(self.tr("Judge this window (Enter)"))
        self._lay_out()
        self._device.activated.connect(self._device_chosen)
        self._field.activated.connect(self._field_chosen)
        self._window.changed.connect(self.refresh)
        self._window.entered.connect(self.run_requested)
        self._run.clicked.connect(self._clicked)

    def focusInEvent(self, event: QFocusEvent) -> None:  # noqa: N802 - Qt's name
        """Pass the focus on. A focus proxy would do so too, but Tab would then pass over all controls before it."""
        super().focusInEvent(event)
        self._run.setFocus(event.reason())

    def _lay_out(self) -> None:
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(8)
        choices = QWidget()
        flow = FlowLayout(choices, gap=8, line_gap=6)
        for widget in (self._device, self._window, self._field, self._variant, self._rules, self._echo, self._hint):
            flow.addWidget(widget)
        for told in (self._echo, self._hint):
            told.setMinimumHeight(32)
        for names in (self._device, self._field):
            names.setMaximumWidth(_WIDEST)
        row.addWidget(choices, 1)
        row.addWidget(self._run, 0, Qt.AlignmentFlag.AlignTop)

    def set_subject(self, subject: Subject) -> None:
        """Offer what can be judged now; what is chosen stays where it is still there."""
        shown = self.port or subject.current
        self._subject = subject
        if subject.shape() != self._shape:
            self._shape = subject.shape()
            self._device.clear()
            self._device.addItems([device.name for device in subject.devices])
            self._show_device(shown)
        self.refresh()

    def take(self, request: LeakhuntRequest) -> None:
        """Choose what somebody asked for."""
        self._show_device(request.port or self._subject.current)
        self._field.setCurrentText(request.field)
        self._field_chosen()
        self._variant.setCurrentText(request.variant)
        if request.rules is not None:
            self._rules.setCurrentIndex(_RULE_SETS.index(request.rules))
        if request.start is not None and request.end is not None:
            name = f"{self.tr('Selection')} {clock(request.start)}–{clock(request.end)}"
            self._window.choose_times(name, request.start, request.end)
        elif request.span:
            self._window.choose(request.span)
        self.refresh()

    def choose_window(self, text: str) -> None:
        """Choose a window by its name in the list, or by words."""
        self._window.choose(text)

    @property
    def port(self) -> str:
        """The port of the device that is chosen, empty when there is none."""
        device = self._chosen_device()
        return "" if device is None else device.port

    def question(self) -> Question | None:
        """Return what to ask, ``None`` while that is not clear."""
        device = self._chosen_device()
        if device is None or not self._echoed()[1]:
            return None
        rules = _RULE_SETS[self._rules.currentIndex()]
        return Question(
            window=self._window.words,
            port=device.port or None,
            field=self._field.currentText() or FREE_HEAP.field,
            variant=self._variant.currentText() or None,
            rules="strict" if rules == "strict" else "standard",
        )

    def set_busy(self, *, busy: bool) -> None:
        """Turn the button into one that cancels, or back."""
        self._busy = busy
        if busy:
            self._run.set_look("close", self.tr("Cancel"), kind="outline")
        else:
            self._run.set_look("play", self.tr("Run"), kind="filled")
        self.refresh()

    @Slot()
    def refresh(self) -> None:
        """Say anew which times the window means, and whether they hold enough samples."""
        text, good = self._echoed()
        self._echo.setText(text)
        wrong = not good and bool(text) and self._chosen_device() is not None
        styled(self._echo, tone="danger" if wrong else "")
        hint = self._hinted()
        self._hint.setText(hint)
        self._hint.setVisible(bool(hint))
        self._run.setEnabled(self._busy or self.question() is not None)

    def _echoed(self) -> tuple[str, bool]:
        device = self._chosen_device()
        if self._subject.folder is None or device is None:
            return self.tr("Connect a board or open a recording first."), False
        return self._window.echo(self._end(device), device.last_ts)

    def _hinted(self) -> str:
        device = self._chosen_device()
        window = None if device is None else self._window.times(self._end(device), device.last_ts)
        if device is None or window is None or self._busy or self._subject.elsewhere:
            return ""
        history = self._histories(device.port, SeriesKey(self._variant.currentText(), self._field.currentText()))
        return "" if history is None else window_hint(history, window)

    def _end(self, device: DeviceChoice) -> float:
        """Return when a window that goes on ends."""
        return self._wall() if self._subject.live or device.last_ts is None else device.last_ts

    def _chosen_device(self) -> DeviceChoice | None:
        place = self._device.currentIndex()
        return self._subject.devices[place] if 0 <= place < len(self._subject.devices) else None

    def _show_device(self, port: str) -> None:
        ports = [device.port for device in self._subject.devices]
        if port in ports:
            self._device.setCurrentIndex(ports.index(port))
        self._device_chosen()

    @Slot()
    def _device_chosen(self) -> None:
        device = self._chosen_device()
        self._window.offer(window_choices(None if device is None else device.last_restart, self._subject.markers))
        self._fields = (FREE_HEAP,) if device is None else device.fields
        shown = self._field.currentText()
        self._field.clear()
        self._field.addItems(list(dict.fromkeys(key.field for key in self._fields)))
        self._field.setCurrentText(shown or FREE_HEAP.field)
        self._field_chosen()
        self.refresh()

    @Slot()
    def _field_chosen(self) -> None:
        field, shown = self._field.currentText(), self._variant.currentText()
        self._variant.clear()
        self._variant.addItems([key.variant for key in self._fields if key.field == field] or [FREE_HEAP.variant])
        self._variant.setCurrentText(shown)
        self.refresh()

    @Slot()
    def _clicked(self) -> None:
        if self._busy:
            self.cancel_requested.emit()
        else:
            self.run_requested.emit()
