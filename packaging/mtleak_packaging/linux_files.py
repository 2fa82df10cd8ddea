# SPDX-License-Identifier: GPL-3.0-only
"""Files that the desktop of Linux wants beside a program: menu entry, MIME type, AppStream metadata, notices."""

from __future__ import annotations

from datetime import UTC, datetime

from mtleak_gui.ui.pages.settings.software import software
from mtleak_packaging.product import IDENTIFIER, MAINTAINER, PROGRAM, ROOT, SUMMARY, TITLE, home_page

SOURCES = ROOT / "packaging" / "linux"


def metainfo(version: str, built: datetime) -> str:
    """Return the AppStream metadata."""
    page = home_page()
    words = {
        "IDENTIFIER": IDENTIFIER,
        "SUMMARY": SUMMARY,
        "VERSION": version,
        "DATE": built.astimezone(UTC).date().isoformat(),
        "URLS": "" if page is None else f'  <url type="homepage">{page}</url>\n',
    }
    text = (SOURCES / "metainfo.xml.in").read_text(encoding="utf-8")
    for name, word in words.items():
        text = text.replace(f"@{name}@", word)
    return text


def copyright_file() -> str:
    """Return Debian's copyright file: the program and everything that it carries."""
    head = f"""\
Format: https://www.debian.org/doc/packaging-manuals/copyright-format/1.0/
Upstream-Name: {TITLE}
Upstream-Contact: {MAINTAINER}
Comment: The frozen program carries the packages below; the full texts of their
 licences lie in /usr/lib/{PROGRAM}/_internal/*.dist-info and beside the icons.

Files: *
Copyright: 2026 {TITLE} maintainers
License: GPL-3.0-only
 On Debian systems the full text is in /usr/share/common-licenses/GPL-3.
"""
    parts = [
        f"\nFiles: usr/lib/{PROGRAM}/_internal/{part.name}*\n"
        f"Copyright: the authors of {part.name}\nLicense: {part.licence}\n {part.purpose}.\n"
        for part in software()[1:]
    ]
    return head + "".join(parts)


def changelog(version: str, built: datetime) -> str:
    """Return Debian's changelog, which leads to the program's own."""
    when = built.astimezone(UTC).strftime("%a, %d %b %Y %H:%M:%S +0000")
    return (
        f"{PROGRAM} ({version}) unstable; urgency=medium\n\n"
        f"  * Version {version}; /usr/share/doc/{PROGRAM}/CHANGELOG.md tells what is new.\n\n -- {MAINTAINER}  {when}\n"
    )
