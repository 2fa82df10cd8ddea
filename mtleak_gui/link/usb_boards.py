# SPDX-License-Identifier: GPL-3.0-only
"""Which boards are likely behind a USB vendor and product: the table of the port picker.

Sources: ``boards/*.json`` (``hwids``) of the Meshtastic firmware, ``meshtastic/supported_device.py`` of the Python
package, and the vendors' own lists for bridges and debug probes.
"""

from __future__ import annotations

from typing import NamedTuple


class UsbBoard(NamedTuple):
    """``title`` and ``subtitle`` for people; ``bridge``: it carries no identity of the board behind it."""

    title: str
    subtitle: str
    bridge: bool = False


_BY_PRODUCT = {
    (0x10C4, 0xEA60): UsbBoard("CP210x bridge", "Heltec, T-Lora or DIY family", bridge=True),
    (0x1A86, 0x7523): UsbBoard("CH340 bridge", "Heltec, T-Lora or DIY family", bridge=True),
    (0x1A86, 0x55D4): UsbBoard("CH9102 bridge", "T-Beam, T-Lora or Heltec family", bridge=True),
    (0x1A86, 0x55D3): UsbBoard("CH343 bridge", "T-Beam or T-Lora family", bridge=True),
    (0x0403, 0x6001): UsbBoard("FT232 bridge", "board behind an FTDI adapter", bridge=True),
    (0x0403, 0x6015): UsbBoard("FT231X bridge", "board behind an FTDI adapter", bridge=True),
    (0x067B, 0x2303): UsbBoard("PL2303 bridge", "board behind a Prolific adapter", bridge=True),
    (0x239A, 0x8029): UsbBoard("RAK4631", "nRF52840, native USB"),
    (0x239A, 0x0029): UsbBoard("RAK4631 in its boot loader", "nRF52840, native USB"),
    (0x239A, 0x4405): UsbBoard("T-Echo", "nRF52840, native USB"),
    (0x239A, 0x80B4): UsbBoard("Heltec T114", "nRF52840, native USB"),
    (0x239A, 0x4406): UsbBoard("Nano G2 Ultra", "nRF52840, native USB"),
    (0x2886, 0x0045): UsbBoard("Seeed XIAO nRF52840", "nRF52840, native USB"),
    (0x2886, 0x0057): UsbBoard("Seeed T1000-E", "nRF52840, native USB"),
    (0x2886, 0x0059): UsbBoard("Seeed Wio Tracker", "native USB"),
    (0x303A, 0x1001): UsbBoard("ESP32-S3 or -C3", "Heltec V3, T-Deck or T-Beam S3 family, native USB"),
    (0x303A, 0x80C2): UsbBoard("Heltec Wireless Tracker", "ESP32-S3, native USB"),
    (0x2E8A, 0x000A): UsbBoard("Raspberry Pi Pico", "RP2040, native USB"),
    (0x2E8A, 0x000F): UsbBoard("Raspberry Pi Pico 2", "RP2350, native USB"),
    (0x2E8A, 0xF00A): UsbBoard("Raspberry Pi Pico W", "RP2040, native USB"),
}
_BY_VENDOR = {
    0x10C4: UsbBoard("Silicon Labs bridge", "board behind a bridge", bridge=True),
    0x1A86: UsbBoard("WCH bridge", "board behind a bridge", bridge=True),
    0x0403: UsbBoard("FTDI bridge", "board behind a bridge", bridge=True),
    0x067B: UsbBoard("Prolific bridge", "board behind a bridge", bridge=True),
    0x239A: UsbBoard("nRF52 board", "native USB"),
    0x303A: UsbBoard("Espressif board", "native USB"),
    0x2886: UsbBoard("Seeed board", "native USB"),
    0x2E8A: UsbBoard("RP2040 board", "native USB"),
}
_PROBES = {0x1366: "J-Link", 0x0483: "ST-Link", 0x0D28: "CMSIS-DAP probe", 0x1D50: "debug probe"}
_PROBE_PRODUCTS = {(0x2E8A, 0x000C): "Pico debug probe", (0x303A, 0x1002): "ESP-Prog"}


def usb_board(vendor_id: int | None, product_id: int | None) -> UsbBoard | None:
    """Return what is likely behind a port, ``None`` when it is no board that we know."""
    if vendor_id is None or product_id is None or probe_name(vendor_id, product_id) is not None:
        return None
    return _BY_PRODUCT.get((vendor_id, product_id)) or _BY_VENDOR.get(vendor_id)


def probe_name(vendor_id: int | None, product_id: int | None) -> str | None:
    """Return the name of a debug probe, which has a serial port but is no board; ``None`` for anything else."""
    if vendor_id is None or product_id is None:
        return None
    return _PROBE_PRODUCTS.get((vendor_id, product_id)) or _PROBES.get(vendor_id)
