"""The PC/SC driver, at the border to its library."""

from __future__ import annotations

import asyncio
import threading

import pytest

from laadpaal.drivers import pcsc
from laadpaal.drivers.pcsc import PcscReader
from laadpaal.drivers.tags import Habits
from laadpaal.ports.errors import DeviceLost
from laadpaal.protocols.tags import Order
from laadpaal.station.words import Token, TokenKind
from tests.support.jumping import jump_on_lines
from tests.support.smart_cards import (
    CardConnectionException,
    ServiceStoppedError,
    SmartReader,
    installed,
)

CARD = bytes.fromhex("04A1B2C3")


@pytest.mark.parametrize(
    ("uid", "order", "token"),
    [
        ("04A1B2C3", Order.AS_READ, Token("04A1B2C3")),
        ("04112233445566", Order.REVERSED, Token("66554433221104")),
        ("06050403020104E0", Order.AS_READ, Token("E004010203040506", TokenKind.ISO15693)),
    ],
)
def test_a_card_tells_its_number(
    monkeypatch: pytest.MonkeyPatch, uid: str, order: Order, token: Token
) -> None:
    """It is asked with the command that every such reader answers itself."""
    smart = SmartReader(uid=bytes.fromhex(uid))
    installed(monkeypatch, SmartReader("Another"), smart)

    async def story() -> Token:
        reader = PcscReader("Model", Habits(order))
        await reader.begin()
        told = await anext(reader.tokens())
        await reader.close()
        return told

    assert jump_on_lines(story()) == token
    assert smart.asked[0] == [0xFF, 0xCA, 0, 0, 0]
    assert smart.open == 0


@pytest.mark.parametrize(
    "smart",
    [
        SmartReader(),
        SmartReader(uid=CARD, wrong=CardConnectionException("gone")),
        SmartReader(uid=CARD, status=(0x6A, 0x81)),
        SmartReader(uid=b"\x01\x02\x03"),
        SmartReader(uid=bytes(11)),
    ],
    ids=["none", "taken away", "refuses", "too short", "too long"],
)
def test_what_tells_no_number_is_no_card(
    monkeypatch: pytest.MonkeyPatch, smart: SmartReader
) -> None:
    """The reader is well, and goes on looking."""
    installed(monkeypatch, smart)

    assert pcsc.look("Maker") is None
    assert smart.open == 0


def test_a_reader_that_is_not_there_is_lost(monkeypatch: pytest.MonkeyPatch) -> None:
    """The error names those that are; the library's own errors are losses, too."""
    cards = installed(monkeypatch, SmartReader("One"), SmartReader("Two"))
    with pytest.raises(DeviceLost, match="PC/SC has no reader 'Model', but One, Two"):
        pcsc.look("Model")
    cards.readers.clear()
    with pytest.raises(DeviceLost, match="PC/SC has no reader 'Model', but none at all"):
        pcsc.look("Model")
    cards.wrong = ServiceStoppedError("the service has stopped")
    with pytest.raises(DeviceLost, match="PC/SC: the service has stopped"):
        pcsc.look("Model")


async def test_who_never_answers_is_lost(monkeypatch: pytest.MonkeyPatch) -> None:
    """The station does not wait for a library that hangs."""
    stuck = threading.Event()
    monkeypatch.setattr(pcsc, "look", lambda _: stuck.wait())
    monkeypatch.setattr(pcsc, "LOOK_S", 0.01)
    reader = PcscReader("Model", Habits())
    with pytest.raises(DeviceLost, match="PC/SC does not answer within"):
        await reader.begin()
    stuck.set()
    await reader.close()


def test_it_is_there_when_it_is_installed(monkeypatch: pytest.MonkeyPatch) -> None:
    """The extra is optional, and not part of this environment."""
    assert not pcsc.there()
    installed(monkeypatch)
    assert pcsc.there()


async def test_without_it_a_reader_is_lost() -> None:
    """Even when somebody has uninstalled it under a running station."""
    reader = PcscReader("Model", Habits())

    with pytest.raises(DeviceLost, match="PC/SC: No module named 'smartcard'"):
        await asyncio.wait_for(reader.begin(), 30)
    await reader.close()
