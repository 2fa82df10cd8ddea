# SPDX-License-Identifier: GPL-3.0-only
"""Whose telemetry a port heard: the node it was connected to, or another one of the mesh."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from typing import NamedTuple

from mtleak_gui.core.rows import Row
from mtleak_gui.core.time_words import TimeWindow
from mtleak_gui.storage.plain_file import PlainFile
from mtleak_gui.storage.query_answers import QueryError
from mtleak_gui.storage.row_blocks import PlainIndexes, RowBlock, blocks_of
from mtleak_gui.storage.row_decoding import stored_row
from mtleak_gui.storage.row_files import StreamSnapshot
from mtleak_gui.storage.row_filter import RowFilter
from mtleak_gui.storage.row_search import RowSearch

ONE_NODE = (
    "a node is its id (!a1b2c3d4) or its number (2712847316); without one, the node that the port is connected to is "
    "judged"
)
ALLOWED_NODES = (
    'a node is its id (!a1b2c3d4), its number (2712847316), or "any" for the rows of all nodes; without one, the rows '
    "of the node that the port is connected to are taken"
)
_DEVICE_INFO = RowFilter(equal=(("kind", frozenset({"device_info"})),))
_METRICS_PER_STATS = 15
_LAST_NODE = 0xFFFFFFFF
_ALWAYS = TimeWindow(float("-inf"), float("inf"))


class Connection(NamedTuple):
    """From ``since`` (epoch s) on, ``port`` was connected to ``node``."""

    since: float
    port: str
    node: str


def node_id(node: object) -> str | None:
    """Return ``!`` and eight hexadecimal digits for a node number, other text as it stands; ``None`` for none."""
    if node is None or isinstance(node, bool):
        return None
    if isinstance(node, int):
        return f"!{node & _LAST_NODE:08x}"
    return str(node)


def asked_node(words: str | int, allowed: str = ALLOWED_NODES) -> str:
    """Return the id of the node that a user named. Raises ``QueryError``, which says what is ``allowed``."""
    text = str(words).strip().lower()
    try:
        number = int(text[1:], 16) if text.startswith("!") else int(text, 0)
    except ValueError:
        number = -1
    if isinstance(words, bool) or not 0 <= number <= _LAST_NODE:
        raise QueryError(f"node {words!r} is no node: {allowed}")
    return f"!{number:08x}"


class Connections:
    """Which node each port was connected to, from the ``device_info`` events; each block of events is searched once."""

    def __init__(self) -> None:
        self._searched: dict[tuple[object, int, int], list[Connection]] = {}

    def all(self, events: StreamSnapshot, plain: PlainIndexes) -> list[Connection]:
        """Return all connections, oldest first."""
        found: dict[tuple[object, int, int], list[Connection]] = {}
        for block in blocks_of(events, plain, None):
            file = events.files[block.file]
            key = (file.identity if isinstance(file, PlainFile) else file.path, block.position, block.member.bytes)
            found[key] = self._searched[key] if key in self._searched else _connections(block)
        self._searched = found
        return sorted(connection for connections in found.values() for connection in connections)


def _connections(block: RowBlock) -> list[Connection]:
    search = RowSearch(_DEVICE_INFO, _ALWAYS, block.member.rows)
    search.run([block])
    read = (_connection(stored_row(raw)) for raw in search.kept.in_order())
    return [connection for connection in read if connection is not None]


def own_intervals(connections: Iterable[Connection]) -> dict[str, list[tuple[float, str]]]:
    """Return for each port which node is its own from when on; the first one also for the time before."""
    intervals: dict[str, list[tuple[float, str]]] = {}
    for connection in connections:
        known = intervals.setdefault(connection.port, [])
        if not known:
            known.append((float("-inf"), connection.node))
        elif known[-1][1] != connection.node:
            known.append((connection.since, connection.node))
    return intervals


def likely_own(counts: Counter[tuple[str, str | None]]) -> str | None:
    """Return the node that a port is most likely connected to, from its samples by (node, variant).

    A node hands its own LocalStats to its client, unasked each 15 minutes, and its own DeviceMetrics each minute; those
    of others come over the mesh, rarely. So each LocalStats counts for as many DeviceMetrics as come in that time.
    """
    nodes = {node for node, _ in counts}

    def rank(node: str) -> tuple[int, int, str]:
        local, device = counts[node, "local"], counts[node, "device"]
        return _METRICS_PER_STATS * local + device, local, node

    return max(nodes, key=rank, default=None)


def _connection(row: Row | None) -> Connection | None:
    data = row.get("data") if row else None
    if row is None or not isinstance(data, dict):
        return None
    number = data.get("node_num")
    node = node_id(number if isinstance(number, int) and number else data.get("node_id"))
    ts, port = row.get("ts"), row.get("port")
    if node is None or not isinstance(ts, int | float):
        return None
    return Connection(float(ts), port if isinstance(port, str) else "", node.lower())
