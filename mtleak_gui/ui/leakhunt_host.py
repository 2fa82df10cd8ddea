# SPDX-License-Identifier: GPL-3.0-only
"""Where the Leakhunt panel is shown: in a window of its own, or docked at the right of the pages."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QObject, QPoint, QSize, Qt, Signal, Slot
from PySide6.QtGui import QCloseEvent, QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QDialog, QSizeGrip, QVBoxLayout, QWidget

from mtleak_gui.ui.main_window import MainWindow
from mtleak_gui.ui.requests import LeakhuntRequest

_SIZE = QSize(1104, 706)
_MARGIN = 24
_DOCKED_WIDTH = 440
_DOWN = QPoint(0, 14)
"""The middle of what is below the header."""

PanelFactory = Callable[[], QWidget]


class LeakhuntHost(QObject):
    """Makes the panel when it is first wanted; it is never destroyed before the window, so a verdict stays."""

    panel_made = Signal(QWidget)

    def __init__(self, window: MainWindow, make_panel: PanelFactory) -> None:
        super().__init__(window)
        self._window = window
        self._make_panel = make_panel
        self._panel: QWidget | None = None
        self._dialog: _Dialog | None = None
        self._docked = False

    @property
    def panel(self) -> QWidget | None:
        """The panel, once it was wanted."""
        return self._panel

    @property
    def docked(self) -> bool:
        """Whether the panel belongs at the right of the pages."""
        return self._docked

    @Slot(object)
    def ask(self, request: LeakhuntRequest) -> None:
        """Show the panel and have it judge."""
        panel = self._shown_panel()
        panel.ask(request)  # type: ignore[attr-defined] # whatever the factory makes has it

    def set_docked(self, *, docked: bool) -> None:
        """Move the panel to the right of the pages, or into its window."""
        if docked == self._docked:
            return
        self._docked = docked
        if self._panel is not None:
            if not docked:
                self._window.dock_right(None)
            self._show(self._panel)

    @Slot()
    def hide(self) -> None:
        """Put the panel away; its verdict stays."""
        self._window.dock_right(None)
        if self._dialog is not None:
            self._dialog.hide()

    def _shown_panel(self) -> QWidget:
        if self._panel is None:
            self._panel = self._make_panel()
            self.panel_made.emit(self._panel)
        self._show(self._panel)
        return self._panel

    def _show(self, panel: QWidget) -> None:
        if self._docked:
            if self._dialog is not None:
                self._dialog.hide()
            panel.setParent(None)
            panel.setFixedWidth(_DOCKED_WIDTH)
            self._window.dock_right(panel)
            return
        panel.setMinimumWidth(0)
        panel.setMaximumWidth(16_777_215)
        if self._dialog is None:
            self._dialog = _Dialog(self._window)
        self._dialog.hold(panel)
        self._dialog.show()
        self._dialog.raise_()
        self._dialog.activateWindow()


class _Dialog(QDialog):
    """Modeless: the window can be used while it is open. The panel's own title row moves it."""

    def __init__(self, window: MainWindow) -> None:
        super().__init__(window, Qt.WindowType.Dialog | Qt.WindowType.FramelessWindowHint)
        self.setWindowTitle(self.tr("Leakhunt"))
        self.setModal(False)
        self.setProperty("kind", "framed")
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(1, 1, 1, 1)
        self._grip = QSizeGrip(self)
        room = window.screen().availableGeometry()
        self.resize(_SIZE.boundedTo(room.size() - QSize(_MARGIN, _MARGIN)))
        corner = window.geometry().center() - self.rect().center() + _DOWN
        x = max(room.left(), min(corner.x(), room.right() - self.width()))
        self.move(x, max(room.top(), min(corner.y(), room.bottom() - self.height())))

    def hold(self, panel: QWidget) -> None:
        if self._column.indexOf(panel) < 0:
            self._column.addWidget(panel)
        panel.show()
        self._grip.raise_()

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802 - Qt's name
        """Keep the grip in its corner."""
        super().resizeEvent(event)
        size = self._grip.sizeHint()
        self._grip.setGeometry(self.width() - size.width(), self.height() - size.height(), size.width(), size.height())

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802 - Qt's name
        """Esc hides; Return belongs to the panel, not to a default button."""
        if event.key() == Qt.Key.Key_Escape:
            self.hide()
        else:
            event.ignore()

    def closeEvent(self, event: QCloseEvent) -> None:  # noqa: N802 - Qt's name
        """Hide, so that the verdict is still there the next time."""
        event.ignore()
        self.hide()
