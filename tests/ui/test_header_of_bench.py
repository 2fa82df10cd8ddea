# SPDX-License-Identifier: GPL-3.0-only
"""What header and status strip say of a board: in people's words, and never as markup."""

from __future__ import annotations

from pytestqt.qtbot import QtBot

from mtleak_gui.ui.header.bench_in_header import header_state
from mtleak_gui.ui.header.device_button import DeviceButton
from mtleak_gui.ui.theme.theme_keeper import ThemeKeeper
from tests.ui.heap.heap_bench import PlottedBench
from tests.ui.heap.heap_board import leaking_board


class HeaderBench(PlottedBench):
    """A bench without a folder."""

    folder = None


def test_the_hardware_is_called_what_people_call_it(qtbot: QtBot) -> None:
    board = leaking_board()
    state = header_state(HeaderBench(board).as_bench())
    assert (state.board, state.place) == ("bench-a", "Heltec V3 · ttyUSB0")


def test_the_tip_of_a_board_shows_its_name_as_it_is_written(theme: ThemeKeeper, qtbot: QtBot) -> None:
    made = DeviceButton(theme)
    qtbot.addWidget(made)
    made.show_device("<b>node</b>", "Heltec V3 · ttyUSB0", connected=True)
    assert made.toolTip() == "<qt>&lt;b&gt;node&lt;/b&gt;<br>Heltec V3 · ttyUSB0</qt>"
