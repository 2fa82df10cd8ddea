# SPDX-License-Identifier: GPL-3.0-only
"""Which firmware reports heap figures, by its version."""

from __future__ import annotations

import re

FIRST_WITH_HEAP = (2, 6, 9)
"""LocalStats has ``heap_total_bytes`` and ``heap_free_bytes`` from this release on."""

_VERSION = re.compile(r"v?([0-9]+)\.([0-9]+)\.([0-9]+)(?:[.\-+]\S*)?")


def release_of(firmware: str | None) -> tuple[int, int, int] | None:
    """Return ``(2, 6, 8)`` of ``2.6.8.ef9d0d7``; ``None`` of anything that is no version."""
    found = _VERSION.fullmatch((firmware or "").strip())
    return None if found is None else (int(found[1]), int(found[2]), int(found[3]))


def is_too_old_for_heap(firmware: str | None) -> bool:
    """Return whether LocalStats of this firmware has no heap figures; an unknown version is given the benefit."""
    release = release_of(firmware)
    return release is not None and release < FIRST_WITH_HEAP
