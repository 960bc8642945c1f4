"""A link that breaks again and again, or dies without a word, while two vehicles charge."""

from __future__ import annotations

import random
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from pathlib import Path

import pytest

from laadpaal.runtime.assembly import DATABASE
from tests.conformance.stage import CONNECTORS, OTHER_TAG, TAG, Ocpp, Stage, staged
from tests.support.flaky_line import VANISHED, Break, FlakyLine, Point
from tests.support.quick_disk import quick_disk
from tests.support.told import assert_told, written

BOTH = pytest.mark.parametrize("ocpp", ["1.6", "2.0.1"])
CARDS = {1: TAG, 2: OTHER_TAG}
FLAPS = 50
SECOND_COMES = 15
"""How many times the link has broken when the second vehicle begins to charge."""
MINUTE_S = 60.0
HANDSHAKE_S = 10.0
"""Seconds after which a handshake that nobody answers is given up."""
FEWEST_REPETITIONS = 8
"""Of more answers that are lost, some are to what nobody repeats."""
PING_S, PONG_S = 5, 20
DIALLING_S = 5
STARTS: dict[Ocpp, str] = {"1.6": "StartTransaction", "2.0.1": '"Started"'}
SAMPLES: dict[Ocpp, str] = {"1.6": "MeterValues", "2.0.1": "MeterValuePeriodic"}
SETTINGS: dict[str, str | int | float | bool] = {
    "2127_0": True,  # unknown cards charge while offline
    "2087_0": 1,  # a sample each second
    "208A_0": PING_S,
    "208E_1": 600,  # answers are waited for as long as the link lives
    "20F6_1": 1,  # dialled anew each second
    "20F6_2": 0,
    "20F6_3": 0,
}


def breaks(ocpp: Ocpp) -> list[Break]:
    """Draw where the link breaks: everywhere several times, but for what costs time."""
    lots = random.Random(ocpp)  # noqa: S311  a plan is no secret
    once = [Point.UNAUTHORIZED, Point.IGNORED]
    often = [point for point in Point if point not in {*once, *VANISHED}]
    points = once + [often[n % len(often)] for n in range(FLAPS - len(once) - 2)]
    lots.shuffle(points)
    plan = [Break(point) for point in points]
    plan.insert(0, Break(Point.ANSWER, STARTS[ocpp]))
    plan.insert(SECOND_COMES, Break(Point.HALF_ANSWER, STARTS[ocpp]))
    return plan


class Play:
    """A station, a line that can break, and two vehicles."""

    def __init__(self, stage: Stage, line: FlakyLine) -> None:
        self.stage = stage
        self.line = line

    async def until(self, true: Callable[[], bool], patience_s: float = 2 * MINUTE_S) -> None:
        """Return once it is true, looking ten times a second."""
        for _ in range(int(patience_s * 10)):
            if true():
                return
            await self.stage.clock.sleep(0.1)
        raise AssertionError(f"never: {self.stage.running.view()}, {self.line.plan}")

    async def begin(self, connector: int) -> None:
        """Plug in, show a card, and wait until it charges."""
        self.stage.plug(connector)
        self.stage.swipe(CARDS[connector], connector)
        await self.until(lambda: self.stage.bench.sockets[connector].closed)

    async def leave(self, connector: int) -> None:
        """Show the card again, and take the plug out."""
        self.stage.swipe(CARDS[connector], connector)
        await self.until(lambda: not self.stage.bench.sockets[connector].locked)
        self.stage.unplug(connector)

    async def end(self) -> None:
        """Let both leave, and the CSMS hear of it."""
        for connector in CONNECTORS:
            await self.leave(connector)
        evses = self.stage.running.view
        await self.until(lambda: all(evse.transaction is None for evse in evses().evses))
        await self.stage.running.drained()


@asynccontextmanager
async def playing(ocpp: Ocpp, folder: Path, monkeypatch: pytest.MonkeyPatch) -> AsyncIterator[Play]:
    """Have a station that is online; at the end the CSMS must have heard all that was written."""
    quick_disk(monkeypatch)
    async with staged(Stage, folder, monkeypatch, ocpp=ocpp) as stage:
        line = FlakyLine(stage.url)
        async with line.listening() as stage.url:
            stage.settings |= SETTINGS
            await stage.power_up()
            play = Play(stage, line)
            await play.until(lambda: stage.running.view().online)
            yield play
            await play.end()
            assert_told(ocpp, written(folder / DATABASE), stage.csms.heard)
            await stage.power_down()


def repetitions(stage: Stage) -> list[tuple[object, object]]:
    """Return what was first said under each id that came again, and what was said then.

    Whether it was told late is no part of it: that is so the second time.
    """
    first = {heard.id: heard for heard in stage.csms.heard}
    return [
        ({**first[again.id].fields, "offline": None}, {**again.fields, "offline": None})
        for again in stage.csms.repeated
    ]


@BOTH
async def test_fifty_breaks_in_a_minute(
    ocpp: Ocpp, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Nothing is lost or doubled, and what was under way comes again under its id."""
    plan = breaks(ocpp)
    async with playing(ocpp, tmp_path, monkeypatch) as play:
        play.line.plan.extend(plan)
        began = play.stage.clock.now().mono
        await play.begin(1)
        await play.until(lambda: len(play.line.broken) >= SECOND_COMES - 5)
        await play.begin(2)
        await play.until(lambda: len(play.line.broken) == FLAPS)
        took_s = play.stage.clock.now().mono - began

        assert play.line.broken == plan
        assert took_s <= MINUTE_S + HANDSHAKE_S
        assert play.stage.running.lives == 1
    again = repetitions(play.stage)
    assert len(again) >= FEWEST_REPETITIONS
    assert all(second == first for first, second in again)


@BOTH
@pytest.mark.parametrize("point", [Point.VANISHED_BEFORE, Point.VANISHED_AFTER])
async def test_a_csms_that_vanishes_is_found(
    point: Point, ocpp: Ocpp, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Nobody reads and nobody closes: a pong is missed, and what was under way goes again."""
    async with playing(ocpp, tmp_path, monkeypatch) as play:
        for connector in CONNECTORS:
            await play.begin(connector)
        visits = len(play.stage.csms.visits)
        play.line.plan.append(Break(point, SAMPLES[ocpp]))
        await play.until(lambda: len(play.line.broken) == 1)
        gone_at = play.stage.clock.now().mono
        await play.until(lambda: len(play.stage.csms.visits) > visits)
        found_s = play.stage.clock.now().mono - gone_at

        assert PONG_S <= found_s <= PING_S + PONG_S + DIALLING_S
    again = repetitions(play.stage)
    assert len(again) == (point is Point.VANISHED_AFTER)
    assert all(second == first for first, second in again)
