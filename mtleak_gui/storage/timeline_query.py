# SPDX-License-Identifier: GPL-3.0-only
"""A question about one telemetry field to its answer: select the samples, leave out what is none, sum up, thin out."""

from __future__ import annotations

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
    stretches: list[Stretch] = []
    left_out = 0
    for found in selection.stretches:
        if found:
            stretch, dropped = _samples_only(merged(found), question.field)
            stretches.append(stretch)
            left_out += dropped
    stretches = in_time_order(stretches)
    sums = summed(stretches)
    if not sums.count and not left_out:
        everything, _ = cache.files(snapshot, None)
        check_known({key for file in everything for key in file.series()}, question)
    notes = list(selection.notes)
    if left_out:
        notes.append(
            f"{left_out:,} values of {question.field} were left out: zero, negative or 4294967295 means not reported."
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


def _samples_only(stretch: Stretch, field: str) -> tuple[Stretch, int]:
    """Return the stretch without values that stand for "not reported", and how many those were."""
    kept = reported(field, stretch.values)
    if kept is None:
        return stretch, 0
    samples = Stretch(stretch.times[kept], stretch.values[kept])
    return samples, len(stretch.times) - len(samples.times)
