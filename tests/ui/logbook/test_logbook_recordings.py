# SPDX-License-Identifier: GPL-3.0-only
"""The logbook over recordings: opened ones, older rows on demand, packets, events, export, corrected marks."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from mtleak_gui.core.log_columns import columns_of_lines
from mtleak_gui.core.past import Past
from mtleak_gui.core.records import Batch
from tests.ui.logbook.logbook_kit import PORT, START, Shown, numbered, recorded


def opened(shown: Shown, qtbot: QtBot, folder: Path, rows: int) -> None:
    shown.bench.open_recording(folder)
    qtbot.waitUntil(lambda: len(shown.page.sifter.store) == rows and shown.page.sifter.is_done, timeout=20_000)
    shown.settle()


def test_an_opened_recording_is_shown_with_its_marks(shown: Shown, qtbot: QtBot, tmp_path: Path) -> None:
    opened(shown, qtbot, recorded(tmp_path / "theirs", 300), 301)
    assert shown.messages()[-1] == "burst — 50 broadcasts"
    assert shown.messages()[:2] == ["line 0", "line 1"]
    shown.page.desk.look_round(shown.bench.current)
    names = [shown.page.bar.device.itemData(index) for index in range(shown.page.bar.device.count())]
    assert names == [None, PORT]


def test_another_recording_takes_the_place_of_the_first(shown: Shown, qtbot: QtBot, tmp_path: Path) -> None:
    opened(shown, qtbot, recorded(tmp_path / "one", 50), 51)
    shown.page.bar.since.edit.setText(str(START + 45))
    shown.page.acts()["freeze"]()
    shown.page.acts()["wrap"]()
    shown.click(0)
    assert shown.page.tab.details.text
    opened(shown, qtbot, recorded(tmp_path / "two", 20), 21)
    assert len(shown.messages()) == 21
    assert shown.page.tab.details.text == ""
    assert shown.page.tab.view.follows
    assert shown.page.bottom.told == ""


def test_older_rows_come_from_the_disk_when_one_scrolls_above_the_first(
    shown: Shown, qtbot: QtBot, tmp_path: Path
) -> None:
    opened(shown, qtbot, recorded(tmp_path / "theirs", 300), 301)
    shown.page.sifter.forget()
    newest = columns_of_lines(numbered(100, 200))
    shown.page.feed.take_past(Past(str(tmp_path / "theirs"), logs=newest, older_logs=200))
    shown.settle()
    assert "200 older rows on the disk" in shown.page.tab.info.text
    view = shown.page.tab.view
    view.verticalScrollBar().setValue(0)
    top = shown.messages()[view.shown_range()[0]]
    view.older_requested.emit()
    qtbot.waitUntil(lambda: len(shown.page.sifter.store) == 300 and shown.page.sifter.is_done, timeout=20_000)
    shown.settle()
    assert shown.messages() == [f"line {number}" for number in range(300)]
    assert shown.messages()[view.shown_range()[0]] == top
    assert "older rows" not in shown.page.tab.info.text


def test_a_moment_that_is_still_on_the_disk_is_fetched_and_shown(shown: Shown, qtbot: QtBot, tmp_path: Path) -> None:
    opened(shown, qtbot, recorded(tmp_path / "theirs", 300), 301)
    shown.page.sifter.forget()
    shown.page.feed.take_past(Past("", logs=columns_of_lines(numbered(100, 200)), older_logs=200))
    shown.settle()
    shown.page.show_row_at(START + 20, PORT)
    qtbot.waitUntil(lambda: shown.page.tab.chosen is not None, timeout=20_000)
    assert shown.page.tab.chosen is not None
    assert shown.page.tab.chosen.message == "line 20"


def test_lines_that_came_too_fast_to_be_shown_are_told(shown: Shown) -> None:
    shown.bench.batch_taken.emit(Batch(lines=tuple(numbered(3)), withheld=1200))
    shown.settle()
    assert "1,200 lines came too fast to be shown, they are in the recording" in shown.page.tab.info.text


def test_live_rows_stand_behind_those_of_the_past_and_none_twice(shown: Shown) -> None:
    shown.hear(numbered(10, 95))
    shown.page.feed.take_past(Past("", logs=columns_of_lines(numbered(100))))
    shown.settle()
    assert shown.messages() == [f"line {number}" for number in range(105)]


def test_packets_and_events_are_tables_of_their_own(shown: Shown, qtbot: QtBot, tmp_path: Path) -> None:
    opened(shown, qtbot, recorded(tmp_path / "theirs", 30), 31)
    shown.page.bottom.tab_chosen.emit("packets")
    model = shown.page.packets.model
    qtbot.waitUntil(lambda: model.rowCount() == 1, timeout=20_000)
    texts = [model.index(0, column).data(Qt.ItemDataRole.DisplayRole) for column in range(model.columnCount())]
    assert texts[1] == "!01"
    assert texts[3] == "TEXT\\u202e<b>APP"
    assert model.index(0, 3).data(Qt.ItemDataRole.ToolTipRole) == "<qt>TEXT\\u202e&lt;b&gt;APP</qt>"
    shown.page.bottom.tab_chosen.emit("events")
    events = shown.page.events.model
    qtbot.waitUntil(lambda: events.rowCount() >= 3, timeout=20_000)
    kinds = [events.index(row, 1).data(Qt.ItemDataRole.DisplayRole) for row in range(events.rowCount())]
    assert {"recorder_start", "mark"} <= set(kinds)
    asked: list[float] = []
    shown.page.plot_time_requested.connect(lambda ts, _port: asked.append(ts))
    mark = kinds.index("mark")
    shown.page.events.table.doubleClicked.emit(events.index(mark, 0))
    assert asked == [events.rows[mark]["ts"]]


def test_the_rows_of_a_span_are_copied_into_a_folder(shown: Shown, qtbot: QtBot, tmp_path: Path) -> None:
    opened(shown, qtbot, recorded(tmp_path / "theirs", 100), 101)
    shown.page.bar.since.edit.setText(str(START + 10))
    shown.page.bar.until.edit.setText(str(START + 19))
    target = tmp_path / "exports"
    target.mkdir()
    shown.page.export.copy_into(target)
    qtbot.waitUntil(lambda: bool(shown.notices) and shown.notices[-1].tone == "ok", timeout=20_000)
    copied = next(target.glob("*/logs.jsonl")).read_text().splitlines()
    assert [line.rsplit("line ", 1)[1][:2] for line in copied] == [str(number) for number in range(10, 20)]
    assert "Copied 10 rows" in shown.notices[-1].text


def test_a_mark_is_shown_as_it_is_called_now(shown: Shown, qtbot: QtBot, tmp_path: Path) -> None:
    shown.bench.start_recording()
    qtbot.waitUntil(lambda: shown.bench.recorder.running, timeout=20_000)
    shown.bench.mark("burst", note="50 broadcasts")
    qtbot.waitUntil(lambda: len(shown.page.sifter.store) == 1, timeout=20_000)
    shown.settle()
    row = shown.page.sifter.store.row_in(*shown.page.sifter.shown.place_of(0))
    view = shown.page.tab.view
    assert view.words_of_mark(row)[:2] == ("burst", "50 broadcasts")
    shown.bench.edit_mark(row.ts, "storm", "100 broadcasts")
    qtbot.waitUntil(lambda: view.words_of_mark(row).label == "storm", timeout=20_000)
    shown.bench.remove_mark(row.ts)
    qtbot.waitUntil(lambda: view.words_of_mark(row).removed, timeout=20_000)
    view.grab()
