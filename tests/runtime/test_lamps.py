"""The light of a socket shines as its state says, and what becomes of it bears on nothing else."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Callable

import pytest

from laadpaal.ports.errors import DeviceLost
from laadpaal.runtime.config import ConfigError, parse
from laadpaal.runtime.lamps import AGAIN_S, LampTask
from laadpaal.station import actions as a
from laadpaal.station.lights import Light, Rgb
from tests.support.jumping import jump

RED: Rgb = (255, 0, 0)
BLUE: Rgb = (0, 0, 255)
CYAN: Rgb = (0, 255, 255)
DARK: Rgb = (0, 0, 0)
LOG = logging.getLogger("laadpaal.test.lamps")


class TestedLamp:
    """Is a `Lamp` that remembers its colours, and when it got them."""

    __test__ = False

    def __init__(self) -> None:
        self.shone: list[tuple[float, Rgb]] = []
        self.gone = False

    def shine(self, colour: Rgb) -> None:
        if self.gone:
            raise DeviceLost("red:s1 is not there")
        self.shone.append((round(asyncio.get_running_loop().time(), 3), colour))


def played(story: Callable[[LampTask, TestedLamp], object], *, lasts_s: float) -> list[Rgb]:
    """Return the colours of a lamp after the story has begun, from one to the next."""
    lamp = TestedLamp()

    async def play() -> None:
        task = LampTask(1, lamp, LOG)
        running = asyncio.get_running_loop().create_task(task.run())
        await asyncio.sleep(0.01)
        lamp.shone.clear()
        story(task, lamp)
        await asyncio.sleep(lasts_s)
        running.cancel()

    jump(play())
    return [colour for _, colour in lamp.shone]


def test_it_boots() -> None:
    """A red light blinks from the first moment on: most of a second, and dark for the rest."""
    lamp = TestedLamp()

    async def story() -> None:
        running = asyncio.get_running_loop().create_task(LampTask(1, lamp).run())
        await asyncio.sleep(1.9)
        running.cancel()

    jump(story())
    begun = lamp.shone[0][0]
    assert [(round(at - begun, 2), colour) for at, colour in lamp.shone] == [
        (0.0, RED),
        (0.8, DARK),
        (1.0, RED),
        (1.8, DARK),
    ]


def test_two_colours_take_turns() -> None:
    """Until its state is another one, which begins at once with its first colour."""

    def story(task: LampTask, _lamp: TestedLamp) -> None:
        task.do(a.ShowLight(1, Light.LIMITED))

    assert played(story, lasts_s=2.5) == [BLUE, CYAN, BLUE]


def test_a_steady_colour_is_given_once_more_now_and_then() -> None:
    """A lamp that has lost it shines again by itself."""

    def story(task: LampTask, _lamp: TestedLamp) -> None:
        task.do(a.ShowLight(1, Light.CHARGING))

    assert played(story, lasts_s=2 * AGAIN_S + 1) == [BLUE, BLUE, BLUE]


def test_it_is_dimmed() -> None:
    """Both of its colours."""

    def story(task: LampTask, _lamp: TestedLamp) -> None:
        task.do(a.ShowLight(1, Light.LIMITED))
        task.do(a.DimLights(20))

    assert played(story, lasts_s=1.5) == [(0, 0, 51), (0, 51, 51)]


def test_what_is_not_its_own_changes_nothing() -> None:
    """The other socket's light, and what is no light."""

    def story(task: LampTask, _lamp: TestedLamp) -> None:
        task.do(a.ShowLight(2, Light.CHARGING))
        task.do(a.OpenContactor(1))

    assert played(story, lasts_s=0.5) == []


def test_a_lamp_that_is_lost_is_told_once(caplog: pytest.LogCaptureFixture) -> None:
    """It is tried again all the while, and shines as is due by then."""
    caplog.set_level(logging.INFO, LOG.name)

    def story(task: LampTask, lamp: TestedLamp) -> None:
        lamp.gone = True
        task.do(a.ShowLight(1, Light.LIMITED))
        loop = asyncio.get_running_loop()
        loop.call_later(4.5, lambda: setattr(lamp, "gone", False))

    assert played(story, lasts_s=6.5) == [CYAN, BLUE]
    assert caplog.messages == [
        "Light of socket 1: lost: red:s1 is not there",
        "Light of socket 1: back",
    ]


@pytest.mark.parametrize("leds", ['["red", "green"]', '["red", "green", "../blue"]', '"red"'])
def test_leds_that_cannot_be_are_refused(leds: str) -> None:
    """They are three, and names, not paths; the key is told."""
    with pytest.raises(ConfigError, match=r"evse\[0\]\.leds"):
        parse(f"[[evse]]\nleds = {leds}\n")
