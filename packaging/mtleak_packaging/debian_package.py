# SPDX-License-Identifier: GPL-3.0-only
"""The .deb: the frozen folder in /usr/lib, and around it what menus, file managers, udev and apt want."""

from __future__ import annotations

import gzip
import hashlib
import shutil
import subprocess
from datetime import datetime
from pathlib import Path

from mtleak_packaging import linux_files
from mtleak_packaging.product import IDENTIFIER, MAINTAINER, PROGRAM, ROOT, SUMMARY, debian_architecture, home_page
from mtleak_packaging.system_libraries import depends, recommends
from mtleak_packaging.udev_rule import FILE as RULE
from mtleak_packaging.udev_rule import udev_rule

_SCRIPT = """\
#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-only
# Boards that are plugged in get the rights of the rule now, not only when they are plugged in again.
set -e
if command -v udevadm >/dev/null 2>&1 && [ -d /run/udev ]; then
    udevadm control --reload || true
    udevadm trigger --action=change --subsystem-match=tty --subsystem-match=usb || true
fi
"""
_OVERRIDES = """\
# The program brings its libraries, so that it runs on every Debian and Ubuntu alike.
{0}: embedded-library
{0}: shared-library-lacks-prerequisites
{0}: hardening-no-pie
{0}: hardening-no-fortify-functions
{0}: unstripped-binary-or-object
{0}: custom-library-search-path
{0}: library-not-linked-against-libc
{0}: shared-library-is-executable
"""


def build_deb(frozen: Path, icons: Path, work: Path, target: Path, *, version: str, built: datetime) -> Path:
    """Write the package into the folder ``target``; return its file. ``work`` is emptied."""
    shutil.rmtree(work, ignore_errors=True)
    share, doc = work / "usr/share", work / "usr/share/doc" / PROGRAM
    shutil.copytree(frozen, work / "usr/lib" / PROGRAM, symlinks=True)
    (work / "usr/bin").mkdir()
    (work / "usr/bin" / PROGRAM).symlink_to(f"../lib/{PROGRAM}/{PROGRAM}")
    shutil.copytree(icons / "hicolor", share / "icons/hicolor")
    sources = linux_files.SOURCES
    _copy(sources / f"{PROGRAM}.desktop", share / "applications" / f"{PROGRAM}.desktop")
    _copy(sources / f"{PROGRAM}-mime.xml", share / "mime/packages" / f"{PROGRAM}.xml")
    _write(share / "metainfo" / f"{IDENTIFIER}.metainfo.xml", linux_files.metainfo(version, built))
    _write(work / "usr/lib/udev/rules.d" / RULE, udev_rule())
    _write(share / "lintian/overrides" / PROGRAM, _OVERRIDES.format(PROGRAM))
    _write_packed(share / "man/man1" / f"{PROGRAM}.1.gz", (sources / f"{PROGRAM}.1").read_text(encoding="utf-8"))
    _write(doc / "copyright", linux_files.copyright_file())
    _write_packed(doc / "changelog.gz", linux_files.changelog(version, built))
    _copy(ROOT / "CHANGELOG.md", doc / "CHANGELOG.md")
    _copy(ROOT / "README.md", doc / "README.md")
    _set_modes(work)
    _write_control(work, frozen, version)
    file = target / f"{PROGRAM}_{version}_{debian_architecture()}.deb"
    subprocess.run(["dpkg-deb", "--root-owner-group", "-Zxz", "--build", str(work), str(file)], check=True)
    return file


def _write_control(work: Path, frozen: Path, version: str) -> None:
    files = sorted(path for path in work.rglob("*") if path.is_file() and not path.is_symlink())
    kilobytes = sum(path.stat().st_size for path in files) // 1024
    page = home_page()
    sums = [f"{hashlib.md5(path.read_bytes()).hexdigest()}  {path.relative_to(work)}\n" for path in files]  # noqa: S324
    _write(
        work / "DEBIAN/control",
        f"Package: {PROGRAM}\nVersion: {version}\nArchitecture: {debian_architecture()}\nMaintainer: {MAINTAINER}\n"
        f"Installed-Size: {kilobytes}\nDepends: {depends(frozen)}\nRecommends: {recommends()}\nSection: devel\n"
        + ("" if page is None else f"Homepage: {page}\n")
        + f"Priority: optional\nDescription: {SUMMARY[0].lower() + SUMMARY[1:]}\n"
        " MT Leakhunt records what Meshtastic LoRa boards say over USB or the network\n"
        " (logs, telemetry, packets, events) and tells whether they leak memory, how\n"
        " fast, who is to blame, and what to send the firmware team.\n",
    )
    _write(work / "DEBIAN/md5sums", "".join(sums))
    for name in ("postinst", "postrm"):
        _write(work / "DEBIAN" / name, _SCRIPT)
        (work / "DEBIAN" / name).chmod(0o755)


def _set_modes(work: Path) -> None:
    """Give every file the rights that Debian wants, whatever the umask of this machine is."""
    program = work / "usr/lib" / PROGRAM / PROGRAM
    for path in [work, *work.rglob("*")]:
        if not path.is_symlink():
            path.chmod(0o755 if path.is_dir() or path == program else 0o644)


def _copy(source: Path, target: Path) -> None:
    target.parent.mkdir(parents=True, exist_ok=True)
    shutil.copyfile(source, target)


def _write(target: Path, text: str) -> None:
    target.parent.mkdir(parents=True, exist_ok=True)
    target.write_text(text, encoding="utf-8")


def _write_packed(target: Path, text: str) -> None:
    target.parent.mkdir(parents=True, exist_ok=True)
    target.write_bytes(gzip.compress(text.encode(), 9, mtime=0))
