# SPDX-License-Identifier: GPL-3.0-only
"""The board's own identity and the other nodes of its mesh, made from the seed."""

from __future__ import annotations

from typing import NamedTuple
from zlib import crc32

from mtleak_gui.demo.scenario import Scenario
from mtleak_gui.demo.seeded_random import chance

BROADCAST = 0xFFFFFFFF

_NAMES = (
    ("Ridge Repeater", "RDGE", "ROUTER", "HELTEC_V3"),
    ("Attic Window", "ATTC", "CLIENT", "TBEAM"),
    ("Bike Tracker", "BIKE", "TRACKER", "T_ECHO"),
    ("Allotment Weather", "WX01", "SENSOR", "RAK4631"),
    ("Harbour Office", "HRBR", "CLIENT", "HELTEC_V3"),
    ("Base Station", "BASE", "ROUTER_LATE", "STATION_G2"),
)


class Identity(NamedTuple):
    """What makes this board this one."""

    num: int
    long_name: str
    short_name: str
    mac: bytes
    device_id: bytes
    public_key: bytes
    private_key: bytes


class Neighbour(NamedTuple):
    """Another node of the mesh; position in 1e-7 degrees, ``heap_free`` what its own LocalStats tell (bytes)."""

    num: int
    long_name: str
    short_name: str
    role: str
    model: str
    latitude: int
    longitude: int
    hops: int
    snr: float
    heap_free: int


def node_id(num: int) -> str:
    """Return the name that node numbers go by, such as ``!433d1a2c``."""
    return f"!{num:08x}"


def identity(scenario: Scenario, seed: int) -> Identity:
    """Return the identity of the scenario's board; another seed is another board."""
    random = chance("identity", scenario.name, seed)
    mac = bytes([0x24, 0x6F, *random.randbytes(4)])
    num = int.from_bytes(mac[2:], "big") or 1
    short = f"{num & 0xFFFF:04x}"
    keys = (random.randbytes(16), random.randbytes(32), random.randbytes(32))
    return Identity(num, f"Meshtastic {short}", short, mac, *keys)


def neighbours(scenario: Scenario, seed: int) -> tuple[Neighbour, ...]:
    """Return the other nodes that the board knows, at most six."""
    random = chance("neighbours", seed)
    return tuple(
        Neighbour(
            crc32(f"{name}/{seed}".encode()) | 0x1000,
            name,
            short,
            role,
            model,
            latitude=521_500_000 + random.randrange(-900_000, 900_000),
            longitude=46_800_000 + random.randrange(-900_000, 900_000),
            hops=random.choice((0, 0, 1, 1, 2)),
            snr=random.randrange(-40, 45) / 4,
            heap_free=random.randrange(40_000, 160_000, 8),
        )
        for name, short, role, model in _NAMES[: scenario.other_nodes]
    )
