# SPDX-License-Identifier: GPL-3.0-only
"""From what the system says of a network connection to the trouble that the tester is told."""

from __future__ import annotations

import errno
import socket
from urllib.parse import urlsplit

from mtleak_gui.core.link_trouble import LinkTrouble
from mtleak_gui.core.link_troubles.network import (
    Peer,
    cannot_connect,
    no_reply,
    no_rfc2217,
    no_route,
    refused,
    unknown_host,
)
from mtleak_gui.link.serial_trouble import error_words

RFC2217_WAIT_S = 5.0
"""What pyserial waits for a connection."""

_NO_ROUTE = frozenset(
    getattr(errno, name)
    for name in ("ENETUNREACH", "EHOSTUNREACH", "ENETDOWN", "EHOSTDOWN", "EADDRNOTAVAIL", "EACCES", "EPERM")
    if hasattr(errno, name)
)
"""The last two are what a firewall of this computer says."""


def connect_trouble(peer: Peer, error: BaseException, waited_s: float) -> LinkTrouble:
    """Return why a connection could not be made."""
    detail = error_words(error)
    if isinstance(error, ConnectionRefusedError):
        return refused(peer, detail)
    if isinstance(error, socket.gaierror | UnicodeError):
        return unknown_host(peer, detail)
    if isinstance(error, TimeoutError):
        return no_reply(peer, waited_s, detail)
    if isinstance(error, OSError) and error.errno in _NO_ROUTE:
        return no_route(peer, detail)
    return cannot_connect(peer, detail)


def rfc2217_trouble(url: str, error: Exception) -> LinkTrouble:
    """Return why a port that is served by RFC 2217 could not be opened."""
    parts = urlsplit(url)
    peer = Peer(parts.hostname or "", parts.port or 0, "rfc2217")
    # pyserial puts the text of what happened into an error of its own; the error itself stands behind it.
    cause = error.__cause__ or error.__context__
    if isinstance(cause, OSError | UnicodeError):
        return connect_trouble(peer, cause, RFC2217_WAIT_S)
    return no_rfc2217(peer, error_words(error))
