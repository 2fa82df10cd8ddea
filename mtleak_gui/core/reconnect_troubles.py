# SPDX-License-Identifier: GPL-3.0-only
"""The troubles of keeping a board heard, in words: what a link's keeper finds out, not the link itself."""

from __future__ import annotations

from mtleak_gui.core.link_trouble import LinkTrouble


def another_board(port: str, expected: str, found: str) -> LinkTrouble:
    """Return the trouble that another board answers where one that is recorded was; ``expected`` and ``found``: ids."""
    return LinkTrouble(
        "another_board",
        f"Another board answers on {port}: {found} in place of {expected}.",
        "The boards were swapped, or the network gave the address to another node.",
        "Rows of two boards are never mixed. Plug the first one in again, or connect the other as a board of its own.",
    )


def second_client(port: str) -> LinkTrouble:
    """Return the trouble that two clients throw each other out of one node."""
    return LinkTrouble(
        "second_client",
        f"Another client is connected to {port}, and took the connection again and again.",
        "A node keeps one network client only. Two that both reconnect throw each other out about once a second.",
        "Close the other client (phone app, web client, CLI, Home Assistant), then try again.",
    )


def board_gone(port: str) -> LinkTrouble:
    """Return the trouble that the port of a board is in the list no more."""
    return LinkTrouble(
        "vanished", f"The board on {port} is not plugged in.", "", "Recording goes on when it is back, on any port."
    )


def no_word(port: str) -> LinkTrouble:
    """Return the trouble that a link is not alive and has not said why."""
    why = "Its reader stopped without a word."
    return LinkTrouble("reader_ended", f"{port} is not heard any more.", why, "It is opened again by itself.")


def program_fault(port: str, fault: Exception) -> LinkTrouble:
    """Return the trouble that this program has a fault of its own."""
    what = f"The connection to {port} failed because of a fault in this program."
    why = "Something came that the program was not made for."
    todo = "It is tried again by itself. Please report it with the details below."
    return LinkTrouble("fault", what, why, todo, detail=repr(fault))
