# SPDX-License-Identifier: GPL-3.0-only
"""The readings that messages hold, alone (as a LogRecord) and behind the header of a text console."""

from __future__ import annotations

import pytest

from mtleak_gui.core.firmware_log import parse
from mtleak_gui.core.records import AllocSite, BootBanner, HeapReading, MemAudit, ThreadHeap

HEADER = "INFO  | 12:34:56 12345 [Power] "
HEAP = "Heap: 118432/294912 bytes free (-2144 since last)"
NO_HEAP_HERE = [
    "Free PSRAM: 2067755",
    "Total PSRAM: 2094691",
    "PSRAM: 5/6 bytes free",
    "Heap status: -1/-1 bytes free (0), running 3/9 threads",
    "Heap status: 4294967295/4294967295 bytes free (0), running 3/9 threads",
    "Adding node to database with 1 nodes and 4294967295 bytes free!",
    "Free heap  : 4294967040 bytes",
    "------ Thread Router leaked heap 53612 -> 53484 (-128) ------",
    "Alloc in Router::send pointer 0x3fce1234, size: 412, free: 118020",
    "freed memory",
    "Received text msg from=0x1, id=0x2, msg=Heap: 1/2 bytes free (3 since last)",
    "Received text msg from=0x1, id=0x2, msg=Free heap: 12",
]


@pytest.mark.parametrize("header", ["", HEADER])
@pytest.mark.parametrize(
    ("message", "expected"),
    [
        (
            "Heap status: 120452/205824 bytes free (-21280), running 11/24 threads",
            HeapReading(120452, 205824, -21280, source="heap_status"),
        ),
        ("Heap status: 180988/287536 bytes free", HeapReading(180988, 287536, source="heap_status")),
        (HEAP, HeapReading(118432, 294912, -2144, source="heap_line")),
        (f"{HEAP}, min 96204, largest block 65524", HeapReading(118432, 294912, -2144, 96204, 65524, "heap_line")),
        (
            f"{HEAP}, min 96204, largest block 65524, PSRAM: 5/6 bytes free",
            HeapReading(118432, 294912, -2144, 96204, 65524, "heap_line"),
        ),
        (f"{HEAP}, PSRAM: 5/6 bytes free", HeapReading(118432, 294912, -2144, source="heap_line")),
        (
            f"{HEAP}, min 4294967295, largest block 65524",
            HeapReading(118432, 294912, -2144, None, 65524, "heap_line"),
        ),
        ("Free heap  :  123456 bytes", HeapReading(123456, source="free_line")),
        ("Free heap: 239420", HeapReading(239420, source="free_line")),
        ("Total heap: 281168", HeapReading(None, 281168, source="free_line")),
        (
            "Adding node to database with 41 nodes and 96544 bytes free!",
            HeapReading(96544, source="free_line"),
        ),
        (
            "Node database full with 80 nodes and 9120 bytes free. Erasing oldest entry",
            HeapReading(9120, source="free_line"),
        ),
        ("Low heap (9120 bytes), skipping HTTPS processing", HeapReading(9120, source="free_line")),
        (
            "Boot heap watermark: only 30000 of 200000 bytes free (<20%)",
            HeapReading(None, 200000, None, 30000, None, "free_line"),
        ),
    ],
)
def test_heap_figures_are_read(header: str, message: str, expected: HeapReading) -> None:
    assert parse(header + message).heap == expected


@pytest.mark.parametrize("message", NO_HEAP_HERE)
def test_what_is_no_heap_figure_is_not_read_as_one(message: str) -> None:
    assert parse(message).heap is None
    assert parse(HEADER + message).heap is None
    assert parse(f"{HEADER}[heap 92344] {message}").heap == HeapReading(92344)


@pytest.mark.parametrize(
    ("message", "expected"),
    [
        ("Heap status: 5/9 bytes free (-2)", HeapReading(5, 9, -2, source="heap_status")),
        (HEAP, HeapReading(118432, 294912, -2144, source="heap_line")),
        ("Free heap: 5", HeapReading(5, source="free_line")),
        ("Total heap: 9", HeapReading(92344, 9, source="prefix")),
        ("Boot heap watermark: only 5 of 9 bytes free", HeapReading(92344, 9, None, 5, None, "prefix")),
    ],
)
def test_the_message_outranks_the_prefix(message: str, expected: HeapReading) -> None:
    assert parse(f"{HEADER}[heap 92344] {message}").heap == expected


@pytest.mark.parametrize(
    ("message", "expected"),
    [
        (
            "------ Thread Router leaked heap 53612 -> 53484 (-128) ------",
            ThreadHeap("leaked", "Router", 53612, 53484, -128),
        ),
        ("++++++ Thread Router freed heap 1000 -> 1500 (500) ++++++", ThreadHeap("freed", "Router", 1000, 1500, 500)),
        ("Thread Router leaked heap 1000 -> 900 (-100)", ThreadHeap("leaked", "Router", 1000, 900, -100)),
        (
            "------ Thread Store & Forward leaked heap 3 -> 1 (-2) ------",
            ThreadHeap("leaked", "Store & Forward", 3, 1, -2),
        ),
        ("Thread Router: disabled", None),
        ("Received text msg from=0x1, id=0x2, msg=Thread Router leaked heap 1000 -> 900 (-100)", None),
    ],
)
def test_what_a_thread_did_to_the_heap_is_read(message: str, expected: ThreadHeap | None) -> None:
    assert parse(message).heap_event == expected
    assert parse(f"HEAP | 12:34:56 1 [Router] [heap 900] {message}").heap_event == expected


@pytest.mark.parametrize(
    ("message", "expected"),
    [
        (
            "Alloc in Router::send pointer 0x3fce1234, size: 412, free: 118020",
            AllocSite("Router::send", "0x3fce1234", 412, 118020),
        ),
        ("Alloc in x pointer (nil), size: 4294967280, free: 4294967295", AllocSite("x", "(nil)", None, None)),
    ],
)
def test_allocation_sites_are_read(message: str, expected: AllocSite) -> None:
    assert parse(HEADER + message).alloc_site == expected


@pytest.mark.parametrize(
    ("message", "expected"),
    [
        (
            "MemAudit[boot]: msgstore=2200 warm=4000 nodedb=11040 total=17240",
            MemAudit("boot", {"msgstore": 2200, "warm": 4000, "nodedb": 11040}, 17240),
        ),
        (
            "MemAudit[periodic]: nodedb=100+2000ps tmm=50 total=2150 internal=150 psram=2000",
            MemAudit("periodic", {"nodedb": 2100, "tmm": 50}, 2150),
        ),
        ("MemAudit[periodic]: nodedb=100 tm", MemAudit("periodic", {"nodedb": 100}, None)),
    ],
)
def test_the_table_of_subsystems_is_read(message: str, expected: MemAudit) -> None:
    assert parse(HEADER + message).mem_audit == expected


@pytest.mark.parametrize(
    ("message", "expected"),
    [
        (
            "S:B:37,2.8.0.7754068,native,meshtastic/firmware",
            BootBanner("37", "2.8.0.7754068", "native", "meshtastic/firmware"),
        ),
        ("S:B:9,2.2.22.404d0dd", BootBanner("9", "2.2.22.404d0dd", "", "")),
        ("Meshtastic hwvendor=4, swver=2.0.0.0832cc50-d", BootBanner("4", "2.0.0.0832cc50-d", "", "")),
    ],
)
def test_the_boot_banner_is_read(message: str, expected: BootBanner) -> None:
    assert parse(message).boot == expected
    assert parse("INFO  | ??:??:?? 0 " + message).boot == expected


@pytest.mark.parametrize(
    ("message", "expected"),
    [
        ("Booted, wake cause 0 (boot count 1), reset_reason=reset", "reset"),
        ("Booted, wake cause 3 (boot count 4), reset_reason=ext1 RTC_CNTL", "ext1 RTC_CNTL"),
        ("Reset reason: 0x4", "0x4"),
        ("rst:0x1 (POWERON),boot:0x13 (SPI_FAST_FLASH_BOOT)", "POWERON"),
        ("Number of Device Reboots: 26", None),
    ],
)
def test_the_reset_reason_is_read(message: str, expected: str | None) -> None:
    assert parse(message).reset_reason == expected
