# SPDX-License-Identifier: GPL-3.0-only
"""Which colour a board has, on every page the same as long as it is there."""

from __future__ import annotations

from mtleak_gui.engine.session import Session

_ROLES = ("heap_a", "heap_b", "heap_c", "heap_d")


def board_role(session: Session | None) -> str:
    """Return the role of a board's colour; without a board, that of the first."""
    return _ROLES[0 if session is None else session.number % len(_ROLES)]
