# SPDX-License-Identifier: GPL-3.0-only
"""The row above the plot: which board, which field, which axes, what is drawn."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import cast

from PySide6.QtCore import QSignalBlocker, Qt, Signal, Slot
from PySide6.QtGui import QAction, QActionGroup
from PySide6.QtWidgets import QCheckBox, QHBoxLayout, QMenu, QWidget

from mtleak_gui.core.axis_ticks import TimeMode
from mtleak_gui.core.series_key import SeriesKey
from mtleak_gui.ui.pages.heap.plot_options import PlotOptions
from mtleak_gui.ui.theme.theme_keeper import ThemeKeeper
from mtleak_gui.ui.widgets.buttons import IconButton
from mtleak_gui.ui.widgets.labelled_combo import LabelledCombo
from mtleak_gui.ui.widgets.labels import label
from mtleak_gui.ui.widgets.segmented import Segmented

_TICKS = ("fit", "marks", "sources")
_COMBO, _FIELD_WIDEST = 138, 164
_VARIANT_ORDER = ("local", "device", "environment", "power", "airQuality", "health", "host")


class ControlRow(QWidget):
    """Shows choices and tells which was made. In a narrow window the less used ones are in the menu "Display"."""

    device_chosen = Signal(str)
    field_chosen = Signal(object)
    """A ``SeriesKey``."""
    options_changed = Signal(object)
    """The ``PlotOptions`` in force."""
    table_requested = Signal()

    def __init__(self, theme: ThemeKeeper, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._options = PlotOptions()
        self._devices = LabelledCombo(theme, self.tr("Device"), parent=self)
        self._fields = LabelledCombo(theme, self.tr("Field"), parent=self)
        modes = (("local", "Local"), ("utc", "UTC"), ("elapsed", "Elapsed"), ("uptime", "Uptime"))
        self._axis = Segmented([(key, self.tr(word)) for key, word in modes], name=self.tr("Time axis"), parent=self)
        scales = (("bytes", self.tr("Bytes")), ("percent", self.tr("% used")))
        self._scale = Segmented(scales, name=self.tr("Value axis"), parent=self)
        words = {"fit": self.tr("Fit"), "marks": self.tr("Marks"), "sources": self.tr("Sources")}
        self._boxes = {name: QCheckBox(words[name], self) for name in _TICKS}
        self._axis_word, self._scale_word = label(self.tr("Axis"), "secondary"), label(self.tr("Y"), "secondary")
        self._display = IconButton(theme, "chevron-down", self.tr("Display"), size="control", parent=self)
        # The arrow stands behind the word, as in a combo box.
        self._display.setLayoutDirection(Qt.LayoutDirection.RightToLeft)
        self._table = IconButton(theme, "table", self.tr("Data table"), size="control", parent=self)
        self._menu = QMenu(self._display)
        self._display.setMenu(self._menu)
        self._actions: dict[str, QAction] = {}
        self._make_menu(words, dict(scales))
        self._wide = [self._axis_word, self._scale_word, self._scale, *self._boxes.values()]
        self._lay_out()
        self._connect()
        self._show_options()
        self.set_compact(compact=False)

    @property
    def options(self) -> PlotOptions:
        """What is chosen."""
        return self._options

    def set_options(self, options: PlotOptions) -> None:
        """Show other choices without telling."""
        self._options = options
        self._show_options()

    def show_devices(self, devices: Sequence[tuple[str, str]], chosen: str) -> None:
        """Show boards as (port, name)."""
        _fill(self._devices, [(name, port) for port, name in devices], chosen)

    def show_fields(self, fields: Sequence[SeriesKey], chosen: SeriesKey) -> None:
        """Show fields, those of one variant together; the name alone where it is the heap's."""
        ordered = sorted(fields, key=lambda key: (_place(key.variant), key.variant))
        if not _fill(self._fields, [(_words(key), key) for key in ordered], chosen):
            return
        last = None
        for number in range(self._fields.count() - 1, -1, -1):
            variant = ordered[number].variant
            if last is not None and variant != last:
                self._fields.insertSeparator(number + 1)
            last = variant

    def set_percent_possible(self, *, possible: bool) -> None:
        """Let percent be chosen where the heap's total is known."""
        self._scale.enable("percent", on=possible)
        self._actions["percent"].setEnabled(possible)

    def set_compact(self, *, compact: bool) -> None:
        """Show the short row of a narrow window."""
        for widget in self._wide:
            widget.setVisible(not compact)
        self._display.setVisible(compact)
        self._table.set_look("table", "" if compact else self.tr("Data table"))
        self._table.setAccessibleName(self.tr("Data table"))
        self._table.setToolTip(self.tr("Data table"))

    def _lay_out(self) -> None:
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(8)
        self._devices.setMinimumWidth(_COMBO)
        self._fields.setMinimumWidth(_COMBO)
        self._fields.setMaximumWidth(_FIELD_WIDEST)
        for widget in (self._devices, self._fields, self._axis_word, self._axis, self._scale_word, self._scale):
            row.addWidget(widget)
        for box in self._boxes.values():
            row.addWidget(box)
        row.addWidget(self._display)
        row.addStretch(1)
        row.addWidget(self._table)

    def _connect(self) -> None:
        self._devices.activated.connect(self._choose_device)
        self._fields.activated.connect(self._choose_field)
        self._axis.chosen.connect(self._choose_mode)
        self._scale.chosen.connect(self._choose_scale)
        for box in self._boxes.values():
            box.clicked.connect(self._tick)
        self._table.clicked.connect(self.table_requested)

    def _make_menu(self, ticks: dict[str, str], scales: dict[str, str]) -> None:
        group = QActionGroup(self)
        for key, word in scales.items():
            action = self._menu.addAction(self.tr("Y: {0}").format(word))
            action.setData(key)
            group.addAction(action)
            self._actions[key] = action
        self._menu.addSeparator()
        for key, word in ticks.items():
            action = self._menu.addAction(word)
            action.setData(key)
            self._actions[key] = action
        for action in self._actions.values():
            action.setCheckable(True)
        self._menu.triggered.connect(self._menu_chosen)

    def _show_options(self) -> None:
        self._axis.choose(self._options.time_mode)
        scale = "percent" if self._options.as_percent else "bytes"
        self._scale.choose(scale)
        self._actions[scale].setChecked(True)
        for name, box in self._boxes.items():
            on = bool(getattr(self._options, name))
            box.setChecked(on)
            self._actions[name].setChecked(on)

    def _change(self, **fields: object) -> None:
        self._options = replace(self._options, **fields)  # type: ignore[arg-type]  # names and types are those above
        self._show_options()
        self.options_changed.emit(self._options)

    @Slot(int)
    def _choose_device(self, number: int) -> None:
        self.device_chosen.emit(self._devices.itemData(number))

    @Slot(int)
    def _choose_field(self, number: int) -> None:
        self.field_chosen.emit(self._fields.itemData(number))

    @Slot(str)
    def _choose_mode(self, key: str) -> None:
        self._change(time_mode=cast("TimeMode", key))

    @Slot(str)
    def _choose_scale(self, key: str) -> None:
        self._change(as_percent=key == "percent")

    @Slot()
    def _tick(self) -> None:
        self._change(**{name: box.isChecked() for name, box in self._boxes.items()})

    @Slot(QAction)
    def _menu_chosen(self, action: QAction) -> None:
        key = str(action.data())
        if key in _TICKS:
            self._change(**{key: action.isChecked()})
        else:
            self._choose_scale(key)


def _fill(combo: LabelledCombo, entries: Sequence[tuple[str, object]], chosen: object) -> bool:
    """Show entries of (words, data); return whether that was needed: an open list must not change under the hand."""
    shown = [(combo.itemText(number), combo.itemData(number)) for number in range(combo.count())]
    if [entry for entry in shown if entry[0]] == list(entries) and combo.currentData() == chosen:
        return False
    with QSignalBlocker(combo):
        combo.clear()
        for words, data in entries:
            combo.addItem(words, data)
        place = next((number for number, (_words, data) in enumerate(entries) if data == chosen), -1)
        combo.setCurrentIndex(place)
    combo.updateGeometry()
    return True


def _place(variant: str) -> int:
    return _VARIANT_ORDER.index(variant) if variant in _VARIANT_ORDER else len(_VARIANT_ORDER)


def _words(key: SeriesKey) -> str:
    return key.field if key.variant == "local" else f"{key.field} · {key.variant}"
