# SPDX-License-Identifier: GPL-3.0-only
"""One telemetry packet, as the meshtastic package decodes it: variant, fields, device time, whose it is."""

from __future__ import annotations

from collections.abc import Mapping

from mtleak_gui.core.records import TelemetryReading

# Order and names of the peer's recorder. Packets carry one of them, in camel case (``MessageToDict``) or snake case.
_VARIANTS = (
    ("device_metrics", "deviceMetrics", "device"),
    ("local_stats", "localStats", "local"),
    ("environment_metrics", "environmentMetrics", "environment"),
    ("power_metrics", "powerMetrics", "power"),
    ("air_quality_metrics", "airQualityMetrics", "airQuality"),
    ("health_metrics", "healthMetrics", "health"),
    ("host_metrics", "hostMetrics", "host"),
)

ZERO_WHEN_ABSENT: Mapping[str, tuple[str, ...]] = {
    "local": (
        "uptime_seconds",
        "channel_utilization",
        "air_util_tx",
        "num_packets_tx",
        "num_packets_rx",
        "num_packets_rx_bad",
        "num_online_nodes",
        "num_total_nodes",
        "num_rx_dupe",
        "num_tx_relay",
        "num_tx_relay_canceled",
        "num_tx_dropped",
    ),
    "host": ("uptime_seconds", "load1", "load5", "load15"),
}
"""Numbers without presence in ``telemetry.proto``: 0 is never sent, so absent means 0.

Left out are those whose 0 means "not reported": heap, free memory and disk of boards that cannot tell, and the noise
floor before it is measured.
"""


def read(packet: Mapping[str, object], own_node: int | None) -> TelemetryReading | None:
    """Return the reading in a packet of ``meshtastic.receive.telemetry``, or ``None`` when its variant is not known.

    ``fields`` are as received (bytes as hex), spelled as received; see ``with_zero_fields`` for what is not sent.
    """
    telemetry = _part(_part(packet, "decoded"), "telemetry")
    for snake, camel, variant in _VARIANTS:
        found = telemetry.get(snake)
        fields = found if isinstance(found, Mapping) else telemetry.get(camel)
        if isinstance(fields, Mapping):
            device_time = telemetry.get("time")
            return TelemetryReading(
                variant=variant,
                fields={str(name): _plain(value) for name, value in fields.items()},
                device_time=device_time if isinstance(device_time, int) else None,
                from_node=_from_node(packet),
                own=_is_own(packet, own_node),
            )
    return None


def with_zero_fields(variant: str, fields: Mapping[str, object]) -> dict[str, object]:
    """Return the fields with a 0 for each number that is not sent when it is 0, spelled as the others are."""
    snake = any("_" in name for name in fields)
    zeros = {name if snake else _camel(name): 0 for name in ZERO_WHEN_ABSENT.get(variant, ())}
    return {**fields, **{name: zero for name, zero in zeros.items() if name not in fields}}


def _part(whole: Mapping[str, object], name: str) -> Mapping[str, object]:
    found = whole.get(name)
    return found if isinstance(found, Mapping) else {}


def _from_node(packet: Mapping[str, object]) -> str | int | None:
    for name in ("fromId", "from"):
        sender = packet.get(name)
        if sender and isinstance(sender, str | int):
            return sender
    return None


def _is_own(packet: Mapping[str, object], own_node: int | None) -> bool | None:
    if own_node is None:
        return None
    number = packet.get("from")
    if isinstance(number, int):
        return number == own_node
    name = packet.get("fromId")
    return name.lower() == f"!{own_node:08x}" if isinstance(name, str) else None


def _camel(name: str) -> str:
    first, *others = name.split("_")
    return first + "".join(part.title() for part in others)


def _plain(value: object) -> object:
    return bytes(value).hex() if isinstance(value, bytes | bytearray | memoryview) else value
