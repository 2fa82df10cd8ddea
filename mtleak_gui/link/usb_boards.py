# SPDX-License-Identifier: GPL-3.0-only
"""Which boards are likely behind a USB vendor and product: the table of the port picker.

Boards: ``build.hwids`` and ``build.usb_product`` of ``boards/*.json`` in the Meshtastic firmware. Several boards share
an identity there (0x239A:0x8029 is that of a dozen), so that the name that the board itself tells decides where it
does. Bridges and Seeed 0x0059: ``meshtastic/supported_device.py`` of the Python package too. Bridges, Raspberry Pi and
debug probes that no Meshtastic file names are called what their drivers and tools call them.
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
    (0x239A, 0x8029): UsbBoard("nRF52840 board", "RAK4631, Nano G2 Ultra, T1000-E or alike"),
    (0x239A, 0x0029): UsbBoard("nRF52840 boot loader", "RAK4631, T-Echo, T114 or alike"),
    (0x239A, 0x4405): UsbBoard("nRF52840 board", "T-Echo, Heltec T114 or ThinkNode M1"),
    (0x2886, 0x0057): UsbBoard("Seeed T1000-E", "nRF52840, native USB"),
    (0x2886, 0x0059): UsbBoard("Seeed board", "Solar Node or XIAO ESP32-S3, native USB"),
    (0x2886, 0x0166): UsbBoard("Seeed XIAO nRF52840", "native USB"),
    (0x2886, 0x1667): UsbBoard("Seeed Wio Tracker L1", "nRF52840, native USB"),
    (0x2886, 0x1668): UsbBoard("Seeed Wio Tracker L1", "nRF52840, native USB"),
    (0x303A, 0x1001): UsbBoard("ESP32-S3 or -C3", "Heltec V4, T-Deck or T-Beam S3 family, native USB"),
    (0x2E8A, 0x000A): UsbBoard("Raspberry Pi Pico", "RP2040, native USB"),
}
_BY_TOLD_NAME = {
    "WisCore RAK4631 Board": "RAK4631",
    "BQ nRF52840": "Nano G2 Ultra",
    "T1000-E-BOOT": "Seeed T1000-E",
    "WIO-BOOT": "Seeed Wio WM1110",
    "TTGO_eink": "T-Echo",
    "HT-n5262": "Heltec T114 or Mesh Pocket",
    "elecrow_eink": "ThinkNode M1",
    "ProMicro compatible nRF52840": "ProMicro nRF52840",
}
"""What an nRF52840 says that it is (``build.usb_product``), and what it is called."""
_BY_VENDOR = {
    0x10C4: UsbBoard("Silicon Labs bridge", "board behind a bridge", bridge=True),
    0x1A86: UsbBoard("WCH bridge", "board behind a bridge", bridge=True),
    0x0403: UsbBoard("FTDI bridge", "board behind a bridge", bridge=True),
    0x067B: UsbBoard("Prolific bridge", "board behind a bridge", bridge=True),
    0x239A: UsbBoard("nRF52 board", "native USB"),
    0x303A: UsbBoard("Espressif board", "native USB"),
    0x2886: UsbBoard("Seeed board", "native USB"),
    0x2E8A: UsbBoard("Raspberry Pi board", "RP2040 or RP2350, native USB"),
}
_PROBES = {0x1366: "J-Link", 0x0483: "ST-Link", 0x0D28: "CMSIS-DAP probe"}
_PROBE_PRODUCTS = {
    (0x2E8A, 0x000C): "Pico debug probe",
    (0x303A, 0x1002): "ESP USB bridge",
    (0x1D50, 0x6018): "Black Magic Probe",
}


def usb_board(vendor_id: int | None, product_id: int | None, told_name: str | None = None) -> UsbBoard | None:
    """Return what is likely behind a port, ``None`` when it is no board that we know. ``told_name``: what it says."""
    if vendor_id is None or product_id is None or probe_name(vendor_id, product_id) is not None:
        return None
    board = _BY_PRODUCT.get((vendor_id, product_id)) or _BY_VENDOR.get(vendor_id)
    # Linux adds the name of the interface: "WisCore RAK4631 Board - TinyUSB Serial".
    name = next((name for told, name in _BY_TOLD_NAME.items() if (told_name or "").startswith(told)), None)
    return board if board is None or name is None else UsbBoard(name, "nRF52840, native USB")


def known_usb_ids() -> frozenset[tuple[int, int | None]]:
    """Return vendor and product of all that may be a board; ``None`` stands for every product of a vendor of boards.

    A vendor of bridges has products that are no serial port, so only those that boards carry are named.
    """
    of_boards = {vendor for vendor, board in _BY_VENDOR.items() if not board.bridge}
    named = {(vendor, product) for vendor, product in _BY_PRODUCT if vendor not in of_boards}
    return frozenset(named) | {(vendor, None) for vendor in of_boards}


def probe_name(vendor_id: int | None, product_id: int | None) -> str | None:
    """Return the name of a debug probe, which has a serial port but is no board; ``None`` for anything else."""
    if vendor_id is None or product_id is None:
        return None
    return _PROBE_PRODUCTS.get((vendor_id, product_id)) or _PROBES.get(vendor_id)
