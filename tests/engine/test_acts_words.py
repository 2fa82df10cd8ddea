# SPDX-License-Identifier: GPL-3.0-only
"""A board that never answers is told once, with the way to stop; an answer takes that back."""

from __future__ import annotations

from mtleak_gui.core.board_acts import ActsState, AskingFigures, SwitchState
from mtleak_gui.core.notice import Notice
from mtleak_gui.engine.acts_words import act_notices

PORT = "/dev/ttyUSB0"


def told(before: ActsState, now: ActsState) -> list[Notice]:
    return list(act_notices(PORT, "bench-a", before, now))


def missing(count: int) -> ActsState:
    return ActsState(AskingFigures(11, True, 40, 40 - count, 12.0, count))


def test_a_board_that_does_not_answer_is_told_after_five_requests() -> None:
    assert told(missing(3), missing(4)) == []
    (notice,) = told(missing(4), missing(5))
    assert (notice.key, notice.action, notice.sticky) == (f"asking {PORT}", "stop_asking", True)
    assert notice.text == "bench-a does not answer."
    assert "before 2.5.14" in (notice.detail or "")
    assert told(missing(5), missing(6)) == []


def test_an_answer_and_the_end_of_asking_take_it_back() -> None:
    for now in (missing(0), ActsState()):
        (notice,) = told(missing(6), now)
        assert (notice.key, notice.text) == (f"asking {PORT}", "")


def test_what_came_of_the_switch_is_told_with_its_reason() -> None:
    sent = ActsState(switch=SwitchState(on=True, phase="sent"))
    assert [notice.tone for notice in told(ActsState(), sent)] == ["info"]
    assert told(sent, sent) == []
    why = "Another board answered after the restart, so the switch could not be verified."
    (notice,) = told(sent, ActsState(switch=SwitchState(True, "not_verified", why)))
    assert (notice.tone, notice.detail, notice.sticky) == ("warn", why, True)
    (notice,) = told(sent, ActsState(switch=SwitchState(on=True, phase="verified")))
    assert (notice.tone, notice.text) == ("ok", "The debug log of bench-a is on.")
