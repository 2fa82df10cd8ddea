# SPDX-License-Identifier: GPL-3.0-only
"""``mtleak-gui leakhunt --jobs FILE``: many verdicts in one process, one JSON object a line in, one a line out."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from pathlib import Path

from mtleak_gui.cli.errors import BadInputError
from mtleak_gui.cli.leakhunt_question import answer, question_from
from mtleak_gui.core.leakhunt.report_json import Json, to_json_value
from mtleak_gui.storage.evidence_reader import EvidenceReader
from mtleak_gui.storage.query_answers import QueryError

_READERS_KEPT = 4


def judged_jobs(lines: Iterable[str]) -> Iterator[Json]:
    """Yield one verdict for each job, or ``{"error", "line"}`` for one that cannot be judged; blank lines are none.

    A job is an object with ``recording`` (a folder) and, where wanted, ``window``, ``at``, ``port``, ``node``,
    ``field``, ``variant``, ``rules``. Other keys are left to the caller's own use.
    """
    readers = _Readers()
    for number, line in enumerate(lines, start=1):
        if line.strip():
            try:
                yield _judged(line, readers)
            except BadInputError as trouble:
                yield {"error": str(trouble), "line": number}


class _Readers:
    """The readers of the recordings that were asked last: they keep the indexes of their files."""

    def __init__(self) -> None:
        self._kept: dict[Path, EvidenceReader] = {}

    def of(self, folder: Path) -> EvidenceReader:
        reader = self._kept.pop(folder, None)
        if reader is None:
            try:
                reader = EvidenceReader(folder)
            except QueryError as trouble:
                raise BadInputError(str(trouble)) from trouble
        self._kept[folder] = reader
        while len(self._kept) > _READERS_KEPT:
            self._kept.pop(next(iter(self._kept)))
        return reader


def _judged(line: str, readers: _Readers) -> Json:
    try:
        job = json.loads(line)
    except (ValueError, RecursionError) as trouble:
        raise BadInputError(f"the line is no JSON: {trouble}") from trouble
    if not isinstance(job, dict):
        raise BadInputError('the line is no JSON object: give one such as {"recording": "FOLDER", "window": "6h"}')
    recording = job.get("recording")
    if not isinstance(recording, str) or not recording:
        raise BadInputError(f"recording {recording!r} is no folder: give the folder of a recording")
    question = question_from(job)
    return to_json_value(answer(readers.of(Path(recording)), question))
