# SPDX-License-Identifier: GPL-3.0-only
"""The two acts on all boards: takes what the tester confirmed, hands it to links, shows what came of it.

Lives on the GUI thread; what links tell comes over by signal.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import NamedTuple

from PySide6.QtCore import QObject, Qt, QTimer, Signal, Slot

from mtleak_gui.core.board_acts import SWITCH_WAIT_S, ActsState, StatsWish
from mtleak_gui.core.contracts import Hear, Link, SpeakingLink
from mtleak_gui.core.notice import Notice
from mtleak_gui.core.records import RawEvent
from mtleak_gui.engine.acts_words import ASKING, SWITCH, act_notices, asking_refusal, switch_refusal
from mtleak_gui.engine.board_links import DEMO_ROLE, BoardLink
from mtleak_gui.engine.link_try import LinkFactory, LinkTry
from mtleak_gui.engine.session import Session
from mtleak_gui.link.board_acts_of_port import BoardActsOfPort


class Bystanders(NamedTuple):
    """What the desk needs of the bench: who takes events, the recording's time, the session of a port."""

    hear: Hear
    now: Callable[[], float]
    session: Callable[[str], Session | None]


class ActsDesk(QObject):
    """Nothing here asks the tester; whoever calls has had it confirmed. Refusals come as ``told``."""

    changed = Signal(str)
    """The port whose ``state`` is new."""
    chosen = Signal(str, int)
    """The tester chose for a port each how many seconds its board is to be asked; 0: no more."""
    told = Signal(Notice)
    _learned = Signal(str, object)

    def __init__(
        self, bystanders: Bystanders, parent: QObject | None = None, *, switch_wait_s: float = SWITCH_WAIT_S
    ) -> None:
        super().__init__(parent)
        self._hear, self._now, self._session = bystanders
        self._switch_wait_ms = int(switch_wait_s * 1000)
        self._acts: dict[str, BoardActsOfPort] = {}
        self._roles: dict[str, str] = {}
        self._nodes: dict[str, int] = {}
        self._shown: dict[str, ActsState] = {}
        self._patience: dict[str, QTimer] = {}
        self._is_writing = False
        self._learned.connect(self._take, Qt.ConnectionType.QueuedConnection)

    def state(self, port: str) -> ActsState:
        """Return what is being asked of the board on a port."""
        acts = self._acts.get(port)
        return ActsState() if acts is None else acts.state

    def acting(self, link: BoardLink) -> LinkFactory:
        """Return how to make a link over which the acts on its board are carried out."""
        acts = self._of(link.port)
        self._roles[link.port] = link.role

        def make_link(wish: LinkTry) -> Link:
            made = link.make_link(wish)
            if isinstance(made, SpeakingLink):
                made.take_acts(acts)
            return made

        return make_link

    def ask_for_stats(self, port: str, every_s: int) -> None:
        """Ask a board each so many seconds, as the tester has confirmed; the choice is to be kept."""
        if self.go_on_asking(port, every_s):
            self.chosen.emit(port, every_s)

    def go_on_asking(self, port: str, every_s: int) -> bool:
        """Ask a board as was confirmed before; return whether it may be."""
        session = self._session(port)
        node = None if session is None or session.device is None else session.device.node_num
        elsewhere = next((other for other, known in self._nodes.items() if known == node and other != port), None)
        refusal = asking_refusal(session, every_s, elsewhere)
        if refusal is not None or node is None:
            self.told.emit(Notice(f"{ASKING}{port}", "warn", "This board is not asked for LocalStats.", refusal))
            return False
        self._nodes[port] = node
        self._of(port).ask_for_stats(StatsWish(every_s, node))
        return True

    def stop_asking(self, port: str) -> None:
        """Ask a board no more; the choice is to be kept."""
        if self._stop(port):
            self.chosen.emit(port, 0)

    def switch_debug_log(self, port: str, *, on: bool) -> None:
        """Switch the debug log over the API, which restarts the board, as the tester has confirmed."""
        if (refusal := switch_refusal(self._session(port))) is not None:
            self.told.emit(Notice(f"{SWITCH}{port}", "warn", "The debug log was not switched.", refusal))
            return
        timer = self._patience.get(port)
        if timer is None:
            timer = self._patience[port] = QTimer(self, singleShot=True, interval=self._switch_wait_ms)
            timer.setProperty("port", port)
            timer.timeout.connect(self._give_up)
        timer.start()
        self._of(port).switch_debug_log(on=on)

    def drop_demos(self) -> None:
        """Ask no virtual board any more: the next one of that name is another one."""
        for port, role in self._roles.items():
            if role == DEMO_ROLE:
                self._stop(port)

    def recorder_stands(self, *, writing: bool) -> None:
        """Tell a recording that begins or goes on which boards are being asked."""
        if writing and not self._is_writing:
            for acts in self._acts.values():
                acts.tell_again()
        self._is_writing = writing

    def _stop(self, port: str) -> bool:
        if self._nodes.pop(port, None) is None:
            return False
        self._of(port).ask_for_stats(None)
        return True

    def _of(self, port: str) -> BoardActsOfPort:
        acts = self._acts.get(port)
        if acts is None:

            def learned(state: ActsState) -> None:
                self._learned.emit(port, state)

            acts = self._acts[port] = BoardActsOfPort(learned)
        return acts

    @Slot(str, object)
    def _take(self, port: str, state: ActsState) -> None:
        before = self._shown.get(port, ActsState())
        self._shown[port] = state
        session = self._session(port)
        if session is not None:
            session.set_acts(state)
        if state.switch is not None and not state.switch.is_under_way and port in self._patience:
            self._patience[port].stop()
        for notice in act_notices(port, session.name if session is not None else port, before, state):
            self.told.emit(notice)
        self.changed.emit(port)

    @Slot()
    def _give_up(self) -> None:
        port = str(self.sender().property("port"))
        written = self._of(port).give_up_switching()
        if written is not None:
            note = "the board did not come back after the debug log switch"
            data = {**written, "verified": False}
            self._hear(RawEvent(self._now(), "config_write", None, note, port, self._roles.get(port), data))
