# SPDX-License-Identifier: GPL-3.0-only
"""Joins the port picker to what it shows and to what it leads to: the ports, the settings, the bench."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QObject, Slot
from PySide6.QtWidgets import QWidget

from mtleak_gui.core.addresses import BleAddress, SerialAddress, TcpAddress
from mtleak_gui.core.demo_offer import DemoOffer
from mtleak_gui.core.node_address import NodeAddress
from mtleak_gui.core.port_offer import PortOffer
from mtleak_gui.engine.bench import Bench
from mtleak_gui.engine.bluetooth_scan import BluetoothScan
from mtleak_gui.engine.known_boards import Known, KnownBoards
from mtleak_gui.engine.port_watch import PortWatch
from mtleak_gui.engine.session import Session
from mtleak_gui.ui.devices.board_choice import BoardChoice, Linked, choices_of
from mtleak_gui.ui.devices.capture_switch import CaptureSwitch
from mtleak_gui.ui.devices.port_picker import Picked, PortPicker
from mtleak_gui.ui.theme.theme_keeper import ThemeKeeper


class BoardPicking(QObject):
    """``pick_below`` opens the picker under a control."""

    def __init__(
        self,
        bench: Bench,
        theme: ThemeKeeper,
        *,
        known: KnownBoards,
        ports: PortWatch,
        bluetooth: BluetoothScan,
        demos: Sequence[DemoOffer],
        window: QWidget,
    ) -> None:
        super().__init__(window)
        self._bench, self._known, self._ports, self._bluetooth = bench, known, ports, bluetooth
        self._switch = CaptureSwitch(bench, theme, known, window)
        self._plugged_last: str | None = None
        self._removed: Known | None = None
        self.picker = PortPicker(theme, demos, window)
        self.picker.picked.connect(self._connect)
        self.picker.sections.remove_requested.connect(self._remove)
        self.picker.sections.network.node_added.connect(self._add_node)
        self.picker.removed.undo_requested.connect(self._put_back)
        self.picker.sections.bluetooth.scan_requested.connect(bluetooth.start)
        ports.ports_changed.connect(self._refresh)
        ports.port_appeared.connect(self._note_plugged)
        bluetooth.changed.connect(self._refresh)
        bench.session_added.connect(self._watch)
        bench.session_removed.connect(self._refresh)
        for session in bench.sessions:
            self._watch(session)

    def pick_below(self, control: QWidget, port: str | None = None) -> None:
        """Open the picker; ``port`` is the row to begin with, by itself that of a board that was plugged in last."""
        self._show()
        self.picker.begin(port or self._plugged())
        self.picker.open_below(control)

    @Slot(Session)
    def _watch(self, session: Session) -> None:
        session.changed.connect(self._refresh)

    @Slot(PortOffer)
    def _note_plugged(self, offer: PortOffer) -> None:
        if offer.kind == "likely":
            self._plugged_last = offer.device

    def _plugged(self) -> str | None:
        """Return the port of a board that was plugged in since somebody chose one, and that nobody hears yet."""
        port = self._plugged_last
        offer = None if port is None else self._ports.offer(port)
        return None if offer is None or offer.in_use_by or self._linked(offer.device) is not None else port

    @Slot()
    def _refresh(self) -> None:
        if self.picker.isVisible():
            self._show()

    def _show(self) -> None:
        known, scan = self._known, self._bluetooth
        self.picker.show_choices(
            choices_of(self._ports.offers, known.boards, known.network_nodes, scan.offers, self._linked)
        )
        self.picker.sections.bluetooth.show_scan(
            is_looking=scan.is_looking, has_looked=scan.has_looked, heard=len(scan.offers), trouble=scan.trouble
        )

    def _linked(self, port: str) -> Linked | None:
        session = self._bench.session(port)
        if session is None or session.read_only or session.link.phase == "closed":
            return None
        return Linked(session.link, "console" if session.capture == "Console" else "api")

    @Slot(object)
    def _add_node(self, address: NodeAddress) -> None:
        old = self._known.node(address)
        if old is None:
            self._known.note_node(address, "auto", auto_connect=False, now=None)
        self._show()
        self.picker.begin(address.port)

    @Slot(object)
    def _remove(self, choice: BoardChoice) -> None:
        if choice.known is None:
            return
        self._removed = choice.known
        self._known.forget(choice.known)
        self._show()
        self.picker.tell_removed(choice.title)

    @Slot()
    def _put_back(self) -> None:
        if self._removed is not None:
            self._known.put_back(self._removed)
            self._removed = None
            self._show()

    @Slot(object)
    def _connect(self, picked: Picked) -> None:
        choice = picked.choice
        self._plugged_last = None
        if choice.is_linked:
            way = self._known.way(choice.address, picked.capture)
            if picked.capture != choice.capture and way != choice.way:
                self._note(picked._replace(capture=choice.capture))
                self._switch.ask(choice.key, way, picked.capture)
            else:
                self._note(picked)
            self._bench.choose(choice.key)
            return
        self._note(picked)
        address = choice.address
        way, lines = self._known.way(address, picked.capture), self._known.lines(address)
        self._bench.connect_board(address, way, lines=lines)

    def _note(self, picked: Picked) -> None:
        choice, now = picked.choice, self._bench.now()
        address, capture, again = choice.address, picked.capture, picked.auto_connect
        if choice.offer is not None:
            self._known.note_board(choice.offer.key, capture, auto_connect=again, now=now)
        elif isinstance(address, BleAddress):
            told = choice.title if choice.known is None else ""
            self._known.note_board(address.key, capture, auto_connect=again, now=now, called=told)
        elif isinstance(address, (TcpAddress, SerialAddress)):
            self._known.note_node(address, capture, auto_connect=again, now=now)
