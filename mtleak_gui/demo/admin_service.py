# SPDX-License-Identifier: GPL-3.0-only
"""Admin messages of the local client: ``src/modules/AdminModule.cpp``, as far as clients use it on their own node."""

from __future__ import annotations

from collections.abc import Callable
from random import Random
from typing import NamedTuple

from google.protobuf.message import DecodeError
from meshtastic.protobuf import admin_pb2, config_pb2, module_config_pb2

from mtleak_gui.demo.board_config import CHANNELS, BoardConfig
from mtleak_gui.demo.handshake import metadata
from mtleak_gui.demo.scenario import Scenario

REBOOT_AFTER_WRITE = 7
_KEY_BYTES = 32


class AdminOutcome(NamedTuple):
    """The answer (``None``: only an ACK or NAK), log messages, and in how many seconds the board is to restart."""

    response: admin_pb2.AdminMessage | None = None
    lines: tuple[str, ...] = ()
    reboot_in: int | None = None
    bad_request: bool = False
    ignored: bool = False
    """Nobody on the board took it: whoever wants a response gets a NAK."""


class AdminService:
    """Reads and writes the board's settings. Used under the board's lock."""

    def __init__(self, scenario: Scenario, config: BoardConfig, random: Random) -> None:
        self._scenario = scenario
        self._config = config
        self._passkey = random.randbytes(8)
        self._editing = False
        self._getters: dict[str, Callable[[admin_pb2.AdminMessage], AdminOutcome]] = {
            "get_config_request": self._get_config,
            "get_module_config_request": self._get_module_config,
            "get_channel_request": self._get_channel,
            "get_owner_request": self._get_owner,
            "get_device_metadata_request": self._get_metadata,
        }
        self._setters: dict[str, Callable[[admin_pb2.AdminMessage], AdminOutcome]] = {
            "set_config": self._set_config,
            "set_module_config": self._set_module_config,
            "set_channel": self._set_channel,
            "set_owner": self._set_owner,
            "reboot_seconds": self._reboot,
            "begin_edit_settings": self._begin,
            "commit_edit_settings": self._commit,
        }

    def handle(self, payload: bytes) -> AdminOutcome:
        """Carry out a message; what is not known here is acknowledged and does nothing.

        A managed board takes none from a local client, reading included.
        """
        if self._config.security.is_managed:
            return AdminOutcome(lines=("Ignore local admin payload because is_managed",), ignored=True)
        try:
            message = admin_pb2.AdminMessage.FromString(payload)
        except DecodeError:
            return AdminOutcome(bad_request=True)
        wanted = message.WhichOneof("payload_variant") or ""
        getter = self._getters.get(wanted)
        if getter is not None:
            outcome = getter(message)
            if outcome.response is not None:
                outcome.response.session_passkey = self._passkey
            return outcome
        setter = self._setters.get(wanted)
        return AdminOutcome() if setter is None else setter(message)

    def _get_config(self, message: admin_pb2.AdminMessage) -> AdminOutcome:
        section = self._config.config(_section(config_pb2.Config, message.get_config_request))
        if section is None:
            return AdminOutcome(bad_request=True)
        return AdminOutcome(admin_pb2.AdminMessage(get_config_response=section), ("Client got config",))

    def _get_module_config(self, message: admin_pb2.AdminMessage) -> AdminOutcome:
        name = _section(module_config_pb2.ModuleConfig, message.get_module_config_request)
        section = self._config.module_config(name)
        if section is None:
            return AdminOutcome(bad_request=True)
        return AdminOutcome(admin_pb2.AdminMessage(get_module_config_response=section), ("Client got module config",))

    def _get_channel(self, message: admin_pb2.AdminMessage) -> AdminOutcome:
        index = message.get_channel_request - 1
        if not 0 <= index < CHANNELS:
            return AdminOutcome(bad_request=True)
        response = admin_pb2.AdminMessage(get_channel_response=self._config.channels[index])
        return AdminOutcome(response, (f"Client got channel {index}",))

    def _get_owner(self, _message: admin_pb2.AdminMessage) -> AdminOutcome:
        return AdminOutcome(admin_pb2.AdminMessage(get_owner_response=self._config.owner), ("Client got owner",))

    def _get_metadata(self, _message: admin_pb2.AdminMessage) -> AdminOutcome:
        response = admin_pb2.AdminMessage(get_device_metadata_response=metadata(self._scenario))
        return AdminOutcome(response, ("Client got device metadata",))

    def _set_config(self, message: admin_pb2.AdminMessage) -> AdminOutcome:
        if message.set_config.HasField("security") and not _has_sound_keys(message.set_config.security):
            return AdminOutcome(lines=("Security set rejected: invalid key length/count",), bad_request=True)
        section = self._config.write(message.set_config)
        return self._written(f"Set config: {(section or 'unknown').capitalize()}")

    def _set_module_config(self, message: admin_pb2.AdminMessage) -> AdminOutcome:
        section = self._config.write_module(message.set_module_config)
        return self._written(f"Set module config: {(section or 'unknown').capitalize()}")

    def _set_channel(self, message: admin_pb2.AdminMessage) -> AdminOutcome:
        index = message.set_channel.index
        if not 0 <= index < CHANNELS:
            return AdminOutcome(bad_request=True)
        self._config.channels[index].CopyFrom(message.set_channel)
        return AdminOutcome(lines=(f"Client set channel {index}",))

    def _set_owner(self, message: admin_pb2.AdminMessage) -> AdminOutcome:
        self._config.owner.long_name = message.set_owner.long_name or self._config.owner.long_name
        self._config.owner.short_name = message.set_owner.short_name or self._config.owner.short_name
        return self._written("Client set owner")

    def _begin(self, _message: admin_pb2.AdminMessage) -> AdminOutcome:
        self._editing = True
        return AdminOutcome(lines=("Begin transaction for editing settings",))

    def _commit(self, _message: admin_pb2.AdminMessage) -> AdminOutcome:
        self._editing = False
        return self._written("Commit transaction for edited settings")

    def _reboot(self, message: admin_pb2.AdminMessage) -> AdminOutcome:
        seconds = message.reboot_seconds
        lines = (f"Reboot in {seconds} seconds",)
        return AdminOutcome(lines=lines, reboot_in=seconds if seconds >= 0 else None)

    def _written(self, line: str) -> AdminOutcome:
        if self._editing:
            return AdminOutcome(lines=(line, "Delay save of changes to disk until the open transaction is committed"))
        saved = ("Save to disk 21", "Save /prefs/config.proto", f"Reboot in {REBOOT_AFTER_WRITE} seconds")
        return AdminOutcome(lines=(line, *saved), reboot_in=REBOOT_AFTER_WRITE)


def _section(whole: type[config_pb2.Config | module_config_pb2.ModuleConfig], index: int) -> str:
    """Return the name of the section that a request's enum value stands for: their order is the fields' order."""
    fields = whole.DESCRIPTOR.fields
    return fields[index].name if 0 <= index < len(fields) else ""


def _has_sound_keys(security: config_pb2.Config.SecurityConfig) -> bool:
    keys = (len(security.private_key), len(security.public_key))
    return all(key in (0, _KEY_BYTES) for key in keys) and all(len(key) == _KEY_BYTES for key in security.admin_key)
