# SPDX-License-Identifier: GPL-3.0-only
"""``mtleak-gui --self-test`` as a user runs it, on this machine and on the same one with something taken away."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Iterator
from importlib.metadata import version
from pathlib import Path

import pytest

from mtleak_gui.cli.commands import run_command
from mtleak_gui.cli.self_test.command import guarded
from mtleak_gui.cli.self_test.finding import Finding
from mtleak_gui.cli.self_test.folders import check_folders, check_room
from mtleak_gui.cli.self_test.serial_access import refusal
from mtleak_gui.cli.self_test.window import check_window, has_screen, missing_libraries
from mtleak_gui.storage.places import Places

linux_only = pytest.mark.skipif(not sys.platform.startswith("linux"), reason="only Linux has these")


def self_test(*arguments: str, **environ: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "mtleak_gui", "--self-test", *arguments]
    return subprocess.run(
        command, env={**os.environ, **environ}, capture_output=True, text=True, timeout=120, check=False
    )


def test_a_sound_installation_lacks_nothing(tmp_path: Path) -> None:
    answer = tmp_path / "answer.txt"
    run = self_test(str(answer))
    assert (run.returncode, run.stderr) == (0, "")
    assert "missing " not in run.stdout
    assert run.stdout.endswith("nothing is missing\n")
    assert f"numpy: {version('numpy')}" in run.stdout
    assert "demo board: handshake with heltec-v3" in run.stdout
    assert "query process: SLOW LEAK on a leaking demo board" in run.stdout
    assert answer.read_text(encoding="utf-8") == run.stdout


@linux_only
def test_what_is_missing_is_named_with_what_to_do_and_the_rest_is_still_tried() -> None:
    run = self_test(QT_QPA_PLATFORM="nosuchplugin", MTLEAK_RECORDINGS="/proc/nowhere")
    assert run.returncode == 1
    assert 'Could not find the Qt platform plugin "nosuchplugin"' in run.stdout
    assert "missing  recordings: /proc/nowhere cannot be written" in run.stdout
    assert "or set MTLEAK_RECORDINGS to another folder" in run.stdout
    assert "query process: SLOW LEAK" in run.stdout
    assert "things are missing; -> says what to do" in run.stdout


def test_a_file_that_cannot_be_written_is_bad_input(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run_command(["--self-test", str(tmp_path)]) == 2
    assert f"{tmp_path} cannot be written" in capsys.readouterr().err


def test_a_check_that_fails_is_a_finding() -> None:
    def _window(_places: Places) -> Iterator[Finding]:
        yield Finding("ok", "first", "was fine")
        raise ImportError("libGL.so.1: cannot open shared object file")

    places = Places.of_system({})
    assert [finding.state for finding in guarded(_window, places)] == ["ok", "missing"]
    assert "window: the check failed: ImportError('libGL.so.1" in list(guarded(_window, places))[1].line


@linux_only
def test_libraries_that_the_loader_does_not_find_are_missing() -> None:
    assert missing_libraries({"libc.so.6": "libc6", "libxcb-nosuch.so.7": "libxcb-nosuch7"}) == ["libxcb-nosuch.so.7"]


def test_without_a_screen_the_window_is_tried_offscreen_and_that_is_no_fault(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM"):
        monkeypatch.delenv(name, raising=False)
    window, typefaces = check_window()
    assert window.state == ("note" if sys.platform.startswith("linux") else "ok")
    assert typefaces.state == "ok"
    assert has_screen("linux", {"WAYLAND_DISPLAY": "wayland-0"})
    assert has_screen("win32", {})
    assert not has_screen("linux", {"DISPLAY": ""})


def test_folders_are_tried_without_being_made(tmp_path: Path) -> None:
    places = Places(*(tmp_path / "new" / name for name in ("recordings", "reports", "settings", "logs")))
    assert [finding.state for finding in [*check_folders(places), *check_room(places)]] == ["ok"] * 5
    assert not list(tmp_path.iterdir())


@linux_only
def test_a_port_that_is_refused_is_told_as_the_window_would(tmp_path: Path) -> None:
    port = tmp_path / "ttyUSB0"
    port.touch(mode=0o600)
    finding = refusal(str(port))
    assert finding.state == "missing"
    assert f"Linux does not let you open {port}. Only " in finding.words
    assert "may use it (mode -rw-------)" in finding.words
    assert "usermod" not in finding.line
