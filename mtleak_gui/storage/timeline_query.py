# SPDX-License-Identifier: GPL-3.0-only
"""A question about one telemetry field to its answer: select the samples, leave out what is none, sum up, thin out."""

from __future__ import annotations

from collections.abc import Iterable

from mtleak_gui.core.time_words import TimeWindow
from mtleak_gui.storage.query_answers import TimelineAnswer
from mtleak_gui.storage.read_reports import counted_report
from mtleak_gui.storage.row_files import StreamSnapshot
from mtleak_gui.storage.telemetry_cache import TelemetryCache
from mtleak_gui.storage.telemetry_fields import reported
from mtleak_gui.storage.telemetry_selection import Intervals, Question, check_known, selected
from mtleak_gui.storage.timeline import Stretch, in_time_order, merged, shown_points, summed


def answered_timeline(
    cache: TelemetryCache,
    snapshot: StreamSnapshot,
    window: TimeWindow,
    question: Question,
    own: Intervals,
    *,
    most_points: int,
) -> TimelineAnswer:
    """Return the answer. Raises ``QueryError`` when the recording knows no such port, variant, field or node."""
    files, troubles = cache.files(snapshot, window)
    selection = selected(files, window, question, own)
    stretches, left_out = _cleaned(selection.stretches, question.field)
    sums = summed(stretches)
    if not sums.count and not left_out:
        everything, _ = cache.files(snapshot, None)
        check_known({key for file in everything for key in file.series()}, question)
    notes = list(selection.notes)
    if left_out:
        notes.append(
            f"Values of {question.field} left out: {left_out:,}. Zero, negative or 4294967295 means not reported."
        )
    return TimelineAnswer(
        points=shown_points(stretches, most_points),
        samples=sums.count,
        minimum=sums.low if sums.count else None,
        maximum=sums.high if sums.count else None,
        mean=sums.mean_y if sums.count else None,
        slope_per_min=sums.slope_per_min,
        window=window,
        variant=question.variant,
        field=question.field,
        nodes=selection.nodes,
        report=counted_report(snapshot, sum(file.bad_rows for file in files), [*troubles, *notes]),
    )


def _cleaned(files: Iterable[list[Stretch]], field: str) -> tuple[list[Stretch], int]:
    """Return all samples in time order, without values that mean "not reported", and how many those were."""
    stretches: list[Stretch] = []
    left_out = 0
    for found in files:
        times, values = merged(found)
        kept = reported(field, values)
        if kept is not None:
            left_out += len(times) - int(kept.sum())
            times, values = times[kept], values[kept]
        stretches.append(Stretch(times, values))
    return in_time_order(stretches), left_out
