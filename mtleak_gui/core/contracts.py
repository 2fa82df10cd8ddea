# SPDX-License-Identifier: GPL-3.0-only
"""What one layer may ask of another, as protocols: whoever is handed one of these needs to know nothing else."""

from __future__ import annotations

from collections.abc import Callable
from typing import Protocol

from mtleak_gui.core.records import DeviceInfo, RawItem

Hear = Callable[[RawItem], None]
"""Takes one raw item from any thread; never blocks, never raises."""


class Clock(Protocol):
    """Wall and monotonic time in seconds. A demo board's clock runs faster than the host's."""

    def wall(self) -> float:
        """Return the epoch time."""

    def monotonic(self) -> float:
        """Return seconds that never go backwards."""


class Link(Protocol):
    """One way to hear one board. Used by one thread only, except ``close``."""

    @property
    def port(self) -> str:
        """The name under which rows of this link are recorded."""

    @property
    def role(self) -> str:
        """``serial``, ``tcp``, ``ble``, ``serial_session`` (console) or ``demo``."""

    def open(self, hear: Hear) -> DeviceInfo | None:
        """Connect; block until the board is ready to be heard. Return what it said about itself.

        Raises ``LinkError`` with a sentence for the tester.
        """

    def is_alive(self) -> bool:
        """Return whether the link can still hear the board."""

    def close(self) -> None:
        """Stop hearing. May be called from any thread and more than once; never raises."""


class LinkError(Exception):
    """A board could not be opened. The text says what happened and what to do."""
