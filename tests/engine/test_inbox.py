# SPDX-License-Identifier: GPL-3.0-only
"""What many threads drop in comes out once, in each thread's order, and what is too much is counted."""

from __future__ import annotations

import threading

from mtleak_gui.core.records import RawLine
from mtleak_gui.engine.inbox import Inbox


def line(text: str) -> RawLine:
    return RawLine(0.0, "p", "serial", text)


def put_many(inbox: Inbox, name: str) -> None:
    for number in range(5_000):
        inbox.put(line(f"{name} {number}"))


def test_nothing_is_lost_or_doubled_between_threads() -> None:
    inbox = Inbox()
    threads = [threading.Thread(target=put_many, args=(inbox, name)) for name in "abcd"]
    for thread in threads:
        thread.start()
    got: list[str] = []
    while len(got) < 20_000:
        drained = inbox.drain(5)
        assert drained, "nothing came although items are missing"
        got += [item.text for item in drained if isinstance(item, RawLine)]
    for thread in threads:
        thread.join()
    for name in "abcd":
        assert [text for text in got if text.startswith(name)] == [f"{name} {number}" for number in range(5_000)]


def test_what_is_too_much_is_counted_once() -> None:
    inbox = Inbox(limit=3)
    for number in range(5):
        inbox.put(line(str(number)))
    assert [item.text for item in inbox.drain(0) if isinstance(item, RawLine)] == ["0", "1", "2"]
    assert inbox.take_dropped() == 2
    assert inbox.take_dropped() == 0


def test_an_idle_drain_is_woken() -> None:
    inbox = Inbox()
    drained: list[object] = []
    waiting = threading.Thread(target=lambda: drained.append(inbox.drain(60)))
    waiting.start()
    inbox.wake()
    waiting.join(5)
    assert drained == [[]]
