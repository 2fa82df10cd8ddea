# SPDX-License-Identifier: GPL-3.0-only
"""The short form of the fuzzing: what was found once is read again, and so are inputs made of it by chance."""

from __future__ import annotations

from importlib import import_module
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.conftest import DATA

CORPUS = DATA / "corpus"
TARGETS = sorted(path.stem.removeprefix("fuzz_") for path in Path(__file__).parent.glob("fuzz_*.py"))


def corpus_of(target: str) -> list[bytes]:
    return [file.read_bytes() for file in sorted((CORPUS / target).iterdir())]


@st.composite
def spoiled(draw: st.DrawFn, target: str) -> bytes:
    """Return an input of the corpus, cut, joined to another one or with some bytes replaced."""
    inputs = st.sampled_from(corpus_of(target))
    data = bytearray(draw(inputs))
    if draw(st.booleans()):
        other = draw(inputs)
        at = draw(st.integers(0, len(data)))
        data[at:] = other[draw(st.integers(0, len(other))) :]
    for place, byte in draw(st.lists(st.tuples(st.integers(0, 20_000), st.binary(max_size=3)), max_size=4)):
        at = place % (len(data) + 1)
        data[at : at + len(byte)] = byte
    return bytes(data)


@pytest.mark.parametrize("target", TARGETS)
def test_what_was_found_once_is_read(target: str) -> None:
    one_input = import_module(f"tests.fuzz.fuzz_{target}").one_input
    inputs = corpus_of(target)
    assert inputs
    for data in inputs:
        one_input(data)


@pytest.mark.parametrize("target", TARGETS)
@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large])
@given(st.data())
def test_what_chance_makes_of_it_is_read(target: str, data: st.DataObject) -> None:
    import_module(f"tests.fuzz.fuzz_{target}").one_input(data.draw(spoiled(target)))
