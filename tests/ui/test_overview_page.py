# SPDX-License-Identifier: GPL-3.0-only
"""The Overview shows boards, recorder, things to fix and activity as they are, and does what is clicked."""

from __future__ import annotations

import shutil
from pathlib import Path

from pytestqt.qtbot import QtBot

from mtleak_gui.core.settings import Settings
from mtleak_gui.ui.pages.overview.activity_list import ActivityList
from mtleak_gui.ui.pages.overview.board_tile import BoardTile
from mtleak_gui.ui.pages.overview.recorder_card import RecorderCard
from mtleak_gui.ui.pages.overview.things_card import ThingsCard
from mtleak_gui.ui.requests import LeakhuntRequest
from mtleak_gui.ui.theme.theme_keeper import ThemeKeeper
from tests.engine.bench_kit import board_on_tcp
from tests.ui.hands import press, the, words
from tests.ui.overview_stage import Stage, has_heap, keep_picture, overview

SOON = 10_000


def only_tile(stage: Stage) -> BoardTile:
    """Return the tile of the one board."""
    (tile,) = stage.page.findChildren(BoardTile)
    return tile


def test_with_nothing_there_are_three_doors(tmp_path: Path, qtbot: QtBot, each_theme: ThemeKeeper) -> None:
    with overview(qtbot, tmp_path, each_theme) as stage:
        page = stage.page
        assert "No board connected" in words(page)
        with qtbot.waitSignal(page.port_picker_requested):
            press(page, "Choose a port")
        with qtbot.waitSignal(page.open_recording_requested):
            press(page, "Open recording…")
        with qtbot.waitSignal(page.demo_requested) as demo:
            press(page, "Start demo")
        assert demo.args == ["leak-threads"]
        keep_picture(page, f"first-run-{'dark' if each_theme.is_dark else 'light'}")


def test_the_demo_is_shown_with_its_past_and_its_mark(tmp_path: Path, qtbot: QtBot, each_theme: ThemeKeeper) -> None:
    with overview(qtbot, tmp_path, each_theme) as stage:
        bench = stage.bench
        bench.start_demo("leak-threads", hours=6)
        qtbot.waitUntil(lambda: has_heap(bench) and bool(stage.page.findChildren(BoardTile)), timeout=20_000)
        qtbot.waitUntil(lambda: "falling for 6 h" in words(stage.page), timeout=SOON)
        told = words(only_tile(stage))
        assert "DEMO" in told
        assert "T-Beam · demo · API" in told
        assert any(word.startswith(" ·  −") and word.endswith(" B/min") for word in told)
        qtbot.waitUntil(lambda: the(ActivityList, stage.page).model().rowCount() > 2, timeout=SOON)
        stage.page.refresh()
        model = the(ActivityList, stage.page).model()
        told = [model.index(row, 0).data() for row in range(model.rowCount())]
        assert any("Mark: mqtt-end −" in row and "back after" in row for row in told)
        recorder = words(the(RecorderCard, stage.page))
        assert any(word.startswith("Demo, recording since") for word in recorder)
        with qtbot.waitSignal(stage.page.leakhunt_requested) as asked:
            press(only_tile(stage), "Run Leakhunt")
        assert asked.args == [LeakhuntRequest("demo:leak-threads")]
        keep_picture(stage.page, f"overview-demo-{'dark' if each_theme.is_dark else 'light'}")


def test_a_board_that_goes_is_unavailable_and_keeps_its_last_values(
    tmp_path: Path, qtbot: QtBot, theme: ThemeKeeper
) -> None:
    with overview(qtbot, tmp_path, theme) as stage:
        bench, page = stage.bench, stage.page
        with board_on_tcp() as address:
            bench.connect_board(address)
            qtbot.waitUntil(lambda: has_heap(bench), timeout=SOON)
            page.refresh()
            assert "Recording" in words(only_tile(stage))
        session = bench.current
        assert session is not None
        qtbot.waitUntil(lambda: session.link.phase == "backing_off", timeout=SOON)
        qtbot.waitUntil(lambda: "Unavailable · 00:0" in " ".join(words(only_tile(stage))), timeout=SOON)
        told = words(only_tile(stage))
        assert f"{session.free_heap:,.0f}" in told
        assert "B free, last known" in told
        assert any(word.startswith("Reconnecting · ") and " · try " in word for word in told)
        assert any(word.startswith("lost ") for word in told)
        keep_picture(page, "overview-unavailable-light")
        press(only_tile(stage), "Forget")
        qtbot.waitUntil(lambda: bench.sessions == (), timeout=SOON)
        page.refresh()
        assert not [tile for tile in page.findChildren(BoardTile) if tile.isVisible()]


def test_recording_is_paused_with_a_reason_and_goes_on(tmp_path: Path, qtbot: QtBot, theme: ThemeKeeper) -> None:
    with overview(qtbot, tmp_path, theme) as stage, board_on_tcp() as address:
        bench, page = stage.bench, stage.page
        bench.connect_board(address)
        qtbot.waitUntil(lambda: has_heap(bench) and bench.recorder.running, timeout=SOON)
        bench.pause("flashing")
        qtbot.waitUntil(lambda: "Paused: flashing" in words(page), timeout=SOON)
        qtbot.waitUntil(lambda: "Paused" in words(only_tile(stage)), timeout=SOON)
        assert "The recording is paused" in words(the(ThingsCard, page))
        keep_picture(page, "overview-paused-light")
        press(the(RecorderCard, page), "Resume")
        qtbot.waitUntil(lambda: not bench.recorder.paused, timeout=SOON)
        qtbot.waitUntil(lambda: "The recording is paused" not in words(page), timeout=SOON)


def test_what_is_ignored_stays_away_and_is_remembered(tmp_path: Path, qtbot: QtBot, theme: ThemeKeeper) -> None:
    with overview(qtbot, tmp_path, theme) as stage:
        bench, page = stage.bench, stage.page
        with board_on_tcp() as address:
            port = address.port
        bench.connect_board(address)
        qtbot.waitUntil(lambda: bench.current is not None and bench.current.link.attempt >= 2, timeout=SOON)
        things = the(ThingsCard, page)
        qtbot.waitUntil(lambda: any("cannot be heard" in word for word in words(things)), timeout=SOON)
        press(things, "Ignore")
        assert stage.keeper.settings.ignored_fixes == (f"not_opened:{port}",)
        qtbot.waitUntil(lambda: "Nothing to fix. No disk, clock or write problems." in words(things), timeout=SOON)


def test_hidden_it_does_not_draw_and_shown_again_it_is_up_to_date(
    tmp_path: Path, qtbot: QtBot, theme: ThemeKeeper
) -> None:
    with overview(qtbot, tmp_path, theme, Settings()) as stage, board_on_tcp() as address:
        stage.page.hide()
        stage.bench.connect_board(address)
        qtbot.waitUntil(lambda: has_heap(stage.bench), timeout=SOON)
        assert "No board connected" not in words(stage.page)
        session = stage.bench.current
        assert session is not None
        stage.page.show()
        assert f"{session.free_heap:,.0f}" in words(only_tile(stage))


def test_a_recording_from_the_disk_is_shown_and_closed(tmp_path: Path, qtbot: QtBot, theme: ThemeKeeper) -> None:
    with overview(qtbot, tmp_path, theme) as stage:
        bench, page = stage.bench, stage.page
        bench.start_demo("slow-leak", hours=2)
        qtbot.waitUntil(lambda: has_heap(bench), timeout=20_000)
        assert bench.folder is not None
        kept = tmp_path / "night run"
        shutil.copytree(bench.folder, kept)
        bench.open_recording(kept)
        qtbot.waitUntil(lambda: bench.recorder.read_only and "From disk: night run" in words(page), timeout=20_000)
        qtbot.waitUntil(lambda: bench.current is not None and bench.current.free_heap is not None, timeout=20_000)
        page.refresh()
        assert "DEMO" in words(only_tile(stage))
        assert "Heltec V3 · demo · from disk" in words(only_tile(stage))
        keep_picture(page, "overview-from-disk-light")
        press(the(RecorderCard, page), "Close")
        qtbot.waitUntil(lambda: "No board connected" in words(page), timeout=SOON)
