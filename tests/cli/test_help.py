# SPDX-License-Identifier: GPL-3.0-only
"""``--help`` and ``--version``: what they must name, of the program and of each command."""

from __future__ import annotations

import pytest

from mtleak_gui.cli.commands import COMMANDS, run_command
from mtleak_gui.version import application_version


def said(capsys: pytest.CaptureFixture[str], *argv: str) -> str:
    with pytest.raises(SystemExit) as ended:
        run_command(argv)
    assert ended.value.code == 0
    return capsys.readouterr().out


def test_help_names_every_command_and_option_of_the_program(capsys: pytest.CaptureFixture[str]) -> None:
    text = said(capsys, "--help")
    for words in (*COMMANDS, "--demo", "--open", "--self-test", "--version", "MTLEAK_RECORDINGS", "Exit codes"):
        assert words in text


@pytest.mark.parametrize("command", COMMANDS)
def test_each_command_has_help_of_its_own(command: str, capsys: pytest.CaptureFixture[str]) -> None:
    text = said(capsys, command, "--help")
    assert text.startswith(f"usage: mtleak-gui {command} [-h]")
    assert COMMANDS[command].summary in " ".join(text.split())


def test_version_is_the_installed_one(capsys: pytest.CaptureFixture[str]) -> None:
    assert said(capsys, "--version") == f"mtleak-gui {application_version()}\n"
