# SPDX-License-Identifier: GPL-3.0-only
"""What is said when a serial port cannot be opened, with real terminals, real rights and real locks of others."""

from __future__ import annotations

import grp
import os
import pwd
import subprocess
import sys
import tty
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from mtleak_gui.core.contracts import LinkError
from mtleak_gui.core.link_trouble import LinkTrouble
from mtleak_gui.link.byte_stream import open_serial
from mtleak_gui.link.serial_ports import serial_ports, vendor_of
from mtleak_gui.link.serial_trouble import open_trouble
from tests.link.unprivileged import NOBODY, trouble_of_nobody

as_root = pytest.mark.skipif(os.geteuid() != 0, reason="only root can give a port to another group")

_HOLD = """
import sys, fcntl, os, termios
port = os.open(sys.argv[1], os.O_RDWR | os.O_NOCTTY)
if sys.argv[2] == "flock":
    fcntl.flock(port, fcntl.LOCK_EX)
else:
    fcntl.ioctl(port, termios.TIOCEXCL)
print("held", flush=True)
sys.stdin.read()
"""


@pytest.fixture
def terminal() -> Iterator[str]:
    """Give the path of a pseudo-terminal."""
    ours, theirs = os.openpty()
    tty.setraw(theirs)
    yield os.ttyname(theirs)
    os.close(ours)
    os.close(theirs)


@contextmanager
def held_by_another(device: str, how: str) -> Iterator[int]:
    """Have another program hold a port; yields its number."""
    holder = subprocess.Popen(
        [sys.executable, "-c", _HOLD, device, how], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    )
    with holder:
        assert holder.stdout is not None
        assert holder.stdout.readline() == "held\n"
        try:
            yield holder.pid
        finally:
            holder.terminate()


def trouble_with(device: str) -> LinkTrouble:
    """Return the trouble of opening a port."""
    with pytest.raises(LinkError) as caught:
        open_serial(device)
    assert str(caught.value) == caught.value.trouble.sentence
    return caught.value.trouble


def test_a_port_that_is_not_usb_has_no_vendor() -> None:
    assert all(port.device for port in serial_ports())
    assert vendor_of("/dev/no-such-port") is None


def test_a_port_that_does_not_exist_is_named(tmp_path: Path) -> None:
    trouble = trouble_with(str(tmp_path / "missing"))
    assert trouble.kind == "no_port"
    assert trouble.what == f"There is no serial port {tmp_path / 'missing'}."
    assert "ENOENT" in (trouble.detail or "")


def test_a_port_that_another_program_has_locked_is_told_with_that_program(terminal: str) -> None:
    with held_by_another(terminal, "flock") as holder:
        trouble = trouble_with(terminal)
    assert trouble.kind == "busy"
    assert trouble.what == f"{terminal} is in use by another program."
    assert trouble.why.startswith("Held by: python")
    assert f"({holder})" in trouble.why
    assert f"ps -fp {holder}" in [remedy.text for remedy in trouble.remedies]
    open_serial(terminal).close()


@as_root
def test_a_port_that_is_claimed_by_a_program_of_another_user_is_told_so(terminal: str) -> None:
    Path(terminal).chmod(0o666)
    with held_by_another(terminal, "TIOCEXCL"):
        trouble = trouble_of_nobody(terminal)
    assert trouble.kind == "busy"
    assert "EBUSY" in (trouble.detail or "")
    assert "belongs to another user" in trouble.why or "ModemManager" in trouble.why
    assert f"sudo fuser -v {terminal}" in [remedy.text for remedy in trouble.remedies]


def test_a_second_opening_by_the_program_itself_is_refused(terminal: str) -> None:
    first = open_serial(terminal)
    assert trouble_with(terminal).kind == "busy"
    first.close()
    open_serial(terminal).close()


def test_a_port_without_rights_for_anybody_is_told_with_owner_mode_and_rule(terminal: str) -> None:
    Path(terminal).chmod(0o000)
    trouble = trouble_of_nobody(terminal)
    assert trouble.kind == "no_permission"
    assert trouble.what == f"Linux does not let you open {terminal}."
    assert f"Only {pwd.getpwuid(os.getuid()).pw_name} may use it (mode c---------)." in trouble.why
    assert "EACCES" in (trouble.detail or "")
    assert any("uaccess" in remedy.text for remedy in trouble.remedies)


@as_root
def test_a_port_of_a_group_names_the_group_and_the_command(terminal: str) -> None:
    group = next(entry for entry in grp.getgrall() if entry.gr_gid not in (0, NOBODY) and not entry.gr_mem)
    os.chown(terminal, 0, group.gr_gid)
    Path(terminal).chmod(0o660)
    trouble = trouble_of_nobody(terminal)
    assert trouble.why == f"It belongs to group {group.gr_name}; you are not in it."
    assert trouble.remedies[0].text == f"sudo usermod -aG {group.gr_name} $USER"


@as_root
def test_a_login_that_is_older_than_its_membership_is_told_to_log_in_again(terminal: str) -> None:
    # The system lists nobody in this group; the other program runs without it, as an old login does.
    group = grp.getgrgid(pwd.getpwuid(NOBODY).pw_gid)
    os.chown(terminal, 0, group.gr_gid)
    Path(terminal).chmod(0o660)
    trouble = trouble_of_nobody(terminal)
    assert "You were added to that group, but have not logged in again since." in trouble.why
    assert group.gr_name in trouble.why


def test_a_file_that_is_no_port_is_told_as_such(tmp_path: Path) -> None:
    path = tmp_path / "notes.txt"
    path.write_text("no port")
    trouble = trouble_with(str(path))
    assert (trouble.kind, trouble.what) == ("wrong_device", f"{path} is no serial port.")


def test_a_folder_is_no_port(tmp_path: Path) -> None:
    assert trouble_with(str(tmp_path)).kind == "wrong_device"


def test_a_port_whose_other_end_is_gone_went_away() -> None:
    ours, theirs = os.openpty()
    path = os.ttyname(theirs)
    os.close(ours)
    try:
        assert trouble_with(path).kind in ("vanished", "no_port")
    finally:
        os.close(theirs)


@pytest.mark.parametrize(
    ("said", "kind"),
    [
        ("could not open port 'COM5': PermissionError(13, 'Access is denied.', None, 5)", "busy"),
        ("could not open port 'COM9': FileNotFoundError(2, 'The system cannot find the file', None, 2)", "no_port"),
        ("Cannot configure port, something went wrong. Original message: OSError(22, 'parameter')", "other"),
    ],
)
def test_what_pyserial_says_on_windows_is_understood(said: str, kind: str) -> None:
    # There is no Windows here: these are the texts of pyserial's own serialwin32.py.
    assert open_trouble("COM5", OSError(said), "windows").kind == kind
