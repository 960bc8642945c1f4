"""A CSMS gone mad: thousands of broken frames, and the charging session goes on."""

from __future__ import annotations

import asyncio
import json
import logging
from collections import deque
from collections.abc import AsyncIterator, Callable, Iterable
from contextlib import asynccontextmanager, suppress
from functools import partial
from pathlib import Path
from typing import Any

import msgspec
import pytest
from websockets.asyncio.server import Server, ServerConnection, serve
from websockets.exceptions import ConnectionClosed

from laadpaal.backoffice import door
from laadpaal.backoffice.ledger import Ledger, Stage, Transaction
from laadpaal.backoffice.policy import Policy
from laadpaal.backoffice.reception import Reception
from laadpaal.backoffice.record import Record
from laadpaal.backoffice.tongue import TONGUES
from laadpaal.ports.clock import Clock
from laadpaal.protocols.ocpp import rpc
from laadpaal.protocols.ocpp.codec import Direction
from laadpaal.protocols.ocpp.message import Message
from laadpaal.runtime.assembly import Station, assembled
from laadpaal.runtime.clock import RealClock
from laadpaal.runtime.config import Config, CsmsTable
from laadpaal.station.notices import Notice
from laadpaal.station.view import StationView
from tests.e2e.mutations import (
    BROKEN_ANSWERS,
    ODDITIES,
    RESULT,
    RULES,
    Frame,
    Rules,
    frames,
    odd_answer,
)
from tests.protocols.ocpp import schemas

IDENTITY, CARD = "LP1", "04A1B2C3"
FRAMES = 5000
SEED = 20
SPEED = 20.0
PATIENCE_S = 60.0
"""Real seconds for a step, which takes less than 1 s, and many where others have the CPU."""
MOST_OPEN = 60
SETTINGS: dict[str, str | int | float | bool] = {
    "2087_0": 10,  # sample interval
    "2108_1": 600,  # at this speed a busy machine is slow to answer
    "20F6_1": 5,  # back-off
    "20F6_2": 0,
}
GOOD = Frame(
    "good",
    '[2,"good","TriggerMessage",{"requestedMessage":"Heartbeat"}]',
    "good",
    frozenset({RESULT}),
    "TriggerMessage",
)


HASTY: dict[str, str | int | float | bool] = {
    "208E_1": 1,  # real seconds for an answer
    "2096_0": 20,  # attempts
    "2097_0": 1,  # seconds between them
}

Spoilt = Callable[[str, str, str], str]
"""What the right answer becomes, from the action of the station, the id of the call and itself."""


def honest(_action: str, _id: str, answer: str) -> str:
    """Return the right answer."""
    return answer


def odd(oddity: str, action: str, _id: str, answer: str) -> str:
    """Return the right answer with something odd in it."""
    kind, id_, payload = json.loads(answer)
    return json.dumps([kind, id_, odd_answer(oddity, action, payload)])


class Liar:
    """Gives every other call a broken answer, until it has given them all.

    A card whose question is not answered charges nothing, so those are answered well.
    """

    def __init__(self) -> None:
        self.left = list(BROKEN_ANSWERS)
        self._lied = False

    def __call__(self, action: str, id_: str, answer: str) -> str:
        """Return what is answered."""
        self._lied = not self._lied and bool(self.left) and action != "Authorize"
        return self.left.pop().replace("@", id_) if self._lied else answer


class MadCsms:
    """Serves what a station calls as it should, and sends it whatever it is given.

    Args:
        wrong: Answers that were not expected, as texts.
    """

    def __init__(self, ocpp: str, clock: Clock, spoilt: Spoilt) -> None:
        self._rules: Rules = RULES[ocpp]
        self._tongue = TONGUES[f"ocpp{ocpp}"]
        self.record = Record()
        self.ledger = Ledger()
        log = logging.getLogger("laadpaal.test.mad")
        self._reception = Reception(clock, Policy(), self.ledger, self.record, log)
        self._room = asyncio.Semaphore(MOST_OPEN)
        self._open: dict[str, Frame] = {}
        self._nameless: deque[Frame] = deque()
        self._sockets: asyncio.Queue[ServerConnection] = asyncio.Queue()
        self._socket: ServerConnection | None = None
        self._spoilt = spoilt
        self.wrong: list[str] = []
        self.sent = 0

    async def talk(self, socket: ServerConnection) -> None:
        """Keep one connection until it ends."""
        self._sockets.put_nowait(socket)
        with suppress(ConnectionClosed):
            async for text in socket:
                await self._take(socket, json.loads(text))

    async def attack(self, barrage: Iterable[Frame]) -> None:
        """Send all that, and return when every answer is there."""
        try:
            async with asyncio.timeout(PATIENCE_S):
                for frame in barrage:
                    await self._fire(frame)
                await self._all_answered()
        except TimeoutError:
            for frame in (*self._open.values(), *self._nameless):
                self._complain(frame, "never answered")

    async def _fire(self, frame: Frame) -> None:
        self.sent += 1
        socket = await self.socket()
        if frame.ends:
            await self._all_answered()
            await self._shoot(socket, frame)
        else:
            await self._send(socket, frame)

    async def socket(self) -> ServerConnection:
        """Return the connection, as soon as there is one."""
        while self._socket is None or self._socket.close_code is not None:
            self._socket = await self._sockets.get()
        return self._socket

    async def until(self, mark: int, action: str) -> Message:
        """Return the first call of that action since `mark`, once it is there."""

        def look() -> Message | None:
            return next(self.record.since(mark, IDENTITY, action), None)

        return await self.record.bell.until(look, PATIENCE_S, action)

    async def _shoot(self, socket: ServerConnection, frame: Frame) -> None:
        """Send what makes the station hang up."""
        with suppress(ConnectionClosed):
            await socket.send(frame.wire, text=frame.text or None)
        await socket.wait_closed()
        if socket.close_code != frame.ends:
            self._complain(frame, f"closed with {socket.close_code}")

    async def _send(self, socket: ServerConnection, frame: Frame) -> None:
        if frame.id is not None:
            await self._room.acquire()
            if frame.id == self._rules.unreadable_id:
                self._nameless.append(frame)
            else:
                self._open[frame.id] = frame
        await socket.send(frame.wire)

    async def _all_answered(self) -> None:
        """Wait for the answers that are open; nothing else is sent meanwhile."""
        for _ in range(MOST_OPEN):
            await self._room.acquire()
        for _ in range(MOST_OPEN):
            self._room.release()

    async def _take(self, socket: ServerConnection, message: list[Any]) -> None:
        if message[0] == 2:
            await self._serve(socket, rpc.Call(message[1], message[2], _raw(message[3])))
            return
        nameless = message[1] == self._rules.unreadable_id and self._nameless
        frame = self._nameless.popleft() if nameless else self._open.pop(message[1], None)
        if frame is None:
            self.wrong.append(f"answer that nobody expects: {message}"[:300])
            return
        self._judge(frame, message)
        self._room.release()

    async def _serve(self, socket: ServerConnection, call: rpc.Call) -> None:
        reply = self._reception.reply(IDENTITY, self._tongue, call)
        assert reply.frame is not None
        if reply.registration:
            self._reception.register(IDENTITY, reply.registration)
        await socket.send(self._spoilt(call.action, call.id, rpc.render(reply.frame)))

    def _judge(self, frame: Frame, answer: list[Any]) -> None:
        match answer:
            case [3, str(), dict() as payload]:
                said = RESULT
                case = schemas.Case(self._rules.version, frame.action, Direction.RESPONSE)
                if frame.action and not schemas.schema_accepts(case, json.dumps(payload)):
                    self._complain(frame, f"answered against the schema: {payload}")
            case [4, str(), str(code), str(why), dict()] if len(why) <= rpc.MAX_DESCRIPTION:
                said = code
            case _:
                said = "no answer at all"
        if said not in frame.answers:
            self._complain(frame, f"answered {answer}, expected {sorted(frame.answers)}")

    def _complain(self, frame: Frame, what: str) -> None:
        self.wrong.append(f"{frame.kind}: {frame.wire[:300]!r} {what}"[:1000])


def _raw(payload: object) -> msgspec.Raw:
    return msgspec.Raw(json.dumps(payload).encode())


@asynccontextmanager
async def listening(csms: MadCsms) -> AsyncIterator[str]:
    """Listen on a free port."""
    async with serve(
        csms.talk,
        "127.0.0.1",
        0,
        select_subprotocol=door.version,
        max_size=None,
        compression=None,
        ping_interval=None,
        close_timeout=1.0,
    ) as server:
        yield f"ws://127.0.0.1:{_port(server)}/ocpp"


def _port(server: Server) -> int:
    port: int = next(iter(server.sockets)).getsockname()[1]
    return port


class Errors(logging.Handler):
    """Keeps what was logged as an error."""

    def __init__(self) -> None:
        super().__init__(logging.ERROR)
        self.lines: list[str] = []

    def emit(self, record: logging.LogRecord) -> None:
        self.lines.append(self.format(record))


class Play:
    """A station and its CSMS.

    Args:
        errors: What the station logged as errors.
    """

    def __init__(self, station: Station, csms: MadCsms, bell: asyncio.Event) -> None:
        self.station = station
        self.csms = csms
        self._bell = bell
        self.errors = Errors()

    async def until(self, seen: Callable[[StationView], bool]) -> StationView:
        """Return the station once it looks so."""
        async with asyncio.timeout(PATIENCE_S):
            while not seen(view := self.station.running.view()):
                self._bell.clear()
                await self._bell.wait()
        return view

    async def leave(self) -> None:
        """Take the plug out, as soon as it is let go."""
        await self.until(lambda view: not view.evses[0].connectors[0].locked)
        self.station.bench.unplug(1, vehicle_side=True)
        self.station.bench.unplug(1, vehicle_side=False)
        await self.until(lambda view: not view.evses[0].connectors[0].plugged)

    async def told(self, seen: Callable[[Transaction], bool]) -> Transaction:
        """Return the one transaction once the CSMS knows that of it."""

        def look() -> Transaction | None:
            (one,) = self.csms.ledger.transactions or (None,)
            return one if one is not None and seen(one) else None

        return await self.csms.record.bell.until(look, PATIENCE_S, "transaction")


@asynccontextmanager
async def playing(
    ocpp: Any, folder: Path, spoilt: Spoilt = honest, **more: str | float
) -> AsyncIterator[Play]:
    """Run a station, with more settings if need be, and a mad CSMS, online."""
    clock, bell = RealClock(SPEED), asyncio.Event()
    log = logging.getLogger(f"laadpaal.test.mad.{ocpp.replace('.', '')}")
    log.setLevel(logging.INFO)
    log.propagate = False

    def ring(_notice: Notice) -> None:
        bell.set()

    csms = MadCsms(ocpp, clock, spoilt)
    async with listening(csms) as url:
        table = CsmsTable(url=url, ocpp=ocpp, identity=IDENTITY)
        config = Config(csms=table, api=None, folder=str(folder), settings=SETTINGS | more)
        async with assembled(config, clock, log, ring) as station:
            play = Play(station, csms, bell)
            log.addHandler(play.errors)
            try:
                await csms.until(0, "StatusNotification")  # so it knows that it is accepted
                yield play
            finally:
                log.removeHandler(play.errors)


def samples(transaction: Transaction) -> int:
    """Return how many meter values were told on the way."""
    return sum(fact.stage is Stage.DURING and bool(fact.readings) for fact in transaction.facts)


def logged(folder: Path) -> str:
    """Return all that stands in the log files."""
    return "".join(file.read_text() for file in folder.glob("laadpaal.log*"))


@pytest.mark.parametrize("ocpp", ["1.6", "2.0.1"])
async def test_a_mad_csms_stops_nothing(ocpp: str, tmp_path: Path) -> None:
    """Each broken frame gets what its version says, and a transaction runs through it all."""
    async with playing(ocpp, tmp_path) as play:
        csms, bench = play.csms, play.station.bench
        bench.plug(1, 32.0)
        bench.swipe(CARD, 0)
        before = await play.told(lambda one: samples(one) > 0)
        begun = play.station.running.view().evses[0].transaction

        await csms.attack(frames(ocpp, FRAMES, SEED))
        assert csms.wrong == []

        lasted = play.station.running.view().evses[0].transaction
        reached = await play.told(lambda one: samples(one) > samples(before) + 1)
        mark = csms.record.mark
        await csms.attack([GOOD])
        await csms.until(mark, "Heartbeat")
        state = play.station.running.state()
        bench.swipe(CARD, 0)
        stopped = await play.told(lambda one: one.stops == 1)
        await play.until(lambda view: view.evses[0].transaction is None)
        await play.station.running.drained()

    assert csms.record.problems == []
    assert csms.ledger.problems() == ()
    assert csms.sent == FRAMES + 1
    assert begun is not None
    assert lasted is not None
    assert lasted.id == begun.id
    assert (state["registration"], state["online"], state["undelivered"]) == ("Accepted", True, 0)
    assert len(list(csms.record.since(0, IDENTITY, "BootNotification"))) == 1
    assert samples(stopped) >= samples(reached) > samples(before)
    assert (stopped.meter_stop_wh or 0) > (stopped.meter_start_wh or 0)
    assert play.errors.lines == []
    assert ":ERROR:" not in logged(tmp_path)


@pytest.mark.parametrize("oddity", ODDITIES)
@pytest.mark.parametrize("ocpp", ["1.6", "2.0.1"])
async def test_odd_answers_stop_nothing(ocpp: str, oddity: str, tmp_path: Path) -> None:
    """Times and numbers that the schemas allow, and nobody can use, do not end a station."""
    async with playing(ocpp, tmp_path, partial(odd, oddity)) as play:
        csms, bench = play.csms, play.station.bench
        for _ in range(2):
            bench.plug(1, 32.0)
            bench.swipe(CARD, 0)
            await play.until(lambda view: view.evses[0].transaction is not None)
            await csms.attack([GOOD])
            bench.swipe(CARD, 0)
            await play.until(lambda view: view.evses[0].transaction is None)
            await play.station.running.drained()
            await play.leave()
        undelivered = play.station.running.state()["undelivered"]

    assert csms.wrong == []
    assert csms.record.problems == []
    assert undelivered == 0
    assert sum(one.stops for one in csms.ledger.transactions) == 2
    assert play.errors.lines == []


@pytest.mark.parametrize("ocpp", ["1.6", "2.0.1"])
async def test_broken_answers_stop_nothing(ocpp: str, tmp_path: Path) -> None:
    """What is answered with nonsense is told again, and nothing of a transaction is lost."""
    liar = Liar()
    async with playing(ocpp, tmp_path, liar, **HASTY) as play:
        csms, bench = play.csms, play.station.bench
        bench.plug(1, 32.0)
        bench.swipe(CARD, 0)
        await play.told(lambda _: liar.left == [])
        await csms.attack([GOOD])
        bench.swipe(CARD, 0)
        await play.told(lambda one: one.stops == 1)
        await play.until(lambda view: view.evses[0].transaction is None)
        await play.station.running.drained()
        undelivered = play.station.running.state()["undelivered"]

    assert csms.wrong == []
    assert csms.record.problems == []
    assert csms.ledger.problems() == ()
    assert undelivered == 0
    assert play.errors.lines == []
