# SPDX-License-Identifier: GPL-3.0-only
"""Joins the port picker to what it shows and to what it leads to: the ports, the settings, the bench."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QObject, Slot
from PySide6.QtWidgets import QWidget

from mtleak_gui.core.addresses import TcpAddress
from mtleak_gui.core.demo_offer import DemoOffer
from mtleak_gui.core.records import LinkState
from mtleak_gui.engine.bench import Bench
from mtleak_gui.engine.known_boards import KnownBoards
from mtleak_gui.engine.port_watch import PortWatch
from mtleak_gui.engine.session import Session
from mtleak_gui.ui.devices.board_choice import board_choices, node_choices
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
        demos: Sequence[DemoOffer],
        window: QWidget,
    ) -> None:
        super().__init__(window)
        self._bench, self._known, self._ports = bench, known, ports
        self.picker = PortPicker(theme, demos, window)
        self.picker.picked.connect(self._connect)
        self.picker.node_added.connect(self._add_node)
        ports.ports_changed.connect(self._refresh)
        bench.session_added.connect(self._watch)
        bench.session_removed.connect(self._refresh)

    def pick_below(self, control: QWidget, port: str | None = None) -> None:
        """Open the picker; ``port`` is the row to begin with."""
        self._show()
        self.picker.begin(port)
        self.picker.open_below(control)

    @Slot(Session)
    def _watch(self, session: Session) -> None:
        session.changed.connect(self._refresh)

    @Slot()
    def _refresh(self) -> None:
        if self.picker.isVisible():
            self._show()

    def _show(self) -> None:
        known = {board.key: board for board in self._known.boards}
        self.picker.show_boards(board_choices(self._ports.offers, known, self._link_of))
        self.picker.show_nodes(node_choices(self._known.network_nodes, self._link_of))

    def _link_of(self, port: str) -> LinkState | None:
        session = self._bench.session(port)
        return None if session is None or session.read_only else session.link

    @Slot(TcpAddress)
    def _add_node(self, address: TcpAddress) -> None:
        self._known.note_node(address, auto_connect=False, now=None)
        self._show()
        self.picker.choose(address.port)

    @Slot(object)
    def _connect(self, picked: Picked) -> None:
        choice, now = picked.choice, self._bench.now()
        if choice.offer is not None:
            self._known.note_board(choice.offer, picked.capture, auto_connect=picked.auto_connect, now=now)
        elif isinstance(choice.address, TcpAddress):
            self._known.note_node(choice.address, auto_connect=picked.auto_connect, now=now)
        known = None if choice.offer is None else self._known.board(choice.offer.key)
        self._bench.connect_board(choice.address, picked.capture, lines="auto" if known is None else known.lines)
