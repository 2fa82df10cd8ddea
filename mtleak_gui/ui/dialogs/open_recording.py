# SPDX-License-Identifier: GPL-3.0-only
"""Asks for the folder of a recording, or for a file in it."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from PySide6.QtWidgets import QFileDialog, QWidget


def ask_recording(parent: QWidget, begin_at: Path, then: Callable[[Path], None]) -> QFileDialog:
    """Show the system's dialog and call ``then`` with the folder chosen, if one is. Returns at once."""
    dialog = QFileDialog(parent, parent.tr("Open a recording"), str(begin_at))
    dialog.setFileMode(QFileDialog.FileMode.Directory)
    dialog.setOption(QFileDialog.Option.ShowDirsOnly)
    dialog.setLabelText(QFileDialog.DialogLabel.Accept, parent.tr("Open"))

    def chosen(folder: str) -> None:
        then(Path(folder))

    dialog.fileSelected.connect(chosen)
    dialog.finished.connect(dialog.deleteLater)
    dialog.open()
    return dialog


def recording_of(dropped: Path) -> Path:
    """Return the folder meant by a dropped folder or by a dropped file of a recording. Reads the disk."""
    return dropped.parent if dropped.is_file() else dropped
