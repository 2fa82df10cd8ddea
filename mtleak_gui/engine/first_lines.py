# SPDX-License-Identifier: GPL-3.0-only
"""The first lines of a console, kept until one shows that a Meshtastic board is there. Lives on the GUI thread."""

from __future__ import annotations

from mtleak_gui.core.first_talk import Talk, is_firmware_line, judge_talk

KEPT_LINES = 40
SURE_AFTER_LINES = 12
"""A board that restarts says about ten lines of its boot loader before the firmware speaks."""
KNOWN_AFTER_LINES = 3
"""A device that is known by its words is told sooner."""


class FirstLines:
    """``talk`` is asked each second, so that it is judged once for each new line."""

    def __init__(self) -> None:
        self._lines: list[str] = []
        self._is_board = False
        self._judged: tuple[int, Talk | None] = (0, None)

    def take(self, line: str) -> None:
        """Take a line as it was heard."""
        if self._is_board or len(self._lines) >= KEPT_LINES:
            return
        self._lines.append(line)
        if is_firmware_line(line):
            self._is_board = True
            self._lines.clear()

    def talk(self) -> Talk | None:
        """Return what speaks there, ``None`` while that is a board or not sure."""
        if self._is_board or not self._lines:
            return None
        if self._judged[0] != len(self._lines):
            talk = judge_talk(self._lines)
            enough = KNOWN_AFTER_LINES if talk.kind == "other_device" else SURE_AFTER_LINES
            self._judged = (len(self._lines), talk if len(self._lines) >= enough else None)
        return self._judged[1]
