# SPDX-License-Identifier: GPL-3.0-only
"""The panel under the board's button in the header: boards, network, Bluetooth, demo, and how to listen to them."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QApplication, QHBoxLayout, QVBoxLayout, QWidget

from mtleak_gui.core.addresses import DemoAddress
from mtleak_gui.core.auto_capture import capture_way
from mtleak_gui.core.demo_offer import DemoOffer
from mtleak_gui.core.settings import Capture
from mtleak_gui.ui.devices.board_choice import BoardChoice, Choices
from mtleak_gui.ui.devices.capture_choice import CaptureChoice
from mtleak_gui.ui.devices.picker_row import PickerRow
from mtleak_gui.ui.devices.picker_sections import PickerSections
from mtleak_gui.ui.devices.removed_line import RemovedLine
from mtleak_gui.ui.theme.theme_keeper import ThemeKeeper
from mtleak_gui.ui.widgets.buttons import IconButton
from mtleak_gui.ui.widgets.growing_area import GrowingArea
from mtleak_gui.ui.widgets.lines import line
from mtleak_gui.ui.widgets.popup_panel import PopupPanel

_WIDTH = 720
_LEAST_HEIGHT = 320
_BORDERS = 3
_GAP = 8


class Picked(NamedTuple):
    """What the user wants connected, and how."""

    choice: BoardChoice
    capture: Capture
    auto_connect: bool


class PortPicker(PopupPanel):
    """``show_choices`` may be called at any time; the choice stays where it can."""

    picked = Signal(object)
    """A ``Picked``; the panel has closed itself."""

    def __init__(self, theme: ThemeKeeper, demos: Sequence[DemoOffer], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._chosen = ""
        self._room = _LEAST_HEIGHT
        self.sections = PickerSections(theme, demos)
        self.removed = RemovedLine()
        self._capture = CaptureChoice()
        self._connect = IconButton(theme, "connection", self.tr("Connect"), kind="filled", size="control")
        self._area = GrowingArea(self.sections)
        self._area.setFixedWidth(_WIDTH)
        self._foot = self._capture_and_act()
        for part in (self._area, line(), self.removed, self._foot):
            self.body.addWidget(part)
        # The panel takes the height of what it holds, whenever that changes.
        self.body.setSizeConstraint(QVBoxLayout.SizeConstraint.SetFixedSize)
        self.sections.chosen.connect(self.choose)
        self.sections.opened.connect(self._open)
        self.sections.network.given_up.connect(self._focus_chosen)
        self.removed.undo_requested.connect(self._take_room)
        self._connect.clicked.connect(self._pick)
        self._capture.changed.connect(self._show_act)

    def show_choices(self, choices: Choices) -> None:
        """Show what can be connected."""
        had_focus = isinstance(QApplication.focusWidget(), PickerRow)
        self.sections.show_choices(choices)
        self.choose(self._chosen if self.sections.choice(self._chosen) is not None else self._best())
        if had_focus:
            self._focus_chosen()

    @Slot(str)
    def choose(self, key: str) -> None:
        """Mark a row as the one to connect; one that there is not changes nothing."""
        choice = self.sections.choice(key)
        if choice is None:
            return
        self._chosen = key
        for row in self.sections.rows(hidden=True):
            row.set_chosen(chosen=row.choice.key == key)
        self._capture.offer(choice)
        self._show_act()
        self._take_room()

    def begin(self, key: str | None = None) -> None:
        """Get ready to be opened: choose what was used last, or ``key``, and take the focus there."""
        self.sections.network.begin()
        self.removed.hide()
        self.sections.unfold_for(key)
        self.choose(key if key is not None else self._best())
        self._focus_chosen()

    def open_below(self, control: QWidget) -> None:
        """Open under a control; what its window and the screen have no room for is scrolled to."""
        top = control.mapToGlobal(control.rect().bottomLeft()).y()
        window = control.window().frameGeometry()
        screen = control.screen().availableGeometry()
        self._room = min(max(window.bottom(), top + _LEAST_HEIGHT), screen.bottom()) - top - _GAP
        self._take_room()
        super().open_below(control)
        self._focus_chosen()

    def tell_removed(self, name: str) -> None:
        """Say which saved board was removed, and offer it back."""
        self.removed.tell(name)
        self._take_room()

    def _capture_and_act(self) -> QWidget:
        foot = QWidget()
        foot.setFixedWidth(_WIDTH)
        row = QHBoxLayout(foot)
        row.setContentsMargins(16, 12, 16, 12)
        row.setSpacing(8)
        row.addWidget(self._capture, 1)
        row.addWidget(self._connect, 0, Qt.AlignmentFlag.AlignTop)
        return foot

    @Slot()
    def _take_room(self) -> None:
        below = self._foot.sizeHint().height() + (0 if self.removed.isHidden() else self.removed.sizeHint().height())
        self._area.set_limit(max(_LEAST_HEIGHT, self._room) - below - _BORDERS)

    def _best(self) -> str:
        """Return the row to begin with: one that is connected, was used last, or is the first board."""
        choices = [row.choice for row in self.sections.rows()]
        for word in ("connected", "connecting", "last used"):
            for choice in choices:
                if choice.state == word:
                    return choice.key
        sure = [choice for choice in choices if choice.state != "new" or choice.offer is not None]
        return sure[0].key if sure else ""

    @Slot()
    def _show_act(self) -> None:
        choice = self.sections.choice(self._chosen)
        self._connect.setEnabled(choice is not None)
        if choice is None:
            return
        if isinstance(choice.address, DemoAddress):
            self._connect.set_look("play", self.tr("Start demo"))
        elif choice.is_linked and self._is_switched(choice):
            self._connect.set_look("sync", self.tr("Switch…"))
        elif choice.is_linked:
            self._connect.set_look("check", self.tr("Choose"))
        else:
            self._connect.set_look("connection", self.tr("Connect"))

    def _is_switched(self, choice: BoardChoice) -> bool:
        """Return whether the user chose another way for a board than that by which it is heard."""
        wish = self._capture.capture
        return wish != choice.capture and choice.way != capture_way(wish, choice.known, has_console=choice.has_console)

    @Slot()
    def _focus_chosen(self) -> None:
        for row in self.sections.rows():
            if row.choice.key == self._chosen:
                row.setFocus(Qt.FocusReason.OtherFocusReason)
                self._area.reveal(row)

    @Slot(str)
    def _open(self, key: str) -> None:
        self.choose(key)
        self._pick()

    @Slot()
    def _pick(self) -> None:
        choice = self.sections.choice(self._chosen)
        if choice is not None:
            self.hide()
            self.picked.emit(Picked(choice, self._capture.capture, self._capture.connects_again))

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802 - Qt's name
        """Move by arrows, connect by Enter, close by Esc."""
        keys = [row.choice.key for row in self.sections.rows()]
        place = keys.index(self._chosen) if self._chosen in keys else -1
        if event.key() in (Qt.Key.Key_Down, Qt.Key.Key_Up) and keys:
            step = 1 if event.key() == Qt.Key.Key_Down else -1
            self.choose(keys[(place + step) % len(keys)])
            self._focus_chosen()
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._pick()
        elif event.key() == Qt.Key.Key_Escape:
            self.hide()
        else:
            super().keyPressEvent(event)
