# SPDX-License-Identifier: GPL-3.0-only
"""What the controls of the logbook show and hide, and what they say about it."""

from __future__ import annotations

import time

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QMenu

from mtleak_gui.core.boot import Boot
from mtleak_gui.core.log_filter import LogFilter
from mtleak_gui.core.log_presets import BUILT_IN
from mtleak_gui.core.records import RawMark
from tests.ui.logbook.logbook_kit import START, Shown, heard, numbered


def test_typing_filters_at_once_and_the_line_above_tells_what_is_hidden(shown: Shown) -> None:
    shown.hear(numbered(200), [RawMark(START + 100.5, "burst", "50 broadcasts")])
    shown.page.activateWindow()
    shown.page.bar.field.edit.setFocus()
    QTest.keyClicks(shown.page.bar.field.edit, "line 1[0-4]$")
    shown.settle()
    assert shown.messages() == ["line 10", "line 11", "line 12", "line 13", "line 14", "burst — 50 broadcasts"]
    assert "6 of 201" in shown.page.tab.info.text
    assert "195 hidden by the filter" in shown.page.tab.info.text
    assert "marks always shown" in shown.page.tab.info.text


def test_a_broken_pattern_is_explained_and_the_last_filter_stays(shown: Shown) -> None:
    shown.hear(numbered(100))
    shown.filter("line 99")
    shown.filter("(line")
    assert shown.messages() == ["line 99"]
    assert "Missing ) at 1. Last filter kept." in shown.page.bar.hint
    assert shown.page.bar.field.property("invalid") is True
    shown.filter("(line) 98")
    assert shown.messages() == ["line 98"]
    assert shown.page.bar.hint == ""
    assert shown.page.bar.field.property("invalid") is False


def test_text_case_and_not(shown: Shown) -> None:
    shown.hear([heard(0, "call (A)"), heard(1, "call (a)"), heard(2, "other")])
    field = shown.page.bar.field
    field.regex.setChecked(False)
    shown.filter("(a)")
    assert shown.messages() == ["call (A)", "call (a)"]
    field.match_case.setChecked(True)
    shown.settle()
    assert shown.messages() == ["call (a)"]
    field.negate.setChecked(True)
    shown.settle()
    assert shown.messages() == ["call (A)", "other"]


def test_a_pattern_that_searches_without_end_neither_stops_the_window_nor_hides_what_it_gave_up_on(
    shown: Shown,
) -> None:
    shown.hear([heard(0, "a" * 60 + "!"), heard(1, "aaaa"), heard(2, "b")])
    started = time.monotonic()
    shown.filter("(a|aa)+$")
    assert time.monotonic() - started < 5  # by itself it would take years
    assert shown.messages() == ["aaaa"]
    assert "gave up on 1 line" in shown.page.tab.info.text


def test_chips_hide_levels_and_count_what_they_hide(shown: Shown) -> None:
    shown.hear([*numbered(100), heard(200, "rst:0x1 (POWERON)")])
    chips = shown.page.bar.chips
    assert [chips[level].count for level in ("INFO", "WARN", "ERROR", "DEBUG")] == [91, 8, 2, 0]
    chips["INFO"].click()
    shown.settle()
    assert shown.messages() == [f"line {number}" for number in range(0, 100, 10)]
    assert chips["INFO"].count == 91
    assert chips["INFO"].accessibleName() == "INFO, 91 rows"


def test_marks_that_are_hidden_are_told(shown: Shown) -> None:
    shown.hear(numbered(10), [RawMark(START + 3.5, "a"), RawMark(START + 4.5, "b")])
    shown.page.bar.chips["MARK"].click()
    shown.settle()
    assert len(shown.messages()) == 10
    assert "2 hidden marks" in shown.page.tab.info.text


def test_presets_ship_and_are_saved_and_deleted(shown: Shown) -> None:
    shown.hear([heard(0, "Thread Router leaked heap 5 -> 3 (-2)"), heard(1, "rst:0x1 (POWERON)"), heard(2, "other")])
    presets = {preset.name: preset.wanted for preset in BUILT_IN}
    for name, expected in (("Memory", 0), ("Reboots", 1)):
        shown.page.bar.take(presets[name])
        shown.settle()
        assert [shown.messages().index(message) for message in shown.messages()] == [0]
        assert shown.page.sifter.shown.number(0) == expected
    assert list(presets) == ["Memory", "Reboots", "Errors", "Marks"]
    shown.page.bar.take(LogFilter("other", regex=False, match_case=True))
    shown.page.presets.keep("mine", shown.page.bar.wanted)
    shown.page.bar.clear()
    shown.settle()
    assert len(shown.messages()) == 3
    acts = {act.text(): act for act in shown.page.presets.acts()}
    acts["mine"].trigger()
    shown.settle()
    assert shown.messages() == ["other"]
    assert shown.settings.settings.log_presets[0].name == "mine"
    deletion = {act.text(): act for act in shown.page.presets.acts()}["Delete a preset"].menu()
    assert isinstance(deletion, QMenu)
    deletion.actions()[0].trigger()
    assert shown.settings.settings.log_presets == ()


def test_threads_and_devices_are_offered_as_they_are_heard(shown: Shown) -> None:
    shown.hear([*numbered(9), heard(20, "INFO  | 12:00:00 5 [Evil\u202eThread] x", port="COM7")])
    shown.page.desk.look_round(None)
    chooser = shown.page.bar.thread_chooser
    names = [chooser.itemText(index) for index in range(chooser.count())]
    assert names == ["any", "Evil\\u202eThread", "Thread0", "Thread1", "Thread2"]
    chooser.setCurrentIndex(3)
    chooser.activated.emit(3)
    shown.settle()
    assert shown.messages() == ["line 1", "line 4", "line 7"]


@pytest.mark.parametrize(
    ("since", "until", "first", "last"), [("1790000010", "", 10, 99), ("", "1790000020", 0, 20), ("boot", "now", 0, 99)]
)
def test_times_limit_what_is_shown(shown: Shown, since: str, until: str, first: int, last: int) -> None:
    shown.hear(numbered(100))
    shown.page.bar.since.edit.setText(since)
    shown.page.bar.until.edit.setText(until)
    shown.settle()
    assert shown.messages()[0] == f"line {first}"
    assert shown.messages()[-1] == f"line {last}"


def test_a_time_is_echoed_while_it_is_typed_and_a_wrong_one_is_explained(shown: Shown) -> None:
    shown.page.bar.since.edit.setText("2026-09-21T14:13:20Z")
    assert "since 2026-09-21" in shown.page.bar.hint
    shown.page.bar.since.edit.setText("yesterdayish")
    assert "“yesterdayish” is no time" in shown.page.bar.hint
    assert shown.page.bar.since.property("invalid") is True


@pytest.mark.qt_log_ignore("This plugin does not support", extend=True)  # what a popup asks of a real screen
def test_a_boot_is_chosen_from_the_list(shown: Shown) -> None:
    shown.hear(numbered(100))
    boots = (Boot(1, START, START + 40), Boot(2, START + 40, None, "rst:0x1 (POWERON)"))
    chooser = shown.page.bar.boots
    chooser.boots_now = lambda: ("bench-a", boots)
    chooser.showPopup()
    rows = {row.told.name: row for row in chooser.panel_rows()}
    assert list(rows) == ["2 · current", "1", "All boots"]
    assert (rows["2 · current"].told.rows, rows["2 · current"].told.reason) == ("60 rows", "rst:0x1 (POWERON)")
    assert (rows["1"].told.rows, rows["1"].told.reason) == ("40 rows", "reason not seen")
    assert rows["All boots"].told.rows == "100 rows"
    assert all(row.accessibleName() for row in rows.values())
    QTest.mouseClick(rows["1"], Qt.MouseButton.LeftButton)
    shown.settle()
    assert shown.messages() == [f"line {number}" for number in range(40)]
    assert chooser.currentText() == "1"


def test_the_current_boot_ends_when_the_next_one_begins(shown: Shown) -> None:
    shown.hear(numbered(100))
    chooser = shown.page.bar.boots
    chooser.choose(Boot(1, START))
    chooser.chosen.emit()
    shown.settle()
    assert len(shown.messages()) == 100
    assert chooser.renew((Boot(1, START, START + 50), Boot(2, START + 50)))
    shown.page.desk.apply()
    shown.settle()
    assert shown.messages()[-1] == "line 49"


def test_no_match_says_so_and_clears_the_filter(shown: Shown) -> None:
    shown.hear(numbered(120))
    shown.filter("absent")
    assert shown.page.tab.note.words == "No rows match ‘absent’. 120 rows hidden."
    assert shown.page.tab.note.isVisible()
    QTest.mouseClick(shown.page.tab.note.act, Qt.MouseButton.LeftButton)
    shown.settle()
    assert len(shown.messages()) == 120
    assert not shown.page.tab.note.isVisible()


def test_an_empty_logbook_says_what_to_do(shown: Shown) -> None:
    shown.page.desk.tell()
    assert shown.page.tab.note.words == "No log lines yet Connect a board, open a recording, or try the demo board."


def test_the_filter_comes_back_in_the_next_session(shown: Shown) -> None:
    shown.hear(numbered(100))
    shown.page.bar.chips["WARN"].click()
    shown.filter("line .0$")
    state = shown.page.view_state()
    shown.page.bar.clear()
    shown.page.restore_view(state)
    shown.settle()
    assert shown.messages() == ["line 50"]
    shown.page.restore_view({"filter": {"pattern": 5, "levels": "x"}, "stream": "nonsense", "wrap": "maybe"})
    shown.settle()
    assert len(shown.messages()) == 100
