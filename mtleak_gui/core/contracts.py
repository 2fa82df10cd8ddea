# SPDX-License-Identifier: GPL-3.0-only
"""What one layer may ask of another, as protocols: whoever is handed one of these needs to know nothing else."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import tzinfo
from pathlib import Path
from typing import TYPE_CHECKING, Protocol, runtime_checkable

from mtleak_gui.core.board_acts import SecurityRead
from mtleak_gui.core.link_trouble import LinkTrouble
from mtleak_gui.core.port_offer import PortOffer
from mtleak_gui.core.records import DeviceInfo, RawItem

if TYPE_CHECKING:  # links need none of these, and they take numpy with them
    from mtleak_gui.core.leakhunt.saved_report import ReportForm, ReportView, SavedReport
    from mtleak_gui.core.leakhunt.verdict import Verdict

Hear = Callable[[RawItem], None]
"""Takes one raw item from any thread; never blocks, never raises."""


class Clock(Protocol):
    """Wall and monotonic time in seconds. A demo board's clock runs faster than the host's."""

    def wall(self) -> float:
        """Return the epoch time."""

    def monotonic(self) -> float:
        """Return seconds that never go backwards."""


class Link(Protocol):
    """One way to hear one board. Used by one thread only, except ``close``."""

    @property
    def port(self) -> str:
        """The name under which rows of this link are recorded."""

    @property
    def role(self) -> str:
        """``serial``, ``tcp``, ``ble``, ``serial_session`` (console) or ``demo``."""

    def open(self, hear: Hear) -> DeviceInfo | None:
        """Connect; block until the board is ready to be heard. Return what it said about itself.

        Raises ``LinkError`` with a sentence for the tester.
        """

    def is_alive(self) -> bool:
        """Return whether the link can still hear the board."""

    def close(self) -> None:
        """Stop hearing. May be called from any thread and more than once; never raises."""


@runtime_checkable
class CheckableLink(Protocol):
    """A link that can find out whether the board still hears it."""

    def check(self) -> None:
        """Ask the board at once, and end soon if it does not answer. May be called from any thread; never raises."""


class BoardSpeech(Protocol):
    """What one session says to its board beyond listening. On its reader thread; raises ``OSError`` when it is gone."""

    @property
    def is_ready(self) -> bool:
        """Whether the handshake is complete."""

    @property
    def node_num(self) -> int | None:
        """The number of the node that is heard."""

    def tell(self, kind: str, note: str | None, data: Mapping[str, object] | None, /) -> None:
        """Tell an event."""

    def ask_local_stats(self) -> int:
        """Ask the board for its LocalStats; return the packet's id."""

    def ask_config(self) -> None:
        """Ask for the handshake once more."""

    def refusal(self, *, on: bool) -> str | None:
        """Return why the debug log must not be switched, ``None`` when it may be."""

    def security(self) -> SecurityRead | None:
        """Return what this handshake told of the security configuration, ``None`` when it told nothing."""

    def write_debug_log(self, *, on: bool) -> int:
        """Switch the debug log over the API, which restarts the board; return the packet's id."""


class LinkActs(Protocol):
    """Carries out what is asked of a board, over one link after another. On the reader thread of the link."""

    def configured(self, speech: BoardSpeech, board_now: float) -> None:
        """A handshake is complete; ``board_now`` is the board's monotonic time (s)."""

    def packet_heard(self, packet: Mapping[str, object]) -> None:
        """A packet came, as the package's dictionary."""

    def turned(self, speech: BoardSpeech, board_now: float) -> None:
        """The reader has dealt with what came: say what is due. Raises ``OSError`` when the board is gone."""

    def lost(self, speech: BoardSpeech) -> None:
        """The session has ended."""


@runtime_checkable
class SpeakingLink(Protocol):
    """A link over which something may be asked of its board; a console is none."""

    def take_acts(self, acts: LinkActs) -> None:
        """Carry out what is asked of the board; to be called before ``open``."""


class PortLister(Protocol):
    """Knows the serial ports of this machine. Used by one thread."""

    def offers(self) -> tuple[PortOffer, ...]:
        """Return what there is now, likely boards first; may take some milliseconds, never raises."""


class LinkError(Exception):
    """A board could not be opened, or was lost. The text says what happened and what to do."""

    def __init__(self, trouble: LinkTrouble | str) -> None:
        self.trouble = LinkTrouble("other", trouble) if isinstance(trouble, str) else trouble
        super().__init__(self.trouble.sentence)


class ReportShelf(Protocol):
    """The saved reports. Used off the GUI thread; ``OSError`` when the disk refuses.

    Every method that takes a name raises ``NoSuchReportError``; those that read raise ``DamagedReportError``.
    """

    @property
    def folder(self) -> Path:
        """Where the reports lie."""

    def save(self, verdict: Verdict, recording: Path | None = None, zone: tzinfo | None = None) -> SavedReport:
        """Save a report in all formats and return it as listed."""

    def reports(self) -> tuple[SavedReport, ...]:
        """Return the saved reports, newest first, damaged ones as such."""

    def view(self, name: str) -> ReportView:
        """Return a report as a window shows it."""

    def copy_out(self, name: str, form: ReportForm, target: Path) -> None:
        """Write a report in one of its forms to ``target``."""

    def rename(self, name: str, title: str) -> SavedReport:
        """Give a report a title of its own; an empty one leaves it."""

    def delete(self, name: str) -> None:
        """Take a report off the shelf."""

    def undo_delete(self, name: str) -> None:
        """Put a deleted report back."""
