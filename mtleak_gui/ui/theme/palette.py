# SPDX-License-Identifier: GPL-3.0-only
"""The palette of a theme, for what style sheets do not reach: item views, links, text selections."""

from __future__ import annotations

from PySide6.QtGui import QPalette

from mtleak_gui.ui.theme.colors import Colors, over, tint


def palette_of(colors: Colors) -> QPalette:
    """Return the palette of a theme."""
    palette = QPalette()
    selected = over(tint(colors.primary, 0.2), colors.card)
    roles = {
        QPalette.ColorRole.Window: colors.bg,
        QPalette.ColorRole.WindowText: colors.text,
        QPalette.ColorRole.Base: colors.card,
        QPalette.ColorRole.AlternateBase: colors.bg,
        QPalette.ColorRole.Text: colors.text,
        QPalette.ColorRole.Button: colors.card,
        QPalette.ColorRole.ButtonText: colors.text,
        QPalette.ColorRole.BrightText: colors.danger,
        QPalette.ColorRole.Highlight: selected,
        QPalette.ColorRole.HighlightedText: colors.text,
        QPalette.ColorRole.Link: colors.primary_strong,
        QPalette.ColorRole.LinkVisited: colors.primary_strong,
        QPalette.ColorRole.ToolTipBase: colors.text,
        QPalette.ColorRole.ToolTipText: colors.bg,
        QPalette.ColorRole.PlaceholderText: colors.text_2,
        QPalette.ColorRole.Accent: colors.primary,
    }
    for role, color in roles.items():
        palette.setColor(role, color)
    for role in (QPalette.ColorRole.WindowText, QPalette.ColorRole.Text, QPalette.ColorRole.ButtonText):
        palette.setColor(QPalette.ColorGroup.Disabled, role, colors.disabled)
    return palette
