# SPDX-License-Identifier: GPL-3.0-only
"""Settings: what may be set, and that junk in one field costs that field only."""

from __future__ import annotations

import json
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mtleak_gui.core.setting_rules import RefusedValueError
from mtleak_gui.core.settings import (
    Appearance,
    Devices,
    KnownBoard,
    LogPreset,
    NetworkNode,
    Recording,
    Settings,
    WindowState,
    settings_from,
)

FULL = Settings(
    appearance=Appearance(theme="dark", density="compact", log_font_px=16),
    recording=Recording("/data/leaks", 50, 7, 900, auto_record=False, keep_awake=False),
    devices=Devices(
        (KnownBoard("usb:239a:8029:9F2C", "bench-a", "console", auto_connect=True, last_used=1_795_021_600.5),),
        (NetworkNode("tcp://192.168.1.40:4403", "roof"),),
    ),
    quick_marks=("burst", "Zürich ☃"),
    log_presets=(LogPreset("Mine", {"levels": ["WARN"], "since": None}),),
    rule_set="strict",
    ignored_fixes=("log_api_off:bench-a",),
    window=WindowState("QUJD", "heap", sidebar_collapsed=True, span="1h30m", views={"heap": {"axis": "uptime"}}),
    keys={"record": "Ctrl+Alt+R", "mark": ""},
)
json_values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=20),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=10), inner, max_size=4),
    max_leaves=12,
)


def test_settings_come_back_from_json_as_they_were() -> None:
    assert settings_from(json.loads(json.dumps(FULL.plain()))) == (FULL, ())


def test_an_empty_object_means_defaults_without_a_complaint() -> None:
    assert settings_from({}) == (Settings(), ())
    assert Settings().quick_marks == ("burst", "tx", "ble")
    assert (Settings().recording.part_mib, Settings().recording.archives_kept) == (100, 20)


def test_junk_in_one_field_costs_that_field_only_and_is_told() -> None:
    value = FULL.plain() | {
        "appearance": {"theme": "pink", "log_font_px": 14},
        "recording": {"part_mib": True, "archives_kept": 0, "reserve_mb": 600},
        "quick_marks": "burst",
    }
    settings, misfits = settings_from(value)
    assert settings.appearance == Appearance(log_font_px=14)
    assert settings.recording == Recording(reserve_mb=600)
    assert settings.quick_marks == ("burst", "tx", "ble")
    assert settings.devices == FULL.devices
    assert [misfit.path for misfit in misfits] == [
        "appearance.theme",
        "recording.part_mib",
        "recording.archives_kept",
        "quick_marks",
    ]
    assert misfits[2].reason == "0 is not allowed here. Allowed: 1 to 10,000 archives of each stream."


def test_a_board_without_its_key_or_given_twice_is_left_out_alone() -> None:
    boards = [{"name": "no key"}, {"key": "a", "name": "first"}, {"key": "a"}, 3, {"key": "b", "capture": "ble"}]
    settings, misfits = settings_from({"devices": {"boards": boards}})
    assert settings.devices.boards == (KnownBoard("a", "first"), KnownBoard("b"))
    assert {misfit.path for misfit in misfits} >= {"devices.boards[0]", "devices.boards[2]", "devices.boards[3]"}


@pytest.mark.parametrize(
    ("section", "field", "value", "allowed"),
    [
        (Recording(), "part_mib", 0, "part mib: 0 is not allowed here. Allowed: 1 to 4,096 MiB."),
        (Recording(), "part_mib", 5_000, "1 to 4,096 MiB"),
        (Recording(), "folder", "leaks", "the whole path of a folder"),
        (Appearance(), "theme", "blue", "system, light or dark"),
        (Appearance(), "log_font_px", 12.0, "9 to 28 px"),
        (KnownBoard("a"), "name", "two\nlines", "0 to 40 printable characters"),
        (KnownBoard("a"), "last_used", float("nan"), "a time in seconds"),
        (Settings(), "quick_marks", tuple("abcdefghij"), "at most 9 different lines"),
        (Settings(), "rule_set", "lenient", "standard or strict"),
        (WindowState(), "views", {"heap": {1, 2}}, "a JSON object"),
    ],
)
def test_a_refused_value_is_named_with_what_is_allowed(
    section: object, field: str, value: object, allowed: str
) -> None:
    with pytest.raises(RefusedValueError) as refused:
        replace(section, **{field: value})  # type: ignore[type-var]  # one of several dataclasses
    assert allowed in str(refused.value)


def test_names_are_kept_without_the_spaces_round_them_and_marks_without_doubles() -> None:
    assert KnownBoard("a", name="  bench  ").name == "bench"
    assert Settings(quick_marks=("tx", "tx ", "ble")).quick_marks == ("tx", "ble")


def test_a_page_cannot_change_the_view_state_that_it_handed_over() -> None:
    view = {"axis": "local"}
    window = WindowState(views={"heap": view})
    view["axis"] = "uptime"
    assert window.views == {"heap": {"axis": "local"}}


@given(json_values)
def test_no_json_value_makes_reading_fail(value: object) -> None:
    settings, _misfits = settings_from(value)
    assert isinstance(settings, Settings)


@given(st.fixed_dictionaries({}, optional=dict.fromkeys(Settings().plain(), json_values)))
def test_junk_in_known_names_still_gives_settings_that_can_be_kept(value: dict[str, object]) -> None:
    settings, _misfits = settings_from(value)
    assert settings_from(settings.plain()) == (settings, ())
