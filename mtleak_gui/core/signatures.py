# SPDX-License-Identifier: GPL-3.0-only
"""The table of what a board prints when memory fails, when it crashes and when it restarts.

When several classes match, the first in the table wins: lines that speak of memory, the worst of them first, then
crashes, the cause before the effect (a panic is how a watchdog ends), then routing NAKs and restarts, which healthy
boards print too.
"""

from __future__ import annotations

import re
from typing import NamedTuple


class Signature(NamedTuple):
    """One class of lines: ``pattern`` is searched in a message in small letters that holds one of ``literals``."""

    name: str
    literals: tuple[str, ...]
    pattern: re.Pattern[str]
    meaning: str
    source: str


def _any_of(*alternatives: str) -> re.Pattern[str]:
    return re.compile("|".join(alternatives))


SIGNATURES = (
    Signature(
        "oom",
        ("out of memory", "bad_alloc", "no_mem", "alloc an err="),
        _any_of(r"\bout of memory\b", r"\bbad_alloc\b", r"\besp_err_no_mem\b", r"\balloc an err=[ ]{0,4}[^-+0-9 ]"),
        "The board has no memory left for what it must do.",
        "ESP-IDF esp_err.h; libstdc++ std::bad_alloc; lwIP and mbedTLS messages",
    ),
    Signature(
        "heap_corruption",
        ("corrupt", "multi_heap", "tlsf", "double free", "(): "),
        _any_of(
            r"\bcorrupt heap\b",
            r"\bheap corruption\b",
            r"\bmulti_heap_\w{1,32}",
            r"tlsf\.c:[0-9]",
            r"\bdouble free\b",
            r"\b(?:free|malloc|realloc|malloc_consolidate)\(\): (?:invalid|corrupted|unaligned|memory corr)",
            r"\bcorrupted (?:size vs|double-linked)",
        ),
        "Something wrote outside its memory: the heap's own records are damaged.",
        "ESP-IDF components/heap (multi_heap_poisoning.c, tlsf.c); glibc malloc.c",
    ),
    Signature(
        "alloc_failure",
        ("alloc", "memory"),
        _any_of(
            r"\bfail(?:ed|ure|s)? to (?:re)?allocate\b",
            r"\b(?:un|not )able to allocate\b",
            r"\b(?:could not|couldn't|cannot|can't) allocate\b",
            r"\ballocat(?:ion|e|ing)\b[^;,.]{0,40}\bfail",
            r"\bnot enough memory\b",
            r"\b[mc]alloc\b[^;,.]{0,40}\bfail",
            r"\b(?:mem|memory) alloc(?:ation)? fail",
            r"\bheap_caps_\w{0,24}alloc\w{0,24}\b[^;.]{0,60}\bfail",
        ),
        "One request for memory was refused; what needed it was skipped.",
        "src/mesh/MemoryPool.h, src/mesh/PacketHistory.cpp, src/modules; ESP-IDF heap_caps.c; mbedTLS",
    ),
    Signature(
        "pool_exhausted",
        ("free slots", "memory pool"),
        _any_of(r"\bno free slots available\b", r"\bmemory pool (?:is )?(?:exhausted|empty|full)\b"),
        "All slots of a fixed pool of packets are in use: packets are dropped or leaked.",
        "src/mesh/MemoryPool.h",
    ),
    Signature(
        "low_heap",
        ("low heap", "too low", "watermark"),
        _any_of(r"\blow heap\b", r"\bheap (?:is )?too low\b", r"\bheap watermark: only\b"),
        "The board itself says that little heap is left.",
        "src/mesh/http/WebServer.cpp, src/main.cpp, src/Power.cpp (2.0: heap too low)",
    ),
    Signature(
        "brownout",
        ("brown",),
        _any_of(
            r"\bbrownout detector was triggered\b",
            r"\brst:0x[0-9a-f]{1,4} \(\w{0,24}brown",
            r"\breset_reason=[ ]{0,4}\w{0,24}brown",
        ),
        "The supply voltage fell too low and the chip was reset.",
        "ESP-IDF brownout.c; ESP32 boot ROM; src/platform/esp32/main-esp32.cpp",
    ),
    Signature(
        "watchdog",
        ("watchdog", "wdt", "reset reason: 0x"),
        _any_of(
            r"\b(?:watchdog|wdt) (?:got |was |has )?(?:triggered|expired|fired|timed out)\b",
            r"\b(?:watchdog|wdt) timeout on\b",
            r"\brst:0x[0-9a-f]{1,4} \(\w{0,24}wdt",
            r"\breset_reason=[ ]{0,4}\w{0,24}(?:watchdog|wdt)",
            r"\breset reason: 0x[0-9a-f]{0,7}[2367abef]\b",
        ),
        "A task did not come back in time and the watchdog reset the board.",
        "ESP-IDF task_wdt.c, int_wdt.c; ESP32 boot ROM; RESETREAS of the nRF52 (bit DOG)",
    ),
    Signature(
        "panic",
        ("guru", "backtrace", "abort", "assert", "stack", "panic", "fault", "dumped", "terminate"),
        _any_of(
            r"\bguru meditation\b",
            r"(?:^|\W)backtrace: ?0x",
            r"^\W{0,8}backtrace:",
            r"\babort\(\) was called\b",
            r"\bassert failed:",
            r"\bassertion\b.{0,120}\bfailed\b",
            r"\blfs assert\b",
            r"\bstack (?:overflow in|canary watchpoint|smashing)",
            r"\bpanic'ed\b",
            r"\bhard ?fault\b",
            r"\bsegmentation fault\b",
            r"\bcore dumped\b",
            r"\bterminate called\b",
        ),
        "The firmware crashed: an exception, a failed assertion or an abort.",
        "ESP-IDF panic.c; newlib abort and assert; src/platform/nrf52/main-nrf52.cpp; glibc on native",
    ),
    Signature(
        "routing_nak",
        ("alloc an err=",),
        _any_of(r"\balloc an err=[ ]{0,4}[-+]?[0-9]"),
        "The node answers a packet with a routing error. Normal on a busy mesh, and no sign of missing memory.",
        "src/mesh/MeshModule.cpp (allocAckNak)",
    ),
    Signature(
        "reboot",
        ("boot", "reset", "rst:0x", "esp-rom", "ets ", "s:b:", "hwvendor", "e s h t"),
        _any_of(
            r"^\W{0,16}rebooting\b(?![ ]?[=:])",
            r"\breboot(?:ing)? in [0-9]{1,6} ?s",
            r"^\W{0,8}final reboot\b",
            r"\bbooted, wake cause\b",
            r"\breset reason: 0x",
            r"\brst:0x[0-9a-f]{1,4}\b",
            r"^\W{0,8}esp-rom:",
            r"^ets [a-z]{3} +[0-9]{1,2} [0-9]{4}\b",
            r"\bs:b:[0-9]",
            r"\bmeshtastic hwvendor=",
            r"e s h t /\\ s t / c",
        ),
        "The board restarts, or says after a start why it did.",
        "src/Power.cpp, src/main.cpp, src/modules/AdminModule.cpp; ESP32 boot ROM",
    ),
)
"""Most severe first."""


def signature_in(message: str) -> str | None:
    """Return the class of a log message in any letter case, or ``None``.

    Chat and names that a message quotes must be cut off before (``chat_text.words_of_the_board``).
    """
    lowered = message.lower()
    for name, literals, pattern, _, _ in SIGNATURES:
        for literal in literals:
            if literal in lowered:
                if pattern.search(lowered):
                    return name
                break
    return None
