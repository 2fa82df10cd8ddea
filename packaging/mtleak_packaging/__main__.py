# SPDX-License-Identifier: GPL-3.0-only
"""Freezes the program and makes the files of a release for this system; ``make package`` runs it."""

from __future__ import annotations

import hashlib
import os
import shutil
import subprocess
import sys
from datetime import UTC, datetime
from pathlib import Path

from mtleak_packaging.debian_package import build_deb
from mtleak_packaging.freeze import freeze
from mtleak_packaging.notices import add_notices
from mtleak_packaging.portable_archive import build_archive
from mtleak_packaging.product import BUILD, ROOT, TITLE, version


def main() -> int:
    """Make everything; return 0."""
    release = BUILD / "release"
    shutil.rmtree(release, ignore_errors=True)
    release.mkdir(parents=True)
    frozen = freeze()
    for program in (frozen, frozen.parent / f"{TITLE}.app"):
        if program.is_dir():
            print(f"{add_notices(program)} notices of the software of others in {program}")
    print(f"{_megabytes(frozen):.0f} MB in {frozen}")
    if sys.platform == "linux":
        built = _built()
        made = [
            build_archive(frozen, BUILD / "archive", release, version=version(), built=built),
            build_deb(frozen, BUILD / "generated", BUILD / "deb", release, version=version(), built=built),
        ]
        for file in made:
            print(f"{file.stat().st_size / 1e6:.1f} MB in {file}")
        write_sums(release)
    return 0


def write_sums(release: Path) -> None:
    """Write SHA256SUMS beside the files of a release."""
    lines = [f"{hashlib.sha256(file.read_bytes()).hexdigest()}  {file.name}\n" for file in sorted(release.iterdir())]
    (release / "SHA256SUMS").write_text("".join(lines), encoding="ascii")


def _built() -> datetime:
    """Return the time of the commit, so that the same sources make the same files."""
    told = os.environ.get("SOURCE_DATE_EPOCH")
    if told is None:
        git = subprocess.run(
            ["git", "log", "-1", "--format=%ct"], cwd=ROOT, capture_output=True, text=True, check=False
        )
        told = git.stdout.strip() or None
    return datetime.now(tz=UTC) if told is None else datetime.fromtimestamp(int(told), tz=UTC)


def _megabytes(folder: Path) -> float:
    return sum(path.lstat().st_size for path in folder.rglob("*")) / 1e6


if __name__ == "__main__":
    sys.exit(main())
