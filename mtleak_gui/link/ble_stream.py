# SPDX-License-Identifier: GPL-3.0-only
"""A board over Bluetooth as a ``ByteStream``: its GATT service, told in the frames that a serial port would carry.

The package's ``BLEInterface`` (2.7.11) is not used as it is: it drops level and time of log records, scans ten seconds
before each connection, waits without end for a radio that is gone, and when a board leaves it closes itself on the very
thread that closing waits for. Its service and the meaning of each characteristic are taken from it; the session above
is the one of the other ways, so that nothing is heard here otherwise than there.

Runs in: a thread of its own with an event loop, which alone touches the client.
"""

from __future__ import annotations

import asyncio
import contextlib
import logging
import queue
import threading
from collections.abc import Coroutine
from concurrent.futures import CancelledError
from typing import Any

from bleak import BleakClient
from bleak.backends.characteristic import BleakGATTCharacteristic
from bleak.backends.client import BaseBleakClient
from bleak.exc import BleakError
from google.protobuf.message import DecodeError
from meshtastic.ble_interface import FROMNUM_UUID, FROMRADIO_UUID, LEGACY_LOGRADIO_UUID, LOGRADIO_UUID, TORADIO_UUID
from meshtastic.protobuf import mesh_pb2

from mtleak_gui.core.contracts import LinkError
from mtleak_gui.link.ble_troubles import bluetooth_trouble
from mtleak_gui.link.board_port import READ_WAIT_S

SEARCH_S = 10.0
"""So long a board is looked for that the system has not met since it started; no other is looked for."""
CONNECT_WAIT_S = 30.0
"""All of it: looking, connecting, asking what the board offers, pairing included."""
LOOK_EACH_S = 10.0
"""A notification may get lost: what waits is fetched this often all the same. Reading asks nothing of the board."""
ANSWER_WAIT_S = 15.0
"""A board that does not answer a read for so long is gone; some radios never say so."""

_WRITE_WAIT_S = 5.0
_CLOSE_WAIT_S = 2.0
_EMPTY_READS = 5
_BETWEEN_READS_S = 0.1
_FRAME_START = b"\x94\xc3"

log = logging.getLogger(__name__)


class BleStream:
    """``open_ble`` makes one that is open."""

    def __init__(self, address: str, backend: type[BaseBleakClient] | None = None) -> None:
        self._address = address
        self._backend = backend
        self._arrived: queue.SimpleQueue[bytes] = queue.SimpleQueue()
        self._opened = threading.Event()
        self._ended = threading.Event()
        self._trouble: BaseException | None = None
        self._loop: asyncio.AbstractEventLoop | None = None
        self._client: BleakClient | None = None
        self._wake, self._radio = asyncio.Event(), asyncio.Lock()
        self._closing = threading.Event()
        self._thread = threading.Thread(target=self._run, name=f"bluetooth {address}", daemon=True)

    def open(self) -> None:
        """Connect. Raises ``LinkError``."""
        self._thread.start()
        in_time = self._opened.wait(CONNECT_WAIT_S + _CLOSE_WAIT_S)
        if in_time and not self._ended.is_set():
            return
        self.close()
        trouble = self._trouble or TimeoutError(f"not connected within {CONNECT_WAIT_S:.0f} s")
        raise LinkError(bluetooth_trouble(trouble, f"The board {self._address}")) from trouble

    def read(self) -> bytes:
        """See ``ByteStream``."""
        arrived = []
        with contextlib.suppress(queue.Empty):
            arrived.append(self._arrived.get(timeout=0 if self._ended.is_set() else READ_WAIT_S))
            while True:
                arrived.append(self._arrived.get_nowait())
        if not any(arrived) and self._ended.is_set() and self._arrived.empty():
            raise ConnectionResetError(f"the Bluetooth connection ended{_because(self._trouble)}")
        return b"".join(arrived)

    def write(self, data: bytes) -> None:
        """Send one frame; bytes that only wake a serial port are not needed here."""
        if data.startswith(_FRAME_START):
            self._ask(self._send(data[4:]))

    def close(self) -> None:
        """See ``ByteStream``. Waits two seconds at most; a radio that does not let go is left behind."""
        self._closing.set()
        if (loop := self._loop) is not None:
            with contextlib.suppress(RuntimeError):
                loop.call_soon_threadsafe(self._wake.set)
        if self._thread.is_alive() and self._thread is not threading.current_thread():
            self._thread.join(_CLOSE_WAIT_S)

    # The thread of the client

    def _run(self) -> None:
        try:
            asyncio.run(self._live())
        except Exception as trouble:  # noqa: BLE001 - each system raises errors of its own; the reader tells them
            self._trouble = self._trouble or trouble
            log.debug("The Bluetooth connection to %s ended: %r", self._address, trouble)
        finally:
            self._ended.set()
            self._opened.set()
            self._arrived.put(b"")

    async def _live(self) -> None:
        self._loop = asyncio.get_running_loop()
        client = BleakClient(self._address, self._gone, timeout=SEARCH_S, backend=self._backend)
        if self._closing.is_set():
            return
        opening = asyncio.ensure_future(self._connect(client))
        try:
            await self._unless_closed(opening)
            self._opened.set()
            while not self._closing.is_set() and client.is_connected:
                await self._fetch(client)
                with contextlib.suppress(TimeoutError):
                    await asyncio.wait_for(self._wake.wait(), LOOK_EACH_S)
                self._wake.clear()
        finally:
            with contextlib.suppress(BleakError, OSError, EOFError):
                await asyncio.wait_for(client.disconnect(), _CLOSE_WAIT_S)

    async def _unless_closed(self, opening: asyncio.Future[None]) -> None:
        """Wait for the connection, or until nobody wants it any more."""
        closing: asyncio.Future[object] = asyncio.ensure_future(self._wake.wait())
        both: set[asyncio.Future[Any]] = {opening, closing}
        await asyncio.wait(both, timeout=CONNECT_WAIT_S, return_when=asyncio.FIRST_COMPLETED)
        closing.cancel()
        if opening.done():
            opening.result()
            return
        opening.cancel()
        with contextlib.suppress(asyncio.CancelledError, BleakError, OSError):
            await opening
        raise TimeoutError("closed" if self._closing.is_set() else "not connected in time")

    async def _connect(self, client: BleakClient) -> None:
        await client.connect()
        for uuid, take in ((LOGRADIO_UUID, self._record_heard), (LEGACY_LOGRADIO_UUID, self._text_heard)):
            if client.services.get_characteristic(uuid) is not None:
                await client.start_notify(uuid, take)
        await client.start_notify(FROMNUM_UUID, self._told)
        self._client = client

    async def _fetch(self, client: BleakClient) -> None:
        """Read what waits, as often as the board has more; an answer may take it a moment."""
        empty = 0
        while empty < _EMPTY_READS and not self._closing.is_set():
            async with self._radio:
                message = bytes(await asyncio.wait_for(client.read_gatt_char(FROMRADIO_UUID), ANSWER_WAIT_S))
            if message:
                empty = 0
                self._arrived.put(_frame(message))
            else:
                empty += 1
                await asyncio.sleep(_BETWEEN_READS_S)

    async def _send(self, message: bytes) -> None:
        if (client := self._client) is None:
            raise ConnectionResetError("the Bluetooth connection is closed")
        async with self._radio:
            await client.write_gatt_char(TORADIO_UUID, message, response=True)
        self._wake.set()

    def _ask(self, work: Coroutine[Any, Any, None]) -> None:
        """Let the loop do something, and wait for it."""
        if self._loop is None:
            raise RuntimeError("write comes after open")
        try:
            asked = asyncio.run_coroutine_threadsafe(work, self._loop)
        except RuntimeError as trouble:
            work.close()
            raise ConnectionResetError(f"the Bluetooth connection ended{_because(self._trouble)}") from trouble
        try:
            asked.result(_WRITE_WAIT_S)
        except (BleakError, EOFError, CancelledError) as trouble:
            raise ConnectionResetError(f"the Bluetooth connection ended{_because(trouble)}") from trouble
        finally:
            asked.cancel()

    def _told(self, _from_num: BleakGATTCharacteristic, _number: bytearray) -> None:
        self._wake.set()

    def _record_heard(self, _log: BleakGATTCharacteristic, data: bytearray) -> None:
        try:
            record = mesh_pb2.LogRecord.FromString(bytes(data))
        except DecodeError:
            # What cannot be read as a record is kept as the text that it may be.
            self._text_heard(_log, data)
            return
        self._arrived.put(_frame(mesh_pb2.FromRadio(log_record=record).SerializeToString()))

    def _text_heard(self, _log: BleakGATTCharacteristic, data: bytearray) -> None:
        self._arrived.put(bytes(data).rstrip(b"\n") + b"\n")

    def _gone(self, _client: BleakClient) -> None:
        self._trouble = self._trouble or BleakError("the board left")
        self._wake.set()


def open_ble(address: str, backend: type[BaseBleakClient] | None = None) -> BleStream:
    """Connect to a board; ``backend`` is the platform's own unless given. Raises ``LinkError``."""
    stream = BleStream(address, backend)
    stream.open()
    return stream


def _frame(message: bytes) -> bytes:
    return _FRAME_START + len(message).to_bytes(2, "big") + message


def _because(trouble: BaseException | None) -> str:
    return "" if trouble is None else f": {trouble}"
