# SPDX-License-Identifier: GPL-3.0-only
"""Rules that hold for every test: no thread or child left running, no unexpected log record, a home of its own."""

from __future__ import annotations

import gc
import logging
import os
import threading
import time
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from PySide6.QtWidgets import QApplication

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")

DATA = Path(__file__).parent / "data"
_GRACE_S = 3.0
_MANY_OBJECTS = 20_000


@pytest.fixture
def data() -> Path:
    """Return the folder of recorded byte streams and console logs of a real node."""
    return DATA


@pytest.fixture(scope="session")
def qapp_cls() -> type[QApplication]:
    """Give pytest-qt an application with widgets: a process has one, and tests of the window may follow any others."""
    from PySide6.QtWidgets import QApplication  # most tests need no Qt at all

    return QApplication


@pytest.fixture(autouse=True)
def home(tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Give the test a home folder of its own, so that it never sees or touches the user's recordings."""
    folder = tmp_path_factory.mktemp("home")
    for name in ("HOME", "USERPROFILE", "XDG_DATA_HOME", "XDG_CONFIG_HOME", "XDG_CACHE_HOME", "XDG_STATE_HOME"):
        monkeypatch.setenv(name, str(folder))
    monkeypatch.delenv("MTLEAK_RECORDINGS", raising=False)
    return folder


@pytest.fixture(autouse=True, scope="session")
def garbage_waits() -> Iterator[None]:
    """Keep Python from looking for garbage in whatever thread makes objects: it may hold a failed test's widgets."""
    gc.disable()
    yield
    gc.enable()


@pytest.fixture(autouse=True)
def garbage_deleted_here(garbage_waits: None) -> Iterator[None]:
    """Delete what is unreachable between tests, in the thread that Qt's objects belong to."""
    yield
    gc.collect(0 if gc.get_count()[0] < _MANY_OBJECTS else 2)


@pytest.fixture(autouse=True)
def no_thread_left_running() -> Iterator[None]:
    """Fail when the test leaves a thread behind; wait a moment for those that are on their way out."""
    before = set(threading.enumerate())
    yield
    deadline = time.monotonic() + _GRACE_S
    left = _threads_since(before)
    while left and time.monotonic() < deadline:
        left[0].join(timeout=0.05)
        left = _threads_since(before)
    assert not left, f"threads left running: {[thread.name for thread in left]}"


@pytest.fixture(autouse=True)
def no_unexpected_log_record(request: pytest.FixtureRequest, caplog: pytest.LogCaptureFixture) -> Iterator[None]:
    """Fail on a warning or worse in the log; a test that expects some takes the fixture ``expected_log``."""
    yield
    if "expected_log" in request.fixturenames:
        return
    records = [r for when in ("setup", "call") for r in caplog.get_records(when) if r.levelno >= logging.WARNING]
    assert not records, f"unexpected log records: {[record.getMessage() for record in records]}"


@pytest.fixture
def expected_log(caplog: pytest.LogCaptureFixture) -> pytest.LogCaptureFixture:
    """Allow warnings in the log of this test, which must look at them itself."""
    return caplog


def _threads_since(before: set[threading.Thread]) -> list[threading.Thread]:
    # The meshtastic package keeps one publishing thread for the life of the process. A Qt thread that Python has met
    # stands in its list for ever; one that is left running aborts the process by itself.
    return [
        thread
        for thread in threading.enumerate()
        if thread not in before
        and thread.is_alive()
        and thread.name != "publishing"
        and not isinstance(thread, threading._DummyThread)
    ]
