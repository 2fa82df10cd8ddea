# SPDX-License-Identifier: GPL-3.0-only
"""Telemetry packets as the meshtastic package hands them over, made from the real protobufs."""

from __future__ import annotations

from typing import Any

import pytest
from google.protobuf.descriptor import FieldDescriptor
from google.protobuf.json_format import MessageToDict
from meshtastic.protobuf import telemetry_pb2

from mtleak_gui.core.telemetry import ZERO_WHEN_ABSENT, read, with_zero_fields

OWN = 0x79507709
VARIANTS = {
    "device_metrics": "device",
    "local_stats": "local",
    "environment_metrics": "environment",
    "power_metrics": "power",
    "air_quality_metrics": "airQuality",
    "health_metrics": "health",
    "host_metrics": "host",
}


def _packet(telemetry: telemetry_pb2.Telemetry, **sender: object) -> dict[str, object]:
    return {"decoded": {"portnum": "TELEMETRY_APP", "telemetry": MessageToDict(telemetry)}, **sender}


def _local_stats() -> telemetry_pb2.Telemetry:
    telemetry = telemetry_pb2.Telemetry(time=1795370305)
    telemetry.local_stats.heap_free_bytes = 92344
    telemetry.local_stats.heap_total_bytes = 205824
    telemetry.local_stats.num_packets_tx = 4
    return telemetry


def test_a_packet_of_the_own_node_is_read_as_it_came() -> None:
    reading = read(_packet(_local_stats(), **{"from": OWN, "fromId": "!79507709"}), OWN)
    assert reading is not None
    assert reading.variant == "local"
    assert reading.fields == {"heapFreeBytes": 92344, "heapTotalBytes": 205824, "numPacketsTx": 4}
    assert reading.device_time == 1795370305
    assert reading.from_node == "!79507709"
    assert reading.own is True


@pytest.mark.parametrize(
    ("sender", "own_node", "own"),
    [
        ({"from": 1, "fromId": "!00000001"}, OWN, False),
        ({"fromId": "!79507709"}, OWN, True),
        ({"fromId": "!00000001"}, OWN, False),
        ({"from": OWN, "fromId": None}, OWN, True),
        ({}, OWN, None),
        ({"from": OWN}, None, None),
    ],
)
def test_whose_packet_it_is(sender: dict[str, object], own_node: int | None, own: bool | None) -> None:
    reading = read(_packet(_local_stats(), **sender), own_node)
    assert reading is not None
    assert reading.own is own
    assert reading.from_node == (sender.get("fromId") or sender.get("from"))


@pytest.mark.parametrize(("field", "variant"), VARIANTS.items())
def test_each_variant_has_the_name_of_the_peer_in_both_spellings(field: str, variant: str) -> None:
    telemetry = telemetry_pb2.Telemetry(time=1)
    getattr(telemetry, field).SetInParent()
    for snake in (False, True):
        fields = MessageToDict(telemetry, preserving_proto_field_name=snake)
        reading = read({"decoded": {"telemetry": fields}}, None)
        assert reading is not None
        assert reading.variant == variant


@pytest.mark.parametrize(
    "packet",
    [
        {},
        {"decoded": None},
        {"decoded": {"telemetry": b""}},
        {"decoded": {"telemetry": {"time": 1}}},
        {"decoded": {"telemetry": {"localStats": 5}}},
        {"decoded": {"telemetry": {"trafficManagementStats": {}}}},
    ],
)
def test_what_is_no_telemetry_of_a_known_variant_is_no_reading(packet: dict[str, Any]) -> None:
    assert read(packet, OWN) is None


def test_bytes_become_hex() -> None:
    reading = read({"decoded": {"telemetry": {"localStats": {"x": b"\x01\xff"}}}}, None)
    assert reading is not None
    assert reading.fields == {"x": "01ff"}


def test_numbers_that_are_not_sent_when_zero_are_filled_in_the_spelling_of_the_others() -> None:
    camel = with_zero_fields("local", {"numPacketsTx": 4})
    assert camel["numPacketsTx"] == 4
    assert camel["numPacketsRx"] == 0
    snake = with_zero_fields("local", {"num_packets_tx": 4})
    assert snake["num_packets_rx"] == 0
    assert "numPacketsRx" not in snake


def test_a_heap_that_is_not_reported_is_never_filled() -> None:
    filled = with_zero_fields("local", {"numPacketsTx": 4})
    assert not any("heap" in name.lower() for name in filled)
    assert with_zero_fields("device", {"voltage": 4.1}) == {"voltage": 4.1}


@pytest.mark.parametrize(("field", "variant"), VARIANTS.items())
def test_the_table_names_exactly_the_numbers_without_presence_whose_zero_is_a_value(field: str, variant: str) -> None:
    message = telemetry_pb2.Telemetry.DESCRIPTOR.fields_by_name[field].message_type
    numbers = {
        entry.name
        for entry in message.fields
        if not entry.has_presence
        and entry.type not in (FieldDescriptor.TYPE_STRING, FieldDescriptor.TYPE_MESSAGE)
        and entry.name != "one_wire_temperature"  # repeated
    }
    not_reported_as_zero = {"heap_total_bytes", "heap_free_bytes", "noise_floor", "freemem_bytes", "diskfree1_bytes"}
    assert set(ZERO_WHEN_ABSENT.get(variant, ())) == numbers - not_reported_as_zero
