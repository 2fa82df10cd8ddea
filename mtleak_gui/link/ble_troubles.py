# SPDX-License-Identifier: GPL-3.0-only
"""From what bleak and the system's Bluetooth raise to what the tester is told."""

from __future__ import annotations

import sys
from collections.abc import Callable

from bleak.exc import (
    BleakBluetoothNotAvailableError,
    BleakBluetoothNotAvailableReason,
    BleakCharacteristicNotFoundError,
    BleakDBusError,
    BleakDeviceNotFoundError,
)

from mtleak_gui.core.link_trouble import LinkTrouble, Remedy

NOT_AVAILABLE = "Bluetooth is not available."
_OTHER_WAY = "or connect the board by USB or network."
_START_BLUEZ = Remedy("Start Bluetooth", "sudo systemctl enable --now bluetooth")
_REASONS = {
    BleakBluetoothNotAvailableReason.NO_BLUETOOTH: "This computer has no Bluetooth radio.",
    BleakBluetoothNotAvailableReason.NO_BLE_CENTRAL_ROLE: "The radio of this computer knows no Bluetooth Low Energy.",
    BleakBluetoothNotAvailableReason.POWERED_OFF: "The radio is switched off.",
    BleakBluetoothNotAvailableReason.DENIED_BY_USER: "This program was not allowed to use Bluetooth.",
    BleakBluetoothNotAvailableReason.DENIED_BY_SYSTEM: "The system does not let this program use Bluetooth.",
    BleakBluetoothNotAvailableReason.DENIED_BY_UNKNOWN: "This program may not use Bluetooth.",
}
_TODOS = {
    BleakBluetoothNotAvailableReason.NO_BLUETOOTH: f"Plug a Bluetooth adapter in, {_OTHER_WAY}",
    BleakBluetoothNotAvailableReason.NO_BLE_CENTRAL_ROLE: f"Use an adapter that does, {_OTHER_WAY}",
    BleakBluetoothNotAvailableReason.POWERED_OFF: "Switch Bluetooth on in the settings of the system.",
}
_ALLOW = "Allow it in the settings of the system, where privacy or permissions are."
_NO_SERVICE = ("ServiceUnknown", "NameHasNoOwner", "Spawn", "NoReply")
_UNPAIRED = ("Authentication", "Encryption", "NotAuthorized", "NotPermitted", "AuthenticationFailed")


def bluetooth_trouble(error: BaseException, board: str = "") -> LinkTrouble:
    """Return what went wrong with the radio or, where one is named, with a board."""
    for kinds, told in _BY_KIND:
        if isinstance(error, kinds):
            return told(error, board)
    return _failed(error, board)


def _not_available(error: BaseException, _board: str) -> LinkTrouble:
    reason = error.reason if isinstance(error, BleakBluetoothNotAvailableError) else None
    why = "The system does not say why." if reason is None else _REASONS.get(reason, "The system does not say why.")
    todo = _ALLOW if reason is None else _TODOS.get(reason, _ALLOW)
    return LinkTrouble("no_bluetooth", NOT_AVAILABLE, why, todo, detail=_words(error))


def _no_backend(error: BaseException, _board: str) -> LinkTrouble:
    why = "The part of the bleak package for this system is not installed."
    return LinkTrouble("no_bluetooth", NOT_AVAILABLE, why, f"Install it, {_OTHER_WAY}", detail=_words(error))


def _no_service(error: BaseException, board: str) -> LinkTrouble:
    what = f"{board} has no Meshtastic service."
    return LinkTrouble("wrong_device", what, "It is another kind of device.", "Choose another one.", (), _words(error))


def _no_bus(error: BaseException, board: str) -> LinkTrouble:
    if sys.platform != "linux":
        return _failed(error, board)
    why = "The message bus of the system, over which BlueZ is asked, does not answer."
    todo = f"Start D-Bus and BlueZ, {_OTHER_WAY}"
    return LinkTrouble("no_bluetooth", NOT_AVAILABLE, why, todo, (_START_BLUEZ,), _words(error))


def _of_bluez(error: BaseException, board: str) -> LinkTrouble:
    words = _words(error)
    if any(word in words for word in _NO_SERVICE):
        todo = f"Install and start BlueZ, {_OTHER_WAY}"
        why = "BlueZ, the system's Bluetooth service, does not run."
        return LinkTrouble("no_bluetooth", NOT_AVAILABLE, why, todo, (_START_BLUEZ,), _words(error))
    if "AccessDenied" in words:
        why = "This user may not talk to BlueZ."
        todo = "Join the group bluetooth, log out and in again."
        remedy = Remedy("Join the group", "sudo usermod -aG bluetooth $USER")
        return LinkTrouble("no_bluetooth", NOT_AVAILABLE, why, todo, (remedy,), _words(error))
    return _failed(error, board)


def _failed(error: BaseException, board: str) -> LinkTrouble:
    words = _words(error)
    if board and any(word in words for word in _UNPAIRED):
        todo = (
            "Pair it in the Bluetooth settings of the system, with the PIN on its screen (123456 where it has none), "
            "then connect again."
        )
        return LinkTrouble("no_permission", f"{board} wants to be paired first.", "", todo, detail=words)
    if not board:
        return LinkTrouble("no_bluetooth", NOT_AVAILABLE, "The system refused the radio.", "Try again.", (), words)
    todo = "It is tried again. Bring it nearer, and switch its Bluetooth off and on."
    return LinkTrouble("unreachable", f"The Bluetooth connection to {board} failed.", "", todo, detail=words)


def _not_found(error: BaseException, board: str) -> LinkTrouble:
    if not board:
        why = "The radio did not answer in time."
        return LinkTrouble("no_bluetooth", NOT_AVAILABLE, why, "Switch Bluetooth off and on.", (), _words(error))
    why = "It is off, out of reach, or connected to a phone: a board speaks to one Bluetooth client at a time."
    todo = "Disconnect it there, or bring it nearer."
    return LinkTrouble("unreachable", f"{board} was not found over Bluetooth.", why, todo, (), _words(error))


_BY_KIND: tuple[tuple[tuple[type[BaseException], ...], Callable[[BaseException, str], LinkTrouble]], ...] = (
    ((BleakBluetoothNotAvailableError,), _not_available),
    ((BleakDBusError,), _of_bluez),
    ((ImportError,), _no_backend),
    ((BleakCharacteristicNotFoundError,), _no_service),
    ((BleakDeviceNotFoundError, TimeoutError), _not_found),
    ((OSError,), _no_bus),
)


def _words(error: BaseException) -> str:
    return f"{type(error).__name__}: {error}"
