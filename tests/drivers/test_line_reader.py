"""The driver of readers that write lines."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Awaitable, Callable
from pathlib import Path

import pytest

from laadpaal.drivers.line_reader import LineReader
from laadpaal.drivers.serial_line import SerialLine
from laadpaal.drivers.tags import Habits
from laadpaal.ports.errors import LineLost
from laadpaal.protocols.tags import Form, Order
from laadpaal.simulation.line_reader import SimulatedLineReader
from laadpaal.station.words import Token, TokenKind
from tests.support.jumping import jump_on_lines

CARD = bytes.fromhex("04A1B2C3")
LOG = logging.getLogger("test.line_reader")
Story = Callable[[SimulatedLineReader, list[Token]], Awaitable[None]]


def heard(
    path: Path, story: Story, form: Form = Form.HEX, order: Order = Order.AS_READ
) -> list[Token]:
    """Return what the driver tells while the story lasts."""

    async def told() -> list[Token]:
        simulated, tokens = SimulatedLineReader(path, form), list[Token]()
        simulated.plug()
        reader = LineReader(SerialLine(str(path), 9600), form, Habits(order), LOG)
        await reader.begin()

        async def listen() -> None:
            async for token in reader.tokens():
                tokens.append(token)

        listening = asyncio.ensure_future(listen())
        await asyncio.sleep(0.1)
        await story(simulated, tokens)
        await asyncio.sleep(0.1)
        listening.cancel()
        await reader.close()
        simulated.unplug()
        return tokens

    return jump_on_lines(told())


@pytest.mark.parametrize(
    ("form", "order", "token"),
    [
        (Form.HEX, Order.AS_READ, Token("04A1B2C3")),
        (Form.HEX, Order.REVERSED, Token("C3B2A104")),
        (Form.DECIMAL, Order.AS_READ, Token("04A1B2C3")),
        (Form.DECIMAL, Order.REVERSED, Token("C3B2A104")),
    ],
)
def test_numbers_become_tokens(tmp_path: Path, form: Form, order: Order, token: Token) -> None:
    """In either form, and either order."""

    async def story(reader: SimulatedLineReader, _tokens: list[Token]) -> None:
        reader.tell(CARD)

    assert heard(tmp_path / "reader", story, form, order) == [token]


def test_the_other_standard_is_told_apart(tmp_path: Path) -> None:
    """By its E0, wherever that stands."""

    async def story(reader: SimulatedLineReader, _tokens: list[Token]) -> None:
        reader.tell(bytes.fromhex("06050403020104E0"))

    token = Token("E004010203040506", TokenKind.ISO15693)
    assert heard(tmp_path / "reader", story) == [token]


def test_a_card_that_is_told_again_and_again_is_held_once(tmp_path: Path) -> None:
    """Until it was away for the delay."""

    async def story(reader: SimulatedLineReader, tokens: list[Token]) -> None:
        for _ in range(20):
            reader.tell(CARD)
            await asyncio.sleep(1)
        assert len(tokens) == 1
        await asyncio.sleep(1.5)
        reader.tell(CARD)

    assert len(heard(tmp_path / "reader", story)) == 2


def test_what_is_no_number_is_told_to_the_log_once(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    """So that whoever has set it up wrongly can see it, and noise cannot fill the disk."""

    async def story(reader: SimulatedLineReader, _tokens: list[Token]) -> None:
        for _ in range(100):
            reader.say(b"hello\r\n")
        reader.tell(CARD)

    assert heard(tmp_path / "reader", story) == [Token("04A1B2C3")]
    assert caplog.messages == [
        "A line of a card reader is no number: 'hello' is not two hexadecimal digits for each byte"
    ]


def test_half_a_line_is_forgotten_when_the_reader_is_lost(tmp_path: Path) -> None:
    """What comes afterwards is a line of its own."""
    path = tmp_path / "reader"

    async def story() -> None:
        simulated = SimulatedLineReader(path)
        simulated.plug()
        reader = LineReader(SerialLine(str(path), 9600), Form.HEX, Habits(), LOG)
        await reader.begin()
        listening = asyncio.ensure_future(anext(aiter(reader.tokens())))
        await asyncio.sleep(0.1)
        simulated.say(b"FFFF")
        await asyncio.sleep(0.1)
        simulated.unplug()
        with pytest.raises(LineLost):
            await listening
        with pytest.raises(LineLost, match="reader"):
            await reader.begin()
        simulated.plug()
        await reader.begin()
        listening = asyncio.ensure_future(anext(aiter(reader.tokens())))
        await asyncio.sleep(0.1)
        simulated.tell(CARD)
        assert await listening == Token("04A1B2C3")
        await reader.close()
        simulated.unplug()

    jump_on_lines(story())
