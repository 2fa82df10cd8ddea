# SPDX-License-Identifier: GPL-3.0-only
"""What is installed is pinned byte for byte, agrees with what pyproject.toml allows, and is what tests run with."""

from __future__ import annotations

import re
import tomllib
from importlib.metadata import PackageNotFoundError
from importlib.metadata import version as installed_version
from pathlib import Path

import pytest
from packaging.markers import Marker
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name
from packaging.version import Version

ROOT = Path(__file__).parent.parent.parent
LOCKS = sorted((ROOT / "packaging" / "locks").glob("*.txt"))
_ENTRY = re.compile(r"^(?P<name>[\w.-]+)==(?P<version>[^\s;]+)(?: ; (?P<marker>.*?))? \\$", re.MULTILINE)
_HASH = re.compile(r"^    --hash=sha256:[0-9a-f]{64}(?: \\)?$")


def _pinned(lock: str) -> dict[str, list[tuple[Version, Marker | None]]]:
    text = (ROOT / "packaging" / "locks" / f"{lock}.txt").read_text(encoding="utf-8")
    pins: dict[str, list[tuple[Version, Marker | None]]] = {}
    for found in _ENTRY.finditer(text):
        marker = found["marker"]
        pins.setdefault(canonicalize_name(found["name"]), []).append(
            (Version(found["version"]), None if marker is None else Marker(marker))
        )
    return pins


def _asked_for(*extras: str) -> list[Requirement]:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    texts = [*project["dependencies"], *(text for extra in extras for text in project["optional-dependencies"][extra])]
    return [Requirement(text) for text in texts]


@pytest.mark.parametrize("path", LOCKS, ids=lambda path: path.stem)
def test_every_line_is_a_pinned_version_or_its_hash(path: Path) -> None:
    lines = [line for line in path.read_text(encoding="utf-8").splitlines() if not line.startswith("#")]
    assert lines
    assert [line for line in lines if not _ENTRY.fullmatch(line) and not _HASH.fullmatch(line)] == []
    heads = [number for number, line in enumerate(lines) if _ENTRY.fullmatch(line)]
    assert [lines[number] for number in heads if not _HASH.fullmatch(lines[number + 1])] == []


@pytest.mark.parametrize("lock", ["package", "test", "fuzz"])
def test_what_pyproject_asks_for_is_pinned_within_its_bounds(lock: str) -> None:
    pins = _pinned(lock)
    for asked in _asked_for(lock):
        versions = _versions(pins[canonicalize_name(asked.name)])
        assert all(version in asked.specifier for version in versions), f"{asked}: {versions}"


def _versions(pins: list[tuple[Version, Marker | None]]) -> set[Version]:
    return {version for version, _ in pins}


def test_users_get_what_was_tested() -> None:
    tested, given = _pinned("test"), _pinned("package")
    shared = tested.keys() & given.keys()
    assert {canonicalize_name(asked.name) for asked in _asked_for()} <= shared
    differing = {
        name: (given[name], tested[name]) for name in shared if _versions(given[name]) != _versions(tested[name])
    }
    assert differing == {}


def test_these_tests_run_with_what_is_pinned() -> None:
    wrong = []
    for name, pins in {**_pinned("test"), **_pinned("peer")}.items():
        for version, marker in pins:
            if marker is not None and not marker.evaluate():
                continue
            try:
                found = Version(installed_version(name))
            except PackageNotFoundError:
                found = None
            if found != version:
                wrong.append(f"{name} {found} instead of {version}")
    assert wrong == [], "run `make install`"
