# SPDX-License-Identifier: GPL-3.0-only
"""Questions are answered by a process of their own, whatever happens to it. Real processes."""

from __future__ import annotations

import os
import signal
from collections.abc import Iterator

import numpy as np
import pytest
from PySide6.QtCore import QObject
from pytestqt.qtbot import QtBot

from mtleak_gui.engine.answering import Answering
from mtleak_gui.engine.query_runner import QueryRunner
from tests.engine.jobs_by_hand import Die, Echo, Endless, Loaded, Priority, Ramp, Refuse, Stumble, Unsendable

_WAIT_MS = 20_000


@pytest.fixture
def runner(qtbot: QtBot) -> Iterator[QueryRunner]:
    """Return a runner that is stopped at the end."""
    runner = QueryRunner()
    yield runner
    assert runner.stop()


@pytest.fixture
def asker() -> QObject:
    """Return who asks."""
    return QObject()


def _answer(qtbot: QtBot, answering: Answering) -> object:
    with qtbot.waitSignal(answering.done, timeout=_WAIT_MS, raising=True) as told:
        pass
    assert told.args is not None
    return told.args[0]


def _failure(qtbot: QtBot, answering: Answering) -> str:
    with qtbot.waitSignal(answering.failed, timeout=_WAIT_MS, raising=True) as told:
        pass
    assert told.args is not None
    return str(told.args[0])


def test_it_works_in_another_process_without_qt_and_with_algebra_on_one_thread(
    qtbot: QtBot, runner: QueryRunner, asker: QObject
) -> None:
    answer = _answer(qtbot, runner.ask(Loaded(), asker))
    assert isinstance(answer, tuple)
    modules, threads, pid = answer
    assert pid != os.getpid()
    assert pid == runner.process_id
    assert "mtleak_gui.engine.query_jobs" in modules
    assert not [name for name in modules if name.split(".")[0] in ("PySide6", "shiboken6", "pyqtgraph")]
    assert threads == "1"


@pytest.mark.skipif(os.name == "nt", reason="niceness is of other systems")
def test_it_lets_the_window_go_first(qtbot: QtBot, runner: QueryRunner, asker: QObject) -> None:
    assert _answer(qtbot, runner.ask(Priority(), asker)) == min(os.nice(0) + 5, 19)


def test_answers_come_in_the_order_of_the_questions_and_tell_progress(
    qtbot: QtBot, runner: QueryRunner, asker: QObject
) -> None:
    told: list[object] = []
    for number in range(3):
        answering = runner.ask(Echo(number), asker)
        answering.progressed.connect(lambda share, words: told.append((share, words)))
        answering.done.connect(told.append)
    qtbot.waitUntil(lambda: len(told) == 6, timeout=_WAIT_MS)
    assert told == [(0.5, "half of it"), 0, (0.5, "half of it"), 1, (0.5, "half of it"), 2]


def test_arrays_of_many_pieces_arrive_whole(qtbot: QtBot, runner: QueryRunner, asker: QObject) -> None:
    answer = _answer(qtbot, runner.ask(Ramp(1_000_003), asker))
    assert isinstance(answer, np.ndarray)
    assert np.array_equal(answer, np.arange(1_000_003))


def test_a_cancelled_job_ends_and_says_nothing_more(qtbot: QtBot, runner: QueryRunner, asker: QObject) -> None:
    told: list[object] = []
    answering = runner.ask(Endless(), asker)
    with qtbot.waitSignal(answering.progressed, timeout=_WAIT_MS):
        pass
    pid = runner.process_id
    answering.done.connect(told.append)
    answering.failed.connect(told.append)
    answering.progressed.connect(lambda *args: told.append(args))
    answering.cancel()
    answering.cancel()
    assert _answer(qtbot, runner.ask(Echo("next"), asker)) == "next"
    assert told == []
    assert runner.process_id == pid


def test_a_job_that_is_deaf_to_being_cancelled_does_not_hold_up_the_next(
    qtbot: QtBot, runner: QueryRunner, asker: QObject
) -> None:
    answering = runner.ask(Endless(deaf=True), asker)
    with qtbot.waitSignal(answering.progressed, timeout=_WAIT_MS):
        pass
    answering.cancel()
    assert _answer(qtbot, runner.ask(Echo("next"), asker)) == "next"


def test_nothing_is_told_to_an_asker_that_is_gone_and_its_job_is_given_up(qtbot: QtBot, runner: QueryRunner) -> None:
    gone, other = QObject(), QObject()
    answering = runner.ask(Endless(), gone)
    with qtbot.waitSignal(answering.progressed, timeout=_WAIT_MS):
        pass
    with qtbot.waitSignal(gone.destroyed):
        gone.deleteLater()
    assert _answer(qtbot, runner.ask(Echo("next"), other)) == "next"
    answering.cancel()


def test_a_process_that_dies_is_told_and_started_anew(
    qtbot: QtBot, runner: QueryRunner, asker: QObject, expected_log: pytest.LogCaptureFixture
) -> None:
    dying = runner.ask(Die(), asker)
    after = runner.ask(Echo("I waited"), asker)
    with qtbot.waitSignal(after.done, timeout=_WAIT_MS) as answered:
        sentence = _failure(qtbot, dying)
    assert "ended by signal" in sentence
    assert "Try again" in sentence
    assert answered.args == ["I waited"]
    assert "is gone" in expected_log.text


def test_a_process_that_was_killed_while_idle_is_there_again_for_the_next_question(
    qtbot: QtBot, runner: QueryRunner, asker: QObject, expected_log: pytest.LogCaptureFixture
) -> None:
    first = _answer(qtbot, runner.ask(Loaded(), asker))
    assert isinstance(first, tuple)
    os.kill(first[2], signal.SIGKILL)
    qtbot.waitUntil(lambda: runner.process_id is None, timeout=_WAIT_MS)
    assert _answer(qtbot, runner.ask(Echo("back"), asker)) == "back"
    assert "signal 9" in expected_log.text


def test_a_question_without_an_answer_says_why(qtbot: QtBot, runner: QueryRunner, asker: QObject) -> None:
    assert _failure(qtbot, runner.ask(Refuse(), asker)) == "the recording is not there: give another folder"


@pytest.mark.parametrize("job", [Stumble(), Unsendable()])
def test_a_fault_in_a_job_is_told_and_logged_and_costs_nothing_else(
    qtbot: QtBot, runner: QueryRunner, asker: QObject, job: object, expected_log: pytest.LogCaptureFixture
) -> None:
    assert isinstance(job, Stumble | Unsendable)
    assert "a fault in this program" in _failure(qtbot, runner.ask(job, asker))
    assert "Traceback" in expected_log.text
    assert _answer(qtbot, runner.ask(Echo("well"), asker)) == "well"


def test_stopping_ends_a_busy_process_at_once(qtbot: QtBot, runner: QueryRunner, asker: QObject) -> None:
    answering = runner.ask(Endless(deaf=True), asker)
    with qtbot.waitSignal(answering.progressed, timeout=_WAIT_MS):
        pass
    pid = runner.process_id
    assert pid is not None
    assert runner.stop()
    with pytest.raises(ProcessLookupError):
        os.kill(pid, 0)
    assert "being closed" in _failure(qtbot, runner.ask(Echo(1), asker))


def test_stopping_while_it_starts_leaves_nothing_behind(qtbot: QtBot, runner: QueryRunner, asker: QObject) -> None:
    runner.start()
    assert runner.stop()
    assert runner.process_id is None
