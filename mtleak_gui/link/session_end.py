# SPDX-License-Identifier: GPL-3.0-only
"""Why a session ended, from what its reader or a writer ran into."""

from __future__ import annotations

import logging

from mtleak_gui.core.link_trouble import TroubleKind
from mtleak_gui.core.link_troubles.loss import Loss, loss_of

log = logging.getLogger(__name__)


class SessionEndedError(OSError):
    """A session ends for a reason of its own kind."""

    def __init__(self, kind: TroubleKind, reason: str) -> None:
        super().__init__(reason)
        self.kind = kind


def end_of(cause: BaseException) -> Loss:
    """Return what ended a session; faults of this program go to its log."""
    if isinstance(cause, SessionEndedError):
        return Loss(cause.kind, str(cause))
    if isinstance(cause, OSError):
        return loss_of(cause)
    if isinstance(cause, SystemExit):
        return Loss("fault", f"the meshtastic package wanted to end the program: {cause}")
    log.error("The reader of a board stopped", exc_info=cause)
    return Loss("fault", f"a fault in this program: {cause!r}")
