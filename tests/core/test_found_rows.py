# SPDX-License-Identifier: GPL-3.0-only
"""Find goes through the rows that are shown, forwards and backwards and round the ends."""

from __future__ import annotations

from mtleak_gui.core.found_rows import FoundRows
from mtleak_gui.core.log_filter import LogFilter
from tests.core.log_by_hand import columns, filtered, matcher_of, store_of

TEXTS = [f"row {number}" + (" leaked" if number % 7 == 0 else "") for number in range(50)]


def found(pattern: str, shown: str = "") -> FoundRows:
    rows = FoundRows(filtered(store_of(TEXTS), LogFilter(shown)), matcher_of(LogFilter(pattern)))
    while not rows.is_done:
        rows.advance(lambda: True)
    return rows


def test_every_hit_is_found_and_counted() -> None:
    rows = found("leaked")
    assert rows.places().tolist() == [0, 7, 14, 21, 28, 35, 42, 49]
    assert len(rows) == 8
    assert [rows.holds(place) for place in (7, 8)] == [True, False]
    assert [rows.rank(place) for place in (0, 7, 8, 49)] == [0, 1, 2, 7]


def test_next_and_previous_go_round_the_ends() -> None:
    rows = found("leaked")
    assert [rows.next(at, 1) for at in (0, 1, 42, 49)] == [7, 7, 49, 0]
    assert [rows.next(at, -1) for at in (49, 8, 7, 0)] == [42, 7, 0, 49]


def test_places_are_among_the_shown_rows() -> None:
    rows = found("leaked", shown="[05]( leaked)?$")
    shown = [number for number in range(50) if number % 5 == 0]
    assert rows.places().tolist() == [shown.index(0), shown.index(35)]


def test_nothing_is_found_where_nothing_is() -> None:
    rows = found("absent")
    assert (len(rows), rows.next(5, 1), rows.places().tolist()) == (0, None, [])


def test_rows_that_come_later_are_looked_at() -> None:
    store = store_of(TEXTS)
    log = filtered(store, LogFilter())
    rows = FoundRows(log, matcher_of(LogFilter("leaked")))
    rows.advance(lambda: False)
    store.append(columns(["leaked again"], start=50.0))
    log.follow()
    rows.advance(lambda: False)
    assert rows.is_done
    assert rows.places().tolist()[-2:] == [49, 50]
