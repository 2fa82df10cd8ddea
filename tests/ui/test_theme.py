# SPDX-License-Identifier: GPL-3.0-only
"""Both themes: words that can be read, icons in the theme's colours, switched live."""

from __future__ import annotations

import pytest
from PySide6.QtGui import QColor, QImage
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from mtleak_gui.ui.theme.colors import over, parse_color
from mtleak_gui.ui.theme.theme_keeper import ThemeKeeper
from mtleak_gui.ui.widgets.buttons import IconButton

_READ_ON_CARD = (
    "text", "text_2", "primary_strong", "ok", "warn", "danger", "neutral", "log_debug", "log_info", "log_warn",
    "log_error", "log_crit", "log_trace", "log_heap", "log_mark", "largest_block", "fit", "marker",
)  # fmt: skip
_READ_ON = (
    ("ok", "ok_soft"), ("warn", "warn_soft"), ("danger", "danger_soft"), ("neutral", "neutral_soft"),
    ("warn", "warn_surface"), ("danger", "danger_surface"), ("ok", "ok_surface"), ("on_filled", "filled"),
    ("on_filled", "filled_hover"), ("on_filled", "filled_pressed"), ("text", "bg"), ("text_2", "bg"),
)  # fmt: skip


@pytest.mark.parametrize("role", _READ_ON_CARD)
def test_words_on_a_card_can_be_read(each_theme: ThemeKeeper, role: str) -> None:
    colors = each_theme.colors
    assert _contrast(colors.role(role), colors.card) >= 4.5


@pytest.mark.parametrize(("words", "ground"), _READ_ON)
def test_words_on_tinted_grounds_can_be_read(each_theme: ThemeKeeper, words: str, ground: str) -> None:
    colors = each_theme.colors
    assert _contrast(colors.role(words), over(colors.role(ground), colors.card)) >= 4.5


def test_a_switch_of_theme_recolours_what_is_on_the_screen(theme: ThemeKeeper, qtbot: QtBot) -> None:
    button = IconButton(theme, "magnify", "Leakhunt")
    qtbot.addWidget(button)
    button.show()
    light = _darkest(button.grab().toImage())
    with qtbot.waitSignal(theme.changed):
        theme.choose("dark")
    QApplication.processEvents()
    assert light < 80
    assert _darkest(button.grab().toImage()) < 80
    assert button.grab().toImage().pixelColor(10, 5).lightness() < 60


def test_a_colour_may_have_an_opacity_as_the_web_writes_it() -> None:
    assert parse_color("#e1e1e11f").alpha() == 0x1F


@pytest.mark.parametrize("text", ["blue-ish", "#12", ""])
def test_a_broken_theme_file_is_told(text: str) -> None:
    with pytest.raises(ValueError, match="is no colour"):
        parse_color(text)


def _contrast(one: QColor, other: QColor) -> float:
    """Return the contrast ratio of WCAG 2.1."""
    light, dark = sorted((_luminance(one), _luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def _luminance(color: QColor) -> float:
    parts = [
        c / 12.92 if c <= 0.03928 else ((c + 0.055) / 1.055) ** 2.4
        for c in (color.redF(), color.greenF(), color.blueF())
    ]
    return 0.2126 * parts[0] + 0.7152 * parts[1] + 0.0722 * parts[2]


def _darkest(image: QImage) -> int:
    return min(image.pixelColor(x, y).lightness() for x in range(image.width()) for y in range(image.height()))
