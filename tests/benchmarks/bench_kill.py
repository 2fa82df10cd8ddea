# SPDX-License-Identifier: GPL-3.0-only
"""SIGKILL in the midst of a rotation, twelve times: rows lost and doubled, what is broken; the peer beside ours."""

from __future__ import annotations

import json
import random
import subprocess
import tempfile
import time
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from meshtastic_mcp.log_query import _iter_jsonl

from mtleak_gui.storage.gzip_members import MemberReader
from mtleak_gui.storage.recording import Recording
from mtleak_gui.storage.rotation_limits import RotationLimits
from tests.benchmarks.figures import Figure
from tests.storage.killed_process import run_and_kill

KILLS = 12
PART_BYTES = 100 * 1024 * 1024
GRACE_S = 0.1
ROTATION_S = {"ours": 0.4, "peer": 2.5}
"""Within which time after the beginning of a rotation the kill comes."""


@dataclass(slots=True)
class Damage:
    """What the kills did, summed."""

    lost: int = 0
    lost_late: int = 0
    """Rows lost that were handed over less than ``GRACE_S`` before the kill."""
    doubled: int = 0
    torn: int = 0
    crashed: int = 0


def run() -> list[Figure]:
    """Kill each writer twelve times, at a random moment of a rotation, and look at what is there afterwards."""
    ours, theirs = (_killed(whose) for whose in ("ours", "peer"))
    return [
        _figure(f"rows lost, older than {GRACE_S * 1e3:.0f} ms, over {KILLS} kills", ours.lost, theirs.lost),
        _figure(f"rows lost, of the last {GRACE_S * 1e3:.0f} ms", ours.lost_late, theirs.lost_late),
        _figure("rows doubled", ours.doubled, theirs.doubled),
        _figure("archives that do not open", ours.torn, theirs.torn),
        _figure("queries of the peer that crash", ours.crashed, theirs.crashed),
    ]


def _figure(name: str, ours: int, theirs: int) -> Figure:
    return Figure(name, f"{ours:,}", f"{theirs:,}", None, "0", ours == 0)


def _killed(whose: str) -> Damage:
    damage = Damage()
    moments = random.Random(20261122)
    for _ in range(KILLS):
        with tempfile.TemporaryDirectory() as name:
            folder = Path(name)
            handed_over, killed_at = _kill_in_rotation(whose, folder, moments.uniform(0.0, ROTATION_S[whose]))
            if whose == "ours":
                _reopen(folder)
            _look(folder, handed_over, killed_at, damage)
    return damage


def _kill_in_rotation(whose: str, folder: Path, delay_s: float) -> tuple[list[tuple[int, float]], float]:
    """Return (last row handed over, when) as the writer told, and when it was killed."""

    def wait(_writer: subprocess.Popen[bytes]) -> None:
        while not any(folder.glob("logs.*.jsonl*")):
            time.sleep(0.002)
        time.sleep(delay_s)

    killed = run_and_kill("tests.benchmarks.kill_target", [whose, str(folder), str(PART_BYTES)], wait)
    return [(int(number), float(at)) for number, at in map(bytes.split, killed.lines)], killed.at


def _reopen(folder: Path) -> None:
    recording = Recording.open(folder, limits=RotationLimits(part_bytes=PART_BYTES, reserve_bytes=0))
    recording.wait_for_archives(60)
    recording.close()


def _look(folder: Path, handed_over: list[tuple[int, float]], killed_at: float, damage: Damage) -> None:
    numbers: Counter[int] = Counter()
    for archive in folder.glob("logs.*.jsonl.gz"):
        with MemberReader(archive) as reader:
            for _ in reader.members():
                for block in reader.blocks():
                    numbers.update(_numbers(block.splitlines()))
            damage.torn += reader.torn is not None
    live = folder / "logs.jsonl"
    if live.exists():
        numbers.update(_numbers(live.read_bytes().splitlines()))
    damage.doubled += sum(times - 1 for times in numbers.values())
    sure = max((number for number, at in handed_over if at < killed_at - GRACE_S), default=-1)
    last = max((number for number, _ in handed_over), default=-1)
    missing = [number for number in range(last + 1) if number not in numbers]
    damage.lost += sum(number <= sure for number in missing)
    damage.lost_late += sum(number > sure for number in missing)
    try:
        for _ in _iter_jsonl(live, since=0.0, until=4e9):
            pass
    except EOFError:
        damage.crashed += 1


def _numbers(lines: Iterable[bytes]) -> Iterable[int]:
    for line in lines:
        try:
            yield json.loads(line)["uptime_s"]
        except (ValueError, KeyError):
            continue
