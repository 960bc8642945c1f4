"""A CSMS on the `ocpp` library, which validates every payload in both directions."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any

from ocpp.charge_point import ChargePoint as LibraryChargePoint
from ocpp.routing import on
from ocpp.v16 import ChargePoint as ChargePoint16
from ocpp.v16 import call as calls16
from ocpp.v16 import call_result as results16
from ocpp.v201 import ChargePoint as ChargePoint201
from ocpp.v201 import call as calls201
from ocpp.v201 import call_result as results201
from websockets.asyncio.server import Server, ServerConnection, serve
from websockets.exceptions import ConnectionClosed
from websockets.typing import Subprotocol

GOOD = {"status": "Accepted"}
FIRST_ID = 4711


def now() -> str:
    """Return the time as both versions spell it."""
    return datetime.now(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


@dataclass
class Notes:
    """What a station told, and how the wire itself went.

    Args:
        heard: Action and payload, as the library decoded them.
        errors: CALLERRORs that went either way.
    """

    heard: list[tuple[str, dict[str, Any]]] = field(default_factory=list)
    errors: list[str] = field(default_factory=list)
    stirred: asyncio.Condition = field(default_factory=asyncio.Condition)

    async def note(self, action: str, payload: dict[str, Any]) -> None:
        """Write one down, and wake who waits."""
        async with self.stirred:
            self.heard.append((action, payload))
            self.stirred.notify_all()

    def told(self, action: str) -> list[dict[str, Any]]:
        """Return every payload of an action so far."""
        return [payload for heard, payload in self.heard if heard == action]

    async def until(self, action: str, count: int = 1, **fields: Any) -> dict[str, Any]:
        """Return the `count`-th message of that action with those fields, once it is there."""

        def found() -> list[dict[str, Any]]:
            return [p for p in self.told(action) if fields.items() <= p.items()]

        async with self.stirred, asyncio.timeout(30):
            await self.stirred.wait_for(lambda: len(found()) >= count)
            return found()[count - 1]


class Station16(ChargePoint16):
    """A 1.6 station as the library sees it."""

    notes: Notes

    @on("BootNotification")
    async def on_boot(self, **payload: Any) -> Any:
        await self.notes.note("BootNotification", payload)
        return results16.BootNotification(current_time=now(), interval=60, status="Accepted")

    @on("Heartbeat")
    async def on_heartbeat(self) -> Any:
        await self.notes.note("Heartbeat", {})
        return results16.Heartbeat(current_time=now())

    @on("StatusNotification")
    async def on_status(self, **payload: Any) -> Any:
        await self.notes.note("StatusNotification", payload)
        return results16.StatusNotification()

    @on("Authorize")
    async def on_authorize(self, **payload: Any) -> Any:
        await self.notes.note("Authorize", payload)
        return results16.Authorize(id_tag_info=GOOD)

    @on("StartTransaction")
    async def on_start(self, **payload: Any) -> Any:
        await self.notes.note("StartTransaction", payload)
        number = FIRST_ID - 1 + len(self.notes.told("StartTransaction"))
        return results16.StartTransaction(transaction_id=number, id_tag_info=GOOD)

    @on("MeterValues")
    async def on_meter(self, **payload: Any) -> Any:
        await self.notes.note("MeterValues", payload)
        return results16.MeterValues()

    @on("StopTransaction")
    async def on_stop(self, **payload: Any) -> Any:
        await self.notes.note("StopTransaction", payload)
        return results16.StopTransaction()

    @on("SecurityEventNotification")
    async def on_security_event(self, **payload: Any) -> Any:
        await self.notes.note("SecurityEventNotification", payload)
        return results16.SecurityEventNotification()


class Station201(ChargePoint201):
    """A 2.0.1 station as the library sees it."""

    notes: Notes

    @on("BootNotification")
    async def on_boot(self, **payload: Any) -> Any:
        await self.notes.note("BootNotification", payload)
        return results201.BootNotification(current_time=now(), interval=60, status="Accepted")

    @on("Heartbeat")
    async def on_heartbeat(self) -> Any:
        await self.notes.note("Heartbeat", {})
        return results201.Heartbeat(current_time=now())

    @on("StatusNotification")
    async def on_status(self, **payload: Any) -> Any:
        await self.notes.note("StatusNotification", payload)
        return results201.StatusNotification()

    @on("SecurityEventNotification")
    async def on_security_event(self, **payload: Any) -> Any:
        await self.notes.note("SecurityEventNotification", payload)
        return results201.SecurityEventNotification()

    @on("Authorize")
    async def on_authorize(self, **payload: Any) -> Any:
        await self.notes.note("Authorize", payload)
        return results201.Authorize(id_token_info=GOOD)

    @on("TransactionEvent")
    async def on_event(self, **payload: Any) -> Any:
        await self.notes.note("TransactionEvent", payload)
        told = GOOD if "id_token" in payload else None
        return results201.TransactionEvent(id_token_info=told)

    @on("MeterValues")
    async def on_meter(self, **payload: Any) -> Any:
        await self.notes.note("MeterValues", payload)
        return results201.MeterValues()

    @on("NotifyReport")
    async def on_report(self, **payload: Any) -> Any:
        await self.notes.note("NotifyReport", payload)
        return results201.NotifyReport()

    @on("NotifyEvent")
    async def on_notify_event(self, **payload: Any) -> Any:
        await self.notes.note("NotifyEvent", payload)
        return results201.NotifyEvent()

    @on("NotifyMonitoringReport")
    async def on_monitors(self, **payload: Any) -> Any:
        await self.notes.note("NotifyMonitoringReport", payload)
        return results201.NotifyMonitoringReport()

    @on("NotifyDisplayMessages")
    async def on_messages(self, **payload: Any) -> Any:
        await self.notes.note("NotifyDisplayMessages", payload)
        return results201.NotifyDisplayMessages()

    @on("NotifyCustomerInformation")
    async def on_customer(self, **payload: Any) -> Any:
        await self.notes.note("NotifyCustomerInformation", payload)
        return results201.NotifyCustomerInformation()

    @on("ReportChargingProfiles")
    async def on_profiles(self, **payload: Any) -> Any:
        await self.notes.note("ReportChargingProfiles", payload)
        return results201.ReportChargingProfiles()

    @on("ReservationStatusUpdate")
    async def on_reservation(self, **payload: Any) -> Any:
        await self.notes.note("ReservationStatusUpdate", payload)
        return results201.ReservationStatusUpdate()

    @on("LogStatusNotification")
    async def on_log(self, **payload: Any) -> Any:
        await self.notes.note("LogStatusNotification", payload)
        return results201.LogStatusNotification()


KINDS: dict[str, tuple[str, type[LibraryChargePoint]]] = {
    "1.6": ("ocpp1.6", Station16),
    "2.0.1": ("ocpp2.0.1", Station201),
}


class Wire:
    """What the library reads and writes; CALLERRORs are noted on their way."""

    def __init__(self, socket: ServerConnection, notes: Notes) -> None:
        self._socket = socket
        self._notes = notes

    async def recv(self) -> str:
        text = await self._socket.recv()
        assert isinstance(text, str)
        self._note(text)
        return text

    async def send(self, text: str) -> None:
        self._note(text)
        # A station that restarts is gone before it has every answer; what it said is read still.
        with suppress(ConnectionClosed):
            await self._socket.send(text)

    def _note(self, text: str) -> None:
        if text.lstrip().startswith("[4"):
            self._notes.errors.append(text)


@dataclass
class LibraryCsms:
    """The running CSMS; `station` is the last one that connected."""

    url: str
    notes: Notes
    connected: asyncio.Event = field(default_factory=asyncio.Event)
    station: Any = None

    async def call(self, payload: Any) -> Any:
        """Send a call of the library; an error raises."""
        async with asyncio.timeout(30):
            await self.connected.wait()
            return await self.station.call(payload, suppress=False)


@asynccontextmanager
async def library_csms(ocpp: str) -> AsyncIterator[LibraryCsms]:
    """Run one for a version of OCPP."""
    subprotocol, kind = KINDS[ocpp]
    csms = LibraryCsms("", Notes())

    async def talk(socket: ServerConnection) -> None:
        assert socket.request is not None
        station = kind(socket.request.path.rsplit("/", 1)[-1], Wire(socket, csms.notes))
        station.notes = csms.notes
        csms.station = station
        csms.connected.set()
        try:
            await station.start()
        except ConnectionClosed:
            csms.connected.clear()

    async with serve(talk, "127.0.0.1", 0, subprotocols=[Subprotocol(subprotocol)]) as server:
        csms.url = f"ws://127.0.0.1:{_port(server)}/ocpp"
        yield csms


def _port(server: Server) -> int:
    port: int = next(iter(server.sockets)).getsockname()[1]
    return port


__all__ = ["LibraryCsms", "Notes", "calls16", "calls201", "library_csms"]
