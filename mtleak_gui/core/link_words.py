# SPDX-License-Identifier: GPL-3.0-only
"""Where a link stands, in words and in the steps of its handshake. Pure; ages are seconds of the host's time."""

from __future__ import annotations

from typing import Literal, NamedTuple

from mtleak_gui.core.records import HandshakeStep, LinkState

StepStand = Literal["done", "doing", "stuck", "ahead"]

STUCK_WORDS = "No answer yet…"
STUCK_SERIAL = (
    "Check the cable (some only charge) and that this is the board's port; that no program or bootloader holds the "
    "board; that it is not in CLI mode. Its reset button often helps. It goes on trying."
)
STUCK_NETWORK = (
    "Check that the node is awake and near its access point, and that no other client (phone app, web client, Home "
    "Assistant) has it. Restarting the node often helps. It goes on trying."
)

_STEPS: tuple[tuple[HandshakeStep, str], ...] = (
    ("opening", "Open port"),
    ("asking", "Ask"),
    ("node", "Node"),
    ("config", "Config"),
    ("nodes", "Nodes"),
    ("live", "Live"),
)
_CONSOLE_STEPS = (_STEPS[0], _STEPS[-1])
_DOING: dict[HandshakeStep, str] = {
    "opening": "Opening the port…",
    "asking": "Asking the board…",
    "node": "Reading who it is…",
    "config": "Reading its configuration…",
    "nodes": "Reading the nodes it knows…",
    "live": "Connected",
}
_SHORT: dict[HandshakeStep, str] = {
    "opening": "opening…",
    "asking": "asking…",
    "node": "node…",
    "config": "config…",
    "nodes": "nodes",
    "live": "",
}
_GAVE_WAY = {"second_client": "Stopped: another client", "another_board": "Another board is there"}
"""Troubles in which trying on would do harm: the link rests until the tester decides."""


class Step(NamedTuple):
    """One step of a handshake: its word and how it stands."""

    word: str
    stand: StepStand


def is_trying(link: LinkState) -> bool:
    """Return whether a link is wanted, but the board is not heard."""
    return link.phase not in ("live", "closed")


def is_connecting(link: LinkState) -> bool:
    """Return whether a try is going on right now."""
    return link.phase in ("opening", "configuring")


def gave_way(link: LinkState) -> bool:
    """Return whether the link rests because trying on would do harm."""
    return link.phase == "backing_off" and link.trouble is not None and link.trouble.kind in _GAVE_WAY


def handshake(link: LinkState, *, console: bool = False) -> tuple[Step, ...]:
    """Return the steps of the try that is going on, none when there is none; a console asks nothing."""
    if not is_connecting(link):
        return ()
    steps = _CONSOLE_STEPS if console else _STEPS
    keys = [key for key, _ in steps]
    at = keys.index(_step(link)) if _step(link) in keys else len(keys) - 1
    words = [f"{word} {link.nodes:,}" if key == "nodes" and link.nodes > 1 else word for key, word in steps]
    return tuple(Step(word, _stand(place - at, stuck=link.stuck)) for place, word in enumerate(words))


def link_words(link: LinkState, age_s: float, *, heard_before: bool) -> str:
    """Return where a link stands in a few words, empty while the board is heard; ``age_s``: since it stands there."""
    if is_connecting(link):
        return STUCK_WORDS if link.stuck else _DOING[_step(link)]
    if link.phase == "backing_off":
        if gave_way(link) and link.trouble is not None:
            return _GAVE_WAY[link.trouble.kind]
        return f"{'Reconnecting' if heard_before else 'Trying again'} · {retry_words(link, age_s)}"
    words = {"waiting": "Waiting for the port", "lost": "Connection lost. Reconnecting…", "closed": "Disconnected"}
    return words.get(link.phase, "")


def short_link_words(link: LinkState, age_s: float) -> str:
    """Return the same where there is room for two or three words."""
    if is_connecting(link):
        nodes = f" {link.nodes:,}" if link.step == "nodes" and link.nodes > 1 else ""
        return "no answer yet" if link.stuck else _SHORT[_step(link)] + nodes
    if gave_way(link):
        return "stopped"
    if link.phase == "backing_off":
        left = seconds_left(link, age_s)
        return f"next try in {left} s" if left else "trying…"
    return {"waiting": "waiting", "lost": "lost"}.get(link.phase, "")


def retry_words(link: LinkState, age_s: float) -> str:
    """Return ``next try in 7 s · try 3``."""
    left = seconds_left(link, age_s)
    when = f"next try in {left} s" if left else "trying now"
    return f"{when} · try {link.attempt + 1}"


def seconds_left(link: LinkState, age_s: float) -> int:
    """Return how many seconds are left until the next try."""
    return max(0, round((link.retry_in or 0.0) - age_s))


def _stand(places_off: int, *, stuck: bool) -> StepStand:
    if places_off:
        return "done" if places_off < 0 else "ahead"
    return "stuck" if stuck else "doing"


def _step(link: LinkState) -> HandshakeStep:
    return link.step or ("asking" if link.phase == "configuring" else "opening")


def counter(seconds: float) -> str:
    """Return how long something lasts, as a clock that runs: ``00:42``, ``1:02:03``."""
    minutes, rest = divmod(max(0, int(seconds)), 60)
    hours, minutes = divmod(minutes, 60)
    return f"{hours}:{minutes:02}:{rest:02}" if hours else f"{minutes:02}:{rest:02}"
