"""What goes over the wire is heard with what it is, and the newest of it is kept."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Callable, Iterator
from contextlib import suppress

import msgspec
import pytest

from laadpaal.csms import overheard as room
from laadpaal.csms.errors import LinkLost
from laadpaal.csms.exchange import Exchange, Traffic
from laadpaal.csms.overheard import OPEN, Overheard
from laadpaal.ports.messages import Message
from laadpaal.protocols.ocpp import rpc, v16


def overheard() -> Overheard:
    """Return what hears at second 5."""
    return Overheard(lambda: 5.0)


def call(id_: str, action: str = "Heartbeat") -> rpc.Call:
    """Return a call without content."""
    return rpc.Call(id_, action, empty())


def empty() -> msgspec.Raw:
    """Return an empty payload."""
    return msgspec.Raw(b"{}")


class Scripted:
    """A wire on which the other side says these texts and hangs up."""

    def __init__(self, texts: Iterator[str]) -> None:
        self.pinged: Callable[[], None] = lambda: None
        self._texts = texts
        self.sent: list[str] = []

    async def send(self, text: str) -> None:
        self.sent.append(text)

    async def receive(self) -> str:
        try:
            return next(self._texts)
        except StopIteration:
            raise LinkLost("gone") from None

    async def close(self) -> None:
        """Do nothing."""


async def test_an_exchange_is_overheard_whole() -> None:
    """Both directions, answers by the name of their call, broken ones, and no secret."""
    ear = overheard()
    texts = iter(
        [
            '[3,"1",{"currentTime":"2026-01-01T00:00:00Z"}]',
            '[2,"7","ChangeConfiguration",{"key":"AuthorizationKey","value":"0123456789abcdef"}]',
            "nonsense",
        ]
    )
    wire = Scripted(texts)
    exchange = Exchange(
        wire, v16.LANGUAGE.version, logging.getLogger("quiet"), Traffic(), lambda _: None,
        lambda _: None, ear.heard,
    )  # fmt: skip
    asking = asyncio.ensure_future(exchange.call(call("1"), 1.0))
    await asyncio.sleep(0)
    with suppress(LinkLost):
        await exchange.read()
    await asking
    await exchange.send(rpc.CallResult("7", empty()))
    await exchange.send(rpc.CallError("8", "NotImplemented"))
    found = ear.last()[::-1]
    assert [(it.sent, it.kind, it.action, it.error) for it in found if it.kind != "broken"] == [
        (True, "call", "Heartbeat", ""),
        (False, "result", "Heartbeat", ""),
        (False, "call", "ChangeConfiguration", ""),
        (True, "result", "ChangeConfiguration", ""),
        (True, "error", "", "NotImplemented"),
    ]
    assert [(it.sent, it.text) for it in found if it.kind == "broken"] == [(False, "nonsense")]
    assert "0123456789abcdef" not in "".join(it.text for it in found)
    assert [it.number for it in found] == list(range(1, len(found) + 1))
    first = found[0]
    assert (first.at, first.id, first.size, first.text) == (5.0, "1", 22, '[2,"1","Heartbeat",{}]')


def test_only_the_newest_are_kept(monkeypatch: pytest.MonkeyPatch) -> None:
    """And of calls that nobody answers, as many as may still be answered."""
    monkeypatch.setattr(room, "KEPT", 3)
    ear = overheard()
    heard: list[Message] = []
    ear.followers.append(heard.append)
    for number in range(OPEN + 1):
        ear.heard("x", 1, call(f"{number}"), sent=True)
    ear.heard("x", 1, rpc.CallResult("0", empty()), sent=False)
    ear.heard("x", 1, rpc.CallResult("1", empty()), sent=False)
    assert [it.action for it in ear.last()] == ["Heartbeat", "", "Heartbeat"]
    assert [it.number for it in ear.last(before=OPEN + 3)] == [OPEN + 2, OPEN + 1]
    assert len(heard) == OPEN + 3
