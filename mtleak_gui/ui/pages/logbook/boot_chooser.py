# SPDX-License-Identifier: GPL-3.0-only
"""Chooses one run of a board between two restarts, or all: a control and the panel that it opens."""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from datetime import datetime
from typing import NamedTuple

from PySide6.QtCore import QRect, QSize, Qt, Signal, Slot
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QAbstractButton, QScrollArea, QSizePolicy, QVBoxLayout, QWidget

from mtleak_gui.core.boot import Boot
from mtleak_gui.core.shown_text import shown
from mtleak_gui.core.wording import count, span
from mtleak_gui.ui.theme.theme_keeper import ThemeKeeper
from mtleak_gui.ui.widgets.labelled_combo import LabelledCombo
from mtleak_gui.ui.widgets.labels import label
from mtleak_gui.ui.widgets.lines import line
from mtleak_gui.ui.widgets.popup_panel import PopupPanel

_WIDTH, _ROW, _MOST_ROWS = 612, 36, 10
_CHECK, _NAME, _SPAN, _LENGTH_END, _ROWS_END, _REASON = 13, 40, 132, 330, 448, 464


class BootLine(NamedTuple):
    """What the panel tells of a boot, or of all (``boot`` is ``None``)."""

    boot: Boot | None
    name: str
    span: str
    length: str
    rows: str
    reason: str


class BootChooser(LabelledCombo):
    """``boot`` is the chosen one, ``None`` for all. ``boots_now`` and ``rows_of`` are asked when the panel opens."""

    chosen = Signal()

    def __init__(
        self,
        theme: ThemeKeeper,
        boots_now: Callable[[], tuple[str, Sequence[Boot]]],
        rows_of: Callable[[float, float], int],
        *,
        now: Callable[[], float],
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(theme, parent.tr("Boot") if parent else "Boot", parent=parent)
        self._keeper = theme
        self.boots_now = boots_now
        self._rows_of = rows_of
        self._now = now
        self.boot: Boot | None = None
        self._panel: PopupPanel | None = None
        self._show_choice()

    def choose(self, boot: Boot | None) -> None:
        """Choose without telling."""
        self.boot = boot
        self._show_choice()

    def renew(self, boots: Sequence[Boot]) -> bool:
        """Take what is known of the chosen boot now, its end above all; return whether that changes what is shown."""
        if self.boot is None:
            return False
        newer = next((boot for boot in boots if boot.number == self.boot.number), None)
        if newer is None or newer == self.boot:
            return False
        ends = newer.end != self.boot.end or newer.start != self.boot.start
        self.choose(newer)
        return ends

    def panel_rows(self) -> list[BootRow]:
        """Return the lines of the open panel, from the top."""
        return [] if self._panel is None else self._panel.findChildren(BootRow)

    def showPopup(self) -> None:  # noqa: N802 - Qt's name
        """Open the panel with the boots, newest first."""
        name, boots = self.boots_now()
        panel = PopupPanel(self)
        panel.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        panel.setFixedWidth(_WIDTH)
        panel.body.setContentsMargins(1, 8, 1, 6)
        title = label(self.tr("Boots of %1").replace("%1", shown(name)), "small-strong", "secondary", parent=panel)
        title.setContentsMargins(16, 2, 16, 8)
        panel.body.addWidget(title)
        panel.body.addWidget(self._list(panel, [self._line(boot) for boot in reversed(boots)]))
        panel.body.addWidget(line(panel))
        panel.body.addSpacing(6)
        everything = count(self._rows_of(-math.inf, math.inf), "row")
        panel.body.addWidget(self._row(panel, BootLine(None, self.tr("All boots"), "", "", everything, "")))
        self._panel = panel
        panel.open_below(self)
        for row in self.panel_rows():
            if row.isChecked():
                row.setFocus(Qt.FocusReason.PopupFocusReason)

    def _list(self, panel: PopupPanel, lines: Sequence[BootLine]) -> QWidget:
        inside = QWidget(panel)
        inside.setProperty("kind", "scrolled")
        column = QVBoxLayout(inside)
        column.setContentsMargins(0, 0, 0, 6)
        column.setSpacing(0)
        for told in lines:
            column.addWidget(self._row(panel, told))
        if len(lines) <= _MOST_ROWS:
            return inside
        scroll = QScrollArea(panel)
        scroll.setWidget(inside)
        scroll.setWidgetResizable(True)
        scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        scroll.setFixedHeight(_MOST_ROWS * _ROW)
        return scroll

    def _row(self, panel: PopupPanel, told: BootLine) -> BootRow:
        chosen = (
            told.boot == self.boot if told.boot is None or self.boot is None else told.boot.number == self.boot.number
        )
        row = BootRow(self._keeper, told, chosen=chosen, parent=panel)
        row.clicked.connect(self._clicked)
        return row

    @Slot()
    def _clicked(self) -> None:
        row = self.sender()
        if isinstance(row, BootRow):
            self.choose(row.told.boot)
        if self._panel is not None:
            self._panel.close()
            self._panel = None
        self.chosen.emit()

    def _line(self, boot: Boot) -> BootLine:
        end = self._now() if boot.end is None else boot.end
        rows = count(self._rows_of(boot.start, math.inf if boot.end is None else boot.end), "row")
        until = self.tr("now") if boot.end is None else _clock(boot.end, boot.start)
        told = f"{_clock(boot.start, self._now())} – {until}"
        reason = shown(boot.reason) if boot.reason else self.tr("reason not seen")
        return BootLine(boot, _name(boot), told, span(max(0.0, end - boot.start)), rows, reason)

    def _show_choice(self) -> None:
        self.clear()
        self.addItem(self.tr("all") if self.boot is None else _name(self.boot))
        self.updateGeometry()


class BootRow(QAbstractButton):
    """One line of the panel."""

    def __init__(self, theme: ThemeKeeper, told: BootLine, *, chosen: bool, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self.told = told
        self.setCheckable(True)
        self.setChecked(chosen)
        self.setFixedHeight(_ROW)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setAccessibleName(", ".join(part for part in told[1:] if part))

    def sizeHint(self) -> QSize:  # noqa: N802 - Qt's name
        """Return the size of a line."""
        return QSize(_WIDTH - 2, _ROW)

    def paintEvent(self, _event: QPaintEvent) -> None:  # noqa: N802 - Qt's name
        """Draw tick, name, span, length, rows, reason."""
        painter = QPainter(self)
        colors, told = self._theme.colors, self.told
        if self.isChecked():
            painter.fillRect(self.rect(), self._theme.tint(colors.primary, 0.12))
        if self.underMouse() or self.isDown():
            painter.fillRect(self.rect(), self._theme.tint(colors.text, 0.12 if self.isDown() else 0.08))
        if self.hasFocus():
            painter.setPen(colors.primary)
            painter.drawRect(self.rect().adjusted(1, 0, -2, -1))
        icon = "check" if self.isChecked() else "layers-outline" if told.boot is None else ""
        if icon:
            role = "primary_strong" if self.isChecked() else "text_2"
            painter.drawPixmap(_CHECK, (_ROW - 18) // 2, self._theme.pixmap(icon, role, 18))
        painter.setPen(colors.text)
        painter.setFont(self._theme.font(13, 500))
        self._words(painter, _NAME, _SPAN - 8, told.name)
        painter.setFont(self._theme.font(13))
        self._words(painter, _SPAN, _LENGTH_END - 60, told.span)
        painter.setPen(colors.text_2)
        self._words(painter, _LENGTH_END - 70, _LENGTH_END, told.length, right=True)
        rows_end = self.width() - 14 if told.boot is None else _ROWS_END
        self._words(painter, rows_end - 110, rows_end, told.rows, right=True)
        painter.setFont(self._theme.font(12))
        self._words(painter, _REASON, self.width() - 12, told.reason)

    def _words(self, painter: QPainter, start: int, end: int, text: str, *, right: bool = False) -> None:
        side = Qt.AlignmentFlag.AlignRight if right else Qt.AlignmentFlag.AlignLeft
        fits = painter.fontMetrics().elidedText(text, Qt.TextElideMode.ElideRight, end - start)
        painter.drawText(QRect(start, 0, end - start, _ROW), side | Qt.AlignmentFlag.AlignVCenter, fits)


def _number(boot: Boot | None) -> int | None:
    return None if boot is None else boot.number


def _name(boot: Boot) -> str:
    return f"{boot.number} · current" if boot.end is None else f"{boot.number}"


def _clock(ts: float, now: float) -> str:
    """Return the time of a day, with the day when it is another one than now."""
    try:
        moment, today = datetime.fromtimestamp(ts), datetime.fromtimestamp(now)  # noqa: DTZ006 - local times are meant
    except (OverflowError, OSError, ValueError):
        return "?"
    return f"{moment:%H:%M:%S}" if moment.date() == today.date() else f"{moment:%d %b %H:%M}"
