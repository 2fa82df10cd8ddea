# SPDX-License-Identifier: GPL-3.0-only
"""A settings file with whatever in it: settings that hold, nothing of the file lost, the next save read as written."""

from __future__ import annotations

from dataclasses import replace
from typing import Literal

from mtleak_gui.storage.settings_file import SettingsFile
from tests.fuzz.folders import empty_folder


def one_input(data: bytes) -> None:
    """Load ``data`` as settings.json, change one setting, save, and load again."""
    with empty_folder() as folder:
        file = SettingsFile(folder)
        file.path.write_bytes(data)
        loaded = file.load()
        if not file.path.exists():
            assert (folder / "settings.broken.json").read_bytes() == data
            assert loaded.told
        wanted: Literal["light", "dark"] = "light" if loaded.settings.appearance.theme == "dark" else "dark"
        changed = replace(loaded.settings, appearance=replace(loaded.settings.appearance, theme=wanted))
        file.save(changed)
        assert SettingsFile(folder).load().settings == changed
