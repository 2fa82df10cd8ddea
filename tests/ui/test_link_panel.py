# SPDX-License-Identifier: GPL-3.0-only
"""A tile says where its link stands: steps, waits, hints; and each of its buttons does at once what it says."""

from __future__ import annotations

import pytest
from pytestqt.qtbot import QtBot

from mtleak_gui.core.link_trouble import LinkTrouble
from mtleak_gui.core.recorder_state import RecorderState
from mtleak_gui.core.records import LinkState
from mtleak_gui.engine.session import Session
from mtleak_gui.ui.pages.overview.board_tile import BoardTile
from mtleak_gui.ui.theme.theme_keeper import ThemeKeeper
from mtleak_gui.ui.widgets.step_chips import StepChips
from tests.ui.hands import press, the, words

SERIAL, NODE = "/dev/ttyUSB0", "tcp://192.168.1.40:4403"
NOW = 1_795_000_000.0
GONE = LinkTrouble("vanished", "The board on /dev/ttyUSB0 is not plugged in.")
FIGHT = LinkTrouble("second_client", "Another client has it.", "Only one is served.", "Close the other client.")


@pytest.fixture
def tile(qtbot: QtBot, each_theme: ThemeKeeper) -> BoardTile:
    session = Session(SERIAL, "serial")
    made = BoardTile(session, each_theme)
    session.setParent(made)
    qtbot.addWidget(made)
    made.resize(320, 420)
    made.show()
    return made


def stand(tile: BoardTile, link: LinkState) -> list[str]:
    """Let the link stand so, and return what the tile says then."""
    tile.session.set_link(link)
    tile.refresh(RecorderState(running=True), NOW)
    return words(tile)


def test_a_handshake_is_shown_step_by_step_and_can_be_cancelled(tile: BoardTile, qtbot: QtBot) -> None:
    told = stand(tile, LinkState("configuring", SERIAL, attempt=1, step="config"))
    assert {"Connecting", "Reading its configuration…", "Open port", "Ask", "Config", "Live"} <= {*told}
    spoken = the(StepChips, tile).accessibleName()
    assert spoken.startswith("Open port done, Ask done")
    assert spoken.endswith("Config going on, Nodes to come, Live to come")
    with qtbot.waitSignal(tile.link_wished) as wished:
        press(tile, "Cancel")
    assert wished.args == ["cancel", SERIAL]


def test_after_thirty_seconds_there_is_what_to_check(tile: BoardTile) -> None:
    told = " ".join(stand(tile, LinkState("configuring", SERIAL, attempt=1, step="asking", stuck=True)))
    assert "No answer yet…" in told
    assert "Check the cable" in told
    tile.session.port = NODE
    other = " ".join(stand(tile, LinkState("configuring", NODE, attempt=1, step="node", stuck=True)))
    assert "no other client" in other
    assert "cable" not in other
    calm = " ".join(stand(tile, LinkState("configuring", NODE, attempt=1, step="nodes", nodes=3)))
    assert "No answer" not in calm


def test_a_lost_board_waits_for_the_next_try_or_for_nobody(tile: BoardTile, qtbot: QtBot) -> None:
    stand(tile, LinkState("live", SERIAL, step="live"))
    told = stand(tile, LinkState("backing_off", SERIAL, GONE.sentence, 10.0, 2, GONE))
    assert "Unavailable · 00:00" in told
    assert any(word.endswith("next try in 10 s · try 3") for word in told)
    with qtbot.waitSignal(tile.link_wished) as wished:
        press(tile, "Try now")
    assert wished.args == ["reconnect", SERIAL]


def test_a_fight_with_another_client_is_explained_and_ends_when_wished(tile: BoardTile, qtbot: QtBot) -> None:
    told = stand(tile, LinkState("backing_off", SERIAL, FIGHT.sentence, 300.0, 1, FIGHT))
    assert "Stopped: another client" in told
    assert "Another client has it." in told
    assert "Only one is served. Close the other client." in told
    assert "Try now" not in told
    with qtbot.waitSignal(tile.link_wished) as wished:
        press(tile, "Take it back")
    assert wished.args == ["reconnect", SERIAL]
    assert "Take it back" not in stand(tile, LinkState("live", SERIAL, step="live"))


def test_a_board_that_was_left_can_be_connected_again(tile: BoardTile, qtbot: QtBot) -> None:
    told = stand(tile, LinkState("closed", SERIAL))
    assert "Disconnected" in told
    assert "Cancel" not in told
    with qtbot.waitSignal(tile.link_wished) as wished:
        press(tile, "Connect")
    assert wished.args == ["reconnect", SERIAL]


def test_a_new_reason_does_not_begin_the_wait_anew(tile: BoardTile, monkeypatch: pytest.MonkeyPatch) -> None:
    clock = [1_000.0]
    monkeypatch.setattr("mtleak_gui.engine.session_identity.time.monotonic", lambda: clock[0])
    waits = LinkState("backing_off", SERIAL, GONE.sentence, 10.0, 2, GONE)
    stand(tile, waits)
    clock[0] += 4
    told = stand(tile, waits._replace(reason="Another reason."))
    assert any("next try in 6 s" in word for word in told)
    assert "Unavailable · 00:04" in told
