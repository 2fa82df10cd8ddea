# SPDX-License-Identifier: GPL-3.0-only
"""Notes whose software a frozen program holds, from what is installed beside the tool that froze it.

``python packaging/make_notices.py dist/mtleak-gui`` after freezing: puts third-party-notices.json where the program
looks for it, and THIRD-PARTY-NOTICES.txt and LICENSE beside the program. Run it with the Python that froze it.
"""

from __future__ import annotations

import argparse
import shutil
import sys
from pathlib import Path

from system_notices import system_notices

from mtleak_gui.storage.installed_notices import by_name, installed_notices
from mtleak_gui.storage.third_party_notices import NOTICES_FILE, as_json, as_text

ROOT = Path(__file__).resolve().parent.parent


def main() -> int:
    """Write the files into a frozen program. Return 1 when its resources are not to be found."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("program", type=Path, help="folder of the frozen program")
    arguments = parser.parse_args()
    themes = next(arguments.program.rglob("resources/themes"), None)
    if themes is None:
        print(f"{arguments.program} holds no resources/themes: is it a frozen program?", file=sys.stderr)
        return 1
    found = installed_notices(ROOT / "resources", extra=("pyinstaller",))
    notices = by_name((*found, *system_notices(arguments.program)))
    (themes.parent / NOTICES_FILE).write_bytes(as_json(notices))
    # In the top folder of a bundle of macOS nothing else may lie, or it cannot be signed.
    bundled = arguments.program / "Contents" / "Resources"
    beside = bundled if bundled.is_dir() else arguments.program
    (beside / "THIRD-PARTY-NOTICES.txt").write_text(as_text(notices), encoding="utf-8")
    shutil.copyfile(ROOT / "LICENSE", beside / "LICENSE")
    print(f"noted {len(notices)} parts in {themes.parent / NOTICES_FILE}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
