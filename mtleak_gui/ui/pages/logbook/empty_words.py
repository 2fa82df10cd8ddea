# SPDX-License-Identifier: GPL-3.0-only
"""Why the log shows no row, in words, and the act that mends it."""

from __future__ import annotations

from typing import NamedTuple

from PySide6.QtCore import QCoreApplication

from mtleak_gui.core.filtered_log import FilteredLog
from mtleak_gui.core.shown_text import shown
from mtleak_gui.core.wording import count
from mtleak_gui.engine.session import Session

_SHOWN_PATTERN = 60


class EmptyWords(NamedTuple):
    """``act`` is the word of the button, empty for none."""

    title: str = ""
    text: str = ""
    act: str = ""


def nothing_heard(session: Session | None, *, has_recording: bool) -> EmptyWords:
    """Return why there is no log line at all."""
    if session is None or session.read_only:
        if has_recording:
            return EmptyWords(_tr("No log lines in this recording"))
        return EmptyWords(_tr("No log lines yet"), _tr("Connect a board, open a recording, or try the demo board."))
    if session.link.phase != "live":
        return EmptyWords(_tr("No log lines yet"), _tr("The board is not connected."))
    if session.capture == "Console":
        return EmptyWords(
            _tr("No console text yet"),
            _tr(
                "If none comes within a minute: another client spoke protobuf since the last boot, which silences the "
                "console until reboot. Press the board's reset, or switch to API capture."
            ),
        )
    return EmptyWords(
        _tr("This board sends no log lines over the API so far"),
        _tr(
            "It does not when its Debug log API is off (Security). Turn it on in a client; the board then restarts. "
            "Heap data does not need it."
        ),
    )


def nothing_shown(rows: FilteredLog) -> EmptyWords:
    """Return why none of the rows there are is shown."""
    if not rows.in_scope:
        return EmptyWords(_tr("No rows in this span"), _tr("Device, boot or times leave none."), _tr("Show all"))
    hidden = _tr("%1 hidden.").replace("%1", count(rows.in_scope - len(rows), "row"))
    pattern = rows.wanted.pattern
    if not pattern:
        return EmptyWords(_tr("No rows match the filter."), hidden, _tr("Clear filter"))
    cut = pattern if len(pattern) <= _SHOWN_PATTERN else pattern[:_SHOWN_PATTERN] + "…"
    title = _tr("No rows match ‘%1’.").replace("%1", shown(cut))
    return EmptyWords(title, hidden, _tr("Clear filter"))


def _tr(text: str) -> str:
    return QCoreApplication.translate("EmptyWords", text)
