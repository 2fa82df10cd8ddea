# SPDX-License-Identifier: GPL-3.0-only
"""Takes pictures of the window, with what lies over it."""

from __future__ import annotations

from pathlib import Path
from typing import Literal

from PySide6.QtCore import QPoint, QRect
from PySide6.QtGui import QImage, QPainter, QPixmap
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QWidget

from mtleak_gui.ui.theme.theme_keeper import ThemeKeeper

_SETTLE_MS = 900


class Camera:
    """Saves PNGs as ``<name>-<theme>.png`` in ``folder``, and those of ``for_readme`` in ``docs`` too."""

    def __init__(
        self, theme: ThemeKeeper, window: QWidget, folder: Path, docs: Path, for_readme: frozenset[str]
    ) -> None:
        self._theme, self._window = theme, window
        self._folder, self._docs, self._for_readme = folder, docs, for_readme
        self.taken: list[Path] = []
        folder.mkdir(parents=True, exist_ok=True)
        docs.mkdir(parents=True, exist_ok=True)

    def take(self, name: str, over: QWidget | None = None) -> None:
        """Take a picture in both themes, ``over`` drawn in the middle of the window."""
        for look in _LOOKS:
            self._theme.choose(look)
            QTest.qWait(_SETTLE_MS)
            picture = self._window.grab()
            if over is not None:
                self._lay_over(picture, over)
            self._save(picture, f"{name}-{look}")
        self._theme.choose("light")

    def _lay_over(self, picture: QPixmap, over: QWidget) -> None:
        above = over.grab()
        corner = QPoint((picture.width() - above.width()) // 2, (picture.height() - above.height()) // 2)
        with QPainter(picture) as painter:
            painter.drawPixmap(corner, above)
            painter.setPen(self._theme.colors.disabled)
            painter.drawRect(QRect(corner, above.size()).adjusted(-1, -1, 0, 0))

    def _save(self, picture: QPixmap, name: str) -> None:
        image = picture.toImage().convertToFormat(QImage.Format.Format_RGB888)
        folders = [self._folder, self._docs] if name in self._for_readme else [self._folder]
        for folder in folders:
            path = folder / f"{name}.png"
            # Quality 0 is the strongest compression; nothing is lost by it.
            if not image.save(str(path), quality=0):
                raise OSError(f"{path} could not be written")
            self.taken.append(path)


_LOOKS: tuple[Literal["light", "dark"], ...] = ("light", "dark")
