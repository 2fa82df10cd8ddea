# SPDX-License-Identifier: GPL-3.0-only
"""Where the verdict is shown: a hint before the first one, the verdict, or why there is none."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import QVBoxLayout, QWidget

from mtleak_gui.core.leakhunt.saved_report import ReportView
from mtleak_gui.core.leakhunt.verdict import Verdict
from mtleak_gui.ui.leakhunt.result_view import ResultView
from mtleak_gui.ui.theme.theme_keeper import ThemeKeeper
from mtleak_gui.ui.widgets.alert_box import AlertBox
from mtleak_gui.ui.widgets.labels import label

_AGAIN = "again"


class VerdictPlace(QWidget):
    """``log_row_chosen`` tells an epoch second and the port whose log is to be shown there."""

    log_row_chosen = Signal(float, str)
    copy_requested = Signal(str)
    window_wished = Signal(str)
    again_requested = Signal()

    def __init__(self, theme: ThemeKeeper, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._port = ""
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self.show_hint()

    def show_hint(self) -> None:
        """Say how to get a verdict."""
        self._show(label(self.tr("Choose a window and run."), "secondary"))

    def show_verdict(self, verdict: Verdict, view: ReportView) -> None:
        """Show a verdict."""
        self._port = verdict.facts.evidence.request.port or ""
        shown = ResultView(self._theme, verdict, view, self)
        shown.moment_chosen.connect(self._moment_chosen)
        shown.copy_requested.connect(self.copy_requested)
        shown.window_wished.connect(self.window_wished)
        self._show(shown)

    def show_trouble(self, sentence: str) -> None:
        """Say why there is no verdict."""
        title = self.tr("Leakhunt could not judge this window")
        text = sentence[:1].upper() + sentence[1:]
        alert = AlertBox(self._theme, "danger", title, text, actions=[(_AGAIN, self.tr("Run again"))])
        alert.acted.connect(self.again_requested)
        self._show(alert)

    def _show(self, shown: QWidget) -> None:
        while (item := self._column.takeAt(0)) is not None:
            old = item.widget()
            if old is not None:
                old.hide()
                old.deleteLater()
        fills = isinstance(shown, ResultView)
        self._column.addWidget(shown, 1, Qt.AlignmentFlag(0) if fills else Qt.AlignmentFlag.AlignTop)

    @Slot(float)
    def _moment_chosen(self, ts: float) -> None:
        self.log_row_chosen.emit(ts, self._port)
