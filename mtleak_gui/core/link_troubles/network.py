# SPDX-License-Identifier: GPL-3.0-only
"""The troubles of a board in the network, and of a serial port that another computer serves."""

from __future__ import annotations

from typing import Literal, NamedTuple

from mtleak_gui.core.link_trouble import LinkTrouble, Remedy


class Peer(NamedTuple):
    """Whom the program calls: a ``node`` with its own network, or a serial port served by ``socket`` or ``rfc2217``."""

    host: str
    tcp_port: int
    kind: Literal["node", "socket", "rfc2217"] = "node"

    @property
    def address(self) -> str:
        """The address as people write it, IPv6 in brackets."""
        return f"[{self.host}]:{self.tcp_port}" if ":" in self.host else f"{self.host}:{self.tcp_port}"


def refused(peer: Peer, detail: str | None = None) -> LinkTrouble:
    """Return the trouble that the computer at the address answers, and no program there listens on the port."""
    what = f"Nothing listens on {peer.address}."
    if peer.kind == "node":
        why = "A device is at this address, but it serves no clients: the board restarts, or its network is off."
        todo = "Check that the address is the board's and that Wi-Fi or Ethernet is on in its settings (port 4403)."
        return LinkTrouble("refused", what, why, todo, detail=detail)
    why = "The computer there runs no program that serves a serial port under this number."
    todo = f"Start the server there (ser2net, esp_rfc2217_server or alike), or check the number {peer.tcp_port}."
    return LinkTrouble("refused", what, why, todo, detail=detail)


def unknown_host(peer: Peer, detail: str | None = None) -> LinkTrouble:
    """Return the trouble that nobody knows the name."""
    why = "The network knows no device of this name."
    if peer.host.endswith(".local"):
        why += " Names in .local are found by multicast, which guest networks and VPNs often keep out."
    todo = "Check the spelling, or give the address in numbers, as the board's screen or your router shows it."
    return LinkTrouble("unknown_host", f"The name {peer.host} is not known.", why, todo, detail=detail)


def no_route(peer: Peer, detail: str | None = None) -> LinkTrouble:
    """Return the trouble that no way leads to the address."""
    why = "This computer has no way to that network, or the device there is off."
    todo = "Check that both are in the same network, and that no VPN stands between them."
    return LinkTrouble("unreachable", f"{peer.address} cannot be reached.", why, todo, _ping(peer), detail)


def no_reply(peer: Peer, seconds: float, detail: str | None = None) -> LinkTrouble:
    """Return the trouble that a call to the address is not answered in time."""
    why = "The device is off, asleep, in another network, or a firewall stands between."
    todo = "Wake the board, check its address, and that this computer is in the same network."
    what = f"{peer.address} did not answer within {seconds:.0f} s."
    return LinkTrouble("unreachable", what, why, todo, _ping(peer), detail)


def no_rfc2217(peer: Peer, detail: str | None = None) -> LinkTrouble:
    """Return the trouble that the server does not speak RFC 2217, which sets speed and lines over the network."""
    todo = f"Use socket://{peer.address}, which needs no such server, or switch RFC 2217 on there."
    why = "What listens there answered in another way, or not at all."
    return LinkTrouble("wrong_device", f"{peer.address} does not speak RFC 2217.", why, todo, detail=detail)


def cannot_connect(peer: Peer, detail: str | None = None) -> LinkTrouble:
    """Return the trouble of a connection that fails for a reason that is not known."""
    why = "The system refused the connection; what it said is in the details."
    return LinkTrouble(
        "other", f"{peer.address} cannot be reached.", why, "Check the address and try again.", detail=detail
    )


def _ping(peer: Peer) -> tuple[Remedy, ...]:
    return (Remedy("See whether the device answers at all", f"ping {peer.host}"),)
