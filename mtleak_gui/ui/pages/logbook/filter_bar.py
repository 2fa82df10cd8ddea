# SPDX-License-Identifier: GPL-3.0-only
"""The controls over the log: device, boot, levels, presets, pattern, thread, times. They make one ``LogFilter``."""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence

from PySide6.QtCore import QSignalBlocker, Qt, Signal, Slot
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from mtleak_gui.core.boot import Boot
from mtleak_gui.core.filtered_log import FilteredLog
from mtleak_gui.core.log_columns import LEVELS
from mtleak_gui.core.log_filter import LogFilter, PatternError
from mtleak_gui.core.shown_text import shown
from mtleak_gui.ui.pages.logbook.boot_chooser import BootChooser
from mtleak_gui.ui.pages.logbook.filter_field import FilterField
from mtleak_gui.ui.pages.logbook.level_chip import LevelChip
from mtleak_gui.ui.pages.logbook.time_field import TimeField
from mtleak_gui.ui.theme.styling import styled
from mtleak_gui.ui.theme.theme_keeper import ThemeKeeper
from mtleak_gui.ui.widgets.flow_layout import FlowLayout
from mtleak_gui.ui.widgets.labelled_combo import LabelledCombo
from mtleak_gui.ui.widgets.labels import label
from mtleak_gui.ui.widgets.lines import upright

Boots = Callable[[], tuple[str, Sequence[Boot]]]


class FilterBar(QWidget):
    """``wanted`` is what the controls ask for now; ``changed`` comes with each change of the user's."""

    changed = Signal()
    device_chosen = Signal()

    def __init__(
        self,
        theme: ThemeKeeper,
        boots_now: Boots,
        rows_of: Callable[[float, float], int],
        *,
        now: Callable[[], float],
        presets: QWidget,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.device = LabelledCombo(theme, "", parent=self)
        self.device.setAccessibleName(self.tr("Device"))
        self.device.addItem(self.tr("All devices"), None)
        self.boots = BootChooser(theme, boots_now, rows_of, now=now, parent=self)
        self.chips = {level: LevelChip(theme, level, self) for level in LEVELS}
        self.field = FilterField(
            theme,
            icon="filter-variant",
            name=self.tr("Filter"),
            hint=self.tr("Filter"),
            negatable=True,
            parent=self,
        )
        self.thread_chooser = LabelledCombo(theme, self.tr("Thread"), parent=self)
        self.thread_chooser.addItem(self.tr("any"), None)
        self.thread_chooser.setMaximumWidth(160)
        self.since = TimeField(theme, self.tr("since"), self.tr("start"), now=now, parent=self)
        self.until = TimeField(theme, self.tr("until"), self.tr("now"), now=now, parent=self)
        self._hint = label("", "small", parent=self)
        self._hint.setVisible(False)
        self._trouble: PatternError | None = None
        self._presets = presets
        self._lay_out(presets)
        self._join()

    @property
    def wanted(self) -> LogFilter:
        """The filter that the controls ask for; its pattern may be one that cannot be used."""
        boot = self.boots.boot
        return LogFilter(
            pattern=self.field.edit.text(),
            regex=self.field.regex.isChecked(),
            match_case=self.field.match_case.isChecked(),
            negate=self.field.negate.isChecked(),
            levels=frozenset(level for level, chip in self.chips.items() if chip.isChecked()),
            thread=self.thread_chooser.currentData(),
            port=self.device.currentData(),
            since=-math.inf if self.since.moment is None else self.since.moment,
            until=math.inf if self.until.moment is None else self.until.moment,
            boot=None if boot is None else (boot.start, math.inf if boot.end is None else boot.end),
        )

    @property
    def hint(self) -> str:
        """What is said under the controls; empty when there is nothing to say."""
        return "" if self._hint.isHidden() else self._hint.text()

    def take(self, wanted: LogFilter) -> None:
        """Show pattern, levels and thread of a filter, and tell."""
        self.field.take(wanted.pattern, regex=wanted.regex, match_case=wanted.match_case, negate=wanted.negate)
        for level, chip in self.chips.items():
            blocker = QSignalBlocker(chip)
            chip.setChecked(level in wanted.levels)
            del blocker
        self._choose_thread(wanted.thread)
        self.changed.emit()

    def clear(self) -> None:
        """Take back what "Clear filter" takes back: pattern, levels, thread, times."""
        self.since.clear()
        self.until.clear()
        self.take(LogFilter())

    def offer_pattern(self, *, on: bool) -> None:
        """Let levels, pattern and thread be set: they say nothing of packets and events."""
        for part in (*self.chips.values(), self.field, self.thread_chooser, self._presets):
            part.setEnabled(on)

    def forget_span(self) -> None:
        """Show all devices, boots and times from now on."""
        self.device.setCurrentIndex(0)
        self.since.clear()
        self.until.clear()
        self._device_chosen()

    def show_trouble(self, trouble: PatternError | None) -> None:
        """Say what is amiss with the pattern, or that nothing is."""
        had_one, self._trouble = self._trouble is not None, trouble
        self.field.show_trouble(trouble)
        if trouble is not None:
            self._say(self.tr("%1. Last filter kept.").replace("%1", str(trouble)), "danger")
        elif had_one:
            self._say("", "secondary")

    def show_counts(self, rows: FilteredLog) -> None:
        """Show how many rows each level has."""
        for level, chip in self.chips.items():
            chip.set_count(rows.level_count(level))

    def show_devices(self, devices: Sequence[tuple[str, str]]) -> bool:
        """Offer devices, as (port, name), unless the list is open; a chosen one that is gone gives way to all."""
        if self.device.view().isVisible():
            return False
        chosen = self.device.currentData()
        blocker = QSignalBlocker(self.device)
        self.device.clear()
        self.device.addItem(self.tr("All devices"), None)
        for port, name in devices:
            self.device.addItem(shown(name)[:40], port)
        self.device.setCurrentIndex(max(0, self.device.findData(chosen)))
        self.device.updateGeometry()
        del blocker
        if self.device.currentData() != chosen:
            self._device_chosen()
        return True

    def show_threads(self, names: Sequence[str]) -> bool:
        """Offer threads that the rows name, unless the list is open."""
        if self.thread_chooser.view().isVisible():
            return False
        chosen = self.thread_chooser.currentData()
        blocker = QSignalBlocker(self.thread_chooser)
        self.thread_chooser.clear()
        self.thread_chooser.addItem(self.tr("any"), None)
        for name in sorted(names, key=str.casefold):
            self.thread_chooser.addItem(shown(name)[:40], name)
        del blocker
        self._choose_thread(chosen)
        return True

    def _choose_thread(self, name: str | None) -> None:
        blocker = QSignalBlocker(self.thread_chooser)
        if name is not None and self.thread_chooser.findData(name) < 0:
            self.thread_chooser.addItem(shown(name)[:40], name)
        self.thread_chooser.setCurrentIndex(max(0, self.thread_chooser.findData(name)))
        self.thread_chooser.updateGeometry()
        del blocker

    def _lay_out(self, presets: QWidget) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        top = QHBoxLayout()
        top.setSpacing(8)
        flow = FlowLayout(gap=8)
        chips = QWidget(self)
        chip_row = QHBoxLayout(chips)
        chip_row.setContentsMargins(0, 2, 0, 2)
        chip_row.setSpacing(5)
        chip_row.addSpacing(2)
        chip_row.addWidget(upright(24, chips))
        chip_row.addSpacing(6)
        for chip in self.chips.values():
            chip_row.addWidget(chip)
        for part in (self.device, self.boots, chips):
            flow.addWidget(part)
        top.addLayout(flow, 1)
        top.addWidget(presets, 0, Qt.AlignmentFlag.AlignTop)
        column.addLayout(top)
        row = QHBoxLayout()
        row.setSpacing(8)
        row.addWidget(self.field, 1)
        for part in (self.thread_chooser, self.since, self.until):
            row.addWidget(part)
        column.addLayout(row)
        column.addWidget(self._hint)

    def _join(self) -> None:
        for chip in self.chips.values():
            chip.toggled.connect(self._tell)
        self.field.changed.connect(self._tell)
        self.boots.chosen.connect(self._boot_chosen)
        self.device.activated.connect(self._device_chosen)
        self.thread_chooser.activated.connect(self._tell)
        for field in (self.since, self.until):
            field.changed.connect(self._tell)
            field.echoed.connect(self._echo)

    @Slot()
    def _tell(self) -> None:
        self.changed.emit()

    @Slot()
    def _boot_chosen(self) -> None:
        self.since.set_free(self.tr("start") if self.boots.boot is None else self.tr("boot"))
        self.changed.emit()

    @Slot()
    def _device_chosen(self) -> None:
        self.boots.choose(None)
        self.since.set_free(self.tr("start"))
        self.device_chosen.emit()
        self.changed.emit()

    @Slot(str)
    def _echo(self, text: str) -> None:
        if self._trouble is None:
            self._say(text, "danger" if self.since.is_amiss or self.until.is_amiss else "secondary")

    def _say(self, text: str, tone: str) -> None:
        self._hint.setText(text)
        styled(self._hint, tone=tone)
        self._hint.setVisible(bool(text))
