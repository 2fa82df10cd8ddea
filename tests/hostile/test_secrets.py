# SPDX-License-Identifier: GPL-3.0-only
"""Whatever a board sends of its settings, keys and passkeys, none of it is written anywhere."""

from __future__ import annotations

import base64
from collections.abc import Iterator
from itertools import count
from pathlib import Path
from typing import Any

from google.protobuf.message import Message
from meshtastic.protobuf import admin_pb2, channel_pb2, config_pb2, mesh_pb2, module_config_pb2, portnums_pb2

from mtleak_gui.demo.stream_codec import encode_frame
from tests.hostile.heard_board import HeardBoard
from tests.hostile.pty_way import PtyWay

_PIN = 918273
_CONFIGS = (config_pb2.Config, module_config_pb2.ModuleConfig)
_LINES = (
    "DEBUG | 12:00:00 5 [Router] Expected session key:  {spaced}",
    "DEBUG | 12:00:00 5 [Router] Attempt PKI decrypt with shared_key starting with:  {spaced}",
    "INFO  | 12:00:00 5 [NimbleBluetooth] *** Enter passkey {pin} on the peer side ***",
    "INFO  | 12:00:00 5 [mqtt] Connect to MQTT server, port: 1883, username: u, password: {word}",
)


class Secrets:
    """Gives out texts and keys that stand nowhere else, and finds them in files."""

    def __init__(self) -> None:
        self._numbers = count(1)
        self.words: list[str] = []
        self.keys: list[bytes] = []

    def word(self) -> str:
        """Return a new one."""
        self.words.append(f"hush{next(self._numbers):04d}x")
        return self.words[-1]

    def key(self) -> bytes:
        """Return a new one of 16 bytes."""
        self.keys.append(b"\xa7\xf3" + next(self._numbers).to_bytes(2, "big") + bytes(range(0xC0, 0xCC)))
        return self.keys[-1]

    def fill(self, message: Message) -> None:
        """Put secrets into every text and every bytes of a message, and the pin into its ``fixed_pin``."""
        for field in message.DESCRIPTOR.fields:
            values = list(self._values(field))
            if not values:
                continue
            if isinstance(values[0], Message):
                self.fill(getattr(message, field.name).add() if field.is_repeated else getattr(message, field.name))
            elif field.is_repeated:
                getattr(message, field.name).extend(values)
            elif field.containing_oneof is None:
                setattr(message, field.name, values[0])

    def _values(self, field: Any) -> Iterator[object]:
        if field.type == field.TYPE_BYTES:
            yield self.key()
        elif field.type == field.TYPE_STRING:
            yield self.word()
        elif field.name == "fixed_pin":
            yield _PIN
        elif field.type == field.TYPE_MESSAGE and field.message_type.name in ("ModuleSettings", "ChannelSettings"):
            yield Message()

    def found_in(self, folder: Path) -> set[str]:
        """Return those that stand in any file below ``folder``, however they are spelled."""
        needles = {word: [word.encode()] for word in self.words} | {"pin": [str(_PIN).encode()]}
        for key in self.keys:
            spelled = [key.hex(), key.hex(" "), base64.b64encode(key).decode()[:20], repr(key)[2:-1]]
            needles[key.hex()] = [key, *(text.encode() for text in spelled)]
        contents = [path.read_bytes() for path in folder.rglob("*") if path.is_file()]
        return {name for name, forms in needles.items() for form in forms for held in contents if form in held}


def _settings(secrets: Secrets) -> Iterator[mesh_pb2.FromRadio]:
    for whole, name in zip(_CONFIGS, ("config", "moduleConfig"), strict=True):
        for section in whole.DESCRIPTOR.fields:
            message = mesh_pb2.FromRadio()
            filled = getattr(getattr(message, name), section.name)
            filled.SetInParent()
            secrets.fill(filled)
            yield message
    channel = channel_pb2.Channel(index=1, role=channel_pb2.Channel.Role.SECONDARY)
    channel.settings.psk, channel.settings.name = secrets.key(), secrets.word()[:11]
    yield mesh_pb2.FromRadio(channel=channel)


def _packets(secrets: Secrets, sender: int) -> Iterator[mesh_pb2.FromRadio]:
    security = config_pb2.Config.SecurityConfig(private_key=secrets.key(), admin_key=[secrets.key()])
    admin = admin_pb2.AdminMessage(
        get_config_response=config_pb2.Config(security=security), session_passkey=secrets.key()
    )
    verification = secrets.key()
    for number, (port, payload) in enumerate(
        (
            (portnums_pb2.PortNum.ADMIN_APP, admin.SerializeToString()),
            (portnums_pb2.PortNum.KEY_VERIFICATION_APP, verification),
        )
    ):
        data = mesh_pb2.Data(portnum=port, payload=payload)
        fields = {"from": sender, "to": 0xFFFFFFFF, "id": 900_000 + number, "decoded": data}
        yield mesh_pb2.FromRadio(packet=mesh_pb2.MeshPacket(**fields))


def _lines(secrets: Secrets) -> list[str]:
    return [text.format(spaced=secrets.key().hex(" "), pin=_PIN, word=secrets.word()) for text in _LINES]


def test_no_setting_key_or_passkey_is_written_anywhere(board: HeardBoard, tmp_path: Path) -> None:
    secrets = Secrets()
    own = board.chatter.sender
    for message in (*_settings(secrets), *_packets(secrets, own), *_packets(secrets, 0x22222222)):
        board.way.tap.put_in(encode_frame(message.SerializeToString()))
    for text in _lines(secrets):
        record = mesh_pb2.LogRecord(message=text.split("] ", 1)[1], source="Router", level=10)
        board.way.tap.put_in(encode_frame(mesh_pb2.FromRadio(log_record=record).SerializeToString()))
        if isinstance(board.way, PtyWay):
            board.way.tap.put_in(text.encode() + b"\r\n")
    board.until_heard()
    hidden = [row["line"] for row in board.rows("logs") if "[hidden]" in row["line"]]
    assert len(hidden) >= len(_LINES)
    kept = [row for row in board.rows("packets") if row["portnum"] in ("ADMIN_APP", "KEY_VERIFICATION_APP")]
    assert {row["payload_hex_prefix"] for row in kept} == {None}
    assert len(kept) >= 2
    assert secrets.found_in(tmp_path) == set()
