# SPDX-License-Identifier: GPL-3.0-only
"""A handshake that comes to nothing is told by what was heard instead, over real terminals and real TCP."""

from __future__ import annotations

from functools import partial

import pytest
from meshtastic.protobuf import mesh_pb2

from mtleak_gui.core.contracts import LinkError
from mtleak_gui.core.link_trouble import LinkTrouble
from mtleak_gui.link import handshake_watch
from mtleak_gui.link.byte_stream import open_serial, open_tcp
from mtleak_gui.link.meshtastic_link import MeshtasticLink
from tests.link.frames import frame
from tests.link.listening import HostClock, Listener
from tests.link.replayed_board import Answer, on_pty, on_tcp

MY_INFO = frame(mesh_pb2.FromRadio(my_info=mesh_pb2.MyNodeInfo(my_node_num=7)))


@pytest.fixture(autouse=True)
def little_patience(monkeypatch: pytest.MonkeyPatch) -> None:
    """Have a session wait one second for an answer instead of thirty."""
    monkeypatch.setattr(handshake_watch, "NO_ANSWER_S", 1.0)


def trouble_of(link: MeshtasticLink) -> LinkTrouble:
    """Return why a link could not be opened."""
    with pytest.raises(LinkError) as caught:
        link.open(Listener().hear)
    assert not link.is_alive()
    return caught.value.trouble


def serial_trouble(*answers: Answer) -> LinkTrouble:
    """Return the trouble with a device on a port that says this when it is asked."""
    with on_pty(list(answers)) as board:
        return trouble_of(MeshtasticLink(partial(open_serial, board.path), board.path, "serial", HostClock()))


@pytest.mark.parametrize(
    ("said", "kind", "words"),
    [
        (b"", "no_answer", "Nothing was heard from /dev/"),
        (b"INFO  | 12:00:00 5 [Router] hello\r\n", "no_answer", "prints its text console, but did not answer"),
        (MY_INFO, "no_answer", "began to answer, but did not finish"),
        (b"ets Jul 29 2019 12:21:46\r\nwaiting for download\r\n", "no_answer", "is in its boot loader"),
        (b"$GPGGA,123519,4807.038,N,01131.000,E,1,08*47\r\n" * 3, "wrong_device", "speaks like a GPS receiver"),
        (b"\r\nERROR\r\n", "wrong_device", "speaks like a modem"),
        (b"\xb5\x62\x01\x07\x5c\x00\x18\x91\x2c\x0a" * 6, "wrong_device", "speaks like a GPS receiver"),
        (bytes((0x80, 0x00, 0xF8, 0xFE, 0x78)) * 40, "wrong_device", "can be understood"),
        (b"Weather station 3\r\n", "wrong_device", "It says “Weather station 3”"),
    ],
)
def test_what_was_heard_on_a_serial_port_decides_what_is_told(said: bytes, kind: str, words: str) -> None:
    trouble = serial_trouble(lambda _asked: said)
    assert (trouble.kind, words in trouble.sentence) == (kind, True), trouble


def test_a_device_that_echoes_is_no_board() -> None:
    want_config = mesh_pb2.ToRadio(want_config_id=5).SerializeToString()
    echo = bytes((0x94, 0xC3, 0, len(want_config))) + want_config
    assert "began to answer" not in serial_trouble(lambda _asked: echo).what


def test_a_node_that_says_nothing_is_told_without_words_about_cables() -> None:
    with on_tcp([]) as boards:
        open_stream = partial(open_tcp, "127.0.0.1", boards.port)
        trouble = trouble_of(MeshtasticLink(open_stream, f"tcp://127.0.0.1:{boards.port}", "tcp", HostClock()))
    assert trouble.kind == "no_answer"
    assert "another client" in trouble.why
    assert "reset button" not in trouble.todo


def test_a_node_that_hangs_up_in_the_handshake_is_told_as_such() -> None:
    with on_tcp([lambda _asked: MY_INFO], hang_up=True) as boards:
        open_stream = partial(open_tcp, "127.0.0.1", boards.port)
        trouble = trouble_of(MeshtasticLink(open_stream, f"tcp://127.0.0.1:{boards.port}", "tcp", HostClock()))
    assert trouble.kind == "vanished"
    assert "one client at a time" in trouble.why
    assert trouble.detail == "the board closed the connection"
