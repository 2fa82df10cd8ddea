# SPDX-License-Identifier: GPL-3.0-only
"""The troubles of a conversation that had begun: it broke off, fell silent, or somebody else took part in it."""

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


def second_client(port: str, detail: str | None = None) -> LinkTrouble:
    """Return the trouble that two clients throw each other out of one node, for ever if nobody stops."""
    why = "A node keeps one network client only. Two that both reconnect throw each other out about once a second."
    todo = "Close the other client (phone app, web client, CLI, Home Assistant), then try again."
    what = f"Another client is connected to {port}, and took the connection."
    return LinkTrouble("second_client", what, why, todo, detail=detail)


def mute(port: str, detail: str | None = None) -> LinkTrouble:
    """Return the trouble that a board does not answer any more under an open port."""
    why = "It restarted under the open port or hangs; either way it has forgotten this client."
    todo = "The port is opened again by itself. If that repeats, press the board's reset button."
    return LinkTrouble("mute", f"The board on {port} does not answer any more.", why, todo, detail=detail)


def silent_after_restart(port: str, detail: str | None = None) -> LinkTrouble:
    """Return the trouble that a board printed its boot text and then answers nothing."""
    why = "It restarted under the open port, and has not answered since its boot text."
    todo = "Look at its last log lines for the reason. If it stays silent, press its reset button."
    return LinkTrouble("mute", f"The board on {port} restarted and does not answer.", why, todo, detail=detail)


def reader_ended(port: str, detail: str | None = None) -> LinkTrouble:
    """Return the trouble that the part of the program that reads the board stopped without a reason."""
    why = "The reader of the meshtastic package stopped without a word."
    todo = "It is started again by itself; no row that was written is lost."
    return LinkTrouble("reader_ended", f"{port} is not heard any more.", why, todo, detail=detail)


def package_gave_up(port: str, detail: str | None = None) -> LinkTrouble:
    """Return the trouble that the meshtastic package wanted to end the program instead of going on."""
    why = "The meshtastic package wanted to end the program, which was kept from it."
    todo = "Try again. If it repeats, report it with the details below."
    return LinkTrouble("fault", f"The conversation with {port} broke off.", why, todo, detail=detail)


def program_fault(port: str, detail: str | None = None) -> LinkTrouble:
    """Return the trouble that this program has a fault of its own."""
    todo = "It is tried again by itself. Please report it with the details below."
    what = f"The connection to {port} failed because of a fault in this program."
    return LinkTrouble("fault", what, "Something came that the program was not made for.", todo, detail=detail)
