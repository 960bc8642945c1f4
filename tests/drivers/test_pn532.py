"""The PN532 driver: what it makes of a chip, and of a line that does not bring what it should."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable

import pytest

from laadpaal.drivers.pn532 import Pn532Reader, over_serial
from laadpaal.drivers.tags import Habits, token_of
from laadpaal.ports.errors import DeviceLost, LineLost
from laadpaal.protocols.pn532 import ABORT, WAKE, commands, framed
from laadpaal.protocols.tags import Order
from laadpaal.simulation.pn532 import Pn532Trouble, SimulatedPn532, on_pty
from laadpaal.station.words import Token, TokenKind
from tests.support.jumping import jump, jump_on_lines

CARD, OTHER = bytes.fromhex("04A1B2C3"), bytes.fromhex("04112233445566")
ACK = ABORT


def with_chip(
    story: Callable[[SimulatedPn532, Pn532Reader], Awaitable[None]], habits: Habits | None = None
) -> None:
    """Have a chip on a pseudo-terminal, and its driver."""

    async def told() -> None:
        chip = SimulatedPn532()
        with on_pty(chip) as device:
            reader = over_serial(device, habits or Habits())
            await story(chip, reader)
            await reader.close()

    jump_on_lines(told())


async def first(reader: Pn532Reader) -> Token:
    """Return the next card."""
    async for token in reader.tokens():
        return token
    raise AssertionError


@pytest.mark.parametrize("trouble", Pn532Trouble)
def test_a_trouble_that_passes_loses_no_card(trouble: Pn532Trouble) -> None:
    """Whichever command it befalls: it is said again, and the card is read."""

    async def story(chip: SimulatedPn532, reader: Pn532Reader) -> None:
        chip.misbehave(trouble, times=2)
        await reader.begin()
        chip.misbehave(trouble, times=2)
        chip.hold(CARD)
        assert await first(reader) == Token("04A1B2C3")

    with_chip(story)


@pytest.mark.parametrize(
    ("trouble", "why"),
    [
        (Pn532Trouble.SILENT, "no answer to SAMConfiguration"),
        (Pn532Trouble.NO_ACK, "no answer to SAMConfiguration"),
        (Pn532Trouble.HALF, "no answer to SAMConfiguration"),
        (Pn532Trouble.WRONG_SUM, "no answer to SAMConfiguration: the sum of a frame is wrong"),
    ],
)
def test_a_trouble_that_stays_is_a_loss(trouble: Pn532Trouble, why: str) -> None:
    """It says what is wrong, takes less than two seconds, and the chip is found again later."""

    async def story(chip: SimulatedPn532, reader: Pn532Reader) -> None:
        chip.misbehave(trouble)
        begun = asyncio.get_running_loop().time()
        with pytest.raises(DeviceLost, match=f"^{why}$"):
            await reader.begin()
        assert asyncio.get_running_loop().time() - begun < 2
        chip.behave()
        await reader.begin()

    with_chip(story)


def test_a_chip_that_lost_its_power_is_woken_again() -> None:
    """While it is away the search fails; afterwards it is set up as at the start."""

    async def story(chip: SimulatedPn532, reader: Pn532Reader) -> None:
        await reader.begin()
        chip.unplug()
        chip.plug()
        with pytest.raises(DeviceLost, match="does not understand InListPassiveTarget"):
            await first(reader)
        await reader.begin()
        chip.tap(OTHER)
        assert await first(reader) == Token("04112233445566")

    with_chip(story)


def test_a_card_that_stays_is_found_by_each_search() -> None:
    """Its field was off in between, or it would answer no second time."""

    async def story(chip: SimulatedPn532, reader: Pn532Reader) -> None:
        await reader.begin()
        chip.hold(CARD)

        assert [await reader._searched() for _ in range(3)] == [CARD] * 3
        chip.take()
        assert await reader._searched() is None

    with_chip(story)


def test_it_looks_as_often_as_it_is_told() -> None:
    """The interval and the delay are asked for each time."""
    scan_s, delay_s = 1.0, 0.0
    habits = Habits(scan_s=lambda: scan_s, delay_s=lambda: delay_s)

    async def story(chip: SimulatedPn532, reader: Pn532Reader) -> None:
        nonlocal delay_s
        await reader.begin()
        loop, heard = asyncio.get_running_loop(), list[tuple[str, float]]()

        async def listen() -> None:
            async for token in reader.tokens():
                heard.append((token.value, loop.time()))

        task = asyncio.ensure_future(listen())
        for uid in (CARD, OTHER, CARD):
            chip.tap(uid)
        await asyncio.sleep(8)
        delay_s = 60.0
        chip.tap(CARD)
        await asyncio.sleep(5)
        task.cancel()
        values, at = zip(*heard, strict=True)
        assert values == ("04A1B2C3", "04112233445566", "04A1B2C3")
        assert [later - at[0] for later in at] == pytest.approx([0, 2, 4], abs=0.4)

    with_chip(story, habits)


def test_numbers_are_written_as_the_station_wants_them() -> None:
    """Reversed where other lists have them so."""

    async def story(chip: SimulatedPn532, reader: Pn532Reader) -> None:
        await reader.begin()
        chip.hold(CARD)
        assert await first(reader) == Token("C3B2A104")

    with_chip(story, Habits(Order.REVERSED))


def test_a_token_says_by_which_standard_it_was_read() -> None:
    """Eight bytes that begin with E0 are of the other one."""
    uid = bytes.fromhex("E004010203040506")

    assert token_of(uid, Order.AS_READ) == Token("E004010203040506", TokenKind.ISO15693)
    assert token_of(CARD, Order.AS_READ).kind is TokenKind.ISO14443


class Script:
    """Is a `Line`: answers each command with the next piece, fails where there is none."""

    def __init__(self, *pieces: bytes | None) -> None:
        self._pieces = list(pieces)
        self._ready: asyncio.Queue[bytes | None] = asyncio.Queue()
        self.said: list[bytes] = []
        self.closed = 0

    async def read(self) -> bytes:
        piece = await self._ready.get()
        if piece is None:
            raise LineLost("the line: broken")
        return piece

    async def write(self, data: bytes) -> None:
        self.said.append(data)
        if data != WAKE + ABORT and self._pieces:
            self._ready.put_nowait(self._pieces.pop(0))

    def close(self) -> None:
        self.closed += 1


def test_what_is_no_pn532_is_refused() -> None:
    """Some other chip of its family speaks the same frames."""

    async def story() -> None:
        other = ACK + framed(bytes.fromhex("d50333020000"))
        line = Script(ACK + framed(b"\xd5\x15"), *[other] * 3)
        with pytest.raises(DeviceLost, match="33 02 00 00 is no PN532"):
            await Pn532Reader(line, Habits()).begin()
        assert line.closed == 1
        assert line.said[0] == WAKE + ABORT

    jump(story())


def test_a_lost_line_is_a_lost_reader() -> None:
    """At once, for saying it again would not help."""

    async def story() -> None:
        line = Script(None)
        reader = Pn532Reader(line, Habits())
        with pytest.raises(LineLost, match="broken"):
            await first(reader)
        assert line.said == [framed(commands.SEARCH.data)]

    jump(story())


def test_an_answer_that_comes_too_late_belongs_to_nobody() -> None:
    """It is passed over when the command is said again."""

    async def story() -> None:
        late, good = framed(bytes.fromhex("d54b00")), bytes.fromhex("d54b01010004080404a1b2c3")
        line = Script(ACK, ACK + framed(good))
        reader = Pn532Reader(line, Habits())
        asking = asyncio.ensure_future(reader._channel.ask(commands.SEARCH))
        await asyncio.sleep(1.005)
        line._ready.put_nowait(late)
        assert await asking == CARD

    jump(story())


def test_a_device_that_is_not_there_is_named() -> None:
    """Whoever looks for the trouble reads which one."""

    async def story() -> None:
        with pytest.raises(LineLost, match="/dev/none"):
            await over_serial("/dev/none", Habits()).begin()

    jump(story())
