# SPDX-License-Identifier: GPL-3.0-only
"""Where the cards of the Overview stand, and what a tile and its curve say."""

from __future__ import annotations

import numpy as np
import pytest
from pytestqt.qtbot import QtBot

from mtleak_gui.core.activity import Activity
from mtleak_gui.core.recorder_state import RecorderState
from mtleak_gui.core.records import DeviceInfo, LinkState
from mtleak_gui.core.series_history import SeriesHistory
from mtleak_gui.core.thing_to_fix import Thing
from mtleak_gui.engine.session import Session
from mtleak_gui.ui.pages.overview.activity_list import ActivityList
from mtleak_gui.ui.pages.overview.card_grid import Cell, cells
from mtleak_gui.ui.pages.overview.sparkline import Sparkline
from mtleak_gui.ui.pages.overview.things_card import ThingsCard
from mtleak_gui.ui.pages.overview.tile_state import tile_state
from mtleak_gui.ui.theme.theme_keeper import ThemeKeeper
from tests.ui.hands import button, press, words

NOW = 1_795_608_307.0
PORT = "/dev/ttyUSB0"
RECORDING = RecorderState(running=True, folder="/r")


def heard(slope_per_min: float = -82.0, *, hours: float = 6.0, noise: float = 40.0) -> Session:
    """Return the session of a board whose heap went that way; tests read it only."""
    session = Session(PORT, "serial")
    ts = NOW - hours * 3600 + np.arange(0, hours * 3600, 15.0)
    wobble = np.random.default_rng(7).normal(0, noise, ts.size)
    session.heap.extend(ts, 120_000 + slope_per_min * (ts - ts[0]) / 60 + wobble)
    session.device = DeviceInfo(PORT, "serial", long_name="bench-a", hardware="HELTEC_V3", firmware="2.7.26.54e0d8d")
    session.set_link(LinkState("live", PORT))
    return session


@pytest.mark.parametrize(
    ("tiles", "columns", "recorder", "things", "activity"),
    [
        (0, 3, Cell(0, 0, 1), Cell(0, 1, 2), Cell(1, 0, 3)),
        (1, 3, Cell(0, 1, 1), Cell(0, 2, 1), Cell(1, 0, 3)),
        (2, 3, Cell(0, 2, 1), Cell(1, 0, 1), Cell(1, 1, 2)),
        (3, 3, Cell(1, 0, 1), Cell(1, 1, 2), Cell(2, 0, 3)),
        (1, 2, Cell(0, 1, 1), Cell(1, 0, 1), Cell(1, 1, 1)),
        (2, 2, Cell(1, 0, 1), Cell(1, 1, 1), Cell(2, 0, 2)),
        (2, 1, Cell(2, 0, 1), Cell(3, 0, 1), Cell(4, 0, 1)),
    ],
)
def test_cards_fill_their_rows_and_never_overlap(
    tiles: int, columns: int, recorder: Cell, things: Cell, activity: Cell
) -> None:
    boards, *others = cells(tiles, columns)
    assert others == [recorder, things, activity]
    taken = [(cell.row, cell.column + n) for cell in (*boards, recorder, things, activity) for n in range(cell.columns)]
    assert len(set(taken)) == len(taken)
    assert all(column < columns for _, column in taken)


@pytest.mark.parametrize(
    ("slope", "direction", "words"),
    [(-82.0, "falling", "falling for 6 h"), (82.0, "rising", "rising for 6 h"), (0.0, "steady", "steady for 6 h")],
)
def test_a_tile_tells_the_trend_in_words_and_no_verdict(qtbot: QtBot, slope: float, direction: str, words: str) -> None:
    del qtbot
    state = tile_state(heard(slope), RECORDING, NOW)
    assert (state.direction, state.trend) == (direction, words)
    assert state.slope.endswith("B/min")
    assert "-" not in state.slope  # the screen has a true minus
    assert not any(name in repr(state).upper() for name in ("LEAK", "STEADY FOR EVER", "OOM"))


def test_a_young_board_has_no_trend_yet(qtbot: QtBot) -> None:
    del qtbot
    assert tile_state(heard(hours=0.1), RECORDING, NOW).trend == "too little for a trend"


def test_a_board_without_samples_says_so(qtbot: QtBot) -> None:
    del qtbot
    session = Session(PORT, "serial")
    state = tile_state(session, RECORDING, NOW)
    assert (state.value, state.value_note) == ("–", "no heap sample yet")
    assert not state.is_there


@pytest.mark.parametrize(
    ("recorder", "chip"),
    [
        (RECORDING, "Recording"),
        (RECORDING._replace(paused=True), "Paused"),
        (RecorderState(), "Not recording"),
    ],
)
def test_the_chip_says_how_the_board_is_recorded(qtbot: QtBot, recorder: RecorderState, chip: str) -> None:
    del qtbot
    assert tile_state(heard(), recorder, NOW).chip.text == chip


def test_text_of_a_board_cannot_break_the_tile(qtbot: QtBot) -> None:
    del qtbot
    session = heard()
    session.device = DeviceInfo(PORT, "serial", long_name="<b>x\n\x1b[31m" + "y" * 200, firmware="<i>1\n2")
    state = tile_state(session, RECORDING, NOW)
    assert "\n" not in repr(state.facts).replace("\\n", "\n") + state.name
    assert len(state.name) <= 40


def test_a_flat_curve_looks_flat_and_a_falling_one_falls(qtbot: QtBot, theme: ThemeKeeper) -> None:
    def height_of(slope: float) -> int:
        curve = Sparkline(theme)
        qtbot.addWidget(curve)
        curve.resize(312, 76)
        curve.show_history(heard(slope).heap, NOW - 6 * 3600, NOW)
        image = curve.grab().toImage()
        ground = image.pixelColor(0, 0)
        rows = [y for y in range(image.height()) for x in (20, 160, 300) if image.pixelColor(x, y) != ground]
        return max(rows) - min(rows)

    assert height_of(0.0) < 20
    assert height_of(-82.0) > 40


def test_a_curve_is_broken_where_nothing_was_heard(qtbot: QtBot, theme: ThemeKeeper) -> None:
    history = SeriesHistory()
    for start in (NOW - 6 * 3600, NOW - 3600):
        history.extend(np.arange(start, start + 3000, 10.0), np.full(300, 100_000.0))
    curve = Sparkline(theme)
    qtbot.addWidget(curve)
    curve.resize(312, 76)
    curve.show_history(history, NOW - 6 * 3600, NOW, live=False)
    image = curve.grab().toImage()
    ground = image.pixelColor(0, 0)
    drawn = [any(image.pixelColor(x, y) != ground for y in range(image.height())) for x in range(image.width())]
    assert drawn[20]
    assert drawn[280]
    assert not any(drawn[60:250])


def test_activity_is_newest_first_and_says_when_there_is_none(qtbot: QtBot, theme: ThemeKeeper) -> None:
    activity = ActivityList(theme, lambda _port: "bench-a")
    qtbot.addWidget(activity)
    activity.show()
    empty = activity.grab().toImage()
    rows = [
        Activity(NOW - 60, "lan-connect", PORT, "Connected"),
        Activity(NOW, "flag-variant-outline", None, "Mark: tx\n", "one\ntwo"),
    ]
    activity.show_rows(rows, NOW)
    model = activity.model()
    told = [model.index(n, 0).data() for n in range(model.rowCount())]
    assert told[0].endswith("Mark: tx one two")
    assert told[1].endswith("bench-a Connected")
    assert activity.grab().toImage() != empty


def test_a_thing_whose_figures_change_keeps_its_buttons(qtbot: QtBot, theme: ThemeKeeper) -> None:
    card = ThingsCard(theme)
    qtbot.addWidget(card)
    card.show()
    assert "Nothing to fix. No disk, clock or write problems." in words(card)
    thing = Thing("rows_lost", "danger", "Rows were lost", "12 rows", "Because of that.", "open_folder")
    card.show_things((thing,))
    folder = button(card, "Open folder")
    card.show_things((thing._replace(text="13 rows"),))
    assert button(card, "Open folder") is folder
    assert "13 rows" in words(card)
    press(card, "Why")
    assert any("Because of that." in word for word in words(card))
    with qtbot.waitSignal(card.acted) as acted:
        press(card, "Open folder")
    assert acted.args == ["open_folder", ""]
    with qtbot.waitSignal(card.ignored) as ignored:
        press(card, "Ignore")
    assert ignored.args == ["rows_lost"]
