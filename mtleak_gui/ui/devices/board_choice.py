# SPDX-License-Identifier: GPL-3.0-only
"""The rows of the port picker as values: what can be connected, and what is known of it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Literal, NamedTuple

from mtleak_gui.core import wording
from mtleak_gui.core.addresses import Address, AddressError, DemoAddress, SerialAddress, network_address
from mtleak_gui.core.demo_offer import DemoOffer
from mtleak_gui.core.port_offer import PortOffer
from mtleak_gui.core.records import LinkState
from mtleak_gui.core.settings import Capture, KnownBoard, NetworkNode

StateWord = Literal["connected", "connecting", "last used", "new", "in use", ""]

_NO_STABLE_ID = (
    "This bridge has no serial number of its own: the board is known by the USB socket it sits in, "
    "and counts as another one in another socket."
)


class BoardChoice(NamedTuple):
    """One row. ``hint`` is a longer word for the tip, ``state_note`` the tip of the state."""

    address: Address
    title: str
    subtitle: str
    port: str
    usb: str = ""
    identity: str = ""
    hint: str = ""
    state: StateWord = ""
    offer: PortOffer | None = None
    capture: Capture = "auto"
    auto_connect: bool = False

    @property
    def key(self) -> str:
        """What tells the row from others while ports come and go."""
        return self.address.port


def board_choices(
    offers: tuple[PortOffer, ...], known: Mapping[str, KnownBoard], link_of: Callable[[str], LinkState | None]
) -> tuple[BoardChoice, ...]:
    """Return a choice for each port; ``link_of`` returns where the link of a port stands, ``None`` without one."""
    newest = _newest([board.last_used for offer in offers if (board := known.get(offer.key)) is not None])
    return tuple(_board(offer, known.get(offer.key), link_of(offer.device), newest) for offer in offers)


def node_choices(nodes: tuple[NetworkNode, ...], link_of: Callable[[str], LinkState | None]) -> tuple[BoardChoice, ...]:
    """Return a choice for each saved network node; one whose address cannot be read is left out."""
    newest = _newest([node.last_used for node in nodes])
    found = []
    for node in nodes:
        try:
            address = network_address(node.address)
        except AddressError:
            continue
        link = _link_word(link_of(address.port))
        used = node.last_used is not None and node.last_used == newest
        found.append(
            BoardChoice(
                address,
                wording.single_line(node.name or address.url, 60),
                "telemetry and packets, no log",
                "TCP",
                identity=address.url if node.name else "",
                state=link or ("last used" if used else ""),
                auto_connect=node.auto_connect,
            )
        )
    return tuple(found)


def demo_choice(offer: DemoOffer) -> BoardChoice:
    """Return the choice of a virtual board."""
    return BoardChoice(DemoAddress(offer.scenario), "Demo board", offer.subtitle, "")


def _board(offer: PortOffer, known: KnownBoard | None, link: LinkState | None, newest: float | None) -> BoardChoice:
    named = known is not None and bool(known.name)
    identity = f"held by {offer.in_use_by}" if offer.in_use_by else offer.identity_words
    return BoardChoice(
        SerialAddress(offer.device),
        wording.single_line(known.name if known is not None and named else offer.title, 40),
        offer.title if named else offer.subtitle,
        offer.name,
        usb=offer.vid_pid or "",
        identity=wording.single_line(identity, 60),
        hint=_NO_STABLE_ID if offer.vid_pid and not offer.stable and not offer.in_use_by else "",
        state=_state(offer, known, link, newest),
        offer=offer,
        capture="auto" if known is None else known.capture,
        auto_connect=known is not None and known.auto_connect,
    )


def _state(offer: PortOffer, known: KnownBoard | None, link: LinkState | None, newest: float | None) -> StateWord:
    linked = _link_word(link)
    if linked:
        return linked
    if offer.in_use_by:
        return "in use"
    if known is None:
        return "new" if offer.kind == "likely" else ""
    return "last used" if known.last_used is not None and known.last_used == newest else ""


def _link_word(link: LinkState | None) -> StateWord:
    if link is None or link.phase == "closed":
        return ""
    return "connected" if link.phase == "live" else "connecting"


def _newest(times: list[float | None]) -> float | None:
    return max((ts for ts in times if ts is not None), default=None)
