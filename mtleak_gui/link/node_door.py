# SPDX-License-Identifier: GPL-3.0-only
"""Lets through only what the board says that is meant, where the place alone does not prove who answers.

Another board at an address, or behind a bridge in the same socket, says things before it says who it is. They are kept
back until then, so that no line of one board ever gets into the curve of another. Used by the reader thread of one
session, but for ``open_up``, which comes when that has ended.
"""

from __future__ import annotations

from mtleak_gui.core.contracts import Hear
from mtleak_gui.core.records import RawEvent, RawItem
from mtleak_gui.link.session_end import SessionEndedError

_MOST_KEPT_BACK = 20_000


class NodeDoor:
    """``node`` is the number of the node that may pass; ``None``: any, and at once.

    ``is_sure``: the place does prove who answers, so that a board which takes another number stays the same board.
    """

    def __init__(self, node: int | None, *, is_sure: bool = False) -> None:
        self._node = node
        self._is_sure = is_sure
        self._found: int | None = None
        self._is_open = node is None
        self._is_shut = False
        self._kept_back: list[RawItem] = []
        self._hear: Hear = self._kept_back.append

    @property
    def nodes(self) -> tuple[str, str]:
        """The ids of the node that is meant, and of the one that answers."""
        return _id(self._node), _id(self._found)

    def lead_to(self, hear: Hear) -> None:
        """Say where what passes is to go."""
        self._hear = hear

    def hear(self, item: RawItem) -> None:
        """Take one item. Raises ``SessionEndedError`` when too much was kept back; that is let through in the end."""
        if self._is_open:
            self._hear(item)
        elif not self._is_shut:
            self._kept_back.append(item)
            if len(self._kept_back) >= _MOST_KEPT_BACK:
                raise SessionEndedError("no_answer", "the board talks without saying who it is")

    def announce(self, event: RawEvent) -> None:
        """Let through what we say ourselves, whoever answers."""
        self._hear(event)

    def check(self, node_num: int) -> None:
        """Take the number of the node that answers. Raises ``SessionEndedError`` when it is another one."""
        if self._node is None:
            self._node = node_num
        self._found = node_num
        if node_num != self._node and not self._is_sure:
            self._is_open, self._is_shut = False, True
            self._kept_back.clear()
            raise SessionEndedError("another_board", f"another board answers: {self.nodes[1]}")
        self.open_up()

    def open_up(self) -> None:
        """Let through what was kept back, unless it turned out to be of another board."""
        if self._is_shut:
            return
        kept, self._kept_back, self._is_open = self._kept_back, [], True
        for item in kept:
            self._hear(item)


def _id(node: int | None) -> str:
    return "an unknown node" if node is None else f"!{node:08x}"
