# SPDX-License-Identifier: GPL-3.0-only
"""What to do next: sentences, and commands to copy. Nothing here is ever run."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QHBoxLayout, QWidget

from mtleak_gui.core.leakhunt.next_steps import Command, NextStep
from mtleak_gui.ui.theme.theme_keeper import ThemeKeeper
from mtleak_gui.ui.widgets.buttons import IconButton
from mtleak_gui.ui.widgets.card import Card
from mtleak_gui.ui.widgets.code_row import CodeRow
from mtleak_gui.ui.widgets.labels import label


class NextStepsCard(Card):
    """``copy_requested`` tells the command; ``log_requested`` asks for the suspect's lines in the logbook."""

    copy_requested = Signal(str)
    log_requested = Signal()

    def __init__(
        self,
        theme: ThemeKeeper,
        steps: Sequence[NextStep],
        log_words: str = "",
        *,
        nothing: str = "",
        parent: QWidget | None = None,
    ) -> None:
        """``log_words``: what the logbook has to show; ``nothing``: what to say where there is nothing to do."""
        super().__init__(parent=parent)
        self._theme = theme
        self.body.setContentsMargins(16, 8, 16, 12)
        self.set_header(self.tr("Next steps"), label(self.tr("You decide what to change."), "secondary"))
        if not steps:
            self.body.addWidget(label(nothing, "secondary", wrap=True))
        for number, step in enumerate(steps, start=1):
            self.body.addWidget(label(f"{number}  {step.text}", "small", wrap=True))
            for command in step.commands:
                self.body.addWidget(label(command.label, "tiny"))
                self.body.addWidget(self._command(command))
        if log_words:
            self.body.addLayout(self._log_row(f"{len(steps) + 1}  {log_words}"))

    def _command(self, command: Command) -> QWidget:
        row = CodeRow(self._theme, command.text)
        row.copy_requested.connect(self.copy_requested)
        return row

    def _log_row(self, text: str) -> QHBoxLayout:
        row = QHBoxLayout()
        row.addWidget(label(text, "small", wrap=True), 1)
        opens = IconButton(self._theme, "text-long", self.tr("Open in Logbook"), size="small")
        opens.clicked.connect(self._log_clicked)
        row.addWidget(opens)
        return row

    @Slot()
    def _log_clicked(self) -> None:
        self.log_requested.emit()
