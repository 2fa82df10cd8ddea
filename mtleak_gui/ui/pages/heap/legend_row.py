# SPDX-License-Identifier: GPL-3.0-only
"""The row at the top of the heap card: what the lines are and their newest values, and what can be done with them."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from PySide6.QtCore import QPointF, QSize, Qt, Signal, Slot
from PySide6.QtGui import QFontMetrics, QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QWidget

from mtleak_gui.ui.pages.heap.plot.layer import line_pen
from mtleak_gui.ui.theme.theme_keeper import ThemeKeeper
from mtleak_gui.ui.widgets.buttons import IconButton
from mtleak_gui.ui.widgets.chip import Chip

_SWATCH, _GAP, _APART = 18, 6, 14


class LegendItem(NamedTuple):
    """One line of the plot; ``dashed`` as the plot draws it."""

    role: str
    name: str
    value: str = ""
    dashed: bool = False


class Legend(QWidget):
    """Paints the items side by side; those that find no room are left out, the first ones last."""

    def __init__(self, theme: ThemeKeeper, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._items: tuple[LegendItem, ...] = ()
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        theme.changed.connect(self._tint)

    @property
    def items(self) -> tuple[LegendItem, ...]:
        """What is shown."""
        return self._items

    def show_items(self, items: Sequence[LegendItem]) -> None:
        """Show other items."""
        if tuple(items) != self._items:
            self._items = tuple(items)
            self.setAccessibleName(", ".join(f"{item.name} {item.value}" for item in items))
            self.update()

    def sizeHint(self) -> QSize:  # noqa: N802 - Qt's name
        """Return the height of a row."""
        return QSize(200, 28)

    def paintEvent(self, _event: QPaintEvent) -> None:  # noqa: N802 - Qt's name
        """Paint a stroke of each line, its name and its value."""
        colors, plain, strong = self._theme.colors, self._theme.font(12), self._theme.font(12, 500)
        names, values = QFontMetrics(plain), QFontMetrics(strong)
        x, middle = 0, self.height() / 2
        with QPainter(self) as painter:
            for item in self._items:
                name_width = names.horizontalAdvance(item.name)
                width = _SWATCH + _GAP + name_width + _GAP + values.horizontalAdvance(item.value)
                if x + width > self.width():
                    break
                painter.setPen(line_pen(colors.role(item.role), 2.0, (5, 3) if item.dashed else ()))
                painter.drawLine(QPointF(x, middle), QPointF(x + _SWATCH, middle))
                baseline = middle + names.ascent() / 2 - 1
                painter.setFont(plain)
                painter.setPen(colors.text_2)
                painter.drawText(QPointF(x + _SWATCH + _GAP, baseline), item.name)
                painter.setFont(strong)
                painter.setPen(colors.text)
                painter.drawText(QPointF(x + _SWATCH + 2 * _GAP + name_width, baseline), item.value)
                x += width + _APART

    @Slot()
    def _tint(self) -> None:
        self.update()


class LegendRow(QWidget):
    """Legend at the left, buttons at the right; in a narrow window the buttons are icons."""

    fit_all_requested = Signal()
    live_toggled = Signal()
    picture_requested = Signal()
    csv_requested = Signal()
    projection_toggled = Signal(bool)

    def __init__(self, theme: ThemeKeeper, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.legend = Legend(theme, self)
        self._demo = Chip(theme, self.tr("DEMO"), "flask-outline", "warn", parent=self)
        self._words = {
            "projection": ("trending-down", self.tr("To zero"), self.tr("Show where the curve would reach zero")),
            "fit": ("fit-to-page-outline", self.tr("Fit all"), self.tr("Fit all (double-click or *)")),
            "live": ("skip-next", self.tr("Live"), self.tr("Follow the newest samples (End or F; Space freezes)")),
            "png": ("image-outline", self.tr("PNG"), self.tr("Save a picture (PNG or SVG)")),
            "csv": ("table-arrow-down", self.tr("CSV"), self.tr("Save the samples in view as CSV")),
        }
        self.buttons = {
            key: IconButton(theme, icon, words, kind="quiet", size="small", parent=self)
            for key, (icon, words, _tip) in self._words.items()
        }
        for key in ("live", "projection"):
            self.buttons[key].setCheckable(True)
        row = QHBoxLayout(self)
        row.setContentsMargins(16, 4, 8, 4)
        row.setSpacing(6)
        row.addWidget(self._demo)
        row.addWidget(self.legend, 1)
        for shown in self.buttons.values():
            row.addWidget(shown)
        self.setFixedHeight(36)
        self.buttons["fit"].clicked.connect(self.fit_all_requested)
        self.buttons["live"].clicked.connect(self.live_toggled)
        self.buttons["projection"].clicked.connect(self.projection_toggled)
        self.buttons["png"].clicked.connect(self.picture_requested)
        self.buttons["csv"].clicked.connect(self.csv_requested)
        self.buttons["projection"].hide()
        self._demo.hide()
        self.set_compact(compact=False)

    def show_state(self, *, live: bool, demo: bool, projection: bool | None) -> None:
        """Show whether the view follows, whether the board is a virtual one; ``None``: there is no projection."""
        self.buttons["live"].setChecked(live)
        self._demo.setVisible(demo)
        self.buttons["projection"].setVisible(projection is not None)
        self.buttons["projection"].setChecked(bool(projection))

    def set_compact(self, *, compact: bool) -> None:
        """Show icons only, or words too."""
        for key, (icon, words, tip) in self._words.items():
            shown = self.buttons[key]
            shown.set_look(icon, "" if compact else words)
            shown.setAccessibleName(words)
            shown.setToolTip(tip)
            shown.setCursor(Qt.CursorShape.PointingHandCursor)
