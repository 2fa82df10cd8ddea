# SPDX-License-Identifier: GPL-3.0-only
"""What was asked of a board stands in its evidence and its report: which samples, how often, what it restarted for."""

from __future__ import annotations

from pathlib import Path

from mtleak_gui.core.leakhunt.analyse import analyse
from mtleak_gui.core.leakhunt.evidence import Evidence
from mtleak_gui.core.leakhunt.judge import judge
from mtleak_gui.core.leakhunt.question import Question
from mtleak_gui.core.leakhunt.report import full_text
from mtleak_gui.core.leakhunt.verdict import Verdict
from mtleak_gui.storage.evidence_reader import EvidenceReader
from tests.storage import boards
from tests.storage.board_recording import START, BoardRecording

DEBUG_LOG = {"what": "security.debug_log_api_enabled", "old": False, "new": True}


def read(board: BoardRecording, folder: Path, *, hours: str = "6h") -> Evidence:
    question = Question(hours, START + boards.SIX_HOURS)
    return EvidenceReader(board.write(folder), clock=lambda: START + 30_000.0).read(question)


def judged(board: BoardRecording, folder: Path, *, hours: str = "6h") -> Verdict:
    return judge(analyse(read(board, folder, hours=hours)))


def polled(evidence: Evidence) -> int:
    names = evidence.samples.source
    return list(evidence.samples.source_code).count(names.index("local_stats_polled"))


def asked(board: BoardRecording, at: float) -> None:
    board.event(at, "poll_started", note="every 11 s", data={"every_s": 11})


def test_the_report_tells_that_and_how_a_board_was_asked(tmp_path: Path) -> None:
    board = boards.steady()
    asked(board, 3_000.0)
    data: dict[str, object] = {"asked": 39, "answered": 39, "rate_percent": 100}
    board.event(6_010.0, "poll_stopped", note="39 of 39 answered (100 %)", data=data)
    report = full_text(judged(board, tmp_path))
    [polls] = [line for line in report.splitlines() if line.startswith("polls")]
    assert polls.endswith("+50m poll started every 11 s")
    assert "+1h40m poll stopped 39 of 39 answered (100 %)" in report


def test_a_board_that_was_asked_since_before_the_window_is_told_so(tmp_path: Path) -> None:
    board = boards.steady()
    asked(board, 3_000.0)
    report = full_text(judged(board, tmp_path, hours="1h"))
    assert "-4h10m poll started every 11 s" in report
    assert "LocalStats polled" in report


def test_what_ends_the_rows_ends_asking_until_it_is_told_again(tmp_path: Path) -> None:
    for end in ("recorder_pause", "recorder_stop", "recorder_start", "connection_lost"):
        board = boards.steady()
        asked(board, 3_000.0)
        board.event(6_010.0, end)
        evidence = read(board, tmp_path / end)
        assert polled(evidence) == 51
        asked(board, 9_000.0)
        board.event(9_610.0, "poll_stopped")
        assert polled(read(board, tmp_path / f"{end} again")) == 62


def test_the_restart_after_the_switch_is_explained_by_it_and_the_write_is_printed(tmp_path: Path) -> None:
    board = boards.reboot()
    verdict = judged(board, tmp_path / "plain")
    [restart] = verdict.facts.restarts
    at = restart.ts - START
    board.event(at - 7.0, "config_write", note="debug log over the API switched on", data=DEBUG_LOG)
    board.event(at + 20.0, "config_write", note="verified: it is on", data={**DEBUG_LOG, "verified": True})
    told = judged(board, tmp_path / "switched")
    assert [found.reason for found in told.facts.restarts] == ["the debug log switch"]
    report = full_text(told)
    assert "config write debug log over the API switched on" in report
    assert "config write verified: it is on" in report
