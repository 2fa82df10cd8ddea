# SPDX-License-Identifier: GPL-3.0-only
"""A writer killed in the worst moments loses and doubles nothing of what it was handed; the next start tells."""

from __future__ import annotations

import sys
from contextlib import closing
from pathlib import Path

import pytest

from mtleak_gui.storage.recording import Recording
from mtleak_gui.storage.rotation_limits import RotationLimits
from tests.storage.kill_points import CLOSING, PRUNING, REPAIRING, WRITING
from tests.storage.killed_process import until_it_ends
from tests.storage.killed_recording import KillDamage, KilledRecording
from tests.storage.rows_on_disk import QUIET, kinds_of

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="killing is meant in the sense of POSIX")

ALL_KEPT = RotationLimits(part_bytes=60_000, archives_kept=100_000, reserve_bytes=0)
FEW_KEPT = RotationLimits(part_bytes=60_000, archives_kept=3, reserve_bytes=0)
LONG_S = 20.0


@pytest.fixture
def damage() -> KillDamage:
    return KillDamage()


def test_rows_handed_over_before_kills_in_a_rollover_are_there_once(tmp_path: Path, damage: KillDamage) -> None:
    recording = KilledRecording(tmp_path / "recording", ALL_KEPT, damage)
    for times, point in enumerate(list(WRITING)[1::2], 1):
        assert recording.flood(LONG_S, until_it_ends, point, times=times).by_signal
        recording.reopen_and_judge()
    assert damage.broken == []
    assert damage.told == damage.kills == 5
    assert sum(map(len, recording.sure)) > 5_000
    assert kinds_of(recording.folder).count("recorder_start") == 2 * damage.kills


@pytest.mark.parametrize("point", list(PRUNING)[1:])
def test_a_kill_amid_the_removal_of_old_archives_leaves_no_litter(
    tmp_path: Path, damage: KillDamage, point: str
) -> None:
    recording = KilledRecording(tmp_path / "recording", FEW_KEPT, damage)
    assert recording.flood(LONG_S, until_it_ends, point).by_signal
    recording.reopen_and_judge()
    assert damage.broken == []


def test_a_repair_that_is_killed_itself_is_done_and_told_by_the_next(tmp_path: Path, damage: KillDamage) -> None:
    recording = KilledRecording(tmp_path / "recording", ALL_KEPT, damage)
    recording.flood(LONG_S, until_it_ends, "in compression", times=3)
    recording.tear("logs")
    for point in ("before torn bytes are cut off", "before the repairs are told", "before a leftover part goes"):
        assert point in REPAIRING
        assert recording.flood(0, until_it_ends, point).by_signal
    recording.reopen_and_judge()
    assert damage.broken == []
    torn = list(recording.folder.glob("torn-logs-*.txt"))
    assert len(torn) == 1
    assert torn[0].name in (recording.folder / "events.jsonl").read_text()


def test_a_kill_after_the_last_row_was_brought_to_the_disk_leaves_nothing_to_tell(
    tmp_path: Path, damage: KillDamage
) -> None:
    recording = KilledRecording(tmp_path / "recording", ALL_KEPT, damage)
    assert recording.flood(0.1, until_it_ends, next(iter(CLOSING))).by_signal
    with closing(Recording.open(recording.folder, limits=QUIET)) as reopened:
        assert reopened.repairs == ()
    recording.reopen_and_judge()
    assert damage.broken == []
    assert damage.needed == 0
