"""`laadpaal trouble`: a running station is made to misbehave, over its control API."""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping, Sequence
from http.client import HTTPConnection, HTTPException
from urllib.parse import urlsplit

import msgspec

from laadpaal.local_api.replies import ProblemReply, TroublesReply
from laadpaal.ports.troubles import Given, Ongoing, Parameter, Place, Trouble

PATH = "/v1/bench/faults"
PATIENCE_S = 60.0
"""A power cut is answered when the station has started again."""


class TroubleError(Exception):
    """The station cannot be asked, or has refused; the text says why."""


def listed(api: str) -> Iterator[str]:
    """Yield what can go wrong, and what does, line by line."""
    reply = _asked(api)
    for trouble in reply.possible:
        yield f"{trouble.name:22} {_place(trouble):8} {trouble.does}"
        yield from (f"{'':31} {_told(one)}" for one in trouble.parameters)
    yield from _on(reply.on)


def begun(api: str, trouble: str, evse: int, wishes: Sequence[str]) -> Iterator[str]:
    """Begin a trouble, and yield what is on."""
    given = dict(map(_parameter, wishes))
    yield from _on(_asked(api, {"trouble": trouble, "evse": evse, "parameters": given}).on)


def ended(api: str, trouble: str, evse: int) -> Iterator[str]:
    """End a trouble, and yield what is still on."""
    yield from _on(_asked(api, {"trouble": trouble, "evse": evse, "on": False}).on)


def _asked(api: str, wish: Mapping[str, object] | None = None) -> TroublesReply:
    status, body = _exchanged(api, wish)
    try:
        if status < 400:  # noqa: PLR2004  from here on HTTP tells errors
            return msgspec.json.decode(body, type=TroublesReply)
        raise TroubleError(msgspec.json.decode(body, type=ProblemReply).detail)
    except msgspec.MsgspecError as wrong:
        raise TroubleError(f"{api} is no control API with a bench: {wrong}") from wrong


def _exchanged(api: str, wish: Mapping[str, object] | None) -> tuple[int, bytes]:
    headers = {"Content-Type": "application/json"}
    try:
        at = urlsplit(api)
        line = HTTPConnection(at.hostname or "", at.port, timeout=PATIENCE_S)
        try:
            body = msgspec.json.encode(wish) if wish else None
            line.request("POST" if wish else "GET", PATH, body, headers)
            answer = line.getresponse()
            return answer.status, answer.read()
        finally:
            line.close()
    except (OSError, HTTPException, ValueError) as wrong:
        raise TroubleError(f"{api} does not answer: {wrong}") from wrong


def _parameter(wish: str) -> tuple[str, float | str]:
    name, equals, text = wish.partition("=")
    if not equals:
        raise TroubleError(f"{wish!r} is not name=value")
    try:
        number = float(text)
    except ValueError:
        return name, text
    return name, number if math.isfinite(number) else text


def _place(trouble: Trouble) -> str:
    return "EVSE" if trouble.place is Place.EVSE else trouble.place.value


def _told(one: Parameter) -> str:
    span = ", ".join(one.words) if one.words else f"{one.lowest:g} to {one.highest:g}"
    return f"{one.name}={_value(one.default)}: {one.says} ({span})"


def _value(value: float | str) -> str:
    return value if isinstance(value, str) else f"{value:g}"


def _on(ongoing: Sequence[Ongoing]) -> Iterator[str]:
    for one in ongoing:
        where = f"EVSE {one.evse}" if one.evse else "station"
        yield f"on: {one.trouble} {where}{_given(one.parameters)}"
    if not ongoing:
        yield "nothing is made to go wrong"


def _given(parameters: Given) -> str:
    return "".join(f" {name}={_value(value)}" for name, value in parameters.items())
