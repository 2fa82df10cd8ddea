# SPDX-License-Identifier: GPL-3.0-only
"""What keeps the computer awake lives as long as it is held, and not longer than this program. Real processes."""

from __future__ import annotations

import logging
import os
import select
import subprocess
import sys

import pytest

from mtleak_gui.engine.keep_awake import ProcessKeepsAwake, keep_awake_here

_HOLDER = """
import os, sys
from mtleak_gui.engine.keep_awake import ProcessKeepsAwake
keeper = ProcessKeepsAwake((sys.executable, "-c", "import sys; sys.stdin.read()"))
keeper.hold()
print(keeper._process.pid, flush=True)
os._exit(9)
"""


def test_it_is_held_until_it_is_released() -> None:
    keeper = ProcessKeepsAwake(("cat",))
    keeper.hold()
    keeper.hold()
    assert keeper.is_held
    keeper.release()
    keeper.release()
    assert not keeper.is_held


def test_a_system_without_such_a_command_is_a_quiet_line_in_the_log(caplog: pytest.LogCaptureFixture) -> None:
    keeper = ProcessKeepsAwake(("no-such-command-anywhere",))
    keeper.hold()
    assert not keeper.is_held
    keeper.release()
    assert "may fall asleep" in caplog.text
    assert {record.levelno for record in caplog.records} == {logging.INFO}


def test_a_refusal_is_a_quiet_line_in_the_log(caplog: pytest.LogCaptureFixture) -> None:
    keeper = ProcessKeepsAwake((sys.executable, "-c", "raise SystemExit(1)"))
    keeper.hold()
    process = keeper._process
    assert process is not None
    process.wait(10)
    keeper.release()
    assert "ended with 1" in caplog.text


@pytest.mark.skipif(not hasattr(os, "pidfd_open"), reason="only Linux lets one wait for a process that is no child")
def test_it_ends_with_a_program_that_was_killed() -> None:
    holder = subprocess.run([sys.executable, "-c", _HOLDER], check=False, capture_output=True, text=True, timeout=20)
    assert holder.returncode == 9
    try:
        child = os.pidfd_open(int(holder.stdout))
    except ProcessLookupError:
        return
    ended, _, _ = select.select([child], [], [], 10)
    os.close(child)
    assert ended, "the child outlived its program"


@pytest.mark.parametrize(("platform", "command"), [("darwin", "caffeinate"), ("linux", "systemd-inhibit")])
def test_each_system_has_its_own_way(platform: str, command: str) -> None:
    keeper = keep_awake_here(platform)
    assert isinstance(keeper, ProcessKeepsAwake)
    assert keeper._command[0] == command
