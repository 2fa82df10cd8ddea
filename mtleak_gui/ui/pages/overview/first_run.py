# SPDX-License-Identifier: GPL-3.0-only
"""What the Overview shows with no board and no recording: three doors."""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt, Signal, Slot
from PySide6.QtGui import QIcon, QPixmap, QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QHBoxLayout, QLabel, QPushButton, QSizePolicy, QVBoxLayout, QWidget

from mtleak_gui.ui.theme.theme_keeper import ThemeKeeper
from mtleak_gui.ui.widgets.buttons import IconButton
from mtleak_gui.ui.widgets.card import Card
from mtleak_gui.ui.widgets.icon_label import IconLabel
from mtleak_gui.ui.widgets.labels import label
from mtleak_gui.ui.widgets.round_icon import RoundIcon

DEMO_SCENARIO = "leak-threads"
_ICON = 64
_DOOR = QSize(292, 268)
_SMALL_DOOR = QSize(268, 240)
_BETWEEN = 16
_NARROW, _LOW = 980, 600


class FirstRun(QWidget):
    """The first door is the filled one: boards are what the program is for."""

    port_picker_requested = Signal()
    open_recording_requested = Signal()
    demo_requested = Signal(str)

    def __init__(self, theme: ThemeKeeper, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._picture = QLabel()
        icon = QIcon(str(theme.resources / "icons" / "app-icon.svg"))
        self._picture.setPixmap(self._pixmap(icon))
        self._doors: list[Card] = []
        column = QVBoxLayout(self)
        column.setContentsMargins(12, 12, 12, 12)
        column.setSpacing(0)
        column.addStretch(5)
        column.addWidget(self._picture, 0, Qt.AlignmentFlag.AlignHCenter)
        column.addSpacing(20)
        column.addWidget(label(self.tr("No board connected"), "headline"), 0, Qt.AlignmentFlag.AlignHCenter)
        column.addSpacing(6)
        told = self.tr("Plug one in, open a recording, or try the demo board.")
        column.addWidget(label(told, "note"), 0, Qt.AlignmentFlag.AlignHCenter)
        column.addSpacing(28)
        column.addLayout(self._rows_of_doors(theme))
        column.addSpacing(24)
        column.addLayout(self._foot(theme))
        column.addStretch(6)

    def minimumSizeHint(self) -> QSize:  # noqa: N802 - Qt's name
        """Return what the smallest doors need, however large they are now."""
        return QSize(3 * _SMALL_DOOR.width() + 2 * _BETWEEN + 24, 440)

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802 - Qt's name
        """Take smaller doors where the window is small."""
        super().resizeEvent(event)
        small = event.size().width() < _NARROW or event.size().height() < _LOW
        side = 16 if small else 24
        for door in self._doors:
            door.setFixedSize(_SMALL_DOOR if small else _DOOR)
            door.body.setContentsMargins(side, side, side, side)

    def _rows_of_doors(self, theme: ThemeKeeper) -> QBoxLayout:
        row = QHBoxLayout()
        row.setSpacing(_BETWEEN)
        row.addStretch(1)
        plug = IconButton(theme, "usb-port", self.tr("Choose a port"), kind="filled")
        plug.clicked.connect(self.port_picker_requested)
        file = IconButton(theme, "folder-open-outline", self.tr("Open recording…"))
        file.clicked.connect(self.open_recording_requested)
        demo = IconButton(theme, "play", self.tr("Start demo"))
        demo.clicked.connect(self._start_demo)
        for icon, title, text, act in (
            (
                "usb-port",
                self.tr("Connect a board"),
                self.tr(
                    "Serial over USB, or a network node. A new board shows up here within a second. "
                    "Its settings stay as they are."
                ),
                plug,
            ),
            (
                "folder-open-outline",
                self.tr("Open a recording"),
                self.tr("A folder of this program or of the MCP recorder. Or drop it on this window."),
                file,
            ),
            (
                "flask-outline",
                self.tr("Try the demo board"),
                self.tr("Slow leak, DEBUG_HEAP on, with six hours of its past. Recorded apart, and marked DEMO."),
                demo,
            ),
        ):
            door = self._door(RoundIcon(theme, icon, "primary", size=48, glyph=26), title, text, act)
            self._doors.append(door)
            row.addWidget(door)
        row.addStretch(1)
        return row

    def _door(self, icon: RoundIcon, title: str, text: str, act: QPushButton) -> Card:
        door = Card(padding=24)
        door.setFixedSize(_DOOR)
        door.body.setSpacing(0)
        door.body.addWidget(icon)
        door.body.addSpacing(14)
        door.body.addWidget(label(title, "app-name"))
        door.body.addSpacing(4)
        door.body.addWidget(label(text, "", "secondary", wrap=True))
        door.body.addStretch(1)
        act.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Fixed)
        door.body.addWidget(act)
        return door

    def _foot(self, theme: ThemeKeeper) -> QHBoxLayout:
        row = QHBoxLayout()
        row.setSpacing(6)
        row.addStretch(1)
        promises = (
            ("lock-outline", self.tr("Nothing leaves this computer")),
            ("keyboard-outline", self.tr("F1 lists all keys")),
        )
        for number, (icon, words) in enumerate(promises):
            if number:
                row.addSpacing(10)
            row.addWidget(IconLabel(theme, icon, "text_2", 16))
            row.addWidget(label(words, "secondary"))
        row.addStretch(1)
        return row

    def _pixmap(self, icon: QIcon) -> QPixmap:
        return icon.pixmap(QSize(_ICON, _ICON), self.devicePixelRatioF())

    @Slot()
    def _start_demo(self) -> None:
        self.demo_requested.emit(DEMO_SCENARIO)
