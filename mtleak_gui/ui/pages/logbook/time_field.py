# SPDX-License-Identifier: GPL-3.0-only
"""A field for a moment in words: ``-1h``, ``14:21``, ISO 8601; says what it resolves to as one types."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import datetime

from PySide6.QtCore import QSignalBlocker, Signal, Slot
from PySide6.QtGui import QFontMetrics
from PySide6.QtWidgets import QFrame, QHBoxLayout, QSizePolicy, QWidget

from mtleak_gui.core.time_words import TimeWordsError, parse_time
from mtleak_gui.core.wording import local_time
from mtleak_gui.ui.pages.logbook.pattern_edit import PatternEdit
from mtleak_gui.ui.theme.styling import styled
from mtleak_gui.ui.theme.theme_keeper import ThemeKeeper
from mtleak_gui.ui.widgets.labels import label

_CLOCK = re.compile(r"([0-9]{1,2}):([0-9]{2})(?::([0-9]{2}))?")
_UNLIMITED = frozenset({"", "boot", "start", "any", "now"})
_DAY = 86400
_NARROWEST, _WIDEST, _CHROME = 106, 240, 38


class TimeField(QFrame):
    """``moment`` is the time in epoch seconds, ``None`` when the field sets no limit."""

    changed = Signal()
    echoed = Signal(str)
    """What the words mean, or what is amiss with them (``is_amiss``); empty when there is nothing to say."""

    def __init__(
        self, theme: ThemeKeeper, word: str, free: str, *, now: Callable[[], float], parent: QWidget | None = None
    ) -> None:
        """``word`` is shown in grey before the field, ``free`` inside it while it sets no limit."""
        super().__init__(parent)
        self.is_amiss = False
        self._now = now
        self._word = word
        self.moment: float | None = None
        self.setProperty("kind", "field")
        self.setFixedHeight(32)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.edit = PatternEdit(theme, self)
        self._font = theme.font(13)
        self.edit.setFont(self._font)
        self.edit.setStyleSheet("QLineEdit { font-size: 13px; placeholder-text-color: palette(text); }")
        self.edit.setPlaceholderText(free)
        self.edit.setMaxLength(40)
        self.edit.setAccessibleName(word)
        self.edit.setToolTip(self.tr("A time: -1h, -3d, 14:21, 2026-05-07T14:30:00Z, now"))
        row = QHBoxLayout(self)
        row.setContentsMargins(9, 0, 6, 0)
        row.setSpacing(6)
        row.addWidget(label(word, tone="secondary"))
        row.addWidget(self.edit, 1)
        self.edit.textChanged.connect(self._typed)
        self.edit.focus_changed.connect(self._focused)
        self._fit()

    def set_free(self, word: str) -> None:
        """Show another word while the field sets no limit."""
        self.edit.setPlaceholderText(word)
        self._fit()

    def clear(self) -> None:
        """Set no limit, without telling."""
        blocker = QSignalBlocker(self.edit)
        self.edit.clear()
        self.moment = None
        self._set_amiss(on=False)
        self._fit()
        del blocker

    @Slot()
    def _typed(self) -> None:
        words = self.edit.text().strip()
        self._fit()
        try:
            self.moment = None if words.lower() in _UNLIMITED else moment_of(words, self._now())
        except TimeWordsError:
            self._set_amiss(on=True)
            self.echoed.emit(self.tr("“%1” is no time: write -1h, 14:21 or 2026-05-07T14:30Z").replace("%1", words))
            return
        self._set_amiss(on=False)
        self.echoed.emit("" if self.moment is None else f"{self._word} {local_time(self.moment)}")
        self.changed.emit()

    def _fit(self) -> None:
        """Take the room that the words need."""
        metrics = QFontMetrics(self._font)
        words = max((self.edit.text(), self.edit.placeholderText(), "00:00"), key=metrics.horizontalAdvance)
        width = metrics.horizontalAdvance(self._word) + metrics.horizontalAdvance(words) + _CHROME
        self.setFixedWidth(max(_NARROWEST, min(width, _WIDEST)))

    def _set_amiss(self, *, on: bool) -> None:
        self.is_amiss = on
        styled(self, invalid=on)

    @Slot(bool)
    def _focused(self, on: bool) -> None:  # noqa: FBT001 - a slot
        styled(self, active=on)
        if not self.is_amiss:
            self.echoed.emit(f"{self._word} {local_time(self.moment)}" if on and self.moment is not None else "")


def moment_of(words: str, now: float) -> float:
    """Return the moment of a time; ``14:21`` is the last time this computer's clock showed it.

    Raises ``TimeWordsError``.
    """
    clock = _CLOCK.fullmatch(words)
    if clock is None:
        return parse_time(words, now=now)
    try:
        today = datetime.fromtimestamp(now).astimezone()
        at = today.replace(hour=int(clock[1]), minute=int(clock[2]), second=int(clock[3] or 0), microsecond=0)
    except ValueError as trouble:
        raise TimeWordsError(f"{words} is no time of a day") from trouble
    return at.timestamp() if at.timestamp() <= now else at.timestamp() - _DAY
