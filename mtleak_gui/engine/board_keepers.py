# SPDX-License-Identifier: GPL-3.0-only
"""The links to all boards that are to be heard. Lives on the GUI thread."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QObject, Signal, Slot

from mtleak_gui.core.candidates import Candidates
from mtleak_gui.core.contracts import Clock, Hear
from mtleak_gui.core.notice import Notice
from mtleak_gui.core.port_offer import PortOffer
from mtleak_gui.core.records import LinkState
from mtleak_gui.engine.acts_desk import ActsDesk
from mtleak_gui.engine.board_links import BoardLink
from mtleak_gui.engine.link_keeper import LinkKeeper
from mtleak_gui.engine.link_notices import LinkNotices
from mtleak_gui.engine.port_names import device_named_in, free_port_name


class BoardKeepers(QObject):
    """Keeps links until they are left. A port that is being left can be kept again when it is free.

    A port is the name under which a board is recorded; the device where it is may be another one by now.
    """

    state_changed = Signal(LinkState)
    told = Signal(Notice)
    candidates_found = Signal(object)
    """``Candidates``."""
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
        self._notices = LinkNotices(name_of)
        self._acts = acts
        self._kept: dict[str, tuple[LinkKeeper, Callable[[], None] | None]] = {}
        self._leaving: dict[str, LinkKeeper] = {}
        self._movable: set[str] = set()
        self._keys: dict[str, str] = {}
        """Who was heard on each port that was left."""
        self._offers: tuple[PortOffer, ...] | None = None
        self._came_at: dict[str, float] = {}
        """When each device appeared (monotonic seconds), if that was seen."""

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

    def device(self, port: str) -> str:
        """Return where the board is that is recorded as ``port``, or was last."""
        kept = self._kept.get(port)
        return device_named_in(port) if kept is None else kept[0].device

    def port_at(self, device: str) -> str | None:
        """Return the port whose board is on a device, ``None`` when none of ours is."""
        return next((keeper.port for keeper, _ in self._kept.values() if device == _seat(keeper)), None)

    def name_for(self, device: str) -> str:
        """Return the name for the rows of whoever is on a device: the one it has or had, never one of another board."""
        if (here := self.port_at(device)) is not None:
            return here
        key = next((offer.key for offer in self._offers or () if offer.device == device), None)
        of_others = {port for port, before in self._keys.items() if key is not None and before != key}
        return free_port_name(device, {*self._kept, *of_others})

    def key_before(self, port: str) -> str | None:
        """Return who was heard on a port before it was left."""
        return self._keys.get(port)

    def port_of(self, offer: PortOffer) -> str | None:
        """Return the port whose board is on an offered device, or is awaited and could be the one there."""
        if (port := self.port_at(offer.device)) is not None:
            return port
        awaited = (keeper for keeper, _ in self._kept.values() if keeper.state.phase != "live")
        return next((keeper.port for keeper in awaited if keeper.key == offer.key), None)

    def keep(self, link: BoardLink, afterwards: Callable[[], None] | None = None) -> None:
        """Hear a board from now on; ``afterwards`` is called on any thread when it was left."""
        device = link.device or link.port
        keeper = LinkKeeper(link.port, self._acts.acting(link), self._hear, self._clock, device=device)
        keeper.state_changed.connect(self._take)
        keeper.ended.connect(self._ended)
        self._kept[link.port] = (keeper, afterwards)
        if link.is_movable:
            self._movable.add(link.port)
            keeper.expect(link.key)
        keeper.came_at(self._came_at.get(device))
        self._look()
        keeper.start()

    def leave(self, port: str) -> None:
        """Do not hear a board any more."""
        if (kept := self._kept.pop(port, None)) is None:
            return
        keeper, afterwards = kept
        self._leaving[port] = keeper
        self._movable.discard(port)
        if keeper.key is not None:
            self._keys[port] = keeper.key
        if (notice := self._notices.left(port)) is not None:
            self.told.emit(notice)
        self.candidates_found.emit(Candidates(port, self._name_of(port), ()))
        keeper.leave(afterwards)

    def leave_all(self) -> None:
        """Hear nobody any more; ``all_left`` comes when that is so."""
        for port in self.ports:
            self.leave(port)

    def try_now(self, port: str) -> None:
        """Do not wait any longer for the next try to hear a board."""
        if (kept := self._kept.get(port)) is not None:
            kept[0].try_now()

    def check_all(self) -> None:
        """Find out at once whether each board is still heard."""
        for keeper, _ in self._kept.values():
            keeper.check()

    def take_offers(self, offers: tuple[PortOffer, ...]) -> None:
        """Take the serial ports that there are now: boards are followed to other ports."""
        before = None if self._offers is None else {offer.device for offer in self._offers}
        there = {offer.device for offer in offers}
        self._came_at = {device: at for device, at in self._came_at.items() if device in there}
        if before is not None:
            now = self._clock.monotonic()
            self._came_at |= dict.fromkeys(there - before, now)
        self._offers = offers
        self._look()

    def choose(self, port: str, device: str) -> None:
        """Take the tester's word for where a board is."""
        offer = next((offer for offer in self._offers or () if offer.device == device), None)
        if offer is not None and (kept := self._kept.get(port)) is not None:
            kept[0].choose(offer)
            self._look()

    def _look(self) -> None:
        """Let each keeper look for its board, in the order in which they were made."""
        for port, (keeper, _) in tuple(self._kept.items()):
            others = (other for other, _ in self._kept.values() if other is not keeper)
            taken = frozenset(seat for other in others if (seat := _seat(other)) is not None)
            movable = self._offers if port in self._movable else None
            sight = keeper.look(movable, taken)
            if sight.candidates is not None:
                self.candidates_found.emit(Candidates(port, self._name_of(port), sight.candidates))

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
        if (notice := self._notices.of(state)) is not None:
            self.told.emit(notice)


def _seat(keeper: LinkKeeper) -> str | None:
    """Return the device that is a board's own: where it is, unless it is gone or another one has its place."""
    return keeper.device if keeper.is_there and not keeper.is_displaced else None
