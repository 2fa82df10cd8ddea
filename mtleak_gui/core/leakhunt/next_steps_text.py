# SPDX-License-Identifier: GPL-3.0-only
"""The next steps as plain text, for a terminal."""

from __future__ import annotations

from collections.abc import Sequence

from mtleak_gui.core.leakhunt.next_steps import NextStep


def next_steps_text(steps: Sequence[NextStep]) -> str:
    """Return the steps numbered, commands below each with their shell; empty without steps."""
    if not steps:
        return ""
    lines = ["what to do next:"]
    for place, step in enumerate(steps, start=1):
        lines.append(f"  {place}. {step.text}")
        for command in step.commands:
            lines += [f"     {command.label}:", f"       {command.text}"]
    return "\n".join(lines) + "\n"
