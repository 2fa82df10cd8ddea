# SPDX-License-Identifier: GPL-3.0-only
"""A session's bands, asked for once a second: it works them out anew each time, which is too much for each frame."""

from __future__ import annotations

from PySide6.QtCore import QElapsedTimer

from mtleak_gui.core.bands import Band
from mtleak_gui.engine.session import Session

_EVERY_MS = 1_000


class SeenBands:
    """Remembers the bands of one session."""

    def __init__(self) -> None:
        self._bands: tuple[Band, ...] = ()
        self._asked = QElapsedTimer()

    def forget(self) -> None:
        """Ask anew the next time."""
        self._asked.invalidate()

    def of(self, session: Session) -> tuple[Band, ...]:
        """Return the bands of the session, at most a second old."""
        if not self._asked.isValid() or self._asked.hasExpired(_EVERY_MS):
            self._bands = session.bands
            self._asked.start()
        return self._bands
