# SPDX-License-Identifier: GPL-3.0-only
"""The boards that the demo offers, each with the fate of its heap and the verdict that it should get."""

from __future__ import annotations

from dataclasses import replace

from mtleak_gui.demo.heap_shapes import Change, Repeating, Schedule, Shape, Staircase, settling
from mtleak_gui.demo.scenario import Failures, Hardware, Platform, Scenario

ESP32 = Platform("ESP32", 294_912, 131_072, boot_rom="esp32", states_largest_block=True)
ESP32_S3 = Platform("ESP32-S3", 327_680, 186_320, boot_rom="esp32s3", states_largest_block=True)
NRF52 = Platform("nRF52", 117_760, 52_480, boot_rom=None)
RP2040 = Platform("RP2040", 204_800, 118_784, boot_rom=None, has_battery=False)
NATIVE = Platform("native", 0, 8_144_896, boot_rom=None, has_battery=False, reports_heap=False, simulated_radio=True)

HELTEC_V3 = Hardware("heltec-v3", "HELTEC_V3", ESP32_S3)
TBEAM = Hardware("tbeam", "TBEAM", ESP32)
RAK4631 = Hardware("rak4631", "RAK4631", NRF52)
PICO = Hardware("pico", "RPI_PICO", RP2040)
LINUX = Hardware("native", "PORTDUINO", NATIVE)

JULY_2026, AUGUST_2026 = "2.8.0.7754068", "2.8.1.c4f2a17"
DEFAULT_SCENARIO = "slow-leak"

_WARM_THREADS = ("Router", "NodeInfo", "DeviceTelemetry", "PositionModule")


def _warm(amount: int, tau: float = 420.0) -> Shape:
    return settling(_WARM_THREADS, amount, tau, 136)


def _steady(_key: int) -> tuple[Shape, ...]:
    return (_warm(4_080),)


def _warming_up(_key: int) -> tuple[Shape, ...]:
    return (_warm(24_480, tau=1_500.0),)


def _ramp(bytes_per_minute: float, key: int) -> tuple[Shape, ...]:
    return _warm(4_080), Staircase("Router", 24 * 60 / bytes_per_minute, (24,), key=key)


def _stairs(bytes_per_minute: float, key: int) -> tuple[Shape, ...]:
    return _warm(2_040), Staircase("DeviceTelemetry", 624 * 60 / bytes_per_minute, (624,), starts=75.0, key=key)


def _router_leak(bytes_per_minute: float, key: int) -> tuple[Shape, ...]:
    leak = Staircase("Router", 128 * 60 / bytes_per_minute, (128, 112, 144), starts=30.0, key=key)
    # A cache that grows by as much as it later gives back: a thread that only looks guilty.
    swings = Schedule((Change(40.0, 1_024, "MQTT"), Change(410.0, -1_024, "MQTT")))
    return _warm(4_080), leak, Repeating(swings, 900.0)


def _rapid_leak(bytes_per_minute: float, key: int) -> tuple[Shape, ...]:
    return _warm(4_080), Staircase("WebServer", 1_152 * 60 / bytes_per_minute, (1_152, 896, 1_408), key=key)


def _bursts(_key: int) -> tuple[Shape, ...]:
    pieces = [Change(1_200.0 + 20 * turn, 2_048, "RangeTest") for turn in range(20)]
    pieces += [Change(3_000.0 + 90 * turn, -2_048, "RangeTest") for turn in range(20)]
    return _warm(4_080), Repeating(Schedule(tuple(pieces)), 7_200.0)


def _visits(_key: int) -> tuple[Shape, ...]:
    visits = (Change(300.0, 5_888, "ServerAPI"), Change(430.0, -5_888, "ServerAPI"),
              Change(1_100.0, 8_704, "ServerAPI"), Change(1_320.0, -8_704, "ServerAPI"))  # fmt: skip
    return _warm(2_040), Repeating(Schedule(visits), 1_800.0)


def _nothing(_key: int) -> tuple[Shape, ...]:
    return ()


_BROKEN_UP = (
    "Failed to allocate memory for copy",
    "Malloc of mem failed",
    "Not enough memory to create HTTPS connection",
)
_RUNNING_OUT = (
    "Failed to allocate zeroed memory",
    "Failed to allocate memory for copy",
    "Low heap ({free} bytes), skipping HTTPS processing",
)

_LOW = Failures(23.0, _RUNNING_OUT, below_free=9_216)

LEAK_RATES = {"slow-leak": (_ramp, 180), "slow-leak-staircase": (_stairs, 120), "leak-threads": (_router_leak, 170),
              "oom": (_rapid_leak, 3_600)}  # fmt: skip
"""Scenarios that leak: how, and by default how many bytes a minute."""

_LEAKING = (
    Scenario("slow-leak", "Slow leak, a few bytes at a time", HELTEC_V3, AUGUST_2026, "SLOW LEAK", _nothing,
             culprit="Router", prints_periodic_heap=True, dies_below=2_048, failures=_LOW),
    Scenario("slow-leak-staircase", "Slow leak in steps, stock build", RAK4631, JULY_2026, "SLOW LEAK", _nothing,
             culprit="DeviceTelemetry", dies_below=2_048, failures=_LOW),
    Scenario("leak-threads", "Slow leak with thread lines: Router", TBEAM, JULY_2026, "SLOW LEAK", _nothing,
             culprit="Router", debug_heap=True, dies_below=2_048, failures=_LOW),
    Scenario("oom", "Runs out of memory, aborts and restarts", TBEAM, AUGUST_2026, "OOM-IMMINENT", _nothing,
             culprit="WebServer", debug_heap=True, prints_periodic_heap=True, dies_below=2_048, failures=_LOW),
)  # fmt: skip

_SOUND = (
    Scenario("steady", "Steady board", HELTEC_V3, AUGUST_2026, "STEADY", _steady, prints_periodic_heap=True),
    Scenario("warm-up", "Long warm-up that settles", TBEAM, JULY_2026, "STEADY", _warming_up, debug_heap=True),
    Scenario("fragmentation", "Fragmentation: free flat, blocks shrink", HELTEC_V3, AUGUST_2026,
             "FRAGMENTATION SUSPECT", _steady, prints_periodic_heap=True, block_lost_per_hour=26_000,
             failures=Failures(97.0, _BROKEN_UP, starts=5_400.0)),
    Scenario("recovery", "Bursts that are given back", PICO, JULY_2026, "RECOVERY CURVE", _bursts, debug_heap=True),
    Scenario("client-sessions", "Clients come and go", RAK4631, JULY_2026, "STEADY", _visits),
    Scenario("not-reported", "Linux board that reports no heap", LINUX, JULY_2026, "INSUFFICIENT DATA", _nothing,
             debug_heap=True),
)  # fmt: skip


class UnknownScenarioError(ValueError):
    """There is no such scenario, or it does not leak at a rate; the text names what there is."""


def scenarios() -> tuple[Scenario, ...]:
    """Return every scenario at its usual rate, sound boards first."""
    return (*_SOUND, *(_at_rate(scenario, LEAK_RATES[scenario.name][1]) for scenario in _LEAKING))


def scenario_named(wanted: str) -> Scenario:
    """Return the scenario ``NAME``, or ``NAME:BYTES`` for a leak of that many bytes a minute (1 to 20,000).

    Raises ``UnknownScenarioError``.
    """
    name, _, rate = wanted.partition(":")
    found = next((scenario for scenario in scenarios() if scenario.name == name), None)
    if found is None:
        names = ", ".join(scenario.name for scenario in scenarios())
        raise UnknownScenarioError(f"there is no scenario {name!r}; there are: {names}")
    if not rate:
        return found
    if name not in LEAK_RATES:
        raise UnknownScenarioError(f"scenario {name!r} has no leak rate; these have: {', '.join(LEAK_RATES)}")
    if not (rate.isascii() and rate.isdigit() and 1 <= int(rate) <= 20_000):
        raise UnknownScenarioError(f"a leak rate is a whole number of bytes a minute, 1 to 20000, not {rate!r}")
    return _at_rate(found, int(rate))


def _at_rate(scenario: Scenario, bytes_per_minute: int) -> Scenario:
    leak, _ = LEAK_RATES[scenario.name]
    return replace(scenario, shapes=lambda key: leak(bytes_per_minute, key))
