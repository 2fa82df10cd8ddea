# SPDX-License-Identifier: GPL-3.0-only
"""Who one device is and how it is heard. Lives on the GUI thread."""

from __future__ import annotations

import time
from typing import Literal

from PySide6.QtCore import QObject, Signal

from mtleak_gui.core import wording
from mtleak_gui.core.board_acts import ActsState
from mtleak_gui.core.link_trouble import LinkTrouble
from mtleak_gui.core.records import DeviceInfo, LinkState
from mtleak_gui.core.rows import CONSOLE_ROLE
from mtleak_gui.engine.session_device import short_port

Capture = Literal["API", "Console"]
_LONGEST_NAME = 80


class SessionIdentity(QObject):
    """The port, the link, and what the board said about itself."""

    changed = Signal()
    """Anything but samples: device, link, DEBUG_HEAP, name."""

    def __init__(
        self,
        port: str,
        role: str,
        *,
        demo: bool = False,
        read_only: bool = False,
        saved_name: str | None = None,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self.port = port
        self.role = role
        self.capture: Capture = _capture_of(role)
        self.demo = demo
        self.read_only = read_only
        self.link = LinkState("closed", port)
        self.trouble: LinkTrouble | None = None
        """Why the board cannot be heard; it stays while that is tried again, and goes when it is heard or left."""
        self.number = 0
        """The board's place among those of the recording, which fixes its colour."""
        self._link_since = time.monotonic()
        self._gone_since: float | None = None
        self.device: DeviceInfo | None = None
        self.acts = ActsState()
        """What is asked of the board."""
        self._saved_name = saved_name

    @property
    def name(self) -> str:
        """The saved name, else the one that the board has, else the last part of the port: one printable line."""
        told = (self.device.long_name, self.device.short_name) if self.device else ()
        named = (wording.single_line(name, _LONGEST_NAME) for name in (self._saved_name, *told) if name)
        return next(filter(None, named), "") or wording.single_line(short_port(self.port), _LONGEST_NAME)

    @property
    def firmware(self) -> str | None:
        """The firmware's version."""
        return self.device.firmware if self.device else None

    @property
    def environment(self) -> str | None:
        """The PlatformIO environment that the firmware was built for."""
        return self.device.environment if self.device else None

    @property
    def hardware(self) -> str | None:
        """The hardware model, as ``mesh.proto`` names it."""
        return self.device.hardware if self.device else None

    @property
    def region(self) -> str | None:
        """The LoRa region."""
        return self.device.region if self.device else None

    def save_name(self, name: str | None) -> None:
        """Call the device by a name that the tester chose; ``None`` takes it away."""
        if name != self._saved_name:
            self._saved_name = name
            self.changed.emit()

    def heard_as(self, role: str) -> None:
        """Take note of the role of its rows from now on."""
        if role != self.role:
            self.role = role
            self.capture = _capture_of(role)
            self.changed.emit()

    def set_acts(self, acts: ActsState) -> None:
        """Take what is asked of the board."""
        if acts != self.acts:
            self.acts = acts
            self.changed.emit()

    def set_link(self, state: LinkState) -> None:
        """Take where the link stands."""
        now = time.monotonic()
        # A wait that goes on with another reason is still the same wait.
        if (state.phase, state.attempt, state.retry_in) != (self.link.phase, self.link.attempt, self.link.retry_in):
            self._link_since = now
        if state.phase == "live":
            self._gone_since = None
        elif self._gone_since is None:
            self._gone_since = now
        self.link = state
        if state.phase in ("live", "closed"):
            self.trouble = None
        elif state.trouble is not None or state.reason:
            self.trouble = state.trouble or LinkTrouble("other", state.reason or "")
        self.changed.emit()

    def link_age(self) -> float:
        """Return for how long the link has stood where it stands, in seconds of the host."""
        return time.monotonic() - self._link_since

    def gone_for(self) -> float:
        """Return for how long the board has not been heard, in seconds of the host; 0 while it is."""
        return 0.0 if self._gone_since is None else time.monotonic() - self._gone_since


def _capture_of(role: str) -> Capture:
    return "Console" if role == CONSOLE_ROLE else "API"
