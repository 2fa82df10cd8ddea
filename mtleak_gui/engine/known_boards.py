# SPDX-License-Identifier: GPL-3.0-only
"""The boards that the user connected before, as the settings keep them. Lives on the GUI thread."""

from __future__ import annotations

from dataclasses import replace
from typing import NamedTuple

from PySide6.QtCore import QObject, Signal, Slot

from mtleak_gui.core.addresses import Address, AddressError, BleAddress, SerialAddress, TcpAddress, address_of_port
from mtleak_gui.core.auto_capture import CaptureWay, capture_way
from mtleak_gui.core.node_address import NodeAddress, node_address, node_url
from mtleak_gui.core.settings import Capture, KnownBoard, LinePolicy, NetworkNode
from mtleak_gui.engine.bench import Bench
from mtleak_gui.engine.port_watch import PortWatch
from mtleak_gui.engine.settings_keeper import SettingsKeeper

Known = KnownBoard | NetworkNode


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
        """The boards at serial ports of this computer, and those that are heard over Bluetooth."""
        return self._settings.settings.devices.boards

    @property
    def network_nodes(self) -> tuple[NetworkNode, ...]:
        """The boards in the network, and those at serial ports of other computers."""
        return self._settings.settings.devices.network_nodes

    def board(self, key: str) -> KnownBoard | None:
        """Return what is kept of the board with this key."""
        return self._settings.settings.devices.board(key)

    def node(self, address: NodeAddress) -> NetworkNode | None:
        """Return what is kept of a network node."""
        url = node_url(address)
        return next((node for node in self.network_nodes if node.address == url), None)

    def at(self, address: Address) -> Known | None:
        """Return what is kept of the board at an address; at a serial port, of the one that is plugged in there."""
        if isinstance(address, BleAddress):
            return self.board(address.key)
        if isinstance(address, TcpAddress) or (isinstance(address, SerialAddress) and address.is_remote):
            return self.node(address)
        if isinstance(address, SerialAddress) and (offer := self._ports.offer(address.device)) is not None:
            return self.board(offer.key)
        return None

    def way(self, address: Address, wish: Capture) -> CaptureWay:
        """Return how a board at an address is heard when ``wish`` is wished."""
        return capture_way(wish, self.at(address), has_console=isinstance(address, SerialAddress))

    def lines(self, address: Address) -> LinePolicy:
        """Return how DTR and RTS are to stand for the board at an address."""
        known = self.at(address)
        return "auto" if known is None else known.lines

    def note_board(self, key: str, capture: Capture, *, auto_connect: bool, now: float, called: str = "") -> None:
        """Remember that a board was connected; ``called`` is the name that it goes by until it tells one."""
        old = self.board(key) or KnownBoard(key, called=called)
        new = replace(old, capture=capture, auto_connect=auto_connect, last_used=now)
        self._settings.change_in("devices", boards=(new, *self._boards_but(key)))

    def note_node(self, address: NodeAddress, capture: Capture, *, auto_connect: bool, now: float | None) -> None:
        """Remember a network node; ``now`` is ``None`` for one that is not connected yet."""
        old = self.node(address) or NetworkNode(node_url(address))
        last_used = old.last_used if now is None else now
        new = replace(old, capture=capture, auto_connect=auto_connect, last_used=last_used)
        others = tuple(node for node in self.network_nodes if node.address != new.address)
        self._settings.change_in("devices", network_nodes=(*others, new) if now is None else (new, *others))

    def change(self, known: Known, **fields: object) -> None:
        """Put other values into what is kept of a board, at its place."""
        new = replace(known, **fields)  # type: ignore[arg-type]  # the rules hold each value
        if isinstance(new, KnownBoard):
            self._settings.change_in("devices", boards=tuple(new if b.key == new.key else b for b in self.boards))
        else:
            nodes = tuple(new if node.address == new.address else node for node in self.network_nodes)
            self._settings.change_in("devices", network_nodes=nodes)

    def forget(self, known: Known) -> None:
        """Keep nothing of a board any more."""
        if isinstance(known, KnownBoard):
            self._settings.change_in("devices", boards=self._boards_but(known.key))
        else:
            nodes = tuple(node for node in self.network_nodes if node.address != known.address)
            self._settings.change_in("devices", network_nodes=nodes)

    def put_back(self, known: Known) -> None:
        """Take a board back that was forgotten."""
        if isinstance(known, KnownBoard):
            self._settings.change_in("devices", boards=(*self._boards_but(known.key), known))
        elif known.address not in {node.address for node in self.network_nodes}:
            self._settings.change_in("devices", network_nodes=(*self.network_nodes, known))

    def is_known(self, port: str) -> bool:
        """Return whether anything is kept of the board on a port of the bench."""
        return self.at(address_of_port(port)) is not None

    def asking(self, port: str) -> Asking | None:
        """Return how the board on a port is to be asked, ``None`` when it is not."""
        kept = self.at(address_of_port(port))
        return Asking(kept.poll_every_s, kept.poll_node) if kept is not None and kept.poll else None

    def note_asking(self, port: str, every_s: int, node: str) -> None:
        """Remember that a board is to be asked each so many seconds, 0 for no more; one that is not kept is not."""
        kept = self.at(address_of_port(port))
        if kept is not None:
            self.change(kept, poll=bool(every_s), poll_every_s=every_s or kept.poll_every_s, poll_node=node)

    def _boards_but(self, key: str) -> tuple[KnownBoard, ...]:
        return tuple(board for board in self.boards if board.key != key)

    @Slot()
    def _rename(self) -> None:
        by_key = {board.key: board.name for board in self.boards if board.name}
        names = {offer.device: by_key[offer.key] for offer in self._ports.offers if offer.key in by_key}
        names |= {_ble_port(key): name for key, name in by_key.items() if key.startswith("ble:")}
        names |= {_port(node): node.name for node in self.network_nodes if node.name}
        self._bench.name_boards(names)


def _port(node: NetworkNode) -> str:
    try:
        return node_address(node.address).port
    except AddressError:
        return node.address


def _ble_port(key: str) -> str:
    return address_of_port(key).port
