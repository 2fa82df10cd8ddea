# SPDX-License-Identifier: GPL-3.0-only
"""Which boards are heard, where they are, and under which name each is recorded. Lives on the GUI thread."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import ExitStack
from functools import partial

from PySide6.QtCore import QObject, Slot

from mtleak_gui.core.addresses import Address, AddressError, DemoAddress, address_of_port
from mtleak_gui.core.contracts import Clock
from mtleak_gui.core.notice import Notice
from mtleak_gui.core.port_offer import PortOffer
from mtleak_gui.core.recording_options import RecordingOptions
from mtleak_gui.core.settings import LinePolicy
from mtleak_gui.engine.bench_demo import DemoBench
from mtleak_gui.engine.board_links import BoardLink, board_link
from mtleak_gui.engine.demo_start import DemoStart
from mtleak_gui.engine.link_kind import CaptureWish
from mtleak_gui.engine.port_names import device_named_in
from mtleak_gui.engine.query_runner import QueryRunner
from mtleak_gui.storage.places import Places


class BoardBench(DemoBench):
    """Adds real boards. A port is the name of a board's rows; its device is where it is."""

    def __init__(
        self,
        places: Places,
        queries: QueryRunner,
        clock: Clock,
        options: RecordingOptions,
        parent: QObject | None,
        *,
        demo: DemoStart | None,
    ) -> None:
        super().__init__(places, queries, clock, options, parent, demo=demo)
        self._keepers.port_freed.connect(self._port_freed)
        self._waiting: dict[str, BoardLink] = {}

    def connect_board(self, address: Address, capture: CaptureWish = "auto", *, lines: LinePolicy = "auto") -> None:
        """Hear a board from now on, and again whenever it comes back. A virtual one begins a demo.

        ``lines``: how DTR and RTS of a serial port are to stand.
        """
        self._connect_as(address, capture, lines)

    def _connect_as(
        self, address: Address, capture: CaptureWish, lines: LinePolicy = "auto", port: str | None = None
    ) -> None:
        """Hear the board at an address; ``port``: it is the one that is recorded under this name."""
        if isinstance(address, DemoAddress):
            self.start_demo(address.scenario, speed=address.speed or 1.0)
            return
        try:
            console = capture == "console"
            link = board_link(address, console=console, clock=self._clock, held=ExitStack(), lines=lines)
        except AddressError as trouble:
            self.told.emit(Notice("connect", "warn", "This board cannot be heard that way.", str(trouble)))
            return
        then = partial(self._hear, link, lambda name: self._connect_as(address, capture, lines, name), port)
        plan = self._switch.coming
        if plan is not None and plan.demo:
            self._switch.to(self._default_plan(), then)
        else:
            self._when_writable(then)

    def reconnect(self, port: str) -> None:
        """Hear a board again, as it was heard before, in this run or an earlier one; or try to now, without waiting."""
        session = self.session(port)
        if port in self._keepers.ports:
            self._keepers.try_now(port)
            return
        if session is None:
            return
        how = self._how.get(port)
        if how is None:
            address = address_of_port(device_named_in(port))
            capture: CaptureWish = "console" if session.capture == "Console" else "auto"
            how = partial(self._connect_as, address, capture, port=port)
        how()

    def connect_other(self, port: str) -> None:
        """Hear the board that has taken the place of the one that is recorded as ``port``, under a name of its own."""
        session = self.session(port)
        capture: CaptureWish = "console" if session is not None and session.capture == "Console" else "auto"
        self.connect_board(address_of_port(self._keepers.device(port)), capture)

    @Slot(tuple)
    def take_offers(self, offers: tuple[PortOffer, ...]) -> None:
        """Take the serial ports that there are now: boards that are heard are followed to other ports."""
        self._keepers.take_offers(offers)

    def port_at(self, device: str) -> str:
        """Return the name under which the board on a device is recorded."""
        return self._keepers.name_for(device)

    def awaits(self, offer: PortOffer) -> bool:
        """Return whether the board that is offered is heard already, or about to be."""
        return self._keepers.port_of(offer) is not None

    def device_at(self, port: str) -> str:
        """Return the device where the board is that is recorded as ``port``."""
        return self._keepers.device(port)

    def disconnect_board(self, port: str) -> None:
        """Do not hear a board any more; its session stays."""
        self._waiting.pop(port, None)
        self._keepers.leave(port)

    def choose_candidate(self, port: str, device: str) -> None:
        """Say on which device the board is that is recorded as ``port``; the answer to ``candidates_found``."""
        self._keepers.choose(port, device)

    def forget(self, port: str) -> None:
        """Disconnect a board and remove its session from view; its rows stay in the recording."""
        self.disconnect_board(port)
        self.acts.drop(port)
        self._shelf.remove(port)

    def _hear(self, wanted: BoardLink, again: Callable[[str], None], port: str | None = None) -> None:
        """Begin to hear a board; ``again`` does the same later. ``port``: it is the one recorded under this name."""
        if self._options.auto_record and self._switch.is_writable:
            self._control.record()
        link = self._named(wanted, port)
        self._how[link.port] = partial(again, link.port)
        session = self._shelf.get(link.port)
        is_otherwise = session is not None and session.role != link.role
        self._shelf.ensure(link.port, link.role)
        self._shelf.choose(link.port)
        if is_otherwise:
            self._keepers.leave(link.port)
        if self._keepers.is_leaving(link.port):
            self._waiting[link.port] = link
        elif link.port not in self._keepers.ports:
            self._keepers.keep(link)

    def _named(self, link: BoardLink, port: str | None) -> BoardLink:
        """Return the link under the name of its board's rows: lines of two boards must never cross."""
        device = link.port
        if port is not None and port not in self._keepers.ports:
            return link._replace(port=port, device=device, key=self._keepers.key_before(port))
        return link._replace(port=self._keepers.name_for(device), device=device)

    @Slot(str)
    def _port_freed(self, port: str) -> None:
        if (link := self._waiting.pop(port, None)) is not None:
            self._keepers.keep(link)
