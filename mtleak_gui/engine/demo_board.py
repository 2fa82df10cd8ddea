# SPDX-License-Identifier: GPL-3.0-only
"""A virtual board behind a device of its own, that comes to life when it is first listened to. From any thread."""

from __future__ import annotations

import threading
from contextlib import ExitStack

from mtleak_gui.demo.board_clock import BoardClock
from mtleak_gui.demo.scenario import Scenario


class DemoBoard:
    """The serial side of a board; ``seed`` and ``born`` (epoch s) as for ``VirtualBoard``."""

    def __init__(
        self,
        scenario: Scenario,
        *,
        clock: BoardClock,
        debug_log_api: bool = True,
        seed: int = 1,
        born: float | None = None,
    ) -> None:
        self._scenario = scenario
        self._clock = clock
        self._debug_log_api = debug_log_api
        self._seed = seed
        self._born = born
        self._lock = threading.Lock()
        self._held = ExitStack()
        self._device: str | None = None
        self._closed = False

    def device(self) -> str:
        """Return what to open: a terminal or, on Windows, a port behind a socket. Raises ``OSError`` when closed."""
        with self._lock:
            if self._closed:
                raise OSError("the virtual board was taken away")
            if self._device is None:
                self._device = self._serve()
            return self._device

    def close(self) -> None:
        """Take the board away; waits for its threads, some seconds at most."""
        with self._lock:
            self._closed = True
            self._held.close()

    def _serve(self) -> str:
        # This, and living through the hours since its birth, takes a moment: a window must not wait for it.
        from mtleak_gui.demo.pty_port import NoPtyError, serve_pty  # noqa: PLC0415
        from mtleak_gui.demo.tcp_port import serve_tcp  # noqa: PLC0415
        from mtleak_gui.demo.virtual_board import VirtualBoard  # noqa: PLC0415

        board = VirtualBoard(
            self._scenario,
            clock=self._clock,
            seed=self._seed,
            born=self._born,
            debug_log_api=self._debug_log_api,
            # One with a past was heard in it, too.
            heard_before=self._born is not None,
        )
        try:
            return self._held.enter_context(serve_pty(board))
        except NoPtyError:
            host, tcp_port = self._held.enter_context(serve_tcp(board, serial_side=True))
            return f"socket://{host}:{tcp_port}"
