# SPDX-License-Identifier: GPL-3.0-only
"""Tells Windows that this is a program of its own, so that the taskbar does not show it as one of Python's."""

from __future__ import annotations

import logging
import sys

APP_USER_MODEL_ID = "MTLeakhunt.MTLeakhunt"
"""The same stands in packaging/windows/mtleak-gui.iss: a pinned icon and the running window must be one."""

log = logging.getLogger(__name__)


def claim_taskbar_identity() -> None:
    """Set the identity of the process; before its first window. Other systems take it from the desktop file."""
    if sys.platform == "win32":
        import ctypes  # noqa: PLC0415 - only Windows needs it

        result = ctypes.windll.shell32.SetCurrentProcessExplicitAppUserModelID(APP_USER_MODEL_ID)
        if result != 0:
            log.warning("Windows refused the identity of the program: 0x%08X", result & 0xFFFFFFFF)
