# SPDX-License-Identifier: GPL-3.0-only
"""Paints one row of the list of reports: when, of what, the first figure, a remark and the verdict's chip."""

from __future__ import annotations

from typing import NamedTuple

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFont, QFontMetrics, QPainter, QPen
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem, QWidget

from mtleak_gui.core.leakhunt.saved_report import SavedReport
from mtleak_gui.ui.pages.reports.report_model import NOW, REPORT
from mtleak_gui.ui.pages.reports.report_words import about_words, headline_of, time_words
from mtleak_gui.ui.theme.colors import over, tint
from mtleak_gui.ui.theme.theme_keeper import ThemeKeeper
from mtleak_gui.ui.widgets.verdict_looks import LOOKS

ROW_HEIGHT = 64
_SIDE = 16
_CHIP_HEIGHT = 20
_MIDDLE = Qt.AlignmentFlag.AlignVCenter


class _ChipLook(NamedTuple):
    text: str
    icon: str
    tone: str


class ReportDelegate(QStyledItemDelegate):
    """Rows are 64 high."""

    def __init__(self, theme: ThemeKeeper, parent: QWidget) -> None:
        super().__init__(parent)
        self._theme = theme

    def sizeHint(self, option: QStyleOptionViewItem, _index: QModelIndex | QPersistentModelIndex) -> QSize:  # noqa: N802
        """Return the height of a row."""
        return QSize(option.rect.width(), ROW_HEIGHT)

    def paint(
        self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        """Paint a row."""
        report: SavedReport = index.data(REPORT)
        rect: QRect = option.rect
        state: QStyle.StateFlag = option.state
        painter.save()
        self._paint_ground(painter, rect, state)
        inner = rect.adjusted(_SIDE, 10, -_SIDE, -10)
        top, foot = QRect(inner), QRect(inner)
        top.setHeight(22)
        foot.setTop(inner.bottom() - _CHIP_HEIGHT)
        self._paint_top(painter, top, report, float(index.data(NOW)))
        self._paint_foot(painter, foot, report)
        painter.restore()

    def _paint_ground(self, painter: QPainter, rect: QRect, state: QStyle.StateFlag) -> None:
        colors = self._theme.colors
        if state & QStyle.StateFlag.State_Selected:
            painter.fillRect(rect, over(tint(colors.primary, 0.12), colors.card))
        elif state & QStyle.StateFlag.State_MouseOver:
            painter.fillRect(rect, tint(colors.text, 0.08))
        painter.setPen(QPen(colors.divider, 1))
        painter.drawLine(rect.bottomLeft(), rect.bottomRight())
        if state & QStyle.StateFlag.State_HasFocus and state & QStyle.StateFlag.State_KeyboardFocusChange:
            painter.setPen(QPen(colors.primary, 2))
            painter.drawRect(rect.adjusted(1, 1, -1, -2))

    def _paint_top(self, painter: QPainter, place: QRect, report: SavedReport, now: float) -> None:
        colors, label = self._theme.colors, report.label
        figure = "" if label is None else label.summary
        right = self._text(painter, place, figure, self._theme.font(12, 500), colors.text, right=True)
        rest = place.adjusted(0, 0, -right - 12, 0)
        when = "Damaged report" if label is None else time_words(label.saved, now)
        left = self._text(painter, rest, when, self._theme.font(13, 500), colors.text)
        rest.setLeft(rest.left() + left + 8)
        self._text(painter, rest, about_words(report), self._theme.font(12), colors.text_2)

    def _paint_foot(self, painter: QPainter, place: QRect, report: SavedReport) -> None:
        label, headline = report.label, headline_of(report)
        looks = [_ChipLook("DAMAGED", "alert-outline", "danger")]
        if label is not None and headline is not None:
            looks = [_ChipLook(headline.title, *LOOKS[headline])]
        if label is not None and label.demo:
            looks.append(_ChipLook("DEMO", "flask-outline", "warn"))
        rest = QRect(place)
        for look in looks:
            rest.setRight(self._paint_chip(painter, rest, look) - 8)
        remark = (report.damage or "") if label is None else label.remark
        self._text(painter, rest, remark, self._theme.font(12), self._theme.colors.text_2)

    def _paint_chip(self, painter: QPainter, place: QRect, look: _ChipLook) -> int:
        """Paint a chip at the right end of ``place``; return where it begins."""
        colors, font = self._theme.colors, self._theme.font(11, 500)
        width = 6 + 14 + 4 + QFontMetrics(font).horizontalAdvance(look.text) + 6
        box = QRect(place.right() - width + 1, place.top(), width, _CHIP_HEIGHT)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(colors.role(f"{look.tone}_soft"))
        painter.drawRoundedRect(QRectF(box), 4, 4)
        ratio = painter.device().devicePixelRatio()
        painter.drawPixmap(box.left() + 6, box.top() + 3, self._theme.pixmap(look.icon, look.tone, 14, ratio))
        self._text(painter, box.adjusted(24, 0, 0, 0), look.text, font, colors.role(look.tone))
        return box.left()

    @staticmethod
    def _text(painter: QPainter, place: QRect, text: str, font: QFont, color: QColor, *, right: bool = False) -> int:
        """Draw a text, shortened where it must be; return its width."""
        shown = QFontMetrics(font).elidedText(text, Qt.TextElideMode.ElideRight, max(0, place.width()))
        painter.setFont(font)
        painter.setPen(color)
        side = Qt.AlignmentFlag.AlignRight if right else Qt.AlignmentFlag.AlignLeft
        painter.drawText(place, side | _MIDDLE, shown)
        return QFontMetrics(font).horizontalAdvance(shown)
