# SPDX-License-Identifier: GPL-3.0-only
"""The table of what keys and gestures do: one row for each act. A new key is one row here."""

from __future__ import annotations

from typing import Literal, NamedTuple

from mtleak_gui.core.settings import QUICK_MARK_LIMIT

Place = Literal["heap", "logbook", "leakhunt", "reports"]
Group = Literal["Board and recording", "Marks", "Leakhunt and reports", "Heap plot", "Logbook", "Window"]


class Act(NamedTuple):
    """What a key does. ``where`` is empty for everywhere; a ``fixed`` key cannot be chosen.

    Acts of one ``family`` differ by a number and are shown as one line.
    """

    id: str
    text: str
    keys: tuple[str, ...]
    group: Group
    where: tuple[Place, ...] = ()
    fixed: bool = False
    family: str = ""

    def meets(self, other: Act) -> bool:
        """Return whether there is a place where both acts listen."""
        return not self.where or not other.where or bool(set(self.where) & set(other.where))


class Gesture(NamedTuple):
    """What the mouse does; not to be chosen."""

    text: str
    gesture: str
    group: Group


ACTS: tuple[Act, ...] = (
    Act("connect", "Connect or disconnect", ("Ctrl+Shift+C",), "Board and recording"),
    Act("record", "Start or stop recording", ("Ctrl+R",), "Board and recording"),
    Act("pause", "Pause or resume recording", ("Ctrl+Shift+P",), "Board and recording"),
    Act("open_recording", "Open a recording", ("Ctrl+O",), "Board and recording"),
    Act("mark", "Mark with text (the time is that of the key)", ("M",), "Marks"),
    Act("mark_range", "Range mark: start, and again for its end", ("Shift+M",), "Marks"),
    *(
        Act(f"quick_mark_{number}", f"Quick mark {number}", (f"Ctrl+{number}",), "Marks", family="Quick mark")
        for number in range(1, QUICK_MARK_LIMIT + 1)
    ),
    Act("previous_mark", "Previous mark", ("[",), "Marks", ("heap", "logbook")),
    Act("next_mark", "Next mark", ("]",), "Marks", ("heap", "logbook")),
    *(
        Act(
            f"jump_to_mark_{number}",
            f"Jump to mark {number}",
            (f"{number}",),
            "Marks",
            ("heap",),
            family="Jump to mark",
        )
        for number in range(1, 10)
    ),
    Act("leakhunt", "Leakhunt", ("Ctrl+L",), "Leakhunt and reports"),
    Act("run_leakhunt", "Run", ("Return",), "Leakhunt and reports", ("leakhunt",), fixed=True),
    Act("save_report", "Save report", ("Ctrl+S",), "Leakhunt and reports", ("leakhunt",)),
    Act("export", "Export", ("Ctrl+E",), "Leakhunt and reports"),
    Act("freeze", "Freeze or unfreeze the view", ("Space",), "Heap plot", ("heap", "logbook"), fixed=True),
    Act("live", "Live: follow the newest", ("End", "F"), "Heap plot", ("heap", "logbook")),
    Act("fit_all", "Fit all", ("*",), "Heap plot", ("heap",)),
    Act("clear_selection", "Clear the selection", ("Esc",), "Heap plot", ("heap",), fixed=True),
    Act("find", "Find", ("Ctrl+F",), "Logbook", ("logbook",)),
    Act("find_next", "Next match", ("F3",), "Logbook", ("logbook",)),
    Act("find_previous", "Previous match", ("Shift+F3",), "Logbook", ("logbook",)),
    Act("focus_filter", "Go to the filter", ("Ctrl+Shift+F",), "Logbook", ("logbook",)),
    Act("next_error", "Next error row", ("E",), "Logbook", ("logbook",)),
    Act("previous_error", "Previous error row", ("Shift+E",), "Logbook", ("logbook",)),
    Act("wrap", "Wrap long lines", ("W",), "Logbook", ("logbook",)),
    Act("copy_context", "Copy with context", ("Ctrl+Shift+X",), "Logbook", ("logbook",)),
    Act("log_font_default", "Usual font size", ("Ctrl+0",), "Logbook", ("logbook",)),
    Act("page_overview", "Overview", ("Alt+1",), "Window"),
    Act("page_heap", "Heap", ("Alt+2",), "Window"),
    Act("page_logbook", "Logbook", ("Alt+3",), "Window"),
    Act("page_reports", "Reports", ("Alt+4",), "Window"),
    Act("settings", "Settings", ("Ctrl+,", "Alt+5"), "Window"),
    Act("shortcuts", "Keys and gestures", ("F1", "?"), "Window"),
    Act("quit", "Quit (asks while recording)", ("Ctrl+Q",), "Window"),
)

GESTURES: tuple[Gesture, ...] = (
    Gesture("Zoom in time", "Wheel, or Ctrl+wheel", "Heap plot"),
    Gesture("Zoom in bytes", "Alt+wheel", "Heap plot"),
    Gesture("Pan", "Drag", "Heap plot"),
    Gesture("Zoom to a box", "Ctrl+drag", "Heap plot"),
    Gesture("Select a stretch", "Shift+drag", "Heap plot"),
    Gesture("Fit all", "Double-click", "Heap plot"),
    Gesture("Font size", "Ctrl+wheel", "Logbook"),
    Gesture("Open a recording", "Drop it on the window", "Board and recording"),
)
