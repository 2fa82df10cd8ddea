# SPDX-License-Identifier: GPL-3.0-only
"""The two acts that a tester may ask of a board: asking it for LocalStats, and switching its debug log over the API.

Nothing else is ever asked of a board beyond what hearing it takes. Sources: firmware ``PhoneAPI::handleToRadioPacket``
(one telemetry request in 10 s), ``DeviceTelemetryModule::allocReply``, ``AdminModule::handleSetConfig``.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Literal, NamedTuple

from mtleak_gui.core import wording

FASTEST_S = 11
"""A board drops in silence what comes within 10 s of the last request; 11 s apart, 39 of 39 were answered."""

EVERY_CHOICES_S = (11, 30, 60, 300)
MISSED_BEFORE_TOLD = 5
"""So many requests in a row without an answer, and the tester is told."""

RESTART_AFTER_S = 7
"""A board that was sent its security configuration restarts after this time of its own."""

SWITCH_WAIT_S = 120.0
"""A board that has not come back by then, in the host's time, is told as not verified."""

DEBUG_LOG_FIELD = "security.debug_log_api_enabled"
SWITCH_RESTART = "the debug log switch"
"""Why a board restarts after the switch, as boots and reports tell it."""

FIRST_ANSWERING = (2, 5, 14)
"""The first firmware that answers a request for LocalStats."""


class StatsWish(NamedTuple):
    """A board is to be asked each ``every_s`` seconds, if it is the node for which that was confirmed."""

    every_s: int
    node_num: int


class AskingFigures(NamedTuple):
    """How asking goes. Requests whose answer may still come are not counted in ``asked``.

    ``answer_ms`` is the median of the newest answers, ``missed`` the requests without an answer since the last one.
    """

    every_s: int
    is_asking: bool = False
    """Whether the board is there to be asked."""
    asked: int = 0
    answered: int = 0
    answer_ms: float | None = None
    missed: int = 0


class SecurityRead(NamedTuple):
    """What a handshake told of a node's security configuration. Holds no key: ``others`` is a hash of all the rest."""

    node_num: int
    debug_log: bool
    others: str


SwitchPhase = Literal["wished", "sent", "verified", "not_verified", "refused"]


class SwitchState(NamedTuple):
    """How switching the debug log to ``on`` stands; ``why`` is a sentence where it did not work or needs words."""

    on: bool
    phase: SwitchPhase
    why: str = ""

    @property
    def is_under_way(self) -> bool:
        """Whether it is not known yet what came of it."""
        return self.phase in ("wished", "sent")


class ActsState(NamedTuple):
    """What is being asked of one board; ``None`` where nothing is."""

    asking: AskingFigures | None = None
    switch: SwitchState | None = None


def every_words(every_s: float) -> str:
    """Return ``11 s``, ``1 min`` or ``5 min``."""
    minutes, rest = divmod(every_s, 60)
    return wording.spaced_span(every_s) if rest or not minutes else f"{minutes:.0f} min"


def rate_words(figures: AskingFigures) -> str:
    """Return ``39 of 39 answered, 12 ms``, or what there is to tell before the first answer."""
    if not figures.asked:
        return "no answer yet" if figures.is_asking else "goes on when the board is heard"
    told = f"{figures.answered:,} of {figures.asked:,} answered"
    return told if figures.answer_ms is None else f"{told}, {figures.answer_ms:,.0f} ms"


def asking_words(figures: AskingFigures) -> str:
    """Return what a chip says of a board that is being asked."""
    every = every_words(figures.every_s)
    return f"Asking every {every}" if figures.is_asking else f"Asks every {every} when heard"


def stopped_words(data: Mapping[str, object]) -> str:
    """Return ``39 of 39 answered (100 %)`` from the ``data`` of a ``poll_stopped`` event."""
    told = f"{data.get('answered', 0)} of {data.get('asked', 0)} answered"
    rate = data.get("rate_percent")
    return told if rate is None else f"{told} ({rate} %)"


def never_answers(firmware: str | None) -> bool:
    """Return whether a firmware version is known to leave requests for LocalStats without an answer."""
    numbers = [part for part in (firmware or "").split(".")[:3] if part.isdecimal()]
    return len(numbers) == len(FIRST_ANSWERING) and tuple(map(int, numbers)) < FIRST_ANSWERING
