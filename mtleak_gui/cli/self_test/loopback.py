# SPDX-License-Identifier: GPL-3.0-only
"""The program's own work, tried on a virtual board: a handshake over TCP, and a verdict by the query process."""

from __future__ import annotations

import queue
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

from mtleak_gui.cli.self_test.finding import Finding
from mtleak_gui.core.contracts import LinkError
from mtleak_gui.core.leakhunt.question import Question
from mtleak_gui.demo.board_clock import BoardClock
from mtleak_gui.demo.scenario_catalogue import DEFAULT_SCENARIO, scenario_named
from mtleak_gui.demo.tcp_port import serve_tcp
from mtleak_gui.demo.virtual_board import VirtualBoard
from mtleak_gui.engine.demo_jobs import DemoMade, MakeDemoJob
from mtleak_gui.engine.query_jobs import Judged, JudgeJob
from mtleak_gui.engine.query_messages import Ask, Done, Failed, Job
from mtleak_gui.engine.query_process import Ended, QueryProcess
from mtleak_gui.link.byte_stream import open_tcp
from mtleak_gui.link.meshtastic_link import MeshtasticLink
from mtleak_gui.storage.system_clock import SystemClock

_WAIT_S = 60.0
_HOURS = 2.0
_REPORT = "Please report this with the whole answer of --self-test"


def check_handshake() -> Iterator[Finding]:
    """Connect to a virtual board on the loopback address as to a real one."""
    subject, began = "demo board", time.monotonic()
    try:
        with serve_tcp(VirtualBoard(scenario_named(DEFAULT_SCENARIO), clock=BoardClock())) as (host, port):
            link = MeshtasticLink(lambda: open_tcp(host, port), f"{host}:{port}", "tcp", SystemClock())
            try:
                board = link.open(lambda _item: None)
            finally:
                link.close()
    except (LinkError, OSError) as trouble:
        yield Finding(
            "missing", subject, f"no handshake over TCP: {trouble}", "Look whether a firewall stops 127.0.0.1"
        )
        return
    took = time.monotonic() - began
    yield Finding("ok", subject, f"handshake with {board.environment}, firmware {board.firmware}, in {took:.1f} s")


def check_query_process() -> Iterator[Finding]:
    """Let the query process record two hours of a leaking board and judge them."""
    subject, began = "query process", time.monotonic()
    heard: queue.SimpleQueue[object] = queue.SimpleQueue()
    process = QueryProcess(lambda _process, message: heard.put(message))
    try:
        with tempfile.TemporaryDirectory(prefix="mtleak-self-test-") as folder:
            recording = Path(folder) / "recording"
            made = _answer(process, heard, 1, MakeDemoJob(recording, DEFAULT_SCENARIO, _HOURS))
            judged = _answer(process, heard, 2, JudgeJob(recording, Question())) if isinstance(made, DemoMade) else made
    except OSError as trouble:
        yield Finding(
            "missing", subject, f"no temporary folder: {trouble}", "Make room in the folder for temporary files"
        )
        return
    finally:
        process.end()
    took = time.monotonic() - began
    if isinstance(judged, Judged):
        yield Finding("ok", subject, f"{judged.verdict.headline.title} on a leaking demo board, in {took:.1f} s")
    else:
        yield Finding("missing", subject, str(judged), _REPORT)


def _answer(process: QueryProcess, heard: queue.SimpleQueue[object], number: int, job: Job[object]) -> object:
    """Return what the job returned, or a sentence why it did not."""
    process.send(Ask(number, job))
    until = time.monotonic() + _WAIT_S
    while True:
        try:
            message = heard.get(timeout=max(0.0, until - time.monotonic()))
        except queue.Empty:
            return f"no answer within {_WAIT_S:.0f} s"
        match message:
            case Done(_, answer):
                return answer
            case Failed(_, sentence, _):
                return sentence
            case Ended(how):
                return f"it died: {how}"
