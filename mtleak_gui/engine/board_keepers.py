# SPDX-License-Identifier: GPL-3.0-only
"""The links to all boards that are to be heard. Lives on the GUI thread."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QObject, Signal, Slot

from mtleak_gui.core.contracts import Clock, Hear
from mtleak_gui.core.notice import Notice
from mtleak_gui.core.records import LinkState
from mtleak_gui.engine.acts_desk import ActsDesk
from mtleak_gui.engine.board_links import BoardLink
from mtleak_gui.engine.link_keeper import LinkKeeper


class BoardKeepers(QObject):
    """Keeps links until they are left. A port that is being left can be kept again when it is free."""

    state_changed = Signal(LinkState)
    told = Signal(Notice)
    all_left = Signal()
    """No link is kept and none is being left."""
    port_freed = Signal(str)

    def __init__(
        self, hear: Hear, clock: Clock, name_of: Callable[[str], str], acts: ActsDesk, parent: QObject | None = None
    ) -> None:
        """``clock``: links are tried again in the host's time, however fast a virtual board lives.

        ``name_of`` says how the tester calls the board on a port.
        """
        super().__init__(parent)
        self._hear = hear
        self._clock = clock
        self._name_of = name_of
        self._acts = acts
        self._kept: dict[str, tuple[LinkKeeper, Callable[[], None] | None]] = {}
        self._leaving: dict[str, LinkKeeper] = {}
        self._were_live: set[str] = set()
        self._reasons: dict[str, str | None] = {}

    @property
    def ports(self) -> tuple[str, ...]:
        """The ports that are kept."""
        return tuple(self._kept)

    @property
    def is_idle(self) -> bool:
        """Whether no link is kept and none is being left."""
        return not self._kept and not self._leaving

    def is_leaving(self, port: str) -> bool:
        """Return whether the port is not free yet."""
        return port in self._leaving

    def state(self, port: str) -> LinkState | None:
        """Return where a link stands."""
        kept = self._kept.get(port)
        return None if kept is None else kept[0].state

    def keep(self, link: BoardLink, afterwards: Callable[[], None] | None = None) -> None:
        """Hear a board from now on; ``afterwards`` is called on any thread when it was left."""
        keeper = LinkKeeper(link.port, self._acts.acting(link), self._hear, self._clock)
        keeper.state_changed.connect(self._take)
        keeper.ended.connect(self._ended)
        self._kept[link.port] = (keeper, afterwards)
        keeper.start()

    def leave(self, port: str) -> None:
        """Do not hear a board any more."""
        if (kept := self._kept.pop(port, None)) is None:
            return
        keeper, afterwards = kept
        self._leaving[port] = keeper
        self._were_live.discard(port)
        if self._reasons.pop(port, None) is not None:
            self.told.emit(Notice(_key(port), "info", ""))
        keeper.leave(afterwards)

    def leave_all(self) -> None:
        """Hear nobody any more; ``all_left`` comes when that is so."""
        for port in self.ports:
            self.leave(port)

    @Slot(str)
    def _ended(self, port: str) -> None:
        keeper = self._leaving.pop(port, None)
        if keeper is not None:
            keeper.deleteLater()
        self.port_freed.emit(port)
        if self.is_idle:
            self.all_left.emit()

    @Slot(LinkState)
    def _take(self, state: LinkState) -> None:
        self.state_changed.emit(state)
        port = state.port
        key, name = _key(port), self._name_of(port)
        if state.phase == "live":
            if self._reasons.pop(port, None) is not None:
                self.told.emit(Notice(key, "ok", f"{name} is connected."))
            self._were_live.add(port)
        elif state.phase == "lost":
            self._reasons[port] = state.reason
            self.told.emit(Notice(key, "warn", "Connection lost. Reconnecting…", f"{name}: {state.reason}"))
        elif state.phase == "backing_off" and self._reasons.get(port) != state.reason:
            self._reasons[port] = state.reason
            if port not in self._were_live:
                text = f"{name} cannot be heard yet; it is tried again until you disconnect it."
                self.told.emit(Notice(key, "danger", text, state.reason, sticky=True))


def _key(port: str) -> str:
    return f"link {port}"
