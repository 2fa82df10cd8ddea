# SPDX-License-Identifier: GPL-3.0-only
"""How a board may be heard."""

from __future__ import annotations

from typing import Literal

CaptureWish = Literal["auto", "api", "console"]
"""``auto`` is the API wherever there is one: it brings telemetry, and log lines where the board's log API is on."""
