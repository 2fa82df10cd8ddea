# SPDX-License-Identifier: GPL-3.0-only
"""Rules of the source tree that no linter knows: small files, honest names, a licence line on top of each."""

from __future__ import annotations

from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
SOURCES = sorted([*ROOT.glob("mtleak_gui/**/*.py"), *ROOT.glob("tests/**/*.py"), *ROOT.glob("packaging/**/*.py")])
LINE_LIMIT = 300
FORBIDDEN_STEMS = {"utils", "util", "helpers", "helper", "misc", "common", "manager"}


@pytest.mark.parametrize("path", SOURCES, ids=lambda path: str(path.relative_to(ROOT)))
def test_a_source_file_is_small_licensed_and_named_for_its_purpose(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    assert text.startswith("# SPDX-License-Identifier: GPL-3.0-only\n")
    assert text.count("\n") <= LINE_LIMIT
    assert path.stem not in FORBIDDEN_STEMS
