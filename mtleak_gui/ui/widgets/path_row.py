# SPDX-License-Identifier: GPL-3.0-only
"""Where something lies on the disk, with a button that opens the folder."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QUrl, Slot
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from mtleak_gui.ui.theme.theme_keeper import ThemeKeeper
from mtleak_gui.ui.widgets.buttons import IconButton
from mtleak_gui.ui.widgets.labels import ElidedLabel, label


class PathRow(QWidget):
    """``what`` lies in ``folder``."""

    def __init__(self, theme: ThemeKeeper, what: str, folder: Path, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._folder = folder
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 4, 0, 4)
        row.setSpacing(16)
        words = QVBoxLayout()
        words.setSpacing(2)
        words.addWidget(label(what))
        words.addWidget(ElidedLabel(str(folder), "secondary"))
        row.addLayout(words, 1)
        opener = IconButton(theme, "folder-open-outline", self.tr("Open folder"), size="small", parent=self)
        opener.setAccessibleName(self.tr("Open the folder: {}").format(what))
        opener.clicked.connect(self._open)
        row.addWidget(opener)

    @Slot()
    def _open(self) -> None:
        QDesktopServices.openUrl(QUrl.fromLocalFile(str(self._folder)))
