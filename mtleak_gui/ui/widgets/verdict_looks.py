# SPDX-License-Identifier: GPL-3.0-only
"""How each verdict looks: its icon and its tone. Never by colour alone: the word stands beside."""

from __future__ import annotations

from typing import NamedTuple

from mtleak_gui.core.leakhunt.verdict import Headline


class Look(NamedTuple):
    """An icon of Material Design Icons and a tone of the style sheet."""

    icon: str
    tone: str


LOOKS = {
    Headline.SLOW_LEAK: Look("trending-down", "warn"),
    Headline.FRAGMENTATION: Look("puzzle-outline", "warn"),
    Headline.OOM_IMMINENT: Look("alert-octagon-outline", "danger"),
    Headline.STEADY: Look("check", "ok"),
    Headline.RECOVERY: Look("trending-up", "ok"),
    Headline.REBOOT: Look("restart", "neutral"),
    Headline.INSUFFICIENT_DATA: Look("timer-sand", "neutral"),
    Headline.INCONCLUSIVE: Look("help-circle-outline", "neutral"),
}
