# SPDX-License-Identifier: GPL-3.0-only
"""What a board's tile says at one moment, made of its session: words only, so that a tile is drawn when they change."""

from __future__ import annotations

from typing import Literal, NamedTuple

from mtleak_gui.core import wording
from mtleak_gui.core.board_acts import asking_words
from mtleak_gui.core.device_words import hardware_words, port_words
from mtleak_gui.core.link_words import counter, is_connecting
from mtleak_gui.core.quick_trend import QuickTrend
from mtleak_gui.core.recorder_state import RecorderState
from mtleak_gui.core.screen_words import age, clock_or_date
from mtleak_gui.engine.session import Session
from mtleak_gui.ui.pages.overview.link_facts import LinkFacts, link_facts

TREND_WINDOW_S = 6 * 3600.0
_SHORTEST_TREND_S = 600.0
Direction = Literal["falling", "rising", "steady", ""]


class ChipState(NamedTuple):
    """A chip: its word, icon, tone, and the colour of the icon where it is another one."""

    text: str
    icon: str
    tone: str = "neutral"
    icon_role: str = ""


class TileState(NamedTuple):
    """Everything on a tile but the curve."""

    name: str
    where: str
    chip: ChipState
    is_there: bool
    value: str
    value_note: str
    aside: str
    direction: Direction
    trend: str
    slope: str
    link: LinkFacts
    asking: str
    facts: tuple[tuple[str, str], ...]


def tile_state(session: Session, recorder: RecorderState, now: float) -> TileState:
    """Return what the tile of a session says."""
    is_there = session.read_only or session.link.phase == "live"
    trend = session.trend(TREND_WINDOW_S, _newest(session, now))
    direction, trend_words, slope = trend_of(trend)
    return TileState(
        name=wording.single_line(session.name, 40),
        where=_where(session),
        chip=_chip(session, recorder, is_there=is_there),
        is_there=is_there,
        value="–" if session.free_heap is None else wording.number(session.free_heap),
        value_note=_value_note(session, is_there=is_there),
        aside=_aside(session, now, is_there=is_there),
        direction=direction,
        trend=trend_words,
        slope=slope,
        link=link_facts(session),
        asking="" if session.acts.asking is None else asking_words(session.acts.asking),
        facts=_facts(session, now, is_there=is_there),
    )


def trend_of(trend: QuickTrend | None) -> tuple[Direction, str, str]:
    """Return the direction, it in words with its span, and the slope. A figure, never a verdict."""
    if trend is None or trend.span_s < _SHORTEST_TREND_S:
        return "", "too little for a trend", ""
    slope = wording.on_screen(wording.rate(trend.slope_per_min, wording.BYTE_UNIT))
    span = wording.spaced_span(round(trend.span_s / 60) * 60)
    if not trend.is_clear:
        return "steady", f"steady for {span}", slope
    direction: Direction = "falling" if trend.slope_per_min < 0 else "rising"
    return direction, f"{direction} for {span}", slope


def firmware_words(session: Session) -> str:
    """Return ``2.7.26.54e0d8d · heltec-v3``."""
    told = [part for part in (session.firmware, session.environment) if part]
    return wording.single_line(" · ".join(told), 60) if told else "not told yet"


def debug_heap_words(session: Session) -> str:
    """Return ``on, [heap N] prefixes``, ``off`` or ``not seen yet``."""
    if session.debug_heap == "ON":
        return f"on, {session.debug_heap_reason}" if session.debug_heap_reason else "on"
    return "off" if session.debug_heap == "OFF" else "not seen yet"


def restart_words(session: Session, now: float) -> str:
    """Return when the last restart was and why, or that none was seen."""
    boot = session.last_restart
    if boot is None:
        return "none seen"
    when = clock_or_date(boot.start, now)
    return f"{when}, {wording.single_line(boot.reason, 48)}" if boot.reason else when


def _newest(session: Session, now: float) -> float:
    """A recording from the disk, and a board that is gone, are told up to their newest sample."""
    if session.read_only or session.link.phase != "live":
        return session.last_ts or now
    return now


def _where(session: Session) -> str:
    board = hardware_words(session.hardware)
    place = "from disk" if session.read_only else session.capture
    port = port_words(session.link.device or session.port)
    return wording.single_line(" · ".join(part for part in (board, port, place) if part), 80)


def _chip(session: Session, recorder: RecorderState, *, is_there: bool) -> ChipState:
    demo = ChipState("DEMO", "flask-outline", "warn")
    if session.read_only:
        return demo if session.demo or session.role == "demo" else ChipState("From disk", "folder-open-outline")
    if not is_there:
        return _absent_chip(session)
    if session.demo:
        return demo
    if recorder.paused:
        return ChipState("Paused", "pause-circle-outline", "warn")
    if recorder.running:
        return ChipState("Recording", "record-circle", "neutral", "danger")
    return ChipState("Not recording", "circle-outline")


def _absent_chip(session: Session) -> ChipState:
    if session.link.phase == "closed":
        return ChipState("Disconnected", "lan-disconnect")
    if is_connecting(session.link) and session.link.stuck:
        return ChipState("No answer yet", "timer-sand", "warn")
    if is_connecting(session.link) and session.heard_ts is None:
        return ChipState("Connecting", "sync")
    return ChipState(f"Unavailable · {counter(session.gone_for())}", "circle-off-outline")


def _value_note(session: Session, *, is_there: bool) -> str:
    if session.free_heap is None:
        return "no heap sample yet"
    return "B free" if is_there else "B free, last known"


def _aside(session: Session, now: float, *, is_there: bool) -> str:
    if not is_there:
        return "" if session.heard_ts is None else f"{age(now - session.heard_ts)} ago"
    if session.used_percent is None or session.total_heap is None:
        return ""
    return f"{session.used_percent:.0f} % of {wording.number(session.total_heap)} used"


def _facts(session: Session, now: float, *, is_there: bool) -> tuple[tuple[str, str], ...]:
    uptime = session.uptime_now(_newest(session, now))
    told = "not told yet" if uptime is None else wording.spaced_span(uptime)
    if not is_there and uptime is not None:
        told += ", last known"
    last = ("Connection", _loss(session, now)) if not is_there else ("Last restart", restart_words(session, now))
    return (
        ("Uptime", told),
        ("Firmware", firmware_words(session)),
        ("DEBUG_HEAP", debug_heap_words(session)),
        last,
    )


def _loss(session: Session, now: float) -> str:
    if session.link.phase == "closed":
        return "closed by you"
    reason = wording.single_line(session.link.reason or "", 60)
    if session.heard_ts is None:
        return reason or "not yet"
    when = f"lost {clock_or_date(session.heard_ts, now)}"
    return f"{when}, {reason}" if reason else when
