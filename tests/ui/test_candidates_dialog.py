# SPDX-License-Identifier: GPL-3.0-only
"""Which of two ports is the board: both are described, one is chosen, or nobody is opened."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QPushButton
from pytestqt.qtbot import QtBot

from mtleak_gui.core.candidates import Candidates
from mtleak_gui.core.port_offer import PortOffer
from mtleak_gui.ui.dialogs.candidates_dialog import CandidatesDialog
from mtleak_gui.ui.theme.theme_keeper import ThemeKeeper
from tests.ui.hands import words

PICTURES = Path(__file__).parents[2] / "build" / "links"
KEY = "usb:10c4:ea60:0001"
FIRST = PortOffer("/dev/ttyUSB1", "CP210x", "Silicon Labs", "likely", KEY, False, "10c4:ea60", "s/n 0001", "1-2.3")
OTHER = FIRST._replace(device="/dev/ttyUSB2", socket="1-2.4", in_use_by="minicom")
ASKED = Candidates("/dev/ttyUSB0", "heltec-b", (FIRST, OTHER))


@pytest.fixture
def dialog(qtbot: QtBot, each_theme: ThemeKeeper) -> CandidatesDialog:
    made = CandidatesDialog(each_theme, ASKED)
    qtbot.addWidget(made)
    with qtbot.waitExposed(made):
        made.show()
    PICTURES.mkdir(parents=True, exist_ok=True)
    assert made.grab().save(str(PICTURES / f"candidates-{'dark' if each_theme.is_dark else 'light'}.png"))
    return made


def _this_one(dialog: CandidatesDialog, port: str) -> QPushButton:
    buttons = dialog.findChildren(QPushButton)
    return next(made for made in buttons if made.accessibleName() == f"This one: {port}")


def test_ports_are_told_apart_as_far_as_is_known(dialog: CandidatesDialog) -> None:
    told = words(dialog)
    assert "Which one is heltec-b?" in told
    assert "CP210x · 10c4:ea60 · s/n 0001 · socket 1-2.3" in told
    assert "CP210x · 10c4:ea60 · s/n 0001 · socket 1-2.4 · in use by minicom" in told
    assert not _this_one(dialog, "ttyUSB2").isEnabled()
    assert not dialog.isModal()


def test_the_chosen_port_is_told_with_its_board(dialog: CandidatesDialog, qtbot: QtBot) -> None:
    with qtbot.waitSignal(dialog.chosen) as chosen:
        QTest.mouseClick(_this_one(dialog, "ttyUSB1"), Qt.MouseButton.LeftButton)
    assert chosen.args == ["/dev/ttyUSB0", "/dev/ttyUSB1"]
    assert not dialog.isVisible()


def test_enter_and_escape_wait_for_the_board(dialog: CandidatesDialog, qtbot: QtBot) -> None:
    with qtbot.assertNotEmitted(dialog.chosen):
        QTest.keyClick(dialog, Qt.Key.Key_Return)
    assert not dialog.isVisible()
