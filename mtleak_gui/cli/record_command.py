# SPDX-License-Identifier: GPL-3.0-only
"""``mtleak-gui record``: record what boards say until the time is over or Ctrl-C."""

from __future__ import annotations

import argparse
import logging
import os
import sys
from collections.abc import Sequence
from contextlib import ExitStack
from pathlib import Path
from typing import NamedTuple

from PySide6.QtCore import QCoreApplication

from mtleak_gui.cli.errors import BadInputError, addresses_given
from mtleak_gui.cli.live_line import LiveLine
from mtleak_gui.cli.recording_run import RecordingRun
from mtleak_gui.core.addresses import FORMS, Address, DemoAddress, parse_address, parse_speed
from mtleak_gui.core.contracts import Clock
from mtleak_gui.core.time_words import TimeWordsError, parse_span
from mtleak_gui.engine.board_links import BoardLink, board_link, common_clock
from mtleak_gui.engine.inbox import Inbox
from mtleak_gui.engine.link_keeper import LinkKeeper
from mtleak_gui.engine.port_watch import PortWatch
from mtleak_gui.engine.recorder_thread import RecorderThread
from mtleak_gui.engine.row_maker import RowMaker
from mtleak_gui.link.port_offers import SystemPorts
from mtleak_gui.storage.folder_adoption import UnknownFormatError
from mtleak_gui.storage.places import Places
from mtleak_gui.storage.recording import Recording
from mtleak_gui.storage.recording_lock import RecordingLockedError
from mtleak_gui.storage.system_clock import SystemClock


class RecordPlan(NamedTuple):
    """What to record, where, and for how many seconds of the host (``None``: until it is ended)."""

    addresses: tuple[Address, ...]
    folder: Path
    seconds: float | None = None
    console: bool = False
    speed: float = 1.0


def configure(parser: argparse.ArgumentParser) -> None:
    """Declare the options."""
    parser.add_argument("--connect", action="append", required=True, metavar="ADDRESS", help=f"a board: {FORMS}")
    parser.add_argument(
        "--console", action="store_true", help="listen to the text console of serial ports, send nothing"
    )
    parser.add_argument(
        "--recording", type=Path, metavar="FOLDER", help="where to record (default: the usual recording)"
    )
    parser.add_argument(
        "--for", dest="span", metavar="TIME", help="how long, such as 90s, 10m or 1h30m (default: to Ctrl-C)"
    )
    parser.add_argument(
        "--speed", default="1", metavar="N", help="how many times as fast virtual boards live (1 to 600)"
    )


def run(arguments: argparse.Namespace) -> int:
    """Record. Return 0, or 1 when no board ever said anything. Raises ``BadInputError``."""
    with addresses_given():
        addresses = tuple(dict.fromkeys(parse_address(text) for text in arguments.connect))
        speed = parse_speed(arguments.speed)
    folder = arguments.recording or Places.of_system(os.environ).default_recording
    seconds = None if arguments.span is None else parse_seconds(arguments.span)
    return record(RecordPlan(addresses, folder, seconds, arguments.console, speed))


def parse_seconds(words: str) -> float:
    """Return the length that ``--for`` names, in seconds. Raises ``BadInputError``."""
    try:
        seconds = parse_span(words)
    except TimeWordsError as trouble:
        raise BadInputError(f"--for: {trouble}") from trouble
    if seconds <= 0:
        raise BadInputError(f"--for: {words!r} is no time to record; write a length such as 90s, 10m or 1h30m")
    return seconds


def record(plan: RecordPlan) -> int:
    """Record as planned. Return 0, or 1 when no board ever said anything. Raises ``BadInputError``."""
    with addresses_given():
        clock = common_clock(plan.addresses, plan.speed)
    inbox, row_maker = Inbox(), RowMaker()
    recorder = RecorderThread(inbox, row_maker, clock)
    with ExitStack() as held:
        with addresses_given():
            boards = [board_link(address, console=plan.console, clock=clock, held=held) for address in plan.addresses]
        recording = _open_recording(plan, clock, recorder)
        held.callback(recording.close)
        # The package's own words about lost ports would come between ours, which say the same.
        logging.getLogger("meshtastic").setLevel(logging.CRITICAL)
        application = QCoreApplication.instance() or QCoreApplication([])
        live_line = LiveLine(sys.stdout)
        for sentence in recording.repairs:
            live_line.say(sentence)
        live_line.say(f"Recording into {plan.folder}" + ("" if plan.seconds else "; Ctrl-C ends it"))
        RecordingRun(recording, recorder, _keepers(boards, inbox), live_line, PortWatch(SystemPorts())).run(
            application, plan.seconds
        )
        _tell_files(recording, live_line)
    return 0 if row_maker.rows_made else 1


def _keepers(boards: Sequence[BoardLink], inbox: Inbox) -> list[LinkKeeper]:
    # Links are tried again in the host's time, however fast a virtual board lives.
    return [LinkKeeper(board.port, board.make_link, inbox.put, SystemClock()) for board in boards]


def _open_recording(plan: RecordPlan, clock: Clock, recorder: RecorderThread) -> Recording:
    demo = all(isinstance(address, DemoAddress) for address in plan.addresses)
    try:
        return Recording.open(plan.folder, clock=clock, demo=demo, on_trouble=recorder.tell_trouble)
    except (RecordingLockedError, UnknownFormatError) as trouble:
        raise BadInputError(str(trouble)) from trouble
    except OSError as trouble:
        why = trouble.strerror or trouble
        raise BadInputError(f"{plan.folder} cannot be recorded into: {why}. Choose another folder") from trouble


def _tell_files(recording: Recording, live_line: LiveLine) -> None:
    status = recording.status()
    live_line.say(f"Recorded into {status.folder}")
    for stream, state in status.streams.items():
        live_line.say(f"  {stream}.jsonl: {state.rows_this_session:,} rows")
    if status.rows_dropped:
        why = status.trouble or "the disk could not be written"
        live_line.say(f"  {status.rows_dropped:,} rows were lost: {why}")
