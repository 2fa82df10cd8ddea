# SPDX-License-Identifier: GPL-3.0-only
"""Sentences about what a query had to read around."""

from __future__ import annotations

from collections.abc import Iterable

from mtleak_gui.storage.query_answers import ReadReport
from mtleak_gui.storage.row_blocks import RowBlock
from mtleak_gui.storage.row_files import StreamSnapshot


def report_on(snapshot: StreamSnapshot, blocks: Iterable[RowBlock], troubles: Iterable[str] = ()) -> ReadReport:
    """Return what had to be read around in the blocks of a snapshot."""
    return counted_report(snapshot, sum(block.member.bad_rows for block in blocks), troubles)


def counted_report(snapshot: StreamSnapshot, bad_rows: int, notes: Iterable[str] = ()) -> ReadReport:
    """Return a report on files and ``bad_rows`` lines that are no row, with ``notes`` of the query behind."""
    sentences = list(snapshot.unreadable)
    doubled = {file.path.name for file in snapshot.doubled}
    sentences.extend(
        f"The archive {name} is torn, by a crash most likely: its rows up to there were read."
        for name in snapshot.torn
        if name not in doubled
    )
    sentences.extend(
        f"The archive {name} was left out: the next file begins with all of its rows." for name in sorted(doubled)
    )
    if bad_rows:
        sentences.append(f"Lines of {snapshot.stream} left out because they are no rows: {bad_rows:,}.")
    return ReadReport(bad_rows, snapshot.torn, (*sentences, *notes))


def joined_reports(reports: Iterable[ReadReport]) -> ReadReport:
    """Return one report for several streams."""
    reports = list(reports)
    return ReadReport(
        sum(report.bad_rows for report in reports),
        tuple(name for report in reports for name in report.torn_archives),
        tuple(note for report in reports for note in report.notes),
    )
