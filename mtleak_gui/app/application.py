# SPDX-License-Identifier: GPL-3.0-only
"""The program's life: the window at once, everything heavy behind its first paint, and a clean end in bounded time."""

from __future__ import annotations

import argparse
import gc
import logging
import time
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QThread, QTimer, Signal, Slot
from PySide6.QtGui import QIcon
from PySide6.QtWidgets import QApplication

from mtleak_gui.core.addresses import DemoAddress
from mtleak_gui.core.notice import Notice
from mtleak_gui.engine.crash_reporter import CrashReporter
from mtleak_gui.engine.demo_folders import remove_folder
from mtleak_gui.engine.demo_start import HOURS, DemoStart
from mtleak_gui.engine.disk_worker import DiskWorker
from mtleak_gui.engine.garbage_turns import GarbageTurns
from mtleak_gui.engine.query_runner import QueryRunner
from mtleak_gui.engine.settings_keeper import SettingsKeeper
from mtleak_gui.storage.places import Places
from mtleak_gui.storage.settings_file import SettingsFile
from mtleak_gui.ui.main_window import MainWindow
from mtleak_gui.ui.page_table import PAGES
from mtleak_gui.ui.theme.assets import resource_folder
from mtleak_gui.ui.theme.theme_keeper import ThemeKeeper

if TYPE_CHECKING:
    from mtleak_gui.app.engine_parts import EngineParts
    from mtleak_gui.app.host_parts import HostParts
    from mtleak_gui.app.single_instance import StartWish
    from mtleak_gui.app.window_parts import WindowParts

_PREPARE_AFTER_MS = 600
"""By then the window answers, and boards that connect by themselves have begun to."""

LONGEST_END_S = 5.0
"""How long an end may take that the user does not watch: the system kills what takes longer at a logout."""
_TURN_S = 0.005

log = logging.getLogger(__name__)


class Application(QObject):
    """``begin`` shows the window; ``ready`` comes when it can do everything; ``quit`` ends without asking."""

    ready = Signal()
    ending = Signal()
    """Nothing new is begun any more."""

    def __init__(self, qt: QApplication, places: Places, wish: argparse.Namespace, crashes: CrashReporter) -> None:
        super().__init__(qt)
        self._qt = qt
        self._places = places
        self._wish = wish
        self._crashes = crashes
        self._ending = False
        self.ended = False
        self._garbage = GarbageTurns(self)
        self._garbage.start()
        self.engine: EngineParts | None = None
        self.host: HostParts | None = None
        self.parts: WindowParts | None = None
        self.queries = QueryRunner(self)
        self.demo = DemoStart(self.queries, self)
        self._work_ahead()
        self.disk = DiskWorker(self)
        file = SettingsFile(places.settings)
        loaded = file.load()
        self._told = loaded.told
        self.settings = SettingsKeeper(loaded.settings, file, self.disk, self)
        resources = resource_folder()
        qt.setWindowIcon(QIcon(str(resources / "icons" / "app-icon.svg")))
        self.theme = ThemeKeeper(qt, resources, loaded.settings.appearance.theme)
        self.window = MainWindow(self.theme, PAGES)
        self.window.set_sidebar_folded(folded=loaded.settings.window.sidebar_collapsed)
        self.window.first_painted.connect(self._load)

    def begin(self) -> None:
        """Show the window."""
        self.window.show()

    @Slot(object)
    def come_forward(self, wish: StartWish) -> None:
        """Show the window to somebody who started the program again, and what was asked for, once it can."""
        if self.window.isMinimized():
            self.window.showNormal()
        self.window.raise_()
        self.window.activateWindow()
        self._qt.alert(self.window)
        if self._ending:
            return
        if self.parts is None:
            if wish.open is not None or wish.demo is not None:
                self._wish.open, self._wish.demo = wish
        elif wish.open is not None:
            self.parts.opening.open_path(wish.open)
        elif wish.demo is not None:
            self.parts.opening.start_demo(wish.demo)

    @Slot()
    def quit(self) -> None:
        """End: links, recorder, query process, files, window; nothing is asked."""
        if self._ending:
            return
        self._ending = True
        self.ending.emit()
        if self.parts is not None:
            self.parts.remember()
        if self.host is not None:
            self.host.stop()
        if self.engine is None:
            self._leave_early()
        else:
            self.engine.stop(self._leave)

    @Slot()
    def end_now(self) -> None:
        """End like ``quit``, but return when that is done or takes too long; the event loop may be over already."""
        self.quit()
        deadline = time.monotonic() + LONGEST_END_S
        while not self.ended and time.monotonic() < deadline:
            # Not the system's events: where the display is gone, Xlib ends the program on the spot.
            self._qt.sendPostedEvents()
            time.sleep(_TURN_S)

    @property
    def runs_on(self) -> bool:
        """Whether a thread of ours still works, which after the end should not be."""
        return any(thread.isRunning() for thread in self.findChildren(QThread))

    def _work_ahead(self) -> None:
        """Begin with what the window is to show first, while it is being made."""
        if self._wish.demo is not None:
            self.demo.prepare(DemoAddress(self._wish.demo), HOURS)
        elif self._wish.open is not None:
            self.queries.start()

    @Slot()
    def _load(self) -> None:
        log.info("The window is shown")
        # numpy, the engine and the pages cost most of the start; the window stands already.
        from mtleak_gui.app.engine_parts import EngineParts  # noqa: PLC0415
        from mtleak_gui.app.host_parts import HostParts  # noqa: PLC0415
        from mtleak_gui.app.window_parts import WindowParts  # noqa: PLC0415
        from mtleak_gui.ui.crash_telling import CrashTelling  # noqa: PLC0415

        if self._ending:
            return
        self.engine = EngineParts(self._places, self.settings, self.disk, self, queries=self.queries, demo=self.demo)
        self.parts = WindowParts(self.window, self.engine, self.theme, self.settings, self)
        self.host = HostParts(self.engine.bench, self.settings, self)
        self.parts.quit_confirmed.connect(self.quit)
        telling = CrashTelling(self._crashes, self.disk, self.theme, self.window)
        telling.quit_chosen.connect(self.quit)
        for number, sentence in enumerate(self._told):
            self.parts.tell(Notice(f"settings_{number}", "warn", sentence, sticky=True))
        self.engine.start()
        telling.offer_unseen()
        self._do_wish()
        # What stands now stands to the end: looking through it for garbage would stop the window for 50 ms at times.
        gc.freeze()
        log.info("The window is ready")
        self.ready.emit()

    def _do_wish(self) -> None:
        if self.engine is None or self.parts is None:
            return
        if self._wish.demo is not None:
            self.engine.bench.start_demo(self._wish.demo)
        elif self._wish.open is not None:
            self.parts.opening.open_path(self._wish.open.absolute())
        else:
            QTimer.singleShot(_PREPARE_AFTER_MS, self, self.engine.bench.prepare_demo)

    def _leave_early(self) -> None:
        """End what works before the rest is loaded."""
        self.queries.stop()
        self.demo.left_behind.connect(remove_folder)
        self.demo.cancel()
        self._leave()

    def _leave(self) -> None:
        if (sentence := self.settings.stop()) is not None:
            log.error("%s", sentence)
        self.disk.stop()
        self.window.let_close()
        self._garbage.stop()
        self.ended = True
        self._qt.exit(0)
