# SPDX-License-Identifier: GPL-3.0-only
"""One place for a quick mark: its key, its label, and buttons that move or remove it."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import QHBoxLayout, QWidget

from mtleak_gui.ui.pages.settings.checked_field import CheckedField
from mtleak_gui.ui.theme.theme_keeper import ThemeKeeper
from mtleak_gui.ui.widgets.buttons import IconButton
from mtleak_gui.ui.widgets.key_label import key_label, native_key
from mtleak_gui.ui.widgets.labels import plain_tip

_FIELD_WIDTH = 240
_KEY_WIDTH = 64


class QuickMarkRow(QWidget):
    """The place ``number``, from 0. An empty one takes a new label."""

    moved = Signal(int, int)
    """From this place to that one."""
    removed = Signal(int)

    def __init__(
        self, theme: ThemeKeeper, number: int, put: Callable[[int, str], None], parent: QWidget | None = None
    ) -> None:
        """``put`` takes the label for the place. It raises ``RefusedValueError``."""
        super().__init__(parent)
        self._number, self._put = number, put
        place = QHBoxLayout(self)
        place.setContentsMargins(0, 0, 0, 0)
        place.setSpacing(8)
        self._key = key_label("", self)
        self._key.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._key.setMinimumWidth(_KEY_WIDTH)
        place.addWidget(self._key, 0, Qt.AlignmentFlag.AlignVCenter)
        self.field = CheckedField("", self._take, self)
        self.field.setFixedWidth(_FIELD_WIDTH)
        self.field.setPlaceholderText(self.tr("Add a label, then Enter"))
        place.addWidget(self.field)
        place.addStretch(1)
        self.up, self.down, self.remove = (
            IconButton(theme, icon, kind="icon", size="small", parent=self)
            for icon in ("chevron-up", "chevron-down", "delete-outline")
        )
        for made, act in ((self.up, self._move_up), (self.down, self._move_down), (self.remove, self._remove)):
            made.clicked.connect(act)
            place.addWidget(made)

    def show_mark(self, mark: str, key: str, *, is_last: bool) -> None:
        """Show a label, or with ``""`` the place for a new one."""
        self._key.setText(native_key(key) or self.tr("no key"))
        self.field.show_value(mark)
        number = self._number + 1
        name = self.tr("Quick mark {}").format(number) if mark else self.tr("New quick mark {}").format(number)
        self.field.setAccessibleName(name)
        self.up.setEnabled(self._number > 0)
        self.down.setEnabled(not is_last)
        for made, words in (
            (self.up, self.tr("Move {} up")),
            (self.down, self.tr("Move {} down")),
            (self.remove, self.tr("Remove {}")),
        ):
            made.setVisible(bool(mark))
            made.setAccessibleName(words.format(mark))
            made.setToolTip(plain_tip(words.format(mark)))

    def _take(self, text: str) -> None:
        self._put(self._number, text)

    @Slot()
    def _move_up(self) -> None:
        self.moved.emit(self._number, self._number - 1)

    @Slot()
    def _move_down(self) -> None:
        self.moved.emit(self._number, self._number + 1)

    @Slot()
    def _remove(self) -> None:
        self.removed.emit(self._number)
