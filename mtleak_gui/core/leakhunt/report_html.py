# SPDX-License-Identifier: GPL-3.0-only
"""The report as one HTML file that needs nothing else: plot inside, no script, light or dark as the system asks.

What a board says is untrusted: every text is escaped, and a content policy forbids anything but the inline style.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import tzinfo
from html import escape

from mtleak_gui.core.leakhunt.facts import Check
from mtleak_gui.core.leakhunt.next_steps import NextStep, next_steps
from mtleak_gui.core.leakhunt.report import full_text
from mtleak_gui.core.leakhunt.report_markdown import CHECK_SIGNS, STATE_WORDS
from mtleak_gui.core.leakhunt.report_svg import to_svg
from mtleak_gui.core.leakhunt.verdict import Headline, RuleOutcome, Verdict

_STYLE = """
:root { color-scheme: light dark; --ink: #141414; --soft: #5e5e5e; --page: #fafafa; --card: #ffffff; --edge: #e0e0e0; }
@media (prefers-color-scheme: dark) {
  :root { --ink: #e1e1e1; --soft: #9b9b9b; --page: #111111; --card: #1c1c1c; --edge: #333333; }
}
body { margin: 0 auto; max-width: 60rem; padding: 1.5rem; background: var(--page); color: var(--ink);
  font: 15px/1.6 system-ui, sans-serif; }
.card { background: var(--card); border: 1px solid var(--edge); border-radius: 12px; padding: 1rem; margin: 1rem 0; }
.bad { border-left: 6px solid #db4437; } .watch { border-left: 6px solid #ffa600; }
.good { border-left: 6px solid #43a047; }
h1 { font-size: 1.4rem; margin: 0; } h2 { font-size: 1.1rem; }
pre { overflow-x: auto; font: 13px/1.5 ui-monospace, monospace; } .soft { color: var(--soft); }
table { border-collapse: collapse; width: 100%; }
td, th { text-align: left; vertical-align: top; padding: 0.25rem 0.75rem 0.25rem 0; }
tr { border-bottom: 1px solid var(--edge); }
svg { width: 100%; height: auto; }
@media print { pre { white-space: pre-wrap; overflow-wrap: anywhere; } }
"""
_POLICY = "default-src 'none'; style-src 'unsafe-inline'"
_TONES = {
    Headline.OOM_IMMINENT: "bad",
    Headline.SLOW_LEAK: "bad",
    Headline.FRAGMENTATION: "watch",
    Headline.REBOOT: "watch",
    Headline.INCONCLUSIVE: "watch",
    Headline.STEADY: "good",
}


def to_html(verdict: Verdict, zone: tzinfo | None = None) -> str:
    """Return the whole page; times in ``zone``, or in this computer's own."""
    return "\n".join(_page(verdict, zone)) + "\n"


def _page(verdict: Verdict, zone: tzinfo | None) -> Iterator[str]:
    yield '<!DOCTYPE html>\n<html lang="en">\n<head>\n<meta charset="utf-8">'
    yield f'<meta http-equiv="Content-Security-Policy" content="{_POLICY}">'
    yield '<meta name="viewport" content="width=device-width, initial-scale=1">'
    yield f"<title>Leakhunt: {escape(verdict.headline.title)}</title>\n<style>{_STYLE}</style>\n</head>\n<body>"
    yield f'<div class="card {_tone(verdict)}"><h1>{escape(verdict.sentence)}</h1>'
    yield from (f"<div>{escape(qualifier.text)}</div>" for qualifier in verdict.qualifiers if qualifier.tone != "note")
    yield f'</div>\n<div class="card">{to_svg(verdict, zone)}</div>'
    yield f'<div class="card"><pre>{escape(full_text(verdict, zone))}</pre></div>'
    yield '<div class="card"><h2>Checks</h2>\n<table>'
    yield from (_check(check) for check in verdict.facts.checks)
    yield "</table></div>"
    yield f'<div class="card"><h2>Why</h2>\n<p class="soft">Rule set {escape(verdict.rules)}, first match wins.</p>'
    yield "<table>\n<tr><th>#</th><th>rule</th><th>verdict</th><th>state</th><th>numbers</th></tr>"
    yield from (_rule(outcome) for outcome in verdict.why)
    yield "</table></div>"
    steps = next_steps(verdict, zone)
    if steps:
        yield '<div class="card"><h2>What to do next</h2>\n<ol>'
        yield from (_step(step) for step in steps)
        yield "</ol></div>"
    yield "</body>\n</html>"


def _tone(verdict: Verdict) -> str:
    if verdict.urgent:
        return "bad"
    if verdict.measures.leak and verdict.headline is Headline.STEADY:
        return "watch"
    return _TONES.get(verdict.headline, "")


def _check(check: Check) -> str:
    advice = f'<div class="soft">{escape(check.what_to_do)}</div>' if check.what_to_do else ""
    cells = (CHECK_SIGNS[check.state], escape(check.name), f"{escape(check.text)}{advice}")
    return "<tr>" + "".join(f"<td>{cell}</td>" for cell in cells) + "</tr>"


def _rule(outcome: RuleOutcome) -> str:
    numbers = "<br>".join(
        f"{'✓' if condition.holds else '✗'} {escape(condition.wanted)}: {escape(condition.found)}"
        for condition in outcome.conditions
    )
    cells = (str(outcome.number), escape(outcome.name), outcome.headline.title, STATE_WORDS[outcome.state], numbers)
    return "<tr>" + "".join(f"<td>{cell}</td>" for cell in cells) + "</tr>"


def _step(step: NextStep) -> str:
    commands = "".join(
        f'<div class="soft">{escape(command.label)}</div><pre>{escape(command.text)}</pre>' for command in step.commands
    )
    return f"<li>{escape(step.text)}{commands}</li>"
