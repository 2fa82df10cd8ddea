# SPDX-License-Identifier: GPL-3.0-only
"""A bench of its own for each test, and boards on the ways that the tests break."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from tests.engine.bench_kit import Watched, benched
from tests.hostile.heard_board import HeardBoard, heard, new_board
from tests.hostile.pty_way import on_pty
from tests.hostile.tcp_way import on_tcp


@pytest.fixture
def watched(tmp_path: Path, qtbot: QtBot) -> Iterator[Watched]:
    """Return a bench."""
    with benched(qtbot, tmp_path) as watched:
        yield watched


@pytest.fixture(params=["pty", "tcp"])
def board(request: pytest.FixtureRequest, tmp_path: Path, qtbot: QtBot, watched: Watched) -> Iterator[HeardBoard]:
    """Return a board that is heard, once on a pseudo-terminal and once over TCP."""
    yield from _heard(request.param, tmp_path, qtbot, watched)


@pytest.fixture
def wired(tmp_path: Path, qtbot: QtBot, watched: Watched) -> Iterator[HeardBoard]:
    """Return a board that is heard on a pseudo-terminal."""
    yield from _heard("pty", tmp_path, qtbot, watched)


@pytest.fixture
def networked(tmp_path: Path, qtbot: QtBot, watched: Watched) -> Iterator[HeardBoard]:
    """Return a board that is heard over TCP."""
    yield from _heard("tcp", tmp_path, qtbot, watched)


def _heard(kind: str, folder: Path, qtbot: QtBot, watched: Watched) -> Iterator[HeardBoard]:
    serve = on_tcp(new_board()) if kind == "tcp" else on_pty(new_board(), folder / "ttyUSB0")
    with serve as way, heard(qtbot, watched, way) as board:
        yield board
        watched.bench.disconnect_board(way.port)
