# SPDX-License-Identifier: GPL-3.0-only
"""What the window may ask of a page beside showing it; a page offers what it has."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Protocol, runtime_checkable

from mtleak_gui.ui.keyboard import Acts


@runtime_checkable
class HasActs(Protocol):
    """A page with acts of its own for the keyboard."""

    def acts(self) -> Acts:
        """Return what can be done on this page now."""


@runtime_checkable
class HasViewState(Protocol):
    """A page that comes back as it was left."""

    def view_state(self) -> dict[str, object]:
        """Return plain JSON values."""

    def restore_view(self, state: Mapping[str, object]) -> None:
        """Take what ``view_state`` returned once; whatever does not fit any more is passed over."""


@runtime_checkable
class HasRefresh(Protocol):
    """A page that shows files."""

    def refresh(self) -> None:
        """Read them anew."""


@runtime_checkable
class HasSpan(Protocol):
    """A page that shows a window of time."""

    def set_span(self, words: str) -> None:
        """Take the span that the header chose, such as ``6 h``."""


@runtime_checkable
class ShowsProjection(Protocol):
    """A page that draws where a verdict leads."""

    def show_projection(self, verdict: Any) -> None:
        """Show it for a leak; ``None`` takes it away."""
