# SPDX-License-Identifier: GPL-3.0-only
"""Engine tests need an event loop and no display."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QCoreApplication


@pytest.fixture(scope="session")
def qapp_cls() -> type[QCoreApplication]:
    """Give pytest-qt the application without a display."""
    return QCoreApplication
