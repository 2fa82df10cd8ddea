# SPDX-License-Identifier: GPL-3.0-only
"""Settings in a JSON file: replaced as a whole, read field by field, what others wrote into it left standing."""

from __future__ import annotations

import json
import threading
from collections.abc import Mapping
from pathlib import Path
from typing import NamedTuple

from mtleak_gui.core.settings import Settings, settings_from
from mtleak_gui.core.three_way import merged
from mtleak_gui.storage.atomic_file import make_folder, write_atomically

_NAME = "settings.json"
_LARGEST_BYTES = 8_000_000


class LoadedSettings(NamedTuple):
    """What the file said; ``told`` are sentences for the user about what could not be taken."""

    settings: Settings
    told: tuple[str, ...]


class SettingsFile:
    """``settings.json`` in ``folder``, which need not exist. May be used by several threads."""

    def __init__(self, folder: Path) -> None:
        self.path = folder / _NAME
        self._known: dict[str, object] = Settings().plain()
        self._lock = threading.Lock()

    def load(self) -> LoadedSettings:
        """Return the settings of the file, or defaults where it says nothing usable; never raises.

        A file that is no JSON object is renamed, so that the next save does not destroy it.
        """
        with self._lock:
            try:
                value = self._read()
            except ValueError as error:
                return LoadedSettings(Settings(), (self._put_aside(error),))
            except OSError as error:
                return LoadedSettings(Settings(), (f"{_unreadable(self.path, error)} Defaults are used.",))
            settings, misfits = settings_from(value)
            self._known = settings.plain()
            return LoadedSettings(settings, tuple(f"Setting {path or 'file'}: {reason}" for path, reason in misfits))

    def save(self, settings: Settings) -> None:
        """Write what changed since the last load or save into the file; the rest of it stays. Raises ``OSError``."""
        with self._lock:
            ours = settings.plain()
            try:
                theirs = self._read()
            except ValueError as error:
                self._put_aside(error)
                theirs = {}
            text = json.dumps(merged(self._known, ours, theirs), indent=1, ensure_ascii=False)
            make_folder(self.path.parent)
            write_atomically(self.path, (text.encode("utf-8", "replace"), b"\n"))
            self._known = ours

    def _read(self) -> Mapping[str, object]:
        """Return the object in the file, empty when there is no file. Raises ``OSError``, ``ValueError``."""
        try:
            with self.path.open("rb") as file:
                text = file.read(_LARGEST_BYTES + 1)
        except FileNotFoundError:
            return {}
        if len(text) > _LARGEST_BYTES:
            raise ValueError(f"it is longer than {_LARGEST_BYTES:,} bytes")
        try:
            value = json.loads(text.decode("utf-8-sig"))
        except RecursionError as error:
            raise ValueError("it is nested too deeply") from error
        if not isinstance(value, dict):
            raise ValueError("it holds no JSON object")  # noqa: TRY004 - a wrong file, not a wrong call
        return value

    def _put_aside(self, why: ValueError) -> str:
        aside, number = self.path.with_suffix(".broken.json"), 1
        while aside.exists():
            number += 1
            aside = self.path.with_suffix(f".broken-{number}.json")
        what = f"The settings in {self.path} cannot be read ({why})."
        try:
            self.path.rename(aside)
        except OSError as error:
            return f"{what} The file cannot be kept aside either: {error.strerror or error}. Defaults are used."
        return f"{what} Defaults are used; the file is kept as {aside.name}."


def _unreadable(path: Path, error: OSError) -> str:
    return f"The settings in {path} cannot be read: {error.strerror or error}."
