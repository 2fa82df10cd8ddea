# SPDX-License-Identifier: GPL-3.0-only
"""Power cuts on a simulated disk, at hundreds of moments of real sessions: rows lost, doubled, invented, told."""

from __future__ import annotations

import random
import sys
import tempfile
import time
from bisect import bisect_right
from dataclasses import replace
from pathlib import Path

from mtleak_gui.storage.recording import Recording
from mtleak_gui.storage.rotation_limits import RotationLimits
from tests.benchmarks.figures import Figure
from tests.storage.cut_folders import RECORDING, CutTrial, Damage, promise
from tests.storage.rows_on_disk import NUMBERED
from tests.storage.simulated_disk import Grown, SimulatedDisk, Told

SESSIONS = 6
SESSION_S = 16.0
CUTS = 60
"""Cuts of each session; each is opened again, and the repair is cut, too."""
ROWS_S = 2_000
SMALL_PARTS = RotationLimits(part_bytes=150_000, archives_kept=100_000, reserve_bytes=0)
"""Sync and upkeep as users have them; small parts, so that there is always a rollover under way."""
LIMITS = (SMALL_PARTS, replace(SMALL_PARTS, archives_kept=5), replace(SMALL_PARTS, part_bytes=100 * 1024 * 1024))
ALLOWED_S = SMALL_PARTS.sync_every_s
_BATCH_S = 0.01


def run() -> list[Figure]:
    """Record in real time, then cut each session at moments of which half lie at changes of files and names."""
    damage, oldest_s, started = Damage(), 0.0, time.monotonic()
    for session in range(SESSIONS):
        limits = LIMITS[session % len(LIMITS)]
        with tempfile.TemporaryDirectory() as name:
            trial = CutTrial(_recorded(Path(name), limits), limits, random.Random(session), damage)
            oldest_s = max(oldest_s, _cut_often(trial, Path(name)))
        told = f"power cut: session {session + 1} of {SESSIONS}, {damage.cuts} cuts, {time.monotonic() - started:.0f} s"
        print(told, *damage.broken[:5], sep="; ", file=sys.stderr)
    return _figures(damage, oldest_s)


def _recorded(folder: Path, limits: RotationLimits) -> SimulatedDisk:
    """Record on a simulated disk for ``SESSION_S``, in real time, and close in order."""
    root = folder / "root"
    root.mkdir()
    disk = SimulatedDisk(root, folder / "store")
    in_batch = round(ROWS_S * _BATCH_S / len(NUMBERED))
    with disk:
        recording = Recording.open(root / RECORDING, limits=limits)
        recording.start()
        begun, number = time.monotonic(), 0
        while (due := begun + number / in_batch * _BATCH_S) < begun + SESSION_S:
            time.sleep(max(0.0, due - time.monotonic()))
            disk.tell("arrived", number + in_batch - 1)
            now = time.time()
            batch = range(number, number + in_batch)
            recording.append([make(now, one) for one in batch for make in NUMBERED.values()])
            number += in_batch
        recording.close()
    return disk


def _cut_often(trial: CutTrial, folder: Path) -> float:
    """Cut the session; return how old the oldest row was that a cut cost (s)."""
    disk, oldest_s = trial.disk, 0.0
    arrivals = [
        (disk.times[at], act.number) for at, act in enumerate(disk.acts) if isinstance(act, Told) and act.number
    ]
    busy = [at + 1 for at, act in enumerate(disk.acts) if not isinstance(act, Told | Grown)]
    for cut in range(CUTS):
        acts = trial.dice.choice(busy) if cut % 2 else trial.dice.randrange(1, len(disk.acts) + 1)
        at = disk.times[acts - 1]
        old = bisect_right(arrivals, (at - ALLOWED_S, sys.maxsize))
        with tempfile.TemporaryDirectory(dir=folder) as scratch:
            trial.cut(acts, promise(disk, acts, arrivals[old - 1][1] if old else -1), Path(scratch))
        if trial.first_missing is not None:
            lost_at = next(when for when, number in arrivals if number >= trial.first_missing)
            oldest_s = max(oldest_s, at - lost_at)
    return oldest_s


def _figures(damage: Damage, oldest_s: float) -> list[Figure]:
    counted = {
        f"rows lost, older than {ALLOWED_S:.0f} s": damage.lost,
        "rows doubled": damage.doubled,
        "rows invented or changed": damage.invented,
        "archives that do not open": len(damage.unreadable),
        "indexes, columns, answers of the reader or leftovers that are wrong": len(damage.wrong),
        "repairs not told": len(damage.untold),
        "repairs told that were none": len(damage.claimed),
    }
    states = f"{damage.cuts:,}, {damage.mended:,}"
    in_time = oldest_s <= ALLOWED_S
    return [
        Figure("states of the disk opened after a cut, of them mended", states),
        Figure("age of the oldest row that a cut cost", f"{oldest_s:.2f} s", goal=f"{ALLOWED_S:.0f} s", met=in_time),
        *(Figure(name, f"{count:,}", goal="0", met=count == 0) for name, count in counted.items()),
    ]
