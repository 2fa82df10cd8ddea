# SPDX-License-Identifier: GPL-3.0-only
"""A program with faults of every kind, run by the tests of the crash reporter: FOLDER WHAT."""

from __future__ import annotations

import os
import signal
import sys
import threading
import time
from pathlib import Path

from PySide6.QtCore import QThread, QTimer, qWarning
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QApplication, QWidget

from mtleak_gui.core.crash_report import CrashReport
from mtleak_gui.engine.crash_reporter import CrashReporter
from mtleak_gui.storage.crash_shelf import CrashShelf


class _Worker(QThread):
    def run(self) -> None:
        raise ValueError("in a worker")


class _Canvas(QWidget):
    def paintEvent(self, _event: QPaintEvent) -> None:  # noqa: N802 - Qt's name
        painter = QPainter(self)
        painter.drawLine(0, 0, 9, 9)
        raise ArithmeticError("in a paint event")


def _in_python_thread() -> None:
    raise KeyError("in a thread")


def _in_slot() -> None:
    raise RuntimeError("in a slot")


def main(folder: Path, what: str) -> int:
    """Have the faults; print each that is told; end after a moment."""
    application = QApplication([])
    reporter = CrashReporter(CrashShelf(folder, time.time))

    def show(report: CrashReport) -> None:
        print(f"told: {report.summary} [{'saved' if report.path else 'not saved'}]", flush=True)

    reporter.crashed.connect(show)
    reporter.install()
    for report in reporter.unseen():
        print(f"earlier: {report.summary} fatal={report.fatal}", flush=True)
        reporter.mark_seen(report)
    repeated, canvas = QTimer(), _Canvas()
    worker = _Worker()
    if what == "faults":
        repeated.timeout.connect(_in_slot)
        repeated.start(5)
        threading.Thread(target=_in_python_thread).start()
        worker.start()
        qWarning("Qt is not amused")
    elif what == "paint":
        canvas.show()
        repeated.timeout.connect(canvas.update)
        repeated.start(5)
    elif what == "sudden":
        QTimer.singleShot(10, lambda: os.kill(os.getpid(), signal.SIGSEGV))
    QTimer.singleShot(300, application.quit)
    application.exec()
    worker.wait()
    reporter.uninstall()
    print("went on to the end", flush=True)
    return 0


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1]), sys.argv[2]))
