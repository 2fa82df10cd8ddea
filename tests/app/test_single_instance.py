# SPDX-License-Identifier: GPL-3.0-only
"""A second start of the program hands its wish to the first one and ends; the first one goes on."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtNetwork import QLocalServer, QLocalSocket
from pytestqt.qtbot import QtBot

from mtleak_gui.app.single_instance import SingleInstance, StartWish
from mtleak_gui.storage.places import Places

PATIENCE_MS = 30_000


@pytest.fixture
def first(qapp: object, home: Path) -> Iterator[SingleInstance]:
    """The program that runs already, as far as later starts see it."""
    instance = SingleInstance(Places.of_system(os.environ))
    assert instance.begin(StartWish()) == "first"
    yield instance
    instance.close()


def start_again(*arguments: str) -> subprocess.Popen[str]:
    """Start the real program a second time, in the same home."""
    command = [sys.executable, "-m", "mtleak_gui", *arguments]
    return subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)


def test_a_second_start_hands_over_what_it_was_asked_to_open(
    first: SingleInstance, qtbot: QtBot, tmp_path: Path
) -> None:
    folder = tmp_path / "Nacht über Köln"
    with qtbot.waitSignal(first.asked, timeout=PATIENCE_MS) as asked:
        second = start_again("--open", str(folder))
    told = second.communicate(timeout=PATIENCE_MS / 1000)
    assert asked.args == [StartWish(folder, None)]
    assert second.returncode == 0
    assert "runs already" in told[1]


def test_the_first_program_goes_on_to_hear_starts(first: SingleInstance, qtbot: QtBot) -> None:
    for wish in (StartWish(demo="steady"), StartWish()):
        with qtbot.waitSignal(first.asked, timeout=PATIENCE_MS) as asked:
            second = start_again(*(("--demo", wish.demo) if wish.demo else ()))
        second.communicate(timeout=PATIENCE_MS / 1000)
        assert asked.args == [wish]
        assert second.returncode == 0


def test_what_is_no_wish_only_brings_the_window(first: SingleInstance, qtbot: QtBot) -> None:
    for line in (b"junk\n", b'{"open": 7, "demo": []}\n', b"[]\n", b"\xff\xfe\n"):
        socket = QLocalSocket()
        with qtbot.waitSignal(first.asked, timeout=PATIENCE_MS) as asked:
            socket.connectToServer(first.findChildren(QLocalServer)[0].serverName())
            socket.write(line)
            socket.flush()
        assert asked.args == [StartWish()]
        socket.close()


def test_another_home_is_another_program(first: SingleInstance, tmp_path: Path) -> None:
    elsewhere = Places(tmp_path / "r", tmp_path / "p", tmp_path / "s", tmp_path / "l")
    other = SingleInstance(elsewhere)
    assert other.begin(StartWish()) == "first"
    other.close()
