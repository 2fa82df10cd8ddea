# SPDX-License-Identifier: GPL-3.0-only
"""What concerns this computer: it is kept awake while a recording runs, and its sleeps are recorded."""

from __future__ import annotations

from PySide6.QtCore import QObject, Slot

from mtleak_gui.engine.bench import Bench
from mtleak_gui.engine.host_sleep import HostSleepWatch, host_clocks
from mtleak_gui.engine.keep_awake import KeepAwake, keep_awake_here
from mtleak_gui.engine.settings_keeper import SettingsKeeper
from mtleak_gui.storage.system_clock import SystemClock


class HostParts(QObject):
    """``stop`` lets the computer sleep again."""

    def __init__(self, bench: Bench, settings: SettingsKeeper, parent: QObject) -> None:
        super().__init__(parent)
        self._bench, self._settings = bench, settings
        self._awake: KeepAwake = keep_awake_here()
        self._held = False
        self._watch = HostSleepWatch(SystemClock(), host_clocks(), self)
        self._watch.slept.connect(bench.hear)
        self._watch.start()
        bench.recorder_changed.connect(self._follow)
        settings.changed.connect(self._follow)

    def stop(self) -> None:
        """End."""
        self._watch.stop()
        self._hold(wanted=False)

    @Slot()
    def _follow(self) -> None:
        recorder = self._bench.recorder
        # Nobody needs a computer that is awake all night for a demo.
        self._hold(wanted=recorder.running and not recorder.demo and self._settings.settings.recording.keep_awake)

    def _hold(self, *, wanted: bool) -> None:
        if wanted != self._held:
            self._held = wanted
            if wanted:
                self._awake.hold()
            else:
                self._awake.release()
