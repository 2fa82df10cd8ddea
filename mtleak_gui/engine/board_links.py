# SPDX-License-Identifier: GPL-3.0-only
"""From addresses to links, with the virtual boards that stand behind demo addresses."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from contextlib import ExitStack
from typing import TYPE_CHECKING, NamedTuple

from mtleak_gui.core.addresses import Address, AddressError, BleAddress, DemoAddress, SerialAddress, TcpAddress
from mtleak_gui.core.contracts import Clock, Link
from mtleak_gui.core.rows import CONSOLE_ROLE
from mtleak_gui.core.settings import LinePolicy
from mtleak_gui.demo.board_clock import BoardClock
from mtleak_gui.demo.scenario import Scenario
from mtleak_gui.demo.scenario_catalogue import UnknownScenarioError, scenario_named
from mtleak_gui.engine.demo_board import DemoBoard
from mtleak_gui.engine.link_try import LinkFactory, LinkTry
from mtleak_gui.storage.system_clock import SystemClock

if TYPE_CHECKING:
    from mtleak_gui.link.byte_stream import ByteStream

DEMO_ROLE = "demo"


class BoardLink(NamedTuple):
    """A board to keep: the name of its port, the role of its rows, and how to make a link to it.

    ``device`` is where it is, when that is another name; ``is_movable``: it may come back on another port. ``key`` is
    who it is (``PortOffer.key``), ``None`` for whoever is there.
    """

    port: str
    role: str
    make_link: LinkFactory
    device: str | None = None
    is_movable: bool = False
    key: str | None = None


def common_clock(addresses: Sequence[Address], speed: float) -> Clock:
    """Return the clock of the recording: the host's, or that of virtual boards which live faster.

    ``speed`` holds for demo addresses that name none. Raises ``AddressError`` when one clock cannot serve all.
    """
    speeds = {address.speed or speed for address in addresses if isinstance(address, DemoAddress)}
    if not speeds or speeds == {1.0}:
        return SystemClock()
    if len(speeds) > 1:
        raise AddressError("virtual boards of different speed cannot share a recording: give them one speed")
    if any(not isinstance(address, DemoAddress) for address in addresses):
        raise AddressError("a virtual board that lives faster cannot share a recording with real boards: use speed 1")
    return BoardClock(speeds.pop())


def board_link(
    address: Address, *, console: bool, clock: Clock, held: ExitStack, lines: LinePolicy = "auto"
) -> BoardLink:
    """Return how to hear the board at an address; a virtual one is held by ``held``.

    ``lines``: how DTR and RTS of a serial port are to stand. Raises ``AddressError`` when there is no such board to be
    heard that way.
    """
    if isinstance(address, DemoAddress):
        # Only boards whose log API is on say more than telemetry; a console needs it off to show what a fresh one does.
        board = DemoBoard(demo_scenario(address), clock=board_clock(clock), debug_log_api=not console)
        held.callback(board.close)
        return demo_link(address.port, board, console=console, clock=clock)
    if isinstance(address, TcpAddress):
        if console:
            raise AddressError(f"{address.port} has no text console: hear it over the API, or connect its serial port")
        return BoardLink(address.port, "tcp", lambda wish: _speak(lambda: _open_tcp(address, wish), "tcp", clock, wish))
    if isinstance(address, BleAddress):
        if console:
            raise AddressError(f"{address.port} has no text console: hear it over the API, which brings its log too")
        return BoardLink(address.port, "ble", lambda wish: _speak(lambda: _open_ble(address), "ble", clock, wish))
    return _serial_link(address, console=console, clock=clock, lines=lines)


def demo_scenario(address: DemoAddress) -> Scenario:
    """Return the scenario that an address names. Raises ``AddressError``."""
    try:
        return scenario_named(address.scenario)
    except UnknownScenarioError as trouble:
        raise AddressError(f"demo:{address.scenario}: {trouble}") from trouble


def board_clock(clock: Clock) -> BoardClock:
    """Return the clock that a virtual board lives by, whose rows ``clock`` stamps."""
    return clock if isinstance(clock, BoardClock) else BoardClock()


def demo_link(port: str, board: DemoBoard, *, console: bool, clock: Clock) -> BoardLink:
    """Return how to hear a virtual board, which somebody else takes away in the end."""
    if console:
        return BoardLink(port, CONSOLE_ROLE, lambda wish: _listen(board.device(), clock, wish, watch_reset=False))
    return BoardLink(port, DEMO_ROLE, lambda wish: _speak(lambda: _open_serial(board.device()), DEMO_ROLE, clock, wish))


def _serial_link(address: SerialAddress, *, console: bool, clock: Clock, lines: LinePolicy) -> BoardLink:
    device = address.device
    # What a network address stands for stays there, and a call to it moves no lines of a board.
    is_local = "://" not in device

    def listen(wish: LinkTry) -> Link:
        return _listen(wish.device, clock, wish, lines, watch_reset=is_local and not wish.was_plugged_in)

    def speak(wish: LinkTry) -> Link:
        watch_reset = is_local and not wish.was_plugged_in
        return _speak(lambda: _open_serial(wish.device, lines), "serial", clock, wish, watch_reset=watch_reset)

    if console:
        return BoardLink(device, CONSOLE_ROLE, listen, is_movable=is_local)
    return BoardLink(device, "serial", speak, is_movable=is_local)


# The packages of links are heavy, and loaded on a link's own thread: a window is shown before it hears anybody.


def _listen(device: str, clock: Clock, wish: LinkTry, lines: LinePolicy = "auto", *, watch_reset: bool) -> Link:
    from mtleak_gui.link.console_link import ConsoleLink  # noqa: PLC0415

    return ConsoleLink(device, clock, wish.port, lines, watch_reset=watch_reset)


def _speak(
    open_stream: Callable[[], ByteStream], role: str, clock: Clock, wish: LinkTry, *, watch_reset: bool = False
) -> Link:
    from mtleak_gui.link.meshtastic_link import MeshtasticLink  # noqa: PLC0415

    return MeshtasticLink(
        open_stream,
        wish.port,
        role,
        clock,
        wish.opened,
        on_step=wish.stepped,
        node=wish.node,
        is_sure=wish.is_sure,
        watch_reset=watch_reset,
    )


def _open_serial(device: str, lines: LinePolicy = "auto") -> ByteStream:
    from mtleak_gui.link.byte_stream import open_serial  # noqa: PLC0415

    return open_serial(device, lines)


def _open_tcp(address: TcpAddress, wish: LinkTry) -> ByteStream:
    from mtleak_gui.link.byte_stream import open_tcp  # noqa: PLC0415

    return open_tcp(address.host, address.tcp_port, is_look=wish.is_look)


def _open_ble(address: BleAddress) -> ByteStream:
    from mtleak_gui.link.ble_stream import open_ble  # noqa: PLC0415

    return open_ble(address.address)
