# SPDX-License-Identifier: GPL-3.0-only
"""What a board answers to ``want_config_id``: the frames, in the order that clients rely on.

Source: ``PhoneAPI::getFromRadio`` ("the client apps ASSUME THIS SEQUENCE") and recorded handshakes.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from meshtastic.protobuf import device_ui_pb2, mesh_pb2, telemetry_pb2

from mtleak_gui.demo.board_config import REGION_PRESETS, BoardConfig
from mtleak_gui.demo.mesh_nodes import Identity, Neighbour
from mtleak_gui.demo.mesh_traffic import position, user
from mtleak_gui.demo.scenario import Scenario

ONLY_CONFIG, ONLY_NODES = 69420, 69421
"""Special values of ``want_config_id``: leave the other nodes out; leave everything but the nodes out."""

_EXCLUDED_MODULES = 15_830
_POSITION_FLAGS = 811
_MIN_APP_VERSION = 30_200
_PREFS = ("device", 114), ("nodes", 472), ("channels", 55), ("config", 168), ("module", 109)


class BoardFacts(NamedTuple):
    """What the handshake says about the board at this moment; ``wall`` is its epoch time."""

    scenario: Scenario
    identity: Identity
    nodes: tuple[Neighbour, ...]
    reboot_count: int
    wall: float
    has_sent_packets: bool


def handshake(nonce: int, facts: BoardFacts, config: BoardConfig) -> Iterator[bytes]:
    """Yield the serialized ``FromRadio`` messages that answer ``want_config_id=nonce``."""
    own = mesh_pb2.FromRadio(node_info=own_node(facts, config)).SerializeToString()
    others = (mesh_pb2.FromRadio(node_info=other_node(node, facts.wall)).SerializeToString() for node in facts.nodes)
    if nonce == ONLY_NODES:
        yield own
        yield from others
    else:
        yield mesh_pb2.FromRadio(my_info=_my_info(facts)).SerializeToString()
        screen = device_ui_pb2.DeviceUIConfig(screen_brightness=153, screen_timeout=30)
        yield mesh_pb2.FromRadio(deviceuiConfig=screen).SerializeToString()
        yield own
        yield mesh_pb2.FromRadio(metadata=metadata(facts.scenario)).SerializeToString()
        yield REGION_PRESETS
        yield from _settings(config)
        if nonce != ONLY_CONFIG:
            yield from others
        yield from _files(facts)
    yield mesh_pb2.FromRadio(config_complete_id=nonce).SerializeToString()


def metadata(scenario: Scenario) -> mesh_pb2.DeviceMetadata:
    """Return the board's firmware version, hardware and abilities."""
    platform = scenario.hardware.platform
    return mesh_pb2.DeviceMetadata(
        firmware_version=scenario.firmware,
        device_state_version=25,
        canShutdown=platform.has_battery,
        hasWifi=platform.boot_rom is not None or platform.simulated_radio,
        hasBluetooth=platform.has_battery,
        position_flags=_POSITION_FLAGS,
        hw_model=mesh_pb2.HardwareModel.Value(scenario.hardware.model),
        hasPKC=True,
        excluded_modules=_EXCLUDED_MODULES,
    )


def own_node(facts: BoardFacts, config: BoardConfig) -> mesh_pb2.NodeInfo:
    """Return the board's own entry of its node database."""
    owner = mesh_pb2.User()
    owner.CopyFrom(config.owner)
    owner.hw_model = mesh_pb2.HardwareModel.Value(facts.scenario.hardware.model)
    own = mesh_pb2.NodeInfo(num=facts.identity.num, user=owner, position=mesh_pb2.Position(), is_favorite=True)
    if facts.nodes:
        own.last_heard = int(facts.wall)
    return own


def other_node(node: Neighbour, wall: float) -> mesh_pb2.NodeInfo:
    """Return the entry of another node, last heard within the last quarter of an hour."""
    heard = int(wall) - node.num % 900
    metrics = telemetry_pb2.DeviceMetrics(battery_level=50 + node.num % 50, voltage=3.9)
    return mesh_pb2.NodeInfo(
        num=node.num,
        user=user(node),
        position=position(node, heard),
        snr=node.snr,
        last_heard=heard,
        device_metrics=metrics,
        hops_away=node.hops,
    )


def _my_info(facts: BoardFacts) -> mesh_pb2.MyNodeInfo:
    return mesh_pb2.MyNodeInfo(
        my_node_num=facts.identity.num,
        reboot_count=facts.reboot_count,
        min_app_version=_MIN_APP_VERSION,
        device_id=facts.identity.device_id,
        pio_env=facts.scenario.hardware.environment,
        nodedb_count=1 + len(facts.nodes),
    )


def _settings(config: BoardConfig) -> Iterator[bytes]:
    for channel in config.channels:
        yield mesh_pb2.FromRadio(channel=channel).SerializeToString()
    for section in config.configs():
        yield mesh_pb2.FromRadio(config=section).SerializeToString()
    for module in config.module_configs():
        yield mesh_pb2.FromRadio(moduleConfig=module).SerializeToString()


def _files(facts: BoardFacts) -> Iterator[bytes]:
    files = [*_PREFS, *((("transmit_history", 13),) if facts.has_sent_packets else ())]
    for name, size in files:
        ending = "dat" if name == "transmit_history" else "proto"
        entry = mesh_pb2.FileInfo(file_name=f"/prefs/{name}.{ending}", size_bytes=size)
        yield mesh_pb2.FromRadio(fileInfo=entry).SerializeToString()
