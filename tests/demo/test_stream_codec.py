# SPDX-License-Identifier: GPL-3.0-only
"""Frames survive any chunking and any garbage around them."""

from __future__ import annotations

from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from mtleak_gui.demo.stream_codec import LONGEST_PAYLOAD, START, Frame, FrameDecoder, Text, encode_frame

PAYLOADS = st.binary(max_size=LONGEST_PAYLOAD)
PLAIN_TEXT = st.binary(max_size=40).filter(lambda data: START[0] not in data)


def _decoded(data: bytes, cuts: list[int] | None = None) -> list[Frame | Text]:
    decoder = FrameDecoder()
    edges = [0, *sorted(cut % (len(data) + 1) for cut in cuts or []), len(data)]
    return [part for start, end in pairwise(edges) for part in decoder.feed(data[start:end])]


def _joined(parts: list[Frame | Text]) -> list[bytes | Frame]:
    """Return the parts with neighbouring texts made one, since text may come out in any pieces."""
    joined: list[bytes | Frame] = []
    for part in parts:
        if isinstance(part, Text) and joined and isinstance(joined[-1], bytes):
            joined[-1] += part.data
        else:
            joined.append(part.data if isinstance(part, Text) else part)
    return joined


@settings(deadline=None)
@given(st.lists(st.tuples(PLAIN_TEXT, PAYLOADS), max_size=6), st.lists(st.integers(min_value=0), max_size=12))
def test_frames_and_the_text_between_them_come_out_whole_however_they_are_cut(
    parts: list[tuple[bytes, bytes]], cuts: list[int]
) -> None:
    data = b"".join(text + encode_frame(payload) for text, payload in parts)
    expected: list[bytes | Frame] = []
    for text, payload in parts:
        expected += ([text] if text else []) + [Frame(payload)]
    assert _joined(_decoded(data, cuts)) == expected


@settings(deadline=None)
@given(st.binary(max_size=1500), st.lists(st.integers(min_value=0), max_size=12))
def test_garbage_never_raises_loses_nothing_and_does_not_depend_on_the_cuts(data: bytes, cuts: list[int]) -> None:
    whole = _decoded(data)
    assert _joined(_decoded(data, cuts)) == _joined(whole)
    told = b"".join(encode_frame(part.payload) if isinstance(part, Frame) else part.data for part in whole)
    assert data.startswith(told)


@settings(deadline=None)
@given(st.integers(min_value=LONGEST_PAYLOAD + 1, max_value=0xFFFF), PAYLOADS)
def test_a_header_with_a_wrong_length_is_text_and_the_next_frame_is_found(length: int, payload: bytes) -> None:
    bogus = START + length.to_bytes(2, "big")
    assert _joined(_decoded(bogus + encode_frame(payload))) == [bogus, Frame(payload)]


def test_an_empty_frame_is_a_frame_and_a_long_one_is_refused() -> None:
    assert _decoded(b"\x94\xc3\x00\x00") == [Frame(b"")]
    with pytest.raises(ValueError, match="at most 512 bytes, not 513"):
        encode_frame(bytes(513))


def test_a_begun_frame_is_forgotten_at_a_restart() -> None:
    decoder = FrameDecoder()
    assert list(decoder.feed(encode_frame(b"lost")[:-1])) == []
    decoder.reset()
    assert list(decoder.feed(b"boot" + encode_frame(b"new"))) == [Text(b"boot"), Frame(b"new")]


@pytest.mark.parametrize("name", ["heap-serial", "stock-serial-reboot", "stock-tcp", "heap2-leak-tcp"])
def test_recorded_streams_come_apart_and_together_again_byte_for_byte(data: Path, name: str) -> None:
    for direction in ("rx", "tx"):
        recorded = (data / f"{name}.{direction}.bin").read_bytes()
        parts = _decoded(recorded, list(range(0, len(recorded), 97)))
        together = b"".join(encode_frame(part.payload) if isinstance(part, Frame) else part.data for part in parts)
        assert together == recorded
        assert sum(isinstance(part, Frame) for part in parts) > 3
