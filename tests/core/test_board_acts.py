# SPDX-License-Identifier: GPL-3.0-only
"""What is asked of a board, in words; and how asking is paced in the board's own time."""

from __future__ import annotations

import pytest

from mtleak_gui.core.board_acts import (
    EVERY_CHOICES_S,
    AskingFigures,
    asking_words,
    every_words,
    never_answers,
    rate_words,
    stopped_words,
)


def test_the_paces_that_are_offered_have_names() -> None:
    assert [every_words(every_s) for every_s in EVERY_CHOICES_S] == ["11 s", "30 s", "1 min", "5 min"]


@pytest.mark.parametrize(
    ("figures", "words"),
    [
        (AskingFigures(11, True, 39, 39, 12.4), "39 of 39 answered, 12 ms"),
        (AskingFigures(11, True, 6, 4, 280.0, 1), "4 of 6 answered, 280 ms"),
        (AskingFigures(11, True, 5, 0, None, 5), "0 of 5 answered"),
        (AskingFigures(11, True), "no answer yet"),
        (AskingFigures(11), "goes on when the board is heard"),
    ],
)
def test_the_rate_is_told_as_it_was_measured(figures: AskingFigures, words: str) -> None:
    assert rate_words(figures) == words


def test_a_chip_says_whether_a_board_is_asked_or_would_be() -> None:
    assert asking_words(AskingFigures(11, is_asking=True)) == "Asking every 11 s"
    assert asking_words(AskingFigures(60)) == "Asks every 1 min when heard"


def test_the_end_of_asking_tells_the_rate() -> None:
    assert stopped_words({"asked": 6, "answered": 4, "rate_percent": 67}) == "4 of 6 answered (67 %)"
    assert stopped_words({"asked": 0, "answered": 0}) == "0 of 0 answered"


@pytest.mark.parametrize(
    ("firmware", "never"),
    [("2.5.13.1a06f88", True), ("2.5.14", False), ("2.10.1.x", False), ("1.9.99", True), ("", False), ("2.5", False)],
)
def test_firmware_that_never_answers_is_known_by_its_version(firmware: str, never: bool) -> None:
    assert never_answers(firmware) is never
