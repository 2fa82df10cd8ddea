# SPDX-License-Identifier: GPL-3.0-only
"""The real program in a home of its own, and what can be seen of it from outside: sockets, addresses, files."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from tests.benchmarks.window_runs import environment

_ROOT = Path(__file__).parents[2]
_LISTENS = "0A"
_PATIENCE_S = 60.0


class WatchedProgram:
    """``home`` holds everything of the user, ``temporary`` what it puts among the system's temporary files."""

    def __init__(self, home: Path, process: subprocess.Popen[bytes]) -> None:
        self.home, self.temporary = home, home / "tmp"
        self._process = process
        self.listeners: set[str] = set()
        """Addresses that it or its children listened on at any look, as in ``/proc/net/tcp``."""
        self.open_to_others: set[str] = set()
        """What others could have read among its temporary files."""

    def look_until(self, path: Path) -> None:
        """Look again and again until a file is there."""
        deadline = time.monotonic() + _PATIENCE_S
        while not path.exists():
            assert self._process.poll() is None, "the program ended by itself"
            assert time.monotonic() < deadline, f"{path} never came"
            self.look()
            time.sleep(0.02)
        self.look()

    def look(self) -> None:
        """Look at its sockets and its temporary files now."""
        inodes = {inode for pid in _family(self._process.pid) for inode in _socket_inodes(pid)}
        self.listeners |= {address for address, inode in _listening() if inode in inodes}
        for path in self.temporary.iterdir():
            try:
                mode = path.lstat().st_mode
            except OSError:
                continue  # gone since
            if mode & 0o077:
                self.open_to_others.add(f"{path.name} {mode:o}")

    @property
    def addresses(self) -> set[str]:
        """What it connected to, listened on or looked up, as noted by ``audit/sitecustomize.py``."""
        path = self.home / "audit"
        return set(path.read_text().splitlines()) if path.exists() else set()

    def end(self) -> int:
        """End it; return its exit code."""
        self._process.send_signal(signal.SIGTERM)
        return self._process.wait(_PATIENCE_S)


@contextmanager
def watched_program(home: Path, main: str, *arguments: str) -> Iterator[WatchedProgram]:
    """Start ``main(*arguments)`` of a module, with a file mode mask that hides nothing."""
    (home / "tmp").mkdir()
    given = environment(str(home)) | {"TMPDIR": str(home / "tmp"), "AUDIT_FILE": str(home / "audit")}
    given["PYTHONPATH"] = os.pathsep.join((str(Path(__file__).parent / "audit"), str(_ROOT)))
    text = f"import sys; from {main} import main; sys.exit(main(*sys.argv[1:]))"
    command = [sys.executable, "-c", text, *arguments]
    process = subprocess.Popen(command, cwd=_ROOT, env=given, umask=0, stderr=subprocess.DEVNULL)
    try:
        yield WatchedProgram(home, process)
    finally:
        process.kill()
        process.wait()


def _family(pid: int) -> Iterator[int]:
    yield pid
    try:
        tasks = list(Path(f"/proc/{pid}/task").iterdir())
        children = [child for task in tasks for child in (task / "children").read_text().split()]
    except OSError:
        return
    for child in children:
        yield from _family(int(child))


def _socket_inodes(pid: int) -> Iterator[str]:
    try:
        for entry in Path(f"/proc/{pid}/fd").iterdir():
            target = str(entry.readlink())
            if target.startswith("socket:["):
                yield target[8:-1]
    except OSError:
        return  # gone since


def _listening() -> Iterator[tuple[str, str]]:
    """Yield address and inode of each listening TCP socket, and of each bound UDP socket, of this machine."""
    for table in ("tcp", "tcp6", "udp", "udp6"):
        for line in Path(f"/proc/net/{table}").read_text().splitlines()[1:]:
            cells = line.split()
            if table.startswith("udp") or cells[3] == _LISTENS:
                yield f"{table} {cells[1]}", cells[9]
