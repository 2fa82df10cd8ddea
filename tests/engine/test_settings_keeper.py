# SPDX-License-Identifier: GPL-3.0-only
"""The keeper of the settings: changes are in force at once and on the disk soon, whatever the disk does."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from mtleak_gui.core.setting_rules import RefusedValueError
from mtleak_gui.core.settings import Settings
from mtleak_gui.engine.disk_worker import DiskWorker
from mtleak_gui.engine.settings_keeper import SettingsKeeper
from mtleak_gui.storage.settings_file import SettingsFile


@pytest.fixture
def disk(qtbot: QtBot) -> Iterator[DiskWorker]:
    worker = DiskWorker()
    yield worker
    assert worker.stop()


@pytest.fixture
def keeper(disk: DiskWorker, tmp_path: Path) -> SettingsKeeper:
    file = SettingsFile(tmp_path)
    return SettingsKeeper(file.load().settings, file, disk)


def on_disk(folder: Path) -> Settings:
    return SettingsFile(folder).load().settings


def test_a_change_is_told_at_once_and_saved_by_itself(keeper: SettingsKeeper, qtbot: QtBot, tmp_path: Path) -> None:
    with qtbot.waitSignal(keeper.changed) as told:
        keeper.change_in("appearance", theme="dark")
    assert told.args == [keeper.settings]
    assert keeper.settings.appearance.theme == "dark"
    keeper.change(quick_marks=("one", "two"))
    qtbot.waitUntil(lambda: on_disk(tmp_path) == keeper.settings)
    assert keeper.stop() is None


def test_what_is_not_saved_yet_is_saved_at_the_end(keeper: SettingsKeeper, tmp_path: Path) -> None:
    keeper.change(rule_set="strict")
    assert not (tmp_path / "settings.json").exists()
    assert keeper.stop() is None
    assert on_disk(tmp_path).rule_set == "strict"


def test_nothing_is_told_or_written_when_nothing_changes(keeper: SettingsKeeper, qtbot: QtBot, tmp_path: Path) -> None:
    with qtbot.assertNotEmitted(keeper.changed):
        keeper.change(rule_set="standard")
    assert keeper.stop() is None
    assert list(tmp_path.iterdir()) == []


def test_a_refused_value_changes_nothing(keeper: SettingsKeeper, qtbot: QtBot) -> None:
    before = keeper.settings
    with qtbot.assertNotEmitted(keeper.changed), pytest.raises(RefusedValueError, match="1 to 4,096 MiB"):
        keeper.change_in("recording", part_mib=0)
    assert keeper.settings is before


def test_work_that_was_begun_late_does_not_bring_back_an_older_value(
    keeper: SettingsKeeper, disk: DiskWorker, qtbot: QtBot, tmp_path: Path
) -> None:
    keeper.change(rule_set="strict")
    keeper._save()
    keeper.change(rule_set="standard", quick_marks=("last",))
    assert keeper.stop() is None
    assert disk.stop()
    assert on_disk(tmp_path) == replace(Settings(), quick_marks=("last",))


def test_trouble_with_the_disk_is_told_once_and_the_change_is_kept(
    disk: DiskWorker, qtbot: QtBot, tmp_path: Path
) -> None:
    in_the_way = tmp_path / "settings"
    in_the_way.write_text("a file where the folder should be")
    keeper = SettingsKeeper(Settings(), SettingsFile(in_the_way), disk)
    with qtbot.waitSignal(keeper.save_failed) as told:
        keeper.change(rule_set="strict")
    assert str(told.args[0]).startswith("The settings could not be saved.")
    sentence = keeper.stop()
    assert sentence is not None
    assert "could not be saved" in sentence
    in_the_way.unlink()
    assert keeper.stop() is None
    assert on_disk(in_the_way).rule_set == "strict"
    assert [path.name for path in in_the_way.iterdir()] == ["settings.json"]
