# SPDX-License-Identifier: GPL-3.0-only
"""The board's own behaviour, its time moved by hand: handshake, telemetry, rate limit, writes and restarts."""

from __future__ import annotations

import re

import pytest
from meshtastic.protobuf import admin_pb2, config_pb2, mesh_pb2, portnums_pb2, telemetry_pb2

from mtleak_gui.demo.handshake import ONLY_CONFIG, ONLY_NODES
from mtleak_gui.demo.scenario_catalogue import scenario_named
from tests.demo.driven_board import SWITCHED_ON, DrivenBoard, kinds, telemetry_in

HEARTBEAT = mesh_pb2.ToRadio(heartbeat=mesh_pb2.Heartbeat())


def _board(name: str = "slow-leak", *, serial: bool = False, **more: bool) -> DrivenBoard:
    return DrivenBoard(scenario_named(name), serial=serial, **more)


def _connected(name: str = "slow-leak", *, serial: bool = False, after: float = 40.0, **more: bool) -> DrivenBoard:
    board = _board(name, serial=serial, **more)
    board.wait_until(after)
    board.want_config()
    return board


def _switch_debug_log_api_on(board: DrivenBoard) -> list[mesh_pb2.FromRadio]:
    security = config_pb2.Config.SecurityConfig(serial_enabled=True, debug_log_api_enabled=True)
    board.ask_admin(admin_pb2.AdminMessage(set_config=config_pb2.Config(security=security)))
    return board.heard()


def test_the_handshake_tells_who_the_board_is_and_whom_it_knows() -> None:
    answer = _board().want_config(99)
    my_info, metadata = answer[0].my_info, answer[3].metadata
    assert (my_info.pio_env, my_info.reboot_count, my_info.nodedb_count) == ("heltec-v3", 1, 7)
    assert my_info.min_app_version == 30_200
    assert len(my_info.device_id) == 16
    assert metadata.firmware_version == "2.8.1.c4f2a17"
    assert mesh_pb2.HardwareModel.Name(metadata.hw_model) == "HELTEC_V3"
    nodes = [message.node_info for message in answer if message.HasField("node_info")]
    assert nodes[0].num == my_info.my_node_num
    assert len({node.user.long_name for node in nodes}) == 7
    assert all(node.last_heard <= SWITCHED_ON for node in nodes)
    order = kinds(answer)
    assert order[:5] == ["my_info", "deviceuiConfig", "node_info", "metadata", "unknown"]
    assert order[5:] == [
        *["channel"] * 8, *["config"] * 10, *["moduleConfig"] * 17, *["node_info"] * 6, *["fileInfo"] * 5,
        "config_complete_id", "queueStatus",
    ]  # fmt: skip
    assert answer[-2].config_complete_id == 99


def test_clients_may_ask_for_the_config_or_the_nodes_alone() -> None:
    config = kinds(_board().want_config(ONLY_CONFIG))
    assert config.count("node_info") == 1
    assert config.count("config") == 10
    nodes = _board().want_config(ONLY_NODES)
    assert set(kinds(nodes)) == {"node_info", "config_complete_id", "queueStatus"}
    assert kinds(nodes).count("node_info") == 7
    assert nodes[-2].config_complete_id == ONLY_NODES


def test_telemetry_comes_by_itself_each_minute_and_local_stats_each_quarter_of_an_hour() -> None:
    board = _connected()
    at: dict[str, list[int]] = {"device_metrics": [], "local_stats": []}
    for second in range(41, 2_000):
        board.wait_until(second)
        heard = [message for message in board.heard() if getattr(message.packet, "from") == board.board.node_num]
        for variant in at:
            at[variant] += [second] * len(telemetry_in(heard, variant))
    assert at["device_metrics"] == list(range(75, 2_000, 60))
    assert at["local_stats"] == [75, 975, 1_875]


def test_local_stats_wait_for_a_client_that_fetches_its_packets() -> None:
    board = _board()
    board.wait_until(400.0)
    early = [m for m in board.want_config() if getattr(m.packet, "from") == board.board.node_num]
    assert telemetry_in(early, "local_stats") == []
    board.wait_until(440.0)
    own = [m for m in board.heard() if getattr(m.packet, "from") == board.board.node_num]
    assert [one.local_stats.uptime_seconds for one in telemetry_in(own, "local_stats")] == [435]


def test_requests_are_answered_every_ten_seconds_and_else_dropped_with_a_clean_queue_status() -> None:
    board = _connected(serial=True, debug_log_api=True)
    answered = []
    for _ in range(6):
        request = board.ask_for_stats()
        heard = board.heard()
        statuses = [
            m.queueStatus for m in heard if m.HasField("queueStatus") and m.queueStatus.mesh_packet_id == request
        ]
        assert [status.res for status in statuses] == [0]
        replies = [m.packet for m in heard if m.packet.decoded.request_id == request]
        limited = any(m.log_record.message == "Rate limit portnum 67" for m in heard)
        assert limited == (not replies)
        for reply in replies:
            assert reply.hop_limit == 3
            assert reply.priority == mesh_pb2.MeshPacket.Priority.RELIABLE
        answered.append(bool(replies))
        board.wait(4.0)
    assert answered == [True, False, False, True, False, False]


def test_a_reply_is_of_the_moment_but_its_uptime_of_the_last_run() -> None:
    board = _connected()
    for uptime, stated in ((50.0, 0), (70.0, 0), (80.0, 75), (134.0, 75), (150.0, 135)):
        board.wait_until(uptime)
        board.heard()
        board.ask_for_stats()
        (reply,) = telemetry_in([m for m in board.heard() if m.packet.decoded.request_id], "local_stats")
        assert reply.local_stats.uptime_seconds == stated
        assert reply.time == int(SWITCHED_ON + uptime)
        assert reply.local_stats.heap_free_bytes == board.board.heap().free
        assert reply.local_stats.heap_total_bytes == 327_680


def test_a_platform_without_heap_functions_says_so_nowhere_as_a_number() -> None:
    board = _connected("not-reported")
    board.ask_for_stats()
    (reply,) = telemetry_in(board.heard(), "local_stats")
    assert (reply.local_stats.heap_free_bytes, reply.local_stats.heap_total_bytes) == (0, 0)
    console = _board("not-reported", serial=True)
    console.wait_until(60.0)
    text = console.text()
    assert "with 7 nodes and 4294967295 bytes free!" in text
    assert "Heap status: -1/-1 bytes free" in text
    assert "[heap 4294967295]" in text
    assert "leaked heap" not in text


def test_a_heartbeat_is_answered_even_before_the_handshake() -> None:
    board = _board()
    board.tell(HEARTBEAT)
    (answer,) = board.heard()
    assert answer.queueStatus == mesh_pb2.QueueStatus(free=16, maxlen=16)


def test_what_nobody_answers_gets_a_nak_that_only_looks_like_an_allocation() -> None:
    board = _connected(serial=True, debug_log_api=True)
    asked = telemetry_pb2.Telemetry(environment_metrics=telemetry_pb2.EnvironmentMetrics())
    request = board.ask(portnums_pb2.PortNum.TELEMETRY_APP, asked.SerializeToString())
    heard = board.heard()
    (nak,) = (m.packet for m in heard if m.packet.decoded.request_id == request)
    assert mesh_pb2.Routing.FromString(nak.decoded.payload).error_reason == mesh_pb2.Routing.Error.NO_RESPONSE
    lines = [m.log_record.message for m in heard if m.HasField("log_record")]
    assert f"Alloc an err=8,to=0x{board.board.node_num:08x},idFrom=0x{request:08x},id=0x{nak.id:08x}" in lines


def test_admin_requests_read_the_settings() -> None:
    board = _connected()
    message = admin_pb2.AdminMessage
    requests = {
        "get_config_response": message(get_config_request=message.LORA_CONFIG),
        "get_module_config_response": message(get_module_config_request=message.TAK_CONFIG),
        "get_channel_response": message(get_channel_request=1),
        "get_owner_response": message(get_owner_request=True),
        "get_device_metadata_response": message(get_device_metadata_request=True),
    }
    for expected, request in requests.items():
        packet_id = board.ask_admin(request)
        (reply,) = (m.packet for m in board.heard() if m.packet.decoded.request_id == packet_id)
        answer = admin_pb2.AdminMessage.FromString(reply.decoded.payload)
        assert answer.WhichOneof("payload_variant") == expected
        assert len(answer.session_passkey) == 8
        assert reply.pki_encrypted
    packet_id = board.ask_admin(admin_pb2.AdminMessage(get_channel_request=20))
    (reply,) = (m.packet for m in board.heard() if m.packet.decoded.request_id == packet_id)
    assert mesh_pb2.Routing.FromString(reply.decoded.payload).error_reason == mesh_pb2.Routing.Error.BAD_REQUEST


def test_writing_the_security_config_restarts_the_board_seven_seconds_later_and_is_kept() -> None:
    board = _connected("leak-threads", serial=True)
    heard = _switch_debug_log_api_on(board)
    assert [m.packet.priority for m in heard if m.HasField("packet")] == [mesh_pb2.MeshPacket.Priority.ACK]
    # The write takes effect at once, the restart follows.
    assert "Reboot in 7 seconds" in [m.log_record.message for m in heard]
    board.wait(6.9)
    assert board.board.boot_number == 1
    assert "Rebooting" not in [m.log_record.message for m in board.heard()]
    board.wait(0.2)
    parts = board.sent.decode("latin-1")
    assert parts.index("Rebooting") < parts.index("//\\ E S H T /\\ S T / C")
    board.wait(1.0)
    assert "S:B:4,2.8.0.7754068,tbeam,meshtastic/firmware" in board.text()
    assert board.board.boot_number == 2
    assert board.board.uptime() == pytest.approx(1.1, abs=0.2)
    answer = board.want_config()
    assert answer[1].my_info.reboot_count == 2
    security = [m.config.security for m in answer if m.config.HasField("security")]
    assert security[0].debug_log_api_enabled


def test_admin_can_restart_the_board_in_as_many_seconds_as_it_likes() -> None:
    board = _connected()
    board.ask_admin(admin_pb2.AdminMessage(reboot_seconds=2))
    board.wait(1.9)
    assert board.hung_up == 0
    board.wait(0.2)
    assert board.hung_up == 1
    board.reconnect()
    assert board.want_config()[0].my_info.reboot_count == 2
    board.ask_for_stats()
    (reply,) = telemetry_in(board.heard(), "local_stats")
    assert reply.local_stats.uptime_seconds == 0


def test_several_writes_in_one_transaction_restart_the_board_once() -> None:
    board = _connected()
    board.ask_admin(admin_pb2.AdminMessage(begin_edit_settings=True))
    board.ask_admin(admin_pb2.AdminMessage(set_owner=mesh_pb2.User(long_name="Bench 4", short_name="BN4")))
    board.wait(20.0)
    assert board.board.boot_number == 1
    board.ask_admin(admin_pb2.AdminMessage(commit_edit_settings=True))
    board.wait(7.1)
    assert board.board.boot_number == 2
    board.reconnect()
    assert board.want_config()[2].node_info.user.long_name == "Bench 4"


def test_a_second_network_client_evicts_the_first() -> None:
    board = _connected()
    first = board.session
    board.reconnect()
    assert board.hung_up == 1
    board.heard()
    board.board.receive(first, b"")
    board.wait(60.0)
    assert board.heard() == []
    assert board.want_config()


def test_the_first_client_of_a_boot_costs_heap_once() -> None:
    board = _board("steady")
    board.wait_until(3_600.0)
    before = board.board.heap().free
    board.want_config()
    cost = before - board.board.heap().free
    board.reconnect()
    board.want_config()
    assert before - board.board.heap().free == cost
    assert 5_000 <= cost <= 9_000


def test_a_board_that_runs_out_of_memory_says_so_and_boots_again() -> None:
    board = _board("oom", serial=True)
    board.wait_until(2_200.0)
    text = board.text()
    death, birth = text.index("size=4096: out of memory"), text.rindex("//\\ E S H T")
    assert text.index("Failed to allocate") < death < text.index("abort() was called") < birth
    assert re.search(r"Backtrace: 0x4", text)
    assert "rst:0xc (SW_CPU_RESET)" in text
    assert "reset_reason=" in text[death:]
    assert board.board.boot_number == 2
    assert board.board.uptime() < 200


def test_a_board_that_was_switched_on_long_ago_has_its_uptime_and_heap() -> None:
    old = DrivenBoard(scenario_named("slow-leak"), born=SWITCHED_ON - 6 * 3_600)
    new = DrivenBoard(scenario_named("slow-leak"))
    new.wait(6 * 3_600)
    assert old.board.uptime() == new.board.uptime()
    assert old.board.heap() == new.board.heap()
    old.want_config()
    old.ask_for_stats()
    (reply,) = telemetry_in(old.heard(), "local_stats")
    assert reply.local_stats.uptime_seconds == 21_555
    # A client that comes late gets LocalStats at the next run, whatever the quarter of an hour.
    old.wait(16.0)
    pushed = [m for m in old.heard() if m.packet.priority == mesh_pb2.MeshPacket.Priority.BACKGROUND]
    own = [m for m in pushed if getattr(m.packet, "from") == old.board.node_num]
    assert [one.local_stats.uptime_seconds for one in telemetry_in(own, "local_stats")] == [21_615]


def test_other_nodes_are_heard_with_heap_figures_that_are_not_ours() -> None:
    board = _connected()
    packets = []
    for _ in range(40):
        board.wait(60.0)
        packets += [m for m in board.heard() if m.HasField("packet")]
    others = [m for m in packets if getattr(m.packet, "from") != board.board.node_num]
    ports = {m.packet.decoded.portnum for m in others}
    assert {portnums_pb2.PortNum.POSITION_APP, portnums_pb2.PortNum.NODEINFO_APP,
            portnums_pb2.PortNum.TELEMETRY_APP, portnums_pb2.PortNum.TEXT_MESSAGE_APP} <= ports  # fmt: skip
    foreign = [one.local_stats.heap_free_bytes for one in telemetry_in(others, "local_stats")]
    assert foreign
    assert all(abs(free - board.board.heap().free) > 2_000 for free in foreign)
    assert telemetry_in(others, "environment_metrics")
    assert telemetry_in(others, "device_metrics")
    chat = {m.packet.decoded.payload.decode() for m in others if m.packet.decoded.portnum == 1}
    assert any("out of memory" in text for text in chat)
    assert all(SWITCHED_ON <= m.packet.rx_time <= SWITCHED_ON + 2_500 for m in others)
