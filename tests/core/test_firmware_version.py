# SPDX-License-Identifier: GPL-3.0-only
"""Firmware before 2.6.9 has no heap figures; what is no version is given the benefit of the doubt."""

from __future__ import annotations

import pytest

from mtleak_gui.core.firmware_version import is_too_old_for_heap


@pytest.mark.parametrize("firmware", ["2.6.8.ef9d0d7", "2.5.20.4c97351", "1.3.48", "v2.6.0", "2.6.8-dev"])
def test_firmware_before_2_6_9_is_too_old(firmware: str) -> None:
    assert is_too_old_for_heap(firmware)


@pytest.mark.parametrize("firmware", ["2.6.9.abcdef0", "2.6.10.9ce4455", "2.7.15.567b8ea", "2.10.0", "3.0.0"])
def test_firmware_from_2_6_9_on_is_not(firmware: str) -> None:
    assert not is_too_old_for_heap(firmware)


@pytest.mark.parametrize("firmware", [None, "", "unset", "2.6", "nightly"])
def test_what_is_no_version_is_not_called_old(firmware: str | None) -> None:
    assert not is_too_old_for_heap(firmware)
