# SPDX-License-Identifier: GPL-3.0-only
"""A port that another program holds: told, explained, and heard as soon as the other one lets it go."""

from __future__ import annotations

import subprocess
import sys

import pytest

from mtleak_gui.core.addresses import SerialAddress
from mtleak_gui.ui.devices.trouble_dialog import TroubleDialog
from tests.engine.bench_kit import board_on_pty
from tests.ui.hands import press, the, words
from tests.ui.journeys.conftest import StartProgram

# The offscreen platform says so for every popup; there is no window manager to raise anything.
pytestmark = pytest.mark.qt_log_ignore("This plugin does not support", extend=True)

_HOLD = """
import serial, sys
port = serial.Serial(sys.argv[1], exclusive=True)
print("held", flush=True)
sys.stdin.read()
"""


def test_a_busy_port_is_explained_and_heard_when_the_other_program_lets_it_go(start: StartProgram) -> None:
    with board_on_pty() as path:
        holder = subprocess.Popen(
            [sys.executable, "-c", _HOLD, path], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
        )
        with holder:
            assert holder.stdout is not None
            assert holder.stdout.readline() == "held\n"
            program = start()
            program.bench.connect_board(SerialAddress(path))
            program.until(lambda: any("cannot be heard yet" in text for text in program.toasts))
            press(program.window.toasts, "Details")
            dialog = the(TroubleDialog, program.window)
            assert f"{path} is in use by another program." in words(dialog)
            assert any(text.startswith("Held by: python") and f"({holder.pid})" in text for text in words(dialog))
            holder.terminate()
        press(dialog, "Try again")
        program.is_live(path)
        program.until(lambda: not program.window.findChildren(TroubleDialog))
        program.quit()
