# SPDX-License-Identifier: GPL-3.0-only
"""The boards that the user connected before, as the settings keep them. Lives on the GUI thread."""

from __future__ import annotations

from dataclasses import replace

from PySide6.QtCore import QObject, Slot

from mtleak_gui.core.addresses import AddressError, TcpAddress, network_address
from mtleak_gui.core.port_offer import PortOffer
from mtleak_gui.core.settings import KnownBoard, NetworkNode
from mtleak_gui.engine.bench import Bench
from mtleak_gui.engine.link_kind import CaptureWish
from mtleak_gui.engine.port_watch import PortWatch
from mtleak_gui.engine.settings_keeper import SettingsKeeper


class KnownBoards(QObject):
    """Remembers who was connected, how and when, and calls sessions by the names that the user gave."""

    def __init__(self, bench: Bench, settings: SettingsKeeper, ports: PortWatch, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._bench = bench
        self._settings = settings
        self._ports = ports
        settings.changed.connect(self._rename)
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
