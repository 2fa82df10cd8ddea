# SPDX-License-Identifier: GPL-3.0-only
"""A page of settings with two known boards, over real files."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from mtleak_gui.core.settings import Devices, KnownBoard, NetworkNode, Settings
from mtleak_gui.engine.bench import Bench
from mtleak_gui.engine.disk_worker import DiskWorker
from mtleak_gui.engine.query_runner import QueryRunner
from mtleak_gui.engine.settings_keeper import SettingsKeeper
from mtleak_gui.storage.places import Places
from mtleak_gui.storage.settings_file import SettingsFile
from mtleak_gui.storage.system_clock import SystemClock
from mtleak_gui.storage.third_party_notices import third_party_notices
from mtleak_gui.ui.pages.settings.settings_page import SettingsPage
from mtleak_gui.ui.theme.theme_keeper import ThemeKeeper

BENCH_A = KnownBoard("usb:239a:8029:9F2C", "bench-a", last_used=1_795_021_600.0)
HELTEC = KnownBoard("usb:10c4:ea60@1-2.3", "heltec-b", "console")
ROOF = NetworkNode("tcp://192.168.1.40:4403", "roof")
START = Settings(devices=Devices((BENCH_A, HELTEC), (ROOF,)))


@pytest.fixture
def places(tmp_path: Path) -> Places:
    return Places(tmp_path / "recordings", tmp_path / "reports", tmp_path / "settings", tmp_path / "logs")


@pytest.fixture
def disk() -> Iterator[DiskWorker]:
    worker = DiskWorker()
    yield worker
    assert worker.stop()


@pytest.fixture
def keeper(disk: DiskWorker, places: Places) -> SettingsKeeper:
    return SettingsKeeper(START, SettingsFile(places.settings), disk)


@pytest.fixture
def bench(qapp: QApplication, places: Places) -> Bench:
    return Bench(places, QueryRunner(), SystemClock())


@pytest.fixture
def page(
    theme: ThemeKeeper, bench: Bench, keeper: SettingsKeeper, disk: DiskWorker, places: Places, *, qtbot: QtBot
) -> SettingsPage:
    notices = partial(third_party_notices, theme.resources)
    made = SettingsPage(bench, theme, keeper, disk=disk, places=places, notices=notices)
    qtbot.addWidget(made)
    made.resize(1080, 716)
    with qtbot.waitExposed(made):
        made.show()
    return made
