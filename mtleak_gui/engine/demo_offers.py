# SPDX-License-Identifier: GPL-3.0-only
"""The virtual boards that the window offers."""

from __future__ import annotations

from mtleak_gui.core.demo_offer import DemoOffer
from mtleak_gui.core.device_words import hardware_words
from mtleak_gui.demo.scenario_catalogue import scenarios

FIRST = "leak-threads"


def demo_offers() -> tuple[DemoOffer, ...]:
    """Return every scenario: the one with most to see, the others that leak, then the sound ones."""
    offers = [
        DemoOffer(
            scenario.name,
            scenario.title,
            f"{hardware_words(scenario.hardware.model)}, DEBUG_HEAP {'on' if scenario.debug_heap else 'off'}",
        )
        for scenario in scenarios()
    ]
    return tuple(sorted(offers, key=lambda offer: (offer.scenario != FIRST, "leak" not in offer.scenario)))
