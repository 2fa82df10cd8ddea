# SPDX-License-Identifier: GPL-3.0-only
"""Something to tell the user in passing."""

from __future__ import annotations

from typing import Literal, NamedTuple

Tone = Literal["info", "warn", "danger", "ok"]


class Notice(NamedTuple):
    """One thing to tell. A later notice with the same ``key`` takes its place.

    ``text`` is a sentence, ``detail`` what is folded away, ``action`` the id of an act that is offered, ``sticky``
    whether it stays until it is dealt with. A notice with an empty text takes away the one that stands under its key.
    """

    key: str
    tone: Tone
    text: str
    detail: str | None = None
    action: str | None = None
    sticky: bool = False
