# SPDX-License-Identifier: GPL-3.0-only
"""Makes the recording that a demo opens with: hours of a virtual board, as if they had been recorded.

Runs in: query process.
"""

from __future__ import annotations

import shutil
from collections.abc import Iterable, Iterator
from heapq import merge
from itertools import islice
from operator import attrgetter
from pathlib import Path
from typing import NamedTuple

from mtleak_gui.core.records import RawItem, RawMark
from mtleak_gui.demo.past_hours import HOUR, Listener, past_items
from mtleak_gui.demo.past_marks import past_marks
from mtleak_gui.demo.scenario import Scenario
from mtleak_gui.demo.scenario_catalogue import UnknownScenarioError, scenario_named
from mtleak_gui.engine.query_messages import JobCancelled, JobFailed, Tell
from mtleak_gui.engine.row_maker import RowMaker
from mtleak_gui.storage.archive_format import MARKER_NAME
from mtleak_gui.storage.recording import Recording

_AT_A_TIME = 2_000


class DemoPlan(NamedTuple):
    """What to make. ``until`` is epoch seconds; ``port`` and ``role`` are those of the rows."""

    folder: Path
    scenario: str
    hours: float
    seed: int
    until: float
    port: str
    role: str


class _RecordedClock:
    """The time of the item that is being recorded, for a recorder that believes it records live."""

    def __init__(self, now: float) -> None:
        self.now = now

    def wall(self) -> float:
        """Return the epoch time of the item."""
        return self.now

    def monotonic(self) -> float:
        """Return the same: it never goes back either."""
        return self.now


def make_demo(plan: DemoPlan, tell: Tell) -> float:
    """Record the hours; return when the board was switched on (epoch s).

    Raises ``OSError`` when the folder cannot be written, ``JobFailed`` for a scenario that there is none of. A folder
    that nobody wants any more, as ``tell`` says, is removed.
    """
    scenario = _scenario(plan)
    since = _since(plan)
    items = past_items(scenario, _listener(plan), until=plan.until, hours=plan.hours, seed=plan.seed, born=since)
    marks = past_marks(scenario, since=since, until=plan.until, seed=plan.seed, born=since)
    _record_all(plan, merge(items, marks, key=attrgetter("ts")), tell)
    return since


def continue_demo(plan: DemoPlan, born: float, tell: Tell) -> None:
    """Record ``plan.hours`` more of the board that was switched on at ``born``, in the folder that it was heard in.

    Raises as ``make_demo``, and ``JobFailed`` when the recording is not there any more.
    """
    if not (plan.folder / MARKER_NAME).exists():
        raise JobFailed(f"the recording {plan.folder} is gone")
    items = past_items(
        _scenario(plan),
        _listener(plan),
        until=plan.until,
        hours=plan.hours,
        seed=plan.seed,
        born=born,
        connected_before=True,
    )
    _record_all(plan, items, tell)


def _scenario(plan: DemoPlan) -> Scenario:
    try:
        return scenario_named(plan.scenario)
    except UnknownScenarioError as trouble:
        raise JobFailed(str(trouble)) from trouble


def _listener(plan: DemoPlan) -> Listener:
    return Listener(plan.port, plan.role)


def _since(plan: DemoPlan) -> float:
    return plan.until - plan.hours * HOUR


def _record_all(plan: DemoPlan, items: Iterator[RawItem], tell: Tell) -> None:
    since = _since(plan)
    clock, row_maker = _RecordedClock(since), RowMaker()
    recording = Recording.open(plan.folder, clock=clock, demo=True)
    try:
        recording.start()
        for batch in _batches(items):
            tell((batch[-1].ts - since) / (plan.until - since), "Making the demo's past")
            _record(recording, row_maker, clock, batch)
        clock.now = plan.until
        recording.stop("made for the demo")
    except JobCancelled:
        recording.close()
        shutil.rmtree(plan.folder, ignore_errors=True)
        raise
    finally:
        recording.close()


def _batches(items: Iterator[RawItem]) -> Iterator[list[RawItem]]:
    while batch := list(islice(items, _AT_A_TIME)):
        yield batch


def _record(recording: Recording, row_maker: RowMaker, clock: _RecordedClock, batch: Iterable[RawItem]) -> None:
    for piece in _cut_at_marks(batch):
        clock.now = piece[-1].ts
        made = row_maker.make(piece)
        recording.append(made.rows)
        for mark in made.marks:
            recording.mark(mark.label, mark.note, mark.data, mark.ts)


def _cut_at_marks(batch: Iterable[RawItem]) -> Iterator[list[RawItem]]:
    """Yield the items in pieces of which each ends with a mark or holds none, so that rows keep their order."""
    piece: list[RawItem] = []
    for item in batch:
        piece.append(item)
        if isinstance(item, RawMark):
            yield piece
            piece = []
    if piece:
        yield piece
