# SPDX-License-Identifier: GPL-3.0-only
"""SIGKILL 200 times under 20,000 rows/s: half at random moments, half in rollovers, compression, repair and closing."""

from __future__ import annotations

import random
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from itertools import cycle
from pathlib import Path

from mtleak_gui.core.records import STREAMS
from mtleak_gui.storage.rotation_limits import RotationLimits
from tests.benchmarks.figures import Figure
from tests.storage.flooded_writer import ROWS_S
from tests.storage.kill_points import CLOSING, PRUNING, REPAIRING, WRITING
from tests.storage.killed_process import until_it_ends
from tests.storage.killed_recording import GRACE_S, KillDamage, KilledRecording

KILLS = 200
KILLS_A_FOLDER = 8
PART_BYTES = 150_000
KEPT = (100_000, 4)
LONGEST_S = 1.0
"""After which time, at most, from the first row on a kill at a random moment comes."""
_FOR_EVER_S = 30.0
_SOON_S = 0.03


def run() -> list[Figure]:
    """Kill writers of one folder after the other, and look at each folder after each kill."""
    damage, dice, started = KillDamage(), random.Random(20261124), time.monotonic()
    reached: set[str] = set()
    kept = cycle(KEPT)
    while damage.kills < KILLS:
        with tempfile.TemporaryDirectory() as name:
            limits = RotationLimits(part_bytes=PART_BYTES, archives_kept=next(kept), reserve_bytes=0)
            recording = KilledRecording(Path(name) / "recording", limits, damage)
            until = min(KILLS, damage.kills + KILLS_A_FOLDER)
            for point in _points(dice, pruning=limits.archives_kept < KEPT[0]):
                if damage.kills >= until:
                    break
                if _kill(recording, point, dice):
                    reached.add(point)
                recording.reopen_and_judge()
        told = f"kill: {damage.kills} of {KILLS}, {time.monotonic() - started:.0f} s"
        print(told, *damage.broken[:5], sep="; ", file=sys.stderr)
    return _figures(damage, len(reached))


def _points(dice: random.Random, *, pruning: bool) -> Iterator[str]:
    """Yield, in turns, nothing for a random moment, and a point."""
    points = [*WRITING, *REPAIRING, *CLOSING, "open", "close", *(PRUNING if pruning else ())]
    while True:
        yield ""
        yield dice.choice(points)


def _kill(recording: KilledRecording, point: str, dice: random.Random) -> bool:
    """Kill once, or twice when the repair is to be killed; return whether the point was reached."""
    soon_s = dice.uniform(0.0, _SOON_S) if point in ("open", "close") else 0.0
    if point in REPAIRING or point == "open":
        # Something to repair comes first.
        recording.flood(_FOR_EVER_S, until_it_ends, "in compression", times=dice.randint(1, 4), delay_s=0.001)
        for stream in dice.sample(STREAMS, 2):
            recording.tear(stream)
        return recording.flood(0.0, until_it_ends, point, delay_s=soon_s).by_signal
    if point in CLOSING or point == "close":
        return recording.flood(dice.uniform(0.1, 0.4), until_it_ends, point, delay_s=soon_s).by_signal
    if point:
        delay_s = dice.choice((0.0, 0.0, dice.uniform(0.0, 0.003)))
        return recording.flood(_FOR_EVER_S, until_it_ends, point, times=dice.randint(1, 3), delay_s=delay_s).by_signal
    killed = recording.flood(_FOR_EVER_S, _at_random(recording, dice)).by_signal
    if dice.random() < 0.3:
        recording.tear(dice.choice(STREAMS))
    return killed


def _at_random(recording: KilledRecording, dice: random.Random) -> Callable[[subprocess.Popen[bytes]], None]:
    """Return what waits until rows are written, and then for a random time."""
    live = recording.folder / "logs.jsonl"
    known = live.stat().st_size if live.exists() else 0

    def wait(writer: subprocess.Popen[bytes]) -> None:
        while writer.poll() is None and not (live.exists() and live.stat().st_size != known):
            time.sleep(0.002)
        time.sleep(dice.uniform(0.0, LONGEST_S))

    return wait


def _figures(damage: KillDamage, points: int) -> list[Figure]:
    counted = {
        f"rows lost, older than {GRACE_S * 1e3:.0f} ms or whose hand-over had returned": damage.lost,
        "rows doubled": damage.doubled,
        "archives that do not open": len(damage.unreadable),
        "indexes, columns, answers of the reader or leftovers that are wrong": len(damage.wrong),
        "starts that told of a repair without need": len(damage.claimed),
    }
    told, all_told = f"{damage.told:,} of {damage.needed:,}", damage.told == damage.needed
    return [
        Figure(f"kills under {ROWS_S:,} rows/s, at {points} kinds of moments", f"{damage.kills:,}", goal=f"{KILLS}"),
        *(Figure(name, f"{count:,}", goal="0", met=count == 0) for name, count in counted.items()),
        Figure("rows lost that were just being handed over", f"{damage.lost_late:,}"),
        Figure("starts that mended and told, of those with need", told, goal="all", met=all_told),
    ]
