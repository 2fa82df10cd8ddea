# SPDX-License-Identifier: GPL-3.0-only
"""The panel under the board's button in the header: boards, network nodes, the demo, other ports, and how to listen."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from mtleak_gui.core.addresses import DemoAddress, SerialAddress, TcpAddress
from mtleak_gui.core.demo_offer import DemoOffer
from mtleak_gui.core.settings import Capture
from mtleak_gui.ui.devices.board_choice import BoardChoice, demo_choice
from mtleak_gui.ui.devices.capture_choice import CaptureChoice
from mtleak_gui.ui.devices.node_field import NodeField
from mtleak_gui.ui.devices.picker_row import PickerRow
from mtleak_gui.ui.devices.row_group import RowGroup
from mtleak_gui.ui.theme.theme_keeper import ThemeKeeper
from mtleak_gui.ui.widgets.buttons import IconButton
from mtleak_gui.ui.widgets.icon_label import IconLabel
from mtleak_gui.ui.widgets.labelled_combo import LabelledCombo
from mtleak_gui.ui.widgets.labels import label
from mtleak_gui.ui.widgets.lines import line
from mtleak_gui.ui.widgets.popup_panel import PopupPanel

_WIDTH = 720


class Picked(NamedTuple):
    """What the user wants connected, and how."""

    choice: BoardChoice
    capture: Capture
    auto_connect: bool


class PortPicker(PopupPanel):
    """``show_boards`` and ``show_nodes`` may be called at any time; the choice stays where it can."""

    picked = Signal(object)
    """A ``Picked``; the panel has closed itself."""
    node_added = Signal(TcpAddress)

    def __init__(self, theme: ThemeKeeper, demos: Sequence[DemoOffer], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme, self._demos = theme, tuple(demos)
        self._chosen = ""
        self._boards, self._nodes = RowGroup(theme), RowGroup(theme)
        self._demo, self._others = RowGroup(theme), RowGroup(theme)
        self._scenarios = LabelledCombo(theme, size="small")
        self._scenarios.setAccessibleName(self.tr("Scenario of the demo"))
        self._scenarios.setFixedWidth(280)
        self._field = NodeField()
        self._capture = CaptureChoice()
        self._add = IconButton(theme, "plus", self.tr("Add network node"), size="small")
        self._unfold = IconButton(theme, "chevron-right", "", kind="quiet", size="small")
        self._connect = IconButton(theme, "connection", self.tr("Connect"), kind="filled", size="control")
        self._no_board = label(self.tr("No board is plugged in. One shows up here within a second."), "secondary")
        self._lay_out()
        self._join()
        # The panel takes the height of what it holds, whenever that changes.
        self.body.setSizeConstraint(QVBoxLayout.SizeConstraint.SetFixedSize)
        self._show_demo()
        self._others.hide()

    def show_boards(self, choices: Sequence[BoardChoice]) -> None:
        """Show serial ports: likely boards, and the others folded away."""
        likely = [choice for choice in choices if choice.offer is not None and choice.offer.kind == "likely"]
        others = [choice for choice in choices if choice not in likely]
        self._boards.show_choices(likely)
        self._no_board.setVisible(not likely)
        self._others.show_choices(others)
        names = " · ".join(f"{choice.title} {choice.usb}" if choice.usb else choice.port for choice in others[:3])
        self._unfold.setText(self.tr("Other ports ({0}): {1}").format(len(others), names))
        self._unfold.setVisible(bool(others))
        self._keep_choice()

    def show_nodes(self, choices: Sequence[BoardChoice]) -> None:
        """Show the saved network nodes."""
        self._nodes.show_choices(choices)
        self._keep_choice()

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
            serial = isinstance(choice.address, SerialAddress)
            self._capture.offer(
                choice.capture,
                has_console=serial,
                may_connect_again=not isinstance(choice.address, DemoAddress),
                connects_again=choice.auto_connect,
            )
        self._show_act()

    def begin(self, key: str | None = None) -> None:
        """Get ready to be opened: choose what was used last, or ``key``, and take the focus there."""
        self._field.hide()
        self.choose(key if key is not None else self._best())
        self._focus_chosen()

    # Layout

    def _lay_out(self) -> None:
        for group, title, aside in (
            (self._boards, self.tr("Boards"), self._looking()),
            (self._nodes, self.tr("Network"), self._add),
            (self._demo, self.tr("Demo"), None),
        ):
            self.body.addLayout(_heading(title, aside))
            if group is self._boards:
                self._no_board.setContentsMargins(16, 2, 16, 10)
                self.body.addWidget(self._no_board)
            self.body.addWidget(group)
            if group is self._nodes:
                self.body.addWidget(self._field)
            self.body.addWidget(line())
        self._boards.setFixedWidth(_WIDTH)
        unfold = QHBoxLayout()
        unfold.setContentsMargins(8, 4, 8, 4)
        unfold.addWidget(self._unfold)
        unfold.addStretch(1)
        self.body.addLayout(unfold)
        self.body.addWidget(self._others)
        self.body.addWidget(line())
        foot = QHBoxLayout()
        foot.setContentsMargins(16, 12, 16, 12)
        foot.setSpacing(8)
        foot.addWidget(self._capture, 1)
        foot.addWidget(self._connect, 0, Qt.AlignmentFlag.AlignTop)
        self.body.addLayout(foot)

    def _looking(self) -> QWidget:
        told = QWidget()
        row = QHBoxLayout(told)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(4)
        row.addWidget(IconLabel(self._theme, "refresh", "text_2", 14))
        row.addWidget(label(self.tr("looking every second"), "secondary"))
        return told

    def _join(self) -> None:
        for group in (self._boards, self._nodes, self._demo, self._others):
            group.chosen.connect(self.choose)
            group.opened.connect(self._open)
        self._add.clicked.connect(self._field.begin)
        self._field.node_added.connect(self.node_added)
        self._field.given_up.connect(self._focus_chosen)
        self._unfold.clicked.connect(self._fold_others)
        self._connect.clicked.connect(self._pick)
        for offer in self._demos:
            self._scenarios.addItem(offer.title, offer.scenario)
        self._scenarios.currentIndexChanged.connect(self._scenario_changed)

    # Choosing

    def _rows(self, *, hidden: bool = False) -> list[PickerRow]:
        groups = (self._boards, self._nodes, self._demo, self._others)
        return [row for group in groups if hidden or not group.isHidden() for row in group.rows]

    def _choice(self) -> BoardChoice | None:
        return next((row.choice for row in self._rows(hidden=True) if row.choice.key == self._chosen), None)

    def _best(self) -> str:
        """Return the row to begin with: one that is connected, was used last, or is the first board."""
        choices = [row.choice for row in self._rows()]
        for word in ("connected", "connecting", "last used"):
            for choice in choices:
                if choice.state == word:
                    return choice.key
        return choices[0].key if choices else ""

    def _keep_choice(self) -> None:
        self.choose(self._chosen if self._choice() is not None else self._best())

    def _show_act(self) -> None:
        choice = self._choice()
        self._connect.setEnabled(choice is not None)
        if choice is not None:
            demo = isinstance(choice.address, DemoAddress)
            linked = choice.state in ("connected", "connecting")
            words = self.tr("Start demo") if demo else self.tr("Choose") if linked else self.tr("Connect")
            self._connect.set_look("play" if demo else "check" if linked else "connection", words)

    @Slot()
    def _focus_chosen(self) -> None:
        for row in self._rows():
            if row.choice.key == self._chosen:
                row.setFocus(Qt.FocusReason.OtherFocusReason)

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


def _heading(title: str, aside: QWidget | None) -> QVBoxLayout:
    column = QVBoxLayout()
    column.setContentsMargins(16, 8, 8, 4)
    row = QHBoxLayout()
    row.addWidget(label(title, "small-strong", "secondary"))
    row.addStretch(1)
    if aside is not None:
        row.addWidget(aside)
    column.addLayout(row)
    return column
