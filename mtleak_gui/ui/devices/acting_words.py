# SPDX-License-Identifier: GPL-3.0-only
"""What the two questions say that are asked before anything is asked of a board."""

from __future__ import annotations

from typing import NamedTuple

from mtleak_gui.core import wording
from mtleak_gui.core.board_acts import FIRST_ANSWERING, RESTART_AFTER_S, every_words, never_answers


class Words(NamedTuple):
    """A question: what is asked, what the act brings about, the word on its button."""

    title: str
    text: str
    act: str


def asking_question(name: str, firmware: str | None, every_s: int) -> Words:
    """Return the question before a board is asked for LocalStats."""
    every = every_words(every_s)
    parts = [
        (
            f"Every {every} the board gets one request for LocalStats and answers it itself. Nothing goes on the air, "
            "and nothing on the board is written or changed."
        ),
        (
            "It is not free: each answer takes memory for a moment, and clients that poll were blamed for heap "
            "exhaustion (meshtastic/firmware#9632). The recording and each report say that the board was asked."
        ),
        "The choice is kept for this board until you switch it off.",
    ]
    if never_answers(firmware):
        first = ".".join(map(str, FIRST_ANSWERING))
        parts.insert(1, f"Its firmware, {firmware}, is not known to answer: {first} is the first that does.")
    return Words(f"Ask {wording.single_line(name, 40)} for LocalStats?", "\n\n".join(parts), f"Ask every {every}")


def switch_question(name: str, *, on: bool) -> Words:
    """Return the question before a board's debug log is switched."""
    word = "on" if on else "off"
    then = (
        "From then on it sends its log lines over serial and Bluetooth; over the network it never does. Heap figures "
        "do not need them."
        if on
        else "From then on it sends no log lines over the API."
    )
    parts = (
        f"The board restarts in {RESTART_AFTER_S} s. A new heap curve begins; uptime and LocalStats start anew.",
        (
            "Its security settings are written back as they were read, with this one switch changed. Whether that "
            "worked is read from the board when it is back."
        ),
        then,
    )
    title = f"Turn {word} the debug log of {wording.single_line(name, 40)}?"
    return Words(title, "\n\n".join(parts), f"Turn {word} (reboots the board)")
