# SPDX-License-Identifier: GPL-3.0-only
"""The field for a pattern: expression or text, case, not, clear. The filter has one, and find has one."""

from __future__ import annotations

from PySide6.QtCore import QSignalBlocker, Qt, Signal, Slot
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QPushButton, QSizePolicy, QWidget

from mtleak_gui.core.log_filter import LONGEST_PATTERN, PatternError
from mtleak_gui.ui.pages.logbook.pattern_edit import PatternEdit
from mtleak_gui.ui.theme.styling import styled
from mtleak_gui.ui.theme.theme_keeper import ThemeKeeper
from mtleak_gui.ui.widgets.buttons import IconButton


class FilterField(QFrame):
    """``changed`` comes when the pattern or one of its switches is another."""

    changed = Signal()

    def __init__(
        self, theme: ThemeKeeper, *, icon: str, name: str, hint: str, negatable: bool, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._theme, self._icon = theme, icon
        self.setProperty("kind", "field")
        self.setFixedHeight(32)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self._picture = QLabel(self)
        self.edit = PatternEdit(theme, self)
        self.edit.setPlaceholderText(hint)
        self.edit.setMaxLength(LONGEST_PATTERN)
        self.edit.setAccessibleName(name)
        self.regex = self._switch(".*", self.tr("Regular expression"))
        self.match_case = self._switch("Aa", self.tr("Match case"))
        self.negate = self._switch("not", self.tr("Rows that do not match"))
        self.negate.setVisible(negatable)
        self._clear = IconButton(
            theme, "close", kind="icon", size="small", name=self.tr("Clear the pattern"), parent=self
        )
        row = QHBoxLayout(self)
        row.setContentsMargins(9, 0, 5, 0)
        row.setSpacing(4)
        row.addWidget(self._picture)
        row.addSpacing(2)
        row.addWidget(self.edit, 1)
        for part in (self.regex, self.match_case, self.negate, self._clear):
            row.addWidget(part)
        self.regex.setChecked(True)
        self.edit.textChanged.connect(self._tell)
        self.edit.focus_changed.connect(self._focused)
        for switch in (self.regex, self.match_case, self.negate):
            switch.toggled.connect(self._tell)
        self._clear.clicked.connect(self.edit.clear)
        self._clear.clicked.connect(self.edit.setFocus)
        theme.changed.connect(self._tint)
        self._tint()

    def take(self, pattern: str, *, regex: bool, match_case: bool, negate: bool) -> None:
        """Show another pattern without telling."""
        blockers = [QSignalBlocker(part) for part in (self.edit, self.regex, self.match_case, self.negate)]
        self.edit.setText(pattern)
        self.edit.setCursorPosition(0)
        self.regex.setChecked(regex)
        self.match_case.setChecked(match_case)
        self.negate.setChecked(negate)
        del blockers

    def show_trouble(self, trouble: PatternError | None) -> None:
        """Show that the pattern cannot be used, or that it can."""
        styled(self, invalid=trouble is not None)
        self.edit.set_amiss(None if trouble is None else trouble.position or 0)

    def _switch(self, text: str, tip: str) -> QPushButton:
        switch = QPushButton(text, self)
        switch.setProperty("kind", "field-toggle")
        switch.setCheckable(True)
        switch.setToolTip(tip)
        switch.setAccessibleName(tip)
        switch.setCursor(Qt.CursorShape.ArrowCursor)
        return switch

    @Slot()
    def _tell(self) -> None:
        self.changed.emit()

    @Slot(bool)
    def _focused(self, on: bool) -> None:  # noqa: FBT001 - a slot
        styled(self, active=on)

    @Slot()
    def _tint(self) -> None:
        self._picture.setPixmap(self._theme.pixmap(self._icon, "text_2", 18))
