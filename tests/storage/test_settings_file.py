# SPDX-License-Identifier: GPL-3.0-only
"""The settings file: read whatever is in it, written so that nothing of it is lost."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

import pytest

from mtleak_gui.core.settings import Settings
from mtleak_gui.storage.settings_file import SettingsFile


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path / "not there yet" / "settings"


def written(folder: Path) -> dict[str, object]:
    value: dict[str, object] = json.loads((folder / "settings.json").read_text("utf-8"))
    return value


def test_without_a_file_the_defaults_hold_and_nothing_is_told(folder: Path) -> None:
    assert SettingsFile(folder).load() == (Settings(), ())
    assert not folder.exists()


def test_what_was_saved_is_there_at_the_next_start(folder: Path) -> None:
    settings = Settings(quick_marks=("Zürich ☃",), rule_set="strict")
    SettingsFile(folder).save(settings)
    assert SettingsFile(folder).load() == (settings, ())
    assert [path.name for path in folder.iterdir()] == ["settings.json"]


def test_a_broken_file_is_kept_aside_and_told(folder: Path) -> None:
    folder.mkdir(parents=True)
    for number, text in enumerate(["{half", "[1, 2]"]):
        (folder / "settings.json").write_text(text)
        settings, told = SettingsFile(folder).load()
        aside = ("settings.broken.json", "settings.broken-2.json")[number]
        assert settings == Settings()
        assert len(told) == 1
        assert f"the file is kept as {aside}" in told[0]
        assert (folder / aside).read_text() == text
        SettingsFile(folder).save(Settings(rule_set="strict"))


def test_a_refused_value_is_told_and_stays_in_the_file_until_it_is_changed(folder: Path) -> None:
    folder.mkdir(parents=True)
    value = {"appearance": {"theme": "sepia", "log_font_px": 15}, "later": {"version": 2}}
    (folder / "settings.json").write_text(json.dumps(value))
    file = SettingsFile(folder)
    settings, told = file.load()
    assert settings.appearance.log_font_px == 15
    assert told == ("Setting appearance.theme: 'sepia' is not allowed here. Allowed: system, light or dark.",)
    file.save(replace(settings, rule_set="strict"))
    assert written(folder) == value | {"rule_set": "strict"}


def test_two_instances_keep_each_others_changes(folder: Path) -> None:
    first, second = SettingsFile(folder), SettingsFile(folder)
    start = first.load().settings
    second.load()
    first.save(replace(start, appearance=replace(start.appearance, theme="dark")))
    second.save(replace(start, appearance=replace(start.appearance, log_font_px=18), rule_set="strict"))
    first.save(replace(start, appearance=replace(start.appearance, theme="dark"), ignored_fixes=("a",)))
    settings = SettingsFile(folder).load().settings
    assert (settings.appearance.theme, settings.appearance.log_font_px) == ("dark", 18)
    assert (settings.rule_set, settings.ignored_fixes) == ("strict", ("a",))


def test_a_value_put_back_to_its_default_is_saved_too(folder: Path) -> None:
    file = SettingsFile(folder)
    file.save(Settings(rule_set="strict", keys={"mark": ""}))
    file.save(Settings())
    assert SettingsFile(folder).load() == (Settings(), ())


def test_a_folder_that_cannot_be_written_is_an_error_and_leaves_the_file_alone(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("in the way")
    with pytest.raises(OSError, match="file"):
        SettingsFile(tmp_path / "file").save(Settings())


def test_settings_that_cannot_be_read_are_told_and_not_destroyed(tmp_path: Path) -> None:
    (tmp_path / "settings.json").mkdir()
    file = SettingsFile(tmp_path)
    settings, told = file.load()
    assert settings == Settings()
    assert "cannot be read" in told[0]
    with pytest.raises(OSError, match=r"settings\.json"):
        file.save(Settings(rule_set="strict"))
