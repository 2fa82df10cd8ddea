# SPDX-License-Identifier: GPL-3.0-only
"""The way through the program on which the pictures are taken."""

from __future__ import annotations

import argparse
import os
import time
from collections.abc import Callable
from pathlib import Path

from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from mtleak_gui.app.application import Application
from mtleak_gui.app.engine_parts import EngineParts
from mtleak_gui.app.window_parts import WindowParts
from mtleak_gui.core.log_filter import LogFilter
from mtleak_gui.engine.crash_reporter import CrashReporter
from mtleak_gui.storage.crash_shelf import CrashShelf
from mtleak_gui.storage.places import Places
from mtleak_gui.ui.leakhunt.leakhunt_panel import LeakhuntPanel
from mtleak_gui.ui.pages.logbook.logbook_page import LogbookPage
from mtleak_gui.ui.pages.settings.settings_page import SettingsPage
from mtleak_gui.ui.requests import LeakhuntRequest
from tests.screenshots.camera import Camera

_FOR_README = frozenset({"heap-light", "heap-dark", "leakhunt-light", "logbook-light", "overview-light"})
_LARGE, _SMALL = (1280, 800), (960, 600)
_WAIT_S = 60.0
_LOOK_MS = 20
_LIVE_MS = 4_000
_FILTER = LogFilter(pattern="leaked heap|freed heap", regex=True)


class StuckError(Exception):
    """The window did not come to where a picture is to be taken. The text names what was awaited."""


def walk(folder: Path, docs: Path, home: Path) -> int:
    """Start the program, take all pictures, end it. Return 0, or 1 when it got stuck."""
    os.chdir(home)
    qt = QApplication(["mtleak-gui"])
    qt.setQuitOnLastWindowClosed(False)
    places = Places.of_system(os.environ)
    crashes = CrashReporter(CrashShelf(places.logs, time.time))
    application = Application(qt, places, argparse.Namespace(demo=None, open=None), crashes)
    camera = Camera(application.theme, application.window, folder, docs, _FOR_README)
    try:
        Walk(application, camera).go()
    except StuckError as stuck:
        print(f"stuck: {stuck}")
        return 1
    finally:
        application.quit()
        _until(lambda: not application.window.isVisible(), "the end of the program")
    print(f"{len(camera.taken)} pictures in {folder} and {docs}")
    return 0


class Walk:
    """Goes from the first run over the pages to the smallest window."""

    def __init__(self, application: Application, camera: Camera) -> None:
        self._application, self._camera = application, camera
        self._window = application.window

    def go(self) -> None:
        """Go the whole way."""
        self._window.resize(*_LARGE)
        self._application.begin()
        _until(lambda: self._application.parts is not None, "the window to be ready")
        self._camera.take("first-run")
        self._start_demo()
        self._camera.take("overview")
        self._page("heap")
        self._page("logbook")
        self._filter()
        self._camera.take("logbook")
        self._judge()
        self._page("reports")
        self._camera.take("reports")
        self._settings()
        self._small()

    @property
    def _engine(self) -> EngineParts:
        engine = self._application.engine
        assert engine is not None
        return engine

    @property
    def _parts(self) -> WindowParts:
        parts = self._application.parts
        assert parts is not None
        return parts

    def _start_demo(self) -> None:
        bench = self._engine.bench
        loaded: list[object] = []
        bench.past_loaded.connect(loaded.append)
        bench.start_demo("leak-threads", hours=6)
        _until(lambda: bool(loaded) and bench.current is not None, "the demo's past")
        _until(lambda: all(session.link.phase == "live" for session in bench.sessions), "the demo to be heard")
        QTest.qWait(_LIVE_MS)

    def _page(self, key: str) -> None:
        self._window.show_page(key)
        _until(lambda: self._window.page(key) is not None, f"the page {key}")
        if key == "heap":
            QTest.qWait(_LIVE_MS)
            self._camera.take("heap")

    def _filter(self) -> None:
        page = self._window.page("logbook")
        assert isinstance(page, LogbookPage)
        page.bar.take(_FILTER)
        QTest.qWait(_LIVE_MS)

    def _judge(self) -> None:
        panel = self._ask("6 h")
        self._window.show_page("heap")
        self._camera.take("leakhunt", panel.window())
        panel.acts()["save_report"]()
        self._ask("3 h").acts()["save_report"]()
        _until(lambda: len(self._engine.shelf.reports()) == 2, "two saved reports")
        self._parts.leakhunt.hide()
        _until(lambda: not self._window.toasts.texts, "the notices to go")

    def _ask(self, span: str) -> LeakhuntPanel:
        session = self._engine.bench.current
        assert session is not None
        host = self._parts.leakhunt
        before = host.panel.judged if isinstance(host.panel, LeakhuntPanel) else None
        host.ask(LeakhuntRequest(session.port, span))
        panel = host.panel
        assert isinstance(panel, LeakhuntPanel)
        _until(lambda: panel.judged is not None and panel.judged is not before, f"the verdict on {span}")
        return panel

    def _settings(self) -> None:
        self._page("settings")
        page = self._window.page("settings")
        assert isinstance(page, SettingsPage)
        for section in ("appearance", "recording", "quick_marks", "rules"):
            page.show_section(section)
            self._camera.take(f"settings-{section.replace('_', '-')}")

    def _small(self) -> None:
        self._window.resize(*_SMALL)
        for key in ("overview", "logbook", "reports", "heap"):
            self._window.show_page(key)
            self._camera.take(f"{key}-small")
        panel = self._ask("6 h")
        dialog = panel.window()
        dialog.resize(_SMALL[0] - 24, _SMALL[1] - 24)
        self._camera.take("leakhunt-small", dialog)


def _until(reached: Callable[[], bool], what: str) -> None:
    deadline = time.monotonic() + _WAIT_S
    while not reached():
        if time.monotonic() > deadline:
            raise StuckError(f"waited for {what} in vain")
        QTest.qWait(_LOOK_MS)
