# SPDX-License-Identifier: GPL-3.0-only
"""A power cut at any moment costs what was not yet synced and nothing else, whatever the disk did with the rest."""

from __future__ import annotations

import random
import sys
from contextlib import closing
from dataclasses import replace
from itertools import count
from pathlib import Path

import pytest

from mtleak_gui.core.settings import Settings
from mtleak_gui.storage.crash_shelf import CrashShelf
from mtleak_gui.storage.recording import Recording
from mtleak_gui.storage.report_shelf import ReportShelf
from mtleak_gui.storage.settings_file import SettingsFile
from tests.core.leakhunt import facts_by_hand, verdicts_by_hand
from tests.storage.cut_folders import RECORDING, CutTrial, promise
from tests.storage.power_cut import TAILS, PowerCut
from tests.storage.rows_on_disk import NOON, NUMBERED, QUIET, SetClock, rows_of
from tests.storage.simulated_disk import SimulatedDisk, Told

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="Windows syncs no folders and links no open files")

SMALL = replace(QUIET, part_bytes=15_000, sync_every_s=0.0)
CUTS = 40


@pytest.fixture
def disk(tmp_path: Path) -> SimulatedDisk:
    root = tmp_path / "root"
    root.mkdir()
    return SimulatedDisk(root, tmp_path / "store")


def told_before(disk: SimulatedDisk, acts: int, word: str) -> int:
    numbers = [act.number for act in disk.acts[:acts] if isinstance(act, Told) and act.word == word]
    return max(numbers, default=-1)


@pytest.mark.parametrize("archives_kept", [100, 2])
def test_what_was_synced_is_there_once_after_a_cut_at_any_moment(
    disk: SimulatedDisk, tmp_path: Path, archives_kept: int
) -> None:
    limits, clock = replace(SMALL, archives_kept=archives_kept), SetClock()
    with disk:
        recording = Recording.open(tmp_path / "root" / RECORDING, limits=limits, clock=clock)
        recording.start()
        for number in range(300):
            clock.now = NOON + number
            disk.tell("arrived", number)
            recording.append([make(clock.now, number) for make in NUMBERED.values()])
            if number % 30 == 29:
                recording.tend()
                disk.tell("synced", number)
        recording.close()
        disk.tell("synced", 299)
    trial = CutTrial(disk, limits, random.Random(20261124))
    for cut in range(CUTS):
        acts = trial.dice.randrange(1, len(disk.acts) + 1)
        scratch = tmp_path / f"cut-{cut}"
        scratch.mkdir()
        trial.cut(acts, promise(disk, acts, told_before(disk, acts, "synced")), scratch)
    assert trial.damage.broken == []
    assert trial.damage.mended > CUTS // 2
    assert trial.damage.lost_late > 0


def test_a_mark_is_there_after_a_cut_as_soon_as_it_was_set(disk: SimulatedDisk, tmp_path: Path) -> None:
    with disk, closing(Recording.open(tmp_path / "root" / RECORDING, limits=SMALL)) as recording:
        recording.start()
        for number in range(3):
            recording.mark(f"mark {number}")
            disk.tell("marked", number)
    for acts, state in enumerate(left_by_cuts(disk, tmp_path), 1):
        marked = told_before(disk, acts, "marked")
        if marked >= 0:
            set_before = [f"mark {number}" for number in range(marked + 1)]
            assert marks_in(state / RECORDING)[: marked + 1] == set_before


def test_settings_are_those_of_a_save_and_none_older_than_the_last(disk: SimulatedDisk, tmp_path: Path) -> None:
    folder = tmp_path / "root" / "not there yet" / "settings"
    with disk:
        settings = SettingsFile(folder)
        for number in range(5):
            settings.save(Settings(quick_marks=(f"mark {number}",)))
            disk.tell("saved", number)
    for acts, state in enumerate(left_by_cuts(disk, tmp_path), 1):
        loaded, told = SettingsFile(state / "not there yet" / "settings").load()
        assert told == ()
        saved = told_before(disk, acts, "saved")
        assert loaded.quick_marks in [(f"mark {number}",) for number in (saved, saved + 1)] or saved < 0


def test_a_saved_report_and_a_saved_fault_are_whole_or_not_there(disk: SimulatedDisk, tmp_path: Path) -> None:
    minutes = count(NOON, 60)
    verdict = verdicts_by_hand.verdict("slow_leak")
    with disk:
        shelf = ReportShelf(tmp_path / "root" / "reports", lambda: next(minutes))
        for number in range(2):
            shelf.save(verdict, None, facts_by_hand.ZONE)
            disk.tell("saved", number)
        CrashShelf(tmp_path / "root" / "faults", lambda: NOON).save("It broke", "trace")
        disk.tell("fault")
    for acts, state in enumerate(left_by_cuts(disk, tmp_path), 1):
        found = ReportShelf(state / "reports", lambda: NOON)
        reports = found.reports()
        assert len(reports) >= told_before(disk, acts, "saved") + 1
        for report in reports:
            assert found.view(report.name).text
            assert found.value(report.name)["suspect"] == "Router"
        faults = CrashShelf(state / "faults", lambda: NOON).unseen()
        assert [fault.summary for fault in faults] == ["It broke"][: len(faults)]
        assert len(faults) == 1 or told_before(disk, acts, "fault") < 0


def left_by_cuts(disk: SimulatedDisk, tmp_path: Path) -> list[Path]:
    """Return what a cut after each act leaves, in folders."""
    dice = random.Random(7)
    states = []
    for acts in range(1, len(disk.acts) + 1):
        state = tmp_path / f"state-{acts}"
        PowerCut(disk, acts, dice, dice.choice(TAILS)).leave(state)
        states.append(state)
    return states


def marks_in(folder: Path) -> list[str]:
    """Return the labels of the marks, as the next start finds them."""
    with closing(Recording.open(folder, limits=QUIET)):
        return [event["label"] for event in rows_of(folder, "events") if event["kind"] == "mark"]
