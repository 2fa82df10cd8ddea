# SPDX-License-Identifier: GPL-3.0-only
"""``python -m tests.screenshots``: run the program without a screen in a home of its own, and take its pictures."""

from __future__ import annotations

import json
import os
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
_SCREEN = {"name": "screen", "x": 0, "y": 0, "width": 1920, "height": 1080, "logicalDpi": 96, "dpr": 1}


def main() -> int:
    """Take all pictures; return 0, or 1 when the window did not do what it should."""
    with tempfile.TemporaryDirectory(prefix="leakhunt-") as place:
        home = Path(place)
        screens = home / "screens.json"
        screens.write_text(json.dumps({"screens": [_SCREEN]}))
        for name in ("HOME", "XDG_DATA_HOME", "XDG_CONFIG_HOME", "XDG_CACHE_HOME", "XDG_STATE_HOME"):
            os.environ[name] = str(home)
        os.environ["QT_QPA_PLATFORM"] = f"offscreen:configfile={screens}"
        os.environ["OPENBLAS_NUM_THREADS"] = "1"
        from tests.screenshots.walk import walk

        return walk(ROOT / "build" / "screenshots", ROOT / "docs" / "screenshots", home)


if __name__ == "__main__":
    sys.exit(main())
