"""Every decision can be explained in one plain sentence, and the sentence is of the rule itself."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from laadpaal.properties import authorization as auth
from laadpaal.properties import charging as rows
from laadpaal.properties.rows import Setting
from laadpaal.station import events as e
from laadpaal.station.cards import Card, Rank
from laadpaal.station.charging_profiles import Period, Schedule, Source, Unit
from laadpaal.station.claims import Claim, Offer
from laadpaal.station.layout import ConnectorLayout, EvseLayout, Layout, Outlet
from laadpaal.station.limits import SetExternalLimit
from laadpaal.station.notices import LimitChanged, StatusChanged
from laadpaal.station.phases import LineChange
from laadpaal.station.refusals import MOST, Refusal
from laadpaal.station.requests import ChangeAvailability, StartCharging
from laadpaal.station.saved import ListedToken, Saved
from laadpaal.station.why import Why
from laadpaal.station.words import By, Pilot, Status, Token, TokenStatus, Verdict
from tests.support.paying import Till
from tests.support.world import World


@pytest.fixture
def world() -> World:
    """Return a station that the CSMS has accepted."""
    made = World()
    made.online()
    return made


def why(world: World, evse: int = 1) -> Why:
    """Return what the station says of itself."""
    return world.station.why(evse)


@pytest.mark.parametrize(
    ("by", "limit_a", "sentence"),
    [
        ("cable", 16.0, "16 A of 32 A: the cable is rated 16 A"),
        ("connector", 32.0, "32 A of 32 A: the connector may carry 32 A"),
        ("station", 9.5, "9.5 A of 32 A: the station leaves it 9.5 A"),
        ("installation", 8.0, "8 A of 32 A: the installation leaves it 8 A"),
        ("imbalance", 7, "7 A of 32 A: the difference allowed between phases leaves it 7 A"),
        ("house fuse L2", 8.4, "8.4 A of 32 A: the house leaves it 8.4 A on L2"),
        ("P1 data lost", 9, "9 A of 32 A: the P1 data are lost, and the safe current is 9 A"),
        ("grid meter lost", 9, "9 A of 32 A: the grid meter is lost, and the safe current is 9 A"),
        ("temperature inside", 11.2, "11.2 A of 32 A: the heat inside leaves it 11.2 A"),
        ("TxProfile 3", 0.0, "0 A of 32 A: TxProfile 3 allows 0 A"),
    ],
)
def test_the_claim_that_decides_is_said_with_its_values(
    by: str, limit_a: float, sentence: str
) -> None:
    """How much of how much, and who decides that."""
    assert Offer(limit_a, by).sentence(32.0) == sentence


def test_a_cable_explains_the_current(world: World) -> None:
    """The reply, the view and the notice say the same sentence, and all claims are shown."""
    world.tell(e.CablePlugged(1, 1, 13.0))

    sentence = "13 A of 32 A: the cable is rated 13 A"
    assert why(world).current == sentence
    assert Claim("cable", 13.0) in why(world).claims
    assert world.station.view().evses[0].limited == sentence
    assert world.told(LimitChanged)[-1].why == sentence


def test_a_status_is_explained_by_the_rule_that_gave_it(world: World) -> None:
    """From nobody there to a fault, the first rule that holds is the one that is told."""

    def status() -> tuple[Status, str]:
        one = why(world).statuses[0]
        return one.status, one.why

    assert status() == (Status.AVAILABLE, "nobody uses it")
    world.plug()
    assert status()[0] is Status.PREPARING
    assert world.station.view().evses[0].connectors[0].why == status()[1]
    world.swipe()
    assert status() == (Status.CHARGING, "energy may flow")
    world.tell(e.PilotChanged(1, Pilot.B))
    assert status() == (Status.SUSPENDED_EV, "the vehicle asks for none")
    world.tell(e.FaultRaised(1, 101))
    fault = "fault 101: residual current, goes on by itself"
    assert status() == (Status.SUSPENDED_EVSE, fault)
    world.tell(e.FaultRaised(1, 102))
    assert status() == (Status.FAULTED, "fault 102: contactor failure")
    assert why(world).faults == (fault, "fault 102: contactor failure")
    world.pass_time(2)
    assert world.told(StatusChanged)[-1].why == "fault 102: contactor failure"


def test_a_vehicle_that_answers_not_is_waited_for(world: World) -> None:
    """What is offered and not taken yet is the vehicle's business."""
    world.plug(ready=False)
    world.swipe()

    assert why(world).statuses[0].status is Status.SUSPENDED_EV
    assert why(world).statuses[0].why == "the vehicle asks for none"


def test_somebody_who_may_charge_is_waited_for(world: World) -> None:
    """A card before the plug keeps the connector for its owner."""
    world.swipe()

    assert why(world).statuses[0].why == "somebody may charge, and has yet to connect the vehicle"


@pytest.mark.parametrize(
    ("place", "sentence"),
    [((0, 0), "the station was taken out of use"), ((1, 0), "it was taken out of use")],
)
def test_what_is_out_of_use_says_so(world: World, place: tuple[int, int], sentence: str) -> None:
    """The station is told from the EVSE."""
    world.ask(ChangeAvailability(operative=False, evse=place[0], connector=place[1]))

    assert why(world).statuses[0].why == sentence
    assert why(world).statuses[0].status is Status.UNAVAILABLE


def test_firmware_and_a_reset_take_out_of_use(world: World) -> None:
    """Nobody did it, and still it is said why."""
    world.evse().resetting = True
    assert why(world).statuses[0].why == "EVSE 1 starts anew"
    world.station.parts.facts.closed = True
    assert why(world).statuses[0].why == "firmware is about to be installed"


def test_energy_says_what_it_waits_for(world: World) -> None:
    """Each hindrance in turn, until energy flows."""

    def energy() -> str:
        return why(world).energy.removeprefix("no energy is to flow: ")

    assert energy() == "no vehicle is connected"
    world.plug(ready=False)
    assert energy() == "nobody is authorized"
    world.put(rows.STATION_MAX, to=0)
    world.swipe()
    assert energy() == "0 A of 32 A: the station leaves it 0 A, and less than 6 A is none"
    world.put(rows.STATION_MAX, to=32)
    world.tell(e.PilotChanged(1, Pilot.B))
    assert energy() == "the vehicle asks for none"
    world.tell(e.PilotChanged(1, Pilot.D))
    assert energy() == "the vehicle asks for air, and none is moved here"
    world.evse().locked = False
    world.evse().contactor_closed = False
    assert energy() == "the plug is not locked yet"
    world.evse().locked = True
    world.evse().change = LineChange.PAUSING
    assert energy() == "the lines are being switched"
    assert why(world).lines == "3 lines: contactor decides; the change is pausing"
    world.evse().change = None
    world.tell(e.PilotChanged(1, Pilot.C))
    assert why(world).flows
    assert energy().startswith("energy flows: ")
    world.evse().contactor_closed = False
    assert energy() == "energy is to flow, and the contactor has yet to close"
    world.evse().measurement = None
    assert energy() == "the meter has not answered yet"
    assert not why(world).flows


def test_a_blocked_token_and_a_restart_stop_energy(world: World) -> None:
    """What the CSMS or the station itself has decided is said as such."""
    world.plug()
    world.swipe()
    world.evse().transaction.blocked = True  # type: ignore[union-attr]  # the swipe began it

    refused = "no energy is to flow: the CSMS does not accept the token of the transaction"
    assert why(world).energy == f"{refused}; the contactor has not opened"
    world.evse().contactor_closed = False
    assert why(world).energy == refused
    world.station.parts.facts.restarting = True
    assert why(world).energy.endswith("the station is about to start anew")


def test_the_lock_says_whom_it_holds_for(world: World) -> None:
    """Fixed cables have none; a plug is free, locked, about to be let go, or stuck."""
    assert why(world).lock == "no plug is here"
    world.plug()
    assert why(world).lock == "a plug is here, and not locked"
    world.evse().lock_wanted, world.evse().lock_tries = True, 2
    assert why(world).lock == "the plug is being locked: try 2"
    world.evse().lock_wanted, world.evse().forced = False, 3
    assert why(world).lock == "the plug was let go, and its lock forced open 3 times since"
    world.swipe()
    assert why(world).lock == "the plug is locked for its owner"
    world.evse().authorization = None
    assert why(world).lock == "the plug is about to be let go"
    world.evse().jammed = True
    assert why(world).lock == "the lock did not let the plug go"
    fixed = World(Layout(evses=(EvseLayout((ConnectorLayout(Outlet.CABLE),)),)))
    assert why(fixed).lock == "the cable is fixed, or the outlet has no lock"


def test_one_line_is_said_as_one(world: World) -> None:
    """The lines have a number and a name."""
    world.evse().installation_phases = 1

    assert why(world).lines == "1 line: installation decides"


def test_the_last_refusals_are_remembered(world: World) -> None:
    """Tokens and wishes, where they were meant for, with the second; only a few."""
    at = world.now.utc
    world.swipe(Token("DEAD"), Verdict(TokenStatus.INVALID))
    assert why(world).refusals[0] == Refusal(at, "a token", why(world).refusals[0].why)
    assert why(world).refusals[0].why
    for _ in range(MOST + 1):
        world.ask(ChangeAvailability(operative=False, evse=1, connector=9))
    world.ask(StartCharging(7, Token("AB"), By.LOCAL))

    assert len(why(world).refusals) == MOST
    assert {one.what for one in why(world).refusals} == {"ChangeAvailability"}
    assert [one.what for one in why(world, 0).refusals] == ["StartCharging"]


def test_the_station_explains_itself(world: World) -> None:
    """EVSE 0 tells what holds for all, where energy flows, and what is wrong."""
    said = why(world, 0)
    assert said.current == "32 A for all together: station"
    assert said.statuses[0].why == "nothing keeps it from serving"
    assert (said.flows, said.energy, said.faults) == (False, "energy flows nowhere", ())

    world.plug()
    world.swipe()
    assert why(world, 0).energy == "energy flows at EVSE 1"
    world.tell(e.FaultRaised(0, 106))
    assert why(world, 0).statuses[0].why == "fault 106: internal fault"
    assert why(world, 0).faults == ("fault 106: internal fault",)
    world.tell(e.FaultCleared(0, 106))
    world.ask(ChangeAvailability(operative=False))
    assert why(world, 0).statuses[0].why == "the station was taken out of use"


def test_why_a_notice_was_told_does_not_make_it_another() -> None:
    """The sentence is for people: what is told once is not told again for its words."""
    limit = LimitChanged(1, 16.0, "cable", "16 A of 32 A: the cable is rated 16 A")

    assert replace(limit, why="") == limit
    assert "why" not in repr(limit)


def test_a_domestic_outlet_says_what_it_needs() -> None:
    """Without a pilot nobody can be told less, so less than all is none; and plugs wait."""
    domestic = ConnectorLayout(Outlet.DOMESTIC, 16.0, 1)
    world = World(Layout(evses=(EvseLayout((ConnectorLayout(), domestic)),)))
    world.online()
    world.put(rows.DOMESTIC_MAX, to=12)
    world.tell(e.CablePlugged(1, 2))
    world.measure()
    world.swipe()
    world.tell(e.CablePlugged(1, 1, 32.0))
    world.put(rows.INSTALLATION_MAX, to=32)
    world.ask(SetExternalLimit(Source.EMS, 1, Schedule(Unit.AMPERE, (Period(0, 10.0),))))

    short = "10 A of 16 A: EMS limit allows 10 A, and less than 12 A is none"
    assert why(world).energy.removeprefix("no energy is to flow: ").startswith(short)
    assert why(world).lock == "the cable is fixed, or the outlet has no lock"
    waits = "its plug waits until the other outlet is done with"
    assert (why(world).statuses[0].status, why(world).statuses[0].why) == (Status.AVAILABLE, waits)


@pytest.mark.parametrize(
    ("values", "online", "sentence"),
    [
        ({}, True, "the CSMS says Blocked"),
        ({}, False, "the CSMS cannot be asked"),
        ({auth.NEVER_ASK: True}, True, "nothing here knows the token, and the CSMS is not asked"),
        (
            {auth.METHOD: auth.LOCAL_CARDS},
            True,
            "nothing here knows the token, and the CSMS is not asked",
        ),
        ({auth.METHOD: auth.BUTTON}, True, "cards are not taken here"),
    ],
)
def test_a_refused_token_names_who_refused_it(
    values: dict[Setting[Any], object], sentence: str, *, online: bool
) -> None:
    """The CSMS, or the station, as it cannot or may not ask."""
    world = World()
    if online:
        world.online()
    for row, value in values.items():
        world.values.put(row, value)
    world.plug()
    world.swipe(verdict=Verdict(TokenStatus.BLOCKED))

    assert [one.why for one in why(world).refusals] == [sentence]


def test_what_is_known_here_is_named_too() -> None:
    """The white list, the cache and the local list each stand by their word."""
    blocked = Verdict(TokenStatus.BLOCKED)
    world = World(
        saved=Saved(
            cards=(Card(Token("04A1"), Rank.BLOCKED),),
            listed=(ListedToken(Token("04B2"), blocked),),
        )
    )
    world.values.put(auth.METHOD, auth.LOCAL_CARDS)
    world.values.put(auth.LOCAL_LIST_ENABLED, value=True)
    world.online()
    world.plug()
    world.swipe(Token("04A1"), reader=1)
    world.swipe(Token("04B2"), reader=1)
    assert [one.why for one in why(world).refusals] == [
        "the white list says Blocked",
        "the local list says Blocked",
    ]


def test_a_refused_payment_is_remembered() -> None:
    """Who turned the card away says why, as the display does."""
    till = Till()
    till.online()
    till.ask(ChangeAvailability(operative=False, evse=1))
    till.tap(reader=1)
    assert [one for one in till.station.why(1).refusals if one.what == "a payment"] == [
        Refusal(till.now.utc, "a payment", "the EVSE is in use, or kept for others")
    ]
