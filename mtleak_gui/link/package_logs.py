# SPDX-License-Identifier: GPL-3.0-only
"""What the meshtastic package may write into the program's log."""

from __future__ import annotations

import logging


def keep_keys_out_of_logs() -> None:
    """Let the package log no whole messages, as it does at DEBUG: they hold private keys."""
    package = logging.getLogger("meshtastic")
    if package.level < logging.INFO:
        package.setLevel(logging.INFO)
