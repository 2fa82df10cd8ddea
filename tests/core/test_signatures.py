# SPDX-License-Identifier: GPL-3.0-only
"""The signature table both ways: what must be seen, and what merely mentions the same words."""

from __future__ import annotations

import pytest

from mtleak_gui.core.firmware_log import parse
from mtleak_gui.core.signatures import SIGNATURES

HEADER = "ERROR | 12:34:56 12345 [Router] [heap 9000] "

HITS = [
    ("oom", "mqtt: out of memory"),
    ("oom", "terminate called after throwing an instance of 'std::bad_alloc'"),
    ("oom", "esp_wifi_init failed: ESP_ERR_NO_MEM"),
    ("oom", "Alloc an err=ENOMEM,to=0x1"),
    ("heap_corruption", "CORRUPT HEAP: Bad head at 0x3fcb2a20. Expected 0xabba1234 got 0x3fca20b4"),
    ("heap_corruption", "assert failed: multi_heap_free multi_heap_poisoning.c:259 (head != NULL)"),
    ("heap_corruption", "assert failed: block_trim_free heap_tlsf.c:371 (block_is_free(block))"),
    ("heap_corruption", "free(): invalid pointer"),
    ("heap_corruption", "double free or corruption (out)"),
    ("alloc_failure", "Failed to allocate zeroed memory"),
    ("alloc_failure", "Failed to allocate memory for copy"),
    ("alloc_failure", "Not enough memory to create NimBLE server"),
    ("alloc_failure", "Memory allocation failed for size=1024"),
    ("alloc_failure", "Hash index allocation failed"),
    ("alloc_failure", "Failed to allocate TraceRoute packet"),
    ("alloc_failure", "Malloc of mem failed"),
    (
        "alloc_failure",
        "[ssl_client.cpp:37] _handle_error(): [start_ssl_client():264]: (-32512) SSL - Memory allocation failed",
    ),
    ("alloc_failure", "heap_caps_malloc was called but failed to allocate 332 bytes with 0x80C capabilities."),
    ("alloc_failure", "Mem alloc fail. size 0x0000014c caps 0x0000080c"),
    ("pool_exhausted", "No free slots available in static memory pool!"),
    ("low_heap", "Low heap (9120 bytes), skipping HTTPS processing"),
    ("low_heap", "Boot heap watermark: only 30000 of 200000 bytes free (<20%)"),
    ("low_heap", "====== heap too low [11000] -> reboot in 1s ======"),
    ("brownout", "Brownout detector was triggered"),
    ("brownout", "rst:0xf (RTCWDT_BROWN_OUT_RESET),boot:0x13"),
    ("brownout", "Booted, wake cause 0 (boot count 1), reset_reason=brownout"),
    ("watchdog", "Task watchdog got triggered. The following tasks did not reset the watchdog in time:"),
    ("watchdog", "Guru Meditation Error: Core  1 panic'ed (Interrupt wdt timeout on CPU1)."),
    ("watchdog", "rst:0x8 (TG1WDT_SYS_RESET),boot:0x13"),
    ("watchdog", "Booted, wake cause 0 (boot count 1), reset_reason=taskWatchdog"),
    ("watchdog", "Reset reason: 0x2"),
    ("panic", "Guru Meditation Error: Core  1 panic'ed (LoadProhibited). Exception was unhandled."),
    ("panic", "Backtrace: 0x400eeba7:0x3ffd5880 0x400ef2ad:0x3ffd5c00"),
    ("panic", "Backtrace:0x400eeba7:0x3ffd5880"),
    ("panic", "abort() was called at PC 0x4012c384 on core 0"),
    ("panic", "assert failed: xQueueSemaphoreTake queue.c:1545 (pxQueue)"),
    ("panic", "***ERROR*** A stack overflow in task loopTask has been detected."),
    ("panic", "Segmentation fault (core dumped)"),
    ("panic", "terminate called after throwing an instance of 'std::out_of_range'"),
    ("routing_nak", "Alloc an err=5,to=0x9b65788,idFrom=0x72c4ff5c,id=0xa3aca66b"),
    ("reboot", "Rebooting"),
    ("reboot", "Rebooting..."),
    ("reboot", "Reboot in 7 seconds"),
    ("reboot", "final reboot!"),
    ("reboot", "rst:0x1 (POWERON_RESET),boot:0x13 (SPI_FAST_FLASH_BOOT)"),
    ("reboot", "rst:0xc (SW_CPU_RESET),boot:0x13"),
    ("reboot", "ESP-ROM:esp32s3-20210327"),
    ("reboot", "ets Jul 29 2019 12:21:46"),
    ("reboot", "//\\ E S H T /\\ S T / C"),
    ("reboot", "S:B:37,2.8.0.7754068,native,meshtastic/firmware"),
    ("reboot", "Booted, wake cause 0 (boot count 1), reset_reason=reset"),
    ("reboot", "Reset reason: 0x4"),
]
PRINTED_BARE = (
    "rst:",
    "ESP-ROM",
    "ets ",
    "//\\ E S H T",
    "free()",
    "terminate called after throwing an instance of 'std::out",
)

NEAR_MISSES = [
    "watchdog enabled",
    "Setting up watchdog",
    "Watchdog timeout: 90 s",
    "Task watchdog initialised",
    "freed memory",
    "MemAudit[boot]: warm=4000 total=4000",
    "reboot_count: 12",
    "rebootSeconds=5",
    "Number of Device Reboots: 26",
    "[Screen] showing reboot screen",
    "Allocated static pool item 4 at 0x1234",
    "[TM] Allocating unified cache: 2048 entries (24576 bytes)",
    "Alloc in Router::send pointer 0x3fce1234, size: 412, free: 118020",
    "Heap status: 120452/205824 bytes free (-21280), running 11/24 threads",
    "Set default channel and radio preferences!",
    "Brownout detection level set",
    "No core dump partition found!",
    "factory_reset",
    "Transition powerFSM transition=boot timeout, from=BOOT to=POWER",
    "Received a NAK for 0x1234, stopping retransmissions",
    "Portduino critical error: Failed to open posix file /dev/spidev0.0, errno=2",
    "Alloc an err=",
    "noise floor reset",
    "CONFIG_ASSERTIONS=1",
    "memory",
]

CHAT = [
    "Received text msg from=0x6985da60, id=0x62e3cebc, msg={}",
    "Received text msg from=0x6985da60, id=0x62e3cebc, ch=0, to=0xffffffff, msg={}",
    "MSG from=0x6985da60, id=0x62e3cebc, msg={}",
    "Received message from=0x6985da60, id=1659096764, msg={}",
    "Received waypoint msg from=0x6985da60, id=0x62e3cebc, msg={}",
    "Send message id=1659096764, dest=ffffffff, msg={}",
    "Original message - {}",
    "updating changed=1 user !30326c78/{}/GONZ, channel=0",
    "old user !30326c78/{}/GONZ, channel=0",
    "Send owner !30326c78/{}/GONZ",
    "nodeinfo: num=0x43587d64, lastseen=1732950813, id=!43587d64, name={}",
    'p.payload.bytes "{}"',
    'serialized json message: {{"payload":{{"text":"{}"}},"type":"text"}}',
    'JSON publish message to msh/2/json/LongFast/!1, 120 bytes: {{"payload":{{"text":"{}"}}}}',
    "Publishing meshtastic.receive.text: packet={{'decoded': {{'text': '{}'}}}}",
]


@pytest.mark.parametrize(("name", "message"), HITS)
def test_a_line_of_trouble_is_seen_in_any_letter_case(name: str, message: str) -> None:
    assert parse(message).signature == name
    assert parse(message.upper()).signature == name
    assert parse(message.lower() + "\r\n").signature == name
    if not message.startswith(PRINTED_BARE):
        assert parse(HEADER + message).signature == name


@pytest.mark.parametrize("message", NEAR_MISSES)
def test_a_line_that_mentions_such_words_is_not_one(message: str) -> None:
    assert parse(message).signature is None
    assert parse(HEADER + message).signature is None


@pytest.mark.parametrize("quotation", CHAT)
@pytest.mark.parametrize(("name", "message"), HITS)
def test_chat_and_names_are_never_a_signature(quotation: str, name: str, message: str) -> None:
    line = quotation.format(message)
    assert parse(HEADER + line).signature is None
    assert parse(line).signature is None


def test_trouble_before_a_quotation_is_still_seen() -> None:
    assert parse(HEADER + "Failed to allocate memory for copy, msg=hello").signature == "alloc_failure"


def test_each_class_is_in_the_table_once_with_its_words_for_the_tester() -> None:
    names = [signature.name for signature in SIGNATURES]
    assert sorted(names) == sorted({name for name, _ in HITS})
    for signature in SIGNATURES:
        assert signature.meaning.endswith(".")
        assert signature.source
        assert all(literal == literal.lower() for literal in signature.literals)


@pytest.mark.parametrize(("name", "message"), HITS)
def test_no_line_is_missed_for_want_of_a_literal(name: str, message: str) -> None:
    """A pattern that matches without one of its literals would never be asked."""
    for signature in SIGNATURES:
        if signature.pattern.search(message.lower()):
            assert any(literal in message.lower() for literal in signature.literals)
