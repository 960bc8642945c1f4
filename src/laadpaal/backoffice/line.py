"""One connected station: its calls answered in order, ours asked one at a time."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Callable, Coroutine
from uuid import uuid4

from websockets.asyncio.server import ServerConnection
from websockets.exceptions import ConnectionClosed

from laadpaal.backoffice.errors import AnswerBroken, CallRefused, NotConnected, TimedOut
from laadpaal.backoffice.reception import Reception, Reply
from laadpaal.backoffice.record import LONGEST_TEXT, Direction, Exchange, Record
from laadpaal.backoffice.tongue import Tongue
from laadpaal.ports.clock import Clock
from laadpaal.protocols.ocpp import codec, rpc
from laadpaal.protocols.ocpp.errors import RemoteProtocolError
from laadpaal.protocols.ocpp.message import Message

MOST_UNANSWERED = 100
"""Calls of the station that may wait; beyond that we stop reading."""

Answer = rpc.CallResult | rpc.CallError


class Line:
    """The connection to one station, from its handshake until it has `ended`."""

    def __init__(
        self,
        station: str,
        tongue: Tongue,
        socket: ServerConnection,
        reception: Reception,
        record: Record,
        clock: Clock,
        log: logging.Logger,
    ) -> None:
        self.station = station
        self.tongue = tongue
        self._socket = socket
        self._reception = reception
        self._record = record
        self._clock = clock
        self._log = log
        self._conversation = rpc.Conversation()
        self._turn = asyncio.Lock()
        self._answer: asyncio.Future[Answer | None] | None = None
        self._given_up: set[str] = set()
        self._unanswered: asyncio.Queue[rpc.Call] = asyncio.Queue(MOST_UNANSWERED)
        self.ended = False

    async def run(self) -> None:
        """Talk until the connection ends."""
        try:
            async with asyncio.TaskGroup() as tasks:
                both = [
                    tasks.create_task(self._until_closed(work))
                    for work in (self._read, self._answer_calls)
                ]
                await asyncio.wait(both, return_when=asyncio.FIRST_COMPLETED)
                for task in both:
                    task.cancel()
        finally:
            self._end()

    def cut(self) -> None:
        """End the TCP connection at once, without a closing handshake."""
        self._end()
        self._socket.transport.abort()

    async def closed(self) -> None:
        """Return once the connection has ended."""
        await self._socket.wait_closed()

    async def call(self, message: Message, timeout_s: float) -> Message:
        """Ask the station, after the calls that wait already, and return its answer.

        `timeout_s` is in real seconds from the sending on.

        Raises:
            CallRefused: It answered with a CALLERROR.
            AnswerBroken: Its answer breaks the schema.
            TimedOut: It did not answer.
            NotConnected: The connection ended first.
            LocalProtocolError: `message` breaks the schema.
        """
        call = rpc.Call(str(uuid4()), codec.action_of(message), codec.encode(message))
        async with self._turn:
            answer = await self._ask(call, timeout_s)
        if isinstance(answer, rpc.CallError):
            raise CallRefused(call.action, answer.code, answer.description)
        try:
            return codec.decode_response(self.tongue.language, call.action, answer.payload)
        except RemoteProtocolError as wrong:
            self._record.wrong(self.station, f"answer to {call.action}: {wrong}")
            raise AnswerBroken(f"{self.station}: {call.action}: {wrong}") from wrong

    async def _ask(self, call: rpc.Call, timeout_s: float) -> Answer:
        if self.ended:
            raise NotConnected(f"{self.station} is not connected")
        loop = asyncio.get_running_loop()
        self._conversation.send(call, loop.time())
        self._answer = loop.create_future()
        try:
            async with asyncio.timeout(timeout_s):
                await self._send(call, call.action)
                answer = await self._answer
        except TimeoutError:
            raise TimedOut(
                f"no answer to {call.action} from {self.station} within {timeout_s:g} s"
            ) from None
        except ConnectionClosed:
            answer = None
        finally:
            self._give_up()
        if answer is None:
            raise NotConnected(f"{self.station} went away before it answered {call.action}")
        return answer

    def _give_up(self) -> None:
        """Close the open call, if it still is, and forgive a late answer to it."""
        lost = self._conversation.lose()
        if lost is not None:
            self._given_up.add(lost.id)

    def _end(self) -> None:
        self.ended = True
        if self._answer is not None and not self._answer.done():
            self._answer.set_result(None)

    async def _read(self) -> None:
        while True:
            text = await self._socket.recv()
            if isinstance(text, str):
                await self._take(text)
            else:
                self._note(Direction.RECEIVED, "", "", "")
                self._record.wrong(self.station, f"binary message of {len(text)} bytes")

    async def _take(self, text: str) -> None:
        try:
            frame = rpc.parse(text, self.tongue.language.version)
        except RemoteProtocolError as wrong:
            self._note(Direction.RECEIVED, "", wrong.message_id or "", text)
            self._record.wrong(self.station, f"broken frame: {wrong}")
            refusal = rpc.refusal(wrong)
            if refusal is not None:
                await self._send(refusal, "")
            return
        await self._sort(frame, text)

    async def _sort(self, frame: rpc.Frame, text: str) -> None:
        match self._conversation.receive(frame):
            case rpc.Call() as call:
                self._note(Direction.RECEIVED, call.action, call.id, text)
                await self._unanswered.put(call)
            case rpc.Answered(call, answer):
                self._note(Direction.RECEIVED, call.action, call.id, text)
                if self._answer is not None and not self._answer.done():
                    self._answer.set_result(answer)
            case rpc.Stray(answer):
                self._note(Direction.RECEIVED, "", answer.id, text)
                if answer.id not in self._given_up:
                    self._record.wrong(self.station, f"answer to no call of ours: {answer.id}")

    async def _answer_calls(self) -> None:
        while True:
            call = await self._unanswered.get()
            if self.ended:
                return
            reply = self._reception.reply(self.station, self.tongue, call)
            if delay_s := self._reception.policy.delay_s:
                await self._clock.sleep(delay_s)
            await self._give(call, reply)

    async def _give(self, call: rpc.Call, reply: Reply) -> None:
        if reply.frame is not None:
            await self._send(reply.frame, call.action)
        if reply.registration is not None:
            self._reception.register(self.station, reply.registration)
            self._record.bell.ring()
        if reply.cut:
            self.cut()

    async def _until_closed(self, work: Callable[[], Coroutine[None, None, None]]) -> None:
        try:
            await work()
        except ConnectionClosed as end:
            self._log.debug("%s: %s", self.station, end)

    async def _send(self, frame: rpc.Frame, action: str) -> None:
        text = rpc.render(frame)
        await self._socket.send(text)
        self._note(Direction.SENT, action, frame.id, text)

    def _note(self, direction: Direction, action: str, message_id: str, text: str) -> None:
        self._log.info("%s %s %s", self.station, direction.value, action[:50])
        at = self._clock.now().utc
        exchange = Exchange(self.station, direction, action, message_id, text[:LONGEST_TEXT], at)
        self._record.went(exchange)
