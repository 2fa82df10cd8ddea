# SPDX-License-Identifier: GPL-3.0-only
"""The Heap page as a tester uses it."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QWidget

from mtleak_gui.core.past import PastPort, PastSeries
from mtleak_gui.core.series_key import SeriesKey
from mtleak_gui.engine.session import Session
from mtleak_gui.ui.pages.heap.plot.picture import Projection
from mtleak_gui.ui.pages.heap.plot_options import PlotOptions
from mtleak_gui.ui.requests import LeakhuntRequest
from mtleak_gui.ui.theme.theme_keeper import ThemeKeeper
from tests.ui.heap.conftest import MakeStage, Stage
from tests.ui.heap.heap_board import NOW, PORT, leaking_board

_BUILD = Path(__file__).parents[3] / "build"
_HOUR = 3_600.0


def test_the_legend_tells_values_and_slope(stage: Stage) -> None:
    stage.qtbot.waitUntil(lambda: bool(stage.page.card.legend_row.legend.items))
    words = {item.name: item.value for item in stage.page.card.legend_row.legend.items}
    assert words["bench-a free_heap"].endswith(" B")
    assert words["fit, 6 h"] == "−82 B/min"
    assert words["largest block"] == "65,524 B"


def test_a_selection_tells_its_figures_and_goes_to_leakhunt(stage: Stage) -> None:
    stage.page.director.select(NOW - 0.4 * _HOUR, NOW - 2.4 * _HOUR)
    figures = dict(stage.page.card.strip.figures.pairs)
    assert figures["Selection"] == "2 h"
    assert figures["n"] == "4,801"
    assert figures["slope"].startswith("−8")
    with stage.qtbot.waitSignal(stage.page.leakhunt_requested) as asked:
        stage.page.card.strip.hunt.click()
    assert asked.args == [LeakhuntRequest(PORT, start=NOW - 2.4 * _HOUR, end=NOW - 0.4 * _HOUR)]
    stage.page.acts()["clear_selection"]()
    assert stage.page.director.selection is None
    assert not stage.page.card.strip.hunt.isVisible()


def test_space_freezes_and_end_follows_again(stage: Stage) -> None:
    stage.page.acts()["freeze"]()
    stage.qtbot.waitUntil(lambda: stage.page.card.frozen_shown)
    frozen = stage.page.director.shown(NOW + 900)
    assert frozen == stage.page.director.shown(NOW)
    assert not stage.page.card.legend_row.buttons["live"].isChecked()
    stage.page.acts()["live"]()
    stage.qtbot.waitUntil(lambda: not stage.page.card.frozen_shown)
    assert stage.page.director.shown(NOW + 900)[1] > NOW + 900


def test_new_samples_are_drawn_while_it_is_live(stage: Stage) -> None:
    session = stage.bench.sessions[0]
    stage.bench.moment = NOW + 60
    session.heap.append(NOW + 60, 55_000.0)
    session.heap_changed.emit()

    def reaches() -> bool:
        picture = stage.page.card.plot.picture
        return picture is not None and picture.curves[0].newest == (NOW + 60, 55_000.0)

    stage.qtbot.waitUntil(reaches)


def test_the_window_of_the_header_is_that_of_the_fit(stage: Stage) -> None:
    stage.page.set_span("1 h")
    stage.qtbot.waitUntil(lambda: any(item.name == "fit, 1 h" for item in stage.page.card.legend_row.legend.items))
    stage.page.set_span("nonsense")
    assert stage.page.director.range.window_s == _HOUR


def test_a_log_row_puts_the_cursor_and_a_click_asks_for_the_log_row(stage: Stage) -> None:
    stage.page.show_time(NOW - 10 * _HOUR, PORT)
    cursor = stage.page.card.plot.cursor_layer.cursor_shown
    assert cursor is not None
    assert cursor.ts == pytest.approx(NOW - 10 * _HOUR, abs=2)
    assert cursor.strong.endswith(" B")
    assert cursor.uptime.startswith("up ")
    start, end = stage.page.director.shown(NOW)
    assert start < cursor.ts < end
    with stage.qtbot.waitSignal(stage.page.log_row_requested) as asked:
        stage.page.card.plot.view.clicked.emit(NOW - 9 * _HOUR)
    assert asked.args is not None
    assert asked.args[0] == pytest.approx(NOW - 9 * _HOUR, abs=2)
    assert asked.args[1] == PORT


def test_threads_tell_who_took_and_gave_back(stage: Stage) -> None:
    model = stage.page.below.threads.table.rows_model
    stage.qtbot.waitUntil(lambda: model.rowCount() == 5)
    first = [str(model.data(model.index(0, column))) for column in range(model.columnCount())]
    assert first[:5] == ["Router", "−26,496", "−38,016", "+11,520", "92"]
    assert first[6] in ("89 %", "90 %")


def test_percent_used_rises_where_free_falls(stage: Stage) -> None:
    stage.page.director.show_options(PlotOptions(as_percent=True))
    picture = stage.page.director.draw(NOW)
    assert picture is not None
    assert picture.fit is not None
    assert picture.unit == "%"
    assert 0 < picture.low < picture.high <= 100
    assert picture.fit.slope > 0


def test_another_field_is_plotted_in_its_unit(stage: Stage) -> None:
    stage.page.controls.field_chosen.emit(SeriesKey("device", "battery_level"))
    stage.qtbot.waitUntil(lambda: stage.page.card.plot.picture is not None and stage.page.card.plot.picture.unit == "%")
    assert stage.page.card.plot.picture is not None
    assert stage.page.card.plot.picture.blocks is None


def test_without_samples_the_page_says_what_to_expect(make_stage: MakeStage) -> None:
    stage = make_stage(Session(PORT, "serial"), markers=())
    assert stage.page.card.empty_text.startswith("No heap samples yet. First LocalStats can take 15 min.")


def test_a_board_that_does_not_report_heap_is_told_apart(make_stage: MakeStage) -> None:
    session = Session(PORT, "serial")
    uptime = PastSeries.empty()._replace(
        **{name: getattr(leaking_board().heap, name)[:5] for name in PastSeries._fields}
    )
    session.take_past(PastPort(PORT, "serial", series={SeriesKey("local", "uptime_seconds"): uptime}), ())
    assert make_stage(session, markers=()).page.card.empty_text == "This board's firmware does not report heap."


def test_without_a_board_the_page_says_so(make_stage: MakeStage) -> None:
    assert make_stage(markers=()).page.card.empty_text.startswith("No board yet.")


def test_two_boards_share_a_plot_in_their_own_colours(make_stage: MakeStage) -> None:
    other = leaking_board(seed=2)
    other.port, other.number = "/dev/ttyUSB1", 1
    other.save_name("heltec-b")
    stage = make_stage(leaking_board(), other)
    stage.drawn()
    stage.page.offers.show_all_boards(True)
    legend = stage.page.card.legend_row.legend
    stage.qtbot.waitUntil(lambda: len(legend.items) > 3)
    assert [(item.name, item.role) for item in legend.items[:2]] == [
        ("bench-a free_heap", "heap_a"),
        ("heltec-b free_heap", "heap_b"),
    ]
    stage.page.controls.device_chosen.emit("/dev/ttyUSB1")
    stage.qtbot.waitUntil(lambda: legend.items[0].name == "heltec-b free_heap")
    assert legend.items[0].role == "heap_b"


def test_nothing_of_a_recording_stays_when_another_one_is_shown(stage: Stage) -> None:
    stage.bench.sessions, stage.bench.current = (), None
    stage.bench.recording_switched.emit()
    plot = stage.page.card.plot
    stage.qtbot.waitUntil(lambda: plot.picture is not None and not plot.picture.curves)
    assert stage.page.card.legend_row.legend.items == ()
    assert stage.page.card.empty_text.startswith("No board yet.")


def test_keys_that_the_plot_does_not_need_reach_the_window(stage: Stage) -> None:
    host = _KeyCatcher()
    stage.qtbot.addWidget(host)
    stage.page.setParent(host)
    stage.page.show()
    view = stage.page.card.plot.view.scene().views()[0]
    for key in (Qt.Key.Key_Space, Qt.Key.Key_Escape, Qt.Key.Key_End, Qt.Key.Key_BracketLeft):
        QTest.keyClick(view, key)
    stage.page.setParent(None)
    assert host.seen == [Qt.Key.Key_Space, Qt.Key.Key_Escape, Qt.Key.Key_End, Qt.Key.Key_BracketLeft]


def test_a_projection_is_drawn_for_a_slow_leak_and_shown_on_request(stage: Stage) -> None:
    director, button = stage.page.director, stage.page.card.legend_row.buttons["projection"]
    assert not button.isVisible()
    director.projection = Projection(NOW, 94_000.0, NOW + 19 * _HOUR)
    director.changed.emit()
    stage.qtbot.waitUntil(button.isVisible)
    button.click()
    start, end = director.shown(NOW)
    assert start < NOW < NOW + 19 * _HOUR < end
    assert director.range.values is not None
    assert director.range.values[0] == 0.0
    stage.page.show_projection(None)
    stage.qtbot.waitUntil(lambda: not button.isVisible())


class _KeyCatcher(QWidget):
    def __init__(self) -> None:
        super().__init__()
        self.seen: list[int] = []

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802 - Qt's name
        self.seen.append(event.key())


@pytest.mark.parametrize("size", [(1080, 716), (904, 516)])
def test_the_page_is_drawn_for_eyes(
    make_stage: MakeStage, theme: ThemeKeeper, each_theme: ThemeKeeper, size: tuple[int, int]
) -> None:
    stage = make_stage(leaking_board(), size=size)
    stage.drawn()
    stage.page.director.select(NOW - 2.17 * _HOUR, NOW)
    stage.qtbot.waitUntil(lambda: stage.page.below.threads.table.rows_model.rowCount() == 5)
    stage.page.director.put_cursor(NOW - 5.54 * _HOUR)
    picture = stage.page.grab()
    _BUILD.mkdir(exist_ok=True)
    assert (picture.width(), picture.height()) == size
    assert picture.save(str(_BUILD / f"heap-{'dark' if each_theme.is_dark else 'light'}-{size[0]}.png"))
    compact = size[0] < 1_040
    assert stage.page.card.legend_row.buttons["fit"].text() == ("" if compact else "Fit all")


def test_a_standing_view_comes_back_with_its_recording(make_stage: MakeStage) -> None:
    stage = make_stage(leaking_board())
    stage.drawn()
    stage.page.director.show_stretch(NOW - 7_200, NOW - 3_600)
    kept = stage.page.view_state()
    assert json.loads(json.dumps(kept)) == kept

    again = make_stage()
    again.bench.folder = None
    again.page.restore_view(kept)
    assert again.page.director.range.live
    # The program was ended before the recording came: nothing is forgotten.
    assert again.page.view_state()["zoom"] == kept["zoom"]
    again.bench.folder = stage.bench.folder
    again.bench.recording_switched.emit()
    assert again.page.director.range.fixed == (NOW - 7_200, NOW - 3_600)

    other = make_stage(leaking_board())
    other.bench.folder = Path("another")
    other.page.restore_view(kept)
    assert other.page.director.range.live


def test_a_live_view_comes_back_as_wide_as_it_was(stage: Stage, make_stage: MakeStage) -> None:
    stage.page.director.range.follow(1_800.0)
    again = make_stage(leaking_board())
    again.page.restore_view(stage.page.view_state())
    assert (again.page.director.range.live, again.page.director.range.span) == (True, 1_800.0)
    again.page.restore_view({"zoom": {"span": "wide"}})
    again.page.restore_view({"zoom": {"start": 5, "end": 1, "recording": "bench"}})
    assert again.page.director.range.span == 1_800.0
