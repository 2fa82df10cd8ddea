# SPDX-License-Identifier: GPL-3.0-only
"""What packages say about the program agrees with the program: version, names, files, and the validators' rules."""

from __future__ import annotations

import re
import shutil
import subprocess
from datetime import UTC, datetime
from pathlib import Path
from xml.etree import ElementTree as ET

import pytest

from mtleak_packaging.linux_files import SOURCES, changelog, copyright_file, metainfo
from mtleak_packaging.product import IDENTIFIER, PROGRAM, version, version_numbers
from mtleak_packaging.windows_version import version_resource

BUILT = datetime(2026, 11, 23, 12, tzinfo=UTC)
ENTRY = SOURCES / f"{PROGRAM}.desktop"


def _entry() -> dict[str, str]:
    head = ENTRY.read_text(encoding="utf-8").partition("[Desktop Action")[0]
    return dict(line.split("=", 1) for line in head.splitlines() if "=" in line)


@pytest.mark.parametrize(
    ("text", "numbers"), [("0.1.0", (0, 1, 0, 0)), ("1.2.3rc1", (1, 2, 3, 0)), ("2.0.1.dev5", (2, 0, 1, 0))]
)
def test_windows_gets_four_numbers_of_any_version(text: str, numbers: tuple[int, ...]) -> None:
    assert version_numbers(text) == numbers
    resource = version_resource(text)
    assert f"filevers={numbers}" in resource
    assert f"StringStruct('ProductVersion', '{text}')" in resource
    compile(resource, "version_info.txt", "eval")


def test_metadata_names_the_menu_entry_the_version_and_the_kind_of_file() -> None:
    component = ET.fromstring(metainfo(version(), BUILT))
    assert component.findtext("id") == IDENTIFIER
    assert component.findtext("launchable") == ENTRY.name
    release = component.find("releases/release")
    assert release is not None
    assert release.attrib == {"version": version(), "date": "2026-11-23"}
    mime = ET.parse(SOURCES / f"{PROGRAM}-mime.xml").getroot()
    kind = mime[0].get("type")
    assert component.findtext("provides/mediatype") == kind
    assert _entry()["MimeType"].strip(";") == kind


def test_the_menu_entry_starts_the_program_with_its_icon() -> None:
    entry = _entry()
    assert entry["Exec"].split()[0] == entry["Icon"] == PROGRAM
    assert entry["Terminal"] == "false"


def test_debian_gets_a_changelog_and_the_licences_of_all_parts() -> None:
    text = changelog("1.2.3", BUILT)
    assert text.startswith("mtleak-gui (1.2.3) unstable;")
    assert re.search(r"^ -- .+ <.+@.+>  Mon, 23 Nov 2026 12:00:00 \+0000$", text, re.MULTILINE)
    notices = copyright_file()
    for part in ("PySide6-Essentials", "LGPL-3.0-only", "meshtastic", "Material Design Icons"):
        assert part in notices


@pytest.mark.skipif(shutil.which("desktop-file-validate") is None, reason="desktop-file-utils is not installed")
def test_the_menu_entry_is_valid() -> None:
    check = subprocess.run(["desktop-file-validate", str(ENTRY)], capture_output=True, text=True, check=False)
    assert (check.returncode, check.stdout) == (0, "")


@pytest.mark.skipif(shutil.which("appstreamcli") is None, reason="appstream is not installed")
def test_the_metadata_is_valid(tmp_path: Path) -> None:
    file = tmp_path / f"{IDENTIFIER}.metainfo.xml"
    file.write_text(metainfo(version(), BUILT), encoding="utf-8")
    check = subprocess.run(["appstreamcli", "validate", "--no-net", file], capture_output=True, text=True, check=False)
    assert check.returncode == 0, check.stdout
