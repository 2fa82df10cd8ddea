# SPDX-License-Identifier: GPL-3.0-only
"""From the ports of this machine to offers for the port picker."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping

from mtleak_gui.core.port_offer import PortOffer
from mtleak_gui.link.port_holders import holders
from mtleak_gui.link.serial_ports import SerialPort, serial_ports
from mtleak_gui.link.usb_boards import probe_name, usb_board

_SAME_FOR_ALL = frozenset({"", "0", "0001", "0123456789", "1234567890", "000000000000", "not specified"})
"""Serial numbers that a maker gives to every piece."""
_LOOK_FOR_HOLDERS_EACH = 4


class SystemPorts:
    """The ports of this machine as a ``PortLister``. Used by one thread; a look takes some milliseconds."""

    def __init__(
        self,
        ports: Callable[[], Iterable[SerialPort]] = serial_ports,
        held: Callable[[Collection[str]], Mapping[str, str]] = holders,
    ) -> None:
        self._ports = ports
        self._look_for_holders = held
        self._held: Mapping[str, str] = {}
        self._looks = 0
        self._devices: tuple[str, ...] = ()

    def offers(self) -> tuple[PortOffer, ...]:
        """Return what there is now: likely boards first, each kind by name. Never raises."""
        ports = tuple(self._ports())
        devices = tuple(port.device for port in ports)
        if devices != self._devices or self._looks % _LOOK_FOR_HOLDERS_EACH == 0:
            self._held = self._look_for_holders(devices)
        self._devices = devices
        self._looks += 1
        return tuple(sorted((offer_of(port, self._held.get(port.device)) for port in ports), key=_order))


def offer_of(port: SerialPort, held_by: str | None = None) -> PortOffer:
    """Return the offer of a port."""
    board = usb_board(port.vendor_id, port.product_id, port.description)
    number = _own_number(port)
    stable = number is not None
    title, subtitle = _titles(port)
    return PortOffer(
        device=port.device,
        title=title,
        subtitle=subtitle,
        kind="likely" if board is not None else "other",
        key=_key(port, number),
        stable=stable,
        vid_pid=_vid_pid(port),
        identity_words=_identity_words(port, number),
        socket=port.location,
        in_use_by=held_by,
    )


def _own_number(port: SerialPort) -> str | None:
    number = (port.serial_number or "").strip()
    return None if number.lower() in _SAME_FOR_ALL else number


def _titles(port: SerialPort) -> tuple[str, str]:
    board = usb_board(port.vendor_id, port.product_id, port.description)
    if board is not None:
        return board.title, board.subtitle
    probe = probe_name(port.vendor_id, port.product_id)
    told = port.description if port.description not in (None, "n/a", port.device) else None
    short = port.device.rsplit("/", 1)[-1]
    return (probe or told or short), ("debug probe" if probe else "serial port")


def _vid_pid(port: SerialPort) -> str | None:
    if port.vendor_id is None or port.product_id is None:
        return None
    return f"{port.vendor_id:04x}:{port.product_id:04x}"


def _key(port: SerialPort, number: str | None) -> str:
    usb = _vid_pid(port)
    if usb is None:
        return f"port:{port.device}"
    if number is not None:
        return f"usb:{usb}:{number}"
    return f"usb:{usb}@{port.location}" if port.location else f"port:{port.device}"


def _identity_words(port: SerialPort, number: str | None) -> str:
    if number is not None:
        return f"s/n {number if len(number) <= 9 else f'{number[:4]}…{number[-2:]}'}"
    if _vid_pid(port) is None:
        return ""
    return f"socket {port.location}, no stable id" if port.location else "no stable id"


def _order(offer: PortOffer) -> tuple[bool, str]:
    return offer.kind != "likely", offer.device
