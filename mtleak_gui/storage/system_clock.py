# SPDX-License-Identifier: GPL-3.0-only
"""The host's clock."""

from __future__ import annotations

import time


class SystemClock:
    """Wall and monotonic time of the host, in seconds (``core.contracts.Clock``)."""

    def wall(self) -> float:
        """Return the epoch time."""
        return time.time()

    def monotonic(self) -> float:
        """Return seconds that never go backwards."""
        return time.monotonic()
