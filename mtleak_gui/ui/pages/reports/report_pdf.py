# SPDX-License-Identifier: GPL-3.0-only
"""A saved report on A4 paper. Runs in: disk worker thread, so it is painted without a text document and its timers."""

from __future__ import annotations

from pathlib import Path
from typing import NamedTuple

from PySide6.QtCore import QBuffer, QMarginsF, QRectF, Qt
from PySide6.QtGui import QFont, QPageSize, QPainter, QPdfWriter

from mtleak_gui.core.leakhunt.saved_report import ReportView
from mtleak_gui.core.leakhunt.verdict_card import VerdictCard
from mtleak_gui.ui.leakhunt.plot_painter import Inks, paint_picture
from mtleak_gui.ui.theme.colors import Colors
from mtleak_gui.ui.widgets.verdict_looks import LOOKS

_DPI = 96
"""All measures below are pixels of this; figures and lines stay sharp, because nothing is painted as a picture."""
_MARGIN_MM = 15.0
_PLOT_HEIGHT = 190.0
_TEXT_PX = 9
_FLAGS = int(Qt.TextFlag.TextWordWrap | Qt.TextFlag.TextWrapAnywhere)


class PaperInks(NamedTuple):
    """Colours and typefaces of a report on paper."""

    colors: Colors
    words: QFont
    fixed: QFont


def write_pdf(view: ReportView, title: str, target: Path, inks: PaperInks) -> Path:
    """Write a report to ``target`` and return it. Raises ``OSError``."""
    pages = QBuffer()
    pages.open(QBuffer.OpenModeFlag.WriteOnly)
    writer = QPdfWriter(pages)
    writer.setTitle(title)
    writer.setCreator("MT Leakhunt")
    writer.setPageSize(QPageSize(QPageSize.PageSizeId.A4))
    writer.setPageMargins(QMarginsF(_MARGIN_MM, _MARGIN_MM, _MARGIN_MM, _MARGIN_MM))
    writer.setResolution(_DPI)
    with QPainter(writer) as painter:
        _paint(_Paper(writer, painter, inks), view, title)
    target.write_bytes(pages.data().data())
    return target


def _paint(paper: _Paper, view: ReportView, title: str) -> None:
    paper.write(title, 12, role="text_2")
    _paint_card(paper, view.card)
    paper.room(_PLOT_HEIGHT + 16)
    inks = paper.inks
    area = QRectF(0, paper.top + 8, paper.width, _PLOT_HEIGHT)
    axis, tag = _sized(inks.words, 10), _sized(inks.words, 10, 500)
    paint_picture(paper.painter, area, view.picture, Inks(inks.colors, axis, tag))
    paper.top += _PLOT_HEIGHT + 16
    for line in view.text.rstrip("\n").split("\n"):
        paper.write(line or " ", _TEXT_PX, fixed=True)
    if view.steps:
        paper.top += 12
        paper.write("Next steps. You decide what to change.", 14, weight=500)
    for number, step in enumerate(view.steps, start=1):
        paper.write(f"{number}  {step.text}", 12)
        for command in step.commands:
            paper.write(f"{command.label}: {command.text}", 10, fixed=True)


def _paint_card(paper: _Paper, card: VerdictCard) -> None:
    tone = LOOKS[card.headline].tone
    demo = "   DEMO" if card.demo else ""
    paper.write(f"{card.headline.title}{demo}", 24, role="text" if tone == "neutral" else tone, weight=500)
    paper.write(card.reason, 13)
    paper.write("     ".join(f"{figure.value}  ({figure.caption})" for figure in card.figures), 13)
    for beside in card.beside:
        paper.write(beside.text, 14, role=beside.tone, weight=500)


class _Paper:
    """Pages that are filled from the top down."""

    def __init__(self, writer: QPdfWriter, painter: QPainter, inks: PaperInks) -> None:
        self.painter, self.inks = painter, inks
        self._writer = writer
        self.top = 0.0
        self.width, self._height = float(writer.width()), float(writer.height())

    def room(self, height: float) -> None:
        """Begin a new page where the rest of this one is too small."""
        if self.top > 0 and self.top + height > self._height:
            self._writer.newPage()
            self.top = 0.0

    def write(self, text: str, px: int, *, role: str = "text", weight: int = 400, fixed: bool = False) -> None:
        """Write a paragraph, as plain text, wrapped where it is too wide."""
        if not text:
            return
        font = _sized(self.inks.fixed if fixed else self.inks.words, px, weight)
        self.painter.setFont(font)
        self.painter.setPen(self.inks.colors.role(role))
        box = self.painter.boundingRect(QRectF(0, 0, self.width, self._height), _FLAGS, text)
        self.room(box.height())
        self.painter.drawText(QRectF(0, self.top, self.width, box.height()), _FLAGS, text)
        self.top += box.height() + (1 if fixed else 4)


def _sized(font: QFont, px: int, weight: int = 400) -> QFont:
    sized = QFont(font)
    sized.setPixelSize(px)
    sized.setWeight(QFont.Weight(weight))
    return sized
