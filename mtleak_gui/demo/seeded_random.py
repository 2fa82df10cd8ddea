# SPDX-License-Identifier: GPL-3.0-only
"""Chance that is the same for the same key, so that a board's past can be told again and its future foretold."""

from __future__ import annotations

from random import Random

_MASK = (1 << 64) - 1


def chance(*key: object) -> Random:
    """Return a random generator that depends on nothing but the key."""
    return Random("/".join(map(str, key)))  # noqa: S311 - reproducible demo data, nothing is kept secret with it


def fraction(key: int, index: int) -> float:
    """Return a number in [0, 1) for the index; a hundred times cheaper than ``chance`` (SplitMix64, Steele 2014)."""
    mixed = (key * 0x9E3779B97F4A7C15 + (index + 1) * 0xBF58476D1CE4E5B9) & _MASK
    mixed = ((mixed ^ (mixed >> 30)) * 0xBF58476D1CE4E5B9) & _MASK
    mixed = ((mixed ^ (mixed >> 27)) * 0x94D049BB133111EB) & _MASK
    return ((mixed ^ (mixed >> 31)) >> 11) / (1 << 53)
