# SPDX-License-Identifier: GPL-3.0-only
"""The real program in a home of its own, and what a user sees and does with it."""

from __future__ import annotations

import argparse
import gc
import time
from collections.abc import Callable
from pathlib import Path
from typing import Literal, TypeVar

from PySide6.QtCore import QCoreApplication, QEvent, QObject, Qt, QTimer
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QDialog, QWidget
from pytestqt.qtbot import QtBot

from mtleak_gui.app.application import Application
from mtleak_gui.app.engine_parts import EngineParts
from mtleak_gui.app.window_parts import WindowParts
from mtleak_gui.core.addresses import TcpAddress
from mtleak_gui.engine.bench import Bench
from mtleak_gui.engine.crash_reporter import CrashReporter
from mtleak_gui.engine.session import Session
from mtleak_gui.storage.crash_shelf import CrashShelf
from mtleak_gui.ui.leakhunt.leakhunt_panel import LeakhuntPanel
from mtleak_gui.ui.main_window import MainWindow
from mtleak_gui.ui.pages.heap.heap_page import HeapPage
from mtleak_gui.ui.pages.logbook.logbook_page import LogbookPage
from mtleak_gui.ui.pages.reports.reports_page import ReportsPage
from tests.engine.bench_kit import places_in
from tests.ui.hands import the

PATIENCE_MS = 30_000
"""How long a busy machine may take for what usually takes a second or two."""
NONE, CTRL = Qt.KeyboardModifier.NoModifier, Qt.KeyboardModifier.ControlModifier
SHIFT, ALT = Qt.KeyboardModifier.ShiftModifier, Qt.KeyboardModifier.AltModifier
PAGES = ("overview", "heap", "logbook", "reports", "settings")

_Page = TypeVar("_Page", bound=QWidget)
_Dialog = TypeVar("_Dialog", bound=QDialog)


class Program:
    """One run from the start to the end; ``home`` holds its recordings, reports, settings and logs."""

    def __init__(self, qtbot: QtBot, home: Path, *, demo: str | None = None, opened: Path | None = None) -> None:
        self.qtbot = qtbot
        self.places = places_in(home)
        crashes = CrashReporter(CrashShelf(self.places.logs, time.time))
        wish = argparse.Namespace(demo=demo, open=opened)
        self.application = Application(_application(), self.places, wish, crashes)
        self.ended = False
        self.told: list[str] = []
        """All that was told in passing; a toast may be gone before a busy machine looks."""
        self.is_ready = False
        self.application.ready.connect(self._begin_to_hear)
        self.application.begin()
        self.until(lambda: self.is_ready)
        self.until(lambda: all(self.window.page(key) is not None for key in PAGES))
        self.activate(self.window)

    def _begin_to_hear(self) -> None:
        self.bench.told.connect(lambda notice: self.told.append(notice.text))
        self.is_ready = True

    # What there is

    @property
    def window(self) -> MainWindow:
        return self.application.window

    @property
    def engine(self) -> EngineParts:
        assert self.application.engine is not None
        return self.application.engine

    @property
    def parts(self) -> WindowParts:
        assert self.application.parts is not None
        return self.application.parts

    @property
    def bench(self) -> Bench:
        return self.engine.bench

    @property
    def session(self) -> Session:
        """The board that is shown."""
        assert self.bench.current is not None
        return self.bench.current

    @property
    def heap(self) -> HeapPage:
        return self._page("heap", HeapPage)

    @property
    def logbook(self) -> LogbookPage:
        return self._page("logbook", LogbookPage)

    @property
    def reports(self) -> ReportsPage:
        return self._page("reports", ReportsPage)

    @property
    def toasts(self) -> tuple[str, ...]:
        """What is told in passing."""
        return self.window.toasts.texts

    @property
    def status(self) -> str:
        """What the status strip says, in one line."""
        return "; ".join(self.window.status.texts)

    @property
    def panel(self) -> LeakhuntPanel:
        panel = self.parts.leakhunt.panel
        assert isinstance(panel, LeakhuntPanel)
        return panel

    # What a user does

    def until(self, reached: Callable[[], bool]) -> None:
        """Wait until it is so, with the patience that a busy machine needs."""
        self.qtbot.waitUntil(reached, timeout=PATIENCE_MS)

    def show(self, key: str) -> None:
        """Show a page as a click in the sidebar does, with the focus in it."""
        self.window.show_page(key)
        page = self.window.page(key)
        assert page is not None
        page.setFocus()

    def key(self, key: Qt.Key, modifier: Qt.KeyboardModifier = NONE) -> None:
        """Press a key wherever the focus is."""
        QTest.keyClick(self.focused(), key, modifier)

    def keys(self, text: str) -> None:
        """Type wherever the focus is."""
        QTest.keyClicks(self.focused(), text)

    def dialog(self, kind: type[_Dialog]) -> _Dialog:
        """Wait for a dialog of the window, and return it."""
        self.until(lambda: any(one.isVisible() for one in self.window.findChildren(kind)))
        dialog = the(kind, self.window)
        self.activate(dialog)
        return dialog

    def activate(self, window: QWidget) -> None:
        """Wait until the keyboard belongs to a window; there is no window manager that sees to it."""
        window.activateWindow()
        self.until(lambda: QApplication.activeWindow() is window)

    def start_demo(self) -> None:
        """Start the demo from the first door, and wait until its past and its board are there."""
        from tests.ui.hands import press  # the door is a button like any other

        self.show("overview")
        overview = self.window.page("overview")
        assert overview is not None
        press(overview, "Start demo")
        self.demo_runs()

    def demo_runs(self) -> None:
        """Wait until the demo's past is loaded and its board is heard."""
        self.until(lambda: self.bench.current is not None and len(self.bench.current.heap) > 1_000)
        self.is_live(self.session.port)

    def connect(self, address: TcpAddress) -> Session:
        """Connect a board of the network as the picker does, and wait until it is recorded."""
        self.bench.connect_board(address)
        self.is_live(address.port)
        self.until(lambda: self.bench.recorder.running and len(self.session.heap) > 0)
        return self.session

    def is_live(self, port: str) -> Session:
        """Wait until a board is heard; return its session."""

        def live() -> bool:
            session = self.bench.session(port)
            return session is not None and session.link.phase == "live" and session.device is not None

        self.until(live)
        session = self.bench.session(port)
        assert session is not None
        return session

    # The end

    def quit(self) -> None:
        """End as SIGTERM does, and wait for it."""
        self.application.quit()
        self.gone()

    def gone(self) -> None:
        """Wait until the program has ended."""
        self.until(lambda: not self.window.isVisible())
        # The program has told the event loop to end; only a loop of the whole application forgets that again.
        QTimer.singleShot(0, QCoreApplication.quit)
        QCoreApplication.exec()
        self.ended = True

    def delete(self) -> None:
        """End if that was not done, and delete all widgets here and now, in one order."""
        if not self.ended:
            self.quit()
        theme, application = self.application.theme, self.application
        for made in (self.window, application, theme):
            _delete(made)
        gc.unfreeze()

    def focused(self) -> QWidget:
        """Return where keys go."""
        popup = QApplication.activePopupWidget()
        if isinstance(popup, QWidget):
            inside: QWidget | None = popup.focusWidget()
            return popup if inside is None else inside
        if QApplication.activeWindow() is None:
            self.activate(self.window)
        window = QApplication.activeWindow()
        assert window is not None
        focused: QWidget | None = window.focusWidget()
        return window if focused is None else focused

    def _page(self, key: Literal["heap", "logbook", "reports"], kind: type[_Page]) -> _Page:
        page = self.window.page(key)
        assert isinstance(page, kind)
        return page


def _application() -> QApplication:
    application = QApplication.instance()
    assert isinstance(application, QApplication)
    return application


def _delete(made: QObject) -> None:
    made.deleteLater()
    QCoreApplication.sendPostedEvents(made, QEvent.Type.DeferredDelete)
