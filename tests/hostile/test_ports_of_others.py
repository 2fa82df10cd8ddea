# SPDX-License-Identifier: GPL-3.0-only
"""Ports that another program holds, or that the user may not open: told with what to do, and recorded once free."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from tests.engine.bench_kit import Watched
from tests.hostile.chatter import chatting
from tests.hostile.heard_board import PATIENCE_MS, HeardBoard, new_board, rows_of
from tests.hostile.port_holder import holding
from tests.hostile.pty_way import PtyWay, on_pty

NOBODY = 65_534


def test_a_port_that_another_program_holds_is_recorded_when_it_lets_go(
    tmp_path: Path, qtbot: QtBot, watched: Watched
) -> None:
    with on_pty(new_board(), tmp_path / "ttyUSB0") as way, chatting(way.tap, "one", 0x11111111) as chatter:
        with holding(way.path):
            watched.bench.connect_board(way.address)
            qtbot.waitUntil(lambda: bool(watched.notices), timeout=PATIENCE_MS)
            session = watched.bench.session(way.port)
            assert session is not None
            board = HeardBoard(qtbot, watched, way, chatter)
            [notice] = watched.notices
            assert "cannot be heard yet" in notice.text
            assert "in use by" in (notice.detail or "")
            assert board.rows("packets") == []
        board.until(lambda: session.link.phase == "live")
        board.until_heard()
        assert watched.notices[-1].tone == "ok"
        watched.bench.disconnect_board(way.port)


def test_a_board_that_comes_back_into_the_hands_of_another_program(wired: HeardBoard) -> None:
    way = wired.way
    assert isinstance(way, PtyWay)
    way.pull()
    # Its row stands behind all that was heard before.
    wired.until(lambda: len(wired.events("connection_lost")) == 1)
    rows = len(wired.packets())
    way.plug_in(is_shown=False)
    with holding(way.path):
        way.show()
        wired.until(lambda: "in use by" in (wired.session.link.reason or ""))
        assert len(wired.packets()) == rows
    wired.until(lambda: wired.session.link.phase == "live")
    wired.until_heard()
    assert wired.packets() == sorted(set(wired.packets()))


@pytest.fixture
def open_folder() -> Iterator[Path]:
    """Return a folder that everybody may write to."""
    folder = Path(tempfile.mkdtemp(prefix="mtleak"))
    folder.chmod(0o777)
    yield folder
    shutil.rmtree(folder)


@pytest.mark.skipif(os.name != "posix" or os.getuid() != 0, reason="only root can act as somebody without rights")
def test_a_port_without_permission_is_told_and_recorded_as_soon_as_it_is_granted(
    open_folder: Path, qtbot: QtBot
) -> None:
    with on_pty(new_board(), open_folder / "ttyUSB0") as way, chatting(way.tap, "one", 0x11111111):
        Path(way.path).chmod(0o600)
        recording = open_folder / "recording"

        def kinds() -> list[str]:
            return [row["kind"] for row in rows_of(recording, "events")]

        command = [sys.executable, "-m", "tests.hostile.recorder_without_rights", str(NOBODY), "record"]
        command += ["--connect", f"serial:{way.port}", "--recording", str(recording)]
        said = open_folder / "said.txt"
        environment = {**os.environ, "HOME": str(open_folder)}
        with (
            said.open("wb") as output,
            subprocess.Popen(command, stdout=output, stderr=subprocess.STDOUT, env=environment) as program,
        ):
            try:
                qtbot.waitUntil(lambda: "does not let you open" in said.read_text(), timeout=PATIENCE_MS)
                Path(way.path).chmod(0o666)
                qtbot.waitUntil(lambda: "connection_established" in kinds(), timeout=PATIENCE_MS)
            finally:
                program.send_signal(signal.SIGTERM)
        assert program.returncode == 0
        assert "Traceback" not in said.read_text()
    assert rows_of(recording, "packets")
    assert kinds().count("connection_established") == 1
