# SPDX-License-Identifier: GPL-3.0-only
"""What this program is, its version and licence, and the software that it is made with."""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt, Slot
from PySide6.QtGui import QGuiApplication, QIcon
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from mtleak_gui.engine.settings_keeper import Background
from mtleak_gui.ui.pages.settings.section import Section
from mtleak_gui.ui.pages.settings.software import Software, software
from mtleak_gui.ui.theme.theme_keeper import ThemeKeeper
from mtleak_gui.ui.widgets.buttons import IconButton
from mtleak_gui.ui.widgets.fact_table import FactTable
from mtleak_gui.ui.widgets.labels import label

_ICON = 64
_LICENCE = "https://www.gnu.org/licenses/gpl-3.0.html"


class AboutSection(Section):
    """Versions are read in the background."""

    def __init__(self, theme: ThemeKeeper, disk: Background, parent: QWidget | None = None) -> None:
        super().__init__(self.tr("About"), parent)
        self._parts: tuple[Software, ...] = ()
        card = self.add_card("")
        head = QHBoxLayout()
        head.setSpacing(16)
        picture = label()
        icon = QIcon(str(theme.resources / "icons" / "app-icon.svg"))
        picture.setPixmap(icon.pixmap(QSize(_ICON, _ICON), self.devicePixelRatioF()))
        head.addWidget(picture)
        words = QVBoxLayout()
        words.setSpacing(2)
        words.addWidget(label("MT Leakhunt", "title"))
        self._version = label("", "secondary")
        self._version.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        words.addWidget(self._version)
        head.addLayout(words, 1)
        self._copy = IconButton(theme, "content-copy", self.tr("Copy versions"), size="small", parent=card)
        self._copy.setEnabled(False)
        self._copy.clicked.connect(self._copy_versions)
        head.addWidget(self._copy)
        card.body.addLayout(head)
        licence = label(self._licence_words(), "secondary", wrap=True)
        licence.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        card.body.addWidget(licence)
        self._made_with = self.add_card(self.tr("Made with"))
        answer = disk.run(software, self)
        answer.done.connect(self._show_parts)

    def _licence_words(self) -> str:
        return self.tr(
            "Records what Meshtastic boards say and tells whether they leak memory. Free software under the GNU "
            "General Public License, version 3 only ({}), without any warranty. No part of the Meshtastic project."
        ).format(_LICENCE)

    @Slot(object)
    def _show_parts(self, parts: tuple[Software, ...]) -> None:
        self._parts = parts
        self._version.setText(self.tr("Version {0} {1}").format(parts[0].version, parts[0].purpose))
        headers = (self.tr("Name"), self.tr("Version"), self.tr("Licence"), self.tr("For"))
        table = FactTable((0, 0, 2, 3), headers, self._made_with)
        for part in parts[1:]:
            table.add_row(tuple(part))
        self._made_with.body.addWidget(table)
        self._copy.setEnabled(True)

    @Slot()
    def _copy_versions(self) -> None:
        lines = [f"{part.name} {part.version}".rstrip() for part in self._parts]
        QGuiApplication.clipboard().setText("\n".join(lines))
