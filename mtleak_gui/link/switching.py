# SPDX-License-Identifier: GPL-3.0-only
"""Switching the debug log of one board: written once, then verified by what the board tells after its restart.

Used by the reader thread of the session that hears the board; ``wish`` and ``give_up`` come from the window's. Each
sets whole values, and whoever reads one twice keeps it. Times are the board's monotonic seconds.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

from mtleak_gui.core.board_acts import (
    DEBUG_LOG_FIELD,
    RESTART_AFTER_S,
    SWITCH_WAIT_S,
    SecurityRead,
    SwitchPhase,
    SwitchState,
)
from mtleak_gui.core.contracts import BoardSpeech

_TOO_EARLY_S = RESTART_AFTER_S - 2.0
"""A handshake this soon is one before the restart: it tells what was written, not what was kept."""

_ASK_AFTER_S = 30.0
"""Some firmware takes the switch without a restart: then the handshake is asked for once more."""


class _Sent(NamedTuple):
    before: SecurityRead
    packet_id: int
    at: float
    asked_again: bool = False


class DebugLogSwitching:
    """One switch at a time; ``state`` keeps what came of the last one."""

    def __init__(self) -> None:
        self.state: SwitchState | None = None
        self._sent: _Sent | None = None

    def wish(self, *, on: bool) -> None:
        """The tester has confirmed it; one that is under way goes on instead."""
        if self.state is None or not self.state.is_under_way:
            self.state = SwitchState(on, "wished")

    def turned(self, speech: BoardSpeech, board_now: float) -> None:
        """Write what is wished; ask again where no restart came. Raises ``OSError`` when the board is gone."""
        state, sent = self.state, self._sent
        if state is not None and state.phase == "wished":
            self._write(speech, state.on, board_now)
        elif sent is not None and not sent.asked_again and board_now - sent.at >= _ASK_AFTER_S:
            self._sent = sent._replace(asked_again=True)
            speech.ask_config()

    def answer_heard(self, request_id: int, decoded: Mapping[str, object]) -> None:
        """Take an answer; a board that refuses names an error."""
        sent = self._sent
        if sent is None or sent.packet_id != request_id:
            return
        routing = decoded.get("routing")
        error = routing.get("errorReason", "NONE") if isinstance(routing, Mapping) else "NONE"
        if error != "NONE":
            self._end("refused", f"The board refused the change ({error}). Nothing was written.")

    def configured(self, speech: BoardSpeech, board_now: float) -> None:
        """A handshake is complete: compare it with the one before the write."""
        sent, state, now = self._sent, self.state, speech.security()
        if sent is None or state is None or board_now - sent.at < _TOO_EARLY_S:
            return
        why = _difference(sent.before, now, on=state.on)
        data: dict[str, object] = {**_data(sent.before.debug_log, state.on), "verified": not why}
        if now is not None and now.node_num == sent.before.node_num:
            data["others_kept"] = now.others == sent.before.others
        word = "on" if state.on else "off"
        speech.tell("config_write", why or f"verified: debug log over the API is {word}", data)
        self._end("not_verified" if why else "verified", why)

    def give_up(self) -> Mapping[str, object] | None:
        """Wait no longer; return what had been written and was not verified, ``None`` when nothing had."""
        state, sent = self.state, self._sent
        if state is None or not state.is_under_way:
            return None
        if sent is None:
            self._end("refused", "The board was not there to be told. Nothing was written.")
            return None
        self._end(
            "not_verified",
            f"The board did not come back within {SWITCH_WAIT_S:.0f} s. Look at its power and its port.",
        )
        return _data(sent.before.debug_log, state.on)

    def _write(self, speech: BoardSpeech, on: bool, board_now: float) -> None:  # noqa: FBT001 - the wished state
        before, why = speech.security(), speech.refusal(on=on)
        if before is None or why is not None:
            self._end("refused", why or "The board has not told its configuration.")
            return
        self._sent = _Sent(before, speech.write_debug_log(on=on), board_now)
        self.state = SwitchState(on, "sent")
        word = "on" if on else "off"
        note = f"debug log over the API switched {word}; the board restarts in {RESTART_AFTER_S} s"
        speech.tell("config_write", note, _data(before.debug_log, on))

    def _end(self, phase: SwitchPhase, why: str) -> None:
        state = self.state
        if state is not None:
            self.state = SwitchState(state.on, phase, why)
        self._sent = None


def _data(old: bool, new: bool) -> dict[str, object]:  # noqa: FBT001 - the two states of the switch
    return {"what": DEBUG_LOG_FIELD, "old": old, "new": new}


def _difference(before: SecurityRead, now: SecurityRead | None, *, on: bool) -> str:
    """Return what is not as it should be after the restart, empty when all is."""
    if now is None:
        return "The board came back without telling its security settings."
    if now.node_num != before.node_num:
        return "Another board answered after the restart, so the switch could not be verified."
    if now.debug_log != on:
        return f"The board came back with the debug log over the API still {'off' if on else 'on'}."
    if now.others != before.others:
        return "The switch was kept, but other security settings are not as they were before. Check them in a client."
    return ""
