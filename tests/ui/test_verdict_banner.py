# SPDX-License-Identifier: GPL-3.0-only
"""The verdict's banner: every headline by word, icon and colour; the demo is branded; nothing widens it."""

from __future__ import annotations

from dataclasses import replace

import pytest
from PySide6.QtWidgets import QLabel
from pytestqt.qtbot import QtBot

from mtleak_gui.core.leakhunt.verdict import Headline
from mtleak_gui.core.leakhunt.verdict_card import card_of
from mtleak_gui.ui.leakhunt.verdict_banner import BesideBanner, VerdictBanner
from mtleak_gui.ui.theme.theme_keeper import ThemeKeeper
from mtleak_gui.ui.widgets.verdict_looks import LOOKS
from tests.core.leakhunt import verdicts_by_hand


@pytest.mark.parametrize("headline", Headline, ids=lambda headline: headline.value)
def test_each_verdict_is_told_by_word_and_icon(headline: Headline, each_theme: ThemeKeeper, qtbot: QtBot) -> None:
    card = card_of(verdicts_by_hand.verdict("steady"))._replace(headline=headline)
    banner = VerdictBanner(each_theme, card)
    qtbot.addWidget(banner)
    texts = [label.text() for label in banner.findChildren(QLabel)]
    assert headline.title in texts
    assert any(not label.pixmap().isNull() for label in banner.findChildren(QLabel))
    assert banner.property("tone") == LOOKS[headline].tone


def test_a_virtual_board_is_branded(theme: ThemeKeeper, qtbot: QtBot) -> None:
    card = card_of(verdicts_by_hand.verdict("steady"))
    for demo in (True, False):
        banner = VerdictBanner(theme, card._replace(demo=demo))
        qtbot.addWidget(banner)
        assert ("DEMO" in [label.text() for label in banner.findChildren(QLabel)]) is demo


def test_a_word_without_end_breaks_and_widens_nothing(theme: ThemeKeeper, qtbot: QtBot) -> None:
    verdict = replace(verdicts_by_hand.verdict("oom_imminent"), reason=f'"{"W" * 94}" at +5h50m')
    banner = VerdictBanner(theme, card_of(verdict))
    beside = BesideBanner(theme, "warn", ["W" * 160])
    for widget in (banner, beside):
        qtbot.addWidget(widget)
        assert widget.minimumSizeHint().width() <= 400
    banner.resize(400, banner.heightForWidth(400))
    banner.show()
    reason = next(label for label in banner.findChildren(QLabel) if "+5h50m" in label.text())
    assert reason.height() >= reason.heightForWidth(reason.width())
    assert reason.text().replace("\u200b", "") == verdict.reason
