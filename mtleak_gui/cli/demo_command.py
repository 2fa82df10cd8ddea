# SPDX-License-Identifier: GPL-3.0-only
"""``mtleak-gui demo``: a virtual board that any client can connect to, or one to be seen being recorded."""

from __future__ import annotations

import argparse
from collections.abc import Iterator
from contextlib import contextmanager
from threading import Event

from mtleak_gui.cli import demo_watch
from mtleak_gui.cli.errors import BadInputError
from mtleak_gui.core.end_signals import on_end_signals
from mtleak_gui.demo.board_clock import BoardClock
from mtleak_gui.demo.pty_port import NoPtyError, serve_pty
from mtleak_gui.demo.scenario import Scenario
from mtleak_gui.demo.scenario_catalogue import DEFAULT_SCENARIO, UnknownScenarioError, scenario_named, scenarios
from mtleak_gui.demo.tcp_port import serve_tcp
from mtleak_gui.demo.virtual_board import VirtualBoard

_HIGHEST_PORT = 65535


def configure(parser: argparse.ArgumentParser) -> None:
    """Declare the subcommands and their options."""
    subparsers = parser.add_subparsers(dest="action", required=True, metavar="ACTION")
    summary = "serve a virtual board on TCP or on a pseudo-terminal, until Ctrl-C"
    _configure_serve(subparsers.add_parser("serve", help=summary, description=summary))
    summary = "see a virtual board being recorded, until Ctrl-C"
    demo_watch.configure(subparsers.add_parser("watch", help=summary, description=summary))


def run(arguments: argparse.Namespace) -> int:
    """Run the chosen subcommand."""
    return _ACTIONS[arguments.action](arguments)


def _configure_serve(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "--scenario",
        default=DEFAULT_SCENARIO,
        metavar="NAME[:RATE]",
        help="which board; RATE is a leak's bytes a minute (default: %(default)s)",
    )
    where = parser.add_mutually_exclusive_group()
    where.add_argument("--tcp", default="0", metavar="PORT", help="listen on 127.0.0.1:PORT (default: any free port)")
    where.add_argument("--pty", action="store_true", help="be a serial device on a pseudo-terminal instead")
    parser.add_argument("--speed", default="1", help="how fast its time passes, 1 to 600 (default: %(default)s)")
    parser.add_argument(
        "--serial-side",
        action="store_true",
        help="on TCP, be the board's serial port behind an adapter, with its debug log API on: clients get its log",
    )
    parser.add_argument("--seed", type=int, default=1, help="another number is another board (default: %(default)s)")
    parser.add_argument("--list", action="store_true", help="list the scenarios and stop")


def _serve(arguments: argparse.Namespace) -> int:
    if arguments.list:
        for scenario in scenarios():
            print(f"{scenario.name:<20} {scenario.title} ({scenario.hardware.environment})")
        return 0
    scenario = _scenario(arguments.scenario)
    board = VirtualBoard(
        scenario, clock=_clock(arguments.speed), seed=arguments.seed, debug_log_api=arguments.serial_side
    )
    stopped = Event()
    with on_end_signals(lambda _number: stopped.set()), _served(board, arguments) as how_to_connect:
        print(f"{scenario.title}: {scenario.hardware.environment}, firmware {scenario.firmware}")
        print(how_to_connect, flush=True)
        stopped.wait()
    print("stopped", flush=True)
    return 0


@contextmanager
def _served(board: VirtualBoard, arguments: argparse.Namespace) -> Iterator[str]:
    try:
        if arguments.pty:
            with serve_pty(board) as path:
                yield f"serial:{path}\nconnect with: meshtastic --port {path} --info"
        else:
            with serve_tcp(board, _port(arguments.tcp), serial_side=arguments.serial_side) as (host, port):
                yield _how_to_connect(host, port, serial_side=arguments.serial_side)
    except NoPtyError as trouble:
        raise BadInputError(f"--pty cannot be used: {trouble}") from trouble
    except OSError as trouble:
        raise BadInputError(
            f"cannot listen on 127.0.0.1:{arguments.tcp} ({trouble.strerror}); choose another --tcp port, or 0 for any"
        ) from trouble


def _how_to_connect(host: str, port: int, *, serial_side: bool) -> str:
    if serial_side:
        return f"serial:socket://{host}:{port}\nconnect with: mtleak-gui record --connect serial:socket://{host}:{port}"
    return f"tcp:{host}:{port}\nconnect with: meshtastic --host {host}:{port} --info"


def _scenario(name: str) -> Scenario:
    try:
        return scenario_named(name)
    except UnknownScenarioError as trouble:
        raise BadInputError(str(trouble)) from trouble


def _clock(speed: str) -> BoardClock:
    try:
        return BoardClock(float(speed))
    except ValueError as trouble:
        raise BadInputError(f"--speed is a number from 1 to 600, not {speed!r}") from trouble


def _port(number: str) -> int:
    if number.isascii() and number.isdigit() and int(number) <= _HIGHEST_PORT:
        return int(number)
    raise BadInputError(f"--tcp is a port from 0 to {_HIGHEST_PORT}, not {number!r}")


_ACTIONS = {"serve": _serve, "watch": demo_watch.run}
