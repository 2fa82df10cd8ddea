# SPDX-License-Identifier: GPL-3.0-only
"""Memory that was taken at once and given back at once, such as a client's session: no part of a trend.

A session shows as a sharp fall and, later, a sharp rise of the same size. The bins between are left out, the shortest
sessions first, so that sessions inside one another come apart.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from mtleak_gui.core.leakhunt.bins import Bins
from mtleak_gui.core.leakhunt.evidence import Floats

_SD_PER_MAD = 1.4826
_SHARP_SD = 4.0
_SHARP_SHARE = 0.03
"""Smallest edge, as a share of all that the curve moves."""
_WIDEST_EDGE = 3
_FEWEST_BINS = 12
_LONGEST_SHARE = 0.35
_KEPT_SHARE = 0.5
_ALIKE_NEXT, _ALIKE_APART = 0.4, 0.15
"""By how much fall and rise may differ, when no other edge lies between them and when one does."""


class Edge(NamedTuple):
    """A sharp change between the bins ``before`` and ``after``; further apart when a bin holds the edge itself."""

    before: int
    after: int
    size: float


def without_sessions(bins: Bins) -> Bins:
    """Return the bins outside sessions; at least half of them are always kept."""
    kept = np.ones(bins.y.size, bool)
    edges = sharp_edges(bins.y) if bins.y.size >= _FEWEST_BINS else []
    while (pair := _shortest_session(edges, bins.y.size)) is not None:
        fall, rise = pair
        smaller = kept.copy()
        smaller[fall.before + 1 : rise.after] = False
        if np.count_nonzero(smaller) < _KEPT_SHARE * kept.size:
            break
        kept = smaller
        edges = [edge for edge in edges if edge not in pair]
    return Bins(bins.x[kept], bins.y[kept])


def sharp_edges(y: Floats) -> list[Edge]:
    """Return the changes from bin to bin that stand out from the usual ones; up to three of one sign are one edge."""
    change = np.diff(y)
    change -= np.median(change)
    spread = _SD_PER_MAD * float(np.median(np.abs(change)))
    least = max(_SHARP_SD * spread, _SHARP_SHARE * float(np.ptp(y)))
    sharp = np.abs(change) > least
    # A bin that an edge divides makes two smaller changes of it.
    half = np.abs(change) > least / 3
    edges: list[Edge] = []
    at = 0
    while at < change.size:
        end = at + 1
        if half[at]:
            while end < min(change.size, at + _WIDEST_EDGE) and half[end] and (change[end] > 0) == (change[at] > 0):
                end += 1
            total = float(change[at:end].sum())
            if sharp[at:end].any() or abs(total) > 1.5 * least:
                edges.append(Edge(at, end, total))
        at = end
    return edges


def _shortest_session(edges: list[Edge], n: int) -> tuple[Edge, Edge] | None:
    found: tuple[int, Edge, Edge] | None = None
    for i, fall in enumerate(edges):
        if fall.size > 0:
            continue
        for j in range(i + 1, len(edges)):
            rise = edges[j]
            length = rise.after - fall.before
            if length > _LONGEST_SHARE * n or (found is not None and length >= found[0]):
                break
            limit = _ALIKE_NEXT if j == i + 1 else _ALIKE_APART
            if rise.size > 0 and abs(rise.size + fall.size) <= limit * max(rise.size, -fall.size):
                found = (length, fall, rise)
    return None if found is None else found[1:]
