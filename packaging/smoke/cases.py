# SPDX-License-Identifier: GPL-3.0-only
"""What a built program must go through. A case returns what it saw in a few words, or raises ``SmokeError``."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path

from smoke.program import Seen, SmokeError, headless, in_home, session

_STEPS = (
    "connected",
    "recorded",
    "marked",
    "heap shown",
    "judged",
    "report saved",
    "reports shown",
    "report exported",
    "picture taken",
)
_VERDICT = "SLOW LEAK — primary suspect Router thread"
_FULL_DISK_BYTES = "2m"
_SMALLEST_PDF = 10_000


def first_session(program: Path, folder: Path, environment: Mapping[str, str]) -> str:
    """A user's first session, start to end, and the same verdict from the same recording without a window."""
    return _whole_session(program, folder / "home", environment, "user")


def foreign_names(program: Path, folder: Path, environment: Mapping[str, str]) -> str:
    """Program, home and user have names beyond ASCII."""
    elsewhere = folder / "Prögrämme 程序 & Co"
    shutil.copytree(program.parent, elsewhere, symlinks=True)
    return _whole_session(elsewhere / program.name, folder / "Jürgen Žižek 用户", environment, "Jürgen")


def unwritable_home(program: Path, folder: Path, environment: Mapping[str, str]) -> str:
    """The home can neither be read nor written: the window opens, says so, and ends when told."""
    home = folder / "home"
    home.write_bytes(b"")  # a file: not even root can put anything into it
    return _told_trouble(session(program, folder / "out", in_home(environment, home, "user"), patience_s=8.0))


def full_disk(program: Path, folder: Path, environment: Mapping[str, str]) -> str:
    """The disk of the home is full: the window opens, says so, and ends when told."""
    home = folder / "home"
    home.mkdir()
    as_root = [] if sys.platform == "linux" and os.geteuid() == 0 else ["--user", "--map-root-user"]
    mount = f'mount -t tmpfs -o size={_FULL_DISK_BYTES} none "$0" && exec "$@"'
    alone = ["unshare", *as_root, "--mount", "sh", "-c", mount, str(home)]
    if sys.platform != "linux" or subprocess.run([*alone, "true"], check=False, capture_output=True).returncode != 0:
        return "skipped, a small disk cannot be mounted here"
    seen = session(program, folder / "out", in_home(environment, home, "user"), patience_s=8.0, before=alone)
    return _told_trouble(seen)


def _whole_session(program: Path, home: Path, environment: Mapping[str, str], user: str) -> str:
    home.mkdir()
    own = in_home(environment, home, user)
    seen = session(program, home / "out", own, patience_s=90.0)
    _no_fault(seen)
    if seen.exit_code != 0 or tuple(seen.found.get("reached", ())) != _STEPS:
        raise SmokeError(f"exit code {seen.exit_code}, {seen.found}, said {seen.said[-600:]!r}")
    _check_report(home / "out")
    [recording] = {path.parent for path in home.rglob("recording.json")}
    rows = _check_recording(recording)
    judged = subprocess.run(
        [str(headless(program)), "leakhunt", str(recording)],
        env=own,
        capture_output=True,
        encoding="utf-8",
        check=False,
    )
    if judged.returncode != 0 or _VERDICT not in judged.stdout:
        raise SmokeError(f"leakhunt on the recording: {judged.returncode}, {judged.stdout[-600:]} {judged.stderr}")
    return f"{_VERDICT}; {rows} rows recorded, report as Markdown and PDF, exit code 0"


def _check_report(out: Path) -> None:
    markdown = (out / "report.md").read_text(encoding="utf-8")
    if _VERDICT not in markdown:
        raise SmokeError(f"the report says {markdown[:600]!r}")
    json.loads((out / "report.json").read_text(encoding="utf-8"))
    pdf = (out / "report.pdf").read_bytes()
    if not pdf.startswith(b"%PDF-") or b"%%EOF" not in pdf[-32:] or len(pdf) < _SMALLEST_PDF:
        raise SmokeError(f"the PDF of {len(pdf)} bytes is none")
    if not (out / "window.png").read_bytes().startswith(b"\x89PNG"):
        raise SmokeError("there is no picture of the window")


def _check_recording(recording: Path) -> int:
    """Return how many rows were recorded; the mark must be among the events."""
    rows = {path.stem: path.read_text(encoding="utf-8").splitlines() for path in recording.glob("*.jsonl")}
    if not any(json.loads(row).get("kind") == "mark" for row in rows.get("events", ())):
        raise SmokeError(f"no mark among the events {rows.get('events', ())[-3:]}")
    if not rows.get("logs"):
        raise SmokeError("no line of the board's log was recorded")
    return sum(map(len, rows.values()))


def _told_trouble(seen: Seen) -> str:
    """Check that the program said what is wrong instead of failing; nothing can have been recorded or saved."""
    _no_fault(seen)
    told = [text for text in seen.found.get("told", ()) if not text.startswith("Exported")]
    if not told:
        raise SmokeError(f"nothing was told; exit code {seen.exit_code}, {seen.found}, said {seen.said[-600:]!r}")
    if seen.exit_code not in (0, 1):
        raise SmokeError(f"exit code {seen.exit_code}, said {seen.said[-600:]!r}")
    return f"told: {told[0]}"


def _no_fault(seen: Seen) -> None:
    if "Traceback" in seen.said:
        raise SmokeError(f"a fault in the program: {seen.said[-1500:]}")


CASES = {
    "first session": first_session,
    "names beyond ASCII": foreign_names,
    "home not writable": unwritable_home,
    "disk full": full_disk,
}
