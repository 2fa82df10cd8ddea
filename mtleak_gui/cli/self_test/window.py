# SPDX-License-Identifier: GPL-3.0-only
"""Whether a window can be shown: the libraries of the system, the platform plugin of Qt, and typefaces.

Qt ends the process when it finds no plugin that works, so a child process tries it.
"""

from __future__ import annotations

import ctypes
import multiprocessing
import os
import sys
import tempfile
from collections.abc import Iterator, Mapping
from multiprocessing.connection import Connection
from pathlib import Path

from mtleak_gui.cli.self_test.finding import Finding
from mtleak_gui.ui.window_probe import WindowFacts, probe_window

_WAIT_S = 30.0
_SUBJECT = "window"
_BASE_LIBRARIES = {
    "libEGL.so.1": "libegl1",
    "libGL.so.1": "libgl1",
    "libglib-2.0.so.0": "libglib2.0-0",
    "libdbus-1.so.3": "libdbus-1-3",
    "libfontconfig.so.1": "libfontconfig1",
    "libxkbcommon.so.0": "libxkbcommon0",
}
_XCB_LIBRARIES = {
    "libxcb-cursor.so.0": "libxcb-cursor0",
    "libxcb-icccm.so.4": "libxcb-icccm4",
    "libxcb-keysyms.so.1": "libxcb-keysyms1",
    "libxcb-shape.so.0": "libxcb-shape0",
    "libxkbcommon-x11.so.0": "libxkbcommon-x11-0",
}
"""What Qt needs of the system, and the package of Debian and Ubuntu that has it."""
_FROZEN_LIBRARIES = {"libEGL.so.1": "libegl1", "libGL.so.1": "libgl1", "libxcb.so.1": "libxcb1"}
"""What a frozen program, which brings the others along, takes from the system: graphics drivers hang on these."""


def check_libraries() -> Iterator[Finding]:
    """Load, on Linux, each library of the system that Qt needs."""
    if not sys.platform.startswith("linux"):
        return
    from_python = (("libraries of Qt", _BASE_LIBRARIES), ("libraries of X11 windows", _XCB_LIBRARIES))
    frozen = (("libraries of the system", _FROZEN_LIBRARIES),)
    for subject, libraries in frozen if getattr(sys, "frozen", False) else from_python:
        gone = missing_libraries(libraries)
        if gone:
            packages = " ".join(libraries[name] for name in gone)
            yield Finding("missing", subject, f"{', '.join(gone)} not found", f"sudo apt-get install {packages}")
        else:
            yield Finding("ok", subject, f"all {len(libraries)} found")


def missing_libraries(libraries: Mapping[str, str]) -> list[str]:
    """Return the names that the system's loader does not find."""
    gone = []
    for name in libraries:
        try:
            ctypes.CDLL(name)
        except OSError:
            gone.append(name)
    return gone


def check_window() -> Iterator[Finding]:
    """Start Qt as the window would, in a child process; without a screen try it offscreen and say so."""
    screen = has_screen(sys.platform, os.environ)
    facts, said = _probed("" if screen else "offscreen")
    if facts is None:
        yield Finding(
            "missing",
            _SUBJECT,
            f"Qt cannot start: {said}",
            "Mend what is named here; recording without a window works all the same",
        )
        return
    if screen:
        yield Finding("ok", _SUBJECT, f"Qt {facts.qt} on {facts.platform}")
    else:
        words = "there is no screen here (no DISPLAY, no WAYLAND_DISPLAY); recording without a window works"
        yield Finding("note", _SUBJECT, f"Qt {facts.qt}: {words}")
    if facts.typefaces:
        yield Finding("ok", "typefaces", f"{facts.typefaces}, fixed width: {facts.fixed or 'none'}")
    else:
        yield Finding(
            "missing", "typefaces", "none found: no word can be shown", "sudo apt-get install fonts-dejavu-core"
        )


def has_screen(system: str, environ: Mapping[str, str]) -> bool:
    """Return whether a window has somewhere to go; only on Linux may there be none."""
    if not system.startswith("linux"):
        return True
    return any(environ.get(name) for name in ("DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM"))


def _probed(platform: str) -> tuple[WindowFacts | None, str]:
    """Return what the child found, or ``None`` and the last thing it said."""
    context = multiprocessing.get_context("spawn")
    ours, theirs = context.Pipe(duplex=False)
    with tempfile.TemporaryDirectory() as folder, ours:
        said = Path(folder) / "said"
        with theirs:
            child = context.Process(target=probe_window, args=(theirs, said, platform), daemon=True)
            child.start()
        facts, hung = _heard(ours), False
        # One that aborts takes a moment to be gone.
        child.join(_WAIT_S)
        if child.exitcode is None:
            child.kill()
            child.join()
            hung = True
        code = child.exitcode
        return facts, f"no answer within {_WAIT_S:.0f} s" if hung else _last_words(said) or f"it ended with code {code}"


def _heard(connection: Connection) -> WindowFacts | None:
    try:
        return connection.recv() if connection.poll(_WAIT_S) else None
    except EOFError:
        return None


def _last_words(said: Path) -> str:
    try:
        lines = said.read_text("utf-8", "replace").split("\n")
    except OSError:
        return ""
    return " ".join(line.strip() for line in lines if line.strip())[:400]
