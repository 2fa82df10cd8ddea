# SPDX-License-Identifier: GPL-3.0-only
"""What is to follow when a link has ended or was not made: another try soon, a look now and then, or a long pause.

Pure: it is told what happened and the time (monotonic seconds).
"""

from __future__ import annotations

from typing import NamedTuple

from mtleak_gui.core.link_trouble import LinkTrouble
from mtleak_gui.core.link_troubles.conversation import second_client
from mtleak_gui.core.records import LinkState
from mtleak_gui.link.client_fight import ClientFight
from mtleak_gui.link.reconnect import ReconnectPolicy

_HUNG_UP = ("vanished", "other")
"""What a board's closing of the connection is told as."""


class Ended(NamedTuple):
    """How a try or a link ended. ``nobody``: no board was reached; ``talked_s``: it had talked for so long.

    ``restarted``: the board said that it has booted since the link before.
    """

    trouble: LinkTrouble
    nobody: bool = False
    talked_s: float | None = None
    restarted: bool = False
    role: str | None = None


class Plan(NamedTuple):
    """The state to tell, if any, and the kind of event that is to be recorded with the trouble, if any."""

    state: LinkState | None
    event: str | None = None


class NextTry:
    """Follows the links of one board."""

    def __init__(self, policy: ReconnectPolicy) -> None:
        self._policy = policy
        self._fight = ClientFight()
        self._stranger: str | None = None

    def became_live(self, reboot_count: int | None) -> bool:
        """A link was made; return whether the board's count of boots tells of a restart since the one before."""
        self._stranger = None
        return self._fight.boots_told(reboot_count)

    def after(self, ended: Ended, now: float, *, quiet: bool) -> Plan:
        """Plan the next try; ``quiet``: what ended was a quiet look."""
        trouble = ended.trouble
        if trouble.kind == "another_board":
            known, self._stranger = self._stranger, trouble.what
            return Plan(self._policy.pausing(now, trouble), None if known == trouble.what else "another_board")
        if ended.nobody:
            # Whatever ended the links before was not another client.
            self._fight.nobody_there()
            return Plan(self._policy.absent(now, trouble, quiet=quiet))
        if self._is_fight(ended, now):
            return Plan(self._policy.pausing(now, second_client(self._policy.state.port)), "second_client")
        return Plan(self._policy.backing_off(now, trouble))

    def _is_fight(self, ended: Ended, now: float) -> bool:
        """Only boards in the network have a place that somebody else can take."""
        if ended.role != "tcp" or ended.talked_s is None or ended.restarted or ended.trouble.kind not in _HUNG_UP:
            return False
        return self._fight.link_ended(now, ended.talked_s)
