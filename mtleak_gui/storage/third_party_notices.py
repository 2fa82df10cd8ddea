# SPDX-License-Identifier: GPL-3.0-only
"""The notices as a file that ships with a frozen program, and where the program finds them."""

from __future__ import annotations

from pathlib import Path

import msgspec

from mtleak_gui.core.third_party import ThirdParty
from mtleak_gui.storage.installed_notices import installed_notices

NOTICES_FILE = "third-party-notices.json"
_RULE = "=" * 80


def third_party_notices(resources: Path) -> tuple[ThirdParty, ...]:
    """Return what was noted when the program was packed or, for one that runs from Python, what is installed.

    Reads the disk. Raises ``OSError`` when the file cannot be read; a damaged one counts as none.
    """
    file = resources / NOTICES_FILE
    if file.is_file():
        try:
            return tuple(msgspec.json.decode(file.read_bytes(), type=list[ThirdParty]))
        except msgspec.DecodeError:
            return installed_notices(resources)
    return installed_notices(resources)


def as_json(notices: tuple[ThirdParty, ...]) -> bytes:
    """Return the notices as the file holds them."""
    return msgspec.json.encode(notices)


def as_text(notices: tuple[ThirdParty, ...]) -> str:
    """Return the notices to be read by people."""
    contents = "\n".join(f"  {part.name} {part.version}: {part.licence}".rstrip() for part in notices)
    whole = [
        f"{_RULE}\n{part.name} {part.version}\n{part.licence}\n{part.link}\n{_RULE}\n\n{part.text}\n"
        for part in notices
    ]
    return (
        f"MT Leakhunt is made with the software below; its own licence is GPL-3.0-only.\n\n{contents}\n\n"
        + "\n".join(whole)
    )
