# SPDX-License-Identifier: GPL-3.0-only
"""A session knows of its device what was heard of it, and nothing that was heard of others."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pytest

from mtleak_gui.core.past import PastPort, PastSeries
from mtleak_gui.core.records import RawEvent
from mtleak_gui.core.restart_watch import Restart
from mtleak_gui.core.series_key import FREE_HEAP, SOURCES
from mtleak_gui.engine.session import Session
from tests.engine.heard_items import OWN, PORT, T0, Recorder, event, hours_of, line, prefixed, stats


@pytest.fixture
def session(qapp: object) -> Session:
    return Session(PORT, "serial_session")


def test_hours_of_a_debug_heap_console_become_its_heap_its_threads_and_its_build(session: Session) -> None:
    Recorder().hear(session, *hours_of("leak-threads", 1.0, console=True))
    assert len(session.heap) > 500
    assert {SOURCES[code] for code in session.heap.source} == {"debug_heap_serial", "heap_line"}
    assert (session.debug_heap, session.debug_heap_reason) == ("ON", "per-line prefix detected")
    assert {delta.thread for delta in session.thread_deltas} >= {"Router", "MQTT"}
    trend = session.trend(3_600.0, T0)
    assert trend is not None
    assert -220 < trend.slope_per_min < -140
    assert trend.is_clear
    uptime = session.uptime_now(T0)
    assert uptime is not None
    assert uptime == pytest.approx(3_600, abs=2)


def test_hours_of_a_stock_board_over_the_api_bring_telemetry_and_no_sign_of_debug_heap(session: Session) -> None:
    Recorder().hear(session, *hours_of("steady", 2.0))
    history = session.history("local", "heapFreeBytes")
    assert history is session.heap
    assert {SOURCES[code] for code in session.heap.source} == {"local_stats", "heap_line"}
    assert session.total_heap == 327_680
    assert session.used_percent == pytest.approx(100 * (1 - session.heap.value[-1] / 327_680))
    assert session.debug_heap == "OFF"
    assert session.watermark is not None
    assert len(session.largest_block) == len(session.min_free) > 10
    fields = session.fields()
    assert fields[0] == FREE_HEAP
    assert ("device", "battery_level") in fields
    assert ("local", "num_tx_dropped") in fields


def test_the_heap_of_another_node_is_not_taken_for_its_own(session: Session) -> None:
    recorder = Recorder()
    recorder.hear(session, stats(0, free=100_000), stats(1, free=5_000, sender=77), stats(2, free=99_000, own=None))
    assert session.heap.value.tolist() == [100_000, 99_000]


@pytest.mark.parametrize("free", [4_294_967_295, -1, 0])
def test_what_stands_for_not_reported_is_no_sample(session: Session, free: int) -> None:
    Recorder().hear(session, stats(0, free=free), prefixed(1, free))
    assert len(session.heap) == 0
    assert session.free_heap is None


def test_lines_and_packets_of_one_batch_come_in_order_of_time(session: Session) -> None:
    Recorder().hear(session, prefixed(2, 20_000), prefixed(4, 40_000), stats(1, free=10_000), stats(3, free=30_000))
    assert session.heap.value.tolist() == [10_000, 20_000, 30_000, 40_000]
    assert np.isnan(session.heap.uptime).sum() == 0


def test_few_lines_without_a_sign_do_not_say_that_debug_heap_is_off(session: Session) -> None:
    recorder, states = Recorder(), []
    for _ in range(2):
        recorder.hear(session, *[line(0, "INFO  | 12:00:00 5 [Router] hello")] * 50)
        states.append((session.debug_heap, session.debug_heap_reason))
    assert states == [("NOT SEEN", "no heap sign in 50 log lines"), ("OFF", "no heap sign in 100 log lines")]


def test_a_restart_begins_a_boot_with_its_reason_and_breaks_the_trend(session: Session) -> None:
    recorder = Recorder()
    recorder.hear(session, *[prefixed(second, 100_000 - 10 * second, uptime=5_000 + second) for second in range(300)])
    recorder.hear(session, line(310, "rst:0xc (RTC_SW_CPU_RST),boot:0x13"), prefixed(330, 130_000, uptime=20))
    first, second = session.boots
    assert (first.number, first.first_uptime, first.end) == (1, 5_000, second.start)
    assert (second.start, second.first_uptime) == (T0 + 310, 20)
    assert second.reason == "RTC_SW_CPU_RST"
    assert (session.reboot_count, session.last_restart) == (1, second)
    assert session.uptime_now(T0 + 340) == pytest.approx(30)
    [band] = session.bands
    assert (band.kind, band.start, band.end) == ("restart", T0 + 310, T0 + 330)
    assert session.trend(3_600, T0 + 330) is None


def test_a_board_that_is_heard_from_its_start_on_has_one_boot(session: Session) -> None:
    recorder = Recorder()
    recorder.hear(session, line(0, "garbage of another speed"), line(1, "rst:0x1 (POWERON_RESET),boot:0x13"))
    recorder.hear(session, prefixed(20, 130_000, uptime=19))
    [boot] = session.boots
    assert (boot.reason, boot.first_uptime) == ("POWERON_RESET", 19)
    assert session.last_restart == boot


def test_what_interrupts_the_curve_shows_as_bands(session: Session) -> None:
    recorder = Recorder()
    recorder.hear(session, *[stats(900.0 * turn, free=90_000) for turn in range(8)])
    recorder.hear(
        session,
        event(7_000, "recorder_pause", "lunch", port=None),
        event(7_200, "recorder_resume", port=None),
        event(9_000, "connection_lost", "port vanished"),
        event(9_060, "connection_established"),
        event(9_900, "host_sleep", port=None, slept_s=300.0),
        event(13_000, "connection_lost", "port vanished"),
        stats(12_900, free=90_000),
    )
    assert [(band.kind, band.start - T0, band.end and band.end - T0, band.text) for band in session.bands] == [
        ("pause", 7_000, 7_200, "Paused: lunch"),
        ("link_lost", 9_000, 9_060, "Connection lost: port vanished"),
        ("sleep", 9_600, 9_900, "Computer slept 5m"),
        ("link_lost", 13_000, None, "Connection lost: port vanished"),
    ]


def test_missing_samples_show_as_a_gap_once(session: Session) -> None:
    recorder = Recorder()
    for begin in (0, 900, 1_800):
        recorder.hear(session, *[prefixed(begin + second, 90_000) for second in range(301)])
    gaps = [(band.start - T0, band.end and band.end - T0) for band in session.bands if band.kind == "gap"]
    assert gaps == [(300, 900), (1_200, 1_800)]
    assert session.bands[0].text == "No samples for 10m"


def test_the_device_is_known_bit_by_bit_and_the_testers_name_wins(session: Session) -> None:
    recorder = Recorder()
    assert session.name == "ttyUSB0"
    recorder.hear(session, event(0, "device_info", firmware="2.8.0", node_num=OWN, long_name="bench-a", region=None))
    recorder.hear(session, event(1, "device_info", environment="tbeam", long_name=None))
    assert session.device is not None
    assert (session.firmware, session.environment, session.device.node_num) == ("2.8.0", "tbeam", OWN)
    assert session.name == "bench-a"
    session.save_name("left one")
    assert session.name == "left one"


def past(*, restarts: tuple[Restart, ...] = (), uptime: float = 4_000.0) -> PastPort:
    """Return an hour of heap that ended at T0 - 100 with an uptime."""
    ts = np.linspace(T0 - 3_700, T0 - 100, 61)
    series = PastSeries(ts, np.linspace(100_000, 90_000, 61), np.zeros(61, np.int8), np.full(61, np.nan))
    return PastPort(
        PORT,
        "serial_session",
        series={FREE_HEAP: series},
        total_heap=294_912.0,
        restarts=restarts,
        first_ts=T0 - 3_700,
        first_uptime=400.0,
        last_ts=T0 - 100,
        last_uptime=(T0 - 100, uptime),
    )


def take_past(session: Session, port: PastPort, events: Sequence[RawEvent] = ()) -> None:
    session.take_past(port, events)


def test_the_past_stands_before_what_was_heard_live_and_the_boot_goes_on(session: Session) -> None:
    Recorder().hear(session, prefixed(0, 89_000, uptime=4_100), prefixed(1, 88_000, uptime=4_101))
    take_past(
        session, past(), [event(-2_000, "recorder_pause", port=None), event(-1_000, "recorder_resume", port=None)]
    )
    assert session.heap.ts.size == 63
    assert np.all(np.diff(session.heap.ts) >= 0)
    [boot] = session.boots
    assert (boot.start, boot.first_uptime) == (T0 - 3_700, 400)
    assert session.uptime_now(T0) == pytest.approx(4_100)
    assert [(band.kind, band.start - T0) for band in session.bands] == [("pause", -2_000)]
    assert session.total_heap == 294_912


def test_a_restart_between_the_past_and_now_is_seen_whichever_comes_first(qapp: object) -> None:
    for past_first in (True, False):
        session = Session(PORT, "serial_session")
        if past_first:
            take_past(session, past())
        Recorder().hear(session, prefixed(0, 120_000, uptime=30), prefixed(5, 120_000, uptime=35))
        if not past_first:
            take_past(session, past())
        first, second = session.boots
        assert (first.number, first.start, second.number) == (1, T0 - 3_700, 2)
        assert second.reason == "restarted while it was not heard"
        assert first.end == second.start
        assert session.uptime_now(T0 + 5) == pytest.approx(35)


def test_restarts_of_the_past_are_boots(session: Session) -> None:
    restart = Restart(T0 - 2_000, PORT, "banner", "S:B:43,...", 3.0, reset_reason="PANIC")
    take_past(session, past(restarts=(restart,), uptime=1_903.0))
    first, second = session.boots
    assert (first.end, second.start, second.reason) == (T0 - 2_003, T0 - 2_003, "PANIC")
    assert session.uptime_now(T0) == pytest.approx(2_003)


def test_what_ended_the_past_ends_with_the_first_sign_of_the_present(session: Session) -> None:
    recorder = Recorder()
    recorder.hear(session, event(0, "recorder_start", port=None), event(1, "connection_established"))
    take_past(
        session,
        past(),
        [event(-100, "connection_lost", "closed by the recorder"), event(-99, "recorder_stop", port=None)],
    )
    assert [(band.text, band.start - T0, band.end and band.end - T0) for band in session.bands] == [
        ("Disconnected", -100, 1),
        ("Not recording", -99, 0),
    ]
