# SPDX-License-Identifier: GPL-3.0-only
"""What a tester may do next, with commands to copy. Nothing here is ever run by the application.

It never recommends a change of code, never asks for load, and for a steady board it has nothing to say.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import tzinfo
from typing import NamedTuple

from mtleak_gui.core import wording
from mtleak_gui.core.leakhunt import shell_quoting as quoting
from mtleak_gui.core.leakhunt.facts import Facts
from mtleak_gui.core.leakhunt.verdict import Headline, Verdict
from mtleak_gui.core.leakhunt.waiting import ready_at

ENVIRONMENT_PLACEHOLDER = "<env>"
PORT_PLACEHOLDER = "<port>"
_WHERE_ENVIRONMENT = (
    "Put the board's PlatformIO environment for <env>: it stands in the S:B: line that the board prints at boot, "
    "and in the file names of its firmware release."
)
_WHERE_PORT = "Put the board's serial port for <port>."
_SERIAL_PORT = re.compile(r"/dev/|COM\d+$", re.IGNORECASE)
_VIRTUAL = "This is a virtual board, which cannot be flashed; for a real one these are the commands."


class Command(NamedTuple):
    """A line to copy; ``label`` says for which shell or tool it is."""

    label: str
    text: str


class NextStep(NamedTuple):
    """One thing to do."""

    text: str
    commands: tuple[Command, ...] = ()


def next_steps(verdict: Verdict, zone: tzinfo | None = None) -> tuple[NextStep, ...]:
    """Return what to do next, in order; empty for a steady heap and for fields that are no heap."""
    facts = verdict.facts
    steps = _STEPS.get(verdict.headline)
    if steps is not None:
        return steps(facts, zone)
    if verdict.measures.leak and verdict.headline is not Headline.REBOOT:
        return _leak_steps(facts, zone)
    return ()


def _leak_steps(facts: Facts, _: tzinfo | None) -> tuple[NextStep, ...]:
    if facts.debug_heap != "ON":
        return _build_with_debug_heap(facts)
    prime = facts.suspects.prime
    if prime is None:
        return (NextStep("No thread stands out. Record a longer window, then run Leakhunt again."),)
    pattern = f'OSThread\\("{quoting.grep_literal(prime)}"'
    name = wording.single_line(prime, 40)
    return (
        NextStep(
            f"The suspect is the {name} thread. Its code is found in the firmware's sources with this search. "
            "You decide what to do about it.",
            (Command("POSIX shell", f"grep -rnE {quoting.posix(pattern)} src/"),),
        ),
    )


def _build_with_debug_heap(facts: Facts) -> tuple[NextStep, ...]:
    device, demo = facts.evidence.device, facts.evidence.recorder.demo
    environment, port = (None, None) if demo else (device.environment, _serial_port(device.port))
    hints = [text for text, known in ((_WHERE_ENVIRONMENT, environment), (_WHERE_PORT, port)) if not known]
    if demo:
        hints.insert(0, _VIRTUAL)
    text = "Build and flash with DEBUG_HEAP, which names the threads that lose memory."
    again = f"Wait one window ({facts.evidence.request.window}), then run Leakhunt again."
    return (
        NextStep(" ".join([text, *hints]), _build_commands(environment, port)),
        NextStep("Record in console mode, which keeps the heap prefix of each log line.", _record_commands(port)),
        NextStep(again),
    )


def _serial_port(port: str | None) -> str | None:
    """Return the port when it is a serial one: no other address can be flashed or listened to in console mode."""
    return port if port is not None and _SERIAL_PORT.match(port) else None


def _build_commands(environment: str | None, port: str | None) -> tuple[Command, ...]:
    def fill(quote: Callable[[str], str]) -> tuple[str, str]:
        shown_environment = quote(environment) if environment else ENVIRONMENT_PLACEHOLDER
        return shown_environment, quote(port) if port else PORT_PLACEHOLDER

    posix, powershell = fill(quoting.posix), fill(quoting.powershell)
    call = (
        quoting.call_argument(environment or ENVIRONMENT_PLACEHOLDER),
        quoting.call_argument(port or PORT_PLACEHOLDER),
    )
    run = "pio run -e {} -t upload --upload-port {}"
    return (
        Command("POSIX shell", f'PLATFORMIO_BUILD_FLAGS="-DDEBUG_HEAP=1" {run.format(*posix)}'),
        Command("PowerShell", f'$env:PLATFORMIO_BUILD_FLAGS="-DDEBUG_HEAP=1"; {run.format(*powershell)}'),
        Command("MCP", f'mcp__meshtastic__build(env={call[0]}, build_flags={{"DEBUG_HEAP": 1}})'),
        Command("MCP", f"mcp__meshtastic__pio_flash(env={call[0]}, port={call[1]}, confirm=True)"),
    )


def _record_commands(port: str | None) -> tuple[Command, ...]:
    address = f"serial:{port or PORT_PLACEHOLDER}"
    return (
        Command("POSIX shell", f"mtleak-gui record --connect {quoting.posix(address) if port else address} --console"),
        Command(
            "PowerShell", f"mtleak-gui record --connect {quoting.powershell(address) if port else address} --console"
        ),
    )


def _fragmentation_steps(_: Facts, __: tzinfo | None) -> tuple[NextStep, ...]:
    return (
        NextStep("Enough memory is free but in pieces: pre-allocate per-packet buffers."),
        NextStep(
            "On ESP32, rebuild with heap task tracking to see who holds the largest blocks: this line goes into the "
            "variant's custom_sdkconfig.",
            (Command("custom_sdkconfig", "CONFIG_HEAP_TASK_TRACKING=y"),),
        ),
    )


def _oom_steps(_: Facts, __: tzinfo | None) -> tuple[NextStep, ...]:
    return (
        NextStep("Look at the board now, do not wait for the next sample."),
        NextStep("Export the evidence before the board restarts."),
    )


def _insufficient_steps(facts: Facts, zone: tzinfo | None) -> tuple[NextStep, ...]:
    if facts.heap_unsupported and facts.evidence.request.is_heap:
        return (NextStep("This platform reports no heap figures; judge a board that does (ESP32, nRF52, RP2040)."),)
    if facts.silent_for is not None:
        return (NextStep("See whether the board is powered and connected; silence says nothing about its memory."),)
    steps = []
    ready = ready_at(facts)
    if ready is not None:
        steps.append(NextStep(f"Wait until {wording.clock(ready, zone)}; the missing samples will be there."))
    if facts.evidence.wider_window is not None:
        steps.append(NextStep(f"Judge a longer window: {facts.evidence.wider_window} holds enough samples."))
    if facts.evidence.request.is_heap:
        steps.append(NextStep("Ask the board for LocalStats; the application does so only when you confirm it."))
        steps.append(
            NextStep("Use a build with more frequent heap lines: DEBUG_HEAP, or firmware from August 2026 on.")
        )
    return (*steps[:1], *(step._replace(text=f"Or {step.text[0].lower()}{step.text[1:]}") for step in steps[1:]))


def _reboot_steps(facts: Facts, _: tzinfo | None) -> tuple[NextStep, ...]:
    if facts.restarts and facts.evidence.request.is_heap:
        age = wording.span(max(0.0, facts.evidence.request.end - facts.restarts[-1].ts))
        return (NextStep(f"For the present boot alone, judge the window since the last restart: the last {age}."),)
    return ()


def _inconclusive_steps(facts: Facts, _: tzinfo | None) -> tuple[NextStep, ...]:
    if not facts.evidence.request.is_heap:
        return ()
    return (NextStep("Let it record on and judge a longer window."),)


_STEPS: dict[Headline, Callable[[Facts, tzinfo | None], tuple[NextStep, ...]]] = {
    Headline.INSUFFICIENT_DATA: _insufficient_steps,
    Headline.REBOOT: _reboot_steps,
    Headline.OOM_IMMINENT: _oom_steps,
    Headline.SLOW_LEAK: _leak_steps,
    Headline.FRAGMENTATION: _fragmentation_steps,
    Headline.INCONCLUSIVE: _inconclusive_steps,
}
