# SPDX-License-Identifier: GPL-3.0-only
"""Settings > About leads to the source of this very program, however it was installed."""

from __future__ import annotations

from pathlib import Path

from mtleak_gui.ui.pages.settings.software import source_at_hand


def test_a_packed_program_opens_the_archive_that_came_with_it(tmp_path: Path) -> None:
    package = tmp_path / "_internal" / "mtleak_gui"
    (package / "source").mkdir(parents=True)
    archive = package / "source" / "mtleak_gui-0.1.0.tar.gz"
    archive.touch()
    assert source_at_hand(package) == archive.as_uri()


def test_a_checkout_opens_its_folder(tmp_path: Path) -> None:
    package = tmp_path / "mtleak_gui"
    package.mkdir()
    (tmp_path / "pyproject.toml").touch()
    assert source_at_hand(package) == tmp_path.as_uri()


def test_an_installed_package_is_its_own_source(tmp_path: Path) -> None:
    package = tmp_path / "site-packages" / "mtleak_gui"
    package.mkdir(parents=True)
    (package / "__init__.py").touch()
    assert source_at_hand(package) == package.as_uri()


def test_without_any_source_nothing_is_offered(tmp_path: Path) -> None:
    assert source_at_hand(tmp_path / "mtleak_gui") == ""
