# SPDX-License-Identifier: GPL-3.0-only
"""Opens one board's link, watches it and opens it again, until it is stopped. ``run`` runs in: the link's thread."""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable, Collection

from mtleak_gui.core.contracts import CheckableLink, Clock, Hear, Link, LinkError
from mtleak_gui.core.link_trouble import LinkTrouble
from mtleak_gui.core.link_troubles.conversation import program_fault, reader_ended
from mtleak_gui.core.port_offer import PortOffer
from mtleak_gui.core.reconnect_troubles import board_gone
from mtleak_gui.core.records import DeviceInfo, HandshakeStep, LinkState, RawEvent
from mtleak_gui.core.rows import CONSOLE_ROLE
from mtleak_gui.engine.link_ears import LinkEars
from mtleak_gui.engine.link_try import LinkFactory, LinkTry
from mtleak_gui.link.board_place import BoardPlace, Sight
from mtleak_gui.link.next_try import Ended, NextTry
from mtleak_gui.link.reconnect import ReconnectPolicy

WATCH_S = 1.0
PLUGGED_IN_S = 20.0
"""A board whose port appeared less long ago starts because it got power."""

log = logging.getLogger(__name__)


class LinkWatching:
    """``tell`` takes states and devices on any thread. The methods may be called from any thread but ``run``'s."""

    def __init__(
        self,
        port: str,
        device: str,
        make_link: LinkFactory,
        hear: Hear,
        clock: Clock,
        *,
        tell: Callable[[LinkState | DeviceInfo], None],
    ) -> None:
        self.place = BoardPlace(device)
        self.came_at: float | None = None
        """When its port appeared (monotonic seconds), if that was seen."""
        self._port = port
        self._began_at_device = device
        self._make_link = make_link
        self._clock = clock
        self._tell = tell
        self._policy = ReconnectPolicy(port)
        self._next = NextTry(self._policy)
        self._ears = LinkEars(hear, self._facts, self._wake)
        self._entering = threading.Lock()
        self._looking = threading.Lock()
        self._stopping = threading.Event()
        self._nudge = threading.Event()
        self._is_wanted_now = False
        self._taken: Collection[str] = ()
        self._link: Link | None = None
        self._node: int | None = None
        self._talks_since: float | None = None
        self._is_open = False

    # From other threads

    def look(self, offers: Collection[PortOffer] | None, taken: Collection[str]) -> Sight:
        """Take the ports that there are now, and those of other boards."""
        with self._looking:
            self._taken = taken
            sight = Sight() if offers is None else self.place.look(offers, taken)
        if sight.came:
            self.came_at = self._clock.monotonic()
            self.try_now()
        return sight

    def choose(self, offer: PortOffer) -> None:
        """The board is at this port."""
        with self._looking:
            self.place.found_at(offer)
        self.try_now()

    def try_now(self) -> None:
        """Do not wait any longer for the next try."""
        self._is_wanted_now = True
        self._wake()

    def check(self) -> None:
        """Find out at once whether the board is still heard."""
        link: object = self._link
        if isinstance(link, CheckableLink):
            link.check()
        self.try_now()

    def stop(self) -> LinkState:
        """Begin to end; return the last state."""
        self._stopping.set()
        self._wake()
        with self._entering:
            return self._policy.closed()

    def fall_silent(self) -> None:
        """Close the link that there is; nothing is heard after that."""
        if (link := self._link) is not None:
            link.close()
        self._ears.close()

    # On the link's own thread

    def run(self) -> None:
        """Keep the link until ``stop``."""
        while not self._stopping.is_set():
            if self._is_wanted_now:
                self._policy.try_now(self._clock.monotonic())
            wait = self._policy.wait(self._clock.monotonic())
            if wait.seconds > 0:
                self._nudge.wait(wait.seconds)
                self._nudge.clear()
                continue
            self._is_wanted_now = False
            ended = self._try(quiet=wait.quiet)
            if not self._stopping.is_set():
                self._plan(ended, quiet=wait.quiet)

    def _try(self, *, quiet: bool) -> Ended:
        if not self.place.is_there or self.place.device in self._taken:
            return Ended(board_gone(self._port), nobody=True)
        if not quiet:
            self._enter(self._policy.opening)
        self._is_open, self._talks_since = False, None
        self._ears.begin()
        try:
            link = self._link = self._make_link(self._attempt(is_look=quiet))
            # ``stop`` closes the link that it sees; one that was made after its look is closed here.
            if self._stopping.is_set():
                link.close()
                return Ended(reader_ended(self._port))
            device = link.open(self._ears.hear)
        except LinkError as refusal:
            return self._not_made(refusal.trouble)
        except Exception as fault:
            log.exception("The link to %s failed", self._port)
            return self._not_made(program_fault(self._port, repr(fault)))
        return self._stay(link, device)

    def _attempt(self, *, is_look: bool) -> LinkTry:
        now = self._clock.monotonic()
        return LinkTry(
            port=self._port,
            device=self.place.device,
            opened=self._opened,
            stepped=self._stepped,
            node=None if self.place.is_sure else self._node,
            is_sure=self.place.is_sure,
            was_plugged_in=self.came_at is not None and now - self.came_at < PLUGGED_IN_S,
            is_look=is_look,
        )

    def _stay(self, link: Link, device: DeviceInfo | None) -> Ended:
        """Stay with a link to its end."""
        live_since = self._clock.monotonic()
        self._enter(lambda: self._policy.live(live_since))
        if device is not None:
            self._node = device.node_num or self._node
            self._say(device)
        restarted = self._next.became_live(self._ears.reboot_count)
        while link.is_alive() and not self._stopping.is_set():
            self._nudge.wait(WATCH_S)
            self._nudge.clear()
        link.close()
        trouble = self._ears.trouble or reader_ended(self._port)
        self._ears.tell_loss(trouble)
        now = self._clock.monotonic()
        self._enter(lambda: self._policy.lost(now, trouble, restarted=restarted))
        return Ended(trouble, talked_s=now - live_since, restarted=restarted, role=link.role)

    def _not_made(self, trouble: LinkTrouble) -> Ended:
        nobody = not self._is_open or trouble.kind == "no_answer"
        talked_s = None if self._talks_since is None else self._clock.monotonic() - self._talks_since
        return Ended(trouble, nobody, talked_s, role=None if self._link is None else self._link.role)

    def _plan(self, ended: Ended, *, quiet: bool) -> None:
        with self._entering:
            plan = self._next.after(ended, self._clock.monotonic(), quiet=quiet)
        if plan.state is None:
            return
        if plan.event is not None:
            ts, note = self._ears.last_ts or self._clock.wall(), plan.state.reason
            data = {"device": self.place.device}
            self._ears.hear(RawEvent(ts, plan.event, None, note, self._port, ended.role, data))
        self._say(plan.state)

    def _facts(self) -> dict[str, object]:
        role = None if self._link is None else self._link.role
        capture = "console" if role == CONSOLE_ROLE else "api"
        return {"device": self.place.device, "key": self.place.key or self.place.device, "capture": capture}

    def _opened(self) -> None:
        self._is_open = True
        self._enter(self._policy.configuring)

    def _stepped(self, step: HandshakeStep, nodes: int) -> None:
        if self._talks_since is None:
            self._talks_since = self._clock.monotonic()
        self._enter(lambda: self._policy.stepped(step, nodes))

    def _wake(self) -> None:
        self._nudge.set()

    def _enter(self, go: Callable[[], LinkState | None]) -> None:
        with self._entering:
            if self._stopping.is_set() or (state := go()) is None:
                return
        self._say(state)

    def _say(self, fact: LinkState | DeviceInfo) -> None:
        if self._stopping.is_set():
            return
        if isinstance(fact, LinkState) and self.place.device != self._began_at_device:
            fact = fact._replace(device=self.place.device)
        self._tell(fact)
