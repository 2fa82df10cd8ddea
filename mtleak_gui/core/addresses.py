# SPDX-License-Identifier: GPL-3.0-only
"""The addresses of boards, as they are given on the command line and in the window."""

from __future__ import annotations

import ipaddress
import re
from typing import NamedTuple
from urllib.parse import urlsplit

DEFAULT_TCP_PORT = 4403
SLOWEST, FASTEST = 1.0, 600.0
FORMS = (
    "serial:PATH (also serial:socket://HOST:PORT and serial:rfc2217://HOST:PORT), tcp:HOST[:PORT] "
    "(IPv6 in brackets), ble:ADDRESS (as in ble:AA:BB:CC:DD:EE:FF), or demo:SCENARIO[@SPEED]"
)

REMOTE_SERIAL = ("socket", "rfc2217")
"""How a serial port of another computer is reached: raw bytes over TCP, or RFC 2217, which sets its lines too."""

_HOST_NAME = re.compile(r"[A-Za-z0-9_](?:[A-Za-z0-9_.-]{0,252}[A-Za-z0-9_.])?")


_BLE = re.compile(r"[0-9A-Fa-f]{2}(?:[:-][0-9A-Fa-f]{2}){5}|[0-9A-Fa-f]{8}(?:-[0-9A-Fa-f]{4}){3}-[0-9A-Fa-f]{12}")
"""A Bluetooth address or, on macOS, which tells none, the UUID that the system gives to the board."""


class AddressError(ValueError):
    """What was given is no address of a board. The text names it and says what is allowed."""


class SerialAddress(NamedTuple):
    """A serial port: a device path or name, a ``socket://`` or an ``rfc2217://`` URL."""

    device: str

    @property
    def port(self) -> str:
        """The name under which rows are recorded."""
        return self.device

    @property
    def is_remote(self) -> bool:
        """Whether the port is that of another computer."""
        return self.device.startswith(tuple(f"{scheme}://" for scheme in REMOTE_SERIAL))


class TcpAddress(NamedTuple):
    """A board in the network; ``host`` is without brackets."""

    host: str
    tcp_port: int

    @property
    def port(self) -> str:
        """The name under which rows are recorded, as the peer's recorder spells it."""
        return f"tcp://{self.host}:{self.tcp_port}"

    @property
    def url(self) -> str:
        """The form that ``node_address`` takes back: an IPv6 address in brackets."""
        return f"tcp://[{self.host}]:{self.tcp_port}" if ":" in self.host else self.port


class BleAddress(NamedTuple):
    """A board in reach of Bluetooth: ``AA:BB:CC:DD:EE:FF`` or, on macOS, a UUID; in capitals."""

    address: str

    @property
    def port(self) -> str:
        """The name under which rows are recorded."""
        return f"ble://{self.address}"

    @property
    def key(self) -> str:
        """The board's identity in the settings."""
        return f"ble:{self.address}"


class DemoAddress(NamedTuple):
    """A virtual board; ``speed`` is ``None`` where the address does not say it."""

    scenario: str
    speed: float | None = None

    @property
    def port(self) -> str:
        """The name under which rows are recorded."""
        return f"demo:{self.scenario}"


Address = SerialAddress | TcpAddress | BleAddress | DemoAddress


def parse_address(text: str) -> Address:
    """Return the address that a text means. Raises ``AddressError`` naming the text and what is allowed."""
    kind, colon, rest = text.partition(":")
    if not colon or not rest or kind not in ("serial", "tcp", "ble", "demo"):
        raise AddressError(f"{text!r} is no address of a board; an address is {FORMS}")
    if kind == "serial":
        return serial_address(text, rest)
    if kind == "ble":
        return _ble(text, rest)
    return tcp_address(text, rest) if kind == "tcp" else _demo(text, rest)


def address_of_port(port: str) -> Address:
    """Return where the board is that rows of ``port`` came from."""
    kind, _, rest = port.partition(":")
    if kind == "tcp":
        host, _, number = rest.removeprefix("//").rpartition(":")
        if host and number.isdecimal():
            return TcpAddress(host, int(number))
    if kind == "ble" and _BLE.fullmatch(rest.removeprefix("//")):
        return _ble(port, rest)
    return DemoAddress(rest) if kind == "demo" and rest else SerialAddress(port)


def parse_speed(text: str) -> float:
    """Return how many times as fast as the host a virtual board lives. Raises ``AddressError``."""
    try:
        speed = float(text)
    except ValueError:
        speed = 0.0
    if not SLOWEST <= speed <= FASTEST:
        raise AddressError(f"{text!r} is no speed; a speed is a number from {SLOWEST:g} to {FASTEST:g}")
    return speed


def serial_address(text: str, device: str) -> SerialAddress:
    """Return the serial port that ``device``, in the address ``text``, names. Raises ``AddressError``."""
    if "://" in device:
        scheme = device.partition("://")[0]
        if scheme not in REMOTE_SERIAL:
            raise AddressError(
                f"{text!r}: {scheme}:// is not served; a serial address is {FORMS.partition(', tcp')[0]}"
            )
        try:
            parts = urlsplit(device)
            complete = bool(parts.hostname) and bool(parts.port)
        except ValueError:
            complete = False
        if not complete:
            raise AddressError(f"{text!r} must name a host and a port: serial:{scheme}://HOST:PORT")
    return SerialAddress(device)


def tcp_address(text: str, rest: str) -> TcpAddress:
    """Return the board that ``rest``, in the address ``text``, names. Raises ``AddressError``."""
    match = re.fullmatch(r"\[(?P<six>[^\]]*)\](?::(?P<port6>.*))?|(?P<name>[^:\[\]]*)(?::(?P<port>[^:]*))?", rest)
    if match is None:
        raise AddressError(f"{text!r} is no network address; write tcp:HOST[:PORT], an IPv6 address as tcp:[::1]:4403")
    host = match["name"] if match["six"] is None else match["six"]
    if not (_HOST_NAME.fullmatch(host) if match["six"] is None else is_ipv6(host)):
        raise AddressError(f"{text!r}: {host!r} is no host name or address; write tcp:HOST[:PORT]")
    number = match["port"] if match["six"] is None else match["port6"]
    if number is None:
        return TcpAddress(host, DEFAULT_TCP_PORT)
    if not re.fullmatch(r"[0-9]{1,5}", number) or not 0 < int(number) < 65_536:
        raise AddressError(f"{text!r}: {number!r} is no port; a port is a number from 1 to 65535")
    return TcpAddress(host, int(number))


def is_ipv6(host: str) -> bool:
    """Return whether a text is an IPv6 address; a scope may follow, as in ``fe80::1%eth0``."""
    try:
        ipaddress.IPv6Address(host)
    except ValueError:
        return False
    return True


def _ble(text: str, rest: str) -> BleAddress:
    address = rest.removeprefix("//")
    if not _BLE.fullmatch(address):
        raise AddressError(f"{text!r}: {rest!r} is no Bluetooth address; write ble:AA:BB:CC:DD:EE:FF")
    is_uuid = len(address) > 17
    return BleAddress(address.upper() if is_uuid else address.upper().replace("-", ":"))


def _demo(text: str, rest: str) -> DemoAddress:
    scenario, at, speed = rest.partition("@")
    if not scenario:
        raise AddressError(f"{text!r} names no scenario; write demo:SCENARIO[@SPEED]")
    return DemoAddress(scenario, parse_speed(speed) if at else None)
