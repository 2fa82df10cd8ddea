# SPDX-License-Identifier: GPL-3.0-only
"""One report: title, banner, plot, text and the next step; or what is wrong with a damaged one."""

from __future__ import annotations

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QFrame, QHBoxLayout, QScrollArea, QVBoxLayout, QWidget

from mtleak_gui.core.leakhunt.saved_report import ReportView
from mtleak_gui.ui.leakhunt.report_text_view import ReportTextView
from mtleak_gui.ui.leakhunt.verdict_banner import BesideBanner, VerdictBanner
from mtleak_gui.ui.leakhunt.verdict_plot import VerdictPlot
from mtleak_gui.ui.pages.reports.report_reading import ReadReport
from mtleak_gui.ui.pages.reports.report_title import ReportTitle
from mtleak_gui.ui.pages.reports.report_words import day_words
from mtleak_gui.ui.theme.theme_keeper import ThemeKeeper
from mtleak_gui.ui.widgets.alert_box import AlertBox
from mtleak_gui.ui.widgets.card import Card
from mtleak_gui.ui.widgets.code_row import CodeRow
from mtleak_gui.ui.widgets.labels import label, plain_tip
from mtleak_gui.ui.widgets.lines import line
from mtleak_gui.ui.widgets.verdict_looks import LOOKS

_REPORT_HEIGHT = 170
_OPEN = "open"


class ReportPreview(Card):
    """``moment_chosen`` tells the epoch second of a link in the text."""

    moment_chosen = Signal(float)
    copy_requested = Signal(str)
    open_requested = Signal()

    def __init__(self, theme: ThemeKeeper, parent: QWidget | None = None) -> None:
        super().__init__(padding=1, parent=parent)
        self._theme = theme
        self.title = ReportTitle(theme)
        self._area = QScrollArea()
        self._area.setWidgetResizable(True)
        self._area.setFrameShape(QFrame.Shape.NoFrame)
        self.body.setContentsMargins(16, 12, 10, 12)
        self.body.setSpacing(10)
        self.body.addWidget(self.title)
        self.body.addWidget(self._area, 1)
        self.show_nothing()

    def show_nothing(self) -> None:
        """Show no report."""
        self.title.hide()
        self._show(QWidget())

    def show_report(self, read: ReadReport) -> None:
        """Show a report as it was saved."""
        report_label = read.report.label
        about = () if read.view is None else read.view.about
        day = () if report_label is None else (day_words(report_label.saved),)
        title = read.report.name if report_label is None else report_label.title
        self.title.show_title(title, " · ".join((*day, *about)), can_rename=report_label is not None)
        self.title.show()
        self._show(self._damaged(read.damage or "") if read.view is None else self._sound(read.view))

    def _sound(self, view: ReportView) -> QWidget:
        sheet, column = _sheet()
        column.addWidget(VerdictBanner(self._theme, view.card))
        for tone in ("danger", "warn"):
            texts = [beside.text for beside in view.card.beside if beside.tone == tone]
            if texts:
                column.addWidget(BesideBanner(self._theme, tone, texts))
        plot = VerdictPlot(self._theme)
        plot.show_picture(view.picture)
        column.addWidget(plot)
        column.addWidget(line())
        report = ReportTextView(self._theme)
        report.show_report(view.text, view.links, LOOKS[view.card.headline].tone)
        report.setMinimumHeight(_REPORT_HEIGHT)
        report.moment_chosen.connect(self.moment_chosen)
        column.addWidget(report, 1)
        if view.steps:
            column.addLayout(self._next_step(view))
        return sheet

    def _next_step(self, view: ReportView) -> QHBoxLayout:
        row = QHBoxLayout()
        row.setSpacing(8)
        row.addWidget(label(self.tr("Next step"), "secondary"))
        step = view.steps[0]
        if step.commands:
            code = CodeRow(self._theme, step.commands[0].text)
            code.setToolTip(plain_tip(step.text))
            code.copy_requested.connect(self.copy_requested)
            row.addWidget(code, 1)
        else:
            row.addWidget(label(step.text, "small", wrap=True), 1)
        return row

    def _damaged(self, damage: str) -> QWidget:
        sheet, column = _sheet()
        text = self.tr("{} Its other files may still be of use.").format(_sentence(damage))
        title = self.tr("This report is damaged")
        alert = AlertBox(self._theme, "danger", title, text, actions=[(_OPEN, self.tr("Open its folder"))])
        alert.acted.connect(self._open)
        column.addWidget(alert)
        column.addStretch(1)
        return sheet

    @Slot()
    def _open(self) -> None:
        self.open_requested.emit()

    def _show(self, sheet: QWidget) -> None:
        old = self._area.takeWidget()
        self._area.setWidget(sheet)
        if old is not None:
            old.deleteLater()


def _sheet() -> tuple[QWidget, QVBoxLayout]:
    sheet = QWidget()
    sheet.setProperty("kind", "scrolled")
    column = QVBoxLayout(sheet)
    column.setContentsMargins(0, 0, 6, 0)
    column.setSpacing(10)
    return sheet, column


def _sentence(text: str) -> str:
    return text if text.endswith(".") else f"{text}."
