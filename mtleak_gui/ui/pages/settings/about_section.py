# SPDX-License-Identifier: GPL-3.0-only
"""What this program is, its version and licence, and the software that it is made with."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QSize, Qt, QUrl, Slot
from PySide6.QtGui import QDesktopServices, QGuiApplication, QIcon
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from mtleak_gui.core.third_party import ThirdParty
from mtleak_gui.engine.settings_keeper import Background
from mtleak_gui.ui.dialogs.notices_dialog import NoticesDialog
from mtleak_gui.ui.pages.settings.section import Section
from mtleak_gui.ui.pages.settings.software import Software, software, source_address
from mtleak_gui.ui.theme.theme_keeper import ThemeKeeper
from mtleak_gui.ui.widgets.buttons import IconButton
from mtleak_gui.ui.widgets.card import Card
from mtleak_gui.ui.widgets.fact_table import FactTable
from mtleak_gui.ui.widgets.labels import label

_ICON = 64
_LICENCE = "https://www.gnu.org/licenses/gpl-3.0.html"


class AboutSection(Section):
    """Versions are read in the background."""

    def __init__(
        self,
        theme: ThemeKeeper,
        disk: Background,
        notices: Callable[[], tuple[ThirdParty, ...]],
        parent: QWidget | None = None,
    ) -> None:
        """``notices`` reads the disk."""
        super().__init__(self.tr("About"), parent)
        self._theme = theme
        self._disk, self._notices = disk, notices
        self._source = ""
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
        card.body.addLayout(self._links(card))
        self._unread = label("", "small", wrap=True)
        self._unread.setProperty("tone", "danger")
        self._unread.hide()
        card.body.addWidget(self._unread)
        self._made_with = self.add_card(self.tr("Made with"))
        answer = disk.run(_facts, self)
        answer.done.connect(self._show_parts)

    def _links(self, card: Card) -> QHBoxLayout:
        row = QHBoxLayout()
        row.setSpacing(8)
        self.notices_button = IconButton(
            self._theme, "text-long", self.tr("Third-party notices…"), size="small", parent=card
        )
        self.notices_button.clicked.connect(self._read_notices)
        row.addWidget(self.notices_button)
        self.source_button = IconButton(self._theme, "open-in-new", self.tr("Source code"), size="small", parent=card)
        self.source_button.hide()
        self.source_button.clicked.connect(self._open_source)
        row.addWidget(self.source_button)
        row.addStretch(1)
        return row

    def _licence_words(self) -> str:
        return self.tr(
            "Records what Meshtastic boards say and tells whether they leak memory. Free software under the GNU "
            "General Public License, version 3 only ({}), without any warranty. No part of the Meshtastic project."
        ).format(_LICENCE)

    @Slot(object)
    def _show_parts(self, facts: tuple[tuple[Software, ...], str]) -> None:
        parts, self._source = facts
        self._parts = parts
        self.source_button.setVisible(bool(self._source))
        self.source_button.setToolTip(self._source)
        self._version.setText(self.tr("Version {0} {1}").format(parts[0].version, parts[0].purpose))
        headers = (self.tr("Name"), self.tr("Version"), self.tr("Licence"), self.tr("For"))
        table = FactTable((0, 0, 2, 3), headers, self._made_with)
        for part in parts[1:]:
            table.add_row(tuple(part))
        self._made_with.body.addWidget(table)
        self._copy.setEnabled(True)

    @Slot()
    def _read_notices(self) -> None:
        self.notices_button.setEnabled(False)
        answer = self._disk.run(self._notices, self)
        answer.done.connect(self._show_notices)
        answer.failed.connect(self._no_notices)

    @Slot(object)
    def _show_notices(self, parts: tuple[ThirdParty, ...]) -> None:
        self.notices_button.setEnabled(True)
        dialog = NoticesDialog(self._theme, parts, self.window())
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.open()

    @Slot(str)
    def _no_notices(self, reason: str) -> None:
        self.notices_button.setEnabled(True)
        self._unread.setText(self.tr("The notices cannot be read: {}").format(reason))
        self._unread.show()

    @Slot()
    def _open_source(self) -> None:
        QDesktopServices.openUrl(QUrl(self._source))

    @Slot()
    def _copy_versions(self) -> None:
        lines = [f"{part.name} {part.version}".rstrip() for part in self._parts]
        QGuiApplication.clipboard().setText("\n".join(lines))


def _facts() -> tuple[tuple[Software, ...], str]:
    return software(), source_address()
