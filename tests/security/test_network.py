# SPDX-License-Identifier: GPL-3.0-only
"""The program talks to the boards that were chosen and to nobody else, and keeps its temporary files to itself."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

from tests.engine.bench_kit import board_on_tcp
from tests.security.watched_program import watched_program

_IPV6_PROBE = "socket.bind ('::1', 0)"
"""urllib3, which the meshtastic package brings, tries once whether there is IPv6 and closes the socket."""
_PROGRAM = "tests.security.recording_program"

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="what a process listens on is read from /proc")


def test_with_a_board_it_connects_to_that_and_listens_nowhere(tmp_path: Path) -> None:
    with board_on_tcp() as address:
        board = f"tcp:{address.host}:{address.tcp_port}"
        with watched_program(tmp_path, _PROGRAM, str(tmp_path), board) as program:
            program.look_until(tmp_path / "done")
            assert program.end() == 0
        mine = {f"('{address.host}', {address.tcp_port})"}
    assert program.listeners == set()
    assert {line.partition(" ")[2] for line in program.addresses if line.startswith("socket.connect")} == mine
    assert [line for line in program.addresses if "bind" in line and line != _IPV6_PROBE] == []
    looked_up = {line.partition(" ")[2] for line in program.addresses if line.startswith("socket.get")}
    assert looked_up <= {repr(address.host)}
    assert program.open_to_others == set()


def test_the_demo_stays_on_this_machine(tmp_path: Path) -> None:
    with watched_program(tmp_path, _PROGRAM, str(tmp_path), "demo") as program:
        program.look_until(tmp_path / "done")
        assert any(path.name.startswith("mtleak-demo-") for path in program.temporary.iterdir())
        assert program.end() == 0
    assert {address for address in program.listeners if " 0100007F:" not in address} == set()
    assert {line for line in program.addresses if "127.0.0.1" not in line} <= {_IPV6_PROBE}
    assert program.open_to_others == set()
    assert list(program.temporary.iterdir()) == []
