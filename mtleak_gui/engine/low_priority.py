# SPDX-License-Identifier: GPL-3.0-only
"""Lets the window go first where a background process and it want the same processor."""

from __future__ import annotations

import ctypes
import os
import sys

_NICENESS = 5
_BELOW_NORMAL = 0x4000


def yield_to_the_window() -> None:
    """Lower this process's priority; where that is refused it stays as it is. Takes nothing while there is room."""
    if sys.platform == "win32":
        kernel = ctypes.windll.kernel32
        kernel.SetPriorityClass(kernel.GetCurrentProcess(), _BELOW_NORMAL)
    else:
        os.nice(_NICENESS)
