# SPDX-License-Identifier: GPL-3.0-only
"""Boards that print thousands of lines a second: on a pseudo-terminal, or as a console server over TCP."""

from __future__ import annotations

import json
import os
import pty
import socket
import subprocess
import sys
import tty
from collections.abc import Callable, Iterator
from contextlib import contextmanager

_LONGEST_WAIT_S = 60.0


class FeedingBoard:
    """``feed`` begins to print, in a process of its own; ``finish`` waits for its end and sets ``sent``."""

    def __init__(self, name: str, rate: int, address: str, descriptor: Callable[[], int]) -> None:
        self.name, self.rate, self.address = name, rate, address
        self.capture = "console"
        self._descriptor = descriptor
        self._feeding: subprocess.Popen[str] | None = None
        self.sent = 0
        """Lines that were taken from it."""
        self.took_s = 0.0
        """How long it took to get rid of them."""

    def feed(self, seconds: float) -> None:
        """Print for so long; its client must have connected."""
        descriptor = self._descriptor()
        words = [str(descriptor), self.name, str(self.rate), str(seconds)]
        command = [sys.executable, "-m", "tests.endurance.line_feeder", *words]
        self._feeding = subprocess.Popen(command, pass_fds=(descriptor,), stdout=subprocess.PIPE, text=True)

    def finish(self, within_s: float) -> None:
        """Wait until it has got rid of everything."""
        assert self._feeding is not None
        told = json.loads(self._feeding.communicate(timeout=within_s)[0])
        self.sent, self.took_s = told["sent"], told["took_s"]

    def end(self) -> None:
        """Stop it, whatever it does."""
        if self._feeding is not None and self._feeding.poll() is None:
            self._feeding.kill()
            self._feeding.communicate()


@contextmanager
def console_on_pty(name: str, rate: int) -> Iterator[FeedingBoard]:
    """Be a board on a serial port."""
    master, slave = pty.openpty()
    tty.setraw(slave)
    board = FeedingBoard(name, rate, f"serial:{os.ttyname(slave)}", lambda: master)
    try:
        yield board
    finally:
        board.end()
        os.close(master)
        os.close(slave)


@contextmanager
def console_on_tcp(name: str, rate: int) -> Iterator[FeedingBoard]:
    """Be a board behind a console server in the network, a raw socket."""
    clients: list[socket.socket] = []

    def descriptor() -> int:
        clients.append(listener.accept()[0])
        return clients[0].fileno()

    with socket.create_server(("127.0.0.1", 0)) as listener:
        listener.settimeout(_LONGEST_WAIT_S)
        board = FeedingBoard(name, rate, f"serial:socket://127.0.0.1:{listener.getsockname()[1]}", descriptor)
        try:
            yield board
        finally:
            board.end()
            for client in clients:
                client.close()
