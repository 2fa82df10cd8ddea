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
from mtleak_gui.ui.devices.bluetooth_rows import BluetoothRows
from mtleak_gui.ui.devices.board_choice import BoardChoice, Choices, demo_choice
from mtleak_gui.ui.devices.capture_choice import CaptureChoice
from mtleak_gui.ui.devices.network_rows import NetworkRows
from mtleak_gui.ui.devices.picker_heading import PickerHeading
from mtleak_gui.ui.devices.picker_row import PickerRow
from mtleak_gui.ui.devices.removed_line import RemovedLine
from mtleak_gui.ui.devices.row_group import RowGroup
from mtleak_gui.ui.theme.theme_keeper import ThemeKeeper
from mtleak_gui.ui.widgets.buttons import IconButton
from mtleak_gui.ui.widgets.growing_area import GrowingArea
from mtleak_gui.ui.widgets.icon_label import IconLabel
from mtleak_gui.ui.widgets.labelled_combo import LabelledCombo
from mtleak_gui.ui.widgets.labels import label
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
    remove_requested = Signal(object)
    """A ``BoardChoice``."""

    def __init__(self, theme: ThemeKeeper, demos: Sequence[DemoOffer], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme, self._demos = theme, tuple(demos)
        self._chosen = ""
        self._boards, self._demo, self._others = RowGroup(theme), RowGroup(theme), RowGroup(theme)
        self.network, self.bluetooth, self.removed = NetworkRows(theme), BluetoothRows(theme), RemovedLine()
        self._scenarios = LabelledCombo(theme, size="small")
        self._scenarios.setAccessibleName(self.tr("Scenario of the demo"))
        self._scenarios.setFixedWidth(280)
        self._capture = CaptureChoice()
        self._unfold = IconButton(theme, "chevron-right", "", kind="quiet", size="small")
        self._connect = IconButton(theme, "connection", self.tr("Connect"), kind="filled", size="control")
        self._no_board = label(self.tr("No board is plugged in. One shows up here within a second."), "secondary")
        self._area = GrowingArea(self._sections())
        self._area.setFixedWidth(_WIDTH)
        self._room = _LEAST_HEIGHT
        self._foot = self._capture_and_act()
        self.body.addWidget(self._area)
        self.body.addWidget(line())
        self.body.addWidget(self.removed)
        self.body.addWidget(self._foot)
        self._join()
        # The panel takes the height of what it holds, whenever that changes.
        self.body.setSizeConstraint(QVBoxLayout.SizeConstraint.SetFixedSize)
        self._show_demo()
        self._others.hide()

    def show_choices(self, choices: Choices) -> None:
        """Show what can be connected: likely boards first, ports that are most likely none folded away."""
        likely = [choice for choice in choices.boards if choice.offer is not None and choice.offer.kind == "likely"]
        others = [choice for choice in choices.boards if choice not in likely]
        had_focus = self._rows_have_focus()
        self._boards.show_choices(likely)
        self._no_board.setVisible(not likely)
        self._others.show_choices(others)
        names = " · ".join(f"{choice.title} {choice.usb}" if choice.usb else choice.port for choice in others[:3])
        self._unfold.setText(self.tr("Other ports ({0}): {1}").format(len(others), names))
        self._unfold.setVisible(bool(others))
        self.network.group.show_choices(choices.nodes)
        self.bluetooth.group.show_choices(choices.bluetooth)
        self.choose(self._chosen if self._choice() is not None else self._best())
        if had_focus:
            self._focus_chosen()

    def choose(self, key: str) -> None:
        """Mark a row as the one to connect; one that there is not changes nothing."""
        rows = self._rows(hidden=True)
        if key not in {row.choice.key for row in rows}:
            return
        self._chosen = key
        for row in rows:
            row.set_chosen(chosen=row.choice.key == key)
        choice = self._choice()
        if choice is not None:
            self._capture.offer(choice)
        self._show_act()
        self._take_room()

    def begin(self, key: str | None = None) -> None:
        """Get ready to be opened: choose what was used last, or ``key``, and take the focus there."""
        self.network.begin()
        self.removed.hide()
        self._unfold_for(key)
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

    @Slot()
    def _take_room(self) -> None:
        below = self._foot.sizeHint().height() + (0 if self.removed.isHidden() else self.removed.sizeHint().height())
        self._area.set_limit(max(_LEAST_HEIGHT, self._room) - below - _BORDERS)

    # Layout

    def _sections(self) -> QWidget:
        inside = QWidget()
        column = QVBoxLayout(inside)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        self._no_board.setContentsMargins(16, 2, 16, 10)
        boards = PickerHeading(self.tr("Boards"), self._looking())
        demo = PickerHeading(self.tr("Demo"))
        for part in (boards, self._no_board, self._boards, line(), self.network, line(), self.bluetooth, line()):
            column.addWidget(part)
        column.addWidget(demo)
        column.addWidget(self._demo)
        unfold = QHBoxLayout()
        unfold.setContentsMargins(8, 4, 8, 4)
        unfold.addWidget(self._unfold)
        unfold.addStretch(1)
        column.addWidget(line())
        column.addLayout(unfold)
        column.addWidget(self._others)
        return inside

    def _capture_and_act(self) -> QWidget:
        foot = QWidget()
        foot.setFixedWidth(_WIDTH)
        row = QHBoxLayout(foot)
        row.setContentsMargins(16, 12, 16, 12)
        row.setSpacing(8)
        row.addWidget(self._capture, 1)
        row.addWidget(self._connect, 0, Qt.AlignmentFlag.AlignTop)
        return foot

    def _looking(self) -> QWidget:
        told = QWidget()
        row = QHBoxLayout(told)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(4)
        row.addWidget(IconLabel(self._theme, "refresh", "text_2", 14))
        row.addWidget(label(self.tr("looking every second"), "secondary"))
        return told

    def _join(self) -> None:
        for group in self._groups():
            group.chosen.connect(self.choose)
            group.opened.connect(self._open)
            group.remove_requested.connect(self._ask_to_remove)
        self.removed.undo_requested.connect(self._take_room)
        self.network.given_up.connect(self._focus_chosen)
        self._unfold.clicked.connect(self._fold_others)
        self._connect.clicked.connect(self._pick)
        self._capture.changed.connect(self._show_act)
        for offer in self._demos:
            self._scenarios.addItem(offer.title, offer.scenario)
        self._scenarios.currentIndexChanged.connect(self._scenario_changed)

    # Choosing

    def _groups(self) -> tuple[RowGroup, ...]:
        return self._boards, self.network.group, self.bluetooth.group, self._demo, self._others

    def _rows(self, *, hidden: bool = False) -> list[PickerRow]:
        return [row for group in self._groups() if hidden or not group.isHidden() for row in group.rows]

    def _rows_have_focus(self) -> bool:
        return isinstance(QApplication.focusWidget(), PickerRow)

    def _choice(self) -> BoardChoice | None:
        return next((row.choice for row in self._rows(hidden=True) if row.choice.key == self._chosen), None)

    def _best(self) -> str:
        """Return the row to begin with: one that is connected, was used last, or is the first board."""
        choices = [row.choice for row in self._rows()]
        for word in ("connected", "connecting", "last used"):
            for choice in choices:
                if choice.state == word:
                    return choice.key
        sure = [choice for choice in choices if choice.state != "new" or choice.offer is not None]
        return sure[0].key if sure else ""

    @Slot()
    def _show_act(self) -> None:
        choice = self._choice()
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
        for row in self._rows():
            if row.choice.key == self._chosen:
                row.setFocus(Qt.FocusReason.OtherFocusReason)
                self._area.reveal(row)

    def _unfold_for(self, key: str | None) -> None:
        if key in {row.choice.key for row in self._others.rows} and self._others.isHidden():
            self._fold_others()

    @Slot()
    def _fold_others(self) -> None:
        self._others.setVisible(self._others.isHidden())
        self._unfold.set_look("chevron-right" if self._others.isHidden() else "chevron-down")

    @Slot()
    def _scenario_changed(self) -> None:
        self._show_demo()
        self.choose(self._demo.rows[0].choice.key)

    def _show_demo(self) -> None:
        if self._demos:
            offer = self._demos[max(0, self._scenarios.currentIndex())]
            self._demo.show_choices([demo_choice(offer)], aside=self._scenarios)

    @Slot(str)
    def _open(self, key: str) -> None:
        self.choose(key)
        self._pick()

    @Slot(str)
    def _ask_to_remove(self, key: str) -> None:
        choice = next((row.choice for row in self._rows() if row.choice.key == key), None)
        if choice is not None:
            self.remove_requested.emit(choice)

    @Slot()
    def _pick(self) -> None:
        choice = self._choice()
        if choice is not None:
            self.hide()
            self.picked.emit(Picked(choice, self._capture.capture, self._capture.connects_again))

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802 - Qt's name
        """Move by arrows, connect by Enter, close by Esc."""
        keys = [row.choice.key for row in self._rows()]
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
