# SPDX-License-Identifier: GPL-3.0-only
"""What tests of the window need: an application with widgets and a theme."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from PySide6.QtCore import QCoreApplication, QEvent
from PySide6.QtWidgets import QApplication

from mtleak_gui.ui.theme.assets import resource_folder
from mtleak_gui.ui.theme.theme_keeper import ThemeKeeper


@pytest.fixture(autouse=True)
def everything_deleted_in_time(qapp: QApplication) -> Iterator[None]:
    """Delete at the end of a test what it gave up, not in the middle of the next one's painting."""
    yield
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)


@pytest.fixture(scope="session")
def theme_of_application(qapp: QApplication) -> ThemeKeeper:
    """Return the one theme of the application: it changes it as a whole."""
    return ThemeKeeper(qapp, resource_folder(), "light")


@pytest.fixture(params=["light", "dark"])
def each_theme(theme_of_application: ThemeKeeper, request: pytest.FixtureRequest) -> ThemeKeeper:
    """Run the test in both themes."""
    theme_of_application.choose(request.param)
    return theme_of_application


@pytest.fixture
def theme(theme_of_application: ThemeKeeper) -> ThemeKeeper:
    """Return the light theme."""
    theme_of_application.choose("light")
    return theme_of_application
