# SPDX-License-Identifier: GPL-3.0-only
"""The busiest mesh: 1,600 nodes in the handshake, and 140 packets a second from all of them."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from tests.engine.bench_kit import Watched
from tests.hostile.busy_mesh import NODES, packet_frame, with_many_nodes
from tests.hostile.heard_board import assert_files_are_sound, heard, new_board, rows_of
from tests.hostile.pty_way import on_pty
from tests.hostile.tcp_way import on_tcp

EACH_MS = 100
BURST = 14
BURSTS = 20


@pytest.mark.parametrize("kind", ["pty", "tcp"])
def test_a_busy_mesh_is_recorded_whole(tmp_path: Path, qtbot: QtBot, watched: Watched, kind: str) -> None:
    serve = on_tcp(new_board()) if kind == "tcp" else on_pty(new_board(), tmp_path / "ttyUSB0")
    with serve as way:
        way.tap.spoil(with_many_nodes)
        with heard(qtbot, watched, way) as board:
            board.until(lambda: len(board.events("node_updated")) >= NODES)
            way.tap.spoil(None)
            for burst in range(BURSTS):
                way.tap.put_in(b"".join(map(packet_frame, range(10_000 + burst * BURST, 10_000 + (burst + 1) * BURST))))
                qtbot.wait(EACH_MS)
            board.until_heard()
            ids = Counter(row["id"] for row in board.rows("packets"))
            assert [ids[number] for number in range(10_000, 10_000 + BURSTS * BURST)] == [1] * (BURSTS * BURST)
            assert max(Counter(row["data"]["num"] for row in board.events("node_updated")).values()) == 1
            assert board.phases == []
            assert watched.notices == []
            assert not any(row["kind"] == "dropped" for row in rows_of(board.folder, "events"))
            assert sum(batch.withheld for batch in watched.batches) == 0
            assert_files_are_sound(board.folder)
            watched.bench.disconnect_board(way.port)
