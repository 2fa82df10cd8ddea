# SPDX-License-Identifier: GPL-3.0-only
"""Where windows appear: nowhere (Qt's offscreen platform), or on a screen, on Linux a virtual one."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Iterator, Mapping
from contextlib import AbstractContextManager, contextmanager
from typing import Protocol

_SIZE = "1600x1000x24"


class Screen(Protocol):
    """``shown`` gives the environment of a program whose window appears here, for as long as it is held."""

    name: str

    def shown(self) -> AbstractContextManager[Mapping[str, str]]:
        """Hold the screen."""


class Offscreen:
    """No screen at all."""

    name = "offscreen"

    @contextmanager
    def shown(self) -> Iterator[Mapping[str, str]]:
        """Hold nothing."""
        yield {**os.environ, "QT_QPA_PLATFORM": "offscreen"}


class Desktop:
    """The screen of this machine."""

    name = "desktop"

    @contextmanager
    def shown(self) -> Iterator[Mapping[str, str]]:
        """Hold nothing."""
        yield dict(os.environ)


class VirtualScreen:
    """An Xvfb of its own."""

    name = "xvfb"

    @contextmanager
    def shown(self) -> Iterator[Mapping[str, str]]:
        """Start the server, and end it."""
        read, write = os.pipe()
        command = ["Xvfb", "-displayfd", str(write), "-screen", "0", _SIZE, "-nolisten", "tcp"]
        server = subprocess.Popen(command, pass_fds=(write,), stderr=subprocess.DEVNULL)
        os.close(write)
        try:
            with os.fdopen(read) as told:
                number = told.readline().strip()
            plain = {name: value for name, value in os.environ.items() if name != "WAYLAND_DISPLAY"}
            yield {**plain, "DISPLAY": f":{number}", "QT_QPA_PLATFORM": "xcb"}
        finally:
            server.terminate()
            server.wait()


def screens(wanted: str) -> list[Screen]:
    """Return the screens to test on; a Linux without Xvfb has only the first, and that is said."""
    found: list[Screen] = [] if wanted == "real" else [Offscreen()]
    if wanted == "offscreen":
        return found
    if sys.platform != "linux":
        return [*found, Desktop()]
    if shutil.which("Xvfb") is None:
        if wanted == "real":
            sys.exit("Xvfb is missing: sudo apt-get install xvfb")
        print("skipped: no real window, because Xvfb is missing (sudo apt-get install xvfb)", flush=True)
        return found
    return [*found, VirtualScreen()]
