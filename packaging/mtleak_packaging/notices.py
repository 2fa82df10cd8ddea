# SPDX-License-Identifier: GPL-3.0-only
"""Notes whose software a frozen program holds, from what is installed beside the tool that froze it."""

from __future__ import annotations

import shutil
from pathlib import Path

from mtleak_gui.storage.installed_notices import by_name, installed_notices
from mtleak_gui.storage.third_party_notices import NOTICES_FILE, as_json, as_text
from mtleak_packaging.product import ROOT
from mtleak_packaging.system_notices import system_notices

TEXT_FILE = "THIRD-PARTY-NOTICES.txt"


def add_notices(program: Path) -> int:
    """Put the notices where the program looks for them, and as text beside it, with the licence. Return how many.

    Raises ``FileNotFoundError`` when the folder is no frozen program, whose resources are known by their themes.
    """
    themes = next(program.rglob("resources/themes"), None)
    if themes is None:
        raise FileNotFoundError(f"{program} holds no resources/themes: is it a frozen program?")
    found = installed_notices(ROOT / "resources", extra=("pyinstaller",))
    notices = by_name((*found, *system_notices(program)))
    (themes.parent / NOTICES_FILE).write_bytes(as_json(notices))
    # In the top folder of a bundle of macOS nothing else may lie, or it cannot be signed.
    bundled = program / "Contents" / "Resources"
    beside = bundled if bundled.is_dir() else program
    (beside / TEXT_FILE).write_text(as_text(notices), encoding="utf-8")
    shutil.copyfile(ROOT / "LICENSE", beside / "LICENSE")
    return len(notices)
