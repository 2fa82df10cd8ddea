# SPDX-License-Identifier: GPL-3.0-only
"""Find: a field apart from the filter, with how many hits there are and steps between them."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QWidget

from mtleak_gui.core.log_filter import LogFilter, PatternError
from mtleak_gui.ui.pages.logbook.filter_field import FilterField
from mtleak_gui.ui.theme.styling import styled
from mtleak_gui.ui.theme.theme_keeper import ThemeKeeper
from mtleak_gui.ui.widgets.buttons import IconButton
from mtleak_gui.ui.widgets.labels import label


class FindBar(QWidget):
    """Hidden until ``open``. ``wanted`` is the pattern as a filter without anything else."""

    changed = Signal()
    closed = Signal()
    step_requested = Signal(int)
    """1 for the next hit, -1 for the one before."""

    def __init__(self, theme: ThemeKeeper, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.field = FilterField(
            theme,
            icon="magnify",
            name=self.tr("Find"),
            hint=self.tr("Find in the rows shown"),
            negatable=False,
            parent=self,
        )
        self.field.regex.setChecked(False)
        self._told = label("", "secondary", parent=self)
        self._told.setMinimumWidth(90)
        before = IconButton(theme, "chevron-up", kind="icon", size="small", name=self.tr("Previous match"), parent=self)
        after = IconButton(theme, "chevron-down", kind="icon", size="small", name=self.tr("Next match"), parent=self)
        close = IconButton(theme, "close", kind="icon", size="small", name=self.tr("Close find"), parent=self)
        row = QHBoxLayout(self)
        row.setContentsMargins(12, 6, 8, 6)
        row.setSpacing(6)
        row.addWidget(self.field, 1)
        for part in (self._told, before, after, close):
            row.addWidget(part)
        before.clicked.connect(self._step_back)
        after.clicked.connect(self._step_on)
        close.clicked.connect(self.close_find)
        self.field.changed.connect(self._tell)
        self.field.edit.returnPressed.connect(self._step_on)
        self.setVisible(False)

    @property
    def wanted(self) -> LogFilter:
        """What is looked for."""
        return LogFilter(
            self.field.edit.text(), regex=self.field.regex.isChecked(), match_case=self.field.match_case.isChecked()
        )

    @property
    def told(self) -> str:
        """What it says of hits."""
        return self._told.text()

    def open(self) -> None:
        """Show the bar and type in it."""
        self.setVisible(True)
        self.field.edit.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.field.edit.selectAll()
        self.changed.emit()

    @Slot()
    def close_find(self) -> None:
        """Hide the bar and look for nothing."""
        self.setVisible(False)
        self.closed.emit()

    def show_hits(self, rank: int | None, hits: int, *, busy: bool) -> None:
        """Say how many hits there are and at which one the view is."""
        styled(self._told, tone="secondary")
        if not self.field.edit.text():
            self._told.setText("")
        elif not hits:
            self._told.setText(self.tr("searching…") if busy else self.tr("no match"))
        elif rank is None:
            self._told.setText(self.tr("%1 matches").replace("%1", f"{hits:,}"))
        else:
            self._told.setText(self.tr("%1 of %2").replace("%1", f"{rank + 1:,}").replace("%2", f"{hits:,}"))

    def show_trouble(self, trouble: PatternError | None) -> None:
        """Say what is amiss with the pattern."""
        self.field.show_trouble(trouble)
        if trouble is not None:
            styled(self._told, tone="danger")
            self._told.setText(str(trouble))

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802 - Qt's name
        """Esc closes, Shift+Enter goes back."""
        if event.key() == Qt.Key.Key_Escape:
            self.close_find()
        elif event.key() == Qt.Key.Key_Return and event.modifiers() & Qt.KeyboardModifier.ShiftModifier:
            self.step_requested.emit(-1)
        else:
            super().keyPressEvent(event)

    @Slot()
    def _tell(self) -> None:
        self.changed.emit()

    @Slot()
    def _step_on(self) -> None:
        self.step_requested.emit(1)

    @Slot()
    def _step_back(self) -> None:
        self.step_requested.emit(-1)
