# SPDX-License-Identifier: GPL-3.0-only
"""Why a board cannot be heard, as the tester is told it: what happened, why, what to do, and what to copy."""

from __future__ import annotations

from typing import Literal, NamedTuple

TroubleKind = Literal[
    "no_permission",
    "busy",
    "no_port",
    "vanished",
    "no_answer",
    "wrong_device",
    "refused",
    "unknown_host",
    "unreachable",
    "second_client",
    "another_board",
    "reader_ended",
    "mute",
    "no_bluetooth",
    "fault",
    "other",
]


class Remedy(NamedTuple):
    """Something to copy and use: a command for a terminal, the text of a file."""

    label: str
    text: str


class LinkTrouble(NamedTuple):
    """One trouble with one link. ``what`` is one sentence; ``todo`` says what the tester can do.

    ``detail`` is what the system or the library said, folded away on the screen.
    """

    kind: TroubleKind
    what: str
    why: str = ""
    todo: str = ""
    remedies: tuple[Remedy, ...] = ()
    detail: str | None = None

    @property
    def sentence(self) -> str:
        """All of it but the remedies in one line, for logs and the command line."""
        return " ".join(part for part in (self.what, self.why, self.todo) if part)
