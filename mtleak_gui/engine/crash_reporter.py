# SPDX-License-Identifier: GPL-3.0-only
"""Catches the faults of this program wherever they happen: saved, logged, told once; the program goes on.

Exceptions in slots, in overridden Qt functions and in ``QThread.run`` come through ``sys.excepthook``, those in Python
threads through ``threading.excepthook``, Qt's own words through its message handler. What ends the process at once is
written by ``faulthandler`` and found by the next start. Lives on the GUI thread; its hooks are called on any.
"""

from __future__ import annotations

import faulthandler
import logging
import platform
import sys
import threading
import traceback
from io import FileIO
from pathlib import Path
from types import TracebackType

from PySide6.QtCore import QMessageLogContext, QObject, QtMsgType, Signal, qInstallMessageHandler, qVersion

from mtleak_gui.core.crash_report import CrashReport
from mtleak_gui.storage.crash_shelf import CrashShelf
from mtleak_gui.version import application_version

MOST_TOLD = 20
"""Different faults of one run that are saved and told; more are only counted in the log."""

log = logging.getLogger(__name__)
qt_log = logging.getLogger("qt")

_QT_LEVELS = {
    QtMsgType.QtDebugMsg: logging.DEBUG,
    QtMsgType.QtInfoMsg: logging.INFO,
    QtMsgType.QtWarningMsg: logging.WARNING,
    QtMsgType.QtCriticalMsg: logging.ERROR,
    QtMsgType.QtFatalMsg: logging.CRITICAL,
}


class CrashReporter(QObject):
    """A fault that comes again and again, as one in a paint event does, is told once."""

    crashed = Signal(CrashReport)

    def __init__(self, shelf: CrashShelf, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._shelf = shelf
        self._lock = threading.Lock()
        self._told: set[str] = set()
        self._fault_file: FileIO | None = None
        self._is_installed = False

    def install(self) -> None:
        """Hook in. A folder that cannot be written is logged; everything else still works."""
        self._is_installed = True
        sys.excepthook = self._python_fault
        threading.excepthook = self._thread_fault
        qInstallMessageHandler(self._qt_message)
        try:
            self._fault_file = self._shelf.open_fault_file()
        except OSError as trouble:
            log.warning("Sudden ends of the program cannot be recorded: %s", trouble)
        else:
            faulthandler.enable(self._fault_file)

    def uninstall(self) -> None:
        """Take the hooks out; the end of a run in which all went well."""
        if not self._is_installed:
            return
        self._is_installed = False
        sys.excepthook, threading.excepthook = sys.__excepthook__, threading.__excepthook__
        qInstallMessageHandler(None)
        if self._fault_file is not None:
            faulthandler.disable()
            path = Path(str(self._fault_file.name))
            self._fault_file.close()
            path.unlink(missing_ok=True)
            self._fault_file = None

    def unseen(self) -> tuple[CrashReport, ...]:
        """Return the faults of earlier runs that nobody has seen, newest first. Reads files: not for the GUI thread."""
        return self._shelf.unseen(None if self._fault_file is None else str(self._fault_file.name))

    def mark_seen(self, report: CrashReport) -> None:
        """Do not offer a report again. Touches a file."""
        self._shelf.mark_seen(report)

    def _python_fault(self, kind: type[BaseException], fault: BaseException, trace: TracebackType | None) -> None:
        if issubclass(kind, KeyboardInterrupt):
            sys.__excepthook__(kind, fault, trace)
            return
        self._tell(kind, fault, trace, threading.current_thread().name)
        # The interpreter keeps the last traceback, and with it a painter that must not outlive its paint event.
        traceback.clear_frames(trace)

    def _thread_fault(self, args: threading.ExceptHookArgs) -> None:
        if args.exc_value is not None and not issubclass(args.exc_type, SystemExit):
            name = args.thread.name if args.thread is not None else "a thread"
            self._tell(args.exc_type, args.exc_value, args.exc_traceback, name)

    def _tell(self, kind: type[BaseException], fault: BaseException, trace: TracebackType | None, thread: str) -> None:
        text = "".join(traceback.format_exception(kind, fault, trace))
        with self._lock:
            is_new = text not in self._told and len(self._told) < MOST_TOLD
            if is_new:
                self._told.add(text)
        if not is_new:
            log.error("A fault again in %s: %r", thread, fault)
            return
        log.error("A fault in %s", thread, exc_info=(kind, fault, trace))
        self.crashed.emit(self._shelf.save(f"{kind.__name__}: {fault}", f"{_versions()}\nThread: {thread}\n\n{text}"))

    def _qt_message(self, kind: QtMsgType, context: QMessageLogContext, message: str) -> None:
        qt_log.log(_QT_LEVELS.get(kind, logging.WARNING), "%s: %s", context.category or "default", message)


def _versions() -> str:
    program = f"MT Leakhunt {application_version()}, Python {platform.python_version()}, Qt {qVersion()}"
    return f"{program}\n{platform.platform()}"
