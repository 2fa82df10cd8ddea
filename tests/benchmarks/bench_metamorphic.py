# SPDX-License-Identifier: GPL-3.0-only
"""How many verdicts change when a window is changed in ways that should change nothing, over many scenarios."""

from __future__ import annotations

import tempfile
from collections.abc import Callable
from pathlib import Path

import numpy as np

from mtleak_gui.core.leakhunt.analyse import analyse
from mtleak_gui.core.leakhunt.evidence import Evidence
from mtleak_gui.core.leakhunt.judge import judge
from mtleak_gui.core.leakhunt.question import Question
from mtleak_gui.core.leakhunt.verdict import Verdict
from mtleak_gui.storage.evidence_reader import EvidenceReader
from tests.benchmarks.figures import Figure
from tests.leakhunt_scenarios.catalogue import scenarios
from tests.leakhunt_scenarios.on_disk import write_recording
from tests.leakhunt_scenarios.rearranged import REARRANGEMENTS, merged, rearranged
from tests.leakhunt_scenarios.transformations import raised, shifted, thinned, told_twice
from tests.leakhunt_scenarios.truth import Labelled

_SEEDS, _SEEDS_ON_DISK = range(1, 13), range(1, 4)
_CHANCE = np.random.default_rng(20_261_124)
_CHANGES: dict[str, tuple[Callable[[Evidence], Evidence], float]] = {
    "another date": (lambda evidence: shifted(evidence, 31_569_945.678), 0.0),
    "each reading told twice": (told_twice, 0.0),
    "20,000 B more memory (low memory is no longer low)": (lambda evidence: raised(evidence, 20_000.0), 0.0),
    "10 % of the samples missing": (lambda evidence: thinned(evidence, 0.1, _CHANCE), 0.02),
}
"""By name: the change, and the share of headlines that may change by it."""


def run() -> list[Figure]:
    """Return, for each change, how many headlines it changed."""
    figures = []
    for wild in (False, True):
        kind = "wild" if wild else "textbook"
        figures += _in_memory(list(scenarios(_SEEDS, wild=wild)), kind)
        figures += _on_disk([one for one in scenarios(_SEEDS_ON_DISK, wild=wild) if not _steps_back(one)], kind)
    return figures


def _in_memory(made: list[Labelled], kind: str) -> list[Figure]:
    before = [_verdict(one.evidence).headline for one in made]
    figures = []
    for name, (change, allowed) in _CHANGES.items():
        changed = [
            one.name
            for one, was in zip(made, before, strict=True)
            if _verdict(change(one.evidence)).headline != was and (one.name != "low_failure" or allowed > 0)
        ]
        figures.append(_figure(name, kind, len(made), changed, allowed))
    return figures


def _on_disk(made: list[Labelled], kind: str) -> list[Figure]:
    changed: dict[str, list[str]] = {name: [] for name in [*REARRANGEMENTS, "another board in the recording"]}
    for number, one in enumerate(made):
        with tempfile.TemporaryDirectory() as name:
            folder = Path(name)
            recording = write_recording(one.evidence, folder / "recording")
            before = _read(recording, one)
            for words, how in REARRANGEMENTS.items():
                if _read(rearranged(recording, folder / words, how), one).headline != before.headline:
                    changed[words].append(one.name)
            other = made[(number + 7) % len(made)].evidence
            if _read(merged(recording, other, folder / "merged"), one).sentence != before.sentence:
                changed["another board in the recording"].append(one.name)
    # With a step of the host's clock in it, a file that is turned around can be read in two ways.
    return [_figure(name, kind, len(made), those, 0.02 * (kind == "wild")) for name, those in changed.items()]


def _figure(name: str, kind: str, asked: int, changed: list[str], allowed: float) -> Figure:
    told = f"{len(changed)} of {asked}" + (f" ({', '.join(sorted(changed)[:4])})" if changed else "")
    met = len(changed) <= allowed * asked
    return Figure(f"headlines changed by: {name} ({kind})", told, goal=f"{allowed:.0%}", met=met)


def _verdict(evidence: Evidence) -> Verdict:
    return judge(analyse(evidence))


def _read(folder: Path, one: Labelled) -> Verdict:
    asked = one.evidence.request
    return judge(analyse(EvidenceReader(folder).read(Question((asked.start, asked.end), asked.end, asked.port))))


def _steps_back(one: Labelled) -> bool:
    ts = one.evidence.uptime_ts
    return bool((ts[1:] < ts[:-1]).any())
