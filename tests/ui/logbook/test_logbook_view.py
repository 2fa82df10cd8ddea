# SPDX-License-Identifier: GPL-3.0-only
"""How rows are seen, followed, searched, chosen and copied."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Literal

import pytest
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QGuiApplication, QImage, QWheelEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QWidget

from mtleak_gui.core.records import RawMark
from mtleak_gui.ui.theme.theme_keeper import ThemeKeeper
from tests.ui.logbook.logbook_kit import PORT, START, Shown, heard, numbered

BUILD = Path(__file__).parents[3] / "build" / "logbook"


def on_screen(shown: Shown) -> list[str]:
    first, end = shown.page.tab.view.shown_range()
    return shown.messages()[first:end]


def wheel(view: QWidget, steps: int, modifier: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
    centre = QPointF(view.rect().center())
    event = QWheelEvent(
        centre,
        view.mapToGlobal(centre),
        QPoint(),
        QPoint(0, 120 * steps),
        Qt.MouseButton.NoButton,
        modifier,
        Qt.ScrollPhase.NoScrollPhase,
        False,
    )
    QGuiApplication.sendEvent(view, event)


def test_the_newest_row_is_followed_until_one_scrolls_up_and_again_by_the_pill(shown: Shown) -> None:
    page, view = shown.page, shown.page.tab.view
    shown.hear(numbered(500))
    assert on_screen(shown)[-1] == "line 499"
    wheel(view.viewport(), 5)
    before = on_screen(shown)
    assert (view.follows, page.bottom.offers_new_rows) == (False, False)
    shown.hear(numbered(50, 500))
    assert on_screen(shown) == before
    assert (view.follows, page.bottom.offers_new_rows) == (False, True)
    assert page.bottom.told.startswith("Frozen at ")
    page.bottom.follow_requested.emit()
    assert on_screen(shown)[-1] == "line 549"
    assert (view.follows, page.bottom.offers_new_rows) == (True, False)
    shown.hear(numbered(10, 550))
    assert on_screen(shown)[-1] == "line 559"


def test_rows_that_the_filter_hides_are_no_new_rows(shown: Shown) -> None:
    shown.hear(numbered(500))
    shown.filter("Thread0|line 500")
    wheel(shown.page.tab.view.viewport(), 5)
    shown.hear([heard(501, "INFO  | 12:00:00 5 [Thread1] other")])
    assert not shown.page.bottom.offers_new_rows
    shown.hear([heard(502, "INFO  | 12:00:00 5 [Thread0] other")])
    assert shown.page.bottom.offers_new_rows


def test_a_view_with_room_for_all_rows_follows(shown: Shown) -> None:
    shown.hear(numbered(500))
    wheel(shown.page.tab.view.viewport(), 5)
    shown.filter("line 49.$")
    shown.page.desk.tell()
    assert shown.page.tab.view.follows
    assert shown.page.bottom.told == ""


def test_a_frozen_view_stands_still_while_rows_go_on_being_taken(shown: Shown) -> None:
    shown.hear(numbered(20))
    shown.page.acts()["freeze"]()
    shown.hear(numbered(20, 20))
    assert len(shown.messages()) == 20
    assert len(shown.page.sifter.store) == 40
    assert shown.page.bottom.offers_new_rows
    shown.page.acts()["freeze"]()
    assert len(shown.messages()) == 40


def test_the_rows_on_the_screen_stay_when_the_filter_changes(shown: Shown) -> None:
    shown.hear(numbered(2000))
    shown.page.show_row_at(START + 1000, PORT)
    assert shown.page.tab.chosen is not None
    assert shown.page.tab.chosen.message == "line 1000"
    shown.filter("0$")
    assert "line 1000" in on_screen(shown)
    assert shown.page.tab.chosen.message == "line 1000"
    shown.page.bar.clear()
    shown.settle()
    assert "line 1000" in on_screen(shown)


def test_find_steps_through_hits_and_hides_nothing(shown: Shown) -> None:
    page = shown.page
    shown.hear(numbered(300))
    page.acts()["find"]()
    page.tab.find_bar.field.regex.setChecked(True)
    page.tab.find_bar.field.edit.setText("line 1.5$")
    shown.settle()
    assert len(shown.messages()) == 300
    visited = []
    for _ in range(11):
        page.acts()["find_previous"]()
        visited.append("" if page.tab.chosen is None else page.tab.chosen.message)
    assert visited[:3] == ["line 195", "line 185", "line 175"]
    assert visited[10] == "line 195"
    page.acts()["find_next"]()
    assert page.tab.chosen is not None
    assert page.tab.chosen.message == "line 105"
    assert page.tab.find_bar.told == "1 of 10"
    QTest.keyClick(page.tab.find_bar.field.edit, Qt.Key.Key_Escape)
    assert page.tab.find_bar.isHidden()
    assert page.sifter.found is None


def test_errors_and_marks_are_stepped_through(shown: Shown) -> None:
    shown.hear(numbered(200), [RawMark(START + 60.5, "burst")])
    acts = shown.page.acts()
    acts["previous_error"]()
    assert shown.page.tab.chosen is not None
    assert shown.page.tab.chosen.message == "line 150"
    acts["previous_error"]()
    acts["next_error"]()
    assert shown.page.tab.chosen.message == "line 150"
    acts["previous_mark"]()
    assert shown.page.tab.chosen.message == "burst"


def test_rows_are_chosen_by_mouse_and_keys_and_copied(shown: Shown) -> None:
    page = shown.page
    evil = heard(8, "WARN  | 12:00:08 8 [Router] `\x1b[31m\u202eevil``` <b>x</b>")
    shown.hear([*numbered(8), evil, heard(9, "last")])
    clipboard = QGuiApplication.clipboard()
    shown.click(2)
    QTest.keyClick(page.tab.view, Qt.Key.Key_Down, Qt.KeyboardModifier.ShiftModifier)
    QTest.keyClick(page.tab.view, Qt.Key.Key_C, Qt.KeyboardModifier.ControlModifier)
    assert clipboard.text().split("\n") == [
        "INFO  | 12:00:00 2 [Thread2] [heap 99998] line 2",
        "INFO  | 12:00:00 3 [Thread0] [heap 99997] line 3",
    ]
    assert shown.notices[-1].text == "Copied 2 rows."
    page.copy.copy_json()
    first = json.loads(clipboard.text().split("\n")[0])
    assert list(first) == ["ts", "port", "role", "level", "tag", "uptime_s", "line", "heap_free"]
    assert (first["ts"], first["port"], first["uptime_s"], first["heap_free"]) == (START + 2, PORT, 2, 99_998)
    shown.click(8)
    page.copy.copy_markdown()
    block = clipboard.text()
    assert "\n````text\n" in block
    assert block.rstrip().endswith("````")
    assert "\\u202eevil``` <b>x</b>" in block
    page.acts()["copy_context"]()
    lines = clipboard.text().split("\n")
    assert [line[0] for line in lines] == [" ", " ", " ", " ", " ", ">", " "]


def test_context_is_copied_from_the_whole_log_not_from_what_is_shown(shown: Shown) -> None:
    shown.hear(numbered(100))
    shown.filter("line 50$")
    shown.click(0)
    shown.page.acts()["copy_context"]()
    assert QGuiApplication.clipboard().text().count("\n") == 10


def test_nothing_chosen_is_said_and_the_clipboard_kept(shown: Shown) -> None:
    QGuiApplication.clipboard().setText("mine")
    shown.page.copy.copy_lines()
    assert QGuiApplication.clipboard().text() == "mine"
    assert "No row is chosen" in shown.notices[-1].text


def test_a_double_click_shows_the_moment_on_the_plot(shown: Shown) -> None:
    asked: list[tuple[float, str]] = []
    shown.page.plot_time_requested.connect(lambda ts, port: asked.append((ts, port)))
    shown.hear(numbered(5))
    viewport = shown.page.tab.view.viewport()
    QTest.mouseDClick(viewport, Qt.MouseButton.LeftButton, pos=QPoint(300, 33))
    assert asked == [(START + 1, PORT)]
    shown.click(3)
    QTest.keyClick(shown.page.tab.view, Qt.Key.Key_Return)
    assert asked[-1] == (START + 3, PORT)


def test_a_moment_outside_of_the_filter_s_span_is_shown_all_the_same(shown: Shown) -> None:
    shown.hear(numbered(100))
    shown.page.bar.since.edit.setText(str(START + 50))
    shown.settle()
    shown.page.show_row_at(START + 20, PORT)
    shown.settle()
    assert shown.page.tab.chosen is not None
    assert shown.page.tab.chosen.message == "line 20"
    assert shown.page.bar.since.edit.text() == ""


def test_a_moment_of_one_of_two_boards_is_shown_by_a_row_of_that_board(shown: Shown) -> None:
    lines = [heard(number, f"line {number}", port=f"COM{5 + number % 2}") for number in range(40)]
    shown.hear(lines)
    shown.page.show_row_at(START + 20, "COM6")
    assert shown.page.tab.chosen is not None
    assert shown.page.tab.chosen.message == "line 21"


def test_the_whole_line_is_shown_harmless_below_the_rows(shown: Shown) -> None:
    shown.hear([heard(0, "INFO  | 12:00:00 5 [Main] " + "word " * 100 + "\x07\u202eend")])
    shown.page.acts()["wrap"]()
    shown.click(0)
    assert shown.page.tab.details.text.endswith("word \\x07\\u202eend")
    assert shown.page.bottom.wrap.isChecked()
    shown.page.acts()["wrap"]()
    assert shown.page.tab.details.isHidden()


def test_the_size_of_letters_is_kept(shown: Shown) -> None:
    shown.hear(numbered(100))
    wheel(shown.page.tab.view.viewport(), 1, Qt.KeyboardModifier.ControlModifier)
    assert shown.settings.settings.appearance.log_font_px == 13
    shown.page.acts()["log_font_default"]()
    assert shown.settings.settings.appearance.log_font_px == 12


def test_marks_and_lines_share_the_height_of_the_view(shown: Shown) -> None:
    marks = [RawMark(START + number + 0.5, f"m{number}") for number in range(50)]
    shown.hear(numbered(100), marks)
    view = shown.page.tab.view
    assert view.rows_height() == 100 * 22 + 50 * 28
    shown.page.tab.view.show_time(START + 30.2)
    first, end = view.shown_range()
    assert first < shown.messages().index("m30") < end


def test_a_million_rows_are_scrolled_to_any_place(shown: Shown) -> None:
    lines = numbered(5000)
    for _ in range(20):
        shown.hear(lines)
    view = shown.page.tab.view
    assert view.rows_height() == 100_000 * 22
    view.verticalScrollBar().setValue(50_000 * 22)
    assert on_screen(shown)[0] == "line 0"
    shown.page.tab.view.grab()


@pytest.mark.parametrize("evil", ["\x1b[2J", "\u202e", "\x00", "\u2028", "\ud800", "a" + "\u0301" * 200, "x" * 100_000])
def test_untrusted_text_is_drawn_in_its_row_and_changes_no_other(shown: Shown, evil: str) -> None:
    plain = [heard(0, "INFO  | 12:00:00 5 [A] before"), heard(2, "INFO  | 12:00:00 5 [A] after")]
    shown.hear([plain[0], heard(1, f"INFO  | 12:00:00 5 [{evil[:60]}] {evil}"), plain[1]])
    with_evil = shown.page.tab.view.viewport().grab().toImage()
    shown.page.sifter.forget()
    shown.hear([plain[0], heard(1, "INFO  | 12:00:00 5 [A] harmless"), plain[1]])
    without = shown.page.tab.view.viewport().grab().toImage()
    for row in (0, 2):
        assert row_of(with_evil, row) == row_of(without, row)


def row_of(image: QImage, row: int) -> QImage:
    return image.copy(0, 22 * row, image.width(), 22)


@pytest.mark.parametrize("size", [(1080, 716), (904, 516)])
@pytest.mark.parametrize("name", ["light", "dark"])
def test_the_page_is_drawn_in_both_themes(
    theme: ThemeKeeper, shown: Shown, name: Literal["light", "dark"], size: tuple[int, int]
) -> None:
    theme.choose(name)
    shown.page.resize(*size)
    lines = [*numbered(400), heard(400, "WARN  | 12:06:40 400 [Router] Alloc an err=8,to=0x7c5a1f0e,idFrom=0x433d12aa")]
    shown.hear(lines, [RawMark(START + 395.5, "burst-start", "50 broadcasts")])
    shown.filter("line 3|Alloc an err")
    image = shown.page.grab().toImage()
    assert len({image.pixelColor(x, y).name() for x in range(0, size[0], 7) for y in range(0, size[1], 7)}) > 10
    BUILD.mkdir(parents=True, exist_ok=True)
    assert image.save(str(BUILD / f"page-{size[0]}-{name}.png"))
    assert (image.pixelColor(size[0] // 2, size[1] - 4).lightness() < 128) == (name == "dark")
