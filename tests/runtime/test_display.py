"""The display is lost and comes back, and nothing but the display is the worse for it."""

from __future__ import annotations

import asyncio
from random import Random

import pytest

from laadpaal.ports.devices import Picture
from laadpaal.ports.errors import DeviceLost
from laadpaal.runtime.display import LONGEST_WAIT_S, STEADY_S, DisplayState, DisplayTask
from laadpaal.simulation.display import SimulatedDisplay
from laadpaal.station import actions as a
from laadpaal.station import events as e
from laadpaal.station.display import Popup, Screen, ScreenState
from laadpaal.station.lights import Light
from laadpaal.station.notices import DisplaySilent, Notice
from laadpaal.station.words import Pilot
from tests.support.jumping import JumpingLoop, LoopClock, jump
from tests.support.world import World

KILLS = 1000


class Heard:
    """Keeps what the task has told."""

    def __init__(self) -> None:
        self.events: list[e.Event] = []

    def __call__(self, event: e.Event) -> None:
        """Take one more."""
        self.events.append(event)


def tended(display: SimulatedDisplay, heard: Heard) -> tuple[DisplayTask, asyncio.Task[None]]:
    """Return what looks after a display of two sockets, and its task that runs."""
    task = DisplayTask(display, LoopClock(), heard, 2)
    return task, asyncio.get_running_loop().create_task(task.run())


def shown(display: SimulatedDisplay) -> Picture:
    """Return what people see; there must be something."""
    assert display.shown is not None
    return display.shown


def test_the_whole_picture_comes_first_and_then_each_change() -> None:
    """Booting on every socket, then what is so, with brightness and language."""

    async def story() -> None:
        display, heard = SimulatedDisplay(), Heard()
        tending, running = tended(display, heard)
        await asyncio.sleep(0.1)
        assert [f.screen.state for f in shown(display).faces] == [ScreenState.BOOTING] * 2

        tending.do(a.ShowScreen(1, Screen(ScreenState.AVAILABLE, language="nl_NL")))
        tending.do(a.ShowLight(2, Light.RESERVED))
        tending.do(a.DimLights(40))
        tending.do(a.OpenContactor(1))
        await asyncio.sleep(0.1)
        now = shown(display)
        assert now.faces[0].screen.state is ScreenState.AVAILABLE
        assert (now.faces[1].light, now.percent, now.language) == (Light.RESERVED, 40, "nl_NL")
        assert tending.state is DisplayState.RUNNING
        assert heard.events == []
        running.cancel()

    jump(story())


@pytest.mark.parametrize("harm", [SimulatedDisplay.hang, SimulatedDisplay.reset])
def test_s48_what_was_lost_is_shown_again_as_it_is_now(harm: object) -> None:
    """Whether it hung or went blank: what changed meanwhile is shown once, everything with it."""

    async def story() -> None:
        display, heard = SimulatedDisplay(), Heard()
        tending, running = tended(display, heard)
        await asyncio.sleep(0.1)
        harm(display)  # type: ignore[operator]  # a method that takes nothing else
        for energy_wh in range(500):
            tending.do(a.ShowScreen(1, Screen(ScreenState.CHARGING, energy_wh=energy_wh)))
        await asyncio.sleep(STEADY_S)

        assert [type(event) for event in heard.events] == [e.DisplayLost, e.DisplayBack]
        assert shown(display).faces[0].screen.energy_wh == 499
        assert display.begun == 2
        running.cancel()

    jump(story())


def test_s48_who_does_not_come_back_is_tried_ever_more_seldom() -> None:
    """After 1, 2, 4 and so on seconds, then each minute; it is told as lost once."""

    async def story() -> None:
        display, heard = SimulatedDisplay(), Heard()
        display.unplug()
        tending, running = tended(display, heard)
        states = []
        for seconds in (0.5, 1 + 2 + 4 + 8 + 16 + 32):
            await asyncio.sleep(seconds)
            states.append(tending.state)
        assert states == [DisplayState.LOST, DisplayState.FAILED]

        display.plug()
        await asyncio.sleep(LONGEST_WAIT_S + 1)
        assert tending.state is DisplayState.RUNNING
        assert [type(event) for event in heard.events] == [e.DisplayLost, e.DisplayBack]
        running.cancel()

    jump(story())


def test_a_driver_that_breaks_is_a_display_that_is_lost() -> None:
    """Whatever it raises, nobody else hears of it (S49)."""

    class Broken(SimulatedDisplay):
        async def show(self, picture: Picture) -> None:
            raise ZeroDivisionError(picture)

    async def story() -> None:
        heard = Heard()
        tending, running = tended(Broken(), heard)
        await asyncio.sleep(100)
        assert tending.state is DisplayState.FAILED
        assert [type(event) for event in heard.events] == [e.DisplayLost]
        running.cancel()

    jump(story())


def test_what_counts_is_drawn_each_second() -> None:
    """The seconds to plug in, and those of a popup, are seen to go by."""

    async def story() -> None:
        display, heard = SimulatedDisplay(), Heard()
        tending, running = tended(display, heard)
        for counted in (
            Screen(ScreenState.AUTHORIZED, until=1.0),
            Screen(ScreenState.AVAILABLE, popup=Popup("payment", "Tariff", (), 1.0)),
        ):
            tending.do(a.ShowScreen(1, counted))
            await asyncio.sleep(0.5)
            before = shown(display).at
            await asyncio.sleep(3)
            assert shown(display).at == before + 3
        running.cancel()

    jump(story())


class Session:
    """A scripted session whose display is harmed at random, if there is any chance."""

    def __init__(self, chance: Random | None) -> None:
        self.world, self.display = World(), SimulatedDisplay()
        self.kills = 0
        self._chance = chance
        self._facts: list[e.Event] = []
        self._handed = 0
        self.tending = DisplayTask(self.display, LoopClock(), self._facts.append, 2)

    async def play(self) -> None:
        """Charge five times, and leave the display in peace at the end."""
        running = asyncio.get_running_loop().create_task(self.tending.run())
        self.world.online()
        for _ in range(5):
            await self._charge()
        self._chance = None
        for _ in range(10):
            await self._pass(20)
        running.cancel()

    async def _charge(self) -> None:
        self.world.plug(ready=False)
        await self._pass(5)
        self.world.swipe()
        await self._pass(5)
        self.world.tell(e.PilotChanged(1, Pilot.C))
        for _ in range(20):
            self.world.measure(more_wh=100.0)
            await self._pass(10)
        self.world.swipe()
        await self._pass(3)
        self.world.tell(e.CableUnplugged(1))
        await self._pass(5)

    async def _pass(self, seconds: float) -> None:
        """Let time go by, in which the display is killed nine times, and given its plug back."""
        for _ in range(9):
            if self._chance:
                harms = (self.display.hang, self.display.reset, self.display.unplug)
                self._chance.choice(harms)()
                self.kills += 1
                await asyncio.sleep(self._chance.random() * seconds / 9)
                self.display.plug()
            await asyncio.sleep(seconds / 9)
        self.world.pass_time(seconds)
        while self._facts:
            self.world.tell(self._facts.pop(0))
        for action in self.world.actions[self._handed :]:
            self.tending.do(action)
        self._handed = len(self.world.actions)

    def told(self) -> list[Notice]:
        """Return what others were told, but for the display's own fate."""
        return [notice for notice in self.world.notices if not isinstance(notice, DisplaySilent)]


def test_s48_s49_a_thousand_deaths_of_the_display_change_no_transaction() -> None:
    """What is kept and told is the same as with a sound display, and the last picture is right."""
    with asyncio.Runner(loop_factory=JumpingLoop, debug=True) as runner:
        unhandled: list[object] = []
        runner.get_loop().set_exception_handler(lambda _, told: unhandled.append(told))
        sound, harmed = Session(None), Session(Random(49))  # noqa: S311  no secret hangs on it
        runner.run(sound.play())
        runner.run(harmed.play())

    assert harmed.kills >= KILLS
    assert (harmed.world.records, harmed.told()) == (sound.world.records, sound.told())
    assert unhandled == []
    assert harmed.tending.state is DisplayState.RUNNING
    screens = [face.screen for face in shown(harmed.display).faces]
    assert screens == [harmed.world.evse(number).screen for number in (1, 2)]
    assert harmed.world.station.view().evses == sound.world.station.view().evses
    seen = harmed.world.station.view().display
    assert (seen.lost, seen.times_lost > 20) == (False, True)


def test_the_simulated_display_forgets_when_it_is_reset() -> None:
    """It shows nothing before it was brought into order, as real ones do."""

    async def story() -> None:
        display = SimulatedDisplay()
        with pytest.raises(DeviceLost):
            await display.show(Picture(()))
        await display.begin()
        await display.show(Picture(()))
        display.reset()
        with pytest.raises(DeviceLost):
            await display.show(Picture(()))

    jump(story())
