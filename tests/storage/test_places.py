# SPDX-License-Identifier: GPL-3.0-only
"""Where things lie, and names that each system takes for a folder."""

from __future__ import annotations

from pathlib import Path

import pytest

from mtleak_gui.storage.places import Places, folder_name


def test_everything_lies_in_the_users_home(home: Path) -> None:
    places = Places.of_system({})
    for place in (places.recordings, places.reports, places.settings, places.logs):
        assert place.is_relative_to(home)
        assert "mtleak-gui" in place.parts
    assert places.default_recording.parent == places.recordings


def test_recordings_go_where_the_environment_says(tmp_path: Path) -> None:
    places = Places.of_system({"MTLEAK_RECORDINGS": str(tmp_path / "elsewhere")})
    assert places.recordings == tmp_path / "elsewhere"
    assert not places.reports.is_relative_to(tmp_path / "elsewhere")


@pytest.mark.parametrize(
    ("title", "name"),
    [
        ("Night run, board A", "Night run, board A"),
        ("a/b\\c:d*e?", "a b c d e"),
        ("  ..\x00\t. ", "recording"),
        ("", "recording"),
        ("COM1.log", "recording COM1.log"),
        ("nul", "recording nul"),
        ("ends with dots...", "ends with dots"),
        ("Zürich ☃", "Zürich ☃"),
        ("half \ud800 pair", "half pair"),
    ],
)
def test_a_title_becomes_a_name_that_all_systems_take(title: str, name: str) -> None:
    assert folder_name(title) == name


def test_a_long_title_is_cut_at_a_whole_character() -> None:
    name = folder_name("é" * 300)
    assert len(name.encode()) <= 80
    assert set(name) == {"é"}


def test_a_taken_name_gets_a_number_whatever_its_case(tmp_path: Path) -> None:
    places = Places.of_system({"MTLEAK_RECORDINGS": str(tmp_path / "recordings")})
    first = places.new_recording("Leak")
    assert first.name == "Leak"
    first.mkdir(parents=True)
    second = places.new_recording("LEAK")
    assert second.name == "LEAK 2"
    second.mkdir()
    assert places.new_recording("leak").name == "leak 3"
    assert places.new_recording("Default").name == "Default 2"
