# SPDX-License-Identifier: GPL-3.0-only
"""Positions in what is given away: coordinates in log lines, and packets whose payload is one.

Forms that firmware prints: ``lat=521234567 lon=210123456`` (``PositionModule``, ``NodeDB``; in 1e-7 degrees),
``latitude_i`` in JSON over MQTT, sentences of a GPS (NMEA 0183).
"""

from __future__ import annotations

import re

PORTNUMS = frozenset(
    {
        *("POSITION_APP", "WAYPOINT_APP", "SERIAL_APP", "ATAK_PLUGIN", "MAP_REPORT_APP", "ATAK_FORWARDER"),
        *(3, 8, 64, 72, 73, 257),
    }
)
"""Ports whose packets are or may be positions; as names, and as the numbers of a folder written by others."""
REMOVED = "[position removed]"

_NAME = r"(?: lat | lon | lng | latitude | longitude ) (?: _?i )?"
_COORDINATE = re.compile(
    rf"""
      (?P<label> (?<![a-z]) {_NAME} ["']? \s* [=:] \s* ) -? [0-9]+ (?: \.[0-9]+ )?
    | (?P<sentence> \$ [A-Z]{{2}} (?: GGA | RMC | GLL | GNS ) , ) [^"\\\r\n]*
    | (?<! [0-9.] ) -? [0-9]{{1,3}} \. [0-9]{{4,}} \s* [,;/] \s* -? [0-9]{{1,3}} \. [0-9]{{4,}} (?! [0-9.] )
    """,
    re.VERBOSE | re.IGNORECASE,
)
_IS_NAME = re.compile(_NAME, re.VERBOSE | re.IGNORECASE)
_SIGNS = (b"lat", b"lon", b"lng", b"$")
_PAIR = re.compile(rb"\.[0-9]{4,}\s*[,;/]\s*-?[0-9]")


def may_hold_position(lowered: bytes) -> bool:
    """Return whether a row, in small letters, may hold a coordinate: a quick look, since hardly any does."""
    return any(sign in lowered for sign in _SIGNS) or _PAIR.search(lowered) is not None


def names_coordinate(name: str) -> bool:
    """Return whether a value of this name is a coordinate."""
    return _IS_NAME.fullmatch(name) is not None


def without_positions(text: str) -> str:
    """Return a text with a note in place of each coordinate."""
    return _COORDINATE.sub(lambda found: (found["label"] or found["sentence"] or "") + REMOVED, text)
