# SPDX-License-Identifier: GPL-3.0-only
"""Ends the real window in every way there is while it records, and looks at what it leaves."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import NamedTuple

import orjson

from mtleak_gui.storage.archive_format import LOCK_NAME
from mtleak_gui.storage.file_lock import lock_now
from mtleak_gui.storage.recording_lock import RecordingLock, RecordingLockedError
from tests.benchmarks.window_runs import environment
from tests.endurance.said_rows import raw_rows
from tests.engine.bench_kit import board_on_tcp

SIGNALS = {"SIGINT": signal.SIGINT, "SIGTERM": signal.SIGTERM, "SIGHUP": signal.SIGHUP}
WAYS = ("close", *SIGNALS, "logout", "worker", "fault", "end_fault", "display")
"""``display``: the display server dies, which is how a logout reaches programs on Linux; needs Xvfb."""
CODES = {"display": 1}
"""All others end with 0."""

_PATIENCE_S = 60.0
_ROOT = Path(__file__).parents[2]
_MAIN = "import sys; from tests.endurance.program_to_end import main; sys.exit(main(*sys.argv[1:]))"


class End(NamedTuple):
    """What one end was like."""

    seconds: float
    wrong: tuple[str, ...]
    """What should not be, in words."""


def end_by(way: str, *, deaf: bool = False) -> End:
    """Let the window record a board, or wait for one that never answers; end it; return how that went."""
    with ExitStack() as held:
        home = Path(held.enter_context(tempfile.TemporaryDirectory()))
        address = held.enter_context(_deaf_board()) if deaf else held.enter_context(_talking_board())
        display = held.enter_context(_display()) if way == "display" else None
        command = [sys.executable, "-c", _MAIN, way, str(home), f"deaf:{address}" if deaf else address]
        program = subprocess.Popen(
            command, cwd=_ROOT, env=_environment(home, display), stdout=subprocess.DEVNULL, stderr=subprocess.PIPE
        )
        held.callback(program.kill)
        _wait_for(home / "ready", program)
        began = time.monotonic()
        if way in SIGNALS:
            program.send_signal(SIGNALS[way])
        elif display is not None:
            display.server.kill()
        said = _said_until_end(program)
        seconds = time.monotonic() - began
        expected = CODES.get(way, 0)
        wrong = [] if program.returncode == expected else [f"exit code {program.returncode}: {said[-2000:].decode()}"]
        return End(seconds, (*wrong, *_left(home)))


def _said_until_end(program: subprocess.Popen[bytes]) -> bytes:
    try:
        return program.communicate(timeout=_PATIENCE_S)[1]
    except subprocess.TimeoutExpired:
        program.send_signal(signal.SIGUSR1)
        time.sleep(1)
        program.kill()
        stands = program.communicate()[1].decode()
        raise AssertionError(f"the window did not end; it stands here:\n{stands}") from None


def _left(home: Path) -> Iterator[str]:
    """Tell what the program should not have left."""
    [folder] = {path.parent for path in home.rglob("recording.json")}
    for stream in ("logs", "telemetry", "packets", "events"):
        if any(_is_broken(raw) for raw in raw_rows(folder, stream)):
            yield f"a broken row in {stream}"
    last = [orjson.loads(raw)["kind"] for raw in raw_rows(folder, "events")][-1]
    if last != "recorder_stop":
        yield f"the last event is {last}"
    if (folder / LOCK_NAME).exists():
        yield "the recording's lock file is there"
    try:
        RecordingLock(folder).release()
    except RecordingLockedError:
        yield "the recording is locked"
    for path in home.rglob("mtleak-gui-*.lock"):
        with path.open("r+b") as file:
            if not lock_now(file.fileno()):
                yield "the program's lock is held"
    yield from (f"{path.name} was left" for path in home.rglob("*.tmp"))


def _is_broken(raw: bytes) -> bool:
    try:
        orjson.loads(raw)
    except ValueError:
        return True
    return False


def _wait_for(path: Path, program: subprocess.Popen[bytes]) -> None:
    deadline = time.monotonic() + _PATIENCE_S
    while not path.exists():
        # Some ways begin by themselves, and may be over when this looks.
        if program.poll() is not None and not path.exists():
            raise AssertionError(f"the window ended by itself: {program.communicate()[1][-2000:].decode()}")
        if time.monotonic() > deadline:
            raise AssertionError("the window never recorded its board")
        time.sleep(0.01)


@contextmanager
def _talking_board() -> Iterator[str]:
    with board_on_tcp() as address:
        yield f"tcp:{address.host}:{address.tcp_port}"


@contextmanager
def _deaf_board() -> Iterator[str]:
    """Listen, and never say a word."""
    with socket.create_server(("127.0.0.1", 0)) as server:
        yield f"tcp:127.0.0.1:{server.getsockname()[1]}"


class _Display(NamedTuple):
    name: str
    server: subprocess.Popen[bytes]


@contextmanager
def _display() -> Iterator[_Display]:
    """Start a display server of our own on a free number."""
    reading, writing = os.pipe()
    command = ["Xvfb", "-displayfd", str(writing), "-screen", "0", "1400x900x24", "-nolisten", "tcp"]
    server = subprocess.Popen(command, pass_fds=(writing,), stderr=subprocess.DEVNULL)
    os.close(writing)
    try:
        with os.fdopen(reading) as told:
            yield _Display(f":{told.readline().strip()}", server)
    finally:
        server.kill()
        server.wait()


def _environment(home: Path, display: _Display | None) -> dict[str, str]:
    given = environment(str(home))
    return given if display is None else {**given, "QT_QPA_PLATFORM": "xcb", "DISPLAY": display.name}
