# SPDX-License-Identifier: GPL-3.0-only
"""The portable archive of Linux: one folder to unpack anywhere, with a launcher for a double click.

xz, which every file manager opens, makes it 20 MB smaller than gzip would.
"""

from __future__ import annotations

import shutil
import tarfile
from datetime import datetime
from pathlib import Path

from mtleak_packaging.linux_files import SOURCES
from mtleak_packaging.product import PROGRAM, ROOT, TITLE, architecture
from mtleak_packaging.udev_rule import FILE as RULE
from mtleak_packaging.udev_rule import udev_rule

_README = f"""\
{TITLE}, portable
Double-click "{TITLE}.sh" (where the file manager asks: Run), or start it in a terminal.
Nothing is installed; recordings lie in ~/.local/share/{PROGRAM}.
Boards' USB ports: if your user may not open them, run once
    sudo install -m 644 {RULE} /etc/udev/rules.d/ && sudo udevadm control --reload && sudo udevadm trigger
A window needs libEGL, libGL and libxcb, which every desktop has (Debian: libegl1 libgl1 libxcb1).
"""


def build_archive(frozen: Path, work: Path, target: Path, *, version: str, built: datetime) -> Path:
    """Write the archive into the folder ``target``; return its file. ``work`` is emptied."""
    name = f"{PROGRAM}-{version}-linux-{architecture()}"
    folder = work / name
    shutil.rmtree(work, ignore_errors=True)
    shutil.copytree(frozen, folder, symlinks=True)
    launcher = folder / f"{TITLE}.sh"
    shutil.copyfile(SOURCES / "portable-start.sh", launcher)
    launcher.chmod(0o755)
    (folder / RULE).write_text(udev_rule(), encoding="utf-8")
    (folder / "README.txt").write_text(_README, encoding="utf-8")
    shutil.copyfile(ROOT / "LICENSE", folder / "LICENSE")
    shutil.copyfile(ROOT / "resources/icons/app-icon.svg", folder / f"{PROGRAM}.svg")
    file = target / f"{name}.tar.xz"

    def plain(entry: tarfile.TarInfo) -> tarfile.TarInfo:
        entry.uid = entry.gid = 0
        entry.uname = entry.gname = "root"
        entry.mtime = int(built.timestamp())
        return entry

    with tarfile.open(file, "w:xz", preset=6) as archive:
        archive.add(folder, name, filter=plain)
    return file
