# SPDX-License-Identifier: GPL-3.0-only
"""The text console of a serial port: every line that the board prints, and nothing is ever sent.

``open`` runs on the link's own thread; lines are heard on a reader thread of this link.
"""

from __future__ import annotations

import logging
import threading
import time

from mtleak_gui.core.contracts import Clock, Hear
from mtleak_gui.core.firmware_log import parse
from mtleak_gui.core.link_trouble import TroubleKind
from mtleak_gui.core.link_troubles.loss import loss_of
from mtleak_gui.core.records import RawEvent, RawLine
from mtleak_gui.core.rows import CONSOLE_ROLE
from mtleak_gui.core.settings import LinePolicy
from mtleak_gui.link.byte_stream import ByteStream, open_serial
from mtleak_gui.link.line_assembler import LineAssembler
from mtleak_gui.link.node_facts import device_info_data, device_of_banner
from mtleak_gui.link.open_watch import RESET_ON_OPEN, OpenWatch

SILENCE_S = 2.0
"""A line that has begun is given out after this much silence: a board that died in the middle of it ends it never."""

_JOIN_S = 2.0
_BANNER = "S:B:"

log = logging.getLogger(__name__)


class ConsoleLink:
    """A ``Link`` that only listens. Good for one ``open``; make a new one to connect again."""

    def __init__(
        self,
        device: str,
        clock: Clock,
        port: str | None = None,
        lines: LinePolicy = "auto",
        *,
        watch_reset: bool = False,
    ) -> None:
        """``watch_reset``: opening the port may restart the board."""
        self._device = device
        self._lines_wish: LinePolicy = lines
        self._port = port or device
        self._clock = clock
        self._closing = threading.Event()
        self._lines = LineAssembler()
        self._pieces_cut = 0
        self._watch_reset = watch_reset
        self._opening: OpenWatch | None = None
        self._reader: threading.Thread | None = None

    @property
    def port(self) -> str:
        """The name under which rows of this link are recorded."""
        return self._port

    @property
    def role(self) -> str:
        """``serial_session``, as the peer names a console."""
        return CONSOLE_ROLE

    def open(self, hear: Hear) -> None:
        """Open the port and begin to listen. A console says who it is only when it boots. Raises ``LinkError``."""
        stream = open_serial(self._device, self._lines_wish)
        if self._closing.is_set():
            stream.close()
            return
        if self._watch_reset:
            self._opening = OpenWatch(self._clock.wall())
        hear(self._event("connection_established"))
        self._reader = threading.Thread(
            target=self._read, args=(stream, hear), name=f"console {self._port}", daemon=True
        )
        self._reader.start()

    def is_alive(self) -> bool:
        """Return whether the port can still be heard."""
        return self._reader is not None and self._reader.is_alive() and not self._closing.is_set()

    def close(self) -> None:
        """Stop listening; waits a moment for the reader."""
        self._closing.set()
        if self._reader is not None and self._reader is not threading.current_thread():
            self._reader.join(_JOIN_S)

    def _read(self, stream: ByteStream, hear: Hear) -> None:
        reason = "closed by the recorder"
        kind: TroubleKind | None = None
        heard_at = time.monotonic()
        try:
            while not self._closing.is_set():
                data = stream.read()
                if data:
                    heard_at = time.monotonic()
                    self._give(self._lines.feed(data), hear)
                elif self._lines.has_partial and time.monotonic() - heard_at >= SILENCE_S:
                    self._give_partial(hear)
        except OSError as trouble:
            loss = loss_of(trouble)
            kind, reason = loss.kind, loss.words
        except Exception as fault:
            # Drivers and pyserial raise many things when a port goes away under them.
            log.exception("The reader of a console stopped")
            kind, reason = "fault", f"a fault in this program: {fault!r}"
        finally:
            stream.close()
            self._give_partial(hear)
            hear(self._event("connection_lost", reason)._replace(data=None if kind is None else {"kind": kind}))

    def _give(self, lines: list[str], hear: Hear) -> None:
        now = self._clock.wall()
        for line in lines:
            hear(RawLine(now, self._port, CONSOLE_ROLE, line))
            if self._opening is not None and (uptime := self._opening.line_heard(line, now)) is not None:
                hear(self._event("reset_on_open", RESET_ON_OPEN)._replace(data={"uptime_s": uptime}))
            if _BANNER in line and (banner := parse(line).boot) is not None:
                device = device_of_banner(banner, self._port, CONSOLE_ROLE)
                hear(self._event("device_info")._replace(data=device_info_data(device)))
        if self._lines.pieces_cut > self._pieces_cut:
            self._pieces_cut = self._lines.pieces_cut
            hear(self._event("line_cut", "a line of more than 100,000 bytes was cut into pieces"))

    def _give_partial(self, hear: Hear) -> None:
        if (partial := self._lines.flush()) is not None:
            self._give([partial], hear)

    def _event(self, kind: str, note: str | None = None) -> RawEvent:
        return RawEvent(self._clock.wall(), kind, None, note, self._port, CONSOLE_ROLE)
