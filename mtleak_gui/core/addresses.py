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
    "(IPv6 in brackets), or demo:SCENARIO[@SPEED]"
)

_HOST_NAME = re.compile(r"[A-Za-z0-9_](?:[A-Za-z0-9_.-]{0,252}[A-Za-z0-9_.])?")


class AddressError(ValueError):
    """What was given is no address of a board. The text names it and says what is allowed."""


class SerialAddress(NamedTuple):
    """A serial port: a device path or name, a ``socket://`` or an ``rfc2217://`` URL."""

    device: str

    @property
    def port(self) -> str:
        """The name under which rows are recorded."""
        return self.device


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
        """The form that ``network_address`` takes back: an IPv6 address in brackets."""
        return f"tcp://[{self.host}]:{self.tcp_port}" if ":" in self.host else self.port


class DemoAddress(NamedTuple):
    """A virtual board; ``speed`` is ``None`` where the address does not say it."""

    scenario: str
    speed: float | None = None

    @property
    def port(self) -> str:
        """The name under which rows are recorded."""
        return f"demo:{self.scenario}"


Address = SerialAddress | TcpAddress | DemoAddress


def parse_address(text: str) -> Address:
    """Return the address that a text means. Raises ``AddressError`` naming the text and what is allowed."""
    kind, colon, rest = text.partition(":")
    if not colon or not rest or kind not in ("serial", "tcp", "demo"):
        raise AddressError(f"{text!r} is no address of a board; an address is {FORMS}")
    if kind == "serial":
        return _serial(text, rest)
    return _tcp(text, rest) if kind == "tcp" else _demo(text, rest)


def network_address(text: str) -> TcpAddress:
    """Return the board in the network that a user means: ``192.168.1.40``, ``node.local:4403``, ``tcp://[::1]:4403``.

    Raises ``AddressError`` naming the text and what is allowed.
    """
    given = text.strip()
    rest = given.removeprefix("tcp:").removeprefix("//").removesuffix("/")
    try:
        return _tcp(given, rest)
    except AddressError as refusal:
        raise AddressError(
            f"{given!r} is no address of a board in the network: write a host name or an IP address and, after a "
            "colon, a port from 1 to 65535, as in 192.168.1.40:4403. An IPv6 address goes in brackets."
        ) from refusal


def address_of_port(port: str) -> Address:
    """Return where the board is that rows of ``port`` came from."""
    kind, _, rest = port.partition(":")
    if kind == "tcp":
        host, _, number = rest.removeprefix("//").rpartition(":")
        if host and number.isdecimal():
            return TcpAddress(host, int(number))
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


def _serial(text: str, device: str) -> SerialAddress:
    if "://" in device:
        scheme = device.partition("://")[0]
        if scheme not in ("socket", "rfc2217"):
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


def _tcp(text: str, rest: str) -> TcpAddress:
    match = re.fullmatch(r"\[(?P<six>[^\]]*)\](?::(?P<port6>.*))?|(?P<name>[^:\[\]]*)(?::(?P<port>[^:]*))?", rest)
    if match is None:
        raise AddressError(f"{text!r} is no network address; write tcp:HOST[:PORT], an IPv6 address as tcp:[::1]:4403")
    host = match["name"] if match["six"] is None else match["six"]
    if not (_HOST_NAME.fullmatch(host) if match["six"] is None else _is_ipv6(host)):
        raise AddressError(f"{text!r}: {host!r} is no host name or address; write tcp:HOST[:PORT]")
    number = match["port"] if match["six"] is None else match["port6"]
    if number is None:
        return TcpAddress(host, DEFAULT_TCP_PORT)
    if not re.fullmatch(r"[0-9]{1,5}", number) or not 0 < int(number) < 65_536:
        raise AddressError(f"{text!r}: {number!r} is no port; a port is a number from 1 to 65535")
    return TcpAddress(host, int(number))


def _is_ipv6(host: str) -> bool:
    try:
        ipaddress.IPv6Address(host)
    except ValueError:
        return False
    return True


def _demo(text: str, rest: str) -> DemoAddress:
    scenario, at, speed = rest.partition("@")
    if not scenario:
        raise AddressError(f"{text!r} names no scenario; write demo:SCENARIO[@SPEED]")
    return DemoAddress(scenario, parse_speed(speed) if at else None)
