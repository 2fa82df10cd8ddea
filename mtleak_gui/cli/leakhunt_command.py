# SPDX-License-Identifier: GPL-3.0-only
"""``mtleak-gui leakhunt FOLDER``: judges a recording and prints the report."""

from __future__ import annotations

import argparse
import contextlib
import io
import json
import os
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TextIO

from mtleak_gui.cli.errors import BadInputError
from mtleak_gui.cli.leakhunt_jobs import judged_jobs
from mtleak_gui.cli.leakhunt_question import answer, question_from
from mtleak_gui.core.leakhunt.next_steps import next_steps
from mtleak_gui.core.leakhunt.next_steps_text import next_steps_text
from mtleak_gui.core.leakhunt.report import full_text
from mtleak_gui.core.leakhunt.report_html import to_html
from mtleak_gui.core.leakhunt.report_json import to_json_value
from mtleak_gui.core.leakhunt.report_markdown import to_markdown
from mtleak_gui.core.leakhunt.verdict import Headline, Verdict
from mtleak_gui.core.time_words import ALLOWED_TIMES, ALLOWED_WINDOWS
from mtleak_gui.storage.evidence_reader import EvidenceReader
from mtleak_gui.storage.places import Places
from mtleak_gui.storage.query_answers import QueryError
from mtleak_gui.storage.report_shelf import ReportShelf

_FAILED = 1
_VERDICTS = {headline.value.replace("_", "-"): headline.value for headline in Headline}


def configure(parser: argparse.ArgumentParser) -> None:
    """Declare the arguments."""
    add = parser.add_argument
    add("folder", nargs="?", type=Path, help="the folder of a recording, or of a meshtastic-mcp recorder")
    add("--window", metavar="SPAN", help=f"{ALLOWED_WINDOWS}, or mark:NAME/mark:NAME (default 1h)")
    add(
        "--at",
        metavar="TIME",
        help=f"where the window ends: {ALLOWED_TIMES} (default: the recording's newest row, or now)",
    )
    add("--port", help="the port, exactly (default: the only one of the recording)")
    add("--node", help="an id or a number (default: the node that the port is connected to)")
    add("--field", help="any recorded number, in snake or camel case (default free_heap)")
    add(
        "--variant",
        help="device, local, environment, power, airQuality, ... (default local, or the only one with the field)",
    )
    add("--rules", metavar="SET", help="standard or strict (default standard)")
    add("--format", choices=sorted(_FORMATS), default="text", help="what to print (default text)")
    add("--save", action="store_true", help="also put the report on the shelf of saved reports")
    add("--fail-on", metavar="A,B", default="", help=f"exit 1 on one of these verdicts: {', '.join(_VERDICTS)}")
    add("--jobs", metavar="FILE", help="judge each line of a file (- for standard input), one JSON object a line")


def run(arguments: argparse.Namespace) -> int:
    """Print the report; return 1 on a verdict of ``--fail-on``, else 0. Raises ``BadInputError``."""
    failing = _failing(arguments.fail_on)
    _print_utf8()
    if arguments.jobs is not None:
        return _run_jobs(arguments, failing)
    if arguments.folder is None:
        raise BadInputError("name the folder of a recording, or a file with --jobs")
    try:
        reader = EvidenceReader(arguments.folder)
    except QueryError as trouble:
        raise BadInputError(str(trouble)) from trouble
    verdict = answer(reader, question_from(vars(arguments)))
    print(_FORMATS[arguments.format](verdict), end="")
    if arguments.save:
        _save(verdict, arguments.folder)
    return _FAILED if verdict.headline.value in failing else 0


def _run_jobs(arguments: argparse.Namespace, failing: frozenset[str]) -> int:
    if arguments.folder is not None or arguments.save:
        raise BadInputError("--jobs takes its recordings from the file: leave out the folder and --save")
    exit_code = 0
    with _opened(arguments.jobs) as lines:
        for value in judged_jobs(lines):
            print(json.dumps(value, separators=(",", ":")), flush=True)
            if value.get("verdict") in failing:
                exit_code = _FAILED
    return exit_code


@contextlib.contextmanager
def _opened(name: str) -> Iterator[TextIO]:
    if name == "-":
        yield sys.stdin
        return
    try:
        with Path(name).open(encoding="utf-8", errors="replace") as file:
            yield file
    except OSError as trouble:
        raise BadInputError(f"the jobs {name!r} cannot be read: {trouble.strerror or trouble}") from trouble


def _failing(words: str) -> frozenset[str]:
    found = set()
    for word in (word.strip().lower().replace("_", "-") for word in words.split(",")):
        if word and word not in _VERDICTS:
            raise BadInputError(f"--fail-on {word!r} is no verdict: there are {', '.join(_VERDICTS)}")
        if word:
            found.add(_VERDICTS[word])
    return frozenset(found)


def _save(verdict: Verdict, recording: Path) -> None:
    shelf = ReportShelf(Places.of_system(os.environ).reports, time.time)
    try:
        saved = shelf.save(verdict, recording)
    except OSError as trouble:
        raise BadInputError(f"the report cannot be saved: {trouble}") from trouble
    print(f"saved in {saved.folder}", file=sys.stderr)


def _print_utf8() -> None:
    # A report has signs that the code page of a Windows pipe lacks.
    if isinstance(sys.stdout, io.TextIOWrapper):
        sys.stdout.reconfigure(encoding="utf-8")


def _as_text(verdict: Verdict) -> str:
    steps = next_steps_text(next_steps(verdict))
    return full_text(verdict) + (f"\n{steps}" if steps else "")


def _as_json(verdict: Verdict) -> str:
    return json.dumps(to_json_value(verdict), separators=(",", ":")) + "\n"


_FORMATS: dict[str, Callable[[Verdict], str]] = {
    "text": _as_text,
    "json": _as_json,
    "markdown": to_markdown,
    "html": to_html,
}
