# SPDX-License-Identifier: GPL-3.0-only
"""DTR and RTS by vendor, and what is said when a port cannot be opened."""

from __future__ import annotations

import os
import tty
from pathlib import Path

import pytest

from mtleak_gui.core.contracts import LinkError
from mtleak_gui.link.byte_stream import open_serial, open_tcp
from mtleak_gui.link.line_policy import LineLevels, line_levels
from mtleak_gui.link.serial_ports import serial_ports, vendor_of


@pytest.mark.parametrize("vendor", [0x10C4, 0x1A86, 0x0403, 0x067B])
def test_bridges_are_opened_with_both_lines_off(vendor: int) -> None:
    assert line_levels(vendor) == LineLevels(dtr=False, rts=False)


@pytest.mark.parametrize("vendor", [0x239A, 0x303A, 0x2886])
def test_native_usb_is_opened_with_dtr_on(vendor: int) -> None:
    assert line_levels(vendor).dtr is True


@pytest.mark.parametrize("vendor", [None, 0x1234])
def test_other_ports_are_left_as_the_system_has_them(vendor: int | None) -> None:
    assert line_levels(vendor) == LineLevels()


def test_a_port_that_is_not_usb_has_no_vendor() -> None:
    assert all(port.device for port in serial_ports())
    assert vendor_of("/dev/no-such-port") is None


def test_a_port_that_does_not_exist_is_named(tmp_path: Path) -> None:
    with pytest.raises(LinkError, match=r"there is no serial port .*missing: plug the board in"):
        open_serial(str(tmp_path / "missing"))


def test_a_port_in_use_is_told_as_such() -> None:
    ours, theirs = os.openpty()
    tty.setraw(theirs)
    first = open_serial(os.ttyname(theirs))
    try:
        with pytest.raises(LinkError, match="is in use by another program"):
            open_serial(os.ttyname(theirs))
    finally:
        first.close()
        os.close(ours)
        os.close(theirs)


def test_a_file_that_is_no_port_is_told_as_such(tmp_path: Path) -> None:
    path = tmp_path / "notes.txt"
    path.write_text("no port")
    with pytest.raises(LinkError, match=r"notes\.txt cannot be opened"):
        open_serial(str(path))


def test_a_name_that_nobody_knows_is_told_as_such() -> None:
    with pytest.raises(LinkError, match=r"the name of no-such-board\.invalid:4403 is not known"):
        open_tcp("no-such-board.invalid", 4403)
