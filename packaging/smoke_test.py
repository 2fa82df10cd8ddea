# SPDX-License-Identifier: GPL-3.0-only
"""Smoke test of a built program: ``python packaging/smoke_test.py PROGRAM``; ``--help`` tells the options.

PROGRAM itself serves a virtual board on TCP and, in another process, goes through a first session with its real window
(``--smoke``): connect, record, mark, judge, save and export the report, end. Then it meets a home that cannot be
written and a full disk. Needs nothing but Python; on Linux a real window appears on a virtual screen (Xvfb).
"""

from __future__ import annotations

import argparse
import sys
import tempfile
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent))

from smoke.cases import CASES
from smoke.program import SmokeError
from smoke.screens import screens


def main() -> int:
    """Run every case on every screen; return 1 when one fails."""
    arguments = _arguments()
    failed = 0
    for screen in screens(arguments.screen):
        for name, case in CASES.items():
            with tempfile.TemporaryDirectory(prefix="mtleak-smoke-") as folder, screen.shown() as environment:
                try:
                    seen = case(arguments.program.resolve(), Path(folder), environment)
                except SmokeError as trouble:
                    failed += 1
                    print(f"FAILED  {screen.name}: {name}: {trouble}", flush=True)
                else:
                    print(f"ok      {screen.name}: {name}: {seen}", flush=True)
                _keep_pictures(Path(folder), arguments.pictures, f"{screen.name}-{name}".replace(" ", "-"))
    return 1 if failed else 0


def _keep_pictures(folder: Path, pictures: Path | None, name: str) -> None:
    if pictures is not None:
        pictures.mkdir(parents=True, exist_ok=True)
        for picture in folder.rglob("window.png"):
            (pictures / f"{name}.png").write_bytes(picture.read_bytes())


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description="Smoke test of a built MT Leakhunt.")
    parser.add_argument("program", type=Path, help="the executable")
    parser.add_argument("--screen", choices=("all", "offscreen", "real"), default="all", help="default: %(default)s")
    parser.add_argument("--pictures", type=Path, metavar="FOLDER", help="keep pictures of the window there")
    return parser.parse_args()


if __name__ == "__main__":
    sys.exit(main())
