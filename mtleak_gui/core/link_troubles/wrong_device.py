# SPDX-License-Identifier: GPL-3.0-only
"""The trouble that something else than a Meshtastic board is on a port, told by what it says."""

from __future__ import annotations

from mtleak_gui.core.first_talk import Talk
from mtleak_gui.core.link_trouble import LinkTrouble
from mtleak_gui.core.wording import single_line

_SAMPLE_LETTERS = 70


def not_a_board(port: str, talk: Talk, detail: str | None = None) -> LinkTrouble | None:
    """Return the trouble when ``talk`` is that of no Meshtastic board, else ``None``."""
    if talk.kind == "other_device":
        why = f"What sits there speaks like {talk.device}: {quoted(talk.sample)}."
        what = f"{port} is not a Meshtastic board."
        if "firmware" in talk.device or "Python" in talk.device:
            todo = "Flash Meshtastic firmware onto it, or choose the port of another board."
        else:
            todo = "Choose the port of the board."
        return LinkTrouble("wrong_device", what, why, todo, detail=detail)
    if talk.kind == "noise":
        why = "What comes is neither text nor protocol. A board that speaks at another speed sounds like that, too."
        todo = "Meshtastic boards speak at 115,200 baud: choose another port, or plug the board out and in."
        return LinkTrouble("wrong_device", f"Nothing that {port} says can be understood.", why, todo, detail=detail)
    if talk.kind == "other_text":
        why = f"It says {quoted(talk.sample)}."
        todo = "Choose the port of the board, or flash Meshtastic firmware onto this one."
        what = f"{port} speaks, but not like a Meshtastic board."
        return LinkTrouble("wrong_device", what, why, todo, detail=detail)
    return None


def quoted(sample: str) -> str:
    """Return a line that a device said, short enough for a sentence."""
    return f"“{single_line(sample.strip(), _SAMPLE_LETTERS)}”"
