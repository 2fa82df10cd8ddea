# SPDX-License-Identifier: GPL-3.0-only
"""What sits on a port, judged by the first that it says: a Meshtastic board, its boot loader, another device, noise.

Pure. The forms of other devices are those of their makers: NMEA 0183 and u-blox UBX, 3GPP 27.007 (AT), Marlin and Grbl,
the first line of MeshCore's repeaters, ESPHome's and MicroPython's consoles, the login prompt of a Unix computer.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Literal, NamedTuple

from mtleak_gui.core.firmware_log import parse

TalkKind = Literal["nothing", "frames", "console", "boot_loader", "other_device", "noise", "other_text"]

NOISE_SHARE = 0.25
"""From this share of bytes that are no text on, what comes is noise: at a wrong speed it is nearly all."""

_ANSI = re.compile(r"\x1b\[[0-9;]*m")
_ESCAPED = re.compile(r"\\x[0-9a-f]{2}")
_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]")
_BOOT_LOADER = re.compile(
    r"waiting for download|boot:0x[0-9a-f]+ ?\((?:DOWNLOAD|UART)|invalid header: 0x|flash read err|No bootable app"
)
_DEVICES = (
    ("a GPS receiver", r"\$(?:G[A-Z]|BD|P)[A-Z0-9]{2,6},.*\*[0-9A-Fa-f]{2}|.*\\xb5b(?:\x01|\x05|\n).*"),
    ("a modem", r"AT(?:[+&][A-Z]+.*)?|OK|ERROR|RING|RDY|NO CARRIER|(?:SMS|Call) Ready|\+[A-Z]{3,8}: .*"),
    ("a 3D printer", r"echo:.*|FIRMWARE_NAME:.*|Marlin [0-9].*|(?:ok )?T:[0-9.]+ /[0-9.]+.*|Error:.*Last Line.*"),
    ("a CNC controller", r"Grbl [0-9].*|<(?:Idle|Run|Alarm)[|,].*"),
    ("a board with MeshCore firmware", r"(?:Repeater|Room|Sensor) ID: [0-9A-Fa-f]{16,}"),
    ("a board with ESPHome firmware", r"(?:\[[0-9:.]+\])?\[[EWICDV]\]\[[\w.]+:[0-9]+\].*"),
    ("a board with MicroPython", r"MicroPython v[0-9].*|Adafruit CircuitPython.*|>>> .*"),
    ("the login console of a computer", r"\S+ login: ?.*|Debian GNU/Linux.*|Ubuntu [0-9.]+.*"),
)
_PATTERNS = tuple((name, re.compile(rf"\s*(?:{pattern})\s*", re.DOTALL)) for name, pattern in _DEVICES)


class Talk(NamedTuple):
    """``device`` names another device as a noun with its article; ``sample`` is a line that shows what was said."""

    kind: TalkKind
    device: str = ""
    sample: str = ""


def judge_talk(lines: Sequence[str], frames: int = 0) -> Talk:
    """Return what ``lines`` tell, as ``LineAssembler`` makes them, beside ``frames`` messages of the protocol.

    One line in the firmware's form outweighs everything else: its console shows what GPS and modem say, too.
    """
    if frames:
        return Talk("frames")
    said = [text for line in lines if (text := _ANSI.sub("", line)).strip()]
    if not said:
        return Talk("nothing")
    own = next((text for text in said if is_firmware_line(text)), None)
    if own is not None:
        return Talk("console", sample=own)
    if (boot := next((text for text in said if _BOOT_LOADER.search(text)), None)) is not None:
        return Talk("boot_loader", sample=boot)
    for name, pattern in _PATTERNS:
        # At a wrong speed or in the middle of a line the first piece is garbage: any later line may tell.
        if (found := next((text for text in said if pattern.fullmatch(text)), None)) is not None:
            return Talk("other_device", name, found)
    kind: TalkKind = "noise" if _noise_share(said) >= NOISE_SHARE else "other_text"
    return Talk(kind, sample="" if kind == "noise" else max(said, key=len))


def is_firmware_line(text: str) -> bool:
    """Return whether a line has the form that only the Meshtastic firmware gives its lines."""
    line = parse(text)
    return line.boot is not None or line.heap is not None or (line.level is not None and "|" in text)


def _noise_share(said: Sequence[str]) -> float:
    text = "".join(said)
    escaped = len(_ESCAPED.findall(text))
    odd = escaped + len(_CONTROL.findall(text))
    whole = len(text) - 3 * escaped
    return odd / whole if whole else 0.0
