"""A hand-made station: a websocket, and messages as they stand on the wire."""

from __future__ import annotations

import asyncio
import json
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from itertools import count
from typing import Any

import pytest
from websockets.asyncio.client import ClientConnection, connect
from websockets.exceptions import ConnectionClosed
from websockets.typing import Subprotocol

from laadpaal.backoffice.server import BackOffice

PATIENCE_S = 20.0
V16, V201 = "ocpp1.6", "ocpp2.0.1"
BOTH = pytest.mark.parametrize("version", [V16, V201])
AT = "2023-11-15T12:00:00.000Z"

BOOT: Mapping[str, Mapping[str, Any]] = {
    V16: {"chargePointVendor": "Maker", "chargePointModel": "Pole"},
    V201: {
        "reason": "PowerUp",
        "chargingStation": {"vendorName": "Maker", "model": "Pole"},
    },
}
START_16 = {"connectorId": 1, "idTag": "04AB", "meterStart": 50, "timestamp": AT}


def stop_16(transaction: int, **more: object) -> dict[str, object]:
    """Return a StopTransaction of 1.6."""
    return {"transactionId": transaction, "meterStop": 62, "timestamp": AT, **more}


def event(kind: str, seq: int, energy_wh: float, **more: object) -> dict[str, Any]:
    """Return a TransactionEvent of 2.0.1 with one reading."""
    context = {"Started": "Transaction.Begin", "Ended": "Transaction.End"}
    sample = {"value": energy_wh, "context": context.get(kind, "Sample.Periodic")}
    return {
        "eventType": kind,
        "timestamp": AT,
        "triggerReason": "CablePluggedIn",
        "seqNo": seq,
        "transactionInfo": {"transactionId": "t1"},
        "meterValue": [{"timestamp": AT, "sampledValue": [sample]}],
        **more,
    }


class Guest:
    """One connection of a station; every wait is bounded."""

    def __init__(self, socket: ClientConnection) -> None:
        self.socket = socket
        self._ids = count(1)

    async def send(self, *frame: object) -> None:
        """Send one frame."""
        await self.socket.send(json.dumps(frame))

    async def receive(self) -> list[Any]:
        """Return the next frame."""
        async with asyncio.timeout(PATIENCE_S):
            frame: list[Any] = json.loads(await self.socket.recv())
        return frame

    async def ask(self, action: str, payload: object, message_id: str = "") -> list[Any]:
        """Call, and return the whole answer."""
        number = message_id or f"m{next(self._ids)}"
        await self.send(2, number, action, payload)
        frame = await self.receive()
        assert frame[1] == number
        return frame

    async def call(self, action: str, payload: object, message_id: str = "") -> dict[str, Any]:
        """Call, and return the payload of the result."""
        kind, _, result = await self.ask(action, payload, message_id)
        assert kind == 3
        assert isinstance(result, dict)
        return result

    async def refused(self, action: str, payload: object) -> str:
        """Call, and return the code of the CALLERROR."""
        answer = await self.ask(action, payload)
        assert answer[0] == 4
        return str(answer[2])

    async def boot(self) -> dict[str, Any]:
        """Boot, and return the answer."""
        return await self.call("BootNotification", BOOT[str(self.socket.subprotocol)])

    async def answer(self, payload: object) -> list[Any]:
        """Answer the next call of the back office, and return that call."""
        call = await self.receive()
        await self.send(3, call[1], payload)
        return call

    async def cut_off(self) -> ConnectionClosed:
        """Wait until the connection is gone, and return how it ended."""
        async with asyncio.timeout(PATIENCE_S):
            try:
                text = await self.socket.recv()
            except ConnectionClosed as end:
                return end
        raise AssertionError(f"not cut off but told {text!r}")


@asynccontextmanager
async def visit(
    office: BackOffice,
    version: str = V16,
    path: str = "/CP1",
    headers: Mapping[str, str] | None = None,
    **more: Any,
) -> AsyncIterator[Guest]:
    """Connect a station."""
    async with connect(
        office.url + path,
        subprotocols=[Subprotocol(version)],
        additional_headers=headers,
        proxy=None,
        compression=None,
        **more,
    ) as socket:
        yield Guest(socket)
