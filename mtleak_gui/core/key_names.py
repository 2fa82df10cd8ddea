# SPDX-License-Identifier: GPL-3.0-only
"""How keys are written, ``Ctrl+Shift+F``: the form in which settings keep them and in which they are compared."""

from __future__ import annotations

_MODIFIERS = ("Ctrl", "Alt", "Shift", "Meta")
_NAMED = (
    *("Space", "End", "Home", "PgUp", "PgDown", "Ins", "Del", "Backspace", "Tab", "Return", "Enter", "Esc"),
    *("Left", "Right", "Up", "Down", "Pause", "Print"),
    *(f"F{number}" for number in range(1, 25)),
)
_BY_SMALL = {name.casefold(): name for name in (*_MODIFIERS, *_NAMED)}


def normal_key(text: str) -> str | None:
    """Return a key in its usual form, ``""`` for none at all, or ``None`` when ``text`` names no key."""
    text = text.strip()
    if not text:
        return ""
    # The key may be "+" itself.
    head, last = (text[:-2], "+") if text.endswith("++") else _cut(text)
    key = last.upper() if len(last) == 1 else _BY_SMALL.get(last.casefold())
    given = [_BY_SMALL.get(word.strip().casefold()) for word in head.split("+")] if head else []
    if key is None or key in _MODIFIERS or not key.isprintable():
        return None
    if len(set(given)) < len(given) or any(word not in _MODIFIERS for word in given):
        return None
    return "+".join([*(word for word in _MODIFIERS if word in given), key])


def _cut(text: str) -> tuple[str, str]:
    if text == "+":
        return "", text
    head, _, last = text.rpartition("+")
    return head.strip(), last.strip()
