# SPDX-License-Identifier: GPL-3.0-only
"""Freezes the program with PyInstaller into one folder."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

from mtleak_packaging.icons import write_icons
from mtleak_packaging.product import BUILD, IDENTIFIER, PROGRAM, ROOT, version
from mtleak_packaging.windows_version import version_resource


def freeze() -> Path:
    """Return the folder of the frozen program; icons and version resource lie in ``BUILD/generated``."""
    generated = BUILD / "generated"
    shutil.rmtree(generated, ignore_errors=True)
    write_icons(generated)
    _pack_source(generated / "source")
    (generated / "version_info.txt").write_text(version_resource(version()), encoding="utf-8")
    names = {"MTLEAK_GENERATED": str(generated), "MTLEAK_VERSION": version(), "MTLEAK_IDENTIFIER": IDENTIFIER}
    folders = ["--distpath", str(BUILD / "dist"), "--workpath", str(BUILD / "work")]
    command = [sys.executable, "-P", "-m", "PyInstaller", "--noconfirm", "--clean", "--log-level", "WARN", *folders]
    spec = ROOT / "packaging" / "mtleak-gui.spec"
    subprocess.run([*command, str(spec)], check=True, cwd=BUILD, env={**os.environ, **names})
    frozen = BUILD / "dist" / PROGRAM
    _strip_python(frozen)
    return frozen


def _pack_source(folder: Path) -> None:
    """Write the source archive of this very state into ``folder``."""
    pack = "import sys; from hatchling.build import build_sdist; build_sdist(sys.argv[1])"
    subprocess.run([sys.executable, "-c", pack, str(folder)], check=True, cwd=ROOT, stdout=subprocess.DEVNULL)


def _strip_python(frozen: Path) -> None:
    """Take the symbols out of Python's own library, 17 MB on Linux; stripping all would break numpy's."""
    if sys.platform != "linux" or shutil.which("strip") is None:
        return
    for library in (frozen / "_internal").glob("libpython*.so*"):
        if not library.is_symlink():
            subprocess.run(["strip", "--strip-unneeded", str(library)], check=True)
