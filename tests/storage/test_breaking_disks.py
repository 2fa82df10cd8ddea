# SPDX-License-Identifier: GPL-3.0-only
"""Disks that break while rows come in: told, kept in memory, and every row accounted for. Real file systems."""

from __future__ import annotations

import os
import threading
from dataclasses import replace
from pathlib import Path

import pytest

from mtleak_gui.storage.rotation_limits import RotationLimits
from tests.storage.breaking_disk import breaking_disk, filled, small_disk
from tests.storage.fed_recording import fed_recording

LIMITS = RotationLimits(part_bytes=300_000, reserve_bytes=0, upkeep_every_s=0.1, sync_every_s=0.2)
ROWS_PER_S = 2_000
MOMENT = 1_000
"""Rows of half a second."""


@pytest.mark.parametrize(("fault", "words"), [("make_read_only", "read-only"), ("break_down", "reports an error")])
def test_a_disk_that_fails_and_comes_back_costs_what_a_power_cut_costs(tmp_path: Path, fault: str, words: str) -> None:
    with breaking_disk(tmp_path) as disk:
        with fed_recording(disk.folder / "recording", replace(LIMITS, part_bytes=50_000_000), ROWS_PER_S) as fed:
            fed.wait_for_rows(4 * MOMENT)
            getattr(disk, fault)()
            fed.wait_until_told(words)
            fed.wait_for_rows(MOMENT)
            assert fed.recording.status().rows_waiting > 0
            disk.repair()
            fed.wait_until_told(None)
            fed.wait_for_rows(MOMENT)
        account = fed.account()
    assert account.dropped == 0
    assert account.doubled == 0
    # Those that had not reached the disk: it is synced each 0.2 s here, each 5 s with the usual limits.
    assert account.unaccounted <= ROWS_PER_S
    assert fed.news.count(None) == 1


def test_the_end_on_a_disk_that_has_become_read_only_is_a_clean_one(
    tmp_path: Path, expected_log: pytest.LogCaptureFixture
) -> None:
    with breaking_disk(tmp_path) as disk, fed_recording(disk.folder / "recording", LIMITS) as fed:
        fed.wait_for_rows(MOMENT)
        disk.make_read_only()
        fed.wait_until_told("read-only")
        fed.end()
        assert fed.recording.status().rows_waiting > 0
        assert not fed.recording.status().running
    assert "could not be written before it was closed" in expected_log.text


def test_a_disk_that_is_full_in_the_middle_of_rolling_over_loses_no_row(tmp_path: Path) -> None:
    with small_disk(tmp_path, 4) as disk:
        with fed_recording(disk / "recording", LIMITS) as fed:
            fed.wait_for_rows(MOMENT)
            with filled(disk):
                fed.wait_until_told("disk is full")
                fed.wait_for_rows(2 * MOMENT)
            fed.wait_until_told(None)
            fed.wait_for_rows(MOMENT)
        account = fed.account()
    assert (account.unaccounted, account.doubled, account.dropped) == (0, 0, 0)
    assert account.given == account.written


def test_what_memory_cannot_hold_while_the_disk_is_gone_is_counted(tmp_path: Path) -> None:
    with breaking_disk(tmp_path) as disk:
        with fed_recording(disk.folder / "recording", replace(LIMITS, waiting_bytes=100_000), ROWS_PER_S) as fed:
            fed.wait_for_rows(2 * MOMENT)
            disk.make_read_only()
            fed.wait_until_told("read-only")
            fed.wait_for_rows(2 * MOMENT)
            disk.repair()
            fed.wait_until_told(None)
        account = fed.account()
    assert account.dropped > 0
    # Beside those that were written and had not reached the disk yet.
    assert 0 <= account.unaccounted <= ROWS_PER_S
    assert account.doubled == 0


def test_a_disk_that_does_not_answer_holds_no_row_up(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    # No file system of this machine can be made to hang, so that the call that waits for the disk is held instead.
    answers = threading.Event()
    asked = threading.Event()
    sync = os.fsync

    def hanging(descriptor: int) -> None:
        asked.set()
        answers.wait(20)
        sync(descriptor)

    monkeypatch.setattr(os, "fsync", hanging)
    monkeypatch.setattr(os, "fdatasync", hanging, raising=False)
    answers.set()
    with fed_recording(tmp_path / "recording", LIMITS) as fed:
        answers.clear()
        asked.clear()
        assert asked.wait(10)
        fed.wait_for_rows(ROWS_PER_S)
        answers.set()
    account = fed.account()
    assert (account.unaccounted, account.doubled, account.dropped, account.refused) == (0, 0, 0, 0)
