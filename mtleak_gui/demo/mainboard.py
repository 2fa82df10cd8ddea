# SPDX-License-Identifier: GPL-3.0-only
"""The state of a board: its boot, its own doings and its client sessions. Used under the board's lock."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from math import inf

from meshtastic.protobuf import config_pb2, mesh_pb2

from mtleak_gui.demo.board_clock import BoardClock
from mtleak_gui.demo.board_config import BoardConfig
from mtleak_gui.demo.boot_text import stated_free
from mtleak_gui.demo.boot_timeline import CLIENT_BYTES, Abort, BootTimeline, Happening, NodeInfoDue, TelemetryTick
from mtleak_gui.demo.client_queues import ClientQueues
from mtleak_gui.demo.console_text import LogEntry, RawOutput
from mtleak_gui.demo.handshake import BoardFacts, handshake
from mtleak_gui.demo.lifeline import Boot, boot_at, boot_from
from mtleak_gui.demo.local_router import LocalRouter
from mtleak_gui.demo.mesh_nodes import identity, neighbours
from mtleak_gui.demo.mesh_traffic import HeardPacket
from mtleak_gui.demo.phone_api import PhoneSession
from mtleak_gui.demo.scenario import HeapState, Scenario
from mtleak_gui.demo.telemetry_service import Moment
from mtleak_gui.demo.upcoming import Upcoming

_NODE_INFO_PAUSE = 600.0


class Mainboard:
    """A board that was switched on at ``born`` (epoch s; by default now).

    It does what has become due when ``advance`` is called, and nothing in between.
    """

    def __init__(
        self,
        scenario: Scenario,
        *,
        clock: BoardClock,
        seed: int = 1,
        born: float | None = None,
        debug_log_api: bool = False,
        heard_before: bool = False,
        security: config_pb2.Config.SecurityConfig | None = None,
    ) -> None:
        """``heard_before``: a client was there before now, and what it costs is in use already.

        ``security`` replaces the settings of a fresh board, ``debug_log_api`` included.
        """
        self._scenario = scenario
        self._clock = clock
        self._seed = seed
        self._sessions: list[PhoneSession] = []
        self.identity = identity(scenario, seed)
        self._nodes = neighbours(scenario, seed)
        region_set = not scenario.hardware.platform.simulated_radio
        self._config = BoardConfig(self.identity, region_set=region_set, debug_log_api=debug_log_api, security=security)
        self._reboot_at = inf
        self._held = 0
        self._told_name_at: float | None = None
        now = clock.wall()
        boot = boot_at(scenario, seed=seed, born=now if born is None else born, wall=now)
        self._begin(boot, already=now, heard=heard_before)

    def security(self) -> config_pb2.Config.SecurityConfig:
        """Return a copy of the security settings that the board holds now."""
        held = config_pb2.Config.SecurityConfig()
        held.CopyFrom(self._config.security)
        return held

    def uptime(self) -> float:
        """Return the seconds since boot."""
        return self._clock.wall() - self.boot.began

    def heap(self, uptime: float | None = None) -> HeapState:
        """Return the heap at this moment, or at an uptime of this boot."""
        return self._timeline.state(self.uptime() if uptime is None else uptime, self._held)

    def admit(self, *, serial: bool, send: Callable[[bytes], None], hang_up: Callable[[], None]) -> PhoneSession:
        """Open a session; a second client over TCP evicts the first."""
        if not serial:
            self._drop_network_clients()
        session = PhoneSession(self, serial=serial, send=send, hang_up=hang_up)
        self._sessions.append(session)
        if not serial:
            self.log("INFO", "ApiServer", "Incoming API connection")
        return session

    def forget(self, session: PhoneSession) -> None:
        """Close a session, if it is still open."""
        if session in self._sessions:
            self._sessions.remove(session)
            self.log("INFO", "ServerAPI", "Lost phone connection")

    def receive(self, session: PhoneSession, data: bytes) -> None:
        """Take bytes from a client, unless it was dropped."""
        if session in self._sessions:
            session.receive(data)

    def advance(self) -> float:
        """Do what is due by now, in order, and return the epoch time of what comes next."""
        while min(self._upcoming.due, self._reboot_at) <= self._clock.wall():
            if self._upcoming.due <= self._reboot_at:
                self._happen(self._upcoming.take())
            else:
                self.log("INFO", None, "Rebooting")
                self.log("DEBUG", None, "final reboot!")
                self._restart(self._reboot_at, crashed=False)
        return min(self._upcoming.due, self._reboot_at)

    def press_reset(self) -> None:
        """Restart at once, without a word."""
        self._restart(self._clock.wall(), crashed=False)

    def log(self, level: str, thread: str | None, message: str) -> None:
        """Log a line of this moment."""
        free = stated_free(self._scenario, self.heap().free)
        self._show(LogEntry(self.uptime(), level, thread, message, free))

    def handshake(self, nonce: int, thread: str) -> Iterator[bytes]:
        """Return the answer to ``want_config_id``."""
        self._charge_for_client(thread)
        counted = 0 if self._scenario.hardware.platform.simulated_radio else self.boot.number
        has_sent = self._told_name_at is not None
        facts = BoardFacts(self._scenario, self.identity, self._nodes, counted, self._clock.wall(), has_sent)
        return handshake(nonce, facts, self._config)

    def take_packet(self, packet: mesh_pb2.MeshPacket, thread: str) -> None:
        """Deal with a client's packet."""
        reboot_in = self._router.take(packet, self._moment(), thread)
        if reboot_in is not None:
            self._reboot_at = self._clock.wall() + reboot_in

    def _begin(self, boot: Boot, *, already: float, heard: bool = False) -> None:
        """Be in a boot, of which everything before the epoch time ``already`` has happened."""
        self.boot = boot
        self._held = 0
        self._reboot_at = inf
        self.queues = ClientQueues()
        self.queues.add_status()
        self._timeline = BootTimeline(self._scenario, seed=self._seed, boot=boot)
        self._router = LocalRouter(self._scenario, self.identity, self._config, self.queues, self.log,
                                   key=f"{self._seed}/{boot.number}")  # fmt: skip
        uptime = already - boot.began
        self._router.telemetry.resume(uptime, client_was_there=heard)
        if uptime > 0:
            self._told_name_at = boot.began + 30
        self._upcoming = Upcoming(self._timeline, boot, uptime if uptime > 0 else -1.0)
        if heard:
            self._held = CLIENT_BYTES
            self._upcoming.foresee_with(CLIENT_BYTES)

    def _happen(self, happening: Happening) -> None:
        match happening:
            case LogEntry():
                self._show(happening)
            case RawOutput():
                for session in self._sessions:
                    session.show_raw(happening.text)
            case HeardPacket():
                self.queues.add_packet(happening.mesh_packet(int(self.boot.wall(happening.at))))
            case TelemetryTick():
                self._router.run_telemetry(self._moment(happening.at))
            case NodeInfoDue():
                self._tell_name(happening.at)
            case Abort():
                self._restart(self.boot.wall(happening.at), crashed=True)
        if not isinstance(happening, LogEntry | RawOutput):
            for session in self._sessions:
                session.pump()

    def _tell_name(self, uptime: float) -> None:
        now = self.boot.wall(uptime)
        if self._told_name_at is not None and now - self._told_name_at < _NODE_INFO_PAUSE:
            self.log("DEBUG", "NodeInfo", "Skip send NodeInfo since we sent it <600s ago")
            return
        self._told_name_at = now
        self._router.send_node_info()

    def _restart(self, wall: float, *, crashed: bool) -> None:
        self._drop_network_clients()
        for session in self._sessions:
            session.restart()
        boot = boot_from(self._scenario, seed=self._seed, number=self.boot.number + 1, began=wall, crashed=crashed)
        self._begin(boot, already=wall)

    def _drop_network_clients(self) -> None:
        for session in [session for session in self._sessions if not session.serial]:
            self._sessions.remove(session)
            session.hang_up()

    def _charge_for_client(self, thread: str) -> None:
        if self._held:
            return
        uptime = self.uptime()
        before = self.heap(uptime).free
        self._held = CLIENT_BYTES
        # What comes next was foreseen with the figures of a board without clients.
        self._upcoming.foresee_with(CLIENT_BYTES)
        if self._scenario.debug_heap and self._scenario.hardware.platform.reports_heap:
            change = f"{before} -> {before - CLIENT_BYTES} (-{CLIENT_BYTES})"
            self.log("HEAP", thread, f"------ Thread {thread} leaked heap {change} ------")

    def _moment(self, uptime: float | None = None) -> Moment:
        at = self.uptime() if uptime is None else uptime
        return Moment(at, self.boot.wall(at), self.heap(at), 1 + len(self._nodes))

    def _show(self, entry: LogEntry) -> None:
        wall = self.boot.wall(entry.at)
        millis = self._scenario.hardware.platform.simulated_radio
        for session in self._sessions:
            session.show_log(
                entry,
                wall,
                as_records=self._config.debug_log_api,
                prefix=self._scenario.debug_heap,
                millis=millis,
            )
