"""One open connection: our calls out one at a time, their answers back, the CSMS's calls in."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Callable
from dataclasses import dataclass
from typing import Protocol

from laadpaal.csms.link import Wire, loggable
from laadpaal.csms.watchdog import Sign
from laadpaal.protocols.ocpp import rpc
from laadpaal.protocols.ocpp.errors import RemoteProtocolError
from laadpaal.protocols.ocpp.version import Version
from laadpaal.station.events import Event, SecurityIncident
from laadpaal.station.security import SecurityKind

MOST_UNHEARD = 100
"""Calls of the CSMS that may wait; beyond that we stop reading, and TCP slows the CSMS down."""

Answer = rpc.CallResult | rpc.CallError


class Ear(Protocol):
    """Hears each message that goes over the wire, and never waits."""

    def __call__(self, text: str, size: int, frame: rpc.Frame | None, *, sent: bool) -> None:
        """Take its text without secrets, how long it was, and what it is; None for none."""
        ...


def deaf(text: str, size: int, frame: rpc.Frame | None, *, sent: bool) -> None:
    """Hear nothing."""


@dataclass(slots=True)
class Traffic:
    """Messages that went over the wire since the station started."""

    sent: int = 0
    received: int = 0


class Exchange:
    """Sorts what comes in, and waits for the answer to what goes out.

    Args:
        alive: Told of each sign of life.
        happened: Told of what bears on security.
        ear: Hears every message.
    """

    def __init__(
        self,
        wire: Wire,
        version: Version,
        log: logging.Logger,
        traffic: Traffic,
        alive: Callable[[Sign], None],
        happened: Callable[[Event], None],
        ear: Ear = deaf,
    ) -> None:
        self._wire, self._ear = wire, ear
        self._alive = alive
        wire.pinged = lambda: alive(Sign.PING)
        self._version = version
        self._log = log
        self._traffic = traffic
        self._happened = happened
        self._conversation = rpc.Conversation()
        self._answer: asyncio.Future[Answer] | None = None
        self._calls: asyncio.Queue[rpc.Call] = asyncio.Queue(MOST_UNHEARD)

    async def read(self) -> None:
        """Take what arrives, for ever; raises LinkLost."""
        while True:
            text = await self._wire.receive()
            self._traffic.received += 1
            self._alive(Sign.MESSAGE)
            try:
                frame = rpc.parse(text, self._version)
            except RemoteProtocolError as wrong:
                self._ear(loggable(text), len(text), None, sent=False)
                await self._complain(wrong)
            else:
                self._ear(loggable(text), len(text), frame, sent=False)
                await self._sort(frame)

    async def heard(self) -> rpc.Call:
        """Return the next call of the CSMS."""
        return await self._calls.get()

    async def call(self, call: rpc.Call, timeout_s: float) -> Answer | None:
        """Send a call and return its answer, or None when none came in time; raises LinkLost.

        `timeout_s` is in real seconds, for it watches the network.
        """
        self._conversation.send(call, 0.0)
        self._answer = asyncio.get_running_loop().create_future()
        await self.send(call)
        try:
            async with asyncio.timeout(timeout_s):
                return await self._answer
        except TimeoutError:
            self._conversation.lose()
            self._log.warning("No answer to %s within %g s", call.action, timeout_s)
            return None

    async def send(self, frame: rpc.Frame) -> None:
        """Send one frame; raises LinkLost."""
        text = rpc.render(frame)
        await self._wire.send(text)
        self._traffic.sent += 1
        self._ear(loggable(text), len(text), frame, sent=True)

    async def _complain(self, wrong: RemoteProtocolError) -> None:
        self._log.warning("Broken message: %s", wrong)
        self._happened(SecurityIncident(SecurityKind.INVALID_MESSAGES, wrong.detail))
        answer = rpc.refusal(wrong)
        if answer is not None:
            await self.send(answer)

    async def _sort(self, frame: rpc.Frame) -> None:
        match self._conversation.receive(frame):
            case rpc.Call() as call:
                await self._calls.put(call)
            case rpc.Answered(_, answer) if self._answer and not self._answer.done():
                self._answer.set_result(answer)
            case _:
                self._log.warning("Answer to no open call ignored: %s", frame.id)
