# SPDX-License-Identifier: GPL-3.0-only
"""One virtual board as the port picker offers it."""

from __future__ import annotations

from typing import NamedTuple


class DemoOffer(NamedTuple):
    """``scenario`` is the name that an address holds, ``title`` what people read, ``subtitle`` board and build."""

    scenario: str
    title: str
    subtitle: str
