# SPDX-License-Identifier: GPL-3.0-only
"""``mtleak-gui leakhunt --jobs``: one line in, one line out, whatever the line holds."""

from __future__ import annotations

import io
import json
from pathlib import Path
from typing import Any

import pytest

from mtleak_gui.cli.commands import run_command
from tests.storage import boards
from tests.storage.board_recording import START


def run_jobs(
    capsys: pytest.CaptureFixture[str], tmp_path: Path, *jobs: object, fail_on: str = ""
) -> tuple[int, list[Any]]:
    file = tmp_path / "jobs.jsonl"
    file.write_text("".join(job if isinstance(job, str) else json.dumps(job) + "\n" for job in jobs), encoding="utf-8")
    code = run_command(["leakhunt", "--jobs", str(file), "--fail-on", fail_on])
    return code, [json.loads(line) for line in capsys.readouterr().out.splitlines()]


def test_jobs_are_answered_in_order_in_one_process(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    leak = str(boards.slow_leak().write(tmp_path / "leak"))
    steady = str(boards.steady(ours=False).write(tmp_path / "steady"))
    code, values = run_jobs(
        capsys,
        tmp_path,
        {"recording": leak, "window": "6h", "label": "ours to keep"},
        {"recording": steady, "window": 21_600, "at": START + 21_600, "port": None, "node": None, "rules": "standard"},
        {"recording": leak, "window": "6h", "rules": "strict"},
    )
    assert code == 0
    assert [value["verdict"] for value in values] == ["slow_leak", "steady", "slow_leak"]
    assert [value["rules"] for value in values] == ["standard 1", "standard 1", "strict 1"]


def test_a_line_that_cannot_be_judged_is_answered_and_the_rest_goes_on(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    steady = str(boards.steady().write(tmp_path / "steady"))
    bad = [
        "{no json\n",
        "\n",
        "[1, 2]\n",
        {"window": "6h"},
        {"recording": str(tmp_path / "nowhere")},
        {"recording": steady, "window": "six hours"},
        {"recording": steady, "window": True},
        {"recording": steady, "window": "0h"},
        {"recording": steady, "at": "yesterday-ish"},
        {"recording": steady, "port": "COM9"},
        {"recording": steady, "port": 9},
        {"recording": steady, "node": "not a node"},
        {"recording": steady, "field": "no_such_field"},
        {"recording": steady, "variant": "no_such_variant"},
        {"recording": steady, "rules": "lenient"},
        {"recording": steady},
    ]
    code, values = run_jobs(capsys, tmp_path, *bad)
    assert code == 0
    assert len(values) == len(bad) - 1
    *errors, last = values
    assert last["verdict"] == "steady"
    assert [set(error) for error in errors] == [{"error", "line"}] * len(errors)
    told = [error["error"] for error in errors]
    names = ["no JSON", "no JSON object", "recording None", "nowhere", "'six hours'", "True", "'0h'"]
    names += [
        "'yesterday-ish'",
        "'COM9'",
        "port 9",
        "'not a node'",
        "'no_such_field'",
        "'no_such_variant'",
        "'lenient'",
    ]
    for text, name in zip(told, names, strict=True):
        assert name in text
    assert errors[1]["line"] == 3


def test_fail_on_counts_for_any_job(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    leak = str(boards.slow_leak().write(tmp_path / "leak"))
    steady = str(boards.steady().write(tmp_path / "steady"))
    jobs = [{"recording": leak, "window": "6h"}, {"recording": steady, "window": "6h"}]
    assert run_jobs(capsys, tmp_path, *jobs, fail_on="slow-leak")[0] == 1
    assert run_jobs(capsys, tmp_path, *jobs, fail_on="oom-imminent")[0] == 0


def test_jobs_can_come_from_standard_input(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    job = json.dumps({"recording": str(boards.steady().write(tmp_path))})
    monkeypatch.setattr("sys.stdin", io.StringIO(job))
    assert run_command(["leakhunt", "--jobs", "-"]) == 0
    assert json.loads(capsys.readouterr().out)["verdict"] == "steady"


@pytest.mark.parametrize(
    "arguments", [["--jobs", "no/such/file"], ["folder", "--jobs", "-"], ["--jobs", "-", "--save"], []]
)
def test_arguments_that_do_not_go_together_are_refused(
    arguments: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    assert run_command(["leakhunt", *arguments]) == 2
    assert "Traceback" not in capsys.readouterr().err
