# SPDX-License-Identifier: GPL-3.0-only
"""Recognises a board that restarted because its port was opened: what it says soon after tells of a fresh boot.

Opening a port moves its DTR and RTS lines, which some bridges wire to the reset of the chip. Pure: it is told what was
heard and when (epoch seconds of the recording's clock).
"""

from __future__ import annotations

from mtleak_gui.core.firmware_log import parse
from mtleak_gui.core.restart_watch import boot_sign

RESET_ON_OPEN = "This board restarted when the port was opened. The heap curve starts from this boot."

BOOT_TEXT_WITHIN_S = 3.0
YOUNG_S = 15.0
"""An uptime below this counts, told within this time of the opening."""

WATCH_S = 90.0
"""Over the API the first uptime may be that of the device metrics, which come each minute."""

_SLACK_S = 1.5
"""Uptimes are told in whole seconds, and on their way."""


class OpenWatch:
    """Follows one opening of one port. Each method returns the uptime that gives the restart away, once."""

    def __init__(self, opened_at: float) -> None:
        self._opened_at = opened_at
        self._is_over = False

    def is_over(self, now: float) -> bool:
        """Return whether nothing more is to be learned, which spares reading what comes."""
        return self._is_over or now - self._opened_at > WATCH_S

    def line_heard(self, text: str, now: float) -> float | None:
        """Take a log line."""
        if self.is_over(now):
            return None
        line = parse(text)
        if boot_sign(line) is not None and now - self._opened_at <= BOOT_TEXT_WITHIN_S:
            self._is_over = True
            return float(line.uptime_s or 0.0)
        return None if line.uptime_s is None else self.uptime_heard(line.uptime_s, now)

    def uptime_heard(self, uptime_s: float, now: float) -> float | None:
        """Take an uptime that the board told of this moment."""
        if self.is_over(now):
            return None
        # The first uptime decides: a board that runs for longer did not restart with the opening.
        self._is_over = True
        open_for = now - self._opened_at
        is_young = uptime_s < YOUNG_S and open_for <= YOUNG_S
        return float(uptime_s) if is_young or uptime_s <= open_for + _SLACK_S else None
