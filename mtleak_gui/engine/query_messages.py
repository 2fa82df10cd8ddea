# SPDX-License-Identifier: GPL-3.0-only
"""What the program and its query process say to each other, and how values of hundreds of megabytes get across.

Arrays travel beside the pickled rest, a mebibyte at a time: one call that copies all would hold the interpreter,
and with it the window, for a tenth of a second.
"""

from __future__ import annotations

import pickle
from collections.abc import Callable
from multiprocessing.connection import Connection
from typing import TYPE_CHECKING, NamedTuple, Protocol, TypeVar

if TYPE_CHECKING:
    # For its name alone: the query process loads numpy only after it has set how numpy is to work.
    from mtleak_gui.engine.recording_readers import RecordingReaders

_PIECE_BYTES = 1 << 20

_Answer_co = TypeVar("_Answer_co", covariant=True)

Tell = Callable[[float, str], None]
"""Says the share done (0 to 1) and what is being done. Raises ``JobCancelled`` when nobody wants the answer."""


class JobCancelled(Exception):  # noqa: N818 - no error: the job was told to end
    """Nobody wants the answer any more."""


class JobFailed(Exception):  # noqa: N818 - no fault of the program: the question has no answer
    """There is no answer. The text is a sentence for the tester."""


class Job(Protocol[_Answer_co]):
    """A question over files: frozen, picklable, without Qt. It runs in the query process."""

    def run(self, readers: RecordingReaders, tell: Tell, /) -> _Answer_co:
        """Return the answer. A long one calls ``tell`` at least each half second. Raises ``JobFailed``."""


class Ask(NamedTuple):
    """To the child: do this job."""

    number: int
    job: Job[object]


class Cancel(NamedTuple):
    """To the child: nobody wants the answer of that job."""

    number: int


class Ready(NamedTuple):
    """From the child, once: everything is loaded."""


class Progress(NamedTuple):
    """From the child: how far a job is."""

    number: int
    share: float
    words: str


class Done(NamedTuple):
    """From the child: the answer of a job."""

    number: int
    answer: object


class Failed(NamedTuple):
    """From the child: why there is no answer, as a sentence; ``trace`` when it is a fault of the program."""

    number: int
    sentence: str
    trace: str | None = None


class Dropped(NamedTuple):
    """From the child: a job that was cancelled has ended."""

    number: int


class Packed(NamedTuple):
    """A message in the form that goes through the pipe."""

    head: bytes
    arrays: list[memoryview]


def packed(message: object) -> Packed:
    """Return the message, pickled. Raises whatever pickling it raises."""
    arrays: list[pickle.PickleBuffer] = []
    head = pickle.dumps(message, protocol=5, buffer_callback=arrays.append)
    return Packed(head, [array.raw() for array in arrays])


def send(connection: Connection, message: Packed) -> None:
    """Send a message. Raises ``OSError`` when nobody listens."""
    connection.send_bytes(pickle.dumps([array.nbytes for array in message.arrays]))
    connection.send_bytes(message.head)
    for array in message.arrays:
        for start in range(0, array.nbytes, _PIECE_BYTES):
            connection.send_bytes(array[start : start + _PIECE_BYTES])


def receive(connection: Connection) -> object:
    """Return the next message. Raises ``EOFError`` or ``OSError`` when the other side is gone."""
    sizes: list[int] = pickle.loads(connection.recv_bytes())  # noqa: S301 - from our own process
    head = connection.recv_bytes()
    arrays = [_array(connection, size) for size in sizes]
    return pickle.loads(head, buffers=arrays)  # noqa: S301 - from our own process


def _array(connection: Connection, size: int) -> bytearray:
    array, filled = bytearray(size), 0
    while filled < size:
        piece = connection.recv_bytes()
        array[filled : filled + len(piece)] = piece
        filled += len(piece)
    return array
