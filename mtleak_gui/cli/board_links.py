# SPDX-License-Identifier: GPL-3.0-only
"""From addresses to links, with the virtual boards that stand behind demo addresses."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from contextlib import ExitStack
from functools import partial
from typing import NamedTuple

from mtleak_gui.cli.addresses import Address, DemoAddress, SerialAddress, TcpAddress
from mtleak_gui.cli.errors import BadInputError
from mtleak_gui.core.contracts import Clock, Link
from mtleak_gui.demo.board_clock import BoardClock
from mtleak_gui.demo.pty_port import NoPtyError, serve_pty
from mtleak_gui.demo.scenario_catalogue import UnknownScenarioError, scenario_named
from mtleak_gui.demo.tcp_port import serve_tcp
from mtleak_gui.demo.virtual_board import VirtualBoard
from mtleak_gui.engine.link_keeper import LinkFactory
from mtleak_gui.link.byte_stream import ByteStream, open_serial, open_tcp
from mtleak_gui.link.console_link import ConsoleLink
from mtleak_gui.link.meshtastic_link import MeshtasticLink
from mtleak_gui.storage.system_clock import SystemClock

DEMO_ROLE = "demo"


class BoardLink(NamedTuple):
    """A board to keep: the name of its port and how to make a link to it."""

    port: str
    make_link: LinkFactory


def common_clock(addresses: Sequence[Address], speed: float) -> Clock:
    """Return the clock of the recording: the host's, or that of virtual boards which live faster.

    ``speed`` holds for demo addresses that name none. Raises ``BadInputError`` when one clock cannot serve all.
    """
    speeds = {address.speed or speed for address in addresses if isinstance(address, DemoAddress)}
    if not speeds or speeds == {1.0}:
        return SystemClock()
    if len(speeds) > 1:
        raise BadInputError("virtual boards of different speed cannot share a recording: give them one speed")
    if any(not isinstance(address, DemoAddress) for address in addresses):
        raise BadInputError("a virtual board that lives faster cannot share a recording with real boards: use speed 1")
    return BoardClock(speeds.pop())


def board_link(address: Address, *, console: bool, clock: Clock, held: ExitStack) -> BoardLink:
    """Return how to hear the board at an address; a virtual one is started and held by ``held``.

    Raises ``BadInputError`` when there is no such board to be heard that way.
    """
    if isinstance(address, DemoAddress):
        return _demo_link(address, console=console, clock=clock, held=held)
    if isinstance(address, TcpAddress):
        if console:
            raise BadInputError(
                f"{address.port} has no text console: leave --console out, or connect it by serial port"
            )
        return _api_link(partial(open_tcp, address.host, address.tcp_port), address.port, "tcp", clock)
    return _serial_link(address, console=console, clock=clock)


def _api_link(open_stream: Callable[[], ByteStream], port: str, role: str, clock: Clock) -> BoardLink:
    def make_link(on_configuring: Callable[[], None]) -> Link:
        return MeshtasticLink(open_stream, port, role, clock, on_configuring)

    return BoardLink(port, make_link)


def _serial_link(address: SerialAddress, *, console: bool, clock: Clock) -> BoardLink:
    if console:
        return _console_link(address.device, address.device, clock)
    return _api_link(partial(open_serial, address.device), address.device, "serial", clock)


def _console_link(device: str, port: str, clock: Clock) -> BoardLink:
    def make_link(_on_configuring: Callable[[], None]) -> Link:
        return ConsoleLink(device, clock, port)

    return BoardLink(port, make_link)


def _demo_link(address: DemoAddress, *, console: bool, clock: Clock, held: ExitStack) -> BoardLink:
    try:
        scenario = scenario_named(address.scenario)
    except UnknownScenarioError as trouble:
        raise BadInputError(f"demo:{address.scenario}: {trouble}") from trouble
    board_clock = clock if isinstance(clock, BoardClock) else BoardClock()
    # Only boards whose log API is on say anything but telemetry; a console needs it off to show what a fresh one does.
    board = VirtualBoard(scenario, clock=board_clock, debug_log_api=not console)
    device = _serial_side(board, held)
    if console:
        return _console_link(device, address.port, clock)
    return _api_link(partial(open_serial, device), address.port, DEMO_ROLE, clock)


def _serial_side(board: VirtualBoard, held: ExitStack) -> str:
    """Serve the side of a board that prints log lines, as a terminal or, on Windows, as a port behind a socket."""
    try:
        return held.enter_context(serve_pty(board))
    except NoPtyError:
        host, tcp_port = held.enter_context(serve_tcp(board, serial_side=True))
        return f"socket://{host}:{tcp_port}"
