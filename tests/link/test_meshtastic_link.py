# SPDX-License-Identifier: GPL-3.0-only
"""An API session with real bytes, the real package, over real TCP and a real pseudo-terminal."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable
from functools import partial
from pathlib import Path

import pytest
from meshtastic import ResponseHandler
from meshtastic.protobuf import mesh_pb2
from meshtastic.util import our_exit

from mtleak_gui.core.contracts import LinkError
from mtleak_gui.link.byte_stream import open_serial, open_tcp
from mtleak_gui.link.meshtastic_link import MeshtasticLink
from tests.link.frames import Stream, frame, read_stream, with_config_id
from tests.link.listening import HostClock, Listener
from tests.link.replayed_board import Answer, on_pty, on_tcp


def tcp_link(port: int) -> MeshtasticLink:
    return MeshtasticLink(partial(open_tcp, "127.0.0.1", port), f"tcp://127.0.0.1:{port}", "tcp", HostClock())


def serial_link(path: str) -> MeshtasticLink:
    return MeshtasticLink(partial(open_serial, path), path, "serial", HostClock())


def replay(path: Path) -> Answer:
    return partial(with_config_id, path.read_bytes())


def first_handshake(path: Path) -> Answer:
    """Return only what the board said up to the end of its first handshake."""
    data = path.read_bytes()
    first = read_stream(path).of_kind("config_complete_id")[0]
    whole = data[data.index(b"\x94\xc3") : data.index(frame(first)) + len(frame(first))]
    return partial(with_config_id, whole)


def assert_heard_all(listener: Listener, stream: Stream) -> None:
    records = [message.log_record for message in stream.of_kind("log_record")]
    listener.wait_until(lambda heard: len(heard.lines) >= len(records) + len(stream.lines))
    from_records = [line for line in listener.lines if line.device_time is not None]
    from_text = [line for line in listener.lines if line.device_time is None]
    assert [line.text for line in from_records] == [record.message for record in records]
    assert [line.thread or "" for line in from_records] == [record.source for record in records]
    assert [line.device_time for line in from_records] == [record.time for record in records]
    assert [line.text for line in from_text] == stream.lines
    assert [packet.packet["id"] for packet in listener.packets] == [
        message.packet.id for message in stream.of_kind("packet")
    ]


@pytest.mark.parametrize("name", ["stock-tcp", "heap2-leak-tcp"])
def test_everything_in_a_real_tcp_stream_is_heard(data: Path, name: str) -> None:
    stream = read_stream(data / f"{name}.rx.bin")
    listener = Listener()
    with on_tcp([replay(data / f"{name}.rx.bin")]) as boards:
        link = tcp_link(boards.port)
        device = link.open(listener.hear)
        listener.wait_for_packets(len(stream.of_kind("packet")))
        link.close()

    assert device.environment == "native"
    assert device.firmware == "2.8.0.7754068"
    assert device.hardware == "PORTDUINO"
    assert device.node_num == stream.of_kind("my_info")[0].my_info.my_node_num
    assert listener.lines == []
    assert {packet.own_node for packet in listener.packets} == {device.node_num}
    assert {packet.port for packet in listener.packets} == {f"tcp://127.0.0.1:{boards.port}"}


@pytest.mark.parametrize("name", ["heap-serial", "stock-serial-reboot"])
def test_everything_in_a_real_serial_stream_is_heard(data: Path, name: str) -> None:
    stream = read_stream(data / f"{name}.rx.bin")
    listener = Listener()
    with on_pty([replay(data / f"{name}.rx.bin")]) as board:
        link = serial_link(board.path)
        link.open(listener.hear)
        assert_heard_all(listener, stream)
        link.close()

    levels = {10: "DEBUG", 20: "INFO", 30: "WARN", 40: "ERROR", 50: "CRIT", 0: None}
    expected = [levels[message.log_record.level] for message in stream.of_kind("log_record")]
    assert [line.level for line in listener.lines if line.device_time is not None] == expected


def test_a_link_tells_what_happened_in_the_order_in_which_it_happened(data: Path) -> None:
    listener = Listener()
    with on_tcp([first_handshake(data / "stock-tcp.rx.bin")]) as boards:
        link = tcp_link(boards.port)
        link.open(listener.hear)
        assert link.is_alive()
        link.close()
        assert not link.is_alive()

    assert [event.kind for event in listener.events("connection_established")] == ["connection_established"]
    [device] = listener.events("device_info")
    assert device.data is not None
    assert device.data["firmware"] == "2.8.0.7754068"
    assert "key" not in str(device.data).lower()
    [node] = listener.events("node_updated")
    assert node.data is not None
    assert list(node.data) == ["num", "id", "short", "long", "hops_away", "snr", "last_heard"]
    [lost] = listener.events("connection_lost")
    assert (lost.label, lost.note, lost.role) == (None, "closed by the recorder", "tcp")


def test_a_board_that_hangs_up_is_told_as_lost(data: Path) -> None:
    listener = Listener()
    with on_tcp([first_handshake(data / "stock-tcp.rx.bin")], hang_up=True) as boards:
        link = tcp_link(boards.port)
        link.open(listener.hear)
        listener.wait_until(lambda heard: bool(heard.events("connection_lost")))
        assert not link.is_alive()
        link.close()
    assert listener.events("connection_lost")[0].note == "the board closed the connection"


def test_a_serial_port_that_vanishes_is_told_as_lost_with_the_line_that_had_begun(data: Path) -> None:
    listener = Listener()
    handshake = first_handshake(data / "stock-tcp.rx.bin")
    with on_pty([handshake]) as board:
        link = serial_link(board.path)
        link.open(listener.hear)
        board.say(b"INFO  | half a li")
        board.wait_until_read()
        board.close()
        listener.wait_until(lambda heard: bool(heard.events("connection_lost")))
        assert not link.is_alive()
        link.close()
    assert [line.text for line in listener.lines] == ["INFO  | half a li"]


def test_two_links_never_hear_each_other(data: Path) -> None:
    names = ("stock-tcp", "heap2-leak-tcp")
    streams = [read_stream(data / f"{name}.rx.bin") for name in names]
    listeners = [Listener(), Listener()]
    with (
        on_tcp([replay(data / f"{names[0]}.rx.bin")]) as first,
        on_tcp([replay(data / f"{names[1]}.rx.bin")]) as second,
    ):
        links = [tcp_link(first.port), tcp_link(second.port)]
        for link, listener in zip(links, listeners, strict=True):
            link.open(listener.hear)
        for stream, listener in zip(streams, listeners, strict=True):
            expected = [message.packet.id for message in stream.of_kind("packet")]
            listener.wait_for_packets(len(expected))
            assert [packet.packet["id"] for packet in listener.packets] == expected
        for link in links:
            link.close()


def test_a_board_that_restarts_under_an_open_port_is_asked_again(data: Path) -> None:
    boot_text = (
        b"rst:0x1 (POWERON),boot:0x13\r\n//\\ E S H T /\\ S T / C\r\nS:B:43,2.7.9,heltec-v3,meshtastic/firmware\r\n"
    )
    handshake = first_handshake(data / "stock-tcp.rx.bin")
    listener = Listener()
    with on_pty([handshake, handshake]) as board:
        link = serial_link(board.path)
        link.open(listener.hear)
        board.say(boot_text)
        listener.wait_until(lambda heard: len(heard.events("device_info")) == 2)
        assert link.is_alive()
        link.close()
    assert board.questions == 2
    assert [line.text for line in listener.lines] == boot_text.decode().split("\r\n")[:-1]
    assert len(listener.events("connection_established")) == 1
    assert listener.events("reboot") == []


def test_a_board_that_introduces_itself_unasked_has_restarted(data: Path) -> None:
    handshake = first_handshake(data / "stock-tcp.rx.bin")
    own = read_stream(data / "stock-tcp.rx.bin").of_kind("my_info")[0].my_info.my_node_num
    again = frame(mesh_pb2.FromRadio(my_info=mesh_pb2.MyNodeInfo(my_node_num=own, reboot_count=12)))
    listener = Listener()
    with on_tcp([lambda asked: handshake(asked) + again]) as boards:
        link = tcp_link(boards.port)
        link.open(listener.hear)
        listener.wait_until(lambda heard: bool(heard.events("reboot")))
        link.close()
    [reboot] = listener.events("reboot")
    assert reboot.data is not None
    assert reboot.data["reboot_count"] == 12


def test_text_between_frames_keeps_every_character(data: Path) -> None:
    handshake = first_handshake(data / "stock-tcp.rx.bin")
    text = "Grüße — 15 °C “ok” ✓\n".encode() + b"broken \xff\x94 byte\n"
    listener = Listener()
    with on_tcp([lambda asked: text + handshake(asked)]) as boards:
        link = tcp_link(boards.port)
        link.open(listener.hear)
        link.close()
    assert [line.text for line in listener.lines] == ["Grüße — 15 °C “ok” ✓", "broken \\xff\\x94 byte"]


def test_a_packet_that_the_package_cannot_decode_is_heard_all_the_same(data: Path) -> None:
    broken = mesh_pb2.FromRadio()
    broken.packet.id = 99
    setattr(broken.packet, "from", 5)
    broken.packet.decoded.portnum = 67
    broken.packet.decoded.payload = b"\xff\xff\xff"
    handshake = first_handshake(data / "stock-tcp.rx.bin")
    listener = Listener()
    with on_tcp([lambda asked: handshake(asked) + frame(broken) + frame(broken)]) as boards:
        link = tcp_link(boards.port)
        link.open(listener.hear)
        listener.wait_until(lambda heard: len(heard.packets) == 2)
        assert link.is_alive()
        link.close()


def test_the_package_ending_the_program_is_told_as_a_loss(data: Path) -> None:
    path = data / "heap2-leak-tcp.rx.bin"
    request = read_stream(path).of_kind("packet")[0].packet.decoded.request_id
    listener = Listener()
    with on_tcp([replay(path)]) as boards:
        link = tcp_link(boards.port)
        # What the package does on a NO_RESPONSE reply to its own requests, in the thread that reads the board.
        link._session.responseHandlers[request] = ResponseHandler(lambda _packet: our_exit("no response"))
        link.open(listener.hear)
        listener.wait_until(lambda heard: bool(heard.events("connection_lost")))
        assert not link.is_alive()
        link.close()
    assert "wanted to end the program" in str(listener.events("connection_lost")[0].note)


def test_closing_cuts_the_handshake_of_a_deaf_board_short() -> None:
    with on_tcp([]) as boards:
        link = tcp_link(boards.port)
        trouble: list[LinkError] = []
        opener = threading.Thread(target=lambda: trouble.append(_failure(link)))
        opener.start()
        _wait_for(lambda: bool(boards.boards) and boards.boards[0].questions > 0)
        link.close()
        opener.join(5)
        assert not opener.is_alive()
    assert "closed by the recorder" in str(trouble[0])


def test_a_port_where_nobody_listens_is_told_in_a_sentence() -> None:
    with on_tcp([]) as boards:
        pass
    with pytest.raises(LinkError, match=rf"Nothing listens on 127\.0\.0\.1:{boards.port}"):
        tcp_link(boards.port).open(Listener().hear)


def _failure(link: MeshtasticLink) -> LinkError:
    with pytest.raises(LinkError) as caught:
        link.open(Listener().hear)
    return caught.value


def _wait_for(holds: Callable[[], bool]) -> None:
    deadline = time.monotonic() + 10
    while not holds():
        assert time.monotonic() < deadline
        time.sleep(0.01)
