# SPDX-License-Identifier: GPL-3.0-only
"""Ports become offers that say which board is likely, how it is known again, and who holds it."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Collection
from pathlib import Path

import pytest

from mtleak_gui.link.port_holders import holders
from mtleak_gui.link.port_offers import SystemPorts, offer_of
from mtleak_gui.link.serial_ports import SerialPort

HELTEC = SerialPort("/dev/ttyUSB0", 0x10C4, 0xEA60, "0001", "1-2.3", "CP2102 USB to UART Bridge Controller")
RAK = SerialPort("/dev/ttyACM0", 0x239A, 0x8029, "9F2C11223341", "1-3", "WisCore RAK4631 Board")
PROBE = SerialPort("/dev/ttyACM1", 0x1366, 0x0105, "000123456", "1-4", "J-Link")
PLAIN = SerialPort("/dev/ttyS0", description="n/a")


def test_a_native_board_is_named_and_known_by_its_serial_number() -> None:
    offer = offer_of(RAK)
    assert (offer.kind, offer.title, offer.name, offer.vid_pid) == ("likely", "RAK4631", "ttyACM0", "239a:8029")
    assert offer.stable
    assert offer.identity_words == "s/n 9F2C…41"
    # Many boards share that identity: one that does not say its name is not called by that of another.
    assert offer_of(RAK._replace(description="USB Serial Device (COM5)")).title == "nRF52840 board"
    assert offer_of(RAK._replace(description="BQ nRF52840")).title == "Nano G2 Ultra"
    assert offer_of(RAK._replace(device="/dev/ttyACM7", location="3-1")).key == offer.key


def test_a_bridge_whose_number_all_share_is_known_by_its_socket_only() -> None:
    offer = offer_of(HELTEC)
    assert (offer.kind, offer.title) == ("likely", "CP210x bridge")
    assert not offer.stable
    assert offer.identity_words == "socket 1-2.3, no stable id"
    assert offer_of(HELTEC._replace(device="/dev/ttyUSB4")).key == offer.key
    assert offer_of(HELTEC._replace(location="1-2.4")).key != offer.key


def test_a_bridge_with_a_number_of_its_own_is_known_by_it() -> None:
    assert offer_of(HELTEC._replace(serial_number="01E2F3A4")).stable


@pytest.mark.parametrize(("port", "title"), [(PROBE, "J-Link"), (PLAIN, "ttyS0")])
def test_probes_and_plain_ports_are_other_ports(port: SerialPort, title: str) -> None:
    offer = offer_of(port)
    assert (offer.kind, offer.title) == ("other", title)


def test_an_unknown_product_of_a_known_vendor_is_still_likely_a_board() -> None:
    assert offer_of(RAK._replace(product_id=0x7777, description=None)).title == "nRF52 board"
    assert offer_of(RAK._replace(vendor_id=0x1234)).kind == "other"


def test_likely_boards_come_first_and_holders_are_named() -> None:
    asked: list[tuple[str, ...]] = []

    def held(devices: Collection[str]) -> dict[str, str]:
        asked.append(tuple(devices))
        return {"/dev/ttyUSB0": "python3 (4242)"}

    ports = SystemPorts(lambda: [PLAIN, PROBE, RAK, HELTEC], held)
    offers = ports.offers()
    assert [offer.name for offer in offers] == ["ttyACM0", "ttyUSB0", "ttyACM1", "ttyS0"]
    assert [offer.in_use_by for offer in offers] == [None, "python3 (4242)", None, None]
    ports.offers()
    assert len(asked) == 1  # who holds a port is looked up less often than which ports there are


def test_the_ports_of_this_machine_can_be_listed() -> None:
    assert all(offer.device for offer in SystemPorts().offers())


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="only Linux says who holds a device")
def test_a_program_that_holds_a_device_is_named(tmp_path: Path) -> None:
    master, slave = os.openpty()
    device = os.ttyname(slave)
    try:
        with subprocess.Popen(
            [
                sys.executable,
                "-c",
                "import sys; f = open(sys.argv[1]); print('open', flush=True); sys.stdin.read()",
                device,
            ],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
        ) as program:
            assert program.stdout is not None
            program.stdout.readline()
            assert holders([device, "/dev/null-not-there"]) == {device: f"{_name(program.pid)} ({program.pid})"}
            program.communicate()
        assert holders([device]) == {}  # our own handle does not count
    finally:
        os.close(master)
        os.close(slave)
    assert holders([device], tmp_path / "no proc here") == {}


def _name(process: int) -> str:
    return Path(f"/proc/{process}/comm").read_text("utf-8").strip()
