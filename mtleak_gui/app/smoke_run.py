# SPDX-License-Identifier: GPL-3.0-only
"""``--smoke FOLDER``: the real window goes through a first session by its own acts, writes down what it saw, and ends.

For checks of an installed program, where no test can reach in. ``--board`` names the board that it connects to.
"""

from __future__ import annotations

import json
import logging
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import NamedTuple

from PySide6.QtCore import QObject, QTimer, Slot

from mtleak_gui.app.application import Application
from mtleak_gui.app.engine_parts import EngineParts
from mtleak_gui.app.window_parts import WindowParts
from mtleak_gui.core.addresses import Address
from mtleak_gui.core.leakhunt.saved_report import SavedReport
from mtleak_gui.core.notice import Notice
from mtleak_gui.ui.leakhunt.leakhunt_panel import LeakhuntPanel
from mtleak_gui.ui.pages.reports.report_exports import FORMS
from mtleak_gui.ui.pages.reports.reports_page import ReportsPage

RESULT = "smoke.json"
PICTURE = "window.png"
_LOOK_MS = 20
_ENOUGH_SAMPLES = 900
"""As many free-heap values of a fast virtual board as a sure verdict with a suspect needs several times over."""
_EXPORTED = ("md", "pdf", "json")

log = logging.getLogger(__name__)


class Step(NamedTuple):
    """One act, and how to see that it worked."""

    name: str
    act: Callable[[], object]
    is_reached: Callable[[], bool]


class SmokeRun(QObject):
    """``folder`` gets ``smoke.json``, ``window.png`` and the report.

    ``exit_code`` is 0 when every step was reached, each within ``patience_s``.
    """

    def __init__(self, application: Application, folder: Path, board: Address, patience_s: float) -> None:
        super().__init__(application)
        self._application, self._folder, self._board = application, folder, board
        self._patience_s = patience_s
        self._told: list[str] = []
        self._reached: dict[str, float] = {}
        self._saved: list[SavedReport] = []
        self._ahead: Iterator[Step] = iter(())
        self._step: Step | None = None
        self._began = time.monotonic()
        self._look = QTimer(self)
        self._look.timeout.connect(self._take_a_look)
        self.exit_code = 1
        application.ready.connect(self._begin)

    # The steps

    def _steps(self, engine: EngineParts, parts: WindowParts) -> Iterator[Step]:
        bench, window = engine.bench, self._application.window
        yield Step("connected", lambda: bench.connect_board(self._board), lambda: self._is_live(engine))
        yield Step("recorded", lambda: None, lambda: self._samples(engine) >= _ENOUGH_SAMPLES)
        marks = len(bench.markers)
        yield Step("marked", lambda: parts.marking.quick_mark(0), lambda: len(bench.markers) > marks)
        yield Step("heap shown", lambda: window.show_page("heap"), lambda: window.shown_page == "heap")
        yield Step("judged", parts.judge, lambda: self._panel(parts) is not None)
        panel = self._panel(parts)
        if panel is not None:
            panel.report_saved.connect(self._saved.append)
            yield Step("report saved", panel.keeping.save, lambda: bool(self._saved))
        yield Step("reports shown", lambda: window.show_page("reports"), lambda: window.shown_page == "reports")
        page = window.page("reports")
        if isinstance(page, ReportsPage):
            yield Step("report exported", lambda: self._export(page), self._is_exported)
        yield Step("picture taken", self._take_picture, (self._folder / PICTURE).is_file)

    def _is_live(self, engine: EngineParts) -> bool:
        session = engine.bench.session(self._board.port)
        return session is not None and session.link.phase == "live" and engine.bench.recorder.running

    def _samples(self, engine: EngineParts) -> int:
        session = engine.bench.session(self._board.port)
        return 0 if session is None else len(session.heap)

    def _panel(self, parts: WindowParts) -> LeakhuntPanel | None:
        """Return the panel once it shows a verdict."""
        panel = parts.leakhunt.panel
        return panel if isinstance(panel, LeakhuntPanel) and panel.judged is not None else None

    def _export(self, page: ReportsPage) -> None:
        for form in FORMS:
            if form.ending in _EXPORTED:
                page.exports.export(self._saved[-1], form, self._folder / f"report.{form.ending}")

    def _is_exported(self) -> bool:
        return sum(text.startswith("Exported as") for text in self._told) == len(_EXPORTED)

    def _take_picture(self) -> None:
        self._application.window.grab().save(str(self._folder / PICTURE))

    # How they are gone through

    @Slot()
    def _begin(self) -> None:
        application = self._application
        if application.engine is None or application.parts is None:
            return
        application.engine.bench.told.connect(self._hear)
        page = application.window.make_page("reports")
        if isinstance(page, ReportsPage):
            page.notice_requested.connect(self._hear)
        self._ahead = self._steps(application.engine, application.parts)
        self._look.start(_LOOK_MS)

    @Slot(object)
    def _hear(self, notice: Notice) -> None:
        if notice.text:
            self._told.append(f"{notice.text} {notice.detail or ''}".rstrip())

    @Slot()
    def _take_a_look(self) -> None:
        now = time.monotonic()
        if self._step is not None:
            if self._step.is_reached():
                self._reached[self._step.name] = round(now - self._began, 3)
            elif now - self._began < self._patience_s:
                return
            else:
                self._end(missed=self._step.name)
                return
        self._step, self._began = next(self._ahead, None), now
        if self._step is None:
            self._end(missed=None)
        else:
            self._step.act()

    def _end(self, missed: str | None) -> None:
        self._look.stop()
        found = {"reached": self._reached, "missed": missed, "told": self._told}
        try:
            (self._folder / RESULT).write_text(json.dumps(found, indent=1), encoding="utf-8")
        except OSError as trouble:
            log.error("What was seen could not be written: %s", trouble)  # noqa: TRY400 - no fault of the program
        self.exit_code = 0 if missed is None else 1
        self._application.quit()
