# SPDX-License-Identifier: GPL-3.0-only
"""A board is asked nothing before the tester has confirmed it, with Cancel in focus; what is asked shows everywhere."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication, QLabel, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from mtleak_gui.core.addresses import SerialAddress
from mtleak_gui.ui.devices.acting_words import asking_question
from mtleak_gui.ui.dialogs.confirm_dialog import ConfirmDialog
from mtleak_gui.ui.pages.overview.board_section import BoardSection
from mtleak_gui.ui.pages.overview.board_tile import BoardTile
from mtleak_gui.ui.pages.overview.more_info import MoreInfo
from mtleak_gui.ui.theme.theme_keeper import ThemeKeeper
from mtleak_gui.ui.widgets.labelled_combo import LabelledCombo
from mtleak_gui.ui.widgets.switch import Switch
from tests.engine.bench_kit import board_on_pty, board_on_tcp
from tests.ui.hands import press, words
from tests.ui.overview_stage import PICTURES, Stage, has_heap, overview

SOON = 10_000


def details(stage: Stage, port: str) -> MoreInfo:
    """Open what is known of a board."""
    stage.page.show_more(port)
    return next(found for found in stage.page.window().findChildren(MoreInfo) if found.isVisible())


def question(qtbot: QtBot, dialog: MoreInfo) -> ConfirmDialog:
    """Return the question that stands open."""

    def asked() -> list[ConfirmDialog]:
        return [found for found in dialog.findChildren(ConfirmDialog) if found.isVisible()]

    qtbot.waitUntil(lambda: bool(asked()), timeout=SOON)
    (found,) = asked()
    for text in found.findChildren(QLabel):
        if text.wordWrap():
            assert text.height() >= text.heightForWidth(text.width()), text.text()
    return found


def said(widget: QWidget) -> str:
    """Return all words that can be seen."""
    return "\n".join(words(widget)).replace("\u200b", "")


def keep(widget: MoreInfo | ConfirmDialog | BoardTile, name: str, theme: ThemeKeeper) -> None:
    QApplication.processEvents()
    PICTURES.mkdir(parents=True, exist_ok=True)
    assert widget.grab().save(str(PICTURES / f"{name}-{'dark' if theme.is_dark else 'light'}.png"))


def test_asking_is_confirmed_shown_and_ended(tmp_path: Path, qtbot: QtBot, each_theme: ThemeKeeper) -> None:
    with overview(qtbot, tmp_path, each_theme) as stage, board_on_tcp() as address:
        bench = stage.bench
        bench.connect_board(address)
        qtbot.waitUntil(lambda: has_heap(bench), timeout=SOON)
        stage.page.refresh()
        dialog = details(stage, address.port)
        (switch,) = dialog.findChildren(Switch)
        assert "Over the network no board sends log lines" in said(dialog)

        switch.click()
        asked = question(qtbot, dialog)
        assert not switch.isChecked()
        told = said(asked)
        for part in ("Every 11 s", "Nothing goes on the air", "firmware#9632", "until you switch it off"):
            assert part in told
        cancel = next(made for made in asked.findChildren(QPushButton) if made.text() == "Cancel")
        assert cancel.isDefault()
        keep(asked, "confirm-asking", each_theme)
        press(asked, "Cancel")
        assert bench.acts.state(address.port).asking is None

        switch.click()
        press(question(qtbot, dialog), "Ask every 11 s")
        qtbot.waitUntil(lambda: "1 of 1 answered" in said(dialog), timeout=SOON)
        assert switch.isChecked()
        (tile,) = stage.page.findChildren(BoardTile)
        qtbot.waitUntil(lambda: "Asking every 11 s" in said(tile), timeout=SOON)
        keep(dialog, "more-info-asking", each_theme)
        keep(tile, "tile-asking", each_theme)

        combo = dialog.findChildren(LabelledCombo)[0]
        combo.setCurrentIndex(combo.findText("5 min"))
        combo.activated.emit(combo.currentIndex())
        qtbot.waitUntil(lambda: "Asking every 5 min" in said(dialog), timeout=SOON)
        switch.click()
        qtbot.waitUntil(lambda: "Asking every" not in said(dialog), timeout=SOON)
        assert not switch.isChecked()


def test_the_debug_log_is_switched_by_a_button_that_says_what_it_does(
    tmp_path: Path, qtbot: QtBot, each_theme: ThemeKeeper
) -> None:
    with overview(qtbot, tmp_path, each_theme) as stage, board_on_pty() as path:
        bench = stage.bench
        bench.connect_board(SerialAddress(path), "api")
        qtbot.waitUntil(lambda: has_heap(bench), timeout=SOON)
        dialog = details(stage, path)
        press(dialog, "Turn off debug log… (reboots the board)")
        asked = question(qtbot, dialog)
        for part in ("restarts in 7 s", "new heap curve", "written back as they were read"):
            assert part in said(asked)
        keep(asked, "confirm-debug-log", each_theme)
        press(asked, "Turn off (reboots the board)")
        qtbot.waitUntil(lambda: bench.acts.state(path).switch is not None, timeout=SOON)
        qtbot.waitUntil(lambda: "the board restarts…" in said(dialog), timeout=SOON)
        keep(dialog, "more-info-switching", each_theme)


def test_a_console_shows_that_it_cannot_ask(tmp_path: Path, qtbot: QtBot, theme: ThemeKeeper) -> None:
    with overview(qtbot, tmp_path, theme) as stage, board_on_pty() as path:
        bench = stage.bench
        bench.connect_board(SerialAddress(path), "console")
        qtbot.waitUntil(lambda: bench.current is not None and bench.current.link.phase == "live", timeout=SOON)
        dialog = details(stage, path)
        (section,) = dialog.findChildren(BoardSection)
        assert said(section).count("A console only listens") == 2
        assert not section.findChildren(Switch)[0].isEnabled()
        bench.disconnect_board(path)


@pytest.mark.parametrize(("firmware", "warned"), [("2.5.13.1a06f88", True), ("2.7.26.54e0d8d", False), (None, False)])
def test_a_firmware_that_never_answers_is_told_before(firmware: str | None, warned: bool) -> None:
    text = asking_question("bench-a", firmware, 11).text
    assert ("2.5.14 is the first that does" in text) is warned
