"""A CSMS by script: a plain port and one with TLS, and who came by which."""

from __future__ import annotations

import asyncio
import json
import ssl
from base64 import b64decode
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from functools import partial
from http import HTTPStatus
from typing import Any

from websockets.asyncio.server import Server, ServerConnection, serve
from websockets.exceptions import ConnectionClosed
from websockets.http11 import Request, Response
from websockets.typing import Subprotocol

from tests.support.front import Front, front

PLAIN, TLS = "plain", "tls"
PATIENCE_S = 30.0
CALL, RESULT = 2, 3
NOW = "2030-01-01T00:00:00Z"
PASSWORD_VARIABLE = {
    "component": {"name": "SecurityCtrlr"},
    "variable": {"name": "BasicAuthPassword"},
}
Json = dict[str, Any]
Opened = tuple[str, bytes | None]
"""By which port a connection came, and the password it showed."""


class Csms:
    """Accepts whoever shows the right password, and answers what it must.

    Args:
        passwords: Those that are let in by each port; None is to show none.
    """

    def __init__(self, ocpp: str) -> None:
        self.ocpp = ocpp
        self.passwords: dict[str, set[bytes | None]] = {PLAIN: {None}, TLS: {None}}
        self.opened: list[Opened] = []
        self.refused: list[Opened] = []
        self.heard: list[tuple[str, str, Json]] = []
        self.urls: dict[str, str] = {}
        self.tls: Front
        self._answers: dict[str, asyncio.Future[Json]] = {}
        self._socket: ServerConnection | None = None
        self._bell = asyncio.Event()

    # --- what comes in ---

    def admit(self, port: str, socket: ServerConnection, request: Request) -> Response | None:
        """Let a station in, or answer 401."""
        shown = port, _password(request.headers.get("Authorization"))
        if shown[1] in self.passwords[port]:
            return None
        self._note(self.refused, shown)
        return socket.respond(HTTPStatus.UNAUTHORIZED, "who are you?")

    async def talk(self, port: str, socket: ServerConnection) -> None:
        """Answer everything until it hangs up."""
        request = socket.request
        assert request is not None
        self._socket = socket
        self._note(self.opened, (port, _password(request.headers.get("Authorization"))))
        try:
            async for text in socket:
                await self._hear(port, socket, json.loads(text))
        except ConnectionClosed:
            pass  # a power cut says no farewell
        self._bell.set()

    async def _hear(self, port: str, socket: ServerConnection, frame: list[Any]) -> None:
        if frame[0] == CALL:
            _, id_, action, payload = frame
            await socket.send(json.dumps([3, id_, _ANSWERS[self.ocpp].get(action, {})]))
            self._note(self.heard, (port, action, payload))
        else:
            self._answers.pop(frame[1]).set_result(frame[2] if frame[0] == RESULT else {})

    def _note(self, where: list[Any], what: object) -> None:
        where.append(what)
        self._bell.set()

    # --- what it asks ---

    async def call(self, action: str, **payload: object) -> Json:
        """Ask the station over its newest connection, and return the answer."""
        assert self._socket is not None
        id_ = f"c-{len(self.heard)}-{action}"
        answer: asyncio.Future[Json] = asyncio.get_running_loop().create_future()
        self._answers[id_] = answer
        await self._socket.send(json.dumps([2, id_, action, payload]))
        async with asyncio.timeout(PATIENCE_S):
            return await answer

    async def status(self, action: str, **payload: object) -> str:
        """Ask the station, and return the status in its answer."""
        return str((await self.call(action, **payload))["status"])

    async def put(self, key: str, value: str) -> str:
        """Write a configuration key, and return the status."""
        return await self.status("ChangeConfiguration", key=key, value=value)

    async def put_password(self, password: bytes) -> str:
        """Write the password of the station's login, and return the status."""
        if self.ocpp == "1.6":
            return await self.put("AuthorizationKey", password.hex())
        data = PASSWORD_VARIABLE | {"attributeValue": password.decode()}
        answer = await self.call("SetVariables", setVariableData=[data])
        return str(answer["setVariableResult"][0]["attributeStatus"])

    async def until(self, seen: Callable[[], object]) -> None:
        """Return once it is so, looking again whenever something came in."""
        try:
            async with asyncio.timeout(PATIENCE_S):
                while not seen():
                    self._bell.clear()
                    await self._bell.wait()
        except TimeoutError as late:
            story = f"opened {self.opened}, refused {self.refused}"
            raise AssertionError(story) from late

    async def connections(self, count: int) -> Opened:
        """Return the newest connection, once there have been so many."""
        await self.until(lambda: len(self.opened) >= count)
        assert len(self.opened) == count
        return self.opened[-1]

    def told(self, action: str) -> list[Json]:
        """Return what stations said with that action."""
        return [payload for _, heard, payload in self.heard if heard == action]

    def events(self) -> list[str]:
        """Return the kinds of the security events that stations have told."""
        return [event["type"] for event in self.told("SecurityEventNotification")]


_GOOD = {"status": "Accepted"}
_BOTH: dict[str, Json] = {
    "BootNotification": {"status": "Accepted", "currentTime": NOW, "interval": 86_400},
    "Heartbeat": {"currentTime": NOW},
    "SignCertificate": _GOOD,
}
_ANSWERS: dict[str, dict[str, Json]] = {
    "1.6": _BOTH
    | {
        "Authorize": {"idTagInfo": _GOOD},
        "StartTransaction": {"transactionId": 1, "idTagInfo": _GOOD},
    },
    "2.0.1": _BOTH | {"Authorize": {"idTokenInfo": _GOOD}},
}


@asynccontextmanager
async def scripted(tls: ssl.SSLContext, ocpp: str = "1.6") -> AsyncIterator[Csms]:
    """Run a CSMS as long as the block lasts; `tls` may be replaced at its front."""
    csms = Csms(ocpp)
    async with _port(csms, PLAIN) as plain, _port(csms, TLS) as inner, front(tls, inner) as outer:
        csms.urls = {PLAIN: f"ws://127.0.0.1:{plain}/ocpp", TLS: outer.url}
        csms.tls = outer
        yield csms


@asynccontextmanager
async def _port(csms: Csms, name: str) -> AsyncIterator[int]:
    async with serve(
        partial(csms.talk, name),
        "127.0.0.1",
        0,
        subprotocols=[Subprotocol(f"ocpp{csms.ocpp}")],
        process_request=partial(csms.admit, name),
        compression=None,
    ) as server:
        yield _number(server)


def _number(server: Server) -> int:
    number: int = next(iter(server.sockets)).getsockname()[1]
    return number


def _password(header: str | None) -> bytes | None:
    return b64decode(header.removeprefix("Basic ")).partition(b":")[2] if header else None
