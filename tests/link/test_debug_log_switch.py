# SPDX-License-Identifier: GPL-3.0-only
"""The debug log is switched with everything else as it was, and believed when the board says so after its restart."""

from __future__ import annotations

import json
import logging

import pytest
from meshtastic.protobuf import config_pb2

from mtleak_gui.core.board_acts import SWITCH_WAIT_S
from mtleak_gui.core.records import RawEvent
from mtleak_gui.demo.pty_port import serve_pty
from mtleak_gui.demo.tcp_port import serve_tcp
from tests.link.acting import Acting, a_board, acting

PRIVATE, PUBLIC = bytes(range(32)), bytes(range(32, 64))
_UNKNOWN_FIELD = b"\xa8\x01\x02"
"""A field 21 that the package knows nothing of, as newer firmware has."""


def settings(**changed: object) -> config_pb2.Config.SecurityConfig:
    """Return security settings with everything set."""
    security = config_pb2.Config.SecurityConfig(
        public_key=PUBLIC,
        private_key=PRIVATE,
        admin_key=[bytes([n]) * 32 for n in (7, 8)],
        serial_enabled=True,
        admin_channel_enabled=True,
    )
    security.MergeFromString(_UNKNOWN_FIELD)
    for name, value in changed.items():
        setattr(security, name, value)
    return security


def writes(heard: Acting) -> list[RawEvent]:
    return heard.listener.events("config_write")


def assert_no_key_was_told(heard: Acting) -> None:
    told = json.dumps([*map(str, heard.listener.packets), *map(str, heard.listener.lines), *map(str, writes(heard))])
    assert PRIVATE.hex() not in told
    assert str(PRIVATE)[2:20] not in told


@pytest.mark.parametrize("on", [True, False])
def test_a_board_on_a_serial_line_restarts_with_the_switch_and_nothing_else_changed(
    on: bool,
    caplog: pytest.LogCaptureFixture,
) -> None:
    caplog.set_level(logging.DEBUG)
    before = settings(debug_log_api_enabled=not on)
    with acting() as (heard, clock):
        board = a_board(clock, security=before)
        with serve_pty(board) as path:
            heard.hear(path)
            heard.acts.switch_debug_log(on=on)
            heard.wait_for("verified")
        assert board.boot_number == 2
        after = board.security()
        assert after.debug_log_api_enabled is on
        after.debug_log_api_enabled = not on
        assert after.SerializeToString(deterministic=True) == before.SerializeToString(deterministic=True)
        sent, verified = writes(heard)
        known = {"what": "security.debug_log_api_enabled", "old": not on, "new": on}
        assert sent.data == known
        assert verified.data == {**known, "verified": True, "others_kept": True}
        assert "restarts in 7 s" in str(sent.note)
        assert_no_key_was_told(heard)
    assert PRIVATE.hex() not in caplog.text
    assert str(PRIVATE)[2:20] not in caplog.text


def test_a_network_node_is_verified_over_the_next_connection() -> None:
    with acting() as (heard, clock):
        board = a_board(clock, security=settings())
        with serve_tcp(board) as where:
            heard.hear(where)
            heard.acts.switch_debug_log(on=True)
            heard.wait_for("sent")
            heard.listener.wait_until(lambda told: bool(told.events("connection_lost")))
            heard.hear(where)
            heard.wait_for("verified")
        assert board.security().debug_log_api_enabled


def test_another_board_that_answers_after_the_restart_verifies_nothing() -> None:
    with acting() as (heard, clock):
        board, other = a_board(clock, security=settings()), a_board(clock, seed=2)
        with serve_tcp(board) as where, serve_tcp(other) as elsewhere:
            heard.hear(where)
            heard.acts.switch_debug_log(on=True)
            heard.listener.wait_until(lambda told: bool(told.events("connection_lost")))
            heard.hear(elsewhere)
            heard.wait_for("not_verified")
        switch = heard.acts.state.switch
        assert switch is not None
        assert "Another board" in switch.why
        assert [event.data["verified"] for event in writes(heard)[1:] if event.data] == [False]


def test_a_board_that_does_not_come_back_is_told_as_not_verified() -> None:
    with acting() as (heard, clock):
        board = a_board(clock, security=settings())
        with serve_tcp(board) as where:
            heard.hear(where)
            heard.acts.switch_debug_log(on=True)
            heard.listener.wait_until(lambda told: bool(told.events("connection_lost")))
        given_up = heard.acts.give_up_switching()
        assert given_up == {"what": "security.debug_log_api_enabled", "old": False, "new": True}
        switch = heard.acts.state.switch
        assert switch is not None
        assert (switch.phase, f"{SWITCH_WAIT_S:.0f} s" in switch.why) == ("not_verified", True)


def test_firmware_that_takes_the_switch_without_a_restart_is_asked_once_more() -> None:
    with acting() as (heard, clock):
        board = a_board(clock, security=settings())
        with serve_tcp(board) as where:
            heard.hear(where)
            # A board that waits for the end of other changes restarts only then.
            heard.open_changes()
            heard.acts.switch_debug_log(on=True)
            heard.wait_for("verified")
        assert board.boot_number == 1
        assert len(heard.listener.events("device_info")) == 2


@pytest.mark.parametrize(
    ("security", "why"),
    [
        (settings(is_managed=True), "managed"),
        (config_pb2.Config.SecurityConfig(), "did not tell its security settings"),
        (settings(private_key=b""), "would lose its private key"),
        (settings(debug_log_api_enabled=True), "is on already"),
    ],
    ids=["managed", "locked", "key hidden", "on already"],
)
def test_a_board_that_must_not_be_written_is_left_alone(security: config_pb2.Config.SecurityConfig, why: str) -> None:
    with acting() as (heard, clock):
        board = a_board(clock, security=security)
        with serve_tcp(board) as where:
            heard.hear(where)
            heard.acts.switch_debug_log(on=True)
            heard.wait_for("refused")
        switch = heard.acts.state.switch
        assert switch is not None
        assert why in switch.why
        assert writes(heard) == []
        assert board.security() == security


def test_a_board_that_refuses_the_change_is_believed_at_once() -> None:
    with acting() as (heard, clock):
        # 16 bytes are no key: the firmware takes none of it and says so.
        board = a_board(clock, security=_with_a_broken_admin_key())
        with serve_tcp(board) as where:
            heard.hear(where)
            heard.acts.switch_debug_log(on=True)
            heard.wait_for("refused")
        switch = heard.acts.state.switch
        assert switch is not None
        assert "BAD_REQUEST" in switch.why
        assert not board.security().debug_log_api_enabled


def _with_a_broken_admin_key() -> config_pb2.Config.SecurityConfig:
    security = settings()
    security.admin_key.append(bytes(16))
    return security
