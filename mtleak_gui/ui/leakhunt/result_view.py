# SPDX-License-Identifier: GPL-3.0-only
"""A verdict and all that it stands on, in two columns, or in one where there is no room for two."""

from __future__ import annotations

from PySide6.QtCore import QTimer, Signal, Slot
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QScrollArea, QVBoxLayout, QWidget

from mtleak_gui.core.leakhunt.citations import cited_lines
from mtleak_gui.core.leakhunt.saved_report import ReportView
from mtleak_gui.core.leakhunt.verdict import Headline, Verdict
from mtleak_gui.ui.leakhunt.next_steps_card import NextStepsCard
from mtleak_gui.ui.leakhunt.report_text_view import ReportTextView
from mtleak_gui.ui.leakhunt.suspect_rows import suspect_rows
from mtleak_gui.ui.leakhunt.suspects_card import SuspectsCard
from mtleak_gui.ui.leakhunt.verdict_banner import BesideBanner, VerdictBanner
from mtleak_gui.ui.leakhunt.verdict_plot import VerdictPlot
from mtleak_gui.ui.leakhunt.why_card import WhyCard
from mtleak_gui.ui.leakhunt.window_choices import span_words
from mtleak_gui.ui.theme.theme_keeper import ThemeKeeper
from mtleak_gui.ui.widgets.alert_box import AlertBox
from mtleak_gui.ui.widgets.card import Card
from mtleak_gui.ui.widgets.verdict_looks import LOOKS

_TWO_COLUMNS_FROM = 860
_RIGHT_SHARE = 0.37
_RIGHT_LEAST = 368
_REPORT_HEIGHT = 190
_PAUSE_MS = 10


class ResultView(QWidget):
    """``moment_chosen`` and ``log_chosen`` tell an epoch second to look at in the logbook."""

    moment_chosen = Signal(float)
    copy_requested = Signal(str)
    window_wished = Signal(str)
    """A window, in the words of the list, that holds enough samples."""

    def __init__(self, theme: ThemeKeeper, verdict: Verdict, view: ReportView, parent: QWidget | None = None) -> None:
        """What stands at the left is there at once, the rest in the next turns of the event loop."""
        super().__init__(parent)
        self._theme, self._verdict, self._view = theme, verdict, view
        self.report = ReportTextView(theme)
        self.report.show_report(view.text, view.links, LOOKS[verdict.headline].tone)
        self.report.moment_chosen.connect(self.moment_chosen)
        (self._left, left), (self._right, self._right_body) = _column(), _column()
        self._areas = (_scrolling(), _scrolling())
        self._stack = QWidget()
        stacked = QVBoxLayout(self._stack)
        stacked.setContentsMargins(0, 0, 0, 0)
        stacked.setSpacing(8)
        self._row = QHBoxLayout(self)
        self._row.setContentsMargins(0, 0, 0, 0)
        self._row.setSpacing(8)
        for area in self._areas:
            self._row.addWidget(area)
        self._wide: bool | None = None
        self._arrange(wide=True)
        self._add_judgement(left, view)
        self._right_body.addStretch(1)
        # All of it in one turn would hold up frames.
        self._waiting = [self._add_rules, self._add_suspects, self._add_steps]
        QTimer.singleShot(_PAUSE_MS, self, self._add_next)

    def _add_judgement(self, body: QVBoxLayout, view: ReportView) -> None:
        body.addWidget(VerdictBanner(self._theme, view.card))
        for tone in ("danger", "warn"):
            texts = [beside.text for beside in view.card.beside if beside.tone == tone]
            if texts:
                body.addWidget(BesideBanner(self._theme, tone, texts))
        wider = self._verdict.facts.evidence.wider_window
        if wider is not None and self._verdict.headline is Headline.INSUFFICIENT_DATA:
            body.addWidget(self._offer(wider))
        plot_card = Card(padding=8)
        plot = VerdictPlot(self._theme, 116)
        plot.show_picture(view.picture)
        plot_card.body.addWidget(plot)
        body.addWidget(plot_card)
        report_card = Card(padding=1)
        report_card.body.setContentsMargins(16, 10, 4, 10)
        report_card.body.addWidget(self.report)
        body.addWidget(report_card, 1)

    def _offer(self, wider: str) -> AlertBox:
        words = span_words(wider)
        title = self.tr("Too few samples here; the last {} hold enough.").format(words)
        offer = AlertBox(self._theme, "neutral", title, actions=[(words, self.tr("Judge {}").format(words))])
        offer.acted.connect(self.window_wished)
        return offer

    @Slot()
    def _add_next(self) -> None:
        self._waiting.pop(0)()
        if self._waiting:
            QTimer.singleShot(_PAUSE_MS, self, self._add_next)

    def _add_rules(self) -> None:
        self._add(WhyCard(self._theme, self._verdict))

    def _add_suspects(self) -> None:
        if self._verdict.measures.leak or suspect_rows(self._verdict):
            self._add(SuspectsCard(self._theme, self._verdict))

    def _add_steps(self) -> None:
        steps = NextStepsCard(self._theme, self._view.steps, self._log_words(), nothing=self._nothing())
        steps.copy_requested.connect(self.copy_requested)
        steps.log_requested.connect(self._show_lines)
        self._add(steps)

    def _add(self, card: QWidget) -> None:
        self._right_body.insertWidget(self._right_body.count() - 1, card)

    def _nothing(self) -> str:
        if self._verdict.headline is Headline.STEADY:
            return self.tr("Nothing to do: no leak was seen in this window.")
        return self.tr("Nothing to suggest for this verdict.")

    def _log_words(self) -> str:
        suspect = self._verdict.measures.suspect
        if not cited_lines(self._verdict):
            return ""
        if suspect is None:
            return self.tr("See the lines that the verdict stands on")
        events = next((t.events for t in self._verdict.facts.suspects.threads if t.thread == suspect), 0)
        return self.tr("See its {} steps, line by line").format(f"{events:,}")

    @Slot()
    def _show_lines(self) -> None:
        lines = cited_lines(self._verdict)
        if lines:
            self.moment_chosen.emit(lines[-1].ts)

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802 - Qt's name
        """Show two columns, or one."""
        super().resizeEvent(event)
        width = event.size().width()
        right = max(_RIGHT_LEAST, round(width * _RIGHT_SHARE))
        self._row.setStretch(0, max(1, width - right))
        self._row.setStretch(1, right)
        self._arrange(wide=width >= _TWO_COLUMNS_FROM)

    def _arrange(self, *, wide: bool) -> None:
        if wide == self._wide:
            return
        self._wide = wide
        stacked = self._stack.layout()
        for area in self._areas:
            area.takeWidget()
        if wide:
            for area, column in zip(self._areas, (self._left, self._right), strict=True):
                area.setWidget(column)
        elif stacked is not None:
            stacked.addWidget(self._left)
            stacked.addWidget(self._right)
            self._areas[0].setWidget(self._stack)
        self.report.setMinimumHeight(_REPORT_HEIGHT if wide else 2 * _REPORT_HEIGHT)
        self._areas[1].setVisible(wide)
        for column in (self._left, self._right):
            column.show()


def _column() -> tuple[QWidget, QVBoxLayout]:
    column = QWidget()
    column.setProperty("kind", "scrolled")
    body = QVBoxLayout(column)
    body.setContentsMargins(0, 0, 0, 0)
    body.setSpacing(8)
    return column, body


def _scrolling() -> QScrollArea:
    area = QScrollArea()
    area.setWidgetResizable(True)
    area.setFrameShape(QFrame.Shape.NoFrame)
    return area
