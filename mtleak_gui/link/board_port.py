# SPDX-License-Identifier: GPL-3.0-only
"""A local serial port, opened so that nobody else reads along and the board behind it keeps running.

The kernel raises both lines when a port is opened, and pyserial then lowers DTR before RTS. The circuit of most ESP32
boards takes RTS alone as a wish to restart (nanoframework#1018 measured 140 microseconds as enough): here both change
in one step. A port that is closed drops its lines (HUPCL), which is kept from it where they lead to reset.
"""

from __future__ import annotations

import contextlib
import struct
import sys

import serial

from mtleak_gui.core.line_policy import LineLevels

BAUD_RATE = 115_200
READ_WAIT_S = 0.25
WRITE_WAIT_S = 5.0

if sys.platform == "win32":

    class BoardPort(serial.Serial):  # type: ignore[misc]  # pyserial ships no type information
        """pyserial's port: Windows opens ports for one program alone, and sets both lines before the port is up."""

        def hold_lines(self) -> None:
            """Do nothing: Windows lets a port go as it stands."""

        def claim(self) -> None:
            """Do nothing: the port is ours alone."""

else:
    import fcntl
    import termios

    _BOTH = termios.TIOCM_DTR | termios.TIOCM_RTS

    class BoardPort(serial.Serial):  # type: ignore[misc]  # pyserial ships no type information
        """pyserial's port, whose two lines change at once, and which other programs cannot open."""

        def open(self) -> None:
            """Open as pyserial does. Raises ``OSError``, where pyserial lets termios' own error through, too."""
            try:
                super().open()
            except termios.error as error:
                raise OSError(*error.args) from error

        def hold_lines(self) -> None:
            """Let the lines stand as they do when the port is closed. Raises ``OSError``."""
            try:
                attributes = termios.tcgetattr(self.fd)
                attributes[2] &= ~termios.HUPCL
                termios.tcsetattr(self.fd, termios.TCSANOW, attributes)
            except termios.error as error:
                raise OSError(*error.args) from error

        def claim(self) -> None:
            """Keep out programs that do not ask for pyserial's lock; ports without that (none known) go without."""
            with contextlib.suppress(OSError):
                fcntl.ioctl(self.fd, termios.TIOCEXCL)

        def close(self) -> None:
            """Let others in again, then close."""
            if self.is_open:
                with contextlib.suppress(OSError):
                    fcntl.ioctl(self.fd, termios.TIOCNXCL)
            super().close()

        def _update_dtr_state(self) -> None:
            self._set_both()

        def _update_rts_state(self) -> None:
            self._set_both()

        def _set_both(self) -> None:
            (now,) = struct.unpack("I", fcntl.ioctl(self.fd, termios.TIOCMGET, struct.pack("I", 0)))
            wanted = termios.TIOCM_DTR * bool(self._dtr_state) | termios.TIOCM_RTS * bool(self._rts_state)
            if now & _BOTH != wanted:
                fcntl.ioctl(self.fd, termios.TIOCMSET, struct.pack("I", now & ~_BOTH | wanted))


def open_board_port(device: str, levels: LineLevels) -> serial.SerialBase:
    """Open a port of this computer, or an ``rfc2217://`` one. Raises what pyserial and the system raise."""
    if "://" in device:
        # Its handler refuses a time limit for writing and knows no lock: the server keeps others out.
        port = serial.serial_for_url(device, do_not_open=True, baudrate=BAUD_RATE, timeout=READ_WAIT_S)
        set_levels(port, levels)
        port.open()
        return port
    port = BoardPort(baudrate=BAUD_RATE, timeout=READ_WAIT_S, write_timeout=WRITE_WAIT_S, exclusive=True)
    port.port = device
    set_levels(port, levels)
    port.open()
    try:
        port.claim()
        if levels.hold:
            port.hold_lines()
    except BaseException:
        port.close()
        raise
    return port


def set_levels(port: serial.SerialBase, levels: LineLevels) -> None:
    """Say how the lines are to stand, before the port is opened."""
    if levels.dtr is not None:
        port.dtr = levels.dtr
    if levels.rts is not None:
        port.rts = levels.rts
