# SPDX-License-Identifier: GPL-3.0-only
"""The boots of one device and its uptime. Runs in: GUI thread."""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

from mtleak_gui.core.activity import restart_words
from mtleak_gui.core.boot import Boot
from mtleak_gui.core.leakhunt.thresholds import SAME_BOOT_S
from mtleak_gui.core.records import RawEvent

_UNHEARD = "restarted while it was not heard"


class UptimeSign(NamedTuple):
    """The board stated ``uptime`` seconds at ``ts``; telemetry's may be 75 s stale."""

    ts: float
    uptime: float


class SessionBoots:
    """Boots ascending in time. The first begins when the device was first seen."""

    def __init__(self) -> None:
        self._boots: list[Boot] = []
        self._booted_at: float | None = None
        """When the newest boot began by its own uptime: stale uptimes tell it too late, so the earliest counts."""
        self._first_stated: UptimeSign | None = None
        self._last_stated: UptimeSign | None = None
        self._is_joining = False
        """Whether the next uptime is the first one after a time of which nothing is known."""

    @property
    def boots(self) -> tuple[Boot, ...]:
        """All boots."""
        return tuple(self._boots)

    @property
    def newest(self) -> Boot | None:
        """The boot that is under way."""
        return self._boots[-1] if self._boots else None

    def uptime(self, now: float) -> float | None:
        """Return the seconds since the newest boot, ``None`` before the board has stated an uptime."""
        return None if self._booted_at is None else max(0.0, now - self._booted_at)

    def seen(self, ts: float) -> bool:
        """Take note of a sign of life; return whether it was the first."""
        if self._boots:
            return False
        self._boots.append(Boot(1, ts))
        return True

    def restarted(self, event: RawEvent) -> None:
        """Take a ``reboot`` event."""
        # A restart that was seen is the one that the next uptime tells of.
        self._is_joining = False
        data = event.data or {}
        uptime = data.get("uptime_s")
        stated = float(uptime) if isinstance(uptime, int | float) else None
        reason = restart_words(data) or None
        if self._just_began(event.ts):
            # Heard from its beginning on: the sign of that beginning is no second one.
            first = self._boots[0]
            self._boots[0] = first._replace(reason=reason, first_uptime=stated or first.first_uptime)
            return
        self._begin(event.ts - (stated or 0.0), event.ts, reason, stated)

    def stated(self, signs: Iterable[UptimeSign]) -> bool:
        """Take uptimes; those from before the newest boot are passed by. Return whether a restart shows in them."""
        restarted = False
        for sign in signs:
            newest = self.newest
            if newest is None or sign.ts < newest.start:
                continue
            if self._is_joining:
                self._is_joining = False
                if self._last_stated is not None and _is_another_boot(self._last_stated, sign):
                    self._begin(sign.ts - sign.uptime, sign.ts, _UNHEARD, None)
                    restarted = True
            self._take(sign)
        return restarted

    def goes_on(self, sign: UptimeSign) -> None:
        """Take the newest of many uptimes, the rest of which is not known."""
        if self._boots:
            known = self._boots[-1].first_uptime
            self._take(sign)
            self._boots[-1] = self._boots[-1]._replace(first_uptime=known)

    def _just_began(self, ts: float) -> bool:
        if len(self._boots) != 1 or self._boots[0].reason is not None or ts - self._boots[0].start > SAME_BOOT_S:
            return False
        return self._last_stated is None or self._last_stated.uptime < SAME_BOOT_S

    def put_before(self, older: SessionBoots) -> None:
        """Put the boots of the past before those that are known, which may be the same boot going on."""
        if not older._boots:
            return
        if not self._boots:
            self._boots, self._booted_at = list(older._boots), older._booted_at
            self._last_stated, self._is_joining = older._last_stated, True
            return
        first, last = self._boots[0], older._boots[-1]
        rest = self._boots[1:]
        before, now = older._last_stated, self._first_stated
        if first.reason is None and before is not None and now is not None and _is_another_boot(before, now):
            first = first._replace(reason=_UNHEARD)
        if first.reason is None:
            # The boot that was seen first had begun before: it is the last one of the past.
            joined = [last._replace(end=first.end), *rest]
            if not rest and older._booted_at is not None:
                self._booted_at = min(older._booted_at, self._booted_at or older._booted_at)
        else:
            joined = [last._replace(end=first.start), first, *rest]
        self._boots = [boot._replace(number=i) for i, boot in enumerate([*older._boots[:-1], *joined], 1)]

    def _begin(self, booted_at: float, seen_at: float, reason: str | None, stated: float | None) -> None:
        start = seen_at
        if self._boots:
            start = min(max(booted_at, self._boots[-1].start), seen_at)
            self._boots[-1] = self._boots[-1]._replace(end=start)
        self._boots.append(Boot(len(self._boots) + 1, start, None, reason, stated))
        self._booted_at = None if stated is None else start

    def _take(self, sign: UptimeSign) -> None:
        newest = self._boots[-1]
        booted_at = sign.ts - sign.uptime
        if newest.number > 1 and booted_at < newest.start - SAME_BOOT_S:
            return  # a late word of the boot before
        if newest.first_uptime is None:
            self._boots[-1] = newest._replace(first_uptime=float(sign.uptime))
        if self._booted_at is None or booted_at < self._booted_at:
            self._booted_at = booted_at
        self._first_stated = self._first_stated or sign
        self._last_stated = sign


def _is_another_boot(before: UptimeSign, now: UptimeSign) -> bool:
    """Return whether the uptime grew by less than the time that passed: stale uptimes differ by some 75 s at most."""
    return (now.ts - before.ts) - (now.uptime - before.uptime) > SAME_BOOT_S
