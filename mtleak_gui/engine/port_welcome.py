# SPDX-License-Identifier: GPL-3.0-only
"""Greets a board that is plugged in: connects one that the user wants connected by itself, tells of any other.

Lives on the GUI thread.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable

from PySide6.QtCore import QObject, Signal, Slot

from mtleak_gui.core.addresses import Address, AddressError, SerialAddress, parse_address
from mtleak_gui.core.node_address import node_address
from mtleak_gui.core.notice import Notice
from mtleak_gui.core.port_offer import PortOffer
from mtleak_gui.core.settings import Capture
from mtleak_gui.engine.bench import Bench
from mtleak_gui.engine.known_boards import KnownBoards
from mtleak_gui.engine.port_watch import PortWatch

NOTICE_PREFIX = "new_port "
"""A notice of a new port has this and the device as its key, and ``choose_port`` as its action."""


class PortWelcome(QObject):
    """Never connects to a board that the user did not choose once, nor where two boards could be meant."""

    told = Signal(Notice)

    def __init__(self, bench: Bench, ports: PortWatch, known: KnownBoards, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._bench = bench
        self._ports = ports
        self._known = known
        self._met: set[str] = set()
        self._keys: dict[str, str] = {}
        ports.ports_changed.connect(self._connect_wanted)
        ports.port_appeared.connect(self._tell)

    def connect_others(self) -> None:
        """Connect the boards in the network and over Bluetooth that are wanted; to be called once at the start.

        Nothing is scanned for: a board that the system's Bluetooth has not met yet is looked for by its address alone.
        """
        for node in self._known.network_nodes:
            if node.auto_connect:
                self._connect(node_address, node.address, node.capture)
        for board in self._known.boards:
            if board.auto_connect and board.key.startswith("ble:"):
                self._connect(parse_address, board.key, board.capture)

    def _connect(self, read: Callable[[str], Address], text: str, wish: Capture) -> None:
        try:
            address = read(text)
        except AddressError as trouble:
            self.told.emit(Notice("connect", "warn", "A saved board was passed over.", str(trouble)))
            return
        self._bench.connect_board(address, self._known.way(address, wish), lines=self._known.lines(address))

    @Slot(tuple)
    def _connect_wanted(self, offers: tuple[PortOffer, ...]) -> None:
        seats = Counter(offer.key for offer in offers)
        self._keys |= {offer.device: offer.key for offer in offers}
        there = {offer.device for offer in offers}
        for offer in offers:
            board = self._known.board(offer.key)
            is_new = offer.device not in self._met
            if board is None or not board.auto_connect or not is_new or seats[offer.key] > 1:
                continue
            if not self._is_kept(offer) and not offer.in_use_by:
                address = SerialAddress(offer.device)
                self._bench.connect_board(address, self._known.way(address, board.capture), lines=board.lines)
        self._met = there

    @Slot(PortOffer)
    def _tell(self, offer: PortOffer) -> None:
        board = self._known.board(offer.key)
        if offer.kind != "likely" or self._is_kept(offer):
            return
        name = (board.name or board.called if board is not None else "") or offer.title
        usb = f" ({offer.vid_pid})" if offer.vid_pid else ""
        text = f"New board on {offer.name} – {name}{usb}."
        self.told.emit(Notice(f"{NOTICE_PREFIX}{offer.device}", "info", text, action="choose_port"))

    def _is_kept(self, offer: PortOffer) -> bool:
        """Return whether the board has a session: at this port, or at another that it left and is followed from."""
        if self._bench.session(offer.device) is not None:
            return True
        sessions = self._bench.sessions
        kept = (session.port for session in sessions if not session.read_only and session.link.phase != "closed")
        return offer.key in {self._keys.get(port) for port in kept}
