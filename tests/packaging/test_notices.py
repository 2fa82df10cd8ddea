# SPDX-License-Identifier: GPL-3.0-only
"""What is noted when the program is packed is what the packed program shows."""

from __future__ import annotations

import shutil
from importlib.metadata import version
from pathlib import Path

import pytest

from mtleak_gui.storage.installed_notices import installed_notices
from mtleak_gui.storage.third_party_notices import third_party_notices
from mtleak_packaging.notices import add_notices

ROOT = Path(__file__).parent.parent.parent


def test_every_part_has_a_licence_and_the_text_that_it_asks_to_be_shown() -> None:
    parts = {part.name: part for part in installed_notices(ROOT / "resources")}
    assert {"meshtastic", "numpy", "PySide6_Essentials", "pyserial", "Python", "Material Design Icons"} <= set(parts)
    assert not {"mtleak-gui", "pytest", "ruff"} & set(parts)
    assert [part.name for part in parts.values() if not part.licence] == []
    assert [part.name for part in parts.values() if len(part.text) < 400] == []
    assert parts["numpy"].version == version("numpy")
    assert "GNU LESSER GENERAL PUBLIC LICENSE" in parts["PySide6_Essentials"].text
    assert "Chris Liechti" in parts["pyserial"].text


def test_a_packed_program_shows_what_was_noted(tmp_path: Path) -> None:
    resources = tmp_path / "_internal" / "mtleak_gui" / "resources"
    shutil.copytree(ROOT / "resources" / "themes", resources / "themes")
    # A library as the freezer takes it from Debian; elsewhere, and where it is not installed, it has no notice.
    (tmp_path / "_internal" / "libdbus-1.so.3").touch()
    many = add_notices(tmp_path)
    shown = third_party_notices(resources)
    assert len(shown) == many
    noted = {part.name for part in shown}
    assert noted >= {part.name for part in installed_notices(ROOT / "resources")}
    if Path("/usr/share/doc/libdbus-1-3/copyright").is_file():
        assert next(part for part in shown if part.name == "libdbus-1-3").text
    text = (tmp_path / "THIRD-PARTY-NOTICES.txt").read_text(encoding="utf-8")
    assert all(f"{part.name} {part.version}" in text and part.text in text for part in shown)
    assert "GNU GENERAL PUBLIC LICENSE" in (tmp_path / "LICENSE").read_text(encoding="utf-8")


def test_a_damaged_file_counts_as_none(tmp_path: Path) -> None:
    shutil.copytree(ROOT / "resources" / "icons", tmp_path / "icons")
    (tmp_path / "third-party-notices.json").write_bytes(b'[["numpy"')
    assert "numpy" in {part.name for part in third_party_notices(tmp_path)}


def test_a_folder_that_is_no_frozen_program_is_refused(tmp_path: Path) -> None:
    with pytest.raises(FileNotFoundError, match="is it a frozen program"):
        add_notices(tmp_path)
