# SPDX-License-Identifier: GPL-3.0-only
"""Qt's application, which also hears that the user's session ends, at a logout or a shutdown."""

from __future__ import annotations

import logging
from collections.abc import Sequence

from PySide6.QtCore import QEvent, Signal
from PySide6.QtWidgets import QApplication

log = logging.getLogger(__name__)


class WindowApplication(QApplication):
    """Qt announces the end with ``commitDataRequest`` (Windows, session managers) and follows with a Quit event.

    Quit alone (macOS, a dock's menu) closes the window as its close button does, which asks while rows are recorded.
    """

    session_ends = Signal()
    """What is not closed when the slots return, is lost: the system ends the process then."""

    def __init__(self, argv: Sequence[str]) -> None:
        super().__init__(list(argv))
        self._is_announced = False
        self.commitDataRequest.connect(self.announce_end)

    def event(self, event: QEvent) -> bool:
        """End within the Quit event that follows the announcement."""
        if self._is_announced and event.type() is QEvent.Type.Quit:
            log.info("The session ends")
            self.session_ends.emit()
            event.accept()
            return True
        return super().event(event)

    def announce_end(self, _manager: object) -> None:
        """Take word that the session is about to end."""
        # Nothing is closed yet: a logout that is called off must find the recording running.
        self._is_announced = True
