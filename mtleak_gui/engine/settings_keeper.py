# SPDX-License-Identifier: GPL-3.0-only
"""The settings in force, who is told when they change, and their saving in the background. Lives on the GUI thread."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any, Protocol

from PySide6.QtCore import QObject, QTimer, Signal, Slot

from mtleak_gui.core.settings import Settings

_SAVE_AFTER_MS = 1_000


class Shelf(Protocol):
    """Where settings are kept."""

    def save(self, settings: Settings) -> None:
        """Keep the settings; may be called on any thread. Raises ``OSError``."""


class Answer(Protocol):
    """Two Qt signals: ``done(object)`` with what the work returned, ``failed(str)`` with a sentence."""

    @property
    def done(self) -> Any: ...
    @property
    def failed(self) -> Any: ...


class Background(Protocol):
    """One thread for small work on files."""

    def run(self, work: Callable[[], object], parent: QObject) -> Answer:
        """Do the work elsewhere and tell on the thread of ``parent``."""


class SettingsKeeper(QObject):
    """Holds one ``Settings``; a change is in force at once and saved within a second, and what is left at ``stop``."""

    changed = Signal(object)
    """The new ``Settings``."""
    save_failed = Signal(str)
    """A sentence, once when saving begins to fail; the change is tried again with the next one and at the end."""

    def __init__(self, settings: Settings, shelf: Shelf, disk: Background, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._settings = settings
        self._saved = settings
        self._shelf = shelf
        self._disk = disk
        self._is_saving = False
        self._failing = False
        self._timer = QTimer(self, singleShot=True, interval=_SAVE_AFTER_MS)
        self._timer.timeout.connect(self._save)

    @property
    def settings(self) -> Settings:
        """The settings in force."""
        return self._settings

    def change(self, **fields: object) -> None:
        """Put new values for fields of ``Settings``, such as ``ignored_fixes`` or a whole ``recording``.

        Raises ``RefusedValueError``, with nothing changed, when a value breaks its rule.
        """
        self._put(replace(self._settings, **fields))  # type: ignore[arg-type]  # the rules hold each value

    def change_in(self, section: str, **fields: object) -> None:
        """Put new values for fields of one section: ``change_in("appearance", theme="dark")``.

        Raises ``RefusedValueError``, with nothing changed, when a value breaks its rule.
        """
        self.change(**{section: replace(getattr(self._settings, section), **fields)})

    def stop(self) -> str | None:
        """Save what is left, on this thread. Return a sentence when that was not possible."""
        self._timer.stop()
        if self._settings == self._saved:
            return None
        try:
            self._shelf.save(self._settings)
        except OSError as error:
            return f"The settings could not be saved: {error.strerror or error}."
        self._saved = self._settings
        return None

    def _put(self, settings: Settings) -> None:
        if settings == self._settings:
            return
        self._settings = settings
        if not self._timer.isActive():
            self._timer.start()
        self.changed.emit(settings)

    @Slot()
    def _save(self) -> None:
        if self._is_saving or self._settings == self._saved:
            return
        self._is_saving = True
        answer = self._disk.run(self._write, self)
        answer.done.connect(self._note_saved)
        answer.failed.connect(self._note_failed)

    def _write(self) -> Settings:
        # On the disk's thread. Takes the newest, so that work done late cannot bring back what was changed since.
        settings = self._settings
        self._shelf.save(settings)
        return settings

    @Slot(object)
    def _note_saved(self, settings: Settings) -> None:
        self._saved, self._is_saving, self._failing = settings, False, False
        if self._settings != settings:
            self._timer.start()

    @Slot(str)
    def _note_failed(self, sentence: str) -> None:
        self._is_saving = False
        if not self._failing:
            self._failing = True
            self.save_failed.emit(f"The settings could not be saved. {sentence}")
