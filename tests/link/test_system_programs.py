# SPDX-License-Identifier: GPL-3.0-only
"""Programs that take ports are known by their names in a list of processes laid out as Linux does."""

from __future__ import annotations

from pathlib import Path

from mtleak_gui.core.link_troubles.system_programs import SystemPrograms
from mtleak_gui.link.system_programs import running_programs


def proc_with(folder: Path, *names: str) -> Path:
    """Return a list of processes, one of them on its way out."""
    for number, name in enumerate(names, 100):
        (folder / str(number)).mkdir()
        (folder / str(number) / "comm").write_text(f"{name}\n")
    (folder / "999").mkdir()
    (folder / "self").mkdir()
    return folder


def test_modem_manager_and_brltty_are_found(tmp_path: Path) -> None:
    # Neither can be expected to run here; the files are those of Linux.
    assert running_programs(proc_with(tmp_path, "ModemManager", "bash")) == SystemPrograms(modem_manager=True)
    (tmp_path / "other").mkdir()
    assert running_programs(proc_with(tmp_path / "other", "brltty")) == SystemPrograms(brltty=True)


def test_a_system_without_such_a_list_has_none(tmp_path: Path) -> None:
    assert running_programs(tmp_path / "no-proc") == SystemPrograms()


def test_the_programs_of_this_system_can_be_read() -> None:
    assert isinstance(running_programs(), SystemPrograms)
