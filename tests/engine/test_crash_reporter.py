# SPDX-License-Identifier: GPL-3.0-only
"""Faults are told, saved and offered on the next start, and the program goes on. Real programs with real faults."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from mtleak_gui.storage.crash_shelf import CrashShelf


def _run(folder: Path, what: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "tests.engine.crashing_program", str(folder), what]
    root = Path(__file__).parents[2]
    return subprocess.run(command, check=False, capture_output=True, text=True, timeout=60, cwd=root)


def test_faults_in_slots_and_threads_are_told_once_each_and_the_program_goes_on(tmp_path: Path) -> None:
    ended = _run(tmp_path / "logs", "faults")
    assert ended.returncode == 0, ended.stderr
    told = sorted(line for line in ended.stdout.splitlines() if line.startswith("told"))
    assert told == [
        "told: KeyError: 'in a thread' [saved]",
        "told: RuntimeError: in a slot [saved]",
        "told: ValueError: in a worker [saved]",
    ]
    assert "went on to the end" in ended.stdout
    saved = [path.read_text() for path in (tmp_path / "logs").iterdir()]
    assert len(saved) == 3
    assert all("Traceback" in text and "Qt 6." in text and "Thread: " in text for text in saved)


def test_a_fault_in_a_paint_event_is_told_once_and_brings_nothing_down(tmp_path: Path) -> None:
    ended = _run(tmp_path, "paint")
    assert ended.returncode == 0, ended.stderr
    assert ended.stdout.splitlines() == ["told: ArithmeticError: in a paint event [saved]", "went on to the end"]
    assert "active painter" not in ended.stderr


def test_they_are_offered_on_the_next_start_and_after_that_no_more(tmp_path: Path) -> None:
    _run(tmp_path, "faults")
    offered = [line for line in _run(tmp_path, "nothing").stdout.splitlines() if line.startswith("earlier")]
    assert len(offered) == 3
    assert "earlier: RuntimeError: in a slot fatal=False" in offered
    assert "earlier" not in _run(tmp_path, "nothing").stdout
    assert len(list(tmp_path.glob("crash-*.seen.txt"))) == 3


@pytest.mark.skipif(os.name == "nt", reason="no such signal")
def test_a_sudden_end_is_offered_on_the_next_start(tmp_path: Path) -> None:
    assert _run(tmp_path, "sudden").returncode == -11
    assert "earlier: The program ended suddenly fatal=True" in _run(tmp_path, "nothing").stdout
    assert "earlier" not in _run(tmp_path, "nothing").stdout


def test_a_run_without_faults_leaves_nothing(tmp_path: Path) -> None:
    assert _run(tmp_path, "nothing").returncode == 0
    assert list(tmp_path.iterdir()) == []


def test_a_folder_that_cannot_be_written_costs_the_file_alone(tmp_path: Path) -> None:
    (tmp_path / "taken").write_text("a file, no folder")
    ended = _run(tmp_path / "taken", "faults")
    assert ended.returncode == 0
    assert "told: RuntimeError: in a slot [not saved]" in ended.stdout


def test_the_shelf_keeps_the_newest_twenty(tmp_path: Path) -> None:
    now = iter(range(1_790_000_000, 1_790_000_100))
    shelf = CrashShelf(tmp_path, lambda: float(next(now)))
    for number in range(25):
        shelf.save(f"fault {number}", "trace")
    kept = {report.summary for report in shelf.unseen()}
    assert kept == {f"fault {number}" for number in range(5, 25)}
