# SPDX-License-Identifier: GPL-3.0-only
"""A Bluetooth radio for computers that have none: backends of bleak, behind which virtual boards are in reach.

The radio cannot exist here; everything around it is real: bleak's own client and scanner above, the demo's board with
its phone API below. The board's serial session is taken apart into what its GATT service shows, as
``src/nimble/NimbleBluetooth.cpp`` does: packets one by one behind FromRadio with a count in FromNum, log records apart.
"""

from __future__ import annotations

import asyncio
import threading
from collections import deque
from collections.abc import Callable
from typing import Any

from bleak.args import SizedBuffer
from bleak.backends.characteristic import BleakGATTCharacteristic
from bleak.backends.client import BaseBleakClient
from bleak.backends.descriptor import BleakGATTDescriptor
from bleak.backends.device import BLEDevice
from bleak.backends.scanner import AdvertisementData, BaseBleakScanner
from bleak.backends.service import BleakGATTService, BleakGATTServiceCollection
from bleak.exc import BleakDeviceNotFoundError, BleakError
from meshtastic.ble_interface import FROMNUM_UUID, FROMRADIO_UUID, LOGRADIO_UUID, SERVICE_UUID, TORADIO_UUID
from meshtastic.protobuf import mesh_pb2

from mtleak_gui.demo.phone_api import PhoneSession
from mtleak_gui.demo.stream_codec import Frame, FrameDecoder, encode_frame
from mtleak_gui.demo.virtual_board import VirtualBoard

_MTU = 515


class Air:
    """What is in reach: boards by address. ``pull`` lets one leave, as out of reach."""

    def __init__(self, **boards: VirtualBoard) -> None:
        self.boards = {f"AA:BB:CC:DD:EE:{name.upper()}": board for name, board in boards.items()}
        self.refusal: Exception | None = None
        """What connecting raises."""
        self.is_deaf = False
        """Whether connecting and reading never end."""
        self.connecting = threading.Event()
        self.connections = 0
        self._clients: list[VirtualClient] = []

    def client(self) -> type[BaseBleakClient]:
        """Return the client's backend."""
        air = self

        class Client(VirtualClient):
            def __init__(self, address: BLEDevice | str, **kwargs: Any) -> None:
                super().__init__(address, **kwargs)
                self.air = air
                air._clients.append(self)

        return Client

    def scanner(self, *others: str) -> type[BaseBleakScanner]:
        """Return the scanner's backend; ``others`` are addresses of devices that are no boards."""
        air = self

        class Scanner(VirtualScanner):
            def __init__(self, *args: Any, **_kwargs: Any) -> None:
                super().__init__(args[0], args[1])
                self.told = [*((address, [SERVICE_UUID]) for address in air.boards), *((o, []) for o in others)]
                self.refusal = air.refusal

        return Scanner

    def pull(self) -> None:
        """Let every board leave."""
        for client in self._clients:
            client.leave()


class VirtualScanner(BaseBleakScanner):
    """Hears each board once."""

    told: list[tuple[str, list[str]]]
    refusal: Exception | None

    async def start(self) -> None:
        """Hear."""
        if self.refusal is not None:
            raise self.refusal
        for address, services in self.told:
            heard = AdvertisementData(f"bnch_{address[-2:]}", {}, {}, services, None, -60, ())
            self.call_detection_callbacks(BLEDevice(address, None, None), heard)

    async def stop(self) -> None:
        """Hear no more."""


class VirtualClient(BaseBleakClient):
    """The GATT service of one board."""

    air: Air

    def __init__(self, address: BLEDevice | str, **kwargs: Any) -> None:
        super().__init__(
            address, disconnected_callback=kwargs["disconnected_callback"], timeout=float(kwargs["timeout"])
        )
        self._waiting: deque[bytes] = deque()
        self._decoder = FrameDecoder()
        self._notify: dict[str, Callable[[bytearray], None]] = {}
        self._session: PhoneSession | None = None
        self._board: VirtualBoard | None = None
        self._count = 0

    @property
    def mtu_size(self) -> int:
        """The size of what is exchanged at once."""
        return _MTU

    @property
    def name(self) -> str:
        """The advertised name."""
        return "bnch"

    @property
    def is_connected(self) -> bool:
        """Whether the board is there."""
        return self._session is not None

    async def connect(self, pair: bool, **_kwargs: Any) -> None:  # noqa: ARG002 - bleak's signature
        """Connect."""
        self.air.connecting.set()
        if self.air.is_deaf:
            await asyncio.Event().wait()
        if self.air.refusal is not None:
            raise self.air.refusal
        board = self.air.boards.get(self.address)
        if board is None:
            raise BleakDeviceNotFoundError(self.address, "was not found")
        self._loop = asyncio.get_running_loop()
        self.services = _services()
        self._board = board
        self._session = board.open_session(serial=True, send=self._said, hang_up=self.leave)
        self.air.connections += 1
        board.start()

    async def disconnect(self) -> None:
        """Let the board go."""
        if self._board is not None and self._session is not None:
            session, self._session = self._session, None
            self._board.close_session(session)
            await asyncio.to_thread(self._board.stop)

    async def pair(self, *args: Any, **kwargs: Any) -> None:
        """Not needed."""

    async def unpair(self) -> None:
        """Not needed."""

    def leave(self) -> None:
        """Go out of reach. From any thread."""
        if self._session is not None:
            self._loop.call_soon_threadsafe(asyncio.ensure_future, self._leave())

    async def _leave(self) -> None:
        await self.disconnect()
        if self._disconnected_callback is not None:
            self._disconnected_callback()

    async def read_gatt_char(self, characteristic: BleakGATTCharacteristic, **_kwargs: Any) -> bytearray:
        """Return the next packet, or nothing."""
        self._must_be_there()
        assert characteristic.uuid == FROMRADIO_UUID
        if self.air.is_deaf:
            await asyncio.Event().wait()
        return bytearray(self._waiting.popleft() if self._waiting else b"")

    async def write_gatt_char(
        self,
        characteristic: BleakGATTCharacteristic,
        data: SizedBuffer,
        response: bool,  # noqa: ARG002 - bleak's signature
    ) -> None:
        """Hand a packet to the board."""
        self._must_be_there()
        assert characteristic.uuid == TORADIO_UUID
        assert self._board is not None
        assert self._session is not None
        await asyncio.to_thread(self._board.receive, self._session, encode_frame(bytes(data)))

    async def start_notify(
        self, characteristic: BleakGATTCharacteristic, callback: Callable[[bytearray], None], **_kwargs: Any
    ) -> None:
        """Subscribe."""
        self._must_be_there()
        self._notify[characteristic.uuid] = callback

    async def stop_notify(self, characteristic: BleakGATTCharacteristic) -> None:
        """Unsubscribe."""

    async def read_gatt_descriptor(
        self, descriptor: BleakGATTDescriptor, *, use_cached: bool = False, **kwargs: Any
    ) -> bytearray:
        """There are none."""
        raise NotImplementedError

    async def write_gatt_descriptor(self, descriptor: BleakGATTDescriptor, data: SizedBuffer) -> None:
        """There are none."""
        raise NotImplementedError

    def _must_be_there(self) -> None:
        if self._session is None:
            raise BleakError("Not connected")

    def _said(self, data: bytes) -> None:
        # Under the board's lock, from any thread.
        for part in self._decoder.feed(data):
            if isinstance(part, Frame):
                self._loop.call_soon_threadsafe(self._show, part.payload)

    def _show(self, payload: bytes) -> None:
        message = mesh_pb2.FromRadio.FromString(payload)
        if message.WhichOneof("payload_variant") == "log_record":
            self._tell(LOGRADIO_UUID, message.log_record.SerializeToString())
            return
        self._waiting.append(payload)
        self._count += 1
        self._tell(FROMNUM_UUID, self._count.to_bytes(4, "little"))

    def _tell(self, uuid: str, data: bytes) -> None:
        if (take := self._notify.get(uuid)) is not None:
            take(bytearray(data))


def _services() -> BleakGATTServiceCollection:
    services = BleakGATTServiceCollection()
    service = BleakGATTService(None, 1, SERVICE_UUID)
    services.add_service(service)
    for handle, uuid in enumerate((TORADIO_UUID, FROMRADIO_UUID, FROMNUM_UUID, LOGRADIO_UUID), start=2):
        services.add_characteristic(
            BleakGATTCharacteristic(None, handle, uuid, ["read", "write", "notify"], lambda: _MTU, service)
        )
    return services
