# SPDX-License-Identifier: GPL-3.0-only
"""One serial port as the port picker offers it."""

from __future__ import annotations

from typing import Literal, NamedTuple


class PortOffer(NamedTuple):
    """What the system says of a port, and which board that makes likely.

    ``key`` is the board's identity: its serial number, or where it has none the USB socket it sits in (then ``stable``
    is false, and the board in another socket counts as another one). ``vid_pid`` is ``10c4:ea60``, ``None`` for a port
    that is not USB. ``in_use_by`` names the program that holds the port open, as far as the system tells.
    """

    device: str
    title: str
    subtitle: str
    kind: Literal["likely", "other"]
    key: str
    stable: bool = False
    vid_pid: str | None = None
    identity_words: str = ""
    socket: str | None = None
    in_use_by: str | None = None

    @property
    def name(self) -> str:
        """The short name: ``ttyUSB0``, ``COM5``."""
        return self.device.rsplit("/", 1)[-1]
