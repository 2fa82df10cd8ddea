# SPDX-License-Identifier: GPL-3.0-only
"""``mtleak-gui demo watch``: see a virtual board being recorded, without any hardware."""

from __future__ import annotations

import argparse
import tempfile
from pathlib import Path

from mtleak_gui.cli.errors import addresses_given
from mtleak_gui.core.addresses import DemoAddress, parse_speed
from mtleak_gui.demo.scenario_catalogue import DEFAULT_SCENARIO

DEFAULT_SPEED = "60"
"""A minute of the board each second: a leak shows within the patience of a first look."""


def configure(parser: argparse.ArgumentParser) -> None:
    """Declare the options."""
    parser.add_argument("--scenario", default=DEFAULT_SCENARIO, help=f"what the heap goes through ({DEFAULT_SCENARIO})")
    parser.add_argument("--speed", default=DEFAULT_SPEED, metavar="N", help=f"1 to 600 times as fast ({DEFAULT_SPEED})")
    parser.add_argument("--for", dest="span", metavar="TIME", help="how long, such as 90s or 10m (default: to Ctrl-C)")


def run(arguments: argparse.Namespace) -> int:
    """Record a virtual board into a new folder for temporary files. Raises ``BadInputError``."""
    # Recording needs Qt and the meshtastic package; ``demo serve`` must not wait for them.
    from mtleak_gui.cli.record_command import RecordPlan, parse_seconds, record  # noqa: PLC0415

    with addresses_given():
        address = DemoAddress(arguments.scenario, parse_speed(arguments.speed))
    seconds = None if arguments.span is None else parse_seconds(arguments.span)
    folder = Path(tempfile.mkdtemp(prefix="mtleak-demo-"))
    return record(RecordPlan((address,), folder, seconds))
