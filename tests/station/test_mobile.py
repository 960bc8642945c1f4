"""What the core makes of what the modem tells."""

from __future__ import annotations

import pytest

from laadpaal.properties.connectivity import PIN, REFUSED_PIN, WEAK_SIGNAL
from laadpaal.properties.kinds import Hidden
from laadpaal.station.layout import Layout
from laadpaal.station.mobile_events import ModemAttached, ModemLost, PinRefused, SignalMeasured
from laadpaal.station.notices import MobileChanged, SignalChanged
from laadpaal.station.records import SettingWritten
from laadpaal.station.view import MobileView
from tests.support.world import World

ATTACHED = ModemAttached(
    "8931080000000000012",
    "204080000000012",
    "490154203237518",
    "Model 1",
    "Laadpaal NL",
    roaming=True,
    interface="ppp0",
    address="10.64.0.2",
    dbm=-73,
)


@pytest.fixture
def world() -> World:
    return World(Layout(modem=True))


def seen(world: World) -> MobileView:
    """Return how the modem is now."""
    view = world.station.view().mobile
    assert view is not None
    return view


def test_a_station_without_a_modem_has_nothing_to_show() -> None:
    """Which is not the same as a modem that is lost."""
    assert World().station.view().mobile is None


def test_before_the_first_attempt_there_is_no_connection(world: World) -> None:
    """And it is said why."""
    assert not seen(world).attached
    assert seen(world).why == "it has not been tried yet"


def test_what_the_modem_tells_is_shown(world: World) -> None:
    """All of it, and people hear of it once."""
    world.tell(ATTACHED)

    assert seen(world) == MobileView(
        attached=True,
        stopped=False,
        why="",
        iccid="8931080000000000012",
        imsi="204080000000012",
        imei="490154203237518",
        model="Model 1",
        operator="Laadpaal NL",
        roaming=True,
        interface="ppp0",
        address="10.64.0.2",
        dbm=-73,
        weak=False,
    )
    assert world.told(MobileChanged) == [MobileChanged(attached=True, operator="Laadpaal NL")]


def test_the_numbers_of_the_sim_outlast_the_network(world: World) -> None:
    """The next boot notification needs them, whichever way it goes."""
    world.tell(ATTACHED)
    world.tell(ModemLost("the cable is out"))

    assert (seen(world).attached, seen(world).address) == (False, "")
    assert (seen(world).iccid, seen(world).why) == (ATTACHED.iccid, "the cable is out")


def test_one_reason_is_told_once(world: World) -> None:
    """Another one is news."""
    for why in ("no SIM", "no SIM", "no network"):
        world.tell(ModemLost(why))
    world.tell(ModemLost("no network", stopped=True))

    assert [notice.why for notice in world.told(MobileChanged)] == [
        "no SIM",
        "no network",
        "no network",
    ]
    assert seen(world).stopped


def test_a_weak_signal_is_told_once(world: World) -> None:
    """It must be clearly above the limit to be strong again; an unknown one is neither."""
    for dbm in (-90, -91, -95, -89, None, -87, -86, -86):
        world.tell(SignalMeasured(dbm))

    assert world.told(SignalChanged) == [
        SignalChanged(-91, weak=True),
        SignalChanged(-86, weak=False),
    ]
    world.tell(SignalMeasured(None))
    assert (seen(world).dbm, seen(world).weak) == (None, False)


def test_what_is_weak_is_a_setting(world: World) -> None:
    """And is judged from the next measurement on."""
    world.put(WEAK_SIGNAL, to=-70)
    world.tell(ATTACHED)

    assert seen(world).weak
    assert world.told(SignalChanged) == [SignalChanged(-73, weak=True)]


def test_a_refused_pin_is_kept(world: World) -> None:
    """Not even a power cut makes the station enter it again."""
    world.put(PIN, to=Hidden("4321"))
    world.tell(PinRefused())

    assert world.values[REFUSED_PIN] == Hidden("4321")
    assert SettingWritten(REFUSED_PIN.id, 0, "4321") in world.records
