# SPDX-License-Identifier: GPL-3.0-only
"""The strip below the plot: the figures of the selected stretch, and Leakhunt for it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from PySide6.QtCore import QPointF, QSize, Signal, Slot
from PySide6.QtGui import QFontMetrics, QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QWidget

from mtleak_gui.core import wording
from mtleak_gui.core.axis_ticks import span_text
from mtleak_gui.core.selection_figures import SelectionFigures
from mtleak_gui.ui.theme.theme_keeper import ThemeKeeper
from mtleak_gui.ui.widgets.buttons import IconButton

_APART = 18
_LEFT_OUT_FIRST = ("start to end", "range", "R²")


class FigureLine(QWidget):
    """Paints pairs of a grey word and a value; those that find no room are left out."""

    def __init__(self, theme: ThemeKeeper, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._pairs: tuple[tuple[str, str], ...] = ()
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        theme.changed.connect(self._tint)

    @property
    def pairs(self) -> tuple[tuple[str, str], ...]:
        """What is shown, as (word, value)."""
        return self._pairs

    def show_pairs(self, pairs: Sequence[tuple[str, str]]) -> None:
        """Show other figures; the first value stands out."""
        if tuple(pairs) != self._pairs:
            self._pairs = tuple(pairs)
            self.setAccessibleName(", ".join(f"{word} {value}".strip() for word, value in pairs))
            self.update()

    def sizeHint(self) -> QSize:  # noqa: N802 - Qt's name
        """Return the height of a line."""
        return QSize(100, 28)

    def paintEvent(self, _event: QPaintEvent) -> None:  # noqa: N802 - Qt's name
        """Paint the pairs that fit."""
        colors, plain, strong = self._theme.colors, self._theme.font(12), self._theme.font(12, 500)
        words, values = QFontMetrics(plain), QFontMetrics(strong)
        widths = {
            pair: words.horizontalAdvance(pair[0]) + 8 + values.horizontalAdvance(pair[1]) for pair in self._pairs
        }
        x, baseline = 0, self.height() / 2 + words.ascent() / 2 - 1
        with QPainter(self) as painter:
            for number, (word, value) in enumerate(_fitting(widths, self.width())):
                painter.setFont(plain)
                painter.setPen(colors.text_2)
                painter.drawText(QPointF(x, baseline), word)
                painter.setFont(strong)
                painter.setPen(colors.text if number else colors.primary_strong)
                painter.drawText(QPointF(x + words.horizontalAdvance(word) + 8, baseline), value)
                x += widths[word, value] + _APART

    @Slot()
    def _tint(self) -> None:
        self.update()


def _fitting(widths: Mapping[tuple[str, str], int], room: int) -> list[tuple[str, str]]:
    """Return the pairs that are shown in so much room: what says least is left out first."""
    shown = list(widths)
    for word in _LEFT_OUT_FIRST:
        if sum(widths[pair] + _APART for pair in shown) - _APART <= room:
            break
        shown = [pair for pair in shown if pair[0] != word]
    while len(shown) > 1 and sum(widths[pair] + _APART for pair in shown) - _APART > room:
        shown.pop()
    return shown


class SelectionStrip(QWidget):
    """Says how to select while nothing is selected."""

    leakhunt_requested = Signal()
    cleared = Signal()

    def __init__(self, theme: ThemeKeeper, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.figures = FigureLine(theme, self)
        self.hunt = IconButton(theme, "magnify", self.tr("Leakhunt selection"), size="small", parent=self)
        self._clear = IconButton(theme, "close", kind="icon", size="small", name=self.tr("Clear the selection (Esc)"))
        row = QHBoxLayout(self)
        row.setContentsMargins(16, 0, 8, 0)
        row.setSpacing(8)
        row.addWidget(self.figures, 1)
        row.addWidget(self.hunt)
        row.addWidget(self._clear)
        self.setFixedHeight(40)
        self.hunt.clicked.connect(self.leakhunt_requested)
        self._clear.clicked.connect(self.cleared)
        self.show_figures(None, "")

    def show_figures(self, figures: SelectionFigures | None, unit: str) -> None:
        """Show the figures of a selection, or how one is made."""
        self.hunt.setVisible(figures is not None)
        self._clear.setVisible(figures is not None)
        if figures is None:
            self.figures.show_pairs(
                [(self.tr("Selection"), ""), (self.tr("Shift+drag on the plot selects a stretch"), "")]
            )
        else:
            self.figures.show_pairs(figure_pairs(figures, unit))


def figure_pairs(figures: SelectionFigures, unit: str) -> list[tuple[str, str]]:
    """Return the figures as (word, value) in the order in which they may be left out from the end."""
    pairs = [("Selection", span_text(round(figures.span_s))), ("n", f"{figures.samples:,}")]
    if figures.samples:
        pairs += [
            ("min", wording.plain_quantity(figures.minimum, unit)),
            ("max", wording.plain_quantity(figures.maximum, unit)),
            ("range", wording.plain_quantity(figures.range, unit)),
            ("start to end", wording.plain_quantity(figures.change, unit)),
        ]
    if figures.slope is not None:
        exact = wording.number(figures.slope, 1) if unit == wording.BYTE_UNIT else wording.significant(figures.slope)
        pairs.append(("slope", f"{exact} {unit}/min"))
    if figures.r_squared is not None:
        pairs.append(("R²", wording.number(figures.r_squared, 3)))
    return [(word, wording.true_minus(value)) for word, value in pairs]
