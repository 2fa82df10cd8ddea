# SPDX-License-Identifier: GPL-3.0-only
"""Which series of a recording answer a question about a field: its names, the port, and whose telemetry it is."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from typing import NamedTuple

import numpy as np

from mtleak_gui.core.time_words import TimeWindow
from mtleak_gui.storage.own_nodes import likely_own, node_id
from mtleak_gui.storage.query_answers import QueryError
from mtleak_gui.storage.telemetry_cache import FileColumns
from mtleak_gui.storage.telemetry_columns import SeriesKey
from mtleak_gui.storage.telemetry_fields import canonical_field
from mtleak_gui.storage.timeline import Stretch

Intervals = Mapping[str, Sequence[tuple[float, str]]]
"""By port: from which epoch time on which node is its own."""


class Question(NamedTuple):
    """What is asked. ``node`` is an id, ``None`` for the device's own rows, ``"any"`` for those of all nodes."""

    variant: str
    field: str
    port: str | None
    node: str | None


class Selection(NamedTuple):
    """The samples that answer a question, by file, and which nodes they are of."""

    stretches: list[list[Stretch]]
    nodes: tuple[str | None, ...]
    notes: tuple[str, ...]


def selected(files: Sequence[FileColumns], window: TimeWindow, question: Question, own: Intervals) -> Selection:
    """Return the samples of the window that answer the question."""
    intervals, notes = with_likely(files, window, own, question.port) if question.node is None else (own, [])
    others: Counter[str | None] = Counter()
    nodes: dict[str | None, None] = {}
    stretches: list[list[Stretch]] = []
    for file in files:
        found = []
        for key in file.series():
            if not answers(key, question):
                continue
            heard = file.samples(key, window)
            stretch = of_node(heard, key, question.node, intervals)
            others[node_id(key[1])] += len(heard.times) - len(stretch.times)
            if len(stretch.times):
                found.append(stretch)
                nodes[node_id(key[1])] = None
        stretches.append(found)
    others = +others
    if question.node is None and others:
        notes.append(
            f"Samples of other nodes left out: {others.total():,} ({_listed(others)}). Node any takes them too."
        )
    return Selection(stretches, tuple(nodes), tuple(notes))


def answers(key: SeriesKey, question: Question) -> bool:
    """Return whether a series is of the port, variant and field asked for, whosever node it is."""
    port, _, variant, field = key
    return (
        variant == question.variant
        and (question.port is None or port == question.port)
        and canonical_field(field) == canonical_field(question.field)
    )


def check_known(keys: Iterable[SeriesKey], question: Question) -> None:
    """Raise ``QueryError`` when the recording has no such port, variant, field or node, naming those that it has."""
    keys = list(keys)
    if not keys:
        return
    ports = {key[0] for key in keys}
    if question.port is not None and question.port not in ports:
        raise QueryError(f"port {question.port!r} has no telemetry in this recording: it has {_listed(ports)}")
    heard = [key for key in keys if question.port is None or key[0] == question.port]
    variants = {key[2] for key in heard}
    if question.variant not in variants:
        raise QueryError(f"variant {question.variant!r} is not in this recording: it has {_listed(variants)}")
    if not any(answers(key, question) for key in heard):
        by_variant = "; ".join(
            f"{variant}: {_listed({key[3] for key in heard if key[2] == variant})}"
            for variant in sorted(variants, key=str)
        )
        message = f"field {question.field!r} is not among the {question.variant} telemetry: there is {by_variant}"
        raise QueryError(message)
    nodes = {node_id(key[1]) for key in heard if answers(key, question)} - {None}
    if question.node not in (None, "any") and question.node not in {str(node).lower() for node in nodes}:
        raise QueryError(f"node {question.node!r} has sent no {question.field}: there is {_listed(nodes)}")


def _listed(names: Iterable[object]) -> str:
    return ", ".join(sorted("(none)" if name is None else str(name) for name in names)) or "none"


def of_node(stretch: Stretch, key: SeriesKey, asked: str | None, own: Intervals) -> Stretch:
    """Return the samples of a series that are of the node asked for; ``asked`` as in :class:`Question`."""
    node = node_id(key[1])
    if asked == "any" or (asked is None and node is None):
        return stretch
    if node is None:
        return _none_of(stretch)
    if asked is not None:
        return stretch if node.lower() == asked else _none_of(stretch)
    changes = own.get(key[0] or "", ())
    if all(known == node.lower() for _, known in changes):
        return stretch if changes else _none_of(stretch)
    return _while_own(stretch, node.lower(), changes)


def _while_own(stretch: Stretch, node: str, changes: Sequence[tuple[float, str]]) -> Stretch:
    inside = np.zeros(len(stretch.times), dtype=np.bool_)
    ends = [since for since, _ in changes[1:]] + [float("inf")]
    for (since, known), end in zip(changes, ends, strict=True):
        if known == node:
            inside |= (stretch.times >= since) & (stretch.times < end)
    return Stretch(stretch.times[inside], stretch.values[inside])


def _none_of(stretch: Stretch) -> Stretch:
    return Stretch(stretch.times[:0], stretch.values[:0])


def with_likely(
    files: Sequence[FileColumns], window: TimeWindow, own: Intervals, asked_port: str | None = None
) -> tuple[Intervals, list[str]]:
    """Return the intervals with a guess for each port that no device_info event tells about, and the guesses told.

    ``asked_port``: guess for this one only.
    """
    counts: defaultdict[str, Counter[tuple[str, str | None]]] = defaultdict(Counter)
    for file in files:
        for key in file.series():
            port, name = key[0] or "", node_id(key[1])
            if name is not None and port not in own and asked_port in (None, key[0]):
                counts[port][name, key[2]] += len(file.samples(key, window).times)
    intervals = dict(own)
    notes = []
    for port, seen in counts.items():
        node = likely_own(+seen)
        if node is not None:
            intervals[port] = [(float("-inf"), node.lower())]
            notes.append(
                f"The recording does not say which node {port or 'the port'} was connected to: {node} is taken for it, "
                f"the likeliest of {len({name for name, _ in +seen})} heard in this window."
            )
    return intervals, notes
