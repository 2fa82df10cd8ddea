# SPDX-License-Identifier: GPL-3.0-only
"""The page of settings: what is chosen is in force, what is refused says why, and it can all be done by keyboard."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Literal

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QPushButton, QWidget
from pytestqt.qtbot import QtBot

from mtleak_gui.core.leakhunt.rules import STANDARD, STRICT
from mtleak_gui.core.records import Batch, HeardLine, LogLine, RawEvent, RawLine
from mtleak_gui.engine.bench import Bench
from mtleak_gui.engine.settings_keeper import SettingsKeeper
from mtleak_gui.storage.places import Places
from mtleak_gui.ui.pages.settings.about_section import AboutSection
from mtleak_gui.ui.pages.settings.bound_rows import ChoiceRow, NumberRow, SwitchRow
from mtleak_gui.ui.pages.settings.developer_section import DeveloperSection
from mtleak_gui.ui.pages.settings.recording_section import FolderRow
from mtleak_gui.ui.pages.settings.rules_section import RulesSection
from mtleak_gui.ui.pages.settings.section import Section
from mtleak_gui.ui.pages.settings.settings_page import SettingsPage
from mtleak_gui.ui.theme.theme_keeper import ThemeKeeper
from tests.ui.settings.page_hands import named, row, shown, words, write


def test_a_choice_is_in_force_at_once(page: SettingsPage, keeper: SettingsKeeper) -> None:
    theme = row(page.show_section("appearance"), ChoiceRow, "Theme")
    named(theme, "Theme: Dark").click()
    assert keeper.settings.appearance.theme == "dark"
    keeper.change_in("appearance", theme="light")
    assert theme.control.key == "light"


def test_a_switch_goes_by_keyboard_and_follows_changes_made_elsewhere(
    page: SettingsPage, keeper: SettingsKeeper
) -> None:
    switch = row(page.show_section("recording"), SwitchRow, "Record on connect").control
    assert switch.isChecked()
    QTest.keyClick(switch, Qt.Key.Key_Space)
    assert not keeper.settings.recording.auto_record
    keeper.change_in("recording", auto_record=True)
    assert switch.isChecked()


def test_a_number_is_taken_or_refused_with_what_is_allowed(page: SettingsPage, keeper: SettingsKeeper) -> None:
    part = row(page.show_section("recording"), NumberRow, "Size of a part")
    write(part.control, "2,048")
    assert keeper.settings.recording.part_mib == 2_048
    assert part.refusal == ""
    write(part.control, "0")
    assert part.refusal == "0 is not allowed here. Allowed: 1 to 4,096 MiB."
    assert part.control.text() == "0"
    write(part.control, "much")
    assert part.refusal.startswith("'much' is not allowed here.")
    assert keeper.settings.recording.part_mib == 2_048
    QTest.keyClick(part.control, Qt.Key.Key_Escape)
    assert (part.control.text(), part.refusal) == ("2,048", "")
    QTest.keyClick(part.control, Qt.Key.Key_Up)
    assert keeper.settings.recording.part_mib == 2_049


def test_a_folder_is_taken_and_given_up_again(page: SettingsPage, keeper: SettingsKeeper, tmp_path: Path) -> None:
    folder = row(page.show_section("recording"), FolderRow, "Folder of recordings")
    assert str(tmp_path / "recordings") in words(folder)
    folder.put(str(tmp_path / "leaks"))
    assert keeper.settings.recording.folder == str(tmp_path / "leaks")
    assert str(tmp_path / "leaks") in words(folder)
    folder.put("leaks")
    assert "whole path" in folder.refusal
    next(button for button in folder.findChildren(QPushButton) if button.text() == "Usual folder").click()
    assert keeper.settings.recording.folder is None


def test_the_rules_of_the_chosen_set_are_shown_in_their_order(
    page: SettingsPage, keeper: SettingsKeeper, qtbot: QtBot
) -> None:
    section = shown(page, "rules", RulesSection)
    with qtbot.waitSignal(section.built, timeout=30_000):
        pass
    # What was added last is laid out and shown in the next turn of the event loop.
    qtbot.waitUntil(lambda: "The board has no memory left for what it must do." in words(section))
    text = words(section)
    places = [text.index(rule.headline.title) for rule in STANDARD.rules]
    assert places == sorted(places)
    assert "Slope below -50 per minute, range over 1,000, no restart, and the leak flag holds." in text
    assert "60 days" in text
    named(section, f"Rule set of new verdicts: {STRICT.title}").click()
    assert keeper.settings.rule_set == "strict"
    assert "Any connection_lost event at which the heap jumped up." in words(section)
    assert "60 days" not in words(section)


def test_privacy_tells_where_things_lie(page: SettingsPage, places: Places) -> None:
    section = page.show_section("privacy")
    assert section is not None
    text = words(section)
    assert "Nothing leaves this computer" in text
    assert all(str(place) in text for place in (places.recordings, places.reports, places.settings, places.logs))


def test_the_developer_section_shows_what_is_heard_while_it_is_shown(
    page: SettingsPage, bench: Bench, qtbot: QtBot
) -> None:
    section = shown(page, "developer", DeveloperSection)
    late = HeardLine(RawLine(20.0, "ttyUSB0", "serial", "INFO <b>\x1b[31m"), LogLine("INFO"))
    bench.batch_taken.emit(Batch(lines=(late,), events=(RawEvent(10.0, "connection_lost"),)))
    qtbot.waitUntil(lambda: section.heard.toPlainText() != "")
    rows = [json.loads(line) for line in section.heard.toPlainText().splitlines()]
    assert rows == [
        {"stream": "events", "ts": 10.0, "kind": "connection_lost"},
        {"stream": "logs", "ts": 20.0, "port": "ttyUSB0", "role": "serial", "text": "INFO <b>\x1b[31m"},
    ]
    assert json.loads(section.status.toPlainText())["running"] is False
    page.show_section("about")
    bench.batch_taken.emit(Batch(events=(RawEvent(30.0, "unseen"),)))
    page.show_section("developer")
    assert "unseen" not in section.heard.toPlainText()


def test_versions_are_told_and_copied(page: SettingsPage, qtbot: QtBot) -> None:
    section = shown(page, "about", AboutSection)
    qtbot.waitUntil(lambda: "pyqtgraph" in words(section))
    assert "GPL-3.0-only" in words(section)
    named(section, "Copy versions").click()
    assert QGuiApplication.clipboard().text().startswith("MT Leakhunt ")


def test_the_section_comes_back_and_an_unknown_one_is_passed_over(page: SettingsPage) -> None:
    page.show_section("rules")
    assert page.view_state() == {"section": "rules"}
    page.restore_view({"section": "palette"})
    assert page.shown == "rules"
    page.restore_view({"section": "privacy"})
    assert page.shown == "privacy"
    QTest.keyClick(page, Qt.Key.Key_PageDown, Qt.KeyboardModifier.ControlModifier)
    assert page.shown == "developer"


@pytest.mark.parametrize("look", ["light", "dark"])
@pytest.mark.parametrize("size", [(1080, 716), (904, 516)])
def test_every_section_fits_its_width(
    page: SettingsPage, theme: ThemeKeeper, size: tuple[int, int], look: Literal["light", "dark"]
) -> None:
    theme.choose(look)
    page.resize(*size)
    for key in ("appearance", "recording", "devices", "quick_marks", "keys", "rules", "privacy", "developer", "about"):
        section = page.show_section(key)
        assert isinstance(section, Section)
        QTest.qWait(1)
        inside: QWidget | None = section.widget()
        assert inside is not None
        assert inside.minimumSizeHint().width() <= section.viewport().width(), key
