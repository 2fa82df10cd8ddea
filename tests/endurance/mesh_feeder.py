# SPDX-License-Identifier: GPL-3.0-only
"""A node of the busiest mesh on a TCP port, in a process of its own: PACKETS_A_SECOND SECONDS.

Prints its port, waits for a line on its input, lets so many numbered packets come for so long, prints how many there
were, and serves on until its input ends.
"""

from __future__ import annotations

import sys
import time

from tests.hostile.busy_mesh import packet_frame, with_many_nodes
from tests.hostile.heard_board import new_board
from tests.hostile.tcp_way import on_tcp

FIRST_PACKET = 100_000
_TURN_S = 0.02


def main(rate: int, seconds: float) -> None:
    """Serve."""
    with on_tcp(new_board()) as way:
        way.tap.spoil(with_many_nodes)
        print(way.port, flush=True)
        sys.stdin.readline()
        way.tap.spoil(None)
        sent, began = 0, time.monotonic()
        while sent < rate * seconds:
            due = int(min(time.monotonic() - began, seconds) * rate)
            for number in range(sent, due):
                way.tap.put_in(packet_frame(FIRST_PACKET + number))
            sent = due
            time.sleep(_TURN_S)
        print(sent, flush=True)
        sys.stdin.readline()


if __name__ == "__main__":
    main(int(sys.argv[1]), float(sys.argv[2]))
