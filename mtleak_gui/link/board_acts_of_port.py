# SPDX-License-Identifier: GPL-3.0-only
"""The two acts on the board of one port, over as many links as it takes: what is wished, asked, and what came of it.

Wishes come from the window's thread and return at once; everything is said to the board on the reader thread of the
session that hears it. What there is to show is told on either, never under the lock.
"""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Mapping

from mtleak_gui.core.board_acts import FASTEST_S, ActsState, StatsWish, every_words, stopped_words
from mtleak_gui.core.contracts import BoardSpeech
from mtleak_gui.link.local_stats_asker import LocalStatsAsker
from mtleak_gui.link.switching import DebugLogSwitching


class BoardActsOfPort:
    """Takes wishes from the window; towards links it is the ``LinkActs`` of ``core.contracts``."""

    def __init__(self, told: Callable[[ActsState], None]) -> None:
        """``told`` hears each change, on any thread; must not block."""
        self._told = told
        self._lock = threading.Lock()
        self._asker = LocalStatsAsker()
        self._switching = DebugLogSwitching()
        self._speech: BoardSpeech | None = None
        self._is_fresh = False
        self._last = ActsState()

    @property
    def state(self) -> ActsState:
        """What is being asked of the board."""
        with self._lock:
            return ActsState(self._asker.figures, self._switching.state)

    # What the tester wishes

    def ask_for_stats(self, wish: StatsWish | None) -> None:
        """Ask the board from now on, or no more. Raises ``ValueError`` for a pace that boards do not answer."""
        if wish is not None and wish.every_s < FASTEST_S:
            raise ValueError(f"a board answers at most every {FASTEST_S} s, not every {wish.every_s} s")
        with self._lock:
            self._asker.wish_for(wish)
        self._tell()

    def switch_debug_log(self, *, on: bool) -> None:
        """Switch the debug log over the API."""
        self._switching.wish(on=on)
        self._tell()

    def tell_again(self) -> None:
        """Tell once more that the board is being asked, to a recording that has begun since."""
        self._is_fresh = True

    def give_up_switching(self) -> Mapping[str, object] | None:
        """Stop waiting for a board that has not come back; return the ``data`` of a write that was not verified."""
        given_up = self._switching.give_up()
        self._tell()
        return given_up

    # What the link of the moment tells, on its reader thread

    def configured(self, speech: BoardSpeech, board_now: float) -> None:
        """A handshake is complete."""
        self._speech = speech
        self._switching.configured(speech, board_now)
        self._tell()

    def packet_heard(self, packet: Mapping[str, object]) -> None:
        """A packet came; answers name the request that they belong to."""
        decoded = packet.get("decoded")
        request = decoded.get("requestId") if isinstance(decoded, Mapping) else None
        if not isinstance(request, int) or not isinstance(decoded, Mapping):
            return
        if decoded.get("portnum") == "TELEMETRY_APP":
            with self._lock:
                self._asker.answer_heard(request, time.monotonic())
        else:
            self._switching.answer_heard(request, decoded)
        self._tell()

    def turned(self, speech: BoardSpeech, board_now: float) -> None:
        """The reader has dealt with what came: say what is due. Raises ``OSError`` when the board is gone."""
        if speech is not self._speech or not speech.is_ready:
            return
        self._keep_asking(speech, board_now)
        self._switching.turned(speech, board_now)
        self._tell()

    def lost(self, speech: BoardSpeech) -> None:
        """The session has ended."""
        if speech is self._speech:
            self._speech = None
            with self._lock:
                ended = self._asker.end()
            self._tell_stopped(speech, ended)
            self._tell()

    def _keep_asking(self, speech: BoardSpeech, board_now: float) -> None:
        with self._lock:
            wish = self._asker.wish
            if wish is not None and speech.node_num != wish.node_num:
                wish = None
            ended = self._asker.end() if wish is None else None
            if wish is not None and not self._asker.is_open:
                self._asker.begin(board_now)
                self._is_fresh = True
            due = self._asker.is_due(board_now)
        self._tell_stopped(speech, ended)
        if wish is None:
            return
        if self._is_fresh:
            self._is_fresh = False
            speech.tell("poll_started", f"every {every_words(wish.every_s)}", {"every_s": wish.every_s})
        if due:
            # A write may take seconds where the board is gone: never under the lock, which the window takes too.
            packet_id = speech.ask_local_stats()
            with self._lock:
                self._asker.asked(packet_id, board_now, time.monotonic())

    @staticmethod
    def _tell_stopped(speech: BoardSpeech, ended: tuple[int, int] | None) -> None:
        if ended is None:
            return
        asked, answered = ended
        data: dict[str, object] = {"asked": asked, "answered": answered}
        if asked:
            data["rate_percent"] = round(100 * answered / asked)
        speech.tell("poll_stopped", stopped_words(data), data)

    def _tell(self) -> None:
        state = self.state
        if state != self._last:
            self._last = state
            self._told(state)
