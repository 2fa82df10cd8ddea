# SPDX-License-Identifier: GPL-3.0-only
"""The workflow files are valid, take foreign actions by immutable version, and may do no more than they need."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent.parent
WORKFLOWS = sorted((ROOT / ".github" / "workflows").glob("*.yml"))
_USES = re.compile(r"^\s*(?:- )?uses: (.*)$", re.MULTILINE)
_PINNED = re.compile(r"[\w-]+/[\w./-]+@[0-9a-f]{40} # v\d+\.\d+\.\d+")
_FILE = re.compile(r"(?:packaging|tests)/[\w./-]+\.\w+")
_MAKE = re.compile(r"\bmake ((?:[a-z]+ ?)+)")


def test_they_follow_the_schema() -> None:
    check = [sys.executable, "-m", "check_jsonschema", "--builtin-schema", "vendor.github-workflows"]
    run = subprocess.run([*check, *map(str, WORKFLOWS)], capture_output=True, text=True, check=False)
    assert run.returncode == 0, run.stdout


@pytest.mark.parametrize("path", WORKFLOWS, ids=lambda path: path.name)
def test_actions_are_pinned_and_rights_are_few(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    assert [line for line in _USES.findall(text) if not _PINNED.fullmatch(line)] == []
    assert "\npermissions:\n  contents: read\n" in text
    assert text.count("persist-credentials: false") == text.count("uses: actions/checkout@")
    assert text.count("timeout-minutes:") == text.count("runs-on:")


@pytest.mark.parametrize("path", WORKFLOWS, ids=lambda path: path.name)
def test_files_and_make_targets_that_they_name_exist(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    assert [name for name in _FILE.findall(text) if not (ROOT / name).is_file()] == []
    targets = {target for names in _MAKE.findall(text) for target in names.split()}
    makefile = (ROOT / "Makefile").read_text(encoding="utf-8")
    assert [target for target in targets if f"\n{target}:" not in makefile] == []
