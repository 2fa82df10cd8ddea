# SPDX-License-Identifier: GPL-3.0-only
"""What the documents name exists: commands, options, make targets, files, links, pages and pictures."""

from __future__ import annotations

import re
import shlex
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from mtleak_gui.app.program import _arguments
from mtleak_gui.cli import commands
from mtleak_gui.core.leakhunt.verdict import Headline
from mtleak_gui.storage.places import Places

ROOT = Path(__file__).parent.parent
DOCUMENTS = [ROOT / "README.md", ROOT / "CONTRIBUTING.md", *sorted((ROOT / "docs").glob("*.md"))]
_BLOCK = re.compile(r"```sh\n(.*?)```", re.DOTALL)
_INLINE = re.compile(r"`([^`\n]+)`")
_LINK = re.compile(r"\]\(([^)#\s]+)(?:#[^)]*)?\)")
_SOURCE_FILE = re.compile(r"(?:mtleak_gui|tests|packaging|resources|docs)/[\w./-]+")
_PROGRAMS = ("mtleak-gui ", ".venv/bin/mtleak-gui ", "mtleak-gui-console.exe ")


def lines_of_shell() -> Iterator[str]:
    """Yield each command that a document shows, without its comment."""
    for document in DOCUMENTS:
        text = document.read_text(encoding="utf-8")
        for line in "".join(_BLOCK.findall(text)).splitlines():
            yield line.partition(" #")[0].strip()
        yield from (words for words in _INLINE.findall(_BLOCK.sub("", text)) if words.startswith((*_PROGRAMS, "make ")))


SHELL = sorted({line for line in lines_of_shell() if line})
OURS = [line for line in SHELL if line.startswith(_PROGRAMS) and "COMMAND" not in line]


@pytest.mark.parametrize("line", OURS)
def test_a_command_is_understood_as_it_stands(line: str) -> None:
    argv = shlex.split(line.replace(" FILE", " answer.txt"))[1:]
    if argv[0] in {"--demo", "--open"}:
        _arguments(argv)
    elif argv not in (["--help"], ["--version"]):
        commands._read_arguments(["self-test", *argv[1:]] if argv[0] == "--self-test" else argv)


def test_the_documents_show_every_command_and_the_usual_option() -> None:
    shown = " ".join(OURS)
    assert {name for name in commands.COMMANDS if name not in shown} <= {"self-test"}
    assert "--self-test" in shown
    assert "--fail-on" in shown


def test_make_targets_exist() -> None:
    targets = {target for line in SHELL if line.startswith("make ") for target in line.split()[1:]}
    makefile = (ROOT / "Makefile").read_text(encoding="utf-8")
    assert {"run", "test", "bench", "screenshots"} <= targets
    assert [target for target in targets if f"\n{target}:" not in makefile] == []


@pytest.mark.parametrize("document", DOCUMENTS, ids=lambda path: path.name)
def test_links_and_files_that_are_named_exist(document: Path) -> None:
    text = document.read_text(encoding="utf-8")
    local = [link for link in _LINK.findall(text) if "://" not in link]
    assert [link for link in local if not (document.parent / link).exists()] == []
    named = [
        name.rstrip("./") for words in _INLINE.findall(text) for name in _SOURCE_FILE.findall(words) if "<" not in words
    ]
    assert [name for name in named if not (ROOT / name).exists()] == []


def test_the_readme_explains_every_verdict() -> None:
    text = (ROOT / "README.md").read_text(encoding="utf-8")
    assert [headline.title for headline in Headline if f"| {headline.title} |" not in text] == []


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="the row of Linux is looked at")
def test_the_readme_says_where_the_files_are(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    for name in ("XDG_DATA_HOME", "XDG_CONFIG_HOME", "XDG_STATE_HOME"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("HOME", str(tmp_path))
    places = Places.of_system({})
    cells = [str(path).replace(str(tmp_path), "~") for path in (places.reports.parent, places.settings, places.logs)]
    row = f"| Linux | {' | '.join(f'`{cell}`' for cell in cells)} |"
    assert row in (ROOT / "README.md").read_text(encoding="utf-8")
    assert places.recordings.parent == places.reports.parent
