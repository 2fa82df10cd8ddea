# SPDX-License-Identifier: GPL-3.0-only
"""Keeps the computer from falling asleep by itself while something is recorded. Closing the lid still lets it sleep.

Where that is not possible it is said in the program's log and nowhere else. Used by one thread, the GUI's.
"""

from __future__ import annotations

import ctypes
import logging
import os
import subprocess
import sys
from collections.abc import Sequence
from typing import Protocol

log = logging.getLogger(__name__)

_WAIT_S = 2.0
_ES_CONTINUOUS, _ES_SYSTEM_REQUIRED = 0x80000000, 0x00000001
_SYSTEMD = ("systemd-inhibit", "--what=idle", "--who=MT Leakhunt", "--why=Boards are being recorded", "cat")
"""``cat`` ends with this program, however that ends: its input is a pipe from here."""


class KeepAwake(Protocol):
    """Both may be called at any time and more than once; neither raises."""

    def hold(self) -> None:
        """Keep the computer awake from now on."""

    def release(self) -> None:
        """Let it fall asleep again."""


def keep_awake_here(platform: str = sys.platform) -> KeepAwake:
    """Return what keeps this system awake."""
    if platform == "win32":
        return ThreadKeepsAwake()
    if platform == "darwin":
        return ProcessKeepsAwake(("caffeinate", "-i", "-w", str(os.getpid())))
    return ProcessKeepsAwake(_SYSTEMD)


class ProcessKeepsAwake:
    """A child process that holds the inhibition as long as it lives."""

    def __init__(self, command: Sequence[str]) -> None:
        self._command = tuple(command)
        self._process: subprocess.Popen[bytes] | None = None

    @property
    def is_held(self) -> bool:
        """Return whether the child lives."""
        return self._process is not None and self._process.poll() is None

    def hold(self) -> None:
        """Start the child."""
        if self._process is not None:
            return
        nowhere = subprocess.DEVNULL
        try:
            self._process = subprocess.Popen(  # noqa: S603 - a fixed command, no shell
                self._command, stdin=subprocess.PIPE, stdout=nowhere, stderr=nowhere
            )
        except OSError as trouble:
            log.info("The computer may fall asleep while recording: %s: %s", self._command[0], trouble)

    def release(self) -> None:
        """End the child."""
        process, self._process = self._process, None
        if process is None:
            return
        if (code := process.poll()) is not None:
            log.info("The computer could fall asleep while recording: %s ended with %d", self._command[0], code)
        else:
            process.terminate()
        if process.stdin is not None:
            process.stdin.close()
        try:
            process.wait(_WAIT_S)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()


class ThreadKeepsAwake:
    """Windows keeps awake while a thread says so that lives."""

    def hold(self) -> None:
        """Say so."""
        self._say(_ES_CONTINUOUS | _ES_SYSTEM_REQUIRED)

    def release(self) -> None:
        """Take it back."""
        self._say(_ES_CONTINUOUS)

    def _say(self, state: int) -> None:
        kernel: ctypes.CDLL = getattr(ctypes, "windll").kernel32  # noqa: B009 - mypy knows no windll elsewhere
        if not kernel.SetThreadExecutionState(ctypes.c_uint(state)):
            log.info("The computer may fall asleep while recording: Windows refused")
