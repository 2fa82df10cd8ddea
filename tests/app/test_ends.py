# SPDX-License-Identifier: GPL-3.0-only
"""However the window ends while it records: files closed, locks free, exit code right, soon."""

from __future__ import annotations

import shutil
import sys

import pytest

from tests.endurance.program_ends import WAYS, end_by

LONGEST_S = 3.0
"""What a user is promised; a busy machine may take it all."""

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="Windows has neither signals like these nor Xvfb")


@pytest.mark.parametrize("way", WAYS)
def test_however_it_ends_everything_is_closed(way: str) -> None:
    if way == "display" and shutil.which("Xvfb") is None:
        pytest.skip("there is no Xvfb")
    assert end_by(way).wrong == ()


@pytest.mark.parametrize("way", ["close", "SIGTERM", "logout"])
def test_a_deaf_board_holds_no_end_up(way: str) -> None:
    end = end_by(way, deaf=True)
    assert end.wrong == ()
    assert end.seconds < LONGEST_S * 2
