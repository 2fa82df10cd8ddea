# SPDX-License-Identifier: GPL-3.0-only
"""Where and how much is recorded, and when it begins."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QFileDialog, QHBoxLayout, QWidget

from mtleak_gui.core.setting_rules import RefusedValueError
from mtleak_gui.engine.settings_keeper import SettingsKeeper
from mtleak_gui.ui.pages.settings.bound_rows import Bond, NumberRow, SwitchRow
from mtleak_gui.ui.pages.settings.section import Section, add_rows
from mtleak_gui.ui.pages.settings.setting_row import SettingRow
from mtleak_gui.ui.theme.theme_keeper import ThemeKeeper
from mtleak_gui.ui.widgets.buttons import IconButton, button


class RecordingSection(Section):
    """Puts the section ``recording`` of the settings. ``usual`` is where recordings lie when nothing is chosen."""

    def __init__(
        self, theme: ThemeKeeper, settings: SettingsKeeper, usual: Path, parent: QWidget | None = None
    ) -> None:
        super().__init__(self.tr("Recording"), parent)

        def bond(field: str) -> Bond:
            return Bond(settings, "recording", field)

        add_rows(
            self.add_card(self.tr("When to record"), self.tr("In force at once.")),
            SwitchRow(
                theme,
                bond("auto_record"),
                self.tr("Record on connect"),
                self.tr("Recording begins by itself when a board is connected."),
            ),
            SwitchRow(
                theme,
                bond("keep_awake"),
                self.tr("Keep the computer awake"),
                self.tr("While recording the computer does not go to sleep by itself. A closed lid still does that."),
            ),
        )
        add_rows(
            self.add_card(
                self.tr("Where to record"), self.tr("In force at the next start. Nothing is moved or deleted.")
            ),
            FolderRow(theme, bond("folder"), usual),
        )
        add_rows(
            self.add_card(
                self.tr("How much to keep"),
                self.tr("In force when a recording is next opened. Archives are compressed; the oldest ones go first."),
            ),
            NumberRow(
                bond("part_mib"),
                self.tr("Size of a part"),
                self.tr("A file that has grown to this is archived and a new one begun."),
                unit="MiB",
            ),
            NumberRow(bond("archives_kept"), self.tr("Archives kept"), unit=self.tr("each")),
            NumberRow(
                bond("reserve_mb"),
                self.tr("Reserve on the disk"),
                self.tr("Recording stops by itself, and says so, when no more than this is free."),
                unit="MB",
            ),
        )


class FolderRow(SettingRow):
    """The folder of recordings: chosen in the system's dialog, or the usual one."""

    def __init__(self, theme: ThemeKeeper, bond: Bond, usual: Path, parent: QWidget | None = None) -> None:
        super().__init__(self.tr("Folder of recordings"), str(usual), parent)
        self._bond, self._usual = bond, usual
        place = QWidget(self)
        row = QHBoxLayout(place)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(8)
        self._back = button(self.tr("Usual folder"), "text", "control", place)
        self._back.clicked.connect(self._put_usual)
        row.addWidget(self._back)
        self.choose = IconButton(theme, "folder-open-outline", self.tr("Choose…"), size="control", parent=place)
        self.choose.setAccessibleName(self.tr("Choose the folder of recordings"))
        self.choose.clicked.connect(self._ask)
        row.addWidget(self.choose)
        self.set_control(place)
        bond.settings.changed.connect(self._show)
        self._show()

    def put(self, folder: str) -> None:
        """Take a folder, or say why not."""
        try:
            self._bond.put(folder)
        except RefusedValueError as error:
            self.refuse(str(error))
        else:
            self.accept()

    @Slot()
    def _show(self) -> None:
        chosen = self._bond.value
        self.set_hint(str(chosen or self._usual))
        self._back.setVisible(chosen is not None)

    @Slot()
    def _put_usual(self) -> None:
        self._bond.put(None)
        self.accept()

    @Slot()
    def _ask(self) -> None:
        dialog = QFileDialog(self, self.tr("Folder of recordings"), str(self._bond.value or self._usual))
        dialog.setFileMode(QFileDialog.FileMode.Directory)
        dialog.setOption(QFileDialog.Option.ShowDirsOnly)
        dialog.fileSelected.connect(self.put)
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()
