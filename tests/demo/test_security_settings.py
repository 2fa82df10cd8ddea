# SPDX-License-Identifier: GPL-3.0-only
"""Security settings are taken, refused and ignored as ``AdminModule::handleSetConfig`` does."""

from __future__ import annotations

from meshtastic.protobuf import admin_pb2, config_pb2, mesh_pb2

from mtleak_gui.demo.scenario_catalogue import scenario_named
from tests.demo.driven_board import DrivenBoard


def _connected(security: config_pb2.Config.SecurityConfig | None = None) -> DrivenBoard:
    board = DrivenBoard(scenario_named("slow-leak"), security=security)
    board.wait_until(40.0)
    board.want_config()
    return board


def _error_of(board: DrivenBoard, packet_id: int) -> int:
    (reply,) = (m.packet for m in board.heard() if m.packet.decoded.request_id == packet_id)
    error: int = mesh_pb2.Routing.FromString(reply.decoded.payload).error_reason
    return error


def test_a_managed_board_takes_no_settings_from_a_local_client() -> None:
    managed = config_pb2.Config.SecurityConfig(private_key=bytes(32), public_key=bytes(32), is_managed=True)
    board = _connected(security=managed)
    change = admin_pb2.AdminMessage()
    change.set_config.security.CopyFrom(managed)
    change.set_config.security.debug_log_api_enabled = True
    assert _error_of(board, board.ask_admin(change)) == mesh_pb2.Routing.Error.NO_RESPONSE
    board.wait(20.0)
    assert board.board.security() == managed
    assert board.board.boot_number == 1


def test_the_security_settings_are_taken_as_a_whole_but_never_without_the_private_key() -> None:
    board = _connected()
    before = board.board.security()
    change = admin_pb2.AdminMessage()
    change.set_config.security.debug_log_api_enabled = True
    assert _error_of(board, board.ask_admin(change)) == mesh_pb2.Routing.Error.NONE
    after = board.board.security()
    assert (after.private_key, after.public_key) == (before.private_key, before.public_key)
    assert (before.serial_enabled, after.serial_enabled) == (True, False)
    board.wait(6.0)
    assert board.board.boot_number == 1
    board.wait(1.5)
    assert board.board.boot_number == 2


def test_keys_of_a_wrong_length_are_refused() -> None:
    board = _connected()
    change = admin_pb2.AdminMessage()
    change.set_config.security.private_key = bytes(16)
    assert _error_of(board, board.ask_admin(change)) == mesh_pb2.Routing.Error.BAD_REQUEST
    board.wait(20.0)
    assert board.board.boot_number == 1
