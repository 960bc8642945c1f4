"""What the CSMS asks, put to the station, and what is answered."""

from __future__ import annotations

import logging
from dataclasses import dataclass

from laadpaal.csms.dialect import Dialect, Refusal, Reply, Scene, Then, Wish
from laadpaal.protocols.ocpp import codec, rpc
from laadpaal.protocols.ocpp.errors import LocalProtocolError, RemoteProtocolError
from laadpaal.station.answers import Answer


@dataclass(frozen=True, slots=True)
class Said:
    """The frame that answers a call, and what follows once it has been sent."""

    frame: rpc.CallResult | rpc.CallError
    then: tuple[Then, ...] = ()


class Hearing:
    """Answers the calls of the CSMS in the words of one dialect."""

    __slots__ = ("_dialect", "_log", "_scene")

    def __init__(self, dialect: Dialect, scene: Scene, log: logging.Logger) -> None:
        self._dialect = dialect
        self._scene = scene
        self._log = log

    async def answer(self, call: rpc.Call) -> Said:
        """Return the answer to a call, however wrong the call is."""
        try:
            reply = await self._reply(call)
            payload = codec.encode(reply.payload)
        except RemoteProtocolError as wrong:
            self._log.warning("%s refused: %s %s", call.action, wrong.code, wrong.detail)
            return Said(_error(call, wrong.code, wrong.detail))
        except Refusal as refusal:
            return Said(_error(call, refusal.code, refusal.detail))
        except LocalProtocolError:
            self._log.exception("The answer to %s cannot be told", call.action)
            return Said(_error(call, "InternalError", "the answer cannot be told"))
        return Said(rpc.CallResult(call.id, payload), reply.then)

    async def _reply(self, call: rpc.Call) -> Reply:
        most = self._dialect.tables.most_bytes.get(call.action)
        if most is not None and len(bytes(call.payload)) > most:
            raise Refusal("FormatViolation", f"{call.action} has more than {most} bytes")
        message = codec.decode_call(self._dialect.language, call.action, call.payload)
        hear = self._dialect.tables.hears.get(call.action)
        if hear is None:
            raise Refusal("NotSupported", f"{call.action} is not for a charging station")
        heard = hear(message, self._scene)
        if isinstance(heard, Wish):
            return heard.reply(await self._asked(heard))
        return heard

    async def _asked(self, wish: Wish) -> tuple[Answer, ...]:
        return tuple([await self._scene.desk.ask(request) for request in wish.requests])


def _error(call: rpc.Call, code: str, detail: str) -> rpc.CallError:
    return rpc.CallError(call.id, code, detail[: rpc.MAX_DESCRIPTION])
