"""How each state of the light shines, and which state it has."""

from __future__ import annotations

import pytest

from laadpaal.ports.journal import Start
from laadpaal.properties.charging import STATION_MAX
from laadpaal.properties.transactions import AUTO_STOP
from laadpaal.station import events as e
from laadpaal.station.display import ScreenState
from laadpaal.station.faces import OF_SCREEN
from laadpaal.station.lights import GLOWS, Light
from laadpaal.station.notices import TransactionEnded
from laadpaal.station.words import Pilot, TokenStatus, Verdict
from tests.csms.v16.stage import Stage
from tests.csms.v201.scene import make_world
from tests.support.world import CARD, World


def test_every_state_shines_in_its_own_way() -> None:
    """The table has each number from 0 to 40, and a screen never lacks a light."""
    assert sorted(GLOWS) == list(range(41))
    assert set(OF_SCREEN) | {ScreenState.UNKNOWN} == set(ScreenState)


def test_a_glow_has_two_phases() -> None:
    """Booting is red for eight tenths of a second, then dark for two."""
    glow = GLOWS[Light.BOOTING]

    assert [glow.at(s) for s in (0.0, 0.79, 0.81, 0.99, 1.0)] == [
        (255, 0, 0),
        (255, 0, 0),
        (0, 0, 0),
        (0, 0, 0),
        (255, 0, 0),
    ]


def test_orange_is_orange_and_may_be_dimmed() -> None:
    """The colour of decision 20, steady, and half of it at half brightness."""
    glow = GLOWS[Light.NOT_CHARGING]

    assert (glow.at(0.0), glow.at(1e6)) == ((255, 90, 0), (255, 90, 0))
    assert glow.at(3.0, percent=50) == (127, 45, 0)
    assert glow.at(3.0, percent=0) == (0, 0, 0)


@pytest.mark.parametrize(
    ("code", "light"),
    [
        (102, Light.ERROR_CONTACTOR),
        (107, Light.ERROR),
        (201, Light.ERROR_EARTH),
        (202, Light.ERROR_SUPPLY),
        (401, Light.ERROR_TEMPERATURE),
        (405, Light.CABLE_NOT_SUPPORTED),
    ],
)
def test_each_kind_of_fault_has_its_light(code: int, light: Light) -> None:
    """The light tells it apart, and the screen says the number (2.5)."""
    world = World()
    world.tell(e.FaultRaised(1, code))

    assert (world.evse().screen.state, world.evse().screen.code) == (ScreenState.ERROR, code)
    assert world.evse().light is light


@pytest.mark.parametrize(
    ("code", "light"),
    [(302, Light.SUSPENDED_OVERCURRENT), (101, Light.SUSPENDED_RESIDUAL), (4, Light.ERROR)],
)
def test_a_fault_that_pauses_has_its_light_too(code: int, light: Light) -> None:
    """The transaction stays, and the screen names the code as a hint."""
    world = World()
    world.online()
    world.plug()
    world.swipe()
    world.tell(e.FaultRaised(1, code))

    assert (world.evse().screen.state, world.evse().screen.code) == (ScreenState.SUSPENDED, code)
    assert world.evse().light is light


def test_what_is_no_more_than_a_hint_lets_everybody_charge() -> None:
    """A fault that stops nothing is shown as a warning while nobody is there (20)."""
    world = World()
    world.online()
    world.tell(e.FaultRaised(0, 109))
    world.tell(e.FaultRaised(2, 203))
    assert [world.evse(n).screen.state for n in (1, 2)] == [ScreenState.WARNING] * 2
    assert [world.evse(n).screen.code for n in (1, 2)] == [109, 203]
    assert world.evse(1).light is Light.AVAILABLE

    world.plug()
    world.swipe()
    assert world.evse(1).screen.state is ScreenState.CHARGING


def test_whoever_shares_sees_it() -> None:
    """Two vehicles have half each, and their lights say that others leave them less."""
    world = World()
    world.online()
    world.put(STATION_MAX, to=20.0)
    for number in (1, 2):
        world.plug(number)
        world.swipe(reader=number)

    assert [world.evse(n).light for n in (1, 2)] == [Light.LIMITED] * 2


def test_the_screens_of_a_kept_plug() -> None:
    """A plug that is kept for its owner says so, with the vehicle there and without it."""
    world = World()
    world.online()
    world.plug()
    world.swipe()
    world.measure(1, 500.0)
    world.tell(e.PilotChanged(1, Pilot.B))
    assert world.evse().screen.state is ScreenState.FULL_LOCKED
    assert world.evse().light is Light.FINISH_WAIT_VEHICLE

    world.tell(e.TransactionJudged("tx-1", CARD, Verdict(TokenStatus.BLOCKED)))
    world.pass_time(10)
    assert world.evse().screen.state is ScreenState.WAIT_RELEASE_PLUGGED
    assert world.evse().light is Light.FINISH_WAIT_VEHICLE

    world.tell(e.PilotChanged(1, Pilot.A))
    assert world.evse().screen.state is ScreenState.WAIT_RELEASE
    assert world.evse().light is Light.SUSPENDED_EV_GONE


def test_both_versions_hear_that_a_vehicle_was_done() -> None:
    """The end after a long rest has the reason Other, in each version's own words (S72)."""
    world = World()
    world.put(AUTO_STOP, to=60)
    world.online()
    world.plug()
    world.swipe()
    world.measure(1, 500.0)
    world.pass_time(60)
    [ended] = world.told(TransactionEnded)

    stage = Stage()
    stage.journal.put(1, 1, Start(ended.transaction, 7, settled=True))
    assert stage.report(ended)[1]["reason"] == "Other"
    told = make_world().report(ended)
    assert told["triggerReason"] == "TimeLimitReached"
    assert told["transactionInfo"]["stoppedReason"] == "Other"
