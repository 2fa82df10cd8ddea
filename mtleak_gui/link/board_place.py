# SPDX-License-Identifier: GPL-3.0-only
"""Where one board is: it is followed to another port by its identity, and never mistaken for another board.

Pure. Boards with a serial number of their own are known by it, those behind a bridge by their USB socket
(``PortOffer.key``); a port that USB says nothing about is the same board as long as it has the same name.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable
from typing import NamedTuple

from mtleak_gui.core.port_offer import PortOffer


class Sight(NamedTuple):
    """What a look at the ports told of the board."""

    came: bool = False
    """It is there, and was not at the look before."""
    candidates: tuple[PortOffer, ...] | None = None
    """It could be any of these; empty: that question is settled; ``None``: nothing new about it."""


class BoardPlace:
    """Follows one board. ``device`` is where it was last, also for boards that are in no list of ports."""

    def __init__(self, device: str) -> None:
        self.device = device
        self.key: str | None = None
        """Who it is, ``None`` until it was seen in the list of ports."""
        self.is_sure = False
        """Whether the key is the board's own, and not its socket's."""
        self._socket: str | None = None
        self._is_there = True
        self._others: set[str] = set()
        """Ports of boards with the same key, that were there together with it."""
        self._asked: tuple[str, ...] = ()

    @property
    def is_there(self) -> bool:
        """Whether its port is there, as far as is known."""
        return self._is_there

    def look(self, offers: Iterable[PortOffer], taken: Collection[str] = ()) -> Sight:
        """Take the ports that there are now; ``taken`` are those of other boards that are heard."""
        offers = tuple(offers)
        here = offer_at(offers, self.device)
        if self.key is None:
            if here is not None:
                self._know(here)
                self._others = self._alike(offers)
            return Sight()
        if self._is_there and here is not None and here.key == self.key:
            self._others = self._alike(offers)
            return Sight()
        self._is_there = False
        self._others &= self._alike(offers)
        free = [offer for offer in offers if offer.key == self.key and offer.device not in {*self._others, *taken}]
        same_socket = [offer for offer in free if offer.socket is not None and offer.socket == self._socket]
        if len(free) > 1 and len(same_socket) != 1:
            return self._ask(tuple(free))
        if free:
            self.found_at(free[0] if len(free) == 1 else same_socket[0])
            return Sight(came=True, candidates=() if self._settle() else None)
        return Sight(candidates=() if self._settle() else None)

    def found_at(self, offer: PortOffer) -> None:
        """Take note that the board is there."""
        self._know(offer)
        self.device = offer.device
        self._is_there = True
        self._others = set()

    def _know(self, offer: PortOffer) -> None:
        self.key, self.is_sure, self._socket = offer.key, offer.stable, offer.socket

    def _alike(self, offers: Iterable[PortOffer]) -> set[str]:
        return {offer.device for offer in offers if offer.key == self.key and offer.device != self.device}

    def _ask(self, offers: tuple[PortOffer, ...]) -> Sight:
        devices = tuple(offer.device for offer in offers)
        if devices == self._asked:
            return Sight()
        self._asked = devices
        return Sight(candidates=offers)

    def _settle(self) -> bool:
        was_asked, self._asked = bool(self._asked), ()
        return was_asked


def offer_at(offers: Iterable[PortOffer], device: str) -> PortOffer | None:
    """Return the offer of a port."""
    return next((offer for offer in offers if offer.device == device), None)
