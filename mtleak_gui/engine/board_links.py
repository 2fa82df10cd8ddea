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
from mtleak_gui.engine.link_keeper import LinkFactory
from mtleak_gui.storage.system_clock import SystemClock

if TYPE_CHECKING:
    from mtleak_gui.link.byte_stream import ByteStream

DEMO_ROLE = "demo"


class BoardLink(NamedTuple):
    """A board to keep: the name of its port, the role of its rows, and how to make a link to it."""

    port: str
    role: str
    make_link: LinkFactory


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
        return _api_link(lambda: _open_tcp(address), address.port, "tcp", clock)
    if isinstance(address, BleAddress):
        if console:
            raise AddressError(f"{address.port} has no text console: hear it over the API, which brings its log too")
        return _api_link(lambda: _open_ble(address), address.port, "ble", clock)
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
        return BoardLink(port, CONSOLE_ROLE, lambda _on_configuring: _listen(board.device(), clock, port))
    return _api_link(lambda: _open_serial(board.device()), port, DEMO_ROLE, clock)


def _serial_link(address: SerialAddress, *, console: bool, clock: Clock, lines: LinePolicy) -> BoardLink:
    device = address.device
    if console:
        return BoardLink(device, CONSOLE_ROLE, lambda _on_configuring: _listen(device, clock, device, lines))
    return _api_link(lambda: _open_serial(device, lines), device, "serial", clock)


def _api_link(open_stream: Callable[[], ByteStream], port: str, role: str, clock: Clock) -> BoardLink:
    def make_link(on_configuring: Callable[[], None]) -> Link:
        return _speak(open_stream, port, role, clock, on_configuring)

    return BoardLink(port, role, make_link)


# The packages of links are heavy, and loaded on a link's own thread: a window is shown before it hears anybody.


def _listen(device: str, clock: Clock, port: str, lines: LinePolicy = "auto") -> Link:
    from mtleak_gui.link.console_link import ConsoleLink  # noqa: PLC0415

    return ConsoleLink(device, clock, port, lines)


def _speak(
    open_stream: Callable[[], ByteStream], port: str, role: str, clock: Clock, on_configuring: Callable[[], None]
) -> Link:
    from mtleak_gui.link.meshtastic_link import MeshtasticLink  # noqa: PLC0415

    return MeshtasticLink(open_stream, port, role, clock, on_configuring)


def _open_serial(device: str, lines: LinePolicy = "auto") -> ByteStream:
    from mtleak_gui.link.byte_stream import open_serial  # noqa: PLC0415

    return open_serial(device, lines)


def _open_tcp(address: TcpAddress) -> ByteStream:
    from mtleak_gui.link.byte_stream import open_tcp  # noqa: PLC0415

    return open_tcp(address.host, address.tcp_port)


def _open_ble(address: BleAddress) -> ByteStream:
    from mtleak_gui.link.ble_stream import open_ble  # noqa: PLC0415

    return open_ble(address.address)
