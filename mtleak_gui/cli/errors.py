# SPDX-License-Identifier: GPL-3.0-only
"""The error that a command shows as one sentence."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from mtleak_gui.core.addresses import AddressError


class BadInputError(Exception):
    """What the user gave cannot be used. The text names the value and says what is allowed."""


@contextmanager
def addresses_given() -> Iterator[None]:
    """Take an address that is none, or that cannot be served, for bad input."""
    try:
        yield
    except AddressError as trouble:
        raise BadInputError(str(trouble)) from trouble
