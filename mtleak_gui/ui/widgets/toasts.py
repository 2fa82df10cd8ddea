# SPDX-License-Identifier: GPL-3.0-only
"""Short messages at the foot of the window, four seconds each, or until they are dealt with when they are sticky."""

from __future__ import annotations

import re

from PySide6.QtCore import QEvent, QObject, Qt, QTimer, Signal, Slot
from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout, QWidget

from mtleak_gui.core.notice import Notice
from mtleak_gui.ui.theme.styling import styled
from mtleak_gui.ui.theme.theme_keeper import ThemeKeeper
from mtleak_gui.ui.widgets.buttons import IconButton, button
from mtleak_gui.ui.widgets.labels import label

_SHOWN_MS = 4_000
_SHOWN_WITH_ACTION_MS = 10_000
"""An undo can be reached for ten seconds."""
_MARGIN = 16
_MOST = 4
_WIDEST = 560
_SYSTEM_WORDS = re.compile(r"\[(Errno|WinError) ")
_LONG = 240
"""Letters of a detail from which on it is folded away."""
_ICONS = {
    "info": "information-outline",
    "ok": "check-circle-outline",
    "warn": "alert-outline",
    "danger": "alert-octagon-outline",
}


class Toasts(QWidget):
    """Lies over its parent's lower edge. A notice with the key of one that is shown takes its place."""

    acted = Signal(str, str)
    """Key of the notice and id of its action, when the action was clicked."""

    def __init__(self, theme: ThemeKeeper, parent: QWidget) -> None:
        super().__init__(parent)
        self._theme = theme
        self._shown: dict[str, _Toast] = {}
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(8)
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents, on=False)
        parent.installEventFilter(self)
        self.hide()

    def show_notice(self, notice: Notice, action_word: str = "") -> None:
        """Show a notice; ``action_word`` is what its button says."""
        self.remove(notice.key)
        while len(self._shown) >= _MOST:
            self.remove(next(iter(self._shown)))
        toast = _Toast(self._theme, notice, action_word, self)
        toast.acted.connect(self.acted)
        toast.ended.connect(self.remove)
        toast.unfolded.connect(self._place)
        self._shown[notice.key] = toast
        self._column.addWidget(toast)
        # A toast counts in the layout once it is shown.
        toast.begin()
        self._place()

    @Slot(str)
    def remove(self, key: str) -> None:
        """Take a notice away, if it is shown."""
        toast = self._shown.pop(key, None)
        if toast is not None:
            self._column.removeWidget(toast)
            toast.hide()
            toast.deleteLater()
            self._place()

    @property
    def texts(self) -> tuple[str, ...]:
        """What is shown, oldest first."""
        return tuple(toast.notice.text for toast in self._shown.values())

    @Slot()
    def _place(self) -> None:
        self.setVisible(bool(self._shown))
        parent = self.parentWidget()
        if not self._shown or parent is None:
            return
        self._column.activate()
        size = self.sizeHint().boundedTo(parent.size())
        width = min(max(size.width(), 320), _WIDEST, parent.width() - 2 * _MARGIN)
        height = self.heightForWidth(width) if self.hasHeightForWidth() else size.height()
        height = min(height, parent.height() - 2 * _MARGIN)
        self.setGeometry(_MARGIN, parent.height() - height - _MARGIN, width, height)
        self.raise_()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802 - Qt's name
        """Stay at the lower edge of the parent."""
        if event.type() == QEvent.Type.Resize:
            self._place()
        return super().eventFilter(watched, event)


def _is_for_few(detail: str) -> bool:
    """Return whether a detail is long, or what the system said: not for everybody to read."""
    return len(detail) > _LONG or "\n" in detail or _SYSTEM_WORDS.search(detail) is not None


class _Toast(QFrame):
    acted = Signal(str, str)
    ended = Signal(str)
    unfolded = Signal()

    def __init__(self, theme: ThemeKeeper, notice: Notice, action_word: str, parent: QWidget) -> None:
        super().__init__(parent)
        self.notice = notice
        self._theme = theme
        styled(self, kind="toast")
        self.setMinimumHeight(44)
        self.setAccessibleName(notice.text)
        row = QHBoxLayout(self)
        row.setContentsMargins(14, 4, 8, 4)
        row.setSpacing(10)
        self._picture = label()
        row.addWidget(self._picture)
        words = QVBoxLayout()
        words.setSpacing(0)
        words.addWidget(label(notice.text, wrap=True))
        self._detail = label(notice.detail or "", "small", wrap=True)
        self._detail.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        words.addWidget(self._detail)
        row.addLayout(words, 1)
        folded = notice.sticky and _is_for_few(notice.detail or "")
        self._detail.setVisible(bool(notice.detail) and not folded)
        if folded:
            self._add_fold(row)
        if notice.action and action_word:
            act = button(action_word, "text", "small", self)
            act.clicked.connect(self._clicked)
            row.addWidget(act)
        if notice.sticky:
            close = IconButton(theme, "close", kind="icon", size="small", name=self.tr("Close"), role="bg")
            close.clicked.connect(self._end)
            row.addWidget(close)
        theme.changed.connect(self._tint)
        self._tint()

    def begin(self) -> None:
        """Be shown, and count down unless it stays."""
        self.show()
        if not self.notice.sticky:
            timer = QTimer(self)
            timer.setSingleShot(True)
            timer.timeout.connect(self._end)
            timer.start(_SHOWN_WITH_ACTION_MS if self.notice.action else _SHOWN_MS)

    def _add_fold(self, row: QHBoxLayout) -> None:
        fold = button(self.tr("Details"), "text", "small", self)
        fold.setCheckable(True)
        fold.toggled.connect(self._unfold)
        row.addWidget(fold)

    @Slot(bool)
    def _unfold(self, shown: bool) -> None:  # noqa: FBT001 - a signal's argument
        self._detail.setVisible(shown)
        self.unfolded.emit()

    @Slot()
    def _clicked(self) -> None:
        self.acted.emit(self.notice.key, self.notice.action or "")
        self._end()

    @Slot()
    def _end(self) -> None:
        self.ended.emit(self.notice.key)

    @Slot()
    def _tint(self) -> None:
        self._picture.setPixmap(self._theme.pixmap(_ICONS[self.notice.tone], "bg", 18))
