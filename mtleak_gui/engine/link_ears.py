# SPDX-License-Identifier: GPL-3.0-only
"""What stands between one link after the other and whoever records: it passes on what is heard until it is closed.

``hear`` is called on the threads of links, the rest on those of their keeper.
"""

from __future__ import annotations

import threading
from collections.abc import Callable, Mapping
from typing import cast, get_args

from mtleak_gui.core.contracts import Hear
from mtleak_gui.core.link_trouble import LinkTrouble, TroubleKind
from mtleak_gui.core.records import RawEvent, RawItem

_KINDS = frozenset(get_args(TroubleKind))


class LinkEars:
    """``place`` tells how and where the board is heard, for the event of its connection."""

    def __init__(self, hear: Hear, place: Callable[[], Mapping[str, object]], on_loss: Callable[[], None]) -> None:
        self._hear = hear
        self._place = place
        self._on_loss = on_loss
        self._hearing = threading.Lock()
        self._is_closed = False
        self._established: RawEvent | None = None
        self.trouble: LinkTrouble | None = None
        """Why the last link ended, as far as it said."""
        self.reboot_count: int | None = None
        """What the board said last of how often it has booted."""
        self.last_ts: float | None = None

    def begin(self) -> None:
        """A new link begins to be heard."""
        self.trouble = None

    def close(self) -> None:
        """Pass nothing on any more; nothing is being passed on when this returns."""
        with self._hearing:
            self._is_closed = True

    def hear(self, item: RawItem) -> None:
        """Take one item of the link."""
        if isinstance(item, RawEvent):
            item = self._noted(item)
        # Held while an item is passed on, so that none is when ``close`` has returned.
        with self._hearing:
            if self._is_closed:
                return
            self._hear(item)
        self.last_ts = item.ts
        if isinstance(item, RawEvent) and item.kind == "connection_lost":
            self._on_loss()

    def tell_loss(self, trouble: LinkTrouble) -> None:
        """Record that the link is lost, if it was established and has not said so itself."""
        if (event := self._established) is not None:
            ts = event.ts if self.last_ts is None else self.last_ts
            data = {"kind": trouble.kind}
            self.hear(RawEvent(ts, "connection_lost", None, trouble.sentence, event.port, event.role, data))

    def _noted(self, event: RawEvent) -> RawEvent:
        data = event.data or {}
        if event.kind == "connection_established":
            event = self._established = event._replace(data={**self._place(), **data})
        elif event.kind == "connection_lost":
            self._established = None
            kind = data.get("kind")
            known = cast("TroubleKind", kind) if kind in _KINDS else "other"
            self.trouble = LinkTrouble(known, event.note or "the link ended")
        elif event.kind == "device_info":
            count = data.get("reboot_count")
            self.reboot_count = count if isinstance(count, int) else self.reboot_count
        return event
