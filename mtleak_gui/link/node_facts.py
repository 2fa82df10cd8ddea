# SPDX-License-Identifier: GPL-3.0-only
"""What a board said about itself and the nodes it knows, without anything secret."""

from __future__ import annotations

from collections.abc import Mapping

from google.protobuf.internal.enum_type_wrapper import EnumTypeWrapper
from meshtastic.mesh_interface import MeshInterface
from meshtastic.protobuf import config_pb2, mesh_pb2

from mtleak_gui.core.records import BootBanner, DeviceInfo


def device_info(board: MeshInterface, port: str, role: str) -> DeviceInfo:
    """Return what the handshake told. Never holds keys or passkeys."""
    my_info = board.myInfo or mesh_pb2.MyNodeInfo()
    metadata = board.metadata or mesh_pb2.DeviceMetadata()
    config = board.localNode.localConfig
    number = my_info.my_node_num or None
    user = (board.nodesByNum or {}).get(number, {}).get("user", {})
    return DeviceInfo(
        port=port,
        role=role,
        node_num=number,
        node_id=user.get("id"),
        long_name=user.get("longName"),
        short_name=user.get("shortName"),
        hardware=_enum_name(mesh_pb2.HardwareModel, metadata.hw_model) if board.metadata else user.get("hwModel"),
        firmware=metadata.firmware_version or None,
        environment=my_info.pio_env or None,
        region=_enum_name(config_pb2.Config.LoRaConfig.RegionCode, config.lora.region),
        device_role=_enum_name(config_pb2.Config.DeviceConfig.Role, config.device.role),
        reboot_count=my_info.reboot_count or None,
        debug_log_api=config.security.debug_log_api_enabled if config.HasField("security") else None,
    )


def device_of_banner(banner: BootBanner, port: str, role: str) -> DeviceInfo:
    """Return what the boot text of a console told; it names the hardware by its number."""
    number = int(banner.hardware) if banner.hardware.isdecimal() else None
    return DeviceInfo(
        port=port,
        role=role,
        hardware=banner.hardware if number is None else _enum_name(mesh_pb2.HardwareModel, number),
        firmware=banner.version,
        environment=banner.environment or None,
    )


def device_info_data(device: DeviceInfo) -> dict[str, object]:
    """Return the ``data`` of a ``device_info`` event."""
    return {name: value for name, value in device._asdict().items() if name not in ("port", "role")}


def node_updated_data(node: Mapping[str, object]) -> dict[str, object]:
    """Return the ``data`` of a ``node_updated`` event, keys as the peer's recorder writes them."""
    found = node.get("user")
    user: Mapping[str, object] = found if isinstance(found, Mapping) else {}
    return {
        "num": node.get("num"),
        "id": user.get("id"),
        "short": user.get("shortName"),
        "long": user.get("longName"),
        "hops_away": node.get("hopsAway"),
        "snr": node.get("snr"),
        "last_heard": node.get("lastHeard"),
    }


def _enum_name(enum: EnumTypeWrapper, value: int) -> str:
    # A board may be newer than the package and name a value that the package has never heard of.
    return enum.Name(value) if value in enum.values() else str(value)
