# SPDX-License-Identifier: GPL-3.0-only
"""``mtleak-gui demo serve`` as a user runs it: a process, a real client, a signal."""

from __future__ import annotations

import signal
import socket
import subprocess
import sys

import pytest

from mtleak_gui.cli.commands import run_command
from mtleak_gui.core.end_signals import end_signals
from tests.demo.package_clients import over_serial, over_tcp

COMMAND = [sys.executable, "-m", "mtleak_gui", "demo", "serve"]
posix_only = pytest.mark.skipif(sys.platform == "win32", reason="Windows has neither signals like these nor ptys")


@posix_only
@pytest.mark.parametrize("number", end_signals())
def test_a_board_is_served_until_a_signal_ends_it_cleanly(number: signal.Signals) -> None:
    with subprocess.Popen(
        [*COMMAND, "--speed", "60"], stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
    ) as served:
        assert served.stdout is not None
        title, address = served.stdout.readline(), served.stdout.readline().strip()
        assert "heltec-v3" in title
        kind, host, port = address.split(":")
        assert (kind, host) == ("tcp", "127.0.0.1")
        with over_tcp((host, int(port))) as client:
            assert client.myInfo.pio_env == "heltec-v3"
        served.send_signal(number)
        output, errors = served.communicate(timeout=30)
    assert (served.returncode, errors) == (0, "")
    assert output.endswith("stopped\n")


@posix_only
def test_a_board_is_served_on_a_pseudo_terminal() -> None:
    command = [*COMMAND, "--pty", "--scenario", "recovery"]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as served:
        assert served.stdout is not None
        served.stdout.readline()
        kind, _, path = served.stdout.readline().strip().partition(":")
        assert kind == "serial"
        with over_serial(path) as client:
            assert client.myInfo.pio_env == "pico"
        served.send_signal(signal.SIGINT)
        served.communicate(timeout=30)
    assert served.returncode == 0


def test_the_scenarios_are_listed(capsys: pytest.CaptureFixture[str]) -> None:
    assert run_command(["demo", "serve", "--list"]) == 0
    listed = capsys.readouterr().out
    assert [line.split()[0] for line in listed.splitlines()][:2] == ["steady", "warm-up"]
    assert "slow-leak " in listed


@pytest.mark.parametrize(
    ("options", "words"),
    [
        (["--scenario", "leek"], "there is no scenario 'leek'; there are: steady, warm-up,"),
        (["--scenario", "slow-leak:much"], "1 to 20000, not 'much'"),
        (["--speed", "0"], "--speed is a number from 1 to 600, not '0'"),
        (["--speed", "fast"], "--speed is a number from 1 to 600, not 'fast'"),
        (["--tcp", "70000"], "--tcp is a port from 0 to 65535, not '70000'"),
    ],
)
def test_bad_input_is_named(options: list[str], words: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert run_command(["demo", "serve", *options]) == 2
    assert words in capsys.readouterr().err


def test_a_port_in_use_is_told(capsys: pytest.CaptureFixture[str]) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        assert run_command(["demo", "serve", "--tcp", str(port)]) == 2
    message = capsys.readouterr().err
    assert f"cannot listen on 127.0.0.1:{port}" in message
    assert "choose another --tcp port, or 0 for any" in message
