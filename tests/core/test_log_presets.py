# SPDX-License-Identifier: GPL-3.0-only
"""Presets find what their names say, and come back from the settings as they were kept."""

from __future__ import annotations

import json

import pytest

from mtleak_gui.core.log_filter import ALL_LEVELS, LogFilter
from mtleak_gui.core.log_presets import BUILT_IN, preset_json, preset_of
from mtleak_gui.core.regex_weight import shape_of
from tests.core.log_by_hand import filtered, numbers, store_of

WANTED = {preset.name: preset.wanted for preset in BUILT_IN}


@pytest.mark.parametrize(
    ("name", "line"),
    [
        ("Memory", "------ Thread Router leaked heap 66080 -> 65632 (-448) ------"),
        ("Memory", "Heap: 107952/294912 bytes free (-408 since last), min 106980, largest block 73716"),
        ("Memory", "Heap status: 65936/294912 bytes free (-144), running 11/24 threads"),
        ("Memory", "MemAudit[boot]: nodeDB=1 total=2"),
        ("Memory", "Unable to allocate packet, out of memory"),
        ("Memory", "CORRUPT HEAP: Bad head at 0x3fce"),
        ("Memory", "assert failed: tlsf_free tlsf.c:1120 (multi_heap_poisoning)"),
        ("Reboots", "rst:0x1 (POWERON),boot:0x13"),
        ("Reboots", "S:B:43,2.7.26.54e0d8d,heltec-v3,meshtastic/firmware"),
        ("Reboots", "Guru Meditation Error: Core  1 panic'ed (LoadProhibited)"),
        ("Reboots", "Reset reason: 0x4"),
        ("Reboots", "Rebooting in 5 s"),
        ("Reboots", "Brownout detector was triggered"),
        ("Errors", "ERROR | 12:00:00 5 [Main] no"),
        ("Errors", "CRIT  | 12:00:00 5 [Main] no"),
        ("Marks", "[mark] burst"),
    ],
)
def test_presets_find_what_they_are_for(name: str, line: str) -> None:
    store = store_of([line, "INFO  | 12:00:00 5 [Power] Battery: usbPower=1"])
    assert numbers(filtered(store, WANTED[name])) == [0]


@pytest.mark.parametrize("wanted", WANTED.values(), ids=WANTED)
def test_presets_are_quick(wanted: LogFilter) -> None:
    assert not shape_of(wanted.pattern, 0).heavy


@pytest.mark.parametrize(
    "wanted",
    [
        *WANTED.values(),
        LogFilter("a|b", regex=False, match_case=True, negate=True, levels=frozenset(), thread="Router"),
    ],
)
def test_a_filter_comes_back_as_it_was_kept(wanted: LogFilter) -> None:
    assert preset_of(json.loads(json.dumps(preset_json(wanted)))) == wanted


def test_what_does_not_fit_has_its_default() -> None:
    kept: dict[str, object] = {
        "pattern": None,
        "regex": "no",
        "match_case": 1,
        "levels": ["INFO", 5],
        "thread": 7,
        "more": {},
    }
    assert preset_of(kept) == LogFilter()
    assert preset_of({"levels": ["INFO", "NONSENSE"]}).levels == {"INFO"}
    assert len(preset_of({"pattern": "x" * 5000}).pattern) == 1000
    assert preset_of({}).levels == ALL_LEVELS
