# SPDX-License-Identifier: GPL-3.0-only
"""Ports that a test plugs and pulls, and settings in a real file, for tests of what hangs on them."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from mtleak_gui.core.port_offer import PortOffer
from mtleak_gui.core.settings import Settings
from mtleak_gui.engine.disk_worker import DiskWorker
from mtleak_gui.engine.port_watch import PortWatch
from mtleak_gui.engine.settings_keeper import SettingsKeeper
from mtleak_gui.storage.settings_file import SettingsFile

BRIDGE = PortOffer(
    "/dev/ttyUSB9",
    "CP210x bridge",
    "Heltec, T-Lora or DIY family",
    "likely",
    "usb:10c4:ea60@1-2",
    vid_pid="10c4:ea60",
    identity_words="socket 1-2, no stable id",
    socket="1-2",
)
PROBE = PortOffer("/dev/ttyACM9", "J-Link", "debug probe", "other", "usb:1366:0105:1", stable=True, vid_pid="1366:0105")


class Plugs:
    """A ``PortLister`` whose plugs the test pulls; real ones cannot be had here."""

    def __init__(self, *offers: PortOffer) -> None:
        self.plugged: tuple[PortOffer, ...] = offers

    def offers(self) -> tuple[PortOffer, ...]:
        """Return what is plugged in."""
        return self.plugged


@contextmanager
def looking(plugs: Plugs) -> Iterator[PortWatch]:
    """Watch ports."""
    watch = PortWatch(plugs)
    try:
        yield watch
    finally:
        watch.stop()


@contextmanager
def keeping(folder: Path, settings: Settings) -> Iterator[SettingsKeeper]:
    """Keep settings in a real file."""
    disk = DiskWorker()
    keeper = SettingsKeeper(settings, SettingsFile(folder / "settings"), disk)
    try:
        yield keeper
    finally:
        keeper.stop()
        disk.stop()
