# SPDX-License-Identifier: GPL-3.0-only
"""One built program in a home of its own: its virtual board, its window's session, what is left afterwards."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any, NamedTuple

_HOMES = ("HOME", "USERPROFILE", "APPDATA", "LOCALAPPDATA")
_USER = ("USER", "LOGNAME", "USERNAME")
_XDG = ("XDG_DATA_HOME", "XDG_CONFIG_HOME", "XDG_CACHE_HOME", "XDG_STATE_HOME")
_SPEED = "120"
_ENOUGH_S = 240.0
_LAST_BREATH_S = 5.0


class SmokeError(AssertionError):
    """The program did not do what it should; the text says what was seen."""


class Seen(NamedTuple):
    """What ``--smoke`` wrote, and what the program said on its way."""

    exit_code: int
    found: dict[str, Any]
    said: str


def in_home(environment: Mapping[str, str], home: Path, user: str) -> dict[str, str]:
    """Return the environment of a user whose home that is."""
    kept = {name: value for name, value in environment.items() if name not in (*_XDG, "MTLEAK_RECORDINGS")}
    return {**kept, **dict.fromkeys(_HOMES, str(home)), **dict.fromkeys(_USER, user), "PYTHONUTF8": "1"}


def headless(program: Path) -> Path:
    """Return the executable that has a console: on Windows it is another one."""
    console = program.with_name(f"{program.stem}-console{program.suffix}")
    return console if console.exists() else program


@contextmanager
def board(program: Path, environment: Mapping[str, str]) -> Iterator[str]:
    """Serve a virtual board that leaks on TCP; gives its address."""
    command = [str(headless(program)), "demo", "serve", "--scenario", "leak-threads", "--serial-side"]
    serving = subprocess.Popen(
        [*command, "--speed", _SPEED], env=dict(environment), stdout=subprocess.PIPE, text=True, encoding="utf-8"
    )
    try:
        told: list[str] = []
        for line in serving.stdout or ():
            told.append(line.strip())
            if told[-1].startswith("serial:"):
                break
        else:
            raise SmokeError(f"the virtual board did not start: {told}")
        yield told[-1]
    finally:
        serving.terminate()
        serving.communicate()


def session(
    program: Path, folder: Path, environment: Mapping[str, str], *, patience_s: float, before: Sequence[str] = ()
) -> Seen:
    """Let the window go through a session by itself; ``before`` is put before its command. ``folder`` gets results."""
    folder.mkdir(parents=True, exist_ok=True)
    with board(program, environment) as address:
        command = [*before, str(program), "--smoke", str(folder), "--board", address, "--patience", str(patience_s)]
        # As a menu starts it: nothing to read from, nobody who looks at what it says.
        said = folder / "said.txt"
        with said.open("w", encoding="utf-8") as out:
            window = subprocess.Popen(
                command, env=dict(environment), stdin=subprocess.DEVNULL, stdout=out, stderr=out, start_new_session=True
            )
            try:
                code = window.wait(_ENOUGH_S)
            except subprocess.TimeoutExpired as late:
                _kill_all(window)
                raise SmokeError(f"it did not end within {_ENOUGH_S:.0f} s") from late
    _nothing_is_left(window)
    result = folder / "smoke.json"
    found = json.loads(result.read_text(encoding="utf-8")) if result.is_file() else {}
    return Seen(code, found, said.read_text(encoding="utf-8", errors="replace"))


def _kill_all(window: subprocess.Popen[bytes]) -> None:
    if sys.platform == "win32":
        window.kill()
    else:
        os.killpg(window.pid, signal.SIGKILL)
    window.wait()


def _nothing_is_left(window: subprocess.Popen[bytes]) -> None:
    """Fail when a child of the window lives on; those that only have to see that their pipe is closed get a moment."""
    if sys.platform == "win32":
        return
    deadline = time.monotonic() + _LAST_BREATH_S
    while _lives(window.pid):
        if time.monotonic() > deadline:
            os.killpg(window.pid, signal.SIGKILL)
            raise SmokeError("a process of it lived on after its window had ended")
        time.sleep(0.05)


def _lives(group: int) -> bool:
    try:
        os.killpg(group, 0)
    except ProcessLookupError:
        return False
    return True
