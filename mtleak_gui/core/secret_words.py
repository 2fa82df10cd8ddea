# SPDX-License-Identifier: GPL-3.0-only
"""Keys, passkeys and passwords in what a board prints: hidden before anything is recorded or shown.

Firmware prints them with its debug log on: ``AdminModule`` session keys (``printBytes``), ``CryptoEngine`` shared keys,
``NimbleBluetooth`` and ``NRF52Bluetooth`` pairing passkeys, ``MQTT`` its password.
"""

from __future__ import annotations

import re

from mtleak_gui.core.records import RawLine

HIDDEN = "[hidden]"

SIGNS = ("key", "pass", "psk")
"""In small letters: a text without any of these holds none."""
_SECRET = re.compile(
    r"""
      (?P<passkey> \b passkey \b [^0-9\n]{0,24} ) [0-9]{3} [ ]? [0-9]{3} \b
    | (?P<key> (?<!public[ _]) key \b [^=:\n]{0,24}? [:=]? \s* )
      (?:
          \b (?:0x)? [0-9a-f]{2} (?: [ ,:]+ (?:0x)? [0-9a-f]{2} ){3,} \b
        | \b (?:0x)? [0-9a-f]{16,} \b
        | (?<![a-z0-9+/]) [a-z0-9+/]{40,} =*
      )
    | (?P<password> (?: pass(?:word|phrase) | psk ) ["']? \s* [:=] \s* ["']? ) [^\s"'][^\n]*
    """,
    re.VERBOSE | re.IGNORECASE,
)


def without_secrets(text: str) -> str:
    """Return a line with ``[hidden]`` in place of each key, passkey and password; the words before them stay."""
    lowered = text.lower()
    if not any(sign in lowered for sign in SIGNS):
        return text
    return _SECRET.sub(_hidden, text)


def lines_without_secrets(heard: list[RawLine]) -> list[RawLine]:
    """Return the lines with their secrets hidden: the list itself when, as nearly always, there are none."""
    # One look at all of them: most batches hold no sign at all, and looking at each line costs ten times as much.
    together = "\n".join([line.text for line in heard]).lower()
    if not any(sign in together for sign in SIGNS):
        return heard
    return [_safe(line) for line in heard]


def _safe(line: RawLine) -> RawLine:
    text = without_secrets(line.text)
    return line if text == line.text else line._replace(text=text)


def _hidden(found: re.Match[str]) -> str:
    return f"{found['passkey'] or found['key'] or found['password']}{HIDDEN}"
