# SPDX-License-Identifier: GPL-3.0-only
"""Where the words of people begin in a log message: chat, names and JSON that the firmware only quotes.

Sources: ``TextMessageModule``, ``ReplyModule``, ``WaypointModule``, ``CannedMessageModule``, ``RangeTestModule``,
``DetectionSensorModule`` (``..., msg=%.*s``); ``NodeDB`` (``user !id/long/short``), ``NodeInfoModule``
(``owner !id/...``), ``PhoneAPI`` (``nodeinfo: ..., name=%s``), ``MQTT`` and ``MeshPacketSerializer`` (``json``),
``Router`` of 2.0 (``Original message - %s``).
"""

from __future__ import annotations

import re

_QUOTATION = re.compile(
    r"\b(?:msg|text|message|payload|name|ssid)[ ]?="
    r"|\b(?:text|payload):[ ]"
    r"|\b(?:received|sent|send|sending|text|json|canned|original|compressed|decompressed|new)[ ]"
    r"(?:text[ ]|waypoint[ ]|nodestatus[ ]|status[ ])?(?:msg|message|payload)s?\b"
    r"|\b(?:user|owner)[ ]!"
    r"|\bnodeinfo:"
    r"|\b(?:long|short)_?name\b"
    r"|\bcallsign\b"
    r"|\bpayload\.bytes\b"
    r"|\{[ ]?[\"']"
)
_FIRST_SIGNS = ("msg", "message", "text", "payload", "name", "ssid=", "user !", "owner !", "nodeinfo:", "callsign", "{")


def words_of_the_board(message: str) -> str:
    """Return the part of a log message that the firmware itself wrote: everything before the first quotation."""
    lowered = message.lower()
    for sign in _FIRST_SIGNS:
        if sign in lowered:
            quotation = _QUOTATION.search(lowered)
            return message if quotation is None else message[: quotation.start()]
    return message
