# SPDX-License-Identifier: GPL-3.0-only
"""The troubles of a conversation that broke off before the board had told its configuration."""

from __future__ import annotations

from mtleak_gui.core.link_trouble import LinkTrouble


def closed_in_handshake(port: str, role: str, detail: str | None = None) -> LinkTrouble:
    """Return the trouble that the connection ended before the board had told its configuration."""
    if role == "tcp":
        why = "A node serves one client at a time: another client may have taken its place, or the board restarted."
        todo = "Close the phone app, the web client or the CLI that is connected to this node."
    else:
        why = "The board was unplugged or restarted in the middle of it."
        todo = "Check the plug and the cable. A board that restarts each time may not get enough power."
    return LinkTrouble("vanished", f"{port} was lost while it told its configuration.", why, todo, detail=detail)


def package_gave_up(port: str, detail: str | None = None) -> LinkTrouble:
    """Return the trouble that the meshtastic package wanted to end the program instead of going on."""
    why = "The meshtastic package wanted to end the program, which was kept from it."
    todo = "Try again. If it repeats, report it with the details below."
    return LinkTrouble("fault", f"The conversation with {port} broke off.", why, todo, detail=detail)
