# SPDX-License-Identifier: GPL-3.0-only
"""What a board says from power-on to its main loop, and with its last breath when it aborts.

Wording: ``src/main.cpp``, the ROM and exception handler of the ESP32, and the recorded consoles of a real node.
"""

from __future__ import annotations

from collections.abc import Iterator

from meshtastic.protobuf import mesh_pb2

from mtleak_gui.demo.console_text import LogEntry, RawOutput
from mtleak_gui.demo.scenario import NOT_REPORTED, Scenario

_SUBSYSTEMS = ("warm", "nodedb", "satmaps", "pkthist", "tmm")
_SHARES = (0, 11_040, 0, 10_048, 4_096)

_ESP32_ROM = "ets Jul 29 2019 12:21:46\r\n\r\nrst:{reason},boot:0x13 (SPI_FAST_FLASH_BOOT)\r\n"
_S3_ROM = "ESP-ROM:esp32s3-20210327\r\nBuild:Mar 27 2021\r\nrst:{reason},boot:0x8 (SPI_FAST_FLASH_BOOT)\r\n"
_ROM = {
    ("esp32", False): _ESP32_ROM.format(reason="0x1 (POWERON_RESET)"),
    ("esp32", True): _ESP32_ROM.format(reason="0xc (SW_CPU_RESET)"),
    ("esp32s3", False): _S3_ROM.format(reason="0x1 (POWERON)"),
    ("esp32s3", True): _S3_ROM.format(reason="0xc (RTC_SW_CPU_RST)"),
}


def boot_text(
    scenario: Scenario, *, node_num: int, boot: int, crashed: bool, free: int
) -> Iterator[LogEntry | RawOutput]:
    """Yield the first output of a boot, all within its first 60 ms; ``free`` heap (bytes) before the modules start."""
    platform = scenario.hardware.platform
    if platform.boot_rom:
        yield RawOutput(0.0, _ROM[platform.boot_rom, crashed])
        yield RawOutput(0.0, "configsip: 0, SPIWP:0xee\r\nmode:DIO, clock div:2\r\nload:0x3fff0030,len:1344\r\n")
    if platform.simulated_radio:
        yield RawOutput(0.0, "Portduino is starting, VFS root at /var/meshtastic\nRunning in simulated mode.\n")
    for index, (level, message) in enumerate(_boot_lines(scenario, node_num, boot, crashed=crashed, free=free)):
        yield LogEntry(0.01 + 0.002 * index, level, None, message, free)


def death_text(scenario: Scenario, uptime: float, free: int) -> Iterator[LogEntry | RawOutput]:
    """Yield what a board prints when it aborts for want of memory at ``uptime`` with ``free`` bytes left."""
    thread = scenario.culprit or "Router"
    yield LogEntry(uptime, "ERROR", thread, "Failed to allocate zeroed memory", free)
    yield LogEntry(uptime, "CRIT", thread, "Memory allocation failed for size=4096: out of memory", free)
    if scenario.hardware.platform.boot_rom:
        yield RawOutput(
            uptime,
            "\r\nabort() was called at PC 0x40083a59 on core 1\r\n\r\n"
            "Backtrace: 0x40083599:0x3ffb1f90 0x4008bd1d:0x3ffb1fb0 0x40091f5d:0x3ffb1fd0 0x4011c2e6:0x3ffb2050\r\n\r\n"
            "ELF file SHA256: 4f1d2a90bc3e77aa\r\n\r\nRebooting...\r\n",
        )


def mem_audit_line(phase: str, nodes: int, grown: int) -> str:
    """Return the table of bytes by subsystem; ``grown`` is what the message queues hold more than at boot."""
    sizes = dict(zip(_SUBSYSTEMS, _SHARES, strict=True))
    sizes |= {"msgstore": 2_200 + grown, "warm": 500 * nodes}
    named = {name: sizes[name] for name in ("msgstore", *_SUBSYSTEMS)}
    return (
        f"MemAudit[{phase}]: {' '.join(f'{name}={size}' for name, size in named.items())} total={sum(named.values())}"
    )


def _boot_lines(scenario: Scenario, node_num: int, boot: int, *, crashed: bool, free: int) -> Iterator[tuple[str, str]]:
    hardware, platform = scenario.hardware, scenario.hardware.platform
    model = mesh_pb2.HardwareModel.Value(hardware.model)
    yield "INFO", "\n\n//\\ E S H T /\\ S T / C\n"
    yield "INFO", f"S:B:{model},{scenario.firmware},{hardware.environment},meshtastic/firmware"
    yield "INFO", "Build timestamp: 1784851200"
    if platform.boot_rom:
        reason = "reset" if crashed else "power"
        yield "INFO", f"Booted, wake cause 0 (boot count {boot}), reset_reason={reason}"
        yield "DEBUG", f"Total heap: {platform.heap_total}"
        yield "DEBUG", f"Free heap: {free}"
    elif platform.name == "nRF52":
        yield "DEBUG", f"Reset reason: 0x{4 if crashed else 1:x}"
    yield "INFO", "Init NodeDB"
    yield "INFO", "Load /prefs/nodes.proto"
    yield "INFO", f"Loaded saved nodedatabase v25: {1 + scenario.other_nodes} nodes, 2 pos, 3 tel, 1 env, 0 status"
    yield "DEBUG", f"Use nodenum 0x{node_num:08x} "
    yield "INFO", f"Adding node to database with {1 + scenario.other_nodes} nodes and {free} bytes free!"
    yield "INFO", "Wanted region 3, using EU_868"
    yield "INFO", "Start meshradio init"
    yield "INFO", "Radio freq=869.525, config.lora.frequency_offset=0.000"
    yield "INFO", f"PowerFSM init, USB power={int(not platform.has_battery)}"
    yield "INFO", mem_audit_line("boot", 1 + scenario.other_nodes, 0)
    yield "DEBUG", f"Node status update: 0 online, {1 + scenario.other_nodes} total"


def stated_free(scenario: Scenario, free: int) -> int:
    """Return what the firmware prints for the free heap: 4294967295 where the platform cannot tell."""
    return free if scenario.hardware.platform.reports_heap else NOT_REPORTED
