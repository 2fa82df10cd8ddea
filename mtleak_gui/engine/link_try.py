# SPDX-License-Identifier: GPL-3.0-only
"""One try to make a link: what it is to know, and whom it tells how it goes."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from mtleak_gui.core.contracts import Link
from mtleak_gui.core.records import HandshakeStep


def _not_told(_step: HandshakeStep, _nodes: int) -> None:
    """Tell nobody."""


@dataclass(frozen=True, slots=True)
class LinkTry:
    """``port`` is the name of the rows, ``device`` where the board is now. Called when the port is open.

    ``node`` is the number of the only node that may answer, where it is known and its place does not prove who it is,
    as it does with ``is_sure``;
    ``was_plugged_in``: the port has only just appeared, so that a board that starts now was not restarted by us;
    ``is_look``: one of many quick tries where nobody was at the last one; ``stepped`` may be called on any thread.
    """

    port: str
    device: str
    opened: Callable[[], None]
    stepped: Callable[[HandshakeStep, int], None] = _not_told
    node: int | None = None
    is_sure: bool = False
    was_plugged_in: bool = False
    is_look: bool = False

    def __call__(self) -> None:
        """The port is open and the handshake begins."""
        self.opened()


LinkFactory = Callable[[LinkTry], Link]
"""Makes a new link."""
