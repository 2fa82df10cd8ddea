# SPDX-License-Identifier: GPL-3.0-only
"""The question which of several ports a board came back on."""

from __future__ import annotations

from typing import NamedTuple

from mtleak_gui.core.port_offer import PortOffer


class Candidates(NamedTuple):
    """The board that is recorded as ``port`` and called ``name`` is gone, and ``offers`` could all be it.

    No ``offers``: the question is settled.
    """

    port: str
    name: str
    offers: tuple[PortOffer, ...]
