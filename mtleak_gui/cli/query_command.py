# SPDX-License-Identifier: GPL-3.0-only
"""``mtleak-gui query FOLDER QUESTION``: asks a recording and prints the answer as one JSON object."""

from __future__ import annotations

import argparse
import json
from collections.abc import Callable
from pathlib import Path

from mtleak_gui.cli.bounded_query import LIMIT_S, bounded, may_take_long
from mtleak_gui.cli.errors import BadInputError
from mtleak_gui.cli.span_arguments import SpanArguments
from mtleak_gui.core.rows import Row
from mtleak_gui.core.time_words import ALLOWED_TIMES, ALLOWED_WINDOWS, TimeWordsError
from mtleak_gui.storage.query_answers import QueryError
from mtleak_gui.storage.recording_reader import RecordingReader

_AddQuestion = Callable[..., argparse.ArgumentParser]
_Question = Callable[[RecordingReader, argparse.Namespace], Row]


def configure(parser: argparse.ArgumentParser) -> None:
    """Declare the arguments."""
    parser.add_argument("folder", type=Path, help="the folder of a recording, or of a meshtastic-mcp recorder")
    questions = parser.add_subparsers(
        dest="question", required=True, metavar="QUESTION", parser_class=SpanArguments
    ).add_parser
    _add_logs(questions)
    _add_telemetry(questions)
    _add_packets(questions)
    _add_events(questions)
    _add_export(questions)
    _add_status(questions)


def run(arguments: argparse.Namespace) -> int:
    """Print the answer. Raises ``BadInputError``."""
    if may_take_long(getattr(arguments, "grep", None)):
        answer = bounded(_answer, arguments, LIMIT_S)
    else:
        answer = _answer(arguments)
    print(json.dumps(answer, indent=2) if arguments.pretty else json.dumps(answer, separators=(",", ":")))
    return 0


def _answer(arguments: argparse.Namespace) -> Row:
    question: _Question = arguments.ask
    try:
        return question(RecordingReader(arguments.folder), arguments)
    except (QueryError, TimeWordsError) as trouble:
        raise BadInputError(str(trouble)) from trouble
    except OSError as trouble:
        message = f"{trouble.filename or arguments.folder} cannot be read: {trouble.strerror or trouble}"
        raise BadInputError(message) from trouble


def _add_logs(add: _AddQuestion) -> None:
    parser = _question(add, "logs", "log lines of a window, the newest last", _ask_logs)
    _add_window(parser, "-15m")
    parser.add_argument("--grep", metavar="REGEX", help="a Python regular expression searched in the line")
    parser.add_argument("--level", metavar="A|B", help="one level or several")
    parser.add_argument("--tag", help="the thread, exactly")
    parser.add_argument("--port", help="the port, exactly")
    _add_limit(parser)


def _ask_logs(reader: RecordingReader, asked: argparse.Namespace) -> Row:
    return reader.logs_window(
        asked.start,
        asked.end,
        grep=asked.grep,
        level=asked.level,
        tag=asked.tag,
        port=asked.port,
        max_lines=asked.max,
    ).as_dict()


def _add_telemetry(add: _AddQuestion) -> None:
    parser = _question(add, "telemetry", "one telemetry field over time, with its slope", _ask_telemetry)
    parser.add_argument("--window", metavar="SPAN", help=f"{ALLOWED_WINDOWS} (default 1h)")
    parser.add_argument("--start", metavar="TIME", help=f"instead of a window: {ALLOWED_TIMES}")
    parser.add_argument("--end", metavar="TIME", help="with --start (default now)")
    parser.add_argument("--variant", default="local", help="device, local, environment, ... (default local)")
    parser.add_argument("--field", default="free_heap", help="in snake or camel case (default free_heap)")
    parser.add_argument("--node", help="an id, a number, or any (default: the node that the port is connected to)")
    parser.add_argument("--port", help="the port, exactly")
    parser.add_argument("--points", type=_whole_number, default=200, metavar="N", help="at most so many (default 200)")


def _ask_telemetry(reader: RecordingReader, asked: argparse.Namespace) -> Row:
    if asked.window is not None and (asked.start is not None or asked.end is not None):
        raise BadInputError(f"--window {asked.window!r} and --start or --end cannot be given together: choose one")
    if asked.end is not None and asked.start is None:
        raise BadInputError(f"--end {asked.end!r} needs --start")
    window = (asked.start, asked.end or "now") if asked.start is not None else asked.window or "1h"
    return reader.telemetry_timeline(
        window, variant=asked.variant, field=asked.field, port=asked.port, node=asked.node, max_points=asked.points
    ).as_dict()


def _add_packets(add: _AddQuestion) -> None:
    parser = _question(add, "packets", "mesh packets of a window, the newest last", _ask_packets)
    _add_window(parser, "-5m")
    parser.add_argument("--portnum", metavar="A|B", help="one port number name or several, such as TELEMETRY_APP")
    parser.add_argument("--from", dest="from_node", metavar="NODE", help="the sender, as recorded")
    parser.add_argument("--to", dest="to_node", metavar="NODE", help="the receiver, as recorded")
    parser.add_argument("--port", help="the port, exactly")
    _add_limit(parser)


def _ask_packets(reader: RecordingReader, asked: argparse.Namespace) -> Row:
    return reader.packets_window(
        asked.start,
        asked.end,
        portnum=asked.portnum,
        from_node=asked.from_node,
        to_node=asked.to_node,
        port=asked.port,
        max_rows=asked.max,
    ).as_dict()


def _add_events(add: _AddQuestion) -> None:
    parser = _question(add, "events", "events of a window, the newest last", _ask_events)
    _add_window(parser, "-1h")
    parser.add_argument("--kind", metavar="A|B", help="one kind or several, such as mark|reboot")
    _add_limit(parser)


def _ask_events(reader: RecordingReader, asked: argparse.Namespace) -> Row:
    return reader.events_window(asked.start, asked.end, kind=asked.kind, max_rows=asked.max).as_dict()


def _add_export(add: _AddQuestion) -> None:
    parser = _question(add, "export", "copy the rows of a window into plain files", _ask_export)
    _add_window(parser, "-1h")
    parser.add_argument("--to", type=Path, required=True, metavar="FOLDER", help="made if need be; nothing is replaced")
    parser.add_argument("--keep-positions", action="store_true", help="do not remove coordinates from the copies")
    parser.add_argument("--streams", metavar="A,B", help="of logs, telemetry, packets, events (default all)")


def _ask_export(reader: RecordingReader, asked: argparse.Namespace) -> Row:
    streams = None if asked.streams is None else [name.strip() for name in asked.streams.split(",")]
    answer = reader.export(asked.start, asked.end, asked.to, streams=streams, keep_positions=asked.keep_positions)
    return answer.as_dict()


def _add_status(add: _AddQuestion) -> None:
    _question(add, "status", "what the recording holds", lambda reader, _: reader.status().as_dict())


def _question(add: _AddQuestion, name: str, summary: str, ask: _Question) -> argparse.ArgumentParser:
    parser = add(name, help=summary, description=summary)
    parser.add_argument("--pretty", action="store_true", help="indent the answer")
    parser.set_defaults(ask=ask)
    return parser


def _add_window(parser: argparse.ArgumentParser, start: str) -> None:
    parser.add_argument("--start", default=start, metavar="TIME", help=f"{ALLOWED_TIMES} (default {start})")
    parser.add_argument("--end", default="now", metavar="TIME", help="likewise (default now)")


def _add_limit(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--max", type=_whole_number, default=200, metavar="N", help="newest rows shown (default 200)")


def _whole_number(text: str) -> int:
    try:
        number = int(text)
    except ValueError:
        number = -1
    if number < 0:
        raise argparse.ArgumentTypeError(f"{text!r} is no number that can be used: give a whole number from 0 on")
    return number
