# SPDX-License-Identifier: GPL-3.0-only
"""What a user types for a board that another computer or the network leads to, and the words that it was understood."""

from __future__ import annotations

from urllib.parse import urlsplit

from mtleak_gui.core.addresses import (
    DEFAULT_TCP_PORT,
    REMOTE_SERIAL,
    AddressError,
    SerialAddress,
    TcpAddress,
    is_ipv6,
    serial_address,
    tcp_address,
)

NodeAddress = TcpAddress | SerialAddress
"""A board's own network API, or its serial port that another computer serves."""

_WORDS = {"socket": "raw TCP", "rfc2217": "RFC 2217"}


def node_address(text: str) -> NodeAddress:
    """Return the board that a user means: a host, ``host:port``, ``::1``, ``[::1]:4403``, or one of these as a URL.

    A device server has no usual port, so that one must be given there. Raises ``AddressError`` naming the text and what
    is allowed.
    """
    given = text.strip()
    scheme, _, rest = given.partition("://")
    try:
        if scheme.lower() in REMOTE_SERIAL:
            return _remote_serial(given, scheme.lower(), rest)
        bare = given.removeprefix("tcp:").removeprefix("//").removesuffix("/")
        return TcpAddress(bare, DEFAULT_TCP_PORT) if is_ipv6(bare) else tcp_address(given, bare)
    except AddressError as refusal:
        raise AddressError(_refusal(given, scheme.lower())) from refusal


def node_url(address: NodeAddress) -> str:
    """Return the form that is kept, and that ``node_address`` takes back."""
    return address.url if isinstance(address, TcpAddress) else address.device


def understood(address: NodeAddress) -> str:
    """Return in words what an address was taken for."""
    if isinstance(address, TcpAddress):
        return f"Network node {address.host}, port {address.tcp_port}: telemetry and packets, no log"
    parts = urlsplit(address.device)
    way = _WORDS[parts.scheme]
    return f"Serial port of another computer: {parts.hostname}, port {parts.port}, {way}. Like a port of this one"


def _remote_serial(given: str, scheme: str, rest: str) -> SerialAddress:
    place = tcp_address(given, rest.removesuffix("/"))
    host = f"[{place.host}]" if ":" in place.host else place.host
    # Only what has a port of its own comes back the same: a device server has no usual one.
    if not rest.removesuffix("/").endswith(f":{place.tcp_port}"):
        raise AddressError(f"{given!r} names no port")
    return serial_address(given, f"{scheme}://{host}:{place.tcp_port}")


def _refusal(given: str, scheme: str) -> str:
    if scheme in REMOTE_SERIAL:
        return (
            f"{given!r} is no serial port of another computer: write the host and the port that its server listens on, "
            f"as in {scheme}://192.168.1.40:4001. An IPv6 address goes in brackets."
        )
    return (
        f"{given!r} is no address of a board in the network: write a host name or an IP address and, after a colon, a "
        "port from 1 to 65535, as in 192.168.1.40:4403 or [fe80::1]:4403. A serial port that another computer serves "
        "is written socket://host:port or rfc2217://host:port."
    )
