# SPDX-License-Identifier: GPL-3.0-only
"""Loaded by each Python of a program under test: notes every address that it connects to, listens on or looks up."""

from __future__ import annotations

import os
import sys
from pathlib import Path

_WATCHED = frozenset({"socket.connect", "socket.bind", "socket.getaddrinfo", "socket.gethostbyname", "socket.sendto"})


def _note(event: str, arguments: tuple[object, ...]) -> None:
    if event in _WATCHED:
        address = arguments[0] if event.startswith("socket.get") else arguments[-1]
        # Pairs are addresses of the network; a text is a socket of this machine's file system.
        if isinstance(address, tuple) or event.startswith("socket.get"):
            with Path(os.environ["AUDIT_FILE"]).open("a", encoding="utf-8") as file:
                file.write(f"{event} {address!r}\n")


sys.addaudithook(_note)
