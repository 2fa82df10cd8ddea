# SPDX-License-Identifier: GPL-3.0-only
"""Arguments of the window's program, and its run from start to end."""

from __future__ import annotations

import argparse
import logging
import os
import sys
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QTimer

from mtleak_gui.app.application import Application
from mtleak_gui.app.program_log import start_log
from mtleak_gui.app.single_instance import SingleInstance, StartWish
from mtleak_gui.app.taskbar_identity import claim_taskbar_identity
from mtleak_gui.app.window_application import WindowApplication
from mtleak_gui.core.addresses import FORMS, parse_address
from mtleak_gui.core.end_signals import on_end_signals
from mtleak_gui.engine.crash_reporter import CrashReporter
from mtleak_gui.storage.crash_shelf import CrashShelf
from mtleak_gui.storage.places import Places
from mtleak_gui.version import application_version

if TYPE_CHECKING:
    from mtleak_gui.app.smoke_run import SmokeRun

SWITCH_INTERVAL_S = 0.0005
"""How long a thread may keep the interpreter from the window; the default of 5 ms makes frames of 200 ms."""

log = logging.getLogger(__name__)

_DEFAULT_SCENARIO = "leak-threads"
_SMOKE_BOARD = f"demo:{_DEFAULT_SCENARIO}"
_LOOK_FOR_SIGNALS_MS = 200


def run_window(argv: Sequence[str]) -> int:
    """Open the window and return the program's exit code."""
    wish = _arguments(argv)
    sys.setswitchinterval(SWITCH_INTERVAL_S)
    places = Places.of_system(os.environ)
    start_log(places.logs)
    claim_taskbar_identity()
    qt = WindowApplication(sys.argv[:1])
    qt.setApplicationName("mtleak-gui")
    qt.setApplicationDisplayName("MT Leakhunt")
    qt.setApplicationVersion(application_version())
    qt.setDesktopFileName("mtleak-gui")
    qt.setQuitOnLastWindowClosed(False)
    instance = SingleInstance(places, qt)
    standing = instance.begin(StartWish(wish.open, wish.demo))
    if standing != "first":
        _tell_that_it_runs(instance, is_heard=standing == "second")
        return 0 if standing == "second" and wish.smoke is None else 1
    crashes = CrashReporter(CrashShelf(places.logs, time.time))
    crashes.install()
    application = Application(qt, places, wish, crashes)
    instance.asked.connect(application.come_forward)
    application.ending.connect(instance.hush)
    qt.session_ends.connect(application.end_now)
    smoke = None if wish.smoke is None else _smoke_run(application, wish)
    with _ended_by_signals(application):
        application.begin()
        exit_code = _loop(qt, application)
    instance.close()
    crashes.uninstall()
    application.theme.forget_pictures()
    return exit_code if smoke is None else exit_code or smoke.exit_code


def _tell_that_it_runs(instance: SingleInstance, *, is_heard: bool) -> None:
    if is_heard:
        words = "its window was asked to come to the front."
    else:
        which = "" if instance.holder is None else f" (process {instance.holder})"
        words = f"but its window{which} does not answer. Wait for it or end it, then start again."
    log.info("MT Leakhunt runs already: %s", words)
    if sys.stderr is not None:  # a windowed program has none
        sys.stderr.write(f"MT Leakhunt runs already: {words}\n")


def _smoke_run(application: Application, wish: argparse.Namespace) -> SmokeRun:
    from mtleak_gui.app.smoke_run import SmokeRun  # noqa: PLC0415 - for checks of an installation alone

    return SmokeRun(application, wish.smoke, wish.board, wish.patience)


@contextmanager
def _ended_by_signals(application: Application) -> Iterator[None]:
    """End cleanly on Ctrl-C, SIGTERM and a closed terminal. Python sees a signal only when Qt lets it run at times."""
    timer = QTimer(application)
    timer.timeout.connect(lambda: None)
    timer.start(_LOOK_FOR_SIGNALS_MS)
    # Python calls this amid whatever the window does just then: the end waits for that to be done.
    with on_end_signals(lambda _number: QTimer.singleShot(0, application, application.quit)):
        yield


def _loop(qt: WindowApplication, application: Application) -> int:
    """Run until the end; return the exit code."""
    exit_code = int(qt.exec())
    if not application.ended:
        # Qt leaves the loop by itself when the display server dies, as it does at a logout.
        log.error("The display is gone; ending")
        application.end_now()
    if application.ended and not application.runs_on:
        return exit_code
    # What hangs on a disk or in a driver cannot be waited for, and Qt aborts where a thread is left.
    log.error("Something did not end in time; left as it is")
    logging.shutdown()
    os._exit(exit_code or 1)


def _arguments(argv: Sequence[str]) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="mtleak-gui", description="Open the window of MT Leakhunt.")
    start = parser.add_mutually_exclusive_group()
    start.add_argument(
        "--demo",
        nargs="?",
        const=_DEFAULT_SCENARIO,
        metavar="SCENARIO",
        help=f"start with a virtual board and six hours of its past (default scenario: {_DEFAULT_SCENARIO})",
    )
    start.add_argument("--open", type=Path, metavar="FOLDER", help="start with a recording, for reading")
    start.add_argument(
        "--smoke",
        type=Path,
        metavar="FOLDER",
        help="go through a first session with --board by itself, write into FOLDER what was seen, and end",
    )
    parser.add_argument("--board", type=parse_address, default=_SMOKE_BOARD, help=f"which board for --smoke: {FORMS}")
    parser.add_argument("--patience", type=float, default=90.0, metavar="S", help="how long --smoke waits for a step")
    return parser.parse_args(argv)
