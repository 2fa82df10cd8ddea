# SPDX-License-Identifier: GPL-3.0-only
"""The questions by which a demo gets its past. Runs in: query process; loads no Qt.

Apart from the other questions, because a window that is to begin with a demo asks before it loads numpy for anything.
"""

from __future__ import annotations

import time
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from mtleak_gui.engine.query_messages import Tell

if TYPE_CHECKING:
    # For its name alone, see above.
    from mtleak_gui.engine.recording_readers import RecordingReaders


class DemoMade(NamedTuple):
    """A demo's recording up to ``until``. The board that was heard goes on as ``VirtualBoard(seed, born)``."""

    folder: Path
    born: float
    """When the board was switched on, epoch s."""
    seed: int
    until: float


@dataclass(frozen=True, slots=True)
class MakeDemoJob:
    """Record the ``hours`` before ``until`` (epoch s; now when ``None``) of a virtual board into ``folder``, a new one.

    ``scenario`` as for ``scenario_named``; ``port`` and ``role`` are those under which the live board will be heard.
    The folder is removed when nobody wants the answer any more.
    """

    folder: Path
    scenario: str
    hours: float = 6.0
    seed: int = 1
    until: float | None = None
    port: str = "demo"
    role: str = "demo"

    def run(self, _readers: RecordingReaders, tell: Tell) -> DemoMade:
        """Make the recording."""
        # numpy and the meshtastic package take a while to load, and whoever asks needs neither.
        from mtleak_gui.engine.demo_recording import DemoPlan, make_demo  # noqa: PLC0415
        from mtleak_gui.engine.job_troubles import plain_troubles  # noqa: PLC0415

        until = time.time() if self.until is None else self.until
        plan = DemoPlan(self.folder, self.scenario, self.hours, self.seed, until, self.port, self.role)
        with plain_troubles():
            born = make_demo(plan, tell)
        return DemoMade(self.folder, born, self.seed, until)


@dataclass(frozen=True, slots=True)
class ContinueDemoJob:
    """Record on, up to ``until`` (epoch s), what a ``MakeDemoJob`` made. The folder is removed as there."""

    made: DemoMade
    scenario: str
    until: float
    port: str = "demo"
    role: str = "demo"

    def run(self, _readers: RecordingReaders, tell: Tell) -> DemoMade:
        """Add what the board said since. Raises ``JobFailed``, too, when the recording is not there any more."""
        from mtleak_gui.engine.demo_recording import DemoPlan, continue_demo  # noqa: PLC0415 - see above
        from mtleak_gui.engine.job_troubles import plain_troubles  # noqa: PLC0415 - see above

        made = self.made
        hours = (self.until - made.until) / 3_600.0
        plan = DemoPlan(made.folder, self.scenario, hours, made.seed, self.until, self.port, self.role)
        with plain_troubles():
            continue_demo(plan, made.born, tell)
        return made._replace(until=self.until)
