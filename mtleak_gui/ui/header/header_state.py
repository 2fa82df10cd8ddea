# SPDX-License-Identifier: GPL-3.0-only
"""What the header shows, as one value. No engine here: the header is drawn before that is loaded."""

from __future__ import annotations

from typing import NamedTuple


class HeaderState(NamedTuple):
    """What is chosen, and which acts make sense now."""

    board: str = ""
    place: str = ""
    connected: bool = False
    trying: bool = False
    """Whether the link is wanted and not there, so that the button says Cancel."""
    wanted: bool = False
    """Whether a link is kept, so that the button says Disconnect."""
    recording: bool = False
    paused: bool = False
    can_record: bool = False
    can_mark: bool = False
    can_judge: bool = False
    demo: bool = False
