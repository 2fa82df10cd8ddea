# SPDX-License-Identifier: GPL-3.0-only
"""Runs the real program in a temporary home, and sees to it that nothing of it is left."""

from __future__ import annotations

import multiprocessing
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Protocol

import pyqtgraph as pg
import pytest
from PySide6.QtCore import QDir
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from tests.ui.journeys.driven_program import Program


class StartProgram(Protocol):
    """Starts the program; each start in a test is in the same home."""

    def __call__(self, *, demo: str | None = None, opened: Path | None = None) -> Program: ...


@pytest.fixture(autouse=True)
def every_move_counts(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let pyqtgraph see each move of the mouse: it drops those that come faster than a hand makes them."""
    monkeypatch.setitem(pg.CONFIG_OPTIONS, "mouseRateLimit", 0)


@pytest.fixture
def looks_as_before(qapp: QApplication) -> Iterator[None]:
    """Give the application its looks back: the program's own theme is gone with it."""
    pictures, sheet, palette, font = QDir.searchPaths("tinted"), qapp.styleSheet(), qapp.palette(), qapp.font()
    yield
    QDir.setSearchPaths("tinted", pictures)
    qapp.setFont(font)
    qapp.setPalette(palette)
    qapp.setStyleSheet(sheet)


@pytest.fixture
def start(
    qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, looks_as_before: None
) -> Iterator[StartProgram]:
    """Return what starts the program; the run before must have ended."""
    temporary = tmp_path / "tmp"
    temporary.mkdir()
    monkeypatch.setattr(tempfile, "tempdir", str(temporary))
    runs: list[Program] = []

    def begin(*, demo: str | None = None, opened: Path | None = None) -> Program:
        if runs:
            runs[-1].delete()
        runs.append(Program(qtbot, tmp_path / "home", demo=demo, opened=opened))
        return runs[-1]

    yield begin
    if runs:
        runs[-1].delete()
    assert multiprocessing.active_children() == []
    assert [path.name for path in temporary.glob("mtleak-demo-*")] == []
