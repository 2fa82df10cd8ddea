# SPDX-License-Identifier: GPL-3.0-only
"""What the header shows of the bench."""

from __future__ import annotations

from mtleak_gui.core.device_words import hardware_words, port_words
from mtleak_gui.engine.bench import Bench
from mtleak_gui.ui.header.header_state import HeaderState


def header_state(bench: Bench) -> HeaderState:
    """Return what the header is to show now."""
    session, recorder = bench.current, bench.recorder
    if session is None:
        return HeaderState(recording=recorder.running, paused=recorder.paused)
    parts = (hardware_words(session.hardware), port_words(session.port))
    wanted = session.link.phase != "closed" and not session.read_only
    return HeaderState(
        board=session.name,
        place=" · ".join(part for part in parts if part),
        connected=session.link.phase == "live",
        wanted=wanted,
        recording=recorder.running,
        paused=recorder.paused,
        can_record=not recorder.read_only,
        can_mark=recorder.running,
        can_judge=bench.folder is not None,
        demo=session.demo,
    )
