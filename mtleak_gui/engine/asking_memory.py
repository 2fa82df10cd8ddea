# SPDX-License-Identifier: GPL-3.0-only
"""Keeps which boards are to be asked for LocalStats, and goes on when they are heard. Lives on the GUI thread."""

from __future__ import annotations

from PySide6.QtCore import QObject, Slot

from mtleak_gui.engine.bench import Bench
from mtleak_gui.engine.known_boards import KnownBoards
from mtleak_gui.engine.session import Session


class AskingMemory(QObject):
    """A choice holds for the node that it was confirmed for: another board in the same socket is not asked."""

    def __init__(self, bench: Bench, known: KnownBoards, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._bench = bench
        self._known = known
        self._met: dict[str, str | None] = {}
        bench.acts.chosen.connect(self._keep)
        bench.session_added.connect(self._watch)
        bench.session_removed.connect(self._forget)
        known.changed.connect(self._follow)
        for session in bench.sessions:
            self._watch(session)

    @Slot(str, int)
    def _keep(self, port: str, every_s: int) -> None:
        session = self._bench.session(port)
        device = None if session is None else session.device
        node = "" if device is None else device.node_id or ""
        self._known.note_asking(port, every_s, node)

    @Slot(Session)
    def _watch(self, session: Session) -> None:
        session.changed.connect(self._go_on)
        self._go_on_with(session)

    @Slot(str)
    def _forget(self, port: str) -> None:
        self._met.pop(port, None)

    @Slot()
    def _go_on(self) -> None:
        for session in self._bench.sessions:
            self._go_on_with(session)

    def _go_on_with(self, session: Session) -> None:
        """Ask a board that has just become live, if that was chosen for it."""
        if session.link.phase != "live" or session.device is None or session.read_only:
            self._met.pop(session.port, None)
            return
        node = session.device.node_id
        if self._met.get(session.port) == node:
            return
        self._met[session.port] = node
        choice = self._known.asking(session.port)
        is_asked = self._bench.acts.state(session.port).asking is not None
        if choice is not None and choice.node == node and not is_asked:
            self._bench.acts.go_on_asking(session.port, choice.every_s)

    @Slot()
    def _follow(self) -> None:
        """Stop asking boards for which that was switched off in the settings."""
        for session in self._bench.sessions:
            is_asked = self._bench.acts.state(session.port).asking is not None
            if is_asked and self._known.is_known(session.port) and self._known.asking(session.port) is None:
                self._bench.acts.stop_asking(session.port)
