# SPDX-License-Identifier: GPL-3.0-only
"""The table of commands, and how one is chosen, run and its errors told.

Only the module of the chosen command is imported, so that ``parse`` and ``query`` never wait for Qt or meshtastic.
"""

from __future__ import annotations

import argparse
import os
import sys
from collections.abc import Sequence
from importlib import import_module
from typing import NamedTuple

from mtleak_gui.cli.errors import BadInputError
from mtleak_gui.cli.span_arguments import SpanArguments
from mtleak_gui.version import application_version

PROGRAM = "mtleak-gui"


class Command(NamedTuple):
    """A command: its module has ``configure(parser)`` and ``run(arguments) -> exit code``."""

    module: str
    summary: str


COMMANDS = {
    "record": Command("mtleak_gui.cli.record_command", "record what boards say"),
    "query": Command("mtleak_gui.cli.query_command", "ask a recording for rows, a timeline or an export"),
    "leakhunt": Command("mtleak_gui.cli.leakhunt_command", "judge whether a board leaks memory, from a recording"),
    "parse": Command("mtleak_gui.cli.parse_command", "take a saved console log apart, one JSON object a line"),
    "demo": Command("mtleak_gui.cli.demo_command", "serve a virtual board, or watch one being recorded"),
}


def run_command(argv: Sequence[str]) -> int:
    """Run the command that ``argv`` names. Return 0 when it did its work, 2 on bad input, 130 on Ctrl-C."""
    arguments, command = _read_arguments(argv)
    try:
        exit_code: int = import_module(command.module).run(arguments)
    except BadInputError as trouble:
        print(f"{PROGRAM}: {trouble}", file=sys.stderr)
        return 2
    except KeyboardInterrupt:
        return 130
    except BrokenPipeError:
        # The reader of our output went away (``| head``); keep the interpreter's flush at exit quiet as well.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 0
    return exit_code


def _read_arguments(argv: Sequence[str]) -> tuple[argparse.Namespace, Command]:
    parser = argparse.ArgumentParser(
        prog=PROGRAM,
        description="Records what Meshtastic boards say and tells whether they leak memory.",
        epilog=f"Without a command the window opens; {PROGRAM} --demo [SCENARIO] opens it with a virtual board, "
        f"{PROGRAM} --open FOLDER with a recording.",
    )
    parser.add_argument("--version", action="version", version=f"{PROGRAM} {application_version()}")
    subparsers = parser.add_subparsers(dest="command", required=True, metavar="COMMAND", parser_class=SpanArguments)
    for name, command in COMMANDS.items():
        subparser = subparsers.add_parser(name, help=command.summary, description=command.summary)
        if name in argv[:1]:
            import_module(command.module).configure(subparser)
    arguments = parser.parse_args(argv)
    return arguments, COMMANDS[arguments.command]
