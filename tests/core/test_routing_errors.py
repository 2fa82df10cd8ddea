# SPDX-License-Identifier: GPL-3.0-only
"""Names of routing errors, compared with the protobufs of the meshtastic package."""

from __future__ import annotations

import pytest
from meshtastic.protobuf import mesh_pb2

from mtleak_gui.core.routing_errors import ROUTING_ERRORS, routing_error_in


def test_the_names_are_those_of_the_protobufs() -> None:
    assert {value.number: value.name for value in mesh_pb2.Routing.Error.DESCRIPTOR.values} == ROUTING_ERRORS


@pytest.mark.parametrize(
    ("message", "name"),
    [
        ("Alloc an err=5,to=0x9b65788,idFrom=0x72c4ff5c,id=0xa3aca66b", "MAX_RETRANSMIT"),
        ("ALLOC AN ERR=39,to=0x1", "PKI_SEND_FAIL_PUBLIC_KEY"),
        ("Alloc an err=77,to=0x1", "UNKNOWN_77"),
        ("Alloc an err=-1,to=0x1", "UNKNOWN_-1"),
        ("Alloc an err=ENOMEM,to=0x1", None),
        ("Alloc an err=", None),
        ("err=5", None),
    ],
)
def test_the_error_of_a_nak_is_named(message: str, name: str | None) -> None:
    assert routing_error_in(message) == name
