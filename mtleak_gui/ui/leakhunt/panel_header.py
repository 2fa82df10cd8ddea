# SPDX-License-Identifier: GPL-3.0-only
"""The title of the Leakhunt panel, and where it may be moved to."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtGui import QIcon, QMouseEvent
from PySide6.QtWidgets import QHBoxLayout, QWidget

from mtleak_gui.ui.theme.theme_keeper import ThemeKeeper
from mtleak_gui.ui.widgets.buttons import IconButton
from mtleak_gui.ui.widgets.labels import ElidedLabel, label

_ICON = 18


class PanelHeader(QWidget):
    """``dock_requested`` asks to be docked at the right, or with False to have a window of its own."""

    dock_requested = Signal(bool)
    close_requested = Signal()

    def __init__(self, theme: ThemeKeeper, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._docked = False
        self.setFixedHeight(36)
        self._title = ElidedLabel(self.tr("Leakhunt"), "card-title")
        self._dock = IconButton(theme, "dock-right", self.tr("Dock right"), kind="quiet", size="small")
        self._close = IconButton(theme, "close", kind="icon", size="small", name=self.tr("Close Leakhunt"))
        row = QHBoxLayout(self)
        row.setContentsMargins(16, 0, 8, 0)
        row.setSpacing(8)
        picture = label()
        picture.setPixmap(QIcon(str(theme.resources / "icons" / "app-icon.svg")).pixmap(_ICON, _ICON))
        row.addWidget(picture)
        row.addWidget(self._title, 1)
        row.addWidget(self._dock)
        row.addWidget(self._close)
        self._dock.clicked.connect(self._dock_clicked)
        self._close.clicked.connect(self.close_requested)

    def set_device(self, name: str) -> None:
        """Name the device that was judged."""
        self._title.setText(f"{self.tr('Leakhunt')}: {name}" if name else self.tr("Leakhunt"))

    def set_docked(self, *, docked: bool) -> None:
        """Offer the other place."""
        self._docked = docked
        self._dock.set_look("open-in-new" if docked else "dock-right", self.tr("Window" if docked else "Dock right"))

    def mousePressEvent(self, event: QMouseEvent) -> None:  # noqa: N802 - Qt's name
        """Move the window that the panel is in, which has no frame of its own."""
        handle = self.window().windowHandle()
        if event.button() == Qt.MouseButton.LeftButton and not self._docked and handle is not None:
            handle.startSystemMove()

    @Slot()
    def _dock_clicked(self) -> None:
        self.dock_requested.emit(not self._docked)
