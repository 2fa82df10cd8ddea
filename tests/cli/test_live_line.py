# SPDX-License-Identifier: GPL-3.0-only
"""What a run shows, on a terminal and elsewhere."""

from __future__ import annotations

import io
from pathlib import Path

from mtleak_gui.cli.live_line import LiveLine
from mtleak_gui.core.link_troubles.port_access import PortAccess, no_permission
from mtleak_gui.core.link_troubles.port_gone import port_fails
from mtleak_gui.core.link_troubles.system_programs import UDEV_RULE
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


def test_commands_that_help_are_written_below_their_trouble() -> None:
    out = io.StringIO()
    rights = no_permission("/dev/ttyUSB0", PortAccess("dialout"), "[Errno 13] Permission denied")
    LiveLine(out).link_changed(LinkState("backing_off", "/dev/ttyUSB0", rights.sentence, 1.0, trouble=rights))
    first, label, command, *_ = out.getvalue().splitlines()
    assert first.startswith("/dev/ttyUSB0: Linux does not let you open /dev/ttyUSB0. It belongs to group dialout;")
    assert (label, command) == ("  Join group dialout:", "    sudo usermod -aG dialout $USER")
    assert all(f"    {line}" in out.getvalue() for line in UDEV_RULE.splitlines())
    assert "Errno" not in out.getvalue()


def test_a_console_that_belongs_to_another_device_is_told_once() -> None:
    out = io.StringIO()
    line = LiveLine(out)
    for second in range(6):
        take(line, RawLine(float(second), "COM5", "serial_session", "$GPGGA,123519,4807.038,N*47"))
    assert out.getvalue().startswith("COM5: COM5 is not a Meshtastic board. What sits there speaks like a GPS receiver")
    assert out.getvalue().count("\n") == 1


def test_what_the_system_said_is_written_where_nothing_else_is_known() -> None:
    out = io.StringIO()
    trouble = port_fails("COM5", "PermissionError(22, 'strange')")
    LiveLine(out).link_changed(LinkState("backing_off", "COM5", trouble.sentence, 1.0, trouble=trouble))
    assert out.getvalue().endswith("  The system said: PermissionError(22, 'strange')\n")


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
