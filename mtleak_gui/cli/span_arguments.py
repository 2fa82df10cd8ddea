# SPDX-License-Identifier: GPL-3.0-only
"""Arguments whose value may begin with a minus: ``--window -3d``, which argparse holds for another option."""

from __future__ import annotations

import argparse
import re
import sys
from typing import Any

_SPAN_OPTIONS = frozenset({"--start", "--end", "--window", "--at"})
_SPAN = re.compile(r"-\s*[\d.]")


class SpanArguments(argparse.ArgumentParser):
    """Takes a span with a minus as the value of the option before it."""

    def parse_known_args(self, args: Any = None, namespace: Any = None) -> Any:
        """Join such an option and its value before argparse looks at them."""
        joined: list[str] = []
        for word in sys.argv[1:] if args is None else args:
            if joined and joined[-1] in _SPAN_OPTIONS and _SPAN.match(word):
                joined[-1] += f"={word}"
            else:
                joined.append(word)
        return super().parse_known_args(joined, namespace)
