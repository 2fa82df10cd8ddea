# SPDX-License-Identifier: GPL-3.0-only
"""A fault of this program, as it is told to the tester."""

from __future__ import annotations

from typing import NamedTuple


class CrashReport(NamedTuple):
    """``fatal``: the program ended with it. ``ts`` is epoch seconds."""

    ts: float
    summary: str
    """One line: the kind of fault and its words."""
    trace: str
    """Where it happened, with the versions of everything; many lines, plain text."""
    path: str | None = None
    """The file that it was saved to, ``None`` where that was not possible."""
    fatal: bool = False
