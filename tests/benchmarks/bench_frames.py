# SPDX-License-Identifier: GPL-3.0-only
"""Frames while a query over everything of a big recording works: in the query process, and in a thread for comparison.

A frame is one new sample, the picture made anew and painted, at the pace of a live window. The figure in the peer's
column is that of the same query in a thread of the window's own process.
"""

from __future__ import annotations

import sys
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager

import numpy as np
from PySide6.QtCore import QEventLoop, QObject, QPointF, Qt, QTimer
from PySide6.QtGui import QPainter, QPaintEvent, QPolygonF
from PySide6.QtWidgets import QApplication, QGraphicsView, QWidget

from mtleak_gui.core.past import PastPort, PastSeries
from mtleak_gui.core.series_key import FREE_HEAP
from mtleak_gui.engine.query_jobs import RowsJob
from mtleak_gui.engine.query_runner import QueryRunner
from mtleak_gui.engine.session import Session
from mtleak_gui.storage.recording_reader import RecordingReader
from mtleak_gui.ui.pages.heap.picture_composer import PictureRequest, compose
from mtleak_gui.ui.pages.heap.plot.heap_plot import HeapPlot
from mtleak_gui.ui.theme.assets import resource_folder
from mtleak_gui.ui.theme.theme_keeper import ThemeKeeper
from tests.benchmarks.figures import Figure
from tests.benchmarks.past_folder import END, FOLDER, SPAN_S, past_folder
from tests.ui.stall_watch import StallWatch

_FRAMES = 300
_EVERY_MS = 33
_SIZE = (1200, 500)
_GOAL_MS = 20.0
_REGEX = r"0x[0-9a-f]{6}00\b.*[13579]"
"""No literal in it that could be searched for: every line is decoded and matched."""

Frame = Callable[[], None]


def run() -> list[Figure]:
    """Return the figures."""
    past_folder()
    application = QApplication.instance() or QApplication([])
    assert isinstance(application, QApplication)
    sys.setswitchinterval(0.0005)
    theme = ThemeKeeper(application, resource_folder(), "light")
    figures = []
    for name, make in (
        ("a plain widget, 1,200 points", _plain_frame),
        ("the heap plot, 10,000 samples", lambda: _plot_frame(theme, 10_000)),
        ("the heap plot, 1 M samples", lambda: _plot_frame(theme, 1_000_000)),
    ):
        widget, frame = make()
        widget.resize(*_SIZE)
        widget.show()
        figures += _compared(name, frame)
        widget.close()
    return figures


def _compared(name: str, frame: Frame) -> list[Figure]:
    alone, alone_stall = _measured(frame)
    with _asking_the_process():
        beside, stall = _measured(frame)
    with _searching_in_a_thread():
        in_thread, thread_stall = _measured(frame)
    return [
        Figure(f"{name}: frame alone, p95", f"{alone:.1f} ms"),
        Figure(
            f"{name}: frame while a query over everything works, p95",
            f"{beside:.1f} ms",
            f"{in_thread:.1f} ms (thread)",
            in_thread / beside,
            f"{_GOAL_MS:g} ms",
            beside < _GOAL_MS,
        ),
        Figure(
            f"{name}: longest stall meanwhile (alone {alone_stall:.0f} ms)",
            f"{stall:.0f} ms",
            f"{thread_stall:.0f} ms (thread)",
        ),
    ]


def _measured(frame: Frame) -> tuple[float, float]:
    """Return the 95th percentile of the frames' times and the longest stall, both in ms."""
    took: list[float] = []
    loop, pace = QEventLoop(), QTimer()
    pace.setTimerType(Qt.TimerType.PreciseTimer)

    def tick() -> None:
        began = time.perf_counter()
        frame()
        took.append((time.perf_counter() - began) * 1000)
        if len(took) == _FRAMES:
            loop.quit()

    pace.timeout.connect(tick)
    with StallWatch(_GOAL_MS) as watch:
        pace.start(_EVERY_MS)
        loop.exec()
        pace.stop()
    return float(np.percentile(took, 95)), watch.longest_ms


@contextmanager
def _asking_the_process() -> Iterator[None]:
    """Have the query process search without a rest."""
    runner, asker = QueryRunner(), QObject()
    answers: list[object] = []

    def ask(answer: object = None) -> None:
        answers.append(answer)
        job = RowsJob(FOLDER, "logs", END - SPAN_S, END, {"grep": _REGEX}, 200)
        answering = runner.ask(job, asker)
        answering.done.connect(ask)
        answering.failed.connect(answers.append)

    ask()
    loop = QEventLoop()
    QTimer.singleShot(3_000, loop.quit)
    loop.exec()
    try:
        yield
    finally:
        runner.stop()
    if len(answers) < 2 or any(isinstance(answer, str) for answer in answers):
        raise AssertionError(f"the query process did not work meanwhile: {answers[-1]}")


@contextmanager
def _searching_in_a_thread() -> Iterator[None]:
    ended = threading.Event()

    def search() -> None:
        reader = RecordingReader(FOLDER)
        while not ended.is_set():
            # A quarter of the recording at a time, so that the thread ends soon when it is told to.
            for quarter in range(4):
                start = END - SPAN_S + quarter * SPAN_S / 4
                if not ended.is_set():
                    reader.logs_window(start, start + SPAN_S / 4, grep=_REGEX)

    thread = threading.Thread(target=search)
    thread.start()
    try:
        yield
    finally:
        ended.set()
        thread.join()


class _Plain(QWidget):
    def __init__(self) -> None:
        super().__init__()
        self.values = np.random.default_rng(1).standard_normal(_SIZE[0]) * 100 + _SIZE[1] / 2

    def paintEvent(self, _event: QPaintEvent) -> None:  # noqa: N802 - Qt's name
        painter = QPainter(self)
        painter.fillRect(self.rect(), Qt.GlobalColor.white)
        painter.drawPolyline(QPolygonF([QPointF(x, y) for x, y in enumerate(self.values.tolist())]))
        painter.end()


def _plain_frame() -> tuple[QWidget, Frame]:
    widget = _Plain()

    def frame() -> None:
        widget.values = np.roll(widget.values, -1)
        widget.repaint()

    return widget, frame


def _plot_frame(theme: ThemeKeeper, samples: int) -> tuple[QWidget, Frame]:
    ts = END - 0.5 * np.arange(samples, 0, -1.0)
    value = 150_000 - np.arange(samples) * (40_000 / samples) + np.random.default_rng(1).standard_normal(samples) * 300
    series = PastSeries(ts, value, np.full(samples, 2, np.int8), ts - ts[0])
    session = Session("/dev/ttyUSB0", "serial")
    session.take_past(PastPort("/dev/ttyUSB0", "serial", series={FREE_HEAP: series}), ())
    history = session.history()
    assert history is not None
    plot = HeapPlot(theme)
    view = plot.findChild(QGraphicsView)
    assert isinstance(view, QGraphicsView)
    now = END

    def frame() -> None:
        nonlocal now
        now += 0.5
        history.append(now, 110_000.0, source=2, uptime=now - float(ts[0]))
        request = PictureRequest(FREE_HEAP, float(ts[0]), now, now, plot.columns())
        plot.show_picture(compose(session, history, request))
        view.viewport().repaint()

    return plot, frame
