# SPDX-License-Identifier: GPL-3.0-only
"""The report as Markdown, for people and for issues: the block as it is, the rules, the next steps.

What a board says is untrusted: it stands in code fences that are longer than any run of back-quotes inside.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import tzinfo

from mtleak_gui.core.leakhunt.facts import Check
from mtleak_gui.core.leakhunt.next_steps import NextStep, next_steps
from mtleak_gui.core.leakhunt.report import full_text
from mtleak_gui.core.leakhunt.verdict import RuleOutcome, Verdict
from mtleak_gui.core.markdown_text import escape, fenced

CHECK_SIGNS = {"ok": "✓", "warning": "!", "failed": "✗"}
STATE_WORDS = {"met": "met", "not_met": "not met", "not_reached": "not reached"}


def to_markdown(verdict: Verdict, zone: tzinfo | None = None) -> str:
    """Return the whole report, ending in a line end."""
    return "\n".join(_parts(verdict, zone)) + "\n"


def _parts(verdict: Verdict, zone: tzinfo | None) -> Iterator[str]:
    yield f"# Leakhunt: {escape(verdict.sentence)}\n"
    yield fenced(full_text(verdict, zone))
    yield "\n## Checks\n"
    yield from (_check(check) for check in verdict.facts.checks)
    yield "\n## Why\n"
    yield "| # | rule | verdict | state | numbers |\n| --- | --- | --- | --- | --- |"
    yield from (_rule(outcome) for outcome in verdict.why)
    yield f"\nRule set: {verdict.rules}. Rules are asked in this order, the first that is met wins."
    steps = next_steps(verdict, zone)
    if steps:
        yield "\n## What to do next\n"
        yield from (_step(place, step) for place, step in enumerate(steps, start=1))


def _check(check: Check) -> str:
    advice = f" {escape(check.what_to_do)}" if check.what_to_do else ""
    return f"- {escape(CHECK_SIGNS[check.state])} {escape(check.name)}: {escape(check.text)}.{advice}"


def _rule(outcome: RuleOutcome) -> str:
    numbers = "; ".join(
        f"{'✓' if condition.holds else '✗'} {escape(condition.wanted)}: {escape(condition.found)}"
        for condition in outcome.conditions
    )
    state = STATE_WORDS[outcome.state]
    return f"| {outcome.number} | {escape(outcome.name)} | {outcome.headline.title} | {state} | {numbers} |"


def _step(place: int, step: NextStep) -> str:
    lines = [f"{place}. {escape(step.text)}"]
    for command in step.commands:
        block = fenced(command.text).replace("\n", "\n   ")
        lines.append(f"\n   {command.label}:\n\n   {block}\n")
    return "\n".join(lines)
