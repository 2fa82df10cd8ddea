# SPDX-License-Identifier: GPL-3.0-only
"""The boards that the user connected before, as the settings keep them. Lives on the GUI thread."""

from __future__ import annotations

from dataclasses import replace
from typing import NamedTuple

from PySide6.QtCore import QObject, Signal, Slot

from mtleak_gui.core.addresses import AddressError, TcpAddress, network_address
from mtleak_gui.core.port_offer import PortOffer
from mtleak_gui.core.settings import KnownBoard, NetworkNode
from mtleak_gui.engine.bench import Bench
from mtleak_gui.engine.link_kind import CaptureWish
from mtleak_gui.engine.port_watch import PortWatch
from mtleak_gui.engine.settings_keeper import SettingsKeeper


class Asking(NamedTuple):
    """A board is to be asked for LocalStats each so many seconds, as was confirmed for one node (its id)."""

    every_s: int
    node: str


class KnownBoards(QObject):
    """Remembers who was connected, how and when, and calls sessions by the names that the user gave."""

    changed = Signal()
    """What is kept of boards may be another."""

    def __init__(self, bench: Bench, settings: SettingsKeeper, ports: PortWatch, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._bench = bench
        self._settings = settings
        self._ports = ports
        settings.changed.connect(self._rename)
        settings.changed.connect(self.changed)
        ports.ports_changed.connect(self._rename)
        self._rename()

    @property
    def boards(self) -> tuple[KnownBoard, ...]:
        """The boards at serial ports."""
        return self._settings.settings.devices.boards

    @property
    def network_nodes(self) -> tuple[NetworkNode, ...]:
        """The boards in the network."""
        return self._settings.settings.devices.network_nodes

    def board(self, key: str) -> KnownBoard | None:
        """Return what is kept of the board with this key."""
        return self._settings.settings.devices.board(key)

    def node(self, address: TcpAddress) -> NetworkNode | None:
        """Return what is kept of a network node."""
        return next((node for node in self.network_nodes if node.address == address.url), None)

    def note_board(self, offer: PortOffer, capture: CaptureWish, *, auto_connect: bool, now: float) -> None:
        """Remember that the board at a port was connected."""
        old = self.board(offer.key) or KnownBoard(offer.key)
        new = replace(old, capture=capture, auto_connect=auto_connect, last_used=now)
        others = tuple(board for board in self.boards if board.key != offer.key)
        self._settings.change_in("devices", boards=(new, *others))

    def note_node(self, address: TcpAddress, *, auto_connect: bool, now: float | None) -> None:
        """Remember a network node; ``now`` is ``None`` for one that is not connected yet."""
        old = self.node(address) or NetworkNode(address.url)
        new = replace(old, auto_connect=auto_connect, last_used=old.last_used if now is None else now)
        others = tuple(node for node in self.network_nodes if node.address != address.url)
        self._settings.change_in("devices", network_nodes=(*others, new) if now is None else (new, *others))

    def is_known(self, port: str) -> bool:
        """Return whether anything is kept of the board on a port of the bench."""
        return self._kept(port) is not None

    def asking(self, port: str) -> Asking | None:
        """Return how the board on a port is to be asked, ``None`` when it is not."""
        kept = self._kept(port)
        return Asking(kept.poll_every_s, kept.poll_node) if kept is not None and kept.poll else None

    def note_asking(self, port: str, every_s: int, node: str) -> None:
        """Remember that a board is to be asked each so many seconds, 0 for no more; one that is not kept is not."""
        kept = self._kept(port)
        if kept is None:
            return
        chosen = replace(kept, poll=bool(every_s), poll_every_s=every_s or kept.poll_every_s, poll_node=node)
        if isinstance(chosen, KnownBoard):
            boards = tuple(chosen if board.key == chosen.key else board for board in self.boards)
            self._settings.change_in("devices", boards=boards)
        else:
            nodes = tuple(chosen if other.address == chosen.address else other for other in self.network_nodes)
            self._settings.change_in("devices", network_nodes=nodes)

    def _kept(self, port: str) -> KnownBoard | NetworkNode | None:
        """Return what is kept of the board on a port."""
        node = next((node for node in self.network_nodes if _port(node) == port), None)
        if node is not None:
            return node
        offer = self._ports.offer(port)
        return self.board(port if offer is None else offer.key)

    @Slot()
    def _rename(self) -> None:
        by_key = {board.key: board.name for board in self.boards if board.name}
        names = {offer.device: by_key[offer.key] for offer in self._ports.offers if offer.key in by_key}
        names |= {_port(node): node.name for node in self.network_nodes if node.name}
        self._bench.name_boards(names)


def _port(node: NetworkNode) -> str:
    try:
        return network_address(node.address).port
    except AddressError:
        return node.address
