# SPDX-License-Identifier: GPL-3.0-only
"""Somebody stops the plot to look closely; the recording goes on, and so does the plot when it is let go."""

from __future__ import annotations

from PySide6.QtCore import Qt

from tests.engine.bench_kit import board_on_tcp
from tests.engine.recorded_rows import rows
from tests.ui.hands import words
from tests.ui.journeys.conftest import StartProgram


def test_space_freezes_the_view_while_recording_goes_on_and_end_is_live_again(start: StartProgram) -> None:
    with board_on_tcp() as address:
        program = start()
        session = program.connect(address)
        program.show("heap")
        page = program.heap
        program.until(lambda: page.card.plot.picture is not None and bool(page.card.plot.picture.curves))
        program.key(Qt.Key.Key_Space)
        program.until(lambda: page.card.frozen_shown)
        assert any("FROZEN" in word.upper() for word in words(page.card))
        frozen = page.director.shown(program.bench.now())
        heard, folder = len(session.heap), program.places.default_recording
        written = len(rows(folder, "telemetry"))
        program.until(lambda: len(session.heap) > heard + 2 and len(rows(folder, "telemetry")) > written)
        assert page.director.shown(program.bench.now()) == frozen
        program.key(Qt.Key.Key_End)
        program.until(lambda: not page.card.frozen_shown)
        program.until(lambda: page.card.plot.picture is not None and page.card.plot.picture.end > frozen[1])
