# SPDX-License-Identifier: GPL-3.0-only
"""What is really painted: spikes, breaks, largest block; and what the mouse does."""

from __future__ import annotations

import numpy as np
import pytest
from PySide6.QtCore import QEvent, QPoint, QPointF, Qt
from PySide6.QtGui import QImage, QMouseEvent, QWheelEvent
from PySide6.QtWidgets import QApplication, QWidget

from mtleak_gui.core.leakhunt.evidence import Floats
from mtleak_gui.core.past import PastPort, PastSeries
from mtleak_gui.core.series_key import FREE_HEAP
from mtleak_gui.engine.session import Session
from mtleak_gui.ui.pages.heap.plot_options import PlotOptions
from mtleak_gui.ui.theme.theme_keeper import ThemeKeeper
from tests.ui.heap.conftest import MakeStage, Stage
from tests.ui.heap.heap_board import NOW

_HOUR = 3_600.0


def board_of(ts: Floats, value: Floats) -> Session:
    session = Session("tcp://a:4403", "tcp", read_only=True)
    series = PastSeries(ts, value, np.zeros(ts.size, np.int8), np.full(ts.size, np.nan))
    session.take_past(PastPort("tcp://a:4403", "tcp", series={FREE_HEAP: series}), ())
    return session


def viewport(stage: Stage) -> QWidget:
    found: QWidget = stage.page.card.plot.view.scene().views()[0].viewport()
    return found


def painted(stage: Stage) -> tuple[QImage, QPoint]:
    """Return the plot's pixels and where its view begins."""
    view = stage.page.card.plot.view
    corner = view.scene().views()[0].mapFromScene(view.mapToScene(QPointF(0, 0)))
    return viewport(stage).grab().toImage(), corner


def blue_rows(image: QImage, column: int, rows: range) -> list[int]:
    """Return the rows of a column where the curve or its band is seen."""
    found = []
    for row in rows:
        color = image.pixelColor(column, row)
        if color.blue() - color.red() > 40:
            found.append(row)
    return found


def place_of(stage: Stage, ts: float, value: float) -> QPoint:
    plot = stage.page.card.plot
    scale = plot.view.scale_now()
    inside = plot.view.mapToScene(QPointF(scale.x(ts), scale.y(value)))
    return plot.view.scene().views()[0].mapFromScene(inside)  # type: ignore[no-any-return]  # pyqtgraph has no types


def test_one_low_sample_of_a_million_is_seen(make_stage: MakeStage) -> None:
    ts = NOW - 1_500_000 + 1.5 * np.arange(1_000_000, dtype=np.float64)
    value = np.full(ts.size, 100_000.0)
    value[345_678] = 20_000.0
    stage = make_stage(board_of(ts, value), markers=())
    stage.page.director.fit_all()
    plot = stage.page.card.plot
    stage.qtbot.waitUntil(lambda: plot.picture is not None and plot.picture.start < ts[10])
    image, corner = painted(stage)
    place = place_of(stage, float(ts[345_678]), 30_000.0)
    near = range(place.x() - 2, place.x() + 3)
    assert any(blue_rows(image, column, range(place.y() - 20, place.y() + 20)) for column in near)
    assert not blue_rows(image, place.x() + 60, range(place.y() - 20, place.y() + 20))
    assert corner.x() > 0


def test_nothing_is_painted_over_a_gap(make_stage: MakeStage) -> None:
    ts = np.concatenate((np.arange(0, 3_600, 1.5), np.arange(7_200, 10_800, 1.5))) + NOW - 10_800
    stage = make_stage(board_of(ts, np.full(ts.size, 50_000.0)), markers=())
    stage.page.director.show_options(PlotOptions(fit=False))
    plot = stage.page.card.plot
    stage.qtbot.waitUntil(lambda: plot.picture is not None and plot.picture.fit is None)
    image, corner = painted(stage)
    height = int(stage.page.card.plot.view.rect().height())
    rows = range(corner.y(), corner.y() + height)
    assert blue_rows(image, place_of(stage, NOW - 9_000, 0).x(), rows)
    assert not blue_rows(image, place_of(stage, NOW - 5_500, 0).x(), rows)
    assert blue_rows(image, place_of(stage, NOW - 1_800, 0).x(), rows)


def test_a_largest_block_far_below_gets_a_strip_of_its_own(stage: Stage) -> None:
    plot = stage.page.card.plot
    assert plot.picture is not None
    assert plot.picture.blocks is not None
    assert plot.picture.blocks_strip is None
    stage.page.director.show_stretch(NOW - 600, NOW)
    stage.qtbot.waitUntil(lambda: plot.picture is not None and plot.picture.blocks_strip is not None)
    assert plot.picture.low > 80_000


def wheel(stage: Stage, at: QPoint, turn: int, modifier: Qt.KeyboardModifier) -> None:
    target = viewport(stage)
    event = QWheelEvent(
        QPointF(at),
        QPointF(target.mapToGlobal(at)),
        QPoint(),
        QPoint(0, turn),
        Qt.MouseButton.NoButton,
        modifier,
        Qt.ScrollPhase.NoScrollPhase,
        False,
    )
    QApplication.sendEvent(target, event)


def drag(stage: Stage, start: QPoint, end: QPoint, modifier: Qt.KeyboardModifier) -> None:
    steps = [(QEvent.Type.MouseButtonPress, start)]
    steps += [(QEvent.Type.MouseMove, start + (end - start) * step / 5) for step in range(1, 6)]
    steps += [(QEvent.Type.MouseButtonRelease, end)]
    for kind, place in steps:
        mouse(stage, kind, place, modifier)


def mouse(stage: Stage, kind: QEvent.Type, place: QPoint, modifier: Qt.KeyboardModifier) -> None:
    """Send what a mouse sends; QTest leaves out the keys that are held while it moves."""
    target, left, none = viewport(stage), Qt.MouseButton.LeftButton, Qt.MouseButton.NoButton
    button = none if kind == QEvent.Type.MouseMove else left
    held = none if kind == QEvent.Type.MouseButtonRelease else left
    at = QPointF(place)
    QApplication.sendEvent(
        target, QMouseEvent(kind, at, at, QPointF(target.mapToGlobal(place)), button, held, modifier)
    )
    QApplication.processEvents()


def shown(stage: Stage) -> tuple[float, float]:
    return stage.page.director.shown(NOW)


def test_the_wheel_zooms_in_time_and_alt_wheel_in_bytes(stage: Stage) -> None:
    stage.page.director.freeze()
    middle = viewport(stage).rect().center()
    before = shown(stage)
    wheel(stage, middle, 240, Qt.KeyboardModifier.NoModifier)
    after = shown(stage)
    assert after[1] - after[0] < before[1] - before[0]
    assert before[0] < after[0] < after[1] < before[1]
    wheel(stage, middle, 240, Qt.KeyboardModifier.AltModifier)
    assert stage.page.director.range.values is not None


def test_dragging_pans_and_the_view_stands_still(stage: Stage) -> None:
    before, middle = shown(stage), viewport(stage).rect().center()
    drag(stage, middle, middle + QPoint(120, 0), Qt.KeyboardModifier.NoModifier)
    after = shown(stage)
    assert after[0] < before[0] - 1_000
    assert not stage.page.director.range.live


def test_shift_drag_selects_and_its_edge_can_be_moved(stage: Stage) -> None:
    start, end = place_of(stage, NOW - 3 * _HOUR, 100_000), place_of(stage, NOW - 2 * _HOUR, 100_000)
    drag(stage, start, end, Qt.KeyboardModifier.ShiftModifier)
    selection = stage.page.director.selection
    assert selection is not None
    assert selection[0] == pytest.approx(NOW - 3 * _HOUR, abs=120)
    assert selection[1] == pytest.approx(NOW - 2 * _HOUR, abs=120)
    stage.qtbot.waitUntil(
        lambda: stage.page.card.plot.picture is not None and bool(stage.page.card.plot.picture.selection)
    )
    drag(stage, end, place_of(stage, NOW - 1 * _HOUR, 100_000), Qt.KeyboardModifier.NoModifier)
    moved = stage.page.director.selection
    assert moved is not None
    assert moved == pytest.approx((selection[0], NOW - 1 * _HOUR), abs=120)


def test_ctrl_drag_zooms_to_the_box(stage: Stage) -> None:
    start, end = place_of(stage, NOW - 3 * _HOUR, 110_000), place_of(stage, NOW - 2 * _HOUR, 100_000)
    drag(stage, start, end, Qt.KeyboardModifier.ControlModifier)
    assert shown(stage) == pytest.approx((NOW - 3 * _HOUR, NOW - 2 * _HOUR), abs=120)
    assert stage.page.director.range.values == pytest.approx((100_000, 110_000), rel=0.02)


def test_a_double_click_fits_everything(stage: Stage) -> None:
    middle, none = viewport(stage).rect().center(), Qt.KeyboardModifier.NoModifier
    stage.page.director.show_stretch(NOW - 100, NOW - 50)
    press, release, double = (
        QEvent.Type.MouseButtonPress,
        QEvent.Type.MouseButtonRelease,
        QEvent.Type.MouseButtonDblClick,
    )
    for kind in (press, release, double, release):
        mouse(stage, kind, middle, none)
    assert shown(stage)[0] < NOW - 14 * _HOUR


def test_the_theme_reaches_the_plot(stage: Stage, theme: ThemeKeeper) -> None:
    theme.choose("dark")
    image, corner = painted(stage)
    assert image.pixelColor(corner + QPoint(5, 5)).lightness() < 60
    theme.choose("light")
    image, corner = painted(stage)
    assert image.pixelColor(corner + QPoint(5, 5)).lightness() > 200
