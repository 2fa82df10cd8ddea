# SPDX-License-Identifier: GPL-3.0-only
"""A question with a pattern that may search for years, asked in a process that can be ended.

The standard library's matcher cannot be interrupted, not even by Ctrl-C where it runs beside the main thread.
"""

from __future__ import annotations

import argparse
import multiprocessing
from collections.abc import Callable
from multiprocessing.connection import Connection

from mtleak_gui.cli.errors import BadInputError
from mtleak_gui.core.rows import Row

LIMIT_S = 60.0
"""Searching three days of log without any literal takes a few seconds."""
_REPEATS = frozenset("*+{")

Answer = Callable[[argparse.Namespace], Row]
"""Answers; a function of a module, because the other process looks it up. Raises ``BadInputError``."""


def may_take_long(pattern: str | None) -> bool:
    """Return whether the pattern repeats anything: without that, a search takes no longer than reading."""
    return pattern is not None and not _REPEATS.isdisjoint(pattern)


def bounded(answer: Answer, arguments: argparse.Namespace, limit_s: float) -> Row:
    """Return the answer of another process. Raises ``BadInputError`` as it does, and when it takes too long."""
    spawning = multiprocessing.get_context("spawn")
    ours, theirs = spawning.Pipe(duplex=False)
    process = spawning.Process(target=_serve, args=(theirs, answer, arguments), name="query", daemon=True)
    process.start()
    theirs.close()
    try:
        told: Row | str | None = ours.recv() if ours.poll(limit_s) else None
    except EOFError:
        raise BadInputError("the process that searches is gone: try again, over a shorter window") from None
    finally:
        process.kill()
        process.join()
        ours.close()
    if told is None:
        raise BadInputError(
            f"the pattern was cut off after {limit_s:.0f} s: it searches without end. "
            "Use fewer repeats (* + {}), none inside another, or a shorter window"
        )
    if isinstance(told, str):
        raise BadInputError(told)
    return told


def _serve(connection: Connection, answer: Answer, arguments: argparse.Namespace) -> None:
    """Answer. Runs in: a process of its own."""
    try:
        connection.send(answer(arguments))
    except BadInputError as trouble:
        connection.send(str(trouble))
    except KeyboardInterrupt:
        # Ctrl-C in a terminal reaches both; the one that asked tells.
        connection.close()
