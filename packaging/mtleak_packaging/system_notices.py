# SPDX-License-Identifier: GPL-3.0-only
"""The notices of libraries that a frozen program took from the Debian system on which it was frozen."""

from __future__ import annotations

import shutil
import subprocess
from collections.abc import Iterable
from pathlib import Path

from mtleak_gui.core.third_party import ThirdParty

_DOCUMENTS = Path("/usr/share/doc")


def system_notices(program: Path) -> list[ThirdParty]:
    """Return a notice for each Debian package that owns a library of the program; none on other systems."""
    if shutil.which("dpkg-query") is None:
        return []
    # Those of the wheels lie in folders of their packages; those of the system on top.
    libraries = {path.name for path in program.glob("*/lib*.so*")}
    return [_notice(package) for package in sorted(_owners(libraries))]


def _owners(libraries: Iterable[str]) -> set[str]:
    patterns = [f"*/{name}" for name in libraries]
    if not patterns:
        return set()
    # It answers for those that it knows, and ends with 1 when there is one that it does not.
    answer = subprocess.run(["dpkg-query", "--search", *patterns], capture_output=True, text=True, check=False)
    return {line.partition(":")[0].partition(",")[0] for line in answer.stdout.splitlines() if "diversion" not in line}


def _notice(package: str) -> ThirdParty:
    show = ["dpkg-query", "--show", "--showformat=${Version}\n${Homepage}\n", package]
    answer = subprocess.run(show, capture_output=True, text=True, check=False).stdout.splitlines()
    version, link = (*answer, "", "")[:2]
    file = _DOCUMENTS / package / "copyright"
    text = file.read_text("utf-8", "replace").strip() if file.is_file() else ""
    return ThirdParty(package, version, "see its notices", link, text)
