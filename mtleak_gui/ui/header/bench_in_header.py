# SPDX-License-Identifier: GPL-3.0-only
"""What the header shows of the bench."""

from __future__ import annotations

from mtleak_gui.core.device_words import hardware_words, port_words
from mtleak_gui.core.link_words import is_trying, short_link_words
from mtleak_gui.engine.bench import Bench
from mtleak_gui.engine.session import Session
from mtleak_gui.ui.header.header_state import HeaderState


def header_state(bench: Bench) -> HeaderState:
    """Return what the header is to show now."""
    session, recorder = bench.current, bench.recorder
    if session is None:
        return HeaderState(recording=recorder.running, paused=recorder.paused)
    link = session.link
    trying = is_trying(link) and not session.read_only
    # While a board is sought what is done for it counts more than what it is.
    first = short_link_words(link, session.link_age()) if trying else hardware_words(session.hardware)
    parts = (first, port_words(link.device or session.port))
    return HeaderState(
        board=session.name,
        place=" · ".join(part for part in parts if part),
        connected=link.phase == "live",
        trying=trying,
        wanted=link.phase != "closed" and not session.read_only,
        recording=recorder.running,
        paused=recorder.paused,
        can_record=not recorder.read_only,
        can_mark=recorder.running,
        can_judge=bench.folder is not None,
        demo=session.demo,
    )


def link_state(session: Session) -> str:
    """Return how a board stands in a word or two."""
    if session.read_only:
        return "from disk"
    if session.link.phase in ("live", "closed"):
        return "connected" if session.link.phase == "live" else "disconnected"
    return short_link_words(session.link, session.link_age())
