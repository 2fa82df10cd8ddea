# SPDX-License-Identifier: GPL-3.0-only
"""How a board may be heard."""

from __future__ import annotations

from typing import Literal

CaptureWish = Literal["auto", "api", "console"]
"""``auto`` is the API here; who knows the board decides before (``KnownBoards.way``)."""
