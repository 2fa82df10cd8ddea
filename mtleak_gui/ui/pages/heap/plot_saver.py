# SPDX-License-Identifier: GPL-3.0-only
"""Saves what is seen as PNG, SVG or CSV: asks where, makes the content, has it written off the GUI thread."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import NamedTuple

from PySide6.QtCore import QObject, Signal, Slot
from PySide6.QtWidgets import QApplication, QFileDialog, QWidget

from mtleak_gui.core import wording
from mtleak_gui.core.axis_ticks import clock_text
from mtleak_gui.core.notice import Notice
from mtleak_gui.engine.disk_worker import DiskWorker
from mtleak_gui.ui.pages.heap.csv_export import SampleTable, write_csv
from mtleak_gui.ui.pages.heap.picture_export import plot_image, png_bytes, svg_bytes, write_bytes
from mtleak_gui.ui.pages.heap.plot.heap_plot import HeapPlot
from mtleak_gui.ui.theme.theme_keeper import ThemeKeeper

_LONGEST_STEM_BYTES = 80


class Caption(NamedTuple):
    """What stands above a picture and at the top of a table."""

    title: str
    subtitle: str
    file_stem: str


class PlotSaver(QObject):
    """``told`` says what became of it."""

    told = Signal(Notice)

    def __init__(self, plot: HeapPlot, theme: ThemeKeeper, worker: DiskWorker, parent: QWidget) -> None:
        super().__init__(parent)
        self._plot, self._theme, self._worker, self._window = plot, theme, worker, parent

    def copy_picture(self, caption: Caption) -> None:
        """Put the picture on the clipboard."""
        QApplication.clipboard().setImage(plot_image(self._plot, self._theme, caption.title, caption.subtitle))
        self.told.emit(Notice("plot_copied", "ok", self.tr("Picture copied.")))

    def ask_picture(self, caption: Caption) -> None:
        """Ask for a file, then save the picture as its ending says."""
        forms = self.tr("PNG picture (*.png);;SVG drawing (*.svg)")
        self._ask(f"{caption.file_stem}.png", forms, partial(self.save_picture, caption))

    def ask_csv(self, caption: Caption, table: SampleTable) -> None:
        """Ask for a file, then save the samples."""
        self._ask(f"{caption.file_stem}.csv", self.tr("Table (*.csv)"), partial(self.save_csv, table))

    def save_picture(self, caption: Caption, file: str) -> None:
        """Save the picture as it is seen now."""
        path = Path(file)
        if path.suffix.lower() == ".svg":
            content = svg_bytes(self._plot, self._theme, caption.title, caption.subtitle)
            self._write(partial(write_bytes, path, content))
            return
        image = plot_image(self._plot, self._theme, caption.title, caption.subtitle)
        self._write(lambda: write_bytes(path, png_bytes(image)))

    def save_csv(self, table: SampleTable, file: str) -> None:
        """Save the samples."""
        self._write(partial(write_csv, Path(file), table))

    def _ask(self, name: str, forms: str, then: Callable[[str], None]) -> None:
        dialog = QFileDialog(self._window, self.tr("Save"), name, forms)
        dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
        dialog.setDefaultSuffix(Path(name).suffix[1:])
        dialog.selectFile(name)
        dialog.fileSelected.connect(then)
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()

    def _write(self, work: Callable[[], Path]) -> None:
        answering = self._worker.run(work, self)
        answering.done.connect(self._saved)
        answering.failed.connect(self._failed)

    @Slot(object)
    def _saved(self, file: Path) -> None:
        self.told.emit(Notice("plot_saved", "ok", self.tr("Saved {0}.").format(file.name), str(file)))

    @Slot(str)
    def _failed(self, why: str) -> None:
        text = self.tr("The file could not be saved. Choose another folder, or free some space.")
        self.told.emit(Notice("plot_saved", "danger", text, why, sticky=True))


def caption(name: str, field: str, facts: str, start: float, end: float) -> Caption:
    """Return the words for a picture of a field of a board; ``facts``: firmware and fit, as known."""
    day = "%Y-%m-%d %H:%M"
    span = f"{clock_text(start, None, day)} to {clock_text(end, None, day)}"
    stem = "".join(letter if letter.isalnum() or letter in "-_." else "-" for letter in f"{name}-{field}")
    stem = stem.encode()[:_LONGEST_STEM_BYTES].decode("utf-8", "ignore").strip("-.")
    return Caption(
        f"{name} {wording.single_line(field, 60)}",
        f"{span} · {facts}" if facts else span,
        f"{stem}-{clock_text(end, None, '%Y%m%d-%H%M')}",
    )
