# SPDX-License-Identifier: GPL-3.0-only
"""Greets a board that is plugged in: connects one that the user wants connected by itself, tells of any other.

Lives on the GUI thread.
"""

from __future__ import annotations

from collections import Counter

from PySide6.QtCore import QObject, Signal, Slot

from mtleak_gui.core.addresses import AddressError, SerialAddress, network_address
from mtleak_gui.core.notice import Notice
from mtleak_gui.core.port_offer import PortOffer
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
        ports.ports_changed.connect(self._connect_wanted)
        ports.port_appeared.connect(self._tell)

    def connect_network_nodes(self) -> None:
        """Connect the network nodes that are wanted; to be called once at the start."""
        for node in self._known.network_nodes:
            if node.auto_connect:
                try:
                    self._bench.connect_board(network_address(node.address))
                except AddressError as trouble:
                    self.told.emit(Notice("connect", "warn", "A saved network node was passed over.", str(trouble)))

    @Slot(tuple)
    def _connect_wanted(self, offers: tuple[PortOffer, ...]) -> None:
        seats = Counter(offer.key for offer in offers)
        there = {offer.device for offer in offers}
        for offer in offers:
            board = self._known.board(offer.key)
            is_new = offer.device not in self._met
            if board is None or not board.auto_connect or not is_new or seats[offer.key] > 1:
                continue
            if self._bench.session(offer.device) is None and not offer.in_use_by:
                self._bench.connect_board(SerialAddress(offer.device), board.capture, lines=board.lines)
        self._met = there

    @Slot(PortOffer)
    def _tell(self, offer: PortOffer) -> None:
        board = self._known.board(offer.key)
        if offer.kind != "likely" or self._bench.session(offer.device) is not None:
            return
        name = board.name if board is not None and board.name else offer.title
        usb = f" ({offer.vid_pid})" if offer.vid_pid else ""
        text = f"New board on {offer.name} – {name}{usb}."
        self.told.emit(Notice(f"{NOTICE_PREFIX}{offer.device}", "info", text, action="choose_port"))
