# SPDX-License-Identifier: GPL-3.0-only
"""The list of things to fix: an alert for each, with what can be done about it beside it."""

from __future__ import annotations

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from mtleak_gui.core.things_to_fix import Thing
from mtleak_gui.ui.theme.theme_keeper import ThemeKeeper
from mtleak_gui.ui.widgets.alert_box import AlertBox
from mtleak_gui.ui.widgets.card import Card
from mtleak_gui.ui.widgets.chip import Chip
from mtleak_gui.ui.widgets.icon_label import IconLabel
from mtleak_gui.ui.widgets.labels import label

_WHY, _IGNORE = "why", "ignore"


class ThingsCard(Card):
    """``acted`` tells the action id of a thing and its port; ``ignored`` the key of one that is to be kept away."""

    acted = Signal(str, str)
    ignored = Signal(str)

    def __init__(self, theme: ThemeKeeper, parent: QWidget | None = None) -> None:
        super().__init__(parent=parent)
        self._theme = theme
        self._shown: tuple[Thing, ...] | None = None
        self._unfolded: set[str] = set()
        self._alerts: list[AlertBox] = []
        self._count = Chip(theme)
        self.set_header(self.tr("Things to fix"), aside=self._count)
        self._boxes = QVBoxLayout()
        self._boxes.setSpacing(8)
        self.body.setSpacing(12)
        self.body.addLayout(self._boxes)
        sound = QHBoxLayout()
        sound.setSpacing(8)
        self._sound_icon = IconLabel(theme, "check-circle-outline", "ok", 16)
        self._sound = label("", "secondary", wrap=True)
        sound.addWidget(self._sound_icon)
        sound.addWidget(self._sound, 1)
        self.body.addLayout(sound)
        self.body.addStretch(1)
        self.show_things(())

    def show_things(self, things: tuple[Thing, ...]) -> None:
        """Show what there is to fix; nothing happens when that is shown already."""
        if things == self._shown:
            return
        before, self._shown = self._shown, things
        if before is None or _without_texts(before) != _without_texts(things):
            self._build()
        else:
            # Figures changed only: a button that is being pressed stays where it is.
            for box, thing in zip(self._alerts, things, strict=True):
                box.set_text(self._text(thing))

    def _build(self) -> None:
        things = self._shown or ()
        for old in self._alerts:
            self._boxes.removeWidget(old)
            old.hide()
            old.deleteLater()
        self._alerts.clear()
        for thing in things:
            box = self._box(thing)
            self._boxes.addWidget(box)
            self._alerts.append(box)
            box.show()
        self._count.set(str(len(things)))
        self._count.setVisible(bool(things))
        sound = not any(thing.port is None for thing in things)
        self._sound_icon.setVisible(sound)
        self._sound.setVisible(sound)
        nothing = self.tr("Nothing to fix. No disk, clock or write problems.")
        self._sound.setText(self.tr("No disk, clock or write problems.") if things else nothing)

    def _box(self, thing: Thing) -> AlertBox:
        unfolded = thing.key in self._unfolded
        words = {
            "open_folder": self.tr("Open folder"),
            "settings": self.tr("Settings"),
            "start_recording": self.tr("Resume"),
            "choose_port": self.tr("Choose a port"),
            "capture_api": self.tr("Switch to API"),
            "capture_console": self.tr("Switch to console"),
            "ask_stats": self.tr("Ask the board for LocalStats…"),
            "debug_log_on": self.tr("Turn on… (reboots the board)"),
        }
        actions: list[tuple[str, str]] = [] if thing.action is None else [(thing.action, words[thing.action])]
        if thing.why and not unfolded:
            actions.append((_WHY, self.tr("Why") if thing.tone != "neutral" else self.tr("Learn more")))
        if thing.may_be_ignored:
            actions.append((_IGNORE, self.tr("Ignore")))
        box = AlertBox(self._theme, thing.tone, thing.title, self._text(thing), actions=actions)
        box.setProperty("thing", thing.key)
        box.setProperty("port", thing.port or "")
        box.acted.connect(self._act)
        return box

    def _text(self, thing: Thing) -> str:
        return f"{thing.text}\n\n{thing.why}" if thing.key in self._unfolded and thing.why else thing.text

    @Slot(str)
    def _act(self, action: str) -> None:
        box = self.sender()
        key = str(box.property("thing"))
        if action == _WHY:
            self._unfolded.add(key)
            self._build()
        elif action == _IGNORE:
            self.ignored.emit(key)
        else:
            self.acted.emit(action, str(box.property("port")))


def _without_texts(things: tuple[Thing, ...]) -> list[Thing]:
    return [thing._replace(text="") for thing in things]
