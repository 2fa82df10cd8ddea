# SPDX-License-Identifier: GPL-3.0-only
"""What a recording run shows while it runs: one line, rewritten on a terminal, repeated now and then elsewhere."""

from __future__ import annotations

import logging
import os
import shutil
from collections import deque
from contextlib import suppress
from typing import NamedTuple, TextIO

from mtleak_gui.core.link_trouble import LinkTrouble
from mtleak_gui.core.link_troubles.wrong_device import not_a_board
from mtleak_gui.core.records import Batch, LinkState
from mtleak_gui.core.rows import CONSOLE_ROLE
from mtleak_gui.core.shown_text import shown, shown_lines
from mtleak_gui.core.wording import single_line
from mtleak_gui.engine.first_lines import FirstLines
from mtleak_gui.storage.recording_status import RecordingStatus

PLAIN_EVERY_S = 5.0
"""How often a line is written where it cannot be rewritten, in a file or a pipe."""

_CADENCE_READINGS = 30
_DETAIL_LETTERS = 200
log = logging.getLogger(__name__)

_HEAP_FIELDS = ("heapFreeBytes", "heap_free_bytes")


class _Heap(NamedTuple):
    port: str | None
    free: int


class LiveLine:
    """Gathers what is known and writes it to ``out``. Used by the main thread."""

    def __init__(self, out: TextIO) -> None:
        self._out = out
        self._rewrites = out.isatty()
        self._states: dict[str, LinkState] = {}
        self._told: dict[str, str] = {}
        self._consoles: dict[str, FirstLines] = {}
        self._heap: _Heap | None = None
        self._heap_times: deque[float] = deque(maxlen=_CADENCE_READINGS)
        self._next_plain_at = float("-inf")
        self._width = 0
        self._is_read = True

    def take(self, batch: Batch) -> None:
        """Take what was recorded."""
        for heard, line in batch.lines:
            if heard.role == CONSOLE_ROLE:
                self._console_heard(heard.port or "", heard.text)
            if line.heap is not None and line.heap.free is not None:
                self._heap_heard(heard.ts, heard.port, line.heap.free)
        for ts, port, _, reading in batch.telemetry:
            free = next((reading.fields[name] for name in _HEAP_FIELDS if name in reading.fields), None)
            if reading.own and isinstance(free, int):
                self._heap_heard(ts, port, free)

    def link_changed(self, state: LinkState) -> None:
        """Take where a link stands; trouble is written out once, on a line that stays."""
        self._states[state.port] = state
        if state.phase == "live":
            self._told.pop(state.port, None)
        elif state.reason and state.phase in ("lost", "backing_off") and self._told.get(state.port) != state.reason:
            self._told[state.port] = state.reason
            self.say(f"{state.port}: {state.reason}")
            for line in _more_of(state.trouble):
                self.say(line)

    def say(self, sentence: str) -> None:
        """Write a line that stays."""
        self._erase()
        self._write(f"{shown_lines(sentence)}\n")

    def show(self, status: RecordingStatus, now: float) -> None:
        """Show how it goes; ``now`` is monotonic seconds."""
        text = self.text(status)
        if self._rewrites:
            text = shown(text)[: shutil.get_terminal_size().columns - 1]
            self._write(f"\r{text:<{self._width}}")
            self._width = len(text)
        elif now >= self._next_plain_at:
            self._next_plain_at = now + PLAIN_EVERY_S
            self._write(f"{shown(text)}\n")

    def close(self) -> None:
        """Leave the terminal with a clean line."""
        self._erase()

    def text(self, status: RecordingStatus) -> str:
        """Return the line: links, rows, heap and its cadence, bytes written, trouble."""
        rows = sum(stream.rows_this_session for stream in status.streams.values())
        written = sum(stream.bytes_on_disk for stream in status.streams.values())
        parts = [self._links(), f"{rows:,} rows", self._heap_words(), f"{written / 1000:,.0f} kB on disk"]
        if status.trouble:
            parts.append(status.trouble)
        return " | ".join(parts)

    def _links(self) -> str:
        return ", ".join(f"{port} {_phase_words(state)}" for port, state in self._states.items()) or "starting"

    def _heap_words(self) -> str:
        if self._heap is None:
            return "no heap reading yet"
        times = self._heap_times
        span = times[-1] - times[0]
        cadence = f" every {span / (len(times) - 1):.1f} s" if len(times) > 1 else ""
        return f"heap {self._heap.free:,} bytes free{cadence}"

    def _console_heard(self, port: str, text: str) -> None:
        first = self._consoles.setdefault(port, FirstLines())
        first.take(text)
        talk = first.talk()
        trouble = None if talk is None else not_a_board(port, talk)
        if trouble is not None and self._told.get(port) != trouble.sentence:
            self._told[port] = trouble.sentence
            self.say(f"{port}: {trouble.sentence}")

    def _heap_heard(self, ts: float, port: str | None, free: int) -> None:
        if self._heap is not None and self._heap.port != port:
            self._heap_times.clear()
        self._heap = _Heap(port, free)
        self._heap_times.append(ts)

    def _erase(self) -> None:
        if self._rewrites and self._width:
            self._write("\r" + " " * self._width + "\r")
            self._width = 0

    def _write(self, text: str) -> None:
        """Write while somebody reads: a closed terminal or a pipe's end (``| head``) must not end a recording."""
        if not self._is_read:
            return
        try:
            self._out.write(text)
            self._out.flush()
        except OSError as trouble:
            self._is_read = False
            log.warning("Nobody reads the output any more (%s); recording goes on", trouble.strerror)
            # What the interpreter still holds of it must not become an error at the end.
            with suppress(OSError):
                os.dup2(os.open(os.devnull, os.O_WRONLY), self._out.fileno())


def _more_of(trouble: LinkTrouble | None) -> list[str]:
    """Return what there is to copy, and what the system said where the sentence says little."""
    if trouble is None:
        return []
    lines = []
    for label, text in trouble.remedies:
        first, *more = text.rstrip("\n").split("\n")
        lines += [f"  {label}:", f"    {first}", *(f"    {line}" for line in more)]
    if trouble.detail and trouble.kind in ("other", "fault"):
        lines.append(f"  The system said: {single_line(trouble.detail, _DETAIL_LETTERS)}")
    return lines


def _phase_words(state: LinkState) -> str:
    if state.phase == "backing_off":
        return f"not connected, try {state.attempt + 1} in {state.retry_in or 0:.0f} s"
    return state.phase
