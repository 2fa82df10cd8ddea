# SPDX-License-Identifier: GPL-3.0-only
"""A node of the busiest mesh, that runs in a process of its own."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager


class MeshBoard:
    """``feed`` lets the mesh begin, ``finish`` waits for its end and sets ``sent``."""

    def __init__(self, serving: subprocess.Popen[str]) -> None:
        self._serving = serving
        self.address = self._line().replace("tcp://", "tcp:")
        self.capture = "session"
        self.sent = 0
        """Numbered packets that were said; the node's own come on top."""

    def feed(self, _seconds: float, /) -> None:
        """Begin; for how long was told at the start."""
        assert self._serving.stdin is not None
        self._serving.stdin.write("go\n")
        self._serving.stdin.flush()

    def finish(self, _within_s: float, /) -> None:
        """Wait until all was said."""
        self.sent = int(self._line())

    def _line(self) -> str:
        assert self._serving.stdout is not None
        return self._serving.stdout.readline().strip()


@contextmanager
def busy_mesh(rate: int, seconds: float) -> Iterator[MeshBoard]:
    """Be a board that hears so many packets a second for so long, from 1,600 nodes."""
    command = [sys.executable, "-m", "tests.endurance.mesh_feeder", str(rate), str(seconds)]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as serving:
        try:
            yield MeshBoard(serving)
        finally:
            serving.kill()
