# SPDX-License-Identifier: GPL-3.0-only
"""Sets the properties that the style sheet reads, and has a widget drawn anew when they change."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget


def styled(widget: QWidget, **properties: str | bool) -> None:
    """Set ``kind``, ``tone``, ``scale`` ... of a widget that is on the screen already or will be."""
    changed = False
    for name, value in properties.items():
        if widget.property(name) != value:
            widget.setProperty(name, value)
            changed = True
    if changed:
        style = widget.style()
        style.unpolish(widget)
        style.polish(widget)
        widget.update()
