# SPDX-License-Identifier: GPL-3.0-only
"""The error that a command shows as one sentence."""

from __future__ import annotations


class BadInputError(Exception):
    """What the user gave cannot be used. The text names the value and says what is allowed."""
