# SPDX-License-Identifier: GPL-3.0-only
"""Frames of the heap plot: update and repaint, 1200x500 on the offscreen raster, against pyqtgraph as it comes."""

from __future__ import annotations

import gc
import os
from collections.abc import Callable
from time import perf_counter

os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
os.environ["QT_QPA_PLATFORM"] = "offscreen"

import numpy as np
import pyqtgraph as pg
from PySide6.QtWidgets import QApplication

from mtleak_gui.core.past import PastPort, PastSeries
from mtleak_gui.core.series_key import FREE_HEAP
from mtleak_gui.engine.session import Session
from mtleak_gui.ui.pages.heap.plot.heap_plot import HeapPlot
from mtleak_gui.ui.pages.heap.plot.picture import PlotMark
from mtleak_gui.ui.pages.heap.plot_director import PlotDirector
from mtleak_gui.ui.theme.assets import resource_folder
from mtleak_gui.ui.theme.theme_keeper import ThemeKeeper
from tests.benchmarks.figures import Figure

_START = 1_764_000_000.0
_FRAMES, _PEER_FRAMES = 120, 5
_GOALS_MS = {1_000_000: 8.0, 10_000_000: 16.0}
_MARKS = 500
_LARGEST_FOR_PEER = 1_000_000


def run() -> list[Figure]:
    """Measure live frames of growing histories, panning, and many marks."""
    application = QApplication.instance() or QApplication([])
    assert isinstance(application, QApplication)
    theme = ThemeKeeper(application, resource_folder(), "light")
    figures = [_live(application, theme, samples) for samples in (10_000, 100_000, 1_000_000, 10_000_000)]
    figures.append(_live(application, theme, 1_000_000, noise=20_000.0, name="white noise that fills the plot"))
    figures.append(_live(application, theme, 1_000_000, marks=_MARKS, name=f"{_MARKS} marks in view"))
    figures.append(_panned(application, theme))
    return figures


class _Plotted:
    """A plot of a session with ``samples`` of a leak, twenty marks and the fit on."""

    def __init__(self, theme: ThemeKeeper, samples: int, *, noise: float = 300.0, marks: int = 20) -> None:
        random = np.random.default_rng(1)
        ts = 1.5 * np.arange(samples, dtype=np.float64) + _START
        value = 150_000 - 60_000 * np.arange(samples) / samples + random.standard_normal(samples) * noise
        series = PastSeries(ts, value, np.zeros(samples, np.int8), ts - _START)
        self.session = Session("tcp://bench:4403", "tcp")
        self.session.take_past(PastPort("tcp://bench:4403", "tcp", series={FREE_HEAP: series}), ())
        self.plot = HeapPlot(theme)
        self.plot.resize(1200, 500)
        self.plot.show()
        self.director = PlotDirector(self.plot, self.plot)
        self.director.show_subject(self.session, FREE_HEAP)
        places = _START + np.linspace(0.02, 0.98, marks) * 1.5 * samples
        self.director.show_marks(tuple(PlotMark(float(at), f"mark {n}") for n, at in enumerate(places)), ())
        self.director.range.window_s = 1.5 * samples
        self.director.fit_all()

    @property
    def now(self) -> float:
        """The time of the newest sample."""
        return float(self.session.heap.ts[-1])

    def live_frame(self) -> None:
        """Add what comes in a tenth of a second and draw."""
        self.session.heap.append(self.now + 1.5, 90_000.0)
        self.draw()

    def draw(self) -> None:
        """Draw at once."""
        self.director.draw(self.now)
        self.plot.repaint_now()


def _live(
    application: QApplication,
    theme: ThemeKeeper,
    samples: int,
    *,
    noise: float = 300.0,
    marks: int = 20,
    name: str = "",
) -> Figure:
    plotted = _Plotted(theme, samples, noise=noise, marks=marks)
    application.processEvents()
    p50, p95 = _measured(plotted.live_frame, _FRAMES)
    plotted.plot.hide()
    plotted.plot.deleteLater()
    application.processEvents()
    peer = _default_frame(application, samples, noise) if samples <= _LARGEST_FOR_PEER else None
    goal = _GOALS_MS.get(samples)
    gc.collect()
    return Figure(
        f"frame, {samples:,} samples live" + (f", {name}" if name else ""),
        f"p50 {p50:.1f} ms, p95 {p95:.1f} ms",
        "-" if peer is None else f"p50 {peer:.1f} ms",
        None if peer is None else peer / p50,
        "-" if goal is None or name else f"p95 below {goal:g} ms",
        None if goal is None or name else p95 < goal,
    )


def _panned(application: QApplication, theme: ThemeKeeper) -> Figure:
    plotted = _Plotted(theme, 1_000_000)
    plotted.director.range.show(_START + 700_000, _START + 715_000)
    application.processEvents()

    def pan() -> None:
        start, end = plotted.director.shown(plotted.now)
        plotted.director.range.pan(40.0, (start, end))
        plotted.draw()

    p50, p95 = _measured(pan, _FRAMES)
    plotted.plot.hide()
    return Figure("frame, 1 % of 1,000,000 samples in view, panned", f"p50 {p50:.1f} ms, p95 {p95:.1f} ms")


def _default_frame(application: QApplication, samples: int, noise: float) -> float:
    """Return the middle frame of a plot made with pyqtgraph's defaults, the whole curve in view."""
    x = _START + 1.5 * np.arange(samples + _PEER_FRAMES + 2)
    y = 150_000 + np.random.default_rng(1).standard_normal(x.size) * noise
    widget = pg.PlotWidget()
    widget.resize(1200, 500)
    curve = widget.plot(x[:samples], y[:samples])
    widget.show()
    application.processEvents()
    shown = [samples]

    def frame() -> None:
        shown[0] += 1
        curve.setData(x[: shown[0]], y[: shown[0]])
        widget.viewport().repaint()

    p50, _p95 = _measured(frame, _PEER_FRAMES)
    widget.close()
    return p50


def _measured(frame: Callable[[], None], many: int) -> tuple[float, float]:
    """Return p50 and p95 in milliseconds."""
    frame()
    took = []
    for _ in range(many):
        begun = perf_counter()
        frame()
        took.append((perf_counter() - begun) * 1_000)
    p50, p95 = np.percentile(took, (50, 95))
    return float(p50), float(p95)
