# SPDX-License-Identifier: GPL-3.0-only
"""An area that takes the height of what it holds, up to a limit, and scrolls from there on."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, QSize, Qt, QTimer, Slot
from PySide6.QtWidgets import QFrame, QScrollArea, QWidget
from shiboken6 import isValid

_UNLIMITED = 16_777_215
_MARGIN = 8


class GrowingArea(QScrollArea):
    """``limit`` is the greatest height; the width is that of what it holds."""

    def __init__(self, inside: QWidget, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._limit = _UNLIMITED
        self._inside = inside
        self._wanted: QWidget | None = None
        self._soon = QTimer(self, singleShot=True, interval=0)
        self._soon.timeout.connect(self._reveal_wanted)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setWidgetResizable(True)
        inside.setProperty("kind", "scrolled")
        self.setWidget(inside)
        inside.installEventFilter(self)

    def set_limit(self, height: int) -> None:
        """Grow no higher than this."""
        self._limit = max(1, height)
        self.updateGeometry()

    def reveal(self, part: QWidget) -> None:
        """Scroll to a part of what it holds, as soon as that is laid out."""
        self._wanted = part
        self._soon.start()

    @Slot()
    def _reveal_wanted(self) -> None:
        part, self._wanted = self._wanted, None
        # Parts come and go; one that has gone is no child any more.
        if part is not None and isValid(part) and self._inside.isAncestorOf(part):
            self.ensureWidgetVisible(part, 0, _MARGIN)

    def sizeHint(self) -> QSize:  # noqa: N802 - Qt's name
        """Return the size of what it holds, within the limit."""
        wanted = self._inside.sizeHint()
        return QSize(wanted.width(), min(wanted.height(), self._limit))

    def minimumSizeHint(self) -> QSize:  # noqa: N802 - Qt's name
        """Return the same: whoever holds the area takes its height from it."""
        return self.sizeHint()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802 - Qt's name
        """Take another height when what it holds has one."""
        if watched is self._inside and event.type() == QEvent.Type.LayoutRequest:
            self.updateGeometry()
        return super().eventFilter(watched, event)
