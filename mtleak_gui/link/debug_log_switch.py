# SPDX-License-Identifier: GPL-3.0-only
"""The debug log switch in a board's security configuration: what may be written, and whether it was kept.

A board takes its security configuration as a whole (``AdminModule::handleSetConfig``), so it is written back as it was
read in the handshake, fields that the package does not know included, with one flag changed. Keys stay in here: nothing
that leaves this file holds one.
"""

from __future__ import annotations

import hashlib

from meshtastic.protobuf import admin_pb2, config_pb2

from mtleak_gui.core.board_acts import SecurityRead

_KEY_BYTES = 32


def security_read(node_num: int, security: config_pb2.Config.SecurityConfig) -> SecurityRead:
    """Return what can be compared with a later handshake."""
    rest = config_pb2.Config.SecurityConfig()
    rest.CopyFrom(security)
    rest.debug_log_api_enabled = False
    others = hashlib.sha256(rest.SerializeToString(deterministic=True)).hexdigest()
    return SecurityRead(node_num, security.debug_log_api_enabled, others)


def refusal(security: config_pb2.Config.SecurityConfig, *, on: bool) -> str | None:
    """Return why the switch must not be written, as a sentence; ``None`` when it may be."""
    if security.is_managed:
        return "The board is managed: it takes no settings from a local client, only from its administrator."
    if not security.ByteSize():
        # A locked build tells strangers an empty configuration; written back, it would wipe the real one.
        return "The board did not tell its security settings (is it locked?). Writing them back would wipe them."
    if security.public_key and len(security.private_key) != _KEY_BYTES:
        return "The board did not tell all of its security settings. Writing them back would lose its private key."
    if security.debug_log_api_enabled == on:
        return f"The debug log over the API is {'on' if on else 'off'} already."
    return None


def switch_message(security: config_pb2.Config.SecurityConfig, *, on: bool) -> bytes:
    """Return the admin message that switches, everything else as it was read."""
    message = admin_pb2.AdminMessage()
    message.set_config.security.CopyFrom(security)
    message.set_config.security.debug_log_api_enabled = on
    written: bytes = message.SerializeToString()
    return written
