# SPDX-License-Identifier: GPL-3.0-only
"""The promise of one answer, for whoever asked. Lives on the thread of the asker."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from PySide6.QtCore import QObject, Signal
from shiboken6 import isValid


class Answering(QObject):
    """Ends with ``done`` or with ``failed``, once, and never before the asker is back in its event loop.

    It is a child of the asker: when the asker is gone, or has cancelled, nothing is told any more. After its end it
    deletes itself; ``cancel`` may still be called.
    """

    done = Signal(object)
    """The answer; its type is the one that the question promises."""
    failed = Signal(str)
    """A sentence for the tester: what happened and what to do."""
    progressed = Signal(float, str)
    """The share done, 0 to 1, and what is being done."""

    def __init__(self, parent: QObject, give_up: Callable[[], None], *, goes_with_asker: bool) -> None:
        """``give_up`` is called when the answer is cancelled and, if it ``goes_with_asker``, when the asker is gone.

        It must not touch this object, and bear being called after the end.
        """
        super().__init__(parent)
        self._give_up: Callable[[], None] | None = give_up
        if goes_with_asker:
            self.destroyed.connect(give_up)

    @property
    def is_over(self) -> bool:
        """Return whether it was answered, has failed or was cancelled."""
        return self._give_up is None

    def cancel(self) -> None:
        """Do not want the answer any more. Does nothing after the end."""
        give_up, self._give_up = self._give_up, None
        if give_up is not None:
            give_up()
            self._leave()

    def tell_done(self, answer: Any) -> None:
        """Pass on the answer, unless it is over. Called by who answers, on the asker's thread."""
        if self._end():
            self.done.emit(answer)
            self._leave()

    def tell_failed(self, sentence: str) -> None:
        """Pass on that there is no answer, unless it is over."""
        if self._end():
            self.failed.emit(sentence)
            self._leave()

    def tell_progress(self, share: float, words: str) -> None:
        """Pass on how far it is, unless it is over."""
        if self._give_up is not None and isValid(self):
            self.progressed.emit(share, words)

    def _end(self) -> bool:
        if self._give_up is None or not isValid(self):
            return False
        self._give_up = None
        return True

    def _leave(self) -> None:
        # A slot may have deleted the asker, and this with it.
        if isValid(self):
            self.deleteLater()
