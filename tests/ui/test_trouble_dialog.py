# SPDX-License-Identifier: GPL-3.0-only
"""Why a board cannot be heard is shown with what can be copied, for as long as that is so."""

from __future__ import annotations

import os
import socket
import tty
from contextlib import ExitStack, closing
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QPlainTextEdit, QScrollArea, QWidget
from pytestqt.qtbot import QtBot

from mtleak_gui.core.addresses import SerialAddress, TcpAddress
from mtleak_gui.core.first_talk import Talk
from mtleak_gui.core.link_trouble import LinkTrouble
from mtleak_gui.core.link_troubles.no_answer import no_answer
from mtleak_gui.core.link_troubles.port_access import PortAccess, no_permission
from mtleak_gui.core.link_troubles.port_in_use import port_in_use
from mtleak_gui.core.link_troubles.system_programs import UDEV_RULE, SystemPrograms
from mtleak_gui.core.notice import Notice
from mtleak_gui.core.records import LinkState
from mtleak_gui.engine.session import Session
from mtleak_gui.link.byte_stream import open_serial
from mtleak_gui.ui.devices.remedy_box import RemedyBox
from mtleak_gui.ui.devices.trouble_dialog import TroubleDialog
from mtleak_gui.ui.devices.trouble_telling import TroubleTelling
from mtleak_gui.ui.pages.overview.board_tile import BoardTile
from mtleak_gui.ui.pages.overview.things_card import ThingsCard
from mtleak_gui.ui.requests import TroubleRequest
from mtleak_gui.ui.theme.theme_keeper import ThemeKeeper
from tests.engine.bench_kit import board_on_tcp
from tests.ui.hands import press, the, words
from tests.ui.overview_stage import PICTURES, Stage, keep_picture, overview

SOON = 15_000
PORT = "/dev/ttyUSB0"
RIGHTS = no_permission(PORT, PortAccess("dialout", owner="root", mode="crw-rw----"), "could not open port [EACCES 13]")
LONG = no_answer(
    "rfc2217://a-very-long-name-of-a-computer-in-the-cellar.example.org:4000",
    Talk("other_text", sample="x" * 400),
    30.0,
    serial=True,
    running=SystemPrograms(modem_manager=True),
    detail="word " * 200,
)


@pytest.fixture
def window(qtbot: QtBot) -> QWidget:
    """Give a window of the smallest size."""
    made = QWidget()
    qtbot.addWidget(made)
    made.resize(960, 600)
    made.show()
    return made


def session_with(trouble: LinkTrouble) -> Session:
    """Return the session of a board that has this trouble."""
    session = Session(PORT, "serial")
    session.set_link(state_with(trouble))
    return session


def state_with(trouble: LinkTrouble) -> LinkState:
    """Return the state of a link that is tried again."""
    return LinkState("backing_off", PORT, trouble.sentence, 5.0, 3, trouble)


def shown(qtbot: QtBot, session: Session, theme: ThemeKeeper, window: QWidget) -> TroubleDialog:
    """Open the dialog."""
    dialog = TroubleDialog(session, theme, None, window)
    dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose, on=False)
    qtbot.addWidget(dialog)
    dialog.open()
    qtbot.waitExposed(dialog)
    return dialog


def test_everything_of_a_trouble_is_there_and_what_can_be_copied_is_copied(
    qtbot: QtBot, each_theme: ThemeKeeper, window: QWidget
) -> None:
    dialog = shown(qtbot, session_with(RIGHTS), each_theme, window)
    told = words(dialog)
    assert RIGHTS.what in told
    assert RIGHTS.why in told
    assert RIGHTS.todo in told
    assert any(text.startswith("Trying again · next try in") and text.endswith("try 4") for text in told)
    boxes = dialog.findChildren(RemedyBox)
    assert len(boxes) == len(RIGHTS.remedies)
    press(boxes[0], "Copy")
    assert QGuiApplication.clipboard().text() == "sudo usermod -aG dialout $USER"
    assert "Copied" in words(boxes[0])
    press(boxes[1], "Copy")
    assert QGuiApplication.clipboard().text() == UDEV_RULE
    PICTURES.mkdir(parents=True, exist_ok=True)
    QApplication.processEvents()
    look = "dark" if each_theme.is_dark else "light"
    assert dialog.grab().save(str(PICTURES / f"trouble-rights-{look}.png"))


def test_what_the_system_said_is_folded_away(qtbot: QtBot, theme: ThemeKeeper, window: QWidget) -> None:
    dialog = shown(qtbot, session_with(RIGHTS), theme, window)
    (detail,) = (view for view in dialog.findChildren(QPlainTextEdit) if view.toPlainText() == RIGHTS.detail)
    assert not detail.isVisible()
    press(dialog, "Details")
    assert detail.isVisible()


def test_long_texts_wrap_and_the_dialog_stays_inside_a_small_window(
    qtbot: QtBot, each_theme: ThemeKeeper, window: QWidget
) -> None:
    dialog = shown(qtbot, session_with(LONG), each_theme, window)
    press(dialog, "Details")
    QApplication.processEvents()
    assert dialog.height() <= window.height()
    assert dialog.width() <= 640
    (area,) = dialog.findChildren(QScrollArea)
    content = area.widget()
    assert content is not None
    assert content.width() <= area.viewport().width()
    assert content.height() <= max(content.heightForWidth(content.width()), area.viewport().height()) + 1
    look = "dark" if each_theme.is_dark else "light"
    assert dialog.grab().save(str(PICTURES / f"trouble-long-{look}.png"))


def test_the_dialog_follows_the_link_and_closes_when_the_board_is_heard(
    qtbot: QtBot, theme: ThemeKeeper, window: QWidget
) -> None:
    session = session_with(RIGHTS)
    dialog = shown(qtbot, session, theme, window)
    session.set_link(LinkState("opening", PORT, attempt=4, step="opening"))
    assert RIGHTS.what in words(dialog)
    busy = port_in_use(PORT, "python3 (4242)")
    session.set_link(state_with(busy))
    assert busy.what in words(dialog)
    assert RIGHTS.what not in words(dialog)
    session.set_link(LinkState("live", PORT))
    assert not dialog.isVisible()


def test_the_keyboard_tries_again_and_closes(qtbot: QtBot, theme: ThemeKeeper, window: QWidget) -> None:
    dialog = shown(qtbot, session_with(RIGHTS), theme, window)
    with qtbot.waitSignal(dialog.retry_requested) as retry:
        QTest.keyClick(dialog, Qt.Key.Key_Return)
    assert retry.args == [PORT]
    QTest.keyClick(dialog, Qt.Key.Key_Escape)
    assert not dialog.isVisible()


def telling(stage: Stage, theme: ThemeKeeper) -> TroubleTelling:
    """Join the page to the dialogs, as the window does."""
    made = TroubleTelling(stage.bench, theme, lambda: None, stage.page)
    stage.page.trouble_requested.connect(made.show)
    return made


def open_dialog(stage: Stage) -> TroubleDialog:
    """Return the dialog that is open."""
    (dialog,) = (found for found in stage.page.findChildren(TroubleDialog) if found.isVisible())
    return dialog


def has_dialog(stage: Stage) -> bool:
    """Return whether a dialog is open."""
    return any(found.isVisible() for found in stage.page.findChildren(TroubleDialog))


def test_a_busy_port_is_told_on_the_list_and_tried_again_from_the_dialog(
    tmp_path: Path, qtbot: QtBot, each_theme: ThemeKeeper
) -> None:
    with overview(qtbot, tmp_path, each_theme) as stage, ExitStack() as held:
        telling(stage, each_theme)
        ours, theirs = os.openpty()
        held.callback(os.close, ours)
        held.callback(os.close, theirs)
        tty.setraw(theirs)
        path = os.ttyname(theirs)
        holder = held.enter_context(closing(open_serial(path)))
        stage.bench.connect_board(SerialAddress(path))
        things = stage.page.findChild(ThingsCard)
        assert things is not None
        qtbot.waitUntil(lambda: any("is in use by another program" in text for text in words(things)), timeout=SOON)
        keep_picture(stage.page, f"overview-trouble-{'dark' if each_theme.is_dark else 'light'}")
        press(things, "Why and what to do")
        dialog = open_dialog(stage)
        assert f"{path} is in use by another program." in words(dialog)
        holder.close()
        session = stage.bench.session(path)
        assert session is not None
        qtbot.waitUntil(lambda: session.link.phase == "backing_off", timeout=SOON)
        press(dialog, "Try again")
        qtbot.waitUntil(lambda: session.link.phase == "configuring", timeout=3_000)


def test_a_notice_and_a_tile_lead_to_the_same_dialog_until_the_board_is_there(
    tmp_path: Path, qtbot: QtBot, theme: ThemeKeeper
) -> None:
    with overview(qtbot, tmp_path, theme) as stage:
        shows = telling(stage, theme)
        with socket.create_server(("127.0.0.1", 0)) as server:
            number = server.getsockname()[1]
        told: list[Notice] = []
        stage.bench.told.connect(told.append)
        stage.bench.connect_board(TcpAddress("127.0.0.1", number))
        port = f"tcp://127.0.0.1:{number}"
        qtbot.waitUntil(lambda: any(notice.action == "link_trouble" for notice in told), timeout=SOON)
        notice = next(notice for notice in told if notice.action == "link_trouble")
        assert notice.key == f"link {port}"
        assert notice.detail == f"Nothing listens on 127.0.0.1:{number}."
        stage.page.refresh()
        press(the(BoardTile, stage.page), "Why")
        assert "Wi-Fi" in " ".join(words(open_dialog(stage)))
        shows.show(TroubleRequest(port))
        dialog = open_dialog(stage)
        with board_on_tcp(number):
            press(dialog, "Try again")
            qtbot.waitUntil(
                lambda: not any(d.isVisible() for d in stage.page.findChildren(TroubleDialog)), timeout=SOON
            )
