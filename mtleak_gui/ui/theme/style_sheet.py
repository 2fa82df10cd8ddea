# SPDX-License-Identifier: GPL-3.0-only
"""Fills the style sheet's template with the colours of a theme."""

from __future__ import annotations

import re
from dataclasses import fields

from mtleak_gui.ui.theme.colors import Colors, css, over, tint
from mtleak_gui.ui.theme.fonts import Fonts

CONTROL_ICONS = (
    ("checkbox-on", "checkbox-marked", "primary"),
    ("checkbox-off", "checkbox-blank-outline", "text_2"),
    ("checkbox-on-disabled", "checkbox-marked", "disabled"),
    ("checkbox-off-disabled", "checkbox-blank-outline", "disabled"),
    ("radio-on", "radiobox-marked", "primary"),
    ("radio-off", "radiobox-blank", "text_2"),
    ("chevron-down", "chevron-down", "text_2"),
    ("chevron-down-disabled", "chevron-down", "disabled"),
    ("chevron-up", "chevron-up", "text_2"),
    ("chevron-right", "chevron-right", "text_2"),
    ("check", "check", "primary_strong"),
)
"""Pictures of controls: (name in the style sheet, icon, role of its colour)."""

_PLACE = re.compile(r"\$([a-z_0-9]+)")


def style_sheet(template: str, colors: Colors, pictures: str, fonts: Fonts) -> str:
    """Return the template with each ``$name`` replaced; ``pictures`` is the beginning of the pictures' paths.

    Raises ``KeyError`` for a name that is no colour.
    """
    values = {field.name: css(colors.role(field.name)) for field in fields(colors)}
    values |= {
        "hover": css(tint(colors.text, 0.08)),
        "pressed": css(tint(colors.text, 0.12)),
        "selected": css(over(tint(colors.primary, 0.12), colors.card)),
        "tint": css(tint(colors.primary, 0.12)),
        "found": css(over(tint(colors.primary, 0.2), colors.card)),
        "frozen": css(over(colors.warn_surface, colors.card)),
        "tick": pictures,
        "mono": f'"{fonts.fixed(12).family()}"',
    }
    return _PLACE.sub(lambda place: values[place[1]], template)
