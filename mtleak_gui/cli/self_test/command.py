# SPDX-License-Identifier: GPL-3.0-only
"""Runs every check, tells each finding as it comes, and counts what is missing."""

from __future__ import annotations

import argparse
import os
import sys
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TextIO

from mtleak_gui.cli.errors import BadInputError
from mtleak_gui.cli.self_test.finding import Finding
from mtleak_gui.core.wording import count
from mtleak_gui.storage.places import Places

Check = Callable[[Places], Iterator[Finding]]


def configure(parser: argparse.ArgumentParser) -> None:
    """Declare the options."""
    parser.add_argument(
        "file",
        nargs="?",
        type=Path,
        metavar="FILE",
        help="write the answer there too: a program that was started without a terminal has nowhere else to say it",
    )


def run(arguments: argparse.Namespace) -> int:
    """Check this installation. Return 0 when nothing is missing, 1 when something is."""
    places = Places.of_system(os.environ)
    checks = (_program, _window, _files, _boards)
    with _outputs(arguments.file) as outputs:
        return tell_findings((found for check in checks for found in guarded(check, places)), outputs)


def guarded(check: Check, places: Places) -> Iterator[Finding]:
    """Yield what a check finds. One that fails, as checks of a broken installation may, is a finding as well."""
    try:
        yield from check(places)
    except Exception as fault:  # noqa: BLE001 - whatever is broken here is what the user asked for
        subject = check.__name__.strip("_")
        yield Finding("missing", subject, f"the check failed: {fault!r}", "Install MT Leakhunt again")


def tell_findings(findings: Iterable[Finding], outputs: tuple[TextIO, ...]) -> int:
    """Write each finding as it comes, and the sum at the end. Return the exit code."""
    missing = 0
    for finding in findings:
        missing += finding.state == "missing"
        _say(finding.line, outputs)
    if missing:
        _say(f"\n{count(missing, 'thing is', 'things are')} missing; -> says what to do", outputs)
    else:
        _say("\nnothing is missing", outputs)
    return 1 if missing else 0


# Each imports what it checks when its turn has come: a package that is missing must not keep the others from telling.


def _program(_places: Places) -> Iterator[Finding]:
    from mtleak_gui.cli.self_test.versions import check_resources, check_versions  # noqa: PLC0415

    yield from check_versions()
    yield from check_resources()


def _window(_places: Places) -> Iterator[Finding]:
    from mtleak_gui.cli.self_test.window import check_libraries, check_window  # noqa: PLC0415

    yield from check_libraries()
    yield from check_window()


def _files(places: Places) -> Iterator[Finding]:
    from mtleak_gui.cli.self_test.folders import check_folders, check_room  # noqa: PLC0415

    yield from check_folders(places)
    yield from check_room(places)


def _boards(_places: Places) -> Iterator[Finding]:
    from mtleak_gui.cli.self_test.loopback import check_handshake, check_query_process  # noqa: PLC0415
    from mtleak_gui.cli.self_test.serial_access import check_serial_access  # noqa: PLC0415

    yield from check_serial_access()
    yield from check_handshake()
    yield from check_query_process()


@contextmanager
def _outputs(file: Path | None) -> Iterator[tuple[TextIO, ...]]:
    # A program with a window alone has no output on Windows, whatever the types say.
    streams: tuple[TextIO | None, ...] = (sys.stdout,)
    terminals = tuple(stream for stream in streams if stream is not None)
    if file is None:
        yield terminals
        return
    try:
        opened = file.open("w", encoding="utf-8")
    except OSError as trouble:
        raise BadInputError(f"{file} cannot be written: {trouble.strerror or trouble}") from trouble
    with opened:
        yield (*terminals, opened)


def _say(line: str, outputs: tuple[TextIO, ...]) -> None:
    for output in outputs:
        print(line, file=output, flush=True)
