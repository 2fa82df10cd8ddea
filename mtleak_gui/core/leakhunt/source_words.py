# SPDX-License-Identifier: GPL-3.0-only
"""Where samples came from and by which lines a build is known, as testers call it."""

from __future__ import annotations

from mtleak_gui.core import wording
from mtleak_gui.core.leakhunt.facts import Facts

_WORDS = {
    "local_stats": "LocalStats",
    "local_stats_polled": "LocalStats polled",
    "debug_heap": "log-line synth",
    "debug_heap_serial": "log-line synth",
    "thread_delta": "log-line synth",
    "heap_line": "heap line",
    "telemetry": "telemetry",
}
_TELLS_CADENCE = {"local_stats_polled", "heap_line"}


def describe_sources(facts: Facts) -> str:
    """Return ``log-line synth``, ``LocalStats polled 60s``, or for several sources each with its count."""
    counts: dict[str, int] = {}
    for source, many in facts.sources:
        word = source_name(source)
        counts[word] = counts.get(word, 0) + many
    if not counts:
        return "no source"
    if len(counts) > 1:
        return ", ".join(f"{word} {many:,}" for word, many in counts.items())
    word = next(iter(counts))
    if facts.sources[0][0] in _TELLS_CADENCE and facts.cadence_s is not None:
        return f"{word} {wording.span(facts.cadence_s)}"
    return word


def debug_heap_words(facts: Facts) -> str:
    """Return by which kind of line a DEBUG_HEAP build is known, or why it is not."""
    signs = facts.evidence.debug_heap
    kinds = (
        ("per-line prefix", signs.prefix),
        ("Heap status lines", signs.heap_status),
        ("thread deltas", signs.thread_delta),
        ("Alloc in lines", signs.alloc_site),
    )
    if facts.debug_heap == "NOT SEEN":
        return "no log lines"
    seen = next((name for name, count in kinds if count), None)
    return f"no heap sign in {wording.count(signs.log_lines, 'log line')}" if seen is None else f"{seen} detected"


def source_name(source: str) -> str:
    """Return the word for a source; one that we do not know keeps its own name."""
    return _WORDS.get(source, source.replace("_", " "))
