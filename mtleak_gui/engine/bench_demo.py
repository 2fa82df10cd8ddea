# SPDX-License-Identifier: GPL-3.0-only
"""What the tester does to have a demo. Lives on the GUI thread."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from pathlib import Path

from PySide6.QtCore import QObject, Slot

from mtleak_gui.core.addresses import AddressError, DemoAddress
from mtleak_gui.core.contracts import Clock
from mtleak_gui.core.notice import Notice
from mtleak_gui.core.recording_options import RecordingOptions
from mtleak_gui.engine.bench_recording import RecordingBench
from mtleak_gui.engine.board_links import demo_link, demo_scenario
from mtleak_gui.engine.demo_board import DemoBoard
from mtleak_gui.engine.demo_folders import remove_folder
from mtleak_gui.engine.demo_start import HOURS, LIKELIEST, Demo, DemoStart
from mtleak_gui.engine.query_runner import QueryRunner
from mtleak_gui.engine.recording_plan import RecordingPlan
from mtleak_gui.storage.places import Places


class DemoBench(RecordingBench):
    """Adds virtual boards with a past, one at a time, each in a recording that is removed in the end."""

    def __init__(
        self,
        places: Places,
        queries: QueryRunner,
        clock: Clock,
        options: RecordingOptions,
        parent: QObject | None,
        *,
        demo: DemoStart | None,
    ) -> None:
        """``demo`` may be preparing one already."""
        super().__init__(places, queries, clock, options, parent)
        self._how: dict[str, Callable[[], None]] = {}
        """How each board was connected, to do it again."""
        self._demo = demo or DemoStart(queries, self)
        self._demo.made.connect(self._demo_made)
        self._demo.told.connect(self.told)
        self._demo.left_behind.connect(self._remove_later)
        self._switch.switched.connect(self._drop_prepared_demo)

    def prepare_demo(self) -> None:
        """Have the likeliest demo made ahead, while nothing is shown and no board is about to be heard."""
        if self._switch.coming is None and not self._switch.is_busy and self._keepers.is_idle:
            self._demo.prepare(LIKELIEST, HOURS)

    def start_demo(self, scenario: str = LIKELIEST.scenario, hours: float = HOURS, speed: float = 1.0) -> None:
        """Show a virtual board with a past of so many hours, in a temporary recording that goes on."""
        if not self._may_leave_recording():
            return
        address = DemoAddress(scenario, speed)
        try:
            self._demo.make(address, demo_scenario(address), hours)
        except AddressError as trouble:
            self.told.emit(Notice("demo", "warn", "There is no such demo.", str(trouble), sticky=True))

    @Slot()
    def _drop_prepared_demo(self) -> None:
        if self._switch.plan is not None:
            self._demo.drop_prepared()

    @Slot(object)
    def _remove_later(self, folder: Path) -> None:
        self._control.afterwards(partial(remove_folder, folder))

    @Slot(object)
    def _demo_made(self, demo: Demo) -> None:
        title = f"Demo: {demo.scenario.title}"
        plan = RecordingPlan(demo.folder, title, demo.clock, self._limits(), demo=True, temporary=True)
        self._switch.to(plan, partial(self._begin_demo, demo))

    def _begin_demo(self, demo: Demo) -> None:
        self._control.record()
        self._how[demo.address.port] = partial(self._show_demo, demo)
        self._show_demo(demo)

    def _show_demo(self, demo: Demo) -> None:
        """Hear the board of the demo that is shown."""
        if self.folder != demo.folder or self._keepers.is_leaving(demo.address.port):
            return
        board = DemoBoard(demo.scenario, clock=demo.clock, seed=demo.seed, born=demo.born)
        link = demo_link(demo.address.port, board, console=False, clock=demo.clock)
        self._shelf.ensure(link.port, link.role)
        self._keepers.keep(link, board.close)
