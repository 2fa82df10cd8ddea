# SPDX-License-Identifier: GPL-3.0-only
"""What header and status strip say of a board: in people's words, and never as markup."""

from __future__ import annotations

from pytestqt.qtbot import QtBot

from mtleak_gui.core.recorder_state import StreamState
from mtleak_gui.core.records import StreamName
from mtleak_gui.ui.header.bench_in_header import header_state
from mtleak_gui.ui.header.device_button import DeviceButton
from mtleak_gui.ui.status.status_items import status_items
from mtleak_gui.ui.theme.theme_keeper import ThemeKeeper
from tests.ui.heap.heap_bench import PlottedBench
from tests.ui.heap.heap_board import NOW, RECORDING, leaking_board


def test_the_hardware_is_called_what_people_call_it(qtbot: QtBot) -> None:
    board = leaking_board()
    state = header_state(PlottedBench(board).as_bench())
    assert (state.board, state.place) == ("bench-a", "Heltec V3 · ttyUSB0")


def test_the_tip_of_a_board_shows_its_name_as_it_is_written(theme: ThemeKeeper, qtbot: QtBot) -> None:
    made = DeviceButton(theme)
    qtbot.addWidget(made)
    made.show_device("<b>node</b>", "Heltec V3 · ttyUSB0", connected=True)
    assert made.toolTip() == "<qt>&lt;b&gt;node&lt;/b&gt;<br>Heltec V3 · ttyUSB0</qt>"


def test_the_strip_writes_ages_and_sizes_as_the_cards_do(qtbot: QtBot) -> None:
    bench = PlottedBench(leaking_board())
    streams: dict[StreamName, StreamState] = {"telemetry": StreamState(bytes_on_disk=22_400_000)}
    bench.recorder = RECORDING._replace(started_at=NOW - 8_049, folder="bench", streams=streams, days_left=21.2)
    texts = [item.text for item in status_items(bench.as_bench(), NOW + 2)]
    assert texts[0] == "REC 02:14:11"
    assert texts[2].endswith(" heap rows, last 3 s")
    assert texts[3:] == ["cadence 1.5 s", "22.4 MB, ~21 days left", "0 lost"]
