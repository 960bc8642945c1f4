"""How much each EVSE may offer: every wish is a claim, the lowest wins."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from laadpaal.properties import charging as rows
from laadpaal.properties import transactions as tx_rows
from laadpaal.properties.rows import Setting
from laadpaal.station import actions as a
from laadpaal.station import events as e
from laadpaal.station.claims import Claim, Offer, lowest
from laadpaal.station.display import ScreenState
from laadpaal.station.layout import ConnectorLayout, EvseLayout, Layout
from laadpaal.station.notices import LimitChanged, TransactionStarted
from laadpaal.station.requests import WriteSetting
from laadpaal.station.words import By, Pilot, Status, Token
from tests.support.world import World

CLAIMS = st.builds(Claim, st.text(max_size=3), st.floats(0, 100))


@given(st.lists(CLAIMS, min_size=1))
def test_the_lowest_claim_wins(claims: list[Claim]) -> None:
    """The offer is the lowest limit, and names a claim that has it; the first of equals."""
    offer = lowest(claims)

    assert offer.limit_a == min(claim.limit_a for claim in claims)
    assert offer.because == next(c.by for c in claims if c.limit_a == offer.limit_a)


@pytest.mark.parametrize(("limit_a", "enough"), [(5.9, False), (6.0, True)])
def test_what_is_enough(limit_a: float, *, enough: bool) -> None:
    """Below six ampere the pilot cannot say it (IEC 61851-1)."""
    assert Offer(limit_a, "x").enough == enough


def charging(layout: Layout | None = None) -> World:
    """Return a station that charges on EVSE 1."""
    world = World(layout)
    world.online()
    world.plug()
    world.swipe()
    return world


def offered(world: World, evse: int = 1) -> tuple[float, str]:
    """Return what is offered, and because of whom."""
    seen = world.station.view().evses[evse - 1]
    return seen.offered_a, seen.because


def write(world: World, id_: str, text: str) -> None:
    """Write a setting and let the turn settle."""
    row: Setting[float] = next(
        row
        for row in (rows.STATION_MAX, rows.INSTALLATION_MAX, rows.CONNECTOR_MAX)
        if row.id == id_
    )
    world.values.put(row, row.kind.parse(text))
    world.tell(e.ClockCorrected())


@pytest.mark.parametrize(
    ("id_", "text", "expected"),
    [
        (rows.STATION_MAX.id, "12", (12.0, "station")),
        (rows.INSTALLATION_MAX.id, "11", (11.0, "installation")),
        (rows.CONNECTOR_MAX.id, "10", (10.0, "connector")),
    ],
)
def test_each_claim_has_its_name(id_: str, text: str, expected: tuple[float, str]) -> None:
    """Whoever is lowest decides, and is named."""
    world = charging()
    write(world, id_, text)

    assert offered(world) == expected
    assert LimitChanged(1, *expected) in world.told(LimitChanged)


def test_the_cable_has_a_say_while_it_is_there() -> None:
    """A thin cable limits; an unknown one does not; an empty socket has none."""
    world = World()
    world.tell(e.CablePlugged(1, rating_a=13.0))
    assert world.station.view().evses[0].because == "cable"
    world.tell(e.CableUnplugged(1))
    assert world.station.view().evses[0].because == "connector"
    world.tell(e.CablePlugged(1, rating_a=None))
    assert world.station.view().evses[0].limit_a == 16


def test_the_outlet_s_rating_has_a_say() -> None:
    """An outlet gives no more than it is made for, each its own (S66)."""
    outlets = (ConnectorLayout(), ConnectorLayout(rated_a=10.0))
    world = World(Layout(evses=(EvseLayout(outlets),)))
    world.tell(e.CablePlugged(1, 2, 32.0))
    assert world.station.view().evses[0].limit_a == 10
    world.tell(e.CableUnplugged(1, 2))
    assert world.station.view().evses[0].limit_a == 16


def test_one_evse_has_its_own_maximum() -> None:
    """What is set for one EVSE does not count for its neighbour."""
    world = charging()
    world.values.put(rows.CONNECTOR_MAX, 8.0, 2)
    world.tell(e.ClockCorrected())

    assert [evse.limit_a for evse in world.station.view().evses] == [16.0, 8.0]


@pytest.mark.parametrize(
    ("row", "by"), [(rows.STATION_MAX, "station"), (rows.INSTALLATION_MAX, "installation")]
)
def test_two_share_what_there_is(row: Setting[float], by: str) -> None:
    """Equal parts while both can charge; else the first to come goes on, and the last waits."""
    world = charging()
    world.plug(2)
    world.swipe(Token("OTHER"))
    world.pass_time(60)  # as long as nobody knows with how little they start
    assert (offered(world)[0], offered(world, 2)[0]) == (16.0, 16.0)

    write(world, row.id, "20")
    assert (offered(world), offered(world, 2)) == ((10.0, by), (10.0, by))

    write(world, row.id, "11")
    assert (offered(world), offered(world, 2)) == ((11.0, by), (0.0, by))
    assert world.statuses(2)[-1] is Status.SUSPENDED_EVSE
    assert world.station.view().evses[1].screen.state is ScreenState.LOW_CURRENT

    world.swipe()
    assert offered(world, 2) == (11.0, by)
    assert world.statuses(2)[-1] is Status.CHARGING


def test_who_waits_for_a_vehicle_takes_no_share() -> None:
    """A card without a car leaves all the current to its neighbour."""
    world = charging()
    write(world, rows.STATION_MAX.id, "14")
    world.swipe(Token("OTHER"), reader=2)

    assert offered(world) == (14.0, "station")


def test_the_vehicle_decides_when_the_contactor_closes() -> None:
    """Offered while connected and paid for; closed while the vehicle asks; open before the end."""
    world = World()
    world.online()
    world.plug(ready=False)
    assert world.station.view().evses[0].offered_a == 0
    world.swipe()
    assert (world.station.view().evses[0].offered_a, world.evse().contactor_closed) == (16, False)
    world.tell(e.PilotChanged(1, Pilot.C))
    assert world.evse().contactor_closed
    world.tell(e.PilotChanged(1, Pilot.B))
    assert not world.evse().contactor_closed
    assert [x for x in world.actions if isinstance(x, a.CloseContactor)] == [a.CloseContactor(1, 3)]


def test_the_status_tells_who_suspends() -> None:
    """The vehicle alone, or the station whatever the vehicle does (1.6 section 4.9)."""
    world = World()
    world.online()
    world.plug(ready=False)
    world.swipe()
    world.tell(e.PilotChanged(1, Pilot.C))
    world.tell(e.PilotChanged(1, Pilot.B))
    world.ask(WriteSetting(rows.STATION_MAX.id, "5", By.LOCAL))
    world.ask(WriteSetting(rows.STATION_MAX.id, "16", By.LOCAL))
    world.tell(e.PilotChanged(1, Pilot.C))
    world.ask(WriteSetting(rows.STATION_MAX.id, "5", By.LOCAL))
    world.ask(WriteSetting(rows.STATION_MAX.id, "16", By.LOCAL))

    assert world.statuses()[2:] == [
        Status.SUSPENDED_EV,
        Status.CHARGING,
        Status.SUSPENDED_EV,
        Status.SUSPENDED_EVSE,
        Status.SUSPENDED_EV,
        Status.CHARGING,
        Status.SUSPENDED_EVSE,
        Status.SUSPENDED_EV,
        Status.CHARGING,
    ]


def test_energy_transfer_as_start_point_needs_an_offer_first() -> None:
    """A vehicle asks only for what is offered, so the offer comes before the transaction."""
    world = World()
    world.online()
    world.put(tx_rows.START_POINT, to=("EnergyTransfer",))
    world.plug(ready=False)
    world.swipe()

    assert world.station.view().evses[0].offered_a == 16
    assert world.told(TransactionStarted) == []
    assert world.statuses()[-1] is Status.PREPARING
