# SPDX-License-Identifier: GPL-3.0-only
"""How devices are called on the screen."""

from __future__ import annotations

from pathlib import PurePosixPath
from urllib.parse import urlsplit

_SPELLED = {
    "HELTEC_V3": "Heltec V3",
    "HELTEC_WSL_V3": "Heltec Wireless Stick Lite V3",
    "RAK4631": "RAK4631",
    "TBEAM": "T-Beam",
    "LILYGO_TBEAM_S3_CORE": "T-Beam S3 Core",
    "T_ECHO": "T-Echo",
    "T_DECK": "T-Deck",
    "RPI_PICO": "Raspberry Pi Pico",
    "RPI_PICO2": "Raspberry Pi Pico 2",
    "PORTDUINO": "Linux native",
    "TRACKER_T1000_E": "T1000-E",
}
_ACRONYMS = frozenset({"RAK", "ESP32", "S3", "C3", "C6", "TLORA", "LR", "WSL", "HT", "NRF52", "DIY", "LILYGO", "OLED"})


def hardware_words(model: str | None) -> str | None:
    """Return ``HELTEC_V3``, as ``mesh.proto`` names it, as ``Heltec V3``."""
    if model is None:
        return None
    if model in _SPELLED:
        return _SPELLED[model]
    return " ".join(
        word if word in _ACRONYMS or any(letter.isdigit() for letter in word) else word.capitalize()
        for word in model.split("_")
    )


def port_words(port: str) -> str:
    """Return what people call a port: ``ttyUSB0``, ``COM5``, a host in the network, ``demo``."""
    if port.startswith("demo:"):
        return "demo"
    if port.startswith("ble://"):
        return port.removeprefix("ble://")
    if "://" in port:
        try:
            return urlsplit(port).hostname or port
        except ValueError:
            return port
    return PurePosixPath(port).name or port
