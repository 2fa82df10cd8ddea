# SPDX-License-Identifier: GPL-3.0-only
"""Recordings that were copied together, turned or merged give the verdict of the recording that they came from."""

from __future__ import annotations

from pathlib import Path

import pytest

from mtleak_gui.core.leakhunt.analyse import analyse
from mtleak_gui.core.leakhunt.judge import judge
from mtleak_gui.core.leakhunt.question import Question
from mtleak_gui.core.leakhunt.verdict import Verdict
from mtleak_gui.storage.evidence_reader import EvidenceReader
from tests.leakhunt_scenarios.catalogue import scenarios
from tests.leakhunt_scenarios.on_disk import write_recording
from tests.leakhunt_scenarios.rearranged import REARRANGEMENTS, merged, rearranged
from tests.leakhunt_scenarios.truth import Labelled

MADE = {one.name: one for one in scenarios(range(1, 2), wild=False)}
FAMILIES = ["steady", "leak", "clients", "suspect", "restart", "wrap", "low_failure"]


def verdict_on(folder: Path, one: Labelled) -> Verdict:
    asked = one.evidence.request
    question = Question((asked.start, asked.end), asked.end, asked.port)
    return judge(analyse(EvidenceReader(folder).read(question)))


@pytest.mark.parametrize("name", FAMILIES)
def test_rows_that_stand_twice_or_turned_around_give_the_same_verdict(name: str, tmp_path: Path) -> None:
    one = MADE[name]
    recording = write_recording(one.evidence, tmp_path / "as recorded")
    before = verdict_on(recording, one)
    for words, how in REARRANGEMENTS.items():
        after = verdict_on(rearranged(recording, tmp_path / words, how), one)
        assert after.headline == before.headline, words
        assert len(after.measures.restarts) == len(before.measures.restarts), words
        assert after.measures.slope == pytest.approx(before.measures.slope, rel=0.01, abs=1.0), words


@pytest.mark.parametrize("name", FAMILIES)
def test_a_second_board_in_the_recording_changes_nothing_for_the_first(name: str, tmp_path: Path) -> None:
    one, other = MADE[name], MADE["leak_and_reboot"]
    recording = write_recording(one.evidence, tmp_path / "alone")
    before = verdict_on(recording, one)
    after = verdict_on(merged(recording, other.evidence, tmp_path / "merged"), one)
    assert after.sentence == before.sentence
    assert after.measures == before.measures
