# SPDX-License-Identifier: GPL-3.0-only
"""What works behind the window: the bench, the query process, the shelf of reports."""

from __future__ import annotations

import time
from collections.abc import Callable
from functools import partial
from pathlib import Path

from PySide6.QtCore import QObject, Slot

from mtleak_gui.core.recording_options import RecordingOptions
from mtleak_gui.core.settings import Recording, Settings
from mtleak_gui.engine.asking_memory import AskingMemory
from mtleak_gui.engine.bench import Bench
from mtleak_gui.engine.bluetooth_scan import BluetoothScan
from mtleak_gui.engine.board_memory import BoardMemory
from mtleak_gui.engine.demo_folders import remove_folder, remove_leftovers
from mtleak_gui.engine.demo_start import DemoStart
from mtleak_gui.engine.disk_worker import DiskWorker
from mtleak_gui.engine.known_boards import KnownBoards
from mtleak_gui.engine.port_watch import PortWatch
from mtleak_gui.engine.port_welcome import PortWelcome
from mtleak_gui.engine.query_runner import QueryRunner
from mtleak_gui.engine.settings_keeper import SettingsKeeper
from mtleak_gui.link.port_offers import SystemPorts
from mtleak_gui.storage.places import Places
from mtleak_gui.storage.report_shelf import ReportShelf
from mtleak_gui.storage.system_clock import SystemClock

_MIB = 1024 * 1024
_MB = 1_000_000


class EngineParts(QObject):
    """Builds the parts, hands settings to them, and ends them in order."""

    def __init__(
        self,
        places: Places,
        settings: SettingsKeeper,
        disk: DiskWorker,
        parent: QObject,
        *,
        queries: QueryRunner,
        demo: DemoStart,
    ) -> None:
        """``queries`` and ``demo`` may have begun to work already; they end with the rest."""
        super().__init__(parent)
        self.places = _with_folder(places, settings.settings.recording)
        self.disk = disk
        self.queries = queries
        self.shelf = ReportShelf(places.reports, time.time)
        self.ports = PortWatch(SystemPorts(), self)
        self.bench = Bench(self.places, self.queries, SystemClock(), _options(settings.settings), self, demo=demo)
        self.ports.ports_changed.connect(self.bench.take_offers)
        self.known = KnownBoards(self.bench, settings, self.ports, self)
        self.memory = BoardMemory(self.bench, self.known, self)
        self.bluetooth = BluetoothScan(parent=self)
        self.asking = AskingMemory(self.bench, self.known, self)
        self.welcome = PortWelcome(self.bench, self.ports, self.known, self)
        self._left_behind: list[Path] = []
        demo.left_behind.connect(self._left_behind.append)
        settings.changed.connect(self._take_settings)

    def start(self) -> None:
        """Begin to work."""
        self.queries.start()
        self.bench.start()
        # What was deleted the last time can no longer be undone.
        self.disk.run(self.shelf.forget_deleted, self)
        self.disk.run(partial(remove_leftovers, time.time()), self)
        self.ports.start()
        self.welcome.connect_others()

    def stop(self, then: Callable[[], None]) -> None:
        """End links, recorder and query process, then call ``then``."""

        def ended() -> None:
            self.queries.stop()
            # The process that was stopped may have gone on writing where a demo had been removed already.
            for folder in self._left_behind:
                remove_folder(folder)
            then()

        self.ports.stop()
        self.bluetooth.close()
        self.bench.close(ended)

    @Slot(object)
    def _take_settings(self, settings: Settings) -> None:
        self.bench.set_options(_options(settings))


def _options(settings: Settings) -> RecordingOptions:
    recording = settings.recording
    return RecordingOptions(
        auto_record=recording.auto_record,
        part_bytes=recording.part_mib * _MIB,
        archives_kept=recording.archives_kept,
        reserve_bytes=recording.reserve_mb * _MB,
    )


def _with_folder(places: Places, recording: Recording) -> Places:
    """Return the places with the user's folder of recordings."""
    if recording.folder is None:
        return places
    return Places(Path(recording.folder), places.reports, places.settings, places.logs)
