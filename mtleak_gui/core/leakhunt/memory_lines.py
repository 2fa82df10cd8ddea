# SPDX-License-Identifier: GPL-3.0-only
"""Log lines that mean memory trouble, by class. A routing NAK ("Alloc an err=1,to=0x..") is none and stands apart."""

from __future__ import annotations

from collections import Counter, defaultdict

from mtleak_gui.core.leakhunt.evidence import SeenLine
from mtleak_gui.core.leakhunt.facts import MemoryLines

ROUTING_NAK = "routing_nak"
_NO_TROUBLE = frozenset({ROUTING_NAK, "reboot", "brownout"})


def memory_lines_of(lines: tuple[SeenLine, ...], counts: dict[str, int]) -> MemoryLines:
    """Return the lines by class, newest last, and the routing NAKs by Routing.Error name.

    ``counts``: how many lines of each class the window holds, for classes of which only the newest were kept.
    """
    by_class: dict[str, list[SeenLine]] = defaultdict(list)
    naks: Counter[str] = Counter()
    for line in sorted(lines, key=lambda line: line.ts):
        if line.signature == ROUTING_NAK:
            naks[line.routing_error or "unknown"] += 1
        elif line.signature is not None and line.signature not in _NO_TROUBLE:
            by_class[line.signature].append(line)
    beyond = counts.get(ROUTING_NAK, 0) - naks.total()
    if beyond > 0:
        naks["older"] += beyond
    return MemoryLines({name: tuple(found) for name, found in by_class.items()}, dict(naks.most_common()))
