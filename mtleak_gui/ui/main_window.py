# SPDX-License-Identifier: GPL-3.0-only
"""The window: header, sidebar, the page that is shown, status strip and toasts. It knows no page by name."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from PySide6.QtCore import Qt, QTimer, Signal, Slot
from PySide6.QtGui import QCloseEvent, QDragEnterEvent, QDropEvent, QKeyEvent, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QMainWindow, QMenu, QStackedWidget, QVBoxLayout, QWidget

from mtleak_gui.ui.header.header import Header
from mtleak_gui.ui.keyboard import Acts, Keyboard
from mtleak_gui.ui.page import HasActs
from mtleak_gui.ui.sidebar import PageEntry, Sidebar
from mtleak_gui.ui.status.status_strip import StatusStrip
from mtleak_gui.ui.theme.theme_keeper import ThemeKeeper
from mtleak_gui.ui.widgets.toasts import Toasts

_NARROW_BELOW = 1100
_SMALLEST = (960, 600)
_USUAL = (1280, 800)

PageFactory = Callable[[], QWidget]


class MainWindow(QMainWindow):
    """Pages are made when they are first shown, or ahead of that by ``make_page``."""

    page_shown = Signal(str)
    page_made = Signal(str, QWidget)
    first_painted = Signal()
    """Once: whatever is heavy may be loaded from now on."""
    close_requested = Signal()
    """The user wants the window closed; ``let_close`` allows it."""
    file_dropped = Signal(str)

    def __init__(
        self, theme: ThemeKeeper, entries: tuple[PageEntry, ...], factories: Mapping[str, PageFactory] | None = None
    ) -> None:
        super().__init__()
        self._factories = dict(factories or {})
        self._pages: dict[str, QWidget] = {}
        self._shown = ""
        self._folded = False
        self._may_close = False
        self._painted = False
        self._window_acts: Acts = {}
        self.more_menu = QMenu(self)
        self.header = Header(theme, self.more_menu, self)
        self.sidebar = Sidebar(theme, entries, self)
        self.status = StatusStrip(theme, self)
        self._stack = QStackedWidget(self)
        self._dock_place = QHBoxLayout()
        self._lay_out()
        self.toasts = Toasts(theme, self._stack)
        self.keyboard = Keyboard(self, self._acts_now)
        self.sidebar.page_chosen.connect(self.show_page)
        self.header.sidebar_fold_requested.connect(self.fold_sidebar)
        self.setWindowTitle("MT Leakhunt")
        self.setMinimumSize(*_SMALLEST)
        self.resize(*_USUAL)
        self.setAcceptDrops(True)

    @property
    def shown_page(self) -> str:
        """The key of the page that is shown."""
        return self._shown

    @property
    def sidebar_folded(self) -> bool:
        """Whether the user folded the sidebar; a small window folds it by itself."""
        return self._folded

    def set_pages(self, factories: Mapping[str, PageFactory]) -> None:
        """Say how pages are made."""
        self._factories = dict(factories)

    def set_acts(self, acts: Acts) -> None:
        """Set what can be done on every page."""
        self._window_acts = acts

    def page(self, key: str) -> QWidget | None:
        """Return a page if it has been made."""
        return self._pages.get(key)

    def make_page(self, key: str) -> QWidget:
        """Return a page, made now if it was not. Raises ``KeyError`` for a key that there is not."""
        if key not in self._pages:
            page = self._factories[key]()
            self._pages[key] = page
            self._stack.addWidget(page)
            self.page_made.emit(key, page)
        return self._pages[key]

    @Slot(str)
    def show_page(self, key: str) -> None:
        """Show a page; one that there is not is passed over."""
        if key not in self._factories:
            return
        self._stack.setCurrentWidget(self.make_page(key))
        # A page that is turned to comes above all else in the stack.
        self.toasts.raise_()
        self.sidebar.choose(key)
        if key != self._shown:
            self._shown = key
            self.page_shown.emit(key)

    def dock_right(self, panel: QWidget | None) -> None:
        """Show a panel at the right of the pages, or with ``None`` take it away; its owner keeps it."""
        while (item := self._dock_place.takeAt(0)) is not None:
            widget = item.widget()
            if widget is not None and widget is not panel:
                widget.hide()
        if panel is not None:
            self._dock_place.addWidget(panel)
            panel.show()

    @Slot()
    def fold_sidebar(self) -> None:
        """Fold the sidebar to icons, or unfold it."""
        self.set_sidebar_folded(folded=not self._folded)

    def set_sidebar_folded(self, *, folded: bool) -> None:
        """Show the sidebar as icons alone, or with words where the window is wide enough."""
        self._folded = folded
        self._fit_sidebar()

    def let_close(self) -> None:
        """Close the window without asking any more."""
        self._may_close = True
        self.close()

    def _lay_out(self) -> None:
        ground = QWidget(self)
        ground.setProperty("kind", "page")
        column = QVBoxLayout(ground)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        self.header.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.sidebar.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        column.addWidget(self.header)
        row = QHBoxLayout()
        row.setSpacing(0)
        row.addWidget(self.sidebar)
        row.addWidget(self._stack, 1)
        row.addLayout(self._dock_place)
        column.addLayout(row, 1)
        column.addWidget(self.status)
        self.setCentralWidget(ground)
        # Nothing is ringed until the user goes by keyboard.
        ground.setFocusPolicy(Qt.FocusPolicy.ClickFocus)
        ground.setFocus()

    def _fit_sidebar(self) -> None:
        narrow = self._folded or self.width() < _NARROW_BELOW
        if narrow != self.sidebar.narrow:
            self.sidebar.set_narrow(narrow=narrow)
            self.header.set_narrow(narrow=narrow)

    def _acts_now(self) -> tuple[str, Acts]:
        page: object = self._pages.get(self._shown)
        own: Acts = page.acts() if isinstance(page, HasActs) else {}
        return self._shown, {**self._window_acts, **own}

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802 - Qt's name
        """Fold the sidebar where room is short."""
        super().resizeEvent(event)
        self._fit_sidebar()

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: N802 - Qt's name
        """Tell the first time."""
        super().paintEvent(event)
        if not self._painted:
            self._painted = True
            QTimer.singleShot(0, self.first_painted.emit)

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802 - Qt's name
        """Take the keys that no widget wanted."""
        if not self.keyboard.take_key(event):
            super().keyPressEvent(event)

    def closeEvent(self, event: QCloseEvent) -> None:  # noqa: N802 - Qt's name
        """Ask before closing; whoever decides calls ``let_close``."""
        if self._may_close:
            event.accept()
        else:
            event.ignore()
            self.close_requested.emit()

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:  # noqa: N802 - Qt's name
        """Take a recording's folder or file."""
        if event.mimeData().hasUrls():
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:  # noqa: N802 - Qt's name
        """Tell what was dropped."""
        for url in event.mimeData().urls()[:1]:
            if url.isLocalFile():
                self.file_dropped.emit(url.toLocalFile())
