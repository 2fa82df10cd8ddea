# SPDX-License-Identifier: GPL-3.0-only
"""All devices, the recording they go into, and what the tester does to both. Lives on the GUI thread."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Mapping
from pathlib import Path

from PySide6.QtCore import QObject, Signal

from mtleak_gui.core.activity import Activity
from mtleak_gui.core.addresses import Address
from mtleak_gui.core.contracts import Clock
from mtleak_gui.core.markers import Marker
from mtleak_gui.core.notice import Notice
from mtleak_gui.core.past import Past
from mtleak_gui.core.recorder_state import RecorderState
from mtleak_gui.core.recording_options import RecordingOptions
from mtleak_gui.core.records import Batch
from mtleak_gui.engine.link_kind import CaptureWish
from mtleak_gui.engine.query_runner import QueryRunner
from mtleak_gui.engine.session import Session
from mtleak_gui.storage.places import Places

ACTIVITY_KEPT = 500


class Bench(QObject):
    """Everything that the window shows hangs on this. All methods return at once; refusals come as ``told``.

    Ids of actions in notices: ``record``, ``resume_and_mark``, ``stop_recording``, ``try_again``.
    """

    session_added = Signal(Session)
    session_removed = Signal(str)
    """The port of a session that is gone."""
    current_changed = Signal()
    recorder_changed = Signal()
    """``recorder`` is new: about once a second, and at once after what the tester did."""
    batch_taken = Signal(Batch)
    """What was heard, after the sessions took it."""
    past_loaded = Signal(Past)
    """What the recording held already, after the sessions took it; its rows are older than any that were heard."""
    markers_changed = Signal()
    activity_changed = Signal()
    told = Signal(Notice)
    recording_switched = Signal()
    """Another recording is shown: forget everything; sessions and marks are gone already."""

    def __init__(
        self,
        places: Places,
        queries: QueryRunner,
        clock: Clock,
        options: RecordingOptions | None = None,
        parent: QObject | None = None,
    ) -> None:
        """``clock`` is the host's; ``start`` begins to work."""
        super().__init__(parent)
        self._places = places
        self._queries = queries
        self._clock = clock
        self._options = options or RecordingOptions()
        self.activity: deque[Activity] = deque(maxlen=ACTIVITY_KEPT)

    def start(self) -> None:
        """Begin to work."""

    def close(self, then: Callable[[], None]) -> None:
        """End links, recorder and virtual boards in order, in bounded time, then call ``then`` on this thread."""
        raise NotImplementedError

    # What there is

    @property
    def sessions(self) -> tuple[Session, ...]:
        """All sessions in the order in which they came."""
        return ()

    @property
    def current(self) -> Session | None:
        """The session that pages show when they show one."""
        return None

    @property
    def recorder(self) -> RecorderState:
        """How the recorder stands."""
        return RecorderState()

    @property
    def markers(self) -> tuple[Marker, ...]:
        """The marks that stand, ascending in time."""
        return ()

    @property
    def folder(self) -> Path | None:
        """The recording that is shown."""
        return None

    def session(self, port: str) -> Session | None:
        """Return the session of a port."""
        raise NotImplementedError

    def now(self) -> float:
        """Return the epoch time of the recording: the host's, but for virtual boards that live faster."""
        return self._clock.wall()

    # Boards

    def choose(self, port: str) -> None:
        """Make a session the current one."""

    def connect_board(self, address: Address, capture: CaptureWish = "auto") -> None:
        """Hear a board from now on, and again whenever it comes back."""

    def disconnect_board(self, port: str) -> None:
        """Do not hear a board any more; its session stays."""

    def forget(self, port: str) -> None:
        """Disconnect a board and remove its session from view; its rows stay in the recording."""

    def name_boards(self, names: Mapping[str, str]) -> None:
        """Take the names that the tester gave, by port."""

    # Recording

    def set_options(self, options: RecordingOptions) -> None:
        """Take other options."""

    def start_recording(self) -> None:
        """Record; into the usual recording unless another one was made."""

    def stop_recording(self, reason: str | None = None) -> None:
        """Stop to record; what is heard is still shown."""

    def pause(self, reason: str | None = None) -> None:
        """Refuse rows until ``resume``."""

    def resume(self) -> None:
        """Take rows again."""

    def force_rotate(self) -> None:
        """Roll over all streams now."""

    def start_demo(self, scenario: str = "leak-threads", hours: float = 6.0, speed: float = 1.0) -> None:
        """Show a virtual board with a past of so many hours, in a temporary recording that goes on."""

    def open_recording(self, folder: Path) -> None:
        """Show another recording, for reading only."""

    def new_recording(self, title: str) -> None:
        """Begin another recording and show it; it records when the one before did."""

    def close_recording(self) -> None:
        """Show no recording; the usual one is opened again when it is needed."""

    # Marks

    def mark(self, label: str, note: str | None = None, ts: float | None = None) -> None:
        """Set a mark at ``ts``, now when not given."""

    def resume_and_mark(self) -> None:
        """Record, or resume, and set the mark that was refused last."""

    def edit_mark(self, ts: float, label: str, note: str | None = None) -> None:
        """Say what the mark at ``ts`` is called from now on."""

    def remove_mark(self, ts: float) -> None:
        """Take a mark away; the row that set it stays."""

    def restore_mark(self, ts: float) -> None:
        """Take back that a mark was removed."""
