# SPDX-License-Identifier: GPL-3.0-only
"""What a port says first tells what is on it, and a real board is never taken for something else."""

from __future__ import annotations

import random
from pathlib import Path

import pytest

from mtleak_gui.core.first_talk import judge_talk
from mtleak_gui.link.line_assembler import LineAssembler


def lines_of(data: bytes) -> list[str]:
    """Return the lines as a link makes them."""
    assembler = LineAssembler()
    lines = assembler.feed(data)
    partial = assembler.flush()
    return lines if partial is None else [*lines, partial]


@pytest.mark.parametrize(
    ("said", "device"),
    [
        (b"$GPGGA,123519,4807.038,N,01131.000,E,1,08,0.9,545.4,M,46.9,M,,*47\r\n", "a GPS receiver"),
        (
            b"7.038,N,01131.0\r\n$GNRMC,225446,A,4916.45,N,12311.12,W,000.5,054.7,191194,020.3,E*68\r\n",
            "a GPS receiver",
        ),
        (b"$PUBX,00,081350.00,4717.11,N*5D\r\n", "a GPS receiver"),
        (b"\xb5\x62\x01\x07\x5c\x00\x18\x91\x2c\x0a" * 8, "a GPS receiver"),
        (b"\r\nERROR\r\n", "a modem"),
        (b"AT+CGMI\r\r\n+CME ERROR: 10\r\n", "a modem"),
        (b"RDY\r\n+CFUN: 1\r\n", "a modem"),
        (b'echo:Unknown command: "xyz"\nok\n', "a 3D printer"),
        (b"start\nMarlin 2.1.2\n", "a 3D printer"),
        (b"ok T:21.5 /0.0 B:22.0 /0.0 @:0 B@:0\n", "a 3D printer"),
        (b"Grbl 1.1h ['$' for help]\r\n", "a CNC controller"),
        (b"Repeater ID: 0123456789ABCDEF0123456789ABCDEF\r\n", "a board with MeshCore firmware"),
        (b"\x1b[0;32m[I][app:029]: Running through setup()...\x1b[0m\r\n", "a board with ESPHome firmware"),
        (b"MicroPython v1.22.2 on 2024-02-22; Raspberry Pi Pico\r\n>>> ", "a board with MicroPython"),
        (b"\r\nraspberrypi login: ", "the login console of a computer"),
    ],
)
def test_other_devices_are_known_by_what_they_say(said: bytes, device: str) -> None:
    talk = judge_talk(lines_of(said))
    assert (talk.kind, talk.device) == ("other_device", device)
    assert talk.sample


@pytest.mark.parametrize("name", ["heap-stdout.log", "stock-plain-nocolour.log"])
def test_every_piece_of_a_real_console_is_that_of_a_board(data: Path, name: str) -> None:
    whole = (data / name).read_bytes()
    for start in range(0, len(whole) - 4_000, 4_000):
        assert judge_talk(lines_of(whole[start : start + 2_000])).kind == "console"


def test_a_board_whose_console_shows_its_gps_and_modem_stays_a_board() -> None:
    said = b"$GPGGA,123519,4807.038,N,01131.000,E*47\r\nOK\r\nDEBUG | ??:??:?? 12 [GPS] got a fix\r\n"
    assert judge_talk(lines_of(said)).kind == "console"


def test_frames_outweigh_all_text() -> None:
    assert judge_talk(["$GPGGA,1*47"], frames=1).kind == "frames"


def test_silence_and_empty_lines_are_nothing() -> None:
    assert judge_talk([]).kind == "nothing"
    assert judge_talk(lines_of(b"\r\n\r\n \r\n")).kind == "nothing"


@pytest.mark.parametrize(
    "said",
    [
        b"rst:0x1 (POWERON_RESET),boot:0x3 (DOWNLOAD_BOOT(UART0/UART1/SDIO_REI_REO_V2))\r\nwaiting for download\r\n",
        b"ESP-ROM:esp32s3-20210327\r\ninvalid header: 0xffffffff\r\n",
    ],
)
def test_a_boot_loader_is_told_from_a_board(said: bytes) -> None:
    assert judge_talk(lines_of(said)).kind == "boot_loader"


def test_what_comes_at_a_wrong_speed_is_noise() -> None:
    # At another speed bits are stretched or lost, which leaves few values: runs of ones and zeros.
    chance = random.Random(7)
    noise = bytes(chance.choice((0x00, 0x80, 0xF8, 0xFE, 0xC0, 0xE0, 0x78, 0x66, 0x1E)) for _ in range(3_000))
    assert judge_talk(lines_of(noise)).kind == "noise"


def test_text_of_nobody_we_know_is_told_with_its_longest_line() -> None:
    talk = judge_talk(["hi", "Weather station 3, wind 12 km/h", "end"])
    assert (talk.kind, talk.sample) == ("other_text", "Weather station 3, wind 12 km/h")


def test_accents_and_arrows_are_no_noise() -> None:
    assert judge_talk(["Größe → 15 °C “ok”"]).kind == "other_text"
