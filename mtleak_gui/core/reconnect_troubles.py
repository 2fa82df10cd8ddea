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


def board_gone(port: str) -> LinkTrouble:
    """Return the trouble that the port of a board is in the list no more."""
    return LinkTrouble(
        "vanished", f"The board on {port} is not plugged in.", "", "Recording goes on when it is back, on any port."
    )
