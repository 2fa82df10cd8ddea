# SPDX-License-Identifier: GPL-3.0-only
"""What a link reads out of spoiled streams: the same however they are chopped, and everything that was left whole."""

from __future__ import annotations

import tracemalloc

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from meshtastic.protobuf import mesh_pb2

from mtleak_gui.link.inbound_stream import InboundStream
from mtleak_gui.link.line_assembler import LINE_LIMIT_BYTES, LineAssembler
from mtleak_gui.link.stream_splitter import StreamSplitter
from tests.hostile.chatter import line, packet, record
from tests.hostile.spoiled_streams import (
    NAMES,
    chopped,
    harmless_bytes,
    heard_in,
    is_whole_frame,
    meant,
    messages_in,
    parts_of,
    some_parts,
)

EXAMPLES = 8
cuts = st.lists(st.integers(0, 1 << 20), max_size=40)
awkward = st.lists(
    st.one_of(
        st.binary(max_size=8),
        st.sampled_from([b"\x94", b"\xc3", b"\x94\xc3", b"\x94\xc3\x00\x05", b"\x94\xc3\x02\x01", b"\x94\xc3\x00\x00"]),
        st.sampled_from([packet(5, 1), record("a", 2), line("a", 3), packet(5, 4)[:30], record("a", 5)[:9]]),
    ),
    max_size=14,
).map(b"".join)


@settings(max_examples=80, deadline=None)
@given(awkward, cuts)
def test_any_chopping_of_any_bytes_reads_the_same(data: bytes, cuts: list[int]) -> None:
    assert heard_in(chopped(data, cuts)) == heard_in([data])


@settings(max_examples=80, deadline=None)
@given(awkward, st.integers(0, 30))
def test_no_byte_outside_messages_is_lost(data: bytes, size: int) -> None:
    splitter = StreamSplitter[None](lambda _payload: None)
    found = [piece for chunk in chopped(data, [size]) for piece in splitter.feed(chunk)] + splitter.give_up_partial()
    assert b"".join(piece for piece in found if piece is not None) == data


@pytest.mark.parametrize("name", NAMES)
@settings(max_examples=EXAMPLES, deadline=None)
@given(st.data())
def test_a_real_stream_reads_the_same_however_it_is_chopped(name: str, data: st.DataObject) -> None:
    parts = data.draw(some_parts(name))
    stream = b"".join(parts)
    assert heard_in(chopped(stream, data.draw(cuts))) == meant(parts)


@pytest.mark.parametrize("name", NAMES)
@settings(max_examples=EXAMPLES, deadline=None)
@given(st.data())
def test_garbage_in_a_real_stream_costs_nothing_but_itself(name: str, data: st.DataObject) -> None:
    """Garbage that ends its line stands between the parts; a frame is a frame and a line a line, each once."""
    parts = data.draw(some_parts(name))
    places = data.draw(st.lists(st.tuples(st.integers(0, len(parts)), harmless_bytes), max_size=6))
    spoiled = list(parts)
    for place, garbage in sorted(places, reverse=True):
        spoiled.insert(place, garbage + b"\n")
    heard = heard_in(chopped(b"".join(spoiled), data.draw(cuts)))
    wanted = meant(parts)
    assert messages_in(heard) == [item for item in wanted if not isinstance(item, str)]
    left = iter(item for item in heard if isinstance(item, str))
    lines = [item for item in wanted if isinstance(item, str)]
    assert all(any(found == wanted_line for found in left) for wanted_line in lines)


@pytest.mark.parametrize("name", NAMES)
@settings(max_examples=EXAMPLES, deadline=None)
@given(st.data())
def test_a_frame_that_is_cut_off_costs_no_other(name: str, data: st.DataObject) -> None:
    frames = [part for part in parts_of(name) if is_whole_frame(part)]
    start = data.draw(st.integers(0, len(frames) - 1))
    victim = frames[start]
    behind = frames[start + 1 : start + 12]
    cut = data.draw(st.integers(1, len(victim) - 1))
    heard = heard_in(chopped(victim[:cut] + b"".join(behind), data.draw(cuts)))
    assert messages_in(heard) == [mesh_pb2.FromRadio.FromString(frame[4:]) for frame in behind]


def test_the_rest_of_a_broken_frame_does_not_stand_in_the_next_line() -> None:
    """Text that is torn apart by a frame is put together again; the bytes of a broken frame are no text."""
    heard = heard_in([packet(5, 1)[:30] + record("a", 1) + line("a", 2) + b"two ha" + record("a", 3) + b"lves\n"])
    assert [item for item in heard if isinstance(item, str)][1:] == ["chatter a 2 over", "two halves"]


def test_a_packet_that_a_reset_cut_off_costs_the_first_line_of_the_boot_text_at_most() -> None:
    boot = [b"rst:0x1 (POWERON),boot:0x13\r\n", b"//\\ E S H T /\\ S T / C\r\n"]
    victim = packet(5, 77)
    for cut in range(1, len(victim)):
        heard = heard_in([victim[:cut] + b"".join(boot) + record("a", 1)])
        assert "//\\ E S H T /\\ S T / C" in heard
        assert heard[-1] == mesh_pb2.FromRadio.FromString(record("a", 1)[4:])


@pytest.mark.parametrize(
    "flood",
    [b"\x94\xc3\x01\xff", b"\x94", b"\x00", b"\x94\xc3\x02\x00" + b"\x94\xc3" * 255, b"x"],
    ids=["headers", "start bytes", "zeros", "nested headers", "an endless line"],
)
def test_a_flood_of_garbage_takes_bounded_memory(flood: bytes) -> None:
    stream = InboundStream()
    chunk = flood * (16_384 // len(flood))
    stream.feed(chunk)
    tracemalloc.start()
    try:
        for _ in range(6):
            stream.feed(chunk)
        held, _ = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()
    assert held < 4 * LINE_LIMIT_BYTES


def test_a_line_that_comes_byte_by_byte_is_put_together_at_once() -> None:
    """Nobody waits for this test unless each byte copied all that came before it."""
    assembler = LineAssembler()
    lines = [found for _ in range(90_000) for found in assembler.feed(b"x")] + assembler.feed(b"\n")
    assert [len(found) for found in lines] == [90_000]
