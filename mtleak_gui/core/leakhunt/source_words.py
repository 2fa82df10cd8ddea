# SPDX-License-Identifier: GPL-3.0-only
"""Where samples came from and by which lines a build is known, as testers call it."""

from __future__ import annotations

from mtleak_gui.core import wording
from mtleak_gui.core.leakhunt.evidence import DebugHeapSigns
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
    return "no log lines" if facts.debug_heap == "NOT SEEN" else signs_words(facts.evidence.debug_heap)


def signs_words(signs: DebugHeapSigns) -> str:
    """Return ``per-line prefix detected``, or how many lines were without a sign of DEBUG_HEAP."""
    kinds = (
        ("per-line prefix", signs.prefix),
        ("Heap status lines", signs.heap_status),
        ("thread deltas", signs.thread_delta),
        ("Alloc in lines", signs.alloc_site),
    )
    seen = next((name for name, count in kinds if count), None)
    if seen is not None:
        return f"{seen} detected"
    return f"no heap sign in {wording.count(signs.log_lines, 'log line')}" if signs.log_lines else "no log lines"


def source_name(source: str) -> str:
    """Return the word for a source; one that we do not know keeps its own name."""
    return _WORDS.get(source, source.replace("_", " "))
