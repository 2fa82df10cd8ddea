# SPDX-License-Identifier: GPL-3.0-only
"""What can be taken away from the plot: pictures, tables, words, and how it was left."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtGui import QImage

from mtleak_gui.ui.pages.heap.plot_options import PlotOptions
from tests.ui.heap.conftest import MakeStage, Stage
from tests.ui.heap.heap_board import leaking_board


def test_what_is_seen_is_saved_as_png_svg_and_csv(stage: Stage, tmp_path: Path) -> None:
    saver, words, table = stage.page.saver, stage.page.offers.caption(), stage.page.offers.samples()
    assert table is not None
    for name in ("plot.png", "plot.svg"):
        with stage.qtbot.waitSignal(stage.page.notice_requested):
            saver.save_picture(words, str(tmp_path / name))
    with stage.qtbot.waitSignal(stage.page.notice_requested):
        saver.save_csv(table, str(tmp_path / "plot.csv"))
    assert QImage(str(tmp_path / "plot.png")).width() > 2_000
    drawing = (tmp_path / "plot.svg").read_text("utf-8")
    assert "bench-a free_heap" in drawing
    assert "2.7.26.54e0d8d" in drawing
    lines = (tmp_path / "plot.csv").read_text("utf-8").splitlines()
    assert lines[0] == "# bench-a free_heap"
    assert lines[3] == "time_utc,epoch_s,free_heap,uptime_s,source"
    assert len(lines) == 4 + table.ts.size
    assert lines[-1].endswith(",debug_heap_serial")


def test_a_folder_that_cannot_be_written_is_told(stage: Stage, tmp_path: Path) -> None:
    with stage.qtbot.waitSignal(stage.page.notice_requested) as told:
        stage.page.saver.save_picture(stage.page.offers.caption(), str(tmp_path / "missing" / "plot.png"))
    assert told.args is not None
    assert told.args[0].tone == "danger"
    assert "could not be saved" in told.args[0].text


def test_the_plot_is_told_in_words(stage: Stage) -> None:
    stage.page.card.plot.set_summary("")
    stage.bench.markers_changed.emit()
    words = stage.page.card.plot.summary
    assert "bench-a free_heap" in words
    assert "Slope −82 B/min" in words
    assert "1 restart, 3 marks." in words


def test_the_view_comes_back_as_it_was_left(stage: Stage, make_stage: MakeStage) -> None:
    options = PlotOptions(time_mode="uptime", as_percent=True, marks=False)
    stage.page.director.show_options(options)
    other = make_stage(leaking_board())
    other.page.restore_view(stage.page.view_state())
    assert other.page.director.options == options
    other.page.restore_view({"time_mode": 7, "fit": "yes"})
    assert other.page.director.options == PlotOptions()
