# SPDX-License-Identifier: GPL-3.0-only
"""Why a link that was live ended: the note of its event in a few words, and the trouble that the tester is told."""

from __future__ import annotations

import errno
from typing import NamedTuple

from mtleak_gui.core.link_trouble import LinkTrouble, TroubleKind

_PORT_GONE = frozenset({errno.EIO, errno.ENXIO, errno.ENODEV, errno.EBADF, errno.ENOENT})
_HUNG_UP = frozenset({errno.ECONNRESET, errno.EPIPE, errno.ECONNABORTED})
_UNREACHED = frozenset({errno.ETIMEDOUT, errno.EHOSTUNREACH, errno.ENETUNREACH, errno.ENETDOWN})

_PYSERIAL_GONE = ("returned no data", "read failed", "write failed")

_PORT_WENT = "the port went away: the board was unplugged, or it restarted"
_HANGS_UP = "the board closed the connection"
_NOT_REACHED = "the board cannot be reached any more: it lost its power or its network"


class Loss(NamedTuple):
    """``words`` have no capital and no full stop: they stand as the note of ``connection_lost``."""

    kind: TroubleKind
    words: str
    detail: str | None = None


def loss_of(error: OSError) -> Loss:
    """Return what an error of reading or writing says about a link."""
    said = " ".join(str(error).split())
    if error.errno in _HUNG_UP or "connection failed" in said:
        return Loss("vanished", _HANGS_UP, said)
    if error.errno in _UNREACHED or isinstance(error, TimeoutError):
        return Loss("unreachable", _NOT_REACHED, said)
    # pyserial finds a port that is ready and has nothing: it was pulled, or another program reads from it, too.
    if error.errno in _PORT_GONE or any(words in said for words in _PYSERIAL_GONE):
        return Loss("vanished", _PORT_WENT, said)
    return Loss("mute" if "Write timeout" in said else "other", str(error.strerror or error), said)


def lost(port: str, loss: Loss) -> LinkTrouble:
    """Return the trouble of a link that was lost."""
    why, todo = _BY_KIND.get(loss.kind, ("", ""))
    return LinkTrouble(loss.kind, f"{port} was lost: {loss.words}.", why, todo, detail=loss.detail)


_BY_KIND: dict[TroubleKind, tuple[str, str]] = {
    "vanished": ("", "Recording goes on by itself when the board is back."),
    "unreachable": ("", "Check its power and its network; recording goes on by itself when it is back."),
}
