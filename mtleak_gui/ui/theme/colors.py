# SPDX-License-Identifier: GPL-3.0-only
"""The colours of a theme by role, read from its TOML file."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass, fields
from pathlib import Path

from PySide6.QtGui import QColor


@dataclass(frozen=True, slots=True)
class Colors:
    """Every colour that the window uses. ``*_soft`` are grounds of chips, ``*_surface`` of large areas."""

    bg: QColor
    card: QColor
    divider: QColor
    text: QColor
    text_2: QColor
    disabled: QColor
    primary: QColor
    primary_strong: QColor
    filled: QColor
    filled_hover: QColor
    filled_pressed: QColor
    on_filled: QColor
    ok: QColor
    ok_soft: QColor
    warn: QColor
    warn_soft: QColor
    danger: QColor
    danger_soft: QColor
    neutral: QColor
    neutral_soft: QColor
    warn_surface: QColor
    danger_surface: QColor
    ok_surface: QColor
    neutral_surface: QColor
    heap_a: QColor
    heap_b: QColor
    heap_c: QColor
    heap_d: QColor
    fit: QColor
    marker: QColor
    largest_block: QColor
    log_debug: QColor
    log_info: QColor
    log_warn: QColor
    log_error: QColor
    log_crit: QColor
    log_trace: QColor
    log_heap: QColor
    log_mark: QColor

    def role(self, name: str) -> QColor:
        """Return the colour of a role. Raises ``AttributeError`` for one that there is not."""
        color: QColor = getattr(self, name)
        return color


def read_colors(file: Path) -> Colors:
    """Return the colours of a theme file. Raises ``OSError``, ``ValueError`` and ``KeyError`` for a broken one."""
    with file.open("rb") as stream:
        values = tomllib.load(stream)["colors"]
    return Colors(**{field.name: parse_color(values[field.name]) for field in fields(Colors)})


def parse_color(text: str) -> QColor:
    """Return the colour of ``#rrggbb`` or ``#rrggbbaa`` (as the web writes it; Qt puts alpha first)."""
    color = QColor(text[:7])
    if len(text) == 9:
        color.setAlpha(int(text[7:], 16))
    if not color.isValid():
        raise ValueError(f"{text!r} is no colour: write #rrggbb or #rrggbbaa")
    return color


def tint(color: QColor, share: float) -> QColor:
    """Return the colour with ``share`` (0 to 1) of its opacity, to lay over another."""
    tinted = QColor(color)
    tinted.setAlphaF(color.alphaF() * share)
    return tinted


def over(color: QColor, ground: QColor) -> QColor:
    """Return the opaque colour that ``color`` makes on ``ground``."""
    a = color.alphaF()
    return QColor.fromRgbF(
        color.redF() * a + ground.redF() * (1 - a),
        color.greenF() * a + ground.greenF() * (1 - a),
        color.blueF() * a + ground.blueF() * (1 - a),
    )


def css(color: QColor) -> str:
    """Return the colour as style sheets take it."""
    return f"rgba({color.red()}, {color.green()}, {color.blue()}, {color.alpha()})"
