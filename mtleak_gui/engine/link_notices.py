# SPDX-License-Identifier: GPL-3.0-only
"""What the tester is told of links in passing, by their states. Lives on the GUI thread."""

from __future__ import annotations

import time
from collections.abc import Callable

from mtleak_gui.core import wording
from mtleak_gui.core.device_words import port_words
from mtleak_gui.core.notice import Notice
from mtleak_gui.core.records import LinkState

PREFIX = "link "
"""A notice of a link has this and the port as its key, so that an action knows which link is meant."""

_ACTIONS = {"second_client": "reconnect", "another_board": "connect_other"}
"""Troubles that the tester can do something about at once, and the id of the act."""


class LinkNotices:
    """``name_of`` says how the tester calls the board on a port; ``seconds`` is a clock that never goes back."""

    def __init__(self, name_of: Callable[[str], str], seconds: Callable[[], float] = time.monotonic) -> None:
        self._name_of = name_of
        self._seconds = seconds
        self._reasons: dict[str, str | None] = {}
        self._were_live: set[str] = set()
        self._lost_at: dict[str, float] = {}
        self._devices: dict[str, str] = {}

    def left(self, port: str) -> Notice | None:
        """A port is left; return the notice that takes its last one away."""
        self._were_live.discard(port)
        self._lost_at.pop(port, None)
        self._devices.pop(port, None)
        return None if self._reasons.pop(port, None) is None else Notice(PREFIX + port, "info", "")

    def of(self, state: LinkState) -> Notice | None:
        """Take a state; return what is to be told of it."""
        if state.phase == "live":
            return self._live(state)
        if state.phase == "lost":
            return self._lost(state)
        if state.phase == "backing_off" and self._reasons.get(state.port) != state.reason:
            return self._not_heard(state)
        return None

    def _live(self, state: LinkState) -> Notice | None:
        port, name = state.port, self._name_of(state.port)
        self._were_live.add(port)
        told_of, lost_at = self._reasons.pop(port, None), self._lost_at.pop(port, None)
        before, now_at = self._devices.get(port, port), state.device or port
        self._devices[port] = now_at
        if now_at != before:
            span = "" if lost_at is None else f" after {wording.spaced_span(round(self._seconds() - lost_at, 1))}"
            text = f"{name} left {port_words(before)} and is back on {port_words(now_at)}{span}. Recording continues."
            return Notice(PREFIX + port, "ok", text)
        return None if told_of is None else Notice(PREFIX + port, "ok", f"{name} is connected.")

    def _lost(self, state: LinkState) -> Notice:
        self._reasons[state.port] = state.reason
        self._lost_at.setdefault(state.port, self._seconds())
        name = self._name_of(state.port)
        return Notice(PREFIX + state.port, "warn", "Connection lost. Reconnecting…", f"{name}: {state.reason}")

    def _not_heard(self, state: LinkState) -> Notice | None:
        port = state.port
        self._reasons[port] = state.reason
        action = None if state.trouble is None else _ACTIONS.get(state.trouble.kind)
        if action is not None and state.trouble is not None:
            return Notice(PREFIX + port, "danger", state.trouble.what, state.reason, action, sticky=True)
        if port in self._were_live:
            return None
        text = f"{self._name_of(port)} cannot be heard yet; it is tried again until you disconnect it."
        return Notice(PREFIX + port, "danger", text, state.reason, sticky=True)
