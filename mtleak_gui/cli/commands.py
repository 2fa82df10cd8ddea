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
from mtleak_gui.core.shown_text import shown_lines
from mtleak_gui.version import application_version

PROGRAM = "mtleak-gui"

_USAGE = f"""{PROGRAM} [--demo [SCENARIO] | --open FOLDER]
       {PROGRAM} COMMAND ... | --version | --self-test [FILE] | --help"""
_EPILOG = f"""{PROGRAM} COMMAND --help tells the options of a command. For example:
  {PROGRAM} --demo                                   the window, with a virtual board
  {PROGRAM} record --connect serial:/dev/ttyUSB0     record a board, until Ctrl-C
  {PROGRAM} leakhunt FOLDER --window 6h              judge the newest six hours of a recording

Exit codes: 0 done, 1 the answer is bad (--fail-on, self-test), 2 bad input, 130 Ctrl-C.
Where recordings lie: in the user's data folder, or in the folder that MTLEAK_RECORDINGS names."""


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
    "self-test": Command("mtleak_gui.cli.self_test.command", "check this installation and tell what is missing"),
}


def run_command(argv: Sequence[str]) -> int:
    """Run the command that ``argv`` names. Return 0 when it did its work, 2 on bad input, 130 on Ctrl-C."""
    arguments, command = _read_arguments(["self-test", *argv[1:]] if argv[:1] == ["--self-test"] else argv)
    try:
        exit_code: int = import_module(command.module).run(arguments)
    except BadInputError as trouble:
        print(shown_lines(f"{PROGRAM}: {trouble}"), file=sys.stderr)
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
        usage=_USAGE,
        description="Records what Meshtastic boards say and tells whether they leak memory. Without a command the "
        "window opens.",
        epilog=_EPILOG,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument("--version", action="version", version=f"{PROGRAM} {application_version()}")
    parser.add_argument("--self-test", action="store_true", help="the same as the command self-test")
    # The window reads these two itself, see ``__main__``; they stand here to be told.
    window = parser.add_argument_group("options of the window")
    window.add_argument("--demo", nargs="?", metavar="SCENARIO", help="open it with a virtual board")
    window.add_argument("--open", metavar="FOLDER", help="open it with a recording, for reading")
    subparsers = parser.add_subparsers(
        prog=PROGRAM, dest="command", required=True, metavar="COMMAND", parser_class=SpanArguments
    )
    for name, command in COMMANDS.items():
        subparser = subparsers.add_parser(name, help=command.summary, description=command.summary)
        if name in argv[:1]:
            import_module(command.module).configure(subparser)
    arguments = parser.parse_args(argv)
    return arguments, COMMANDS[arguments.command]
