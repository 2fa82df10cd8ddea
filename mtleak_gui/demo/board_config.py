# SPDX-License-Identifier: GPL-3.0-only
"""The configuration that a board keeps over restarts: channels, config and module config, as the handshake sends them.

Defaults are those that firmware 2.8.0 installs, read from recorded handshakes.
"""

from __future__ import annotations

from collections.abc import Iterator

from meshtastic.protobuf import channel_pb2, config_pb2, mesh_pb2, module_config_pb2

from mtleak_gui.demo.mesh_nodes import Identity

CHANNELS = 8

REGION_PRESETS = bytes.fromhex(
    "9a01ef010a0c0a0a000103040506070809100a0d0a0b000103040506070a0b0c0d0a0f0a0b000103040506070a0b0c0d100a0a0f0a0b"
    "000103040506070a0b0c0d100d0a080a020e0f100e18010a080a020c0d100d1801120208011202080212040803100112"
    "04081d1002120408201003120208041202080512020806120208161202080912020807120208081202080a1202080b1202080c1202080e"
    "1202081012020811120208121202081312020814120208151202081712020818120208191202081a1204081b10041204081c1004120408"
    "2110041204082510051204082210051204082310051204082410051202080d"
)
"""A ``FromRadio`` with the map of regions to modem presets (field 19), still unknown to the meshtastic package."""

_MESH_BEACON = bytes.fromhex("8a01020805")
"""A ``ModuleConfig`` with the mesh beacon's settings (field 17), unknown to the package as well."""

_PUBLIC_KEY = b"\x01"


class BoardConfig:
    """What admin messages read and write. Used under the board's lock."""

    def __init__(
        self,
        identity: Identity,
        *,
        region_set: bool,
        debug_log_api: bool = False,
        security: config_pb2.Config.SecurityConfig | None = None,
    ) -> None:
        """``security`` replaces what a fresh board has, keys and switches."""
        self.owner = mesh_pb2.User(
            id=f"!{identity.num:08x}",
            long_name=identity.long_name,
            short_name=identity.short_name,
            macaddr=identity.mac,
            public_key=identity.public_key,
            is_unmessagable=False,
        )
        self.channels = [_channel(index) for index in range(CHANNELS)]
        self._config = _default_config(identity, region_set=region_set)
        if security is not None:
            self._config["security"].security.CopyFrom(security)
        else:
            self._config["security"].security.debug_log_api_enabled = debug_log_api
        self._module_config = _default_module_config(identity)

    @property
    def debug_log_api(self) -> bool:
        """Whether log lines go to serial clients as LogRecords."""
        return bool(self._config["security"].security.debug_log_api_enabled)

    @property
    def security(self) -> config_pb2.Config.SecurityConfig:
        """The security settings, keys included."""
        return self._config["security"].security

    def config(self, section: str) -> config_pb2.Config | None:
        """Return one section, named as in ``Config``, or ``None``."""
        return self._config.get(section)

    def module_config(self, section: str) -> module_config_pb2.ModuleConfig | None:
        """Return one module's section, named as in ``ModuleConfig``, or ``None``."""
        return self._module_config.get(section)

    def configs(self) -> Iterator[config_pb2.Config]:
        """Yield every section in the order of the handshake."""
        yield from self._config.values()

    def module_configs(self) -> Iterator[module_config_pb2.ModuleConfig]:
        """Yield every module's section in the order of the handshake."""
        yield from self._module_config.values()

    def write(self, config: config_pb2.Config) -> str | None:
        """Replace the section that a client wrote and return its name.

        A private key that is left out is kept, with its public one (``AdminModule::handleSetConfig``).
        """
        section: str | None = config.WhichOneof("payload_variant")
        if section == "security" and not config.security.private_key:
            config.security.private_key = self.security.private_key
            config.security.public_key = self.security.public_key
        if section is not None:
            self._config[section] = config
        return section

    def write_module(self, config: module_config_pb2.ModuleConfig) -> str | None:
        """Replace the module's section that a client wrote and return its name."""
        section: str | None = config.WhichOneof("payload_variant")
        if section is not None:
            self._module_config[section] = config
        return section


def _channel(index: int) -> channel_pb2.Channel:
    if index:
        return channel_pb2.Channel(index=index, settings=channel_pb2.ChannelSettings())
    settings = channel_pb2.ChannelSettings(psk=_PUBLIC_KEY, module_settings=channel_pb2.ModuleSettings())
    return channel_pb2.Channel(settings=settings, role=channel_pb2.Channel.Role.PRIMARY)


def _default_config(identity: Identity, *, region_set: bool) -> dict[str, config_pb2.Config]:
    whole = config_pb2.Config
    region = whole.LoRaConfig.RegionCode.EU_868 if region_set else whole.LoRaConfig.RegionCode.UNSET
    sections = (
        whole(device=whole.DeviceConfig(node_info_broadcast_secs=10_800)),
        whole(
            position=whole.PositionConfig(
                position_broadcast_secs=3_600,
                position_broadcast_smart_enabled=True,
                gps_update_interval=120,
                position_flags=811,
                broadcast_smart_minimum_distance=100,
                broadcast_smart_minimum_interval_secs=300,
                gps_mode=whole.PositionConfig.GpsMode.NOT_PRESENT,
            )
        ),
        whole(power=whole.PowerConfig(wait_bluetooth_secs=60, sds_secs=0xFFFFFFFF, ls_secs=300, min_wake_secs=10)),
        whole(network=whole.NetworkConfig(ntp_server="meshtastic.pool.ntp.org")),
        whole(display=whole.DisplayConfig(screen_on_secs=600)),
        whole(
            lora=whole.LoRaConfig(
                use_preset=True,
                region=region,
                hop_limit=3,
                tx_enabled=True,
                tx_power=30,
                sx126x_rx_boosted_gain=True,
                fem_lna_mode=whole.LoRaConfig.FEM_LNA_Mode.NOT_PRESENT,
            )
        ),
        whole(
            bluetooth=whole.BluetoothConfig(
                enabled=True, mode=whole.BluetoothConfig.PairingMode.FIXED_PIN, fixed_pin=123_456
            )
        ),
        whole(
            security=whole.SecurityConfig(
                public_key=identity.public_key, private_key=identity.private_key, serial_enabled=True
            )
        ),
        whole(sessionkey=whole.SessionkeyConfig()),
        whole(device_ui={}),
    )
    return {section.WhichOneof("payload_variant") or "": section for section in sections}


def _default_module_config(identity: Identity) -> dict[str, module_config_pb2.ModuleConfig]:
    whole = module_config_pb2.ModuleConfig
    red, green, blue = identity.num.to_bytes(4, "big")[1:]
    sections = {
        "mqtt": whole(
            mqtt=whole.MQTTConfig(
                address="mqtt.meshtastic.org",
                username="meshdev",
                password="large4cats",  # noqa: S106 - the public default that every board ships with
                encryption_enabled=True,
                root="msh",
            )
        ),
        "serial": whole(serial={}),
        "external_notification": whole(external_notification={}),
        "store_forward": whole(store_forward={}),
        "range_test": whole(range_test={}),
        "telemetry": whole(telemetry=whole.TelemetryConfig(device_update_interval=0x7FFFFFFF)),
        "canned_message": whole(canned_message={}),
        "audio": whole(audio={}),
        "remote_hardware": whole(remote_hardware={}),
        "neighbor_info": whole(neighbor_info={}),
        "ambient_lighting": whole(
            ambient_lighting=whole.AmbientLightingConfig(current=10, red=red, green=green, blue=blue)
        ),
        "detection_sensor": whole(
            detection_sensor=whole.DetectionSensorConfig(
                minimum_broadcast_secs=45,
                detection_trigger_type=whole.DetectionSensorConfig.TriggerType.LOGIC_HIGH,
            )
        ),
        "paxcounter": whole(paxcounter={}),
        "statusmessage": whole(statusmessage={}),
        "traffic_management": whole(
            traffic_management=whole.TrafficManagementConfig(position_min_interval_secs=39_600)
        ),
        "tak": whole(tak={}),
    }
    sections["mesh_beacon"] = whole.FromString(_MESH_BEACON)
    return sections
