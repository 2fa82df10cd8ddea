# SPDX-License-Identifier: GPL-3.0-only
"""One known board or network node: its name, how it is heard, its lines, whether it is connected by itself."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import QGridLayout, QWidget

from mtleak_gui.core.auto_capture import auto_words
from mtleak_gui.engine.settings_keeper import SettingsKeeper
from mtleak_gui.ui.pages.settings.checked_field import CheckedField
from mtleak_gui.ui.pages.settings.device_kind import Device, DeviceKind, has_console, has_lines, usb_pair
from mtleak_gui.ui.pages.settings.line_choice import LineChoice
from mtleak_gui.ui.theme.theme_keeper import ThemeKeeper
from mtleak_gui.ui.widgets.buttons import IconButton
from mtleak_gui.ui.widgets.labels import ElidedLabel, label
from mtleak_gui.ui.widgets.lines import line
from mtleak_gui.ui.widgets.segmented import Segmented
from mtleak_gui.ui.widgets.switch import Switch

_NAME_WIDTH = 180


class DeviceRow(QWidget):
    """Puts the fields of the device with this ``key``."""

    forget_requested = Signal(object, str)

    def __init__(self, theme: ThemeKeeper, settings: SettingsKeeper, kind: DeviceKind, key: str) -> None:
        super().__init__()
        self.key = key
        self._settings, self._kind = settings, kind
        grid = QGridLayout(self)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(12)
        grid.setVerticalSpacing(4)
        grid.addWidget(line(self), 0, 0, 1, 4)
        self.name = CheckedField(self.tr("Name of {}").format(key), self._rename, self)
        self.name.setPlaceholderText(self.tr("Name"))
        self.name.setFixedWidth(_NAME_WIDTH)
        grid.addWidget(self.name, 1, 0)
        grid.setColumnStretch(1, 1)
        self.capture = self._capture(key)
        grid.addWidget(self.capture, 1, 2)
        forget = IconButton(theme, "delete-outline", kind="icon", size="small", name=self.tr("Forget {}").format(key))
        forget.clicked.connect(self._forget)
        grid.addWidget(forget, 1, 3)
        self._identity = ElidedLabel(key, "secondary")
        grid.addWidget(self._identity, 2, 0, 1, 2)
        self._used = label("", "tiny")
        grid.addWidget(self._used, 2, 2, 1, 2, Qt.AlignmentFlag.AlignRight)
        self.auto_connect = Switch(theme, self.tr("Connect {} automatically").format(key), self)
        self.auto_connect.toggled.connect(self._put_auto_connect)
        words = label(self.tr("Connect automatically"), "small")
        words.setBuddy(self.auto_connect)
        self._auto = label("", "secondary", wrap=True)
        grid.addWidget(self._auto, 3, 0, 1, 4)
        self.lines = LineChoice(key, self)
        self.lines.chosen.connect(self._put_lines)
        grid.addWidget(self.lines, 4, 0, 1, 4)
        grid.addWidget(words, 5, 0, 1, 2)
        grid.addWidget(self.auto_connect, 5, 2, 1, 2, Qt.AlignmentFlag.AlignRight)
        self._refusal = label("", "small", "danger", wrap=True)
        self._refusal.hide()
        grid.addWidget(self._refusal, 6, 0, 1, 4)
        self.name.refused.connect(self._refuse)
        self.name.accepted.connect(self._refusal.hide)

    def show_device(self) -> None:
        """Show what is in force."""
        device = self._device()
        if device is None:
            return
        self.name.show_value(device.name)
        self.auto_connect.setChecked(device.auto_connect)
        self.name.setPlaceholderText(device.called or self.tr("Name"))
        self.capture.setVisible(has_console(device))
        self.capture.choose(device.capture if has_console(device) else "auto")
        self._identity.setText(f"{self.key} · {device.build}" if device.build else self.key)
        self._auto.setVisible(has_console(device) and device.capture == "auto")
        self._auto.setText(auto_words(device, has_console=has_console(device), now=datetime.now(UTC).astimezone()))
        self.lines.setVisible(has_lines(device))
        self.lines.show_lines(device.lines, usb_pair(device))
        self._used.setText(_last_used(device.last_used, self.tr("last used {}")))

    def _capture(self, key: str) -> Segmented:
        words = [("auto", self.tr("Auto")), ("api", self.tr("API")), ("console", self.tr("Console"))]
        choice = Segmented(words, name=self.tr("Capture of {}").format(key), parent=self)
        choice.chosen.connect(self._put_capture)
        return choice

    def _device(self) -> Device | None:
        devices = self._kind.devices(self._settings.settings.devices)
        return next((device for device in devices if self._kind.key_of(device) == self.key), None)

    def _put(self, field: str, value: object) -> None:
        rows: tuple[Device, ...] = getattr(self._settings.settings.devices, self._kind.rows)
        changed = tuple(_with(row, field, value) if self._kind.key_of(row) == self.key else row for row in rows)
        self._settings.change_in("devices", **{self._kind.rows: changed})

    def _rename(self, name: str) -> None:
        self._put("name", name)

    @Slot(str)
    def _put_capture(self, capture: str) -> None:
        self._put("capture", capture)

    @Slot(str)
    def _put_lines(self, lines: str) -> None:
        self._put("lines", lines)

    @Slot(bool)
    def _put_auto_connect(self, on: bool) -> None:  # noqa: FBT001 - the signal's own argument
        self._put("auto_connect", on)

    @Slot()
    def _forget(self) -> None:
        self.forget_requested.emit(self._kind, self.key)

    @Slot(str)
    def _refuse(self, reason: str) -> None:
        self._refusal.setText(reason)
        self._refusal.show()


def _with(row: Device, field: str, value: object) -> Device:
    return replace(row, **{field: value})  # type: ignore[arg-type]  # the rules hold each value


def _last_used(ts: float | None, words: str) -> str:
    if ts is None:
        return ""
    return words.format(f"{datetime.fromtimestamp(ts, UTC).astimezone():%Y-%m-%d %H:%M}")
