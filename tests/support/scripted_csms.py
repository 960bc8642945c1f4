"""A CSMS that a test plays by hand: real websockets, and OCPP checked frame by frame."""

from __future__ import annotations

import asyncio
import ssl
from base64 import b64decode
from collections.abc import AsyncIterator, Callable, Collection
from contextlib import asynccontextmanager
from dataclasses import dataclass
from http import HTTPStatus
from itertools import count
from typing import Any

import msgspec
from websockets.asyncio.server import Server, ServerConnection, serve
from websockets.exceptions import ConnectionClosed
from websockets.http11 import Request, Response
from websockets.typing import Subprotocol

from laadpaal.ports.clock import Clock
from laadpaal.protocols.ocpp import codec, rpc, timestamp, v16
from laadpaal.protocols.ocpp.errors import RemoteProtocolError
from laadpaal.protocols.ocpp.version import Language
from tests.support.published import Frame, Sender
from tests.support.sought import Fields, Heard, Sought

HOST = "127.0.0.1"
PATIENCE_S = 30.0
"""Station seconds in which what is expected must come."""
AWAY_S = 3_600.0
"""Station seconds in which a station that lost its CSMS must have dialled again."""
MURMUR = frozenset({"Heartbeat", "MeterValues", "NotifyEvent", "SecurityEventNotification"})
"""What may come at any time, and is passed over where it is not expected."""
OUTCOMES = frozenset({"UnlockConnector"})
"""What is answered with how it went, and therefore after what it causes."""

Answer = rpc.CallResult | rpc.CallError


@dataclass(frozen=True, slots=True)
class Visit:
    """One connection of the station, as its handshake showed it.

    Args:
        credentials: `identity:password` of the Authorization header, or None without one.
        offered: The subprotocols, in the station's order.
        tls: The secured channel, or None over plain ws.
    """

    path: str
    credentials: bytes | None
    offered: tuple[str, ...]
    tls: ssl.SSLObject | None
    at: float


class ScriptedCsms:
    """Hears the station, answers by default, and asks what the test wants.

    Every frame that breaks the schema is kept in `complaints`. A message that comes again under
    its id is given the same answer, and is not heard anew.

    Args:
        clock: The station's; its UTC is what the CSMS says the time is.
    """

    def __init__(self, clock: Clock, language: Language = v16.LANGUAGE) -> None:
        self.clock = clock
        self._language = language
        self.heard: list[Heard] = []
        self.repeated: list[Heard] = []
        self.visits: list[Visit] = []
        self.turned_away: list[HTTPStatus] = []
        self.complaints: list[str] = []
        self.frames: list[Frame] = []
        """Everything that was on the wire, both ways and in order."""
        self.password: bytes | None = None
        """Whom to let in; None lets everybody in."""
        self.absent = False
        self._place = 0
        self._replies: dict[str, Fields] = {}
        self.failed: list[Heard] = []
        """What was not answered, or with an error, as was wanted."""
        self._failing: dict[str, tuple[int, str]] = {}
        self._tags: dict[str, Fields] = {}
        self.transaction = 0
        """The number given to the latest transaction."""
        self._ids = count(1)
        self._lines: list[ServerConnection] = []
        self._asked: dict[str, asyncio.Future[tuple[Answer, int]]] = {}
        self._answered: dict[str, msgspec.Raw] = {}
        self._bell = asyncio.Event()

    # Being there.

    @asynccontextmanager
    async def listening(self, tls: ssl.SSLContext | None = None) -> AsyncIterator[str]:
        """Yield the URL at which it listens as long as the block lasts."""
        server = await serve(
            self._visit,
            HOST,
            0,
            ssl=tls,
            subprotocols=[Subprotocol(self._language.version.subprotocol)],
            process_request=self._let_in,
            ping_interval=None,
            close_timeout=1.0,
        )
        try:
            yield f"{'wss' if tls else 'ws'}://{HOST}:{_port(server)}"
        finally:
            server.close()
            await server.wait_closed()

    def hang_up(self) -> None:
        """Cut every connection without a word."""
        for line in self._lines:
            line.transport.abort()

    @asynccontextmanager
    async def away(self) -> AsyncIterator[None]:
        """Be gone, and let nobody in, as long as the block lasts; then wait for the station."""
        self.absent = True
        self.hang_up()
        visits = len(self.visits)
        yield
        self.absent = False
        await self.until(lambda: len(self.visits) > visits, AWAY_S, "the station's return")

    def _let_in(self, line: ServerConnection, request: Request) -> Response | None:
        refusal = HTTPStatus.SERVICE_UNAVAILABLE if self.absent else None
        if self.password is not None:
            shown = (_credentials(request) or b"").partition(b":")[2]
            refusal = refusal or (HTTPStatus.UNAUTHORIZED if shown != self.password else None)
        if refusal is None:
            return None
        self.turned_away.append(refusal)
        return line.respond(refusal, refusal.phrase)

    async def _visit(self, line: ServerConnection) -> None:
        request = line.request
        assert request is not None
        offered = request.headers.get("Sec-WebSocket-Protocol", "")
        self.visits.append(
            Visit(
                request.path,
                _credentials(request),
                tuple(one.strip() for one in offered.split(",")),
                line.transport.get_extra_info("ssl_object"),
                self._now,
            )
        )
        self._lines.append(line)
        self._bell.set()
        try:
            async for text in line:
                await self._take(line, text)
        except ConnectionClosed:
            pass  # the station, or the test, has cut the line
        finally:
            self._lines.remove(line)
            self._bell.set()

    # What it hears.

    async def _take(self, line: ServerConnection, text: str | bytes) -> None:
        self.frames.append(Frame(Sender.STATION, str(text)))
        try:
            match rpc.parse(text, self._language.version):
                case rpc.Call() as call:
                    await self._answer(line, call)
                case answer:
                    self._asked[answer.id].set_result((answer, len(self.heard)))
        except RemoteProtocolError as wrong:
            self.complaints.append(f"{wrong}: {text!r}")

    async def _answer(self, line: ServerConnection, call: rpc.Call) -> None:
        codec.decode_call(self._language, call.action, call.payload)
        heard = Heard(call.action, msgspec.json.decode(call.payload), self._now, call.id)
        times, code = self._failing.get(call.action, (0, ""))
        if times:
            self._failing[call.action] = times - 1, code
            await self._fail(line, heard, code)
            return
        new = call.id not in self._answered
        if new:
            payload = msgspec.Raw(msgspec.json.encode(self._reply(heard)))
            codec.decode_response(self._language, call.action, payload)
            self._answered[call.id] = payload
        try:
            await self._say(line, rpc.CallResult(call.id, self._answered[call.id]))
        finally:  # an answer that is lost does not make it unheard
            (self.heard if new else self.repeated).append(heard)
            self._bell.set()

    async def _fail(self, line: ServerConnection, heard: Heard, code: str) -> None:
        self.failed.append(heard)
        self._bell.set()
        if code:
            await self._say(line, rpc.CallError(heard.id, code))

    async def _say(self, line: ServerConnection, frame: rpc.Frame) -> None:
        text = rpc.render(frame)
        self.frames.append(Frame(Sender.CSMS, text))
        await line.send(text)

    def _reply(self, heard: Heard) -> dict[str, Any]:
        now = self.instant()
        fields: dict[str, Any] = {}
        match heard.action:
            case "BootNotification":
                fields = {"status": "Accepted", "currentTime": now, "interval": 300}
            case "Heartbeat":
                fields = {"currentTime": now}
            case "Authorize" | "TransactionEvent" if token := heard.get("idToken"):
                fields = {"idTokenInfo": self._info(token["idToken"])}
            case "Authorize":
                fields = {"idTagInfo": self._info(heard["idTag"])}
            case "StartTransaction":
                self.transaction += 1
                info = self._info(heard["idTag"])
                fields = {"transactionId": self.transaction, "idTagInfo": info}
            case "SignCertificate":
                fields = {"status": "Accepted"}
            case _:
                pass  # has an empty answer
        return fields | dict(self._replies.get(heard.action, {}))

    def _info(self, tag: str) -> Fields:
        return self._tags.get(tag, {"status": "Accepted"})

    # What it answers.

    def reply(self, action: str, **fields: object) -> None:
        """Answer an action from now on with these fields in place of the usual ones."""
        self._replies[action] = fields

    def fail(self, action: str, times: int, code: str = "") -> None:
        """Answer the next calls of an action with that error, or without one not at all."""
        self._failing[action] = times, code

    def judge(self, tag: str, word: str, **info: object) -> None:
        """Say this of a tag from now on, wherever it is asked about."""
        self._tags[tag] = {"status": word, **info}

    # What is expected of the station.

    async def expect(self, sought: Sought, within_s: float = PATIENCE_S) -> Heard:
        """Return the next call of the station, which must be this one."""
        return (await self.expect_each(sought, within_s=within_s))[0]

    async def expect_each(
        self, *sought: Sought, also: Collection[Sought] = (), within_s: float = PATIENCE_S
    ) -> list[Heard]:
        """Return the next calls of the station, which must be these, in whatever order.

        What fits `also` may come among them.
        """
        found: dict[int, Heard] = {}
        end = self._now + within_s
        while len(found) < len(sought):
            missing = [place for place in range(len(sought)) if place not in found]
            heard = await self._next(end, [sought[place] for place in missing])
            fitting = next((place for place in missing if sought[place].fits(heard)), None)
            if fitting is not None:
                found[fitting] = heard
            elif heard.action not in MURMUR and not any(one.fits(heard) for one in also):
                raise AssertionError(f"{heard} instead of {[sought[place] for place in missing]}")
        return [found[place] for place in range(len(sought))]

    async def skip_to(self, sought: Sought, within_s: float = PATIENCE_S) -> Heard:
        """Return the next call that is this one, whatever comes before it."""
        end = self._now + within_s
        while not sought.fits(heard := await self._next(end, sought)):
            pass
        return heard

    async def _next(self, end: float, what: object) -> Heard:
        await self.until(lambda: self._place < len(self.heard), end - self._now, what)
        self._place += 1
        return self.heard[self._place - 1]

    async def silence(self, seconds: float, *actions: str) -> None:
        """Let time pass, in which none of these comes, or nothing but murmur without names."""
        await self.clock.sleep(seconds)
        new = self.heard[self._place :]
        wrong = [h for h in new if (h.action in actions if actions else h.action not in MURMUR)]
        assert wrong == []

    def all(self, sought: Sought) -> list[Heard]:
        """Return every such call since the beginning."""
        return [heard for heard in self.heard if sought.fits(heard)]

    async def until(self, true: Callable[[], bool], within_s: float, what: object) -> None:
        """Return once it is true, looking again whenever something comes."""
        try:
            async with asyncio.timeout(within_s):
                while not true():
                    self._bell.clear()
                    await self._bell.wait()
        except TimeoutError:
            latest = self.heard[-8:]
            raise AssertionError(f"no {what} in {within_s:g} s, after {latest}") from None

    async def visited(self, visits: int, within_s: float = AWAY_S) -> Visit:
        """Return the newest visit once there have been so many."""
        await self.until(lambda: len(self.visits) >= visits, within_s, f"visit {visits}")
        return self.visits[-1]

    def instant(self, in_s: float = 0.0) -> str:
        """Return the time in so many seconds, as OCPP writes it."""
        return timestamp.render(self.clock.now().utc + in_s)

    # What it asks of the station.

    async def call(self, action: str, **fields: object) -> dict[str, Any]:
        """Ask the station, and return the fields of its answer; errors as `ask`."""
        answer = await self.ask(action, **fields)
        assert isinstance(answer, rpc.CallResult), answer
        codec.decode_response(self._language, action, answer.payload)
        decoded: dict[str, Any] = msgspec.json.decode(answer.payload)
        return decoded

    async def ask(self, action: str, **fields: object) -> Answer:
        """Ask the station, and return the frame that answers, be it a refusal.

        Nothing else may be said meanwhile: an answer goes before what it causes, if it can.
        """
        payload = msgspec.Raw(msgspec.json.encode(fields))
        codec.decode_call(self._language, action, payload)
        call = rpc.Call(f"csms-{next(self._ids)}", action, payload)
        answered: asyncio.Future[tuple[Answer, int]] = asyncio.get_running_loop().create_future()
        self._asked[call.id] = answered
        asked_at = len(self.heard)
        await self._say(self._lines[-1], call)
        async with asyncio.timeout(PATIENCE_S):
            answer, answered_at = await answered
        early = [one for one in self.heard[asked_at:answered_at] if one.action not in MURMUR]
        assert action in OUTCOMES or early == [], f"before the answer to {action}"
        return answer

    @property
    def _now(self) -> float:
        return self.clock.now().mono


def _port(server: Server) -> int:
    port: int = server.sockets[0].getsockname()[1]
    return port


def _credentials(request: Request) -> bytes | None:
    kind, _, text = request.headers.get("Authorization", "").partition(" ")
    return b64decode(text) if kind == "Basic" else None
