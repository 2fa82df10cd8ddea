# SPDX-License-Identifier: GPL-3.0-only
"""The wheel that users install holds the program, its resources and its licence, and nothing of the tests."""

from __future__ import annotations

import os
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("wheel")
    # Without a build environment of its own, so that it needs no network.
    build = "import sys; from hatchling.build import build_wheel; print(build_wheel(sys.argv[1]))"
    subprocess.run([sys.executable, "-c", build, str(folder)], cwd=ROOT, check=True, capture_output=True)
    return next(folder.glob("*.whl"))


def test_the_wheel_holds_all_of_the_program_and_its_resources(wheel: Path) -> None:
    inside = set(zipfile.ZipFile(wheel).namelist())
    sources = {str(path.relative_to(ROOT)) for path in ROOT.glob("mtleak_gui/**/*.py")}
    resources = {f"mtleak_gui/{path.relative_to(ROOT)}" for path in ROOT.glob("resources/**/*") if path.is_file()}
    assert resources
    assert {name.replace(os.sep, "/") for name in sources | resources} <= inside
    assert "mtleak_gui/py.typed" in inside
    assert any(name.endswith("licenses/LICENSE") for name in inside)
    assert not [name for name in inside if name.startswith(("tests/", "packaging/"))]


def test_the_wheel_runs_without_its_sources(wheel: Path, tmp_path: Path) -> None:
    zipfile.ZipFile(wheel).extractall(tmp_path)
    run = subprocess.run(
        [sys.executable, "-P", "-c", "import mtleak_gui, mtleak_gui.__main__ as m; print(mtleak_gui.__file__)"],
        cwd=tmp_path,
        env={**os.environ, "PYTHONPATH": str(tmp_path)},
        check=True,
        capture_output=True,
        text=True,
    )
    assert Path(run.stdout.strip()).is_relative_to(tmp_path)
