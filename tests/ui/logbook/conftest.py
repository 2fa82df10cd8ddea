# SPDX-License-Identifier: GPL-3.0-only
"""The page that the tests of the logbook look at."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from mtleak_gui.ui.theme.theme_keeper import ThemeKeeper
from tests.ui.logbook.logbook_kit import Shown, logbook


@pytest.fixture
def shown(qtbot: QtBot, theme: ThemeKeeper, tmp_path: Path) -> Iterator[Shown]:
    """Return an empty logbook on the screen."""
    with logbook(qtbot, theme, tmp_path) as page:
        yield page
