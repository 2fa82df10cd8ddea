# SPDX-License-Identifier: GPL-3.0-only
"""All devices, the recording they go into, and what the tester does to both. Lives on the GUI thread."""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable, Mapping
from contextlib import ExitStack
from functools import partial

from PySide6.QtCore import QObject, QTimer, Signal, Slot

from mtleak_gui.core.addresses import Address, AddressError, DemoAddress, address_of_port
from mtleak_gui.core.contracts import Clock
from mtleak_gui.core.notice import Notice
from mtleak_gui.core.port_offer import PortOffer
from mtleak_gui.core.recording_options import RecordingOptions
from mtleak_gui.core.records import RawEvent
from mtleak_gui.core.settings import LinePolicy
from mtleak_gui.engine.bench_demo import DemoBench
from mtleak_gui.engine.board_links import BoardLink, board_link
from mtleak_gui.engine.demo_start import DemoStart
from mtleak_gui.engine.link_kind import CaptureWish
from mtleak_gui.engine.port_names import device_named_in, free_port_name
from mtleak_gui.engine.query_runner import QueryRunner
from mtleak_gui.engine.recording_plan import RecordingPlan
from mtleak_gui.engine.session import Session
from mtleak_gui.storage.places import Places

LONGEST_CLOSE_MS = 30_000

log = logging.getLogger(__name__)


class Bench(DemoBench):
    """Everything that the window shows hangs on this. All methods return at once; refusals come as ``told``.

    Ids of actions in notices: ``record``, ``resume_and_mark``, ``stop_recording``, ``open_folder``,
    ``stop_asking``.
    """

    _closed = Signal()

    def __init__(
        self,
        places: Places,
        queries: QueryRunner,
        clock: Clock,
        options: RecordingOptions | None = None,
        parent: QObject | None = None,
        *,
        demo: DemoStart | None = None,
    ) -> None:
        """``clock`` is the host's; ``start`` begins to work. ``demo`` may be preparing one already."""
        super().__init__(places, queries, clock, options or RecordingOptions(), parent, demo=demo)
        self._keepers.port_freed.connect(self._port_freed)
        self._waiting: dict[str, BoardLink] = {}
        self._then: Callable[[], None] | None = None
        self._patience = QTimer(self, singleShot=True, interval=LONGEST_CLOSE_MS)
        self._patience.timeout.connect(self._give_up)
        self._keepers.all_left.connect(self._all_left)
        self._closed.connect(self._ended)

    def start(self) -> None:
        """Begin to work."""
        self._control.start()

    def choose(self, port: str) -> None:
        """Make a session the current one."""
        self._shelf.choose(port)

    def name_boards(self, names: Mapping[str, str]) -> None:
        """Take the names that the tester gave, by port."""
        self._shelf.name(names)

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

    def session_at(self, device: str) -> Session | None:
        """Return the session of the board that is on a device now, under whatever name it is recorded."""
        port = self._keepers.port_at(device)
        return self.session(device if port is None else port)

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
        self._shelf.remove(port)

    def ask_for_stats(self, port: str, every_s: int) -> None:
        """Ask a board for LocalStats each so many seconds (11 at the fastest), as the tester has confirmed."""
        self.acts.ask_for_stats(port, every_s)

    def stop_asking(self, port: str) -> None:
        """Ask a board no more."""
        self.acts.stop_asking(port)

    def switch_debug_log(self, port: str, *, on: bool) -> None:
        """Switch a board's debug log over the API, which restarts the board, as the tester has confirmed."""
        self.acts.switch_debug_log(port, on=on)

    @Slot(RawEvent)
    def hear(self, event: RawEvent) -> None:
        """Record what happened to this computer; it takes the road of everything that is heard.

        After a sleep nodes have given us up, and ports may have new names: each link is looked after at once.
        """
        self._control.hear(event)
        if event.kind == "host_sleep":
            self._keepers.check_all()

    def new_recording(self, title: str) -> None:
        """Begin another recording and show it; boards stay connected, and it records when the one before did."""
        folder = self._places.new_recording(title)
        plan = RecordingPlan(folder, folder.name, self._clock, self._limits())
        was_demo = self._switch.plan is not None and self._switch.plan.demo
        records = self.recorder.running and not was_demo
        links = () if was_demo else tuple(self._keepers.ports)
        self._switch.to(
            plan, partial(self._go_on, links, self._devices(links), record=records), keep_links=not was_demo
        )

    def close(self, then: Callable[[], None]) -> None:
        """End links, recorder and virtual boards in order, in bounded time, then call ``then`` on this thread."""
        if self._then is not None:
            return
        self._then = then
        self._waiting.clear()
        self._switch.stop()
        self._demo.cancel()
        self._patience.start()
        self._keepers.leave_all()
        if self._keepers.is_idle:
            self._all_left()

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
        here = self._keepers.port_at(device)
        name = free_port_name(device, self._keepers.ports) if here is None else here
        return link._replace(port=name, device=device)

    @Slot(str)
    def _port_freed(self, port: str) -> None:
        if (link := self._waiting.pop(port, None)) is not None:
            self._keepers.keep(link)

    def _devices(self, ports: tuple[str, ...]) -> list[RawEvent]:
        """Return what is known of devices, as the events that tell it again in another recording."""
        now, events = self.now(), []
        for port in ports:
            session = self.session(port)
            if session is not None and session.device is not None:
                data = {k: v for k, v in session.device._asdict().items() if k not in ("port", "role")}
                events.append(RawEvent(now, "device_info", None, None, port, session.role, data))
        return events

    def _go_on(self, ports: tuple[str, ...], devices: list[RawEvent], *, record: bool) -> None:
        """Go on with the boards that are connected, in a new recording."""
        if record:
            self._control.record()
        roles = {event.port: event.role or "" for event in devices}
        for port in ports:
            state = self._keepers.state(port)
            self._shelf.ensure(port, roles.get(port, "serial"))
            if state is not None:
                self._shelf.set_link(state)
        for event in devices:
            self._control.hear(event)

    @Slot()
    def _all_left(self) -> None:
        if self._then is None:
            return

        def end() -> None:
            self._control.end()
            self._closed.emit()

        threading.Thread(target=end, name="closing the recorder", daemon=True).start()

    @Slot()
    def _give_up(self) -> None:
        if self._then is None:
            return
        log.error("Closing took longer than %d s", LONGEST_CLOSE_MS // 1000)
        self._ended()

    @Slot()
    def _ended(self) -> None:
        self._patience.stop()
        then, self._then = self._then, None
        if then is not None:
            then()
