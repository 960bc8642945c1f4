"""A CSMS at the other end of a wire in memory: the embedded back office, without its sockets."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Callable
from itertools import count

from laadpaal.backoffice.ledger import Ledger
from laadpaal.backoffice.policy import TRANSACTION_ACTIONS, Policy
from laadpaal.backoffice.reception import BOOT, Reception
from laadpaal.backoffice.record import Record
from laadpaal.backoffice.tongue import Tongue
from laadpaal.csms.errors import LinkLost
from laadpaal.ports.clock import Clock
from laadpaal.protocols.ocpp import codec, rpc
from laadpaal.protocols.ocpp.errors import RemoteProtocolError
from laadpaal.protocols.ocpp.message import Message
from laadpaal.station.network_profile import Route

STATION = "LP1"
PROMPT_S = 0.02
DIAL_S = 2.0
REFUSED_S = 30.0
PATIENCE_S = 400.0


class Wire:
    """One connection; what is on its way when it is cut never arrives."""

    def __init__(self, office: Office) -> None:
        self._office = office
        self._inbox: asyncio.Queue[str | None] = asyncio.Queue()
        self.pinged: Callable[[], None] = lambda: None
        self.closed = False

    async def send(self, text: str) -> None:
        """Is the station's side."""
        if self.closed:
            raise LinkLost("closed")
        loop = asyncio.get_running_loop()
        loop.call_later(self._office.latency_s, self._office.hears, self, text)

    async def receive(self) -> str:
        """Is the station's side."""
        text = await self._inbox.get()
        if text is None:
            raise LinkLost("hung up")
        return text

    async def close(self) -> None:
        """Is the station's side."""
        self.closed = True
        self._office.lost()

    def arrive(self, text: str) -> None:
        """Hand a message of the CSMS to the station."""
        if not self.closed:
            self._inbox.put_nowait(text)

    def cut(self) -> None:
        """End the connection; messages that have arrived are still read."""
        if not self.closed:
            self.closed = True
            self._inbox.put_nowait(None)


class Office:
    """Is a `Line`: answers what it hears as the back office does, and asks one thing at a time."""

    def __init__(self, tongue: Tongue, clock: Clock, log: logging.Logger) -> None:
        self.tongue = tongue
        self.ledger = Ledger()
        self.record = Record()
        self.reception = Reception(clock, Policy(), self.ledger, self.record, log)
        self.latency_s = PROMPT_S
        self.complaints: list[str] = []
        self.transaction_ids: set[str] = set()
        """Message ids of all that can only have come out of the journal; meter values need not."""
        self._reachable = asyncio.Event()
        self._reachable.set()
        self._wires: list[Wire] = []
        self._asking: tuple[str, asyncio.Future[rpc.CallResult | rpc.CallError | None]] | None
        self._asking = None
        self._numbers = count(1)
        self._unborn = False
        self.refusing = False
        """Whether it refuses whoever dials."""
        self.attempted: Callable[[str], None] = lambda _why: None
        """Told of each attempt to dial, and why it was refused, or ""."""

    # The line.

    route = Route()

    async def dial(self) -> Wire:
        """Connect, once the CSMS can be reached and lets the station in."""
        await asyncio.sleep(DIAL_S)
        await self._reachable.wait()
        while self.refusing:
            self.attempted("HTTP 401")
            await asyncio.sleep(REFUSED_S)
            await self._reachable.wait()
        self.attempted("")
        self._wires.append(Wire(self))
        return self._wires[-1]

    def hurry(self) -> None:
        """Is as hurried as it can be."""

    def state(self) -> dict[str, object]:
        """Return nothing that is worth showing."""
        return {}

    def born(self) -> None:
        """Take note that the station starts anew: its first call must be its boot."""
        self._cut()
        self._unborn = True

    # The connection.

    @property
    def connected(self) -> bool:
        """Whether there is a connection."""
        return bool(self._wires) and not self._wires[-1].closed

    def reach(self, *, reachable: bool) -> None:
        """Be there for whoever dials, or be gone at once."""
        if reachable:
            self._reachable.set()
            return
        self._reachable.clear()
        self._cut()

    def _cut(self) -> None:
        for wire in self._wires:
            wire.cut()
        self.lost()

    def lost(self) -> None:
        """Take note that a connection is gone, and with it the answer to what was asked."""
        if self._asking and not self._asking[1].done():
            self._asking[1].set_result(None)

    def hears(self, wire: Wire, text: str) -> None:
        """Take one frame of the station, and answer it."""
        if wire.closed:
            return
        try:
            frame = rpc.parse(text, self.tongue.language.version)
        except RemoteProtocolError as wrong:
            self.complaints.append(f"{wrong}: {text}")
            return
        if isinstance(frame, rpc.Call):
            self._answer(wire, frame)
        elif self._asking and self._asking[0] == frame.id and not self._asking[1].done():
            self._asking[1].set_result(frame)
        else:
            self.complaints.append(f"an answer nobody waits for: {text}")

    def _answer(self, wire: Wire, call: rpc.Call) -> None:
        if self._unborn and call.action != BOOT:
            self.complaints.append(f"{call.action} before the boot of this life")
        self._unborn = False
        if call.action in TRANSACTION_ACTIONS - {"MeterValues"}:
            self.transaction_ids.add(call.id)
        reply = self.reception.reply(STATION, self.tongue, call)
        if reply.frame is not None:
            text = rpc.render(reply.frame)
            asyncio.get_running_loop().call_later(self.latency_s, wire.arrive, text)
        if reply.registration is not None:
            self.reception.register(STATION, reply.registration)
        if reply.cut:
            asyncio.get_running_loop().call_later(2 * self.latency_s, self._cut)

    # What it asks.

    async def ask(self, message: Message) -> Message | None:
        """Ask the station, and return its answer; None when it was lost, or refused as a whole."""
        if not self.connected or self._asking:
            return None
        expected = self.tongue.commands.asks_for(message)
        if expected is not None:
            self.reception.expect(STATION, expected)
        action = codec.action_of(message)
        call = rpc.Call(f"o-{next(self._numbers)}", action, codec.encode(message))
        answer = asyncio.get_running_loop().create_future()
        self._asking = call.id, answer
        self._wires[-1].arrive(rpc.render(call))
        try:
            async with asyncio.timeout(PATIENCE_S):
                return self._read(action, await answer)
        except TimeoutError:
            return None
        finally:
            self._asking = None

    def _read(self, action: str, answer: rpc.CallResult | rpc.CallError | None) -> Message | None:
        if answer is None:
            return None
        if isinstance(answer, rpc.CallError):
            if answer.code != "SecurityError":
                self.complaints.append(f"{action}: {answer.code} {answer.description}")
            return None
        try:
            return codec.decode_response(self.tongue.language, action, answer.payload)
        except RemoteProtocolError as wrong:
            self.complaints.append(f"answer to {action}: {wrong}")
            return None
