# SPDX-License-Identifier: GPL-3.0-only
"""What a run shows, on a terminal and elsewhere."""

from __future__ import annotations

import io
from pathlib import Path

from mtleak_gui.cli.live_line import LiveLine
from mtleak_gui.core.records import LinkState, RawItem, RawLine, RawPacket
from mtleak_gui.engine.batching import Batching
from mtleak_gui.engine.row_maker import RowMaker
from mtleak_gui.storage.recording import Recording
from mtleak_gui.storage.recording_status import RecordingStatus


class Terminal(io.StringIO):
    """Says that it can rewrite lines."""

    def isatty(self) -> bool:
        return True


def status(folder: Path) -> RecordingStatus:
    recording = Recording.open(folder)
    recording.start()
    recording.append([("logs", {"ts": 1.0, "line": "x"})])
    recording.close()
    return recording.status()


def take(line: LiveLine, *items: RawItem) -> None:
    batching = Batching()
    batching.add(RowMaker().make(items))
    batch = batching.take(now=0.0)
    assert batch is not None
    line.take(batch)


def test_it_tells_rows_heap_cadence_bytes_and_the_link(tmp_path: Path) -> None:
    line = LiveLine(io.StringIO())
    line.link_changed(LinkState("live", "/dev/ttyUSB0"))
    take(line, *(RawLine(10.0 * n, "p", "serial", f"INFO  | 12:00:00 1 [A] [heap {90_000 - n}] x") for n in range(4)))
    text = line.text(status(tmp_path / "r"))
    assert text.startswith("/dev/ttyUSB0 live | ")
    assert "heap 89,997 bytes free every 10.0 s" in text
    assert "kB on disk" in text


def test_the_heap_of_other_nodes_is_not_shown(tmp_path: Path) -> None:
    line = LiveLine(io.StringIO())
    telemetry = {"localStats": {"heapFreeBytes": 5}}
    packet = {"from": 8, "decoded": {"portnum": "TELEMETRY_APP", "telemetry": telemetry}}
    take(line, RawPacket(1.0, "p", "serial", packet, own_node=7))
    assert "no heap reading yet" in line.text(status(tmp_path / "r"))


def test_trouble_with_a_link_is_said_once_until_it_was_live_again() -> None:
    out = io.StringIO()
    line = LiveLine(out)
    trouble = LinkState("backing_off", "p", "nothing listens on p", retry_in=1.0)
    for state in (trouble, trouble, LinkState("live", "p"), trouble):
        line.link_changed(state)
    assert out.getvalue() == "p: nothing listens on p\n" * 2


def test_a_terminal_gets_one_line_rewritten_and_left_clean(tmp_path: Path) -> None:
    out = Terminal()
    line = LiveLine(out)
    now = status(tmp_path / "r")
    line.show(now, 0.0)
    line.show(now, 0.2)
    line.close()
    assert "\n" not in out.getvalue()
    assert out.getvalue().endswith("\r")


def test_a_file_gets_a_line_every_five_seconds(tmp_path: Path) -> None:
    out = io.StringIO()
    line = LiveLine(out)
    now = status(tmp_path / "r")
    for tenth in range(100):
        line.show(now, tenth / 10)
    assert out.getvalue().count("\n") == 2
