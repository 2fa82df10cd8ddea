# SPDX-License-Identifier: GPL-3.0-only
"""140 packets a second from 1,600 nodes for ten minutes, with the window open and recording."""

from __future__ import annotations

import sys
import tempfile
from collections import Counter
from pathlib import Path

import orjson

from tests.benchmarks.figures import Figure
from tests.endurance.flooding import flooded, tell_stalls, window_figures
from tests.endurance.mesh_board import busy_mesh
from tests.endurance.mesh_feeder import FIRST_PACKET
from tests.endurance.said_rows import raw_rows
from tests.hostile.busy_mesh import NODES

PACKETS_A_SECOND = 140
SECONDS = 600.0
SETTLE_S = 45.0
PAGES = ("logbook:packets", "heap", "overview", "logbook:events", "logbook")


def run() -> list[Figure]:
    """Return the figures."""
    print(f"{PACKETS_A_SECOND} packets/s from {NODES:,} nodes for {SECONDS:.0f} s", file=sys.stderr)
    with tempfile.TemporaryDirectory() as home, busy_mesh(PACKETS_A_SECOND, SECONDS) as board:
        found = flooded(home, [board], SECONDS, pages=PAGES, page_s=10.0, settle_s=SETTLE_S)
        folder = Path(found["folder"])
        ids = Counter(orjson.loads(row)["id"] for row in raw_rows(folder, "packets"))
        events = [orjson.loads(row) for row in raw_rows(folder, "events")]
    numbered = [ids[FIRST_PACKET + number] for number in range(board.sent)]
    told = Counter(event["data"]["num"] for event in events if event["kind"] == "node_updated")
    # The last connection is closed by the end of the program.
    losses = sum(event["kind"] in {"connection_lost", "dropped"} for event in events) - 1
    tell_stalls(found)
    title = f"{PACKETS_A_SECOND} packets/s from {NODES:,} nodes for {SECONDS:.0f} s"
    return [
        Figure(
            f"{title}: packets lost, doubled of {board.sent:,}; connections lost",
            f"{numbered.count(0):,}, {sum(many > 1 for many in numbered):,}, {losses}",
            goal="0, 0, 0",
            met=set(numbered) == {1} and losses == 0 == found["rows_lost"],
        ),
        Figure(
            f"{title}: nodes told in the handshake; rows of events in all",
            f"{len(told):,}; {len(events):,}",
            goal=f"each of {NODES:,} and its own",
            met=len(told) > NODES,
        ),
        *window_figures(found, title),
    ]
