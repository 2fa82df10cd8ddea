# SPDX-License-Identifier: GPL-3.0-only
"""What the tile and the dialog of a board say about its link while it is not heard, and what can be done."""

from __future__ import annotations

from typing import NamedTuple

from mtleak_gui.core import wording
from mtleak_gui.core.addresses import SerialAddress, address_of_port
from mtleak_gui.core.link_words import (
    STUCK_NETWORK,
    STUCK_SERIAL,
    Step,
    gave_way,
    handshake,
    is_connecting,
    link_words,
)
from mtleak_gui.engine.session import Session

_DECISIONS = {
    "second_client": (("reconnect", "Take it back"),),
    "another_board": (("connect_other", "Connect it too"), ("reconnect", "Try again")),
}


class Explained(NamedTuple):
    """What has to be read before one goes on: an alert with its acts as (id, word)."""

    tone: str
    title: str
    text: str
    acts: tuple[tuple[str, str], ...] = ()


class LinkFacts(NamedTuple):
    """Words, steps of the handshake, what is to be explained, and the act beside the words as (id, word)."""

    words: str = ""
    steps: tuple[Step, ...] = ()
    explained: Explained | None = None
    act: tuple[str, str] | None = None
    is_wanted: bool = False
    """Whether the link is kept, so that it can be cancelled."""


def link_facts(session: Session) -> LinkFacts:
    """Return what there is to say; nothing while the board is heard or read from the disk."""
    link = session.link
    if session.read_only or link.phase == "live":
        return LinkFacts()
    words = link_words(link, session.link_age(), heard_before=session.heard_ts is not None)
    if link.phase == "closed":
        return LinkFacts(words, act=("reconnect", "Connect"))
    act = ("reconnect", "Try now") if link.phase == "backing_off" and not gave_way(link) else None
    steps = handshake(link, console=session.capture == "Console")
    return LinkFacts(words, steps, _explained(session), act, is_wanted=True)


def _explained(session: Session) -> Explained | None:
    link = session.link
    if is_connecting(link) and link.stuck:
        is_serial = isinstance(address_of_port(link.device or session.port), SerialAddress)
        return Explained("warn", "No answer for 30 s", STUCK_SERIAL if is_serial else STUCK_NETWORK)
    trouble = link.trouble
    if not gave_way(link) or trouble is None:
        return None
    text = " ".join(part for part in (trouble.why, trouble.todo) if part)
    return Explained("warn", wording.single_line(trouble.what, 160), text, _DECISIONS[trouble.kind])
