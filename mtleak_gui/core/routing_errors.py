# SPDX-License-Identifier: GPL-3.0-only
"""The names of Routing.Error numbers, which the firmware logs whenever it allocates a NAK packet.

Source: ``allocAckNak`` in ``src/mesh/MeshModule.cpp``; numbers from ``Routing.Error`` in ``mesh.proto``.
"""

from __future__ import annotations

import re

ROUTING_ERRORS = {
    0: "NONE",
    1: "NO_ROUTE",
    2: "GOT_NAK",
    3: "TIMEOUT",
    4: "NO_INTERFACE",
    5: "MAX_RETRANSMIT",
    6: "NO_CHANNEL",
    7: "TOO_LARGE",
    8: "NO_RESPONSE",
    9: "DUTY_CYCLE_LIMIT",
    32: "BAD_REQUEST",
    33: "NOT_AUTHORIZED",
    34: "PKI_FAILED",
    35: "PKI_UNKNOWN_PUBKEY",
    36: "ADMIN_BAD_SESSION_KEY",
    37: "ADMIN_PUBLIC_KEY_UNAUTHORIZED",
    38: "RATE_LIMIT_EXCEEDED",
    39: "PKI_SEND_FAIL_PUBLIC_KEY",
}

_NAK = re.compile(r"\bAlloc an err=[ \t]{0,4}(-?[0-9]{1,9})(?![0-9])", re.IGNORECASE)


def routing_error_in(message: str) -> str | None:
    """Return the Routing.Error name in an ``Alloc an err=<number>,to=0x...`` message, or ``None`` when there is none.

    A number that the protobufs do not know comes back as ``UNKNOWN_<number>``.
    """
    match = _NAK.search(message)
    if match is None:
        return None
    number = int(match[1])
    return ROUTING_ERRORS.get(number, f"UNKNOWN_{number}")
