# SPDX-License-Identifier: GPL-3.0-only
"""The rows of the port picker as values: what can be connected, and what is known of it."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Literal, NamedTuple

from mtleak_gui.core import wording
from mtleak_gui.core.addresses import (
    Address,
    AddressError,
    BleAddress,
    DemoAddress,
    SerialAddress,
    TcpAddress,
    address_of_port,
)
from mtleak_gui.core.auto_capture import CaptureWay
from mtleak_gui.core.ble_offer import BleOffer
from mtleak_gui.core.demo_offer import DemoOffer
from mtleak_gui.core.node_address import node_address, node_url
from mtleak_gui.core.port_offer import PortOffer
from mtleak_gui.core.records import LinkState
from mtleak_gui.core.settings import Capture, KnownBoard, NetworkNode

StateWord = Literal["connected", "connecting", "last used", "new", "in use", ""]

_NO_STABLE_ID = (
    "This bridge has no serial number of its own: the board is known by the USB socket it sits in, "
    "and counts as another one in another socket."
)
_NO_LOG_OVER_TCP = (
    "Firmware sends no log over the network: telemetry and packets only. For log lines, use its USB port."
)
_SCHEMES = {"socket": "socket", "rfc2217": "RFC 2217"}


class Linked(NamedTuple):
    """A board that is connected, or about to be: where its link stands, and how it is heard."""

    link: LinkState
    way: CaptureWay


class BoardChoice(NamedTuple):
    """One row. ``hint`` is a longer word for the tip; ``way`` is how a board that is connected is heard."""

    address: Address
    title: str
    subtitle: str
    port: str
    usb: str = ""
    identity: str = ""
    hint: str = ""
    state: StateWord = ""
    offer: PortOffer | None = None
    known: KnownBoard | NetworkNode | None = None
    way: CaptureWay | None = None
    is_removable: bool = False

    @property
    def key(self) -> str:
        """What tells the row from others while ports come and go."""
        return self.address.port

    @property
    def is_linked(self) -> bool:
        """Whether it is connected, or about to be."""
        return self.state in ("connected", "connecting")

    @property
    def has_console(self) -> bool:
        """Whether it has a text console that can be heard."""
        return isinstance(self.address, SerialAddress)

    @property
    def capture(self) -> Capture:
        """How it was to be heard the last time."""
        return "auto" if self.known is None else self.known.capture

    @property
    def auto_connect(self) -> bool:
        """Whether it is to be connected by itself."""
        return self.known is not None and self.known.auto_connect


class Choices(NamedTuple):
    """All rows but those of the demo."""

    boards: tuple[BoardChoice, ...] = ()
    nodes: tuple[BoardChoice, ...] = ()
    bluetooth: tuple[BoardChoice, ...] = ()


def choices_of(
    offers: Iterable[PortOffer],
    boards: Iterable[KnownBoard],
    nodes: Iterable[NetworkNode],
    found: Iterable[BleOffer],
    linked: Callable[[str], Linked | None],
) -> Choices:
    """Return a row for each port, saved node and Bluetooth board; the one that was used last says so.

    ``linked`` returns how a port is connected, ``None`` when it is not.
    """
    by_key = {board.key: board for board in boards}
    rows = Choices(
        tuple(_board(offer, by_key.get(offer.key), linked(offer.device)) for offer in offers),
        tuple(choice for node in nodes if (choice := _node(node, linked)) is not None),
        tuple(_bluetooth(by_key, {offer.address: offer for offer in found}, linked)),
    )
    newest = max((ts for group in rows for choice in group if (ts := _last_used(choice)) is not None), default=None)
    return Choices(*(tuple(_marked(choice, newest) for choice in group) for group in rows))


def demo_choice(offer: DemoOffer) -> BoardChoice:
    """Return the choice of a virtual board."""
    return BoardChoice(DemoAddress(offer.scenario), "Demo board", offer.subtitle, "")


def _board(offer: PortOffer, known: KnownBoard | None, linked: Linked | None) -> BoardChoice:
    name = "" if known is None else known.name or known.called
    identity = f"held by {offer.in_use_by}" if offer.in_use_by else offer.identity_words
    subtitle = (known.build if known is not None else "") or (offer.title if name else offer.subtitle)
    state = _link_word(linked) or ("in use" if offer.in_use_by else "")
    if not state and known is None and offer.kind == "likely":
        state = "new"
    return BoardChoice(
        SerialAddress(offer.device),
        wording.single_line(name or offer.title, 60),
        wording.single_line(subtitle, 80),
        offer.name,
        usb=offer.vid_pid or "",
        identity=wording.single_line(identity, 60),
        hint=_NO_STABLE_ID if offer.vid_pid and not offer.stable and not offer.in_use_by else "",
        state=state,
        offer=offer,
        known=known,
        way=None if linked is None else linked.way,
    )


def _node(node: NetworkNode, linked_at: Callable[[str], Linked | None]) -> BoardChoice | None:
    try:
        address = node_address(node.address)
    except AddressError:
        return None
    linked, url = linked_at(address.port), node_url(address)
    name = wording.single_line(node.name or node.called, 60)
    is_node = isinstance(address, TcpAddress)
    subtitle = "telemetry and packets, no log" if is_node else node.build or "serial port of another computer"
    return BoardChoice(
        address,
        name or url,
        subtitle,
        "TCP" if is_node else _SCHEMES[url.partition(":")[0]],
        identity=url if name else "",
        hint=_NO_LOG_OVER_TCP if is_node else "",
        state=_link_word(linked),
        known=node,
        way=None if linked is None else linked.way,
        is_removable=linked is None,
    )


def _bluetooth(
    by_key: dict[str, KnownBoard], found: dict[str, BleOffer], linked_at: Callable[[str], Linked | None]
) -> Iterable[BoardChoice]:
    saved = [(address_of_port(key), board) for key, board in by_key.items() if key.startswith("ble:")]
    rows: dict[str, KnownBoard | None] = {a.address: board for a, board in saved if isinstance(a, BleAddress)}
    rows |= {address: None for address in found if address not in rows}
    for address, known in rows.items():
        offer, linked = found.get(address), linked_at(BleAddress(address).port)
        told = ("" if known is None else known.name or known.called) or ("" if offer is None else offer.name)
        build = "" if known is None else known.build
        yield BoardChoice(
            BleAddress(address),
            wording.single_line(told, 60) or "Meshtastic board",
            build or "telemetry, packets and log",
            "BLE",
            usb="" if offer is None or offer.rssi is None else wording.true_minus(f"{offer.rssi} dBm"),
            identity=address,
            state=_link_word(linked) or ("new" if known is None else ""),
            known=known,
            way=None if linked is None else linked.way,
            is_removable=known is not None and linked is None,
        )


def _link_word(linked: Linked | None) -> StateWord:
    if linked is None:
        return ""
    return "connected" if linked.link.phase == "live" else "connecting"


def _last_used(choice: BoardChoice) -> float | None:
    return None if choice.known is None else choice.known.last_used


def _marked(choice: BoardChoice, newest: float | None) -> BoardChoice:
    is_newest = newest is not None and _last_used(choice) == newest
    return choice._replace(state="last used") if is_newest and not choice.state else choice
