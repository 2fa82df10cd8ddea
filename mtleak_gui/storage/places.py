# SPDX-License-Identifier: GPL-3.0-only
"""Where recordings, reports, settings and logs lie on each system, and folder names that all systems take."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Self

import platformdirs

_APPLICATION = "mtleak-gui"
_OVERRIDE = "MTLEAK_RECORDINGS"
_DEFAULT_NAME = "default"
_UNTITLED = "recording"
_LONGEST_BYTES = 80
_REFUSED = re.compile(r'[<>:"/\\|?*\s]+')
"""Characters that some system takes for something else; any kind of space becomes one plain space too."""
_RESERVED = re.compile(r"(con|prn|aux|nul|com\d|lpt\d)(\..*)?", re.IGNORECASE)
"""Names that are devices on Windows, with any ending."""


@dataclass(frozen=True, slots=True)
class Places:
    """The application's folders; none of them has to exist yet."""

    recordings: Path
    reports: Path
    settings: Path
    logs: Path

    @classmethod
    def of_system(cls, environ: Mapping[str, str]) -> Self:
        """Return this user's places; ``MTLEAK_RECORDINGS`` in ``environ`` says where recordings lie instead."""
        data = platformdirs.user_data_path(_APPLICATION, appauthor=False)
        override = environ.get(_OVERRIDE, "").strip()
        return cls(
            recordings=Path(override).expanduser().absolute() if override else data / "recordings",
            reports=data / "reports",
            settings=platformdirs.user_config_path(_APPLICATION, appauthor=False),
            logs=platformdirs.user_log_path(_APPLICATION, appauthor=False),
        )

    @property
    def default_recording(self) -> Path:
        """The recording that is always there and appended to."""
        return self.recordings / _DEFAULT_NAME

    def new_recording(self, title: str) -> Path:
        """Return the folder for a new recording called ``title``, a free one: a number is added to a taken name."""
        name = folder_name(title)
        taken = {path.name.casefold() for path in self.recordings.iterdir()} if self.recordings.is_dir() else set()
        taken.add(_DEFAULT_NAME)
        candidate, number = name, 1
        while candidate.casefold() in taken:
            number += 1
            candidate = f"{name} {number}"
        return self.recordings / candidate


def folder_name(title: str) -> str:
    """Return ``title`` as the name of a folder on any system: close to it, never empty, at most 80 bytes of UTF-8."""
    plain = unicodedata.normalize("NFC", title.encode("utf-8", "replace").decode())
    printable = "".join(" " if unicodedata.category(letter)[0] == "C" else letter for letter in plain)
    name = _REFUSED.sub(" ", printable).encode()[:_LONGEST_BYTES].decode("utf-8", "ignore").strip(" .")
    if not name:
        return _UNTITLED
    return f"{_UNTITLED} {name}" if _RESERVED.fullmatch(name) else name
