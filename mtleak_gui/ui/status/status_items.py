# SPDX-License-Identifier: GPL-3.0-only
"""What the status strip says, worked out from the engine's state, without widgets."""

from __future__ import annotations

from mtleak_gui.core import screen_words, wording
from mtleak_gui.core.link_words import gave_way, is_connecting, link_words, retry_words
from mtleak_gui.core.recorder_state import RecorderState
from mtleak_gui.engine.bench import Bench
from mtleak_gui.engine.session import Session
from mtleak_gui.ui.status.status_item import Part, StatusItem

_FEW_DAYS = 3


def status_items(bench: Bench, now: float) -> tuple[StatusItem, ...]:
    """Return the statements, the most important first. ``now`` is epoch seconds."""
    recorder, session = bench.recorder, bench.current
    items = [_recording(recorder, now)]
    if session is None:
        items.append(StatusItem((Part("No board connected"),)))
    else:
        items.append(_mode(session))
        items += _heap_rows(session, now)
    items += _room(recorder)
    if recorder.running or recorder.rows_lost or recorder.write_errors:
        items.append(_lost(recorder))
    return tuple(items)


def _recording(recorder: RecorderState, now: float) -> StatusItem:
    if recorder.trouble:
        return StatusItem((Part(recorder.trouble, "danger", strong=True),), "alert-octagon-outline", recorder.trouble)
    if recorder.read_only:
        title = f"{recorder.title}, read only" if recorder.title else "Opened read only"
        return StatusItem((Part(title, "text"),), "lock-outline", recorder.folder or "")
    if not recorder.running:
        return StatusItem((Part("Not recording"),), "circle-outline")
    since = max(0.0, now - (now if recorder.started_at is None else recorder.started_at))
    if recorder.paused:
        why = f": {recorder.pause_reason}" if recorder.pause_reason else ""
        return StatusItem(
            (Part("PAUSED ", "warn", strong=True), Part(f"{stop_watch(since)}{why}", "text")), "pause-circle-outline"
        )
    return StatusItem(
        (Part("REC ", "danger", strong=True), Part(stop_watch(since), "text", strong=True)),
        "record-circle",
        recorder.folder or "",
    )


def _mode(session: Session) -> StatusItem:
    words = {
        "waiting": "Waiting for the board",
        "opening": "Opening the port",
        "configuring": "Reading the board's configuration",
        "lost": "Connection lost",
        "backing_off": f"Reconnecting, {retry_words(session.link, session.link_age()).replace(' · ', ', ')}",
        "closed": "Disconnected",
    }.get(session.link.phase, str(session.capture))
    if gave_way(session.link) or (is_connecting(session.link) and session.link.stuck):
        words = link_words(session.link, session.link_age(), heard_before=True)
    if session.read_only:
        words = "From disk"
    return StatusItem((Part(words),), tip=session.link.reason or "")


def _heap_rows(session: Session, now: float) -> list[StatusItem]:
    history = session.history()
    if history is None or not len(history):
        return [StatusItem((Part("no heap rows yet"),))]
    newest = max(0.0, now - (session.last_ts or now))
    age = "" if session.read_only else f", last {screen_words.age(newest)}"
    items = [StatusItem((Part(f"{len(history):,}", "text", strong=True), Part(f" heap rows{age}")))]
    if session.cadence_s:
        items.append(StatusItem((Part(f"cadence {wording.spaced_span(session.cadence_s)}"),)))
    return items


def _room(recorder: RecorderState) -> list[StatusItem]:
    size = sum(stream.bytes_on_disk for stream in recorder.streams.values())
    words = []
    if recorder.folder is not None and size:
        words.append(screen_words.byte_size(size))
    role = "text_2"
    if recorder.running and recorder.days_left is not None:
        words.append(f"{screen_words.days_left(recorder.days_left)} left")
        role = "warn" if recorder.days_left < _FEW_DAYS else role
    elif recorder.free_bytes is not None and not recorder.running:
        words.append(f"{screen_words.byte_size(recorder.free_bytes)} free")
    return [StatusItem((Part(", ".join(words), role),))] if words else []


def _lost(recorder: RecorderState) -> StatusItem:
    lost, errors = recorder.rows_lost, recorder.write_errors
    told = f"{lost:,} lost" + (f", {wording.count(errors, 'write error')}" if errors else "")
    return StatusItem((Part(told, "danger" if lost or errors else "text_2", strong=bool(lost or errors)),))


def stop_watch(seconds: float) -> str:
    """Return ``02:14:09``, from a day on ``1 d 02:14:09``."""
    whole = int(seconds)
    days, rest = divmod(whole, 86_400)
    clock = f"{rest // 3600:02d}:{rest % 3600 // 60:02d}:{rest % 60:02d}"
    return f"{days} d {clock}" if days else clock
