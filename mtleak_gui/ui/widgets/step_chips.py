# SPDX-License-Identifier: GPL-3.0-only
"""The steps of something that takes a while, as chips: done, being done, stuck, still ahead."""

from __future__ import annotations

from PySide6.QtWidgets import QSizePolicy, QWidget

from mtleak_gui.core.link_words import Step
from mtleak_gui.ui.theme.theme_keeper import ThemeKeeper
from mtleak_gui.ui.widgets.chip import Chip
from mtleak_gui.ui.widgets.flow_layout import FlowLayout

_LOOKS = {
    "done": ("check", "ok"),
    "doing": ("sync", "primary"),
    "stuck": ("timer-sand", "warn"),
    "ahead": ("circle-outline", "neutral"),
}
_STANDS = {"done": "done", "doing": "going on", "stuck": "no answer", "ahead": "to come"}


class StepChips(QWidget):
    """``show_steps`` shows them in their order, in as many lines as they need."""

    def __init__(self, theme: ThemeKeeper, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._shown: tuple[Step, ...] = ()
        self._chips: list[Chip] = []
        self._flow = FlowLayout(self, gap=4, line_gap=4)
        policy = QSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)

    def show_steps(self, steps: tuple[Step, ...]) -> None:
        """Show these steps; nothing happens when they are shown already."""
        if steps == self._shown:
            return
        self._shown = steps
        while len(self._chips) < len(steps):
            chip = Chip(self._theme, parent=self)
            self._chips.append(chip)
            self._flow.addWidget(chip)
        for number, chip in enumerate(self._chips):
            chip.setVisible(number < len(steps))
            if number < len(steps):
                icon, tone = _LOOKS[steps[number].stand]
                chip.set(steps[number].word, icon, tone)
        told = ", ".join(f"{step.word} {_STANDS[step.stand]}" for step in steps)
        self.setAccessibleName(told)
        self._flow.invalidate()
        self.updateGeometry()
