"""Reservations: who may have an EVSE, whom it is kept for, and how that ends."""

from __future__ import annotations

from dataclasses import replace

import pytest

from laadpaal.properties import authorization as auth_rows
from laadpaal.properties import reservations as rows
from laadpaal.properties import transactions as tx_rows
from laadpaal.station import events as e
from laadpaal.station.answers import Accepted, Answer, Reason, Refused, Scheduled
from laadpaal.station.display import ScreenState
from laadpaal.station.layout import ConnectorLayout, EvseLayout, Layout, Outlet
from laadpaal.station.lights import Light
from laadpaal.station.notices import (
    AuthorizationNeeded,
    ReservationEnded,
    Restarting,
    TokenRefused,
    TransactionEnded,
    TransactionStarted,
    TransactionUpdated,
)
from laadpaal.station.records import ReservationClosed, ReservationSaved
from laadpaal.station.requests import (
    CancelReservation,
    ChangeAvailability,
    Reserve,
    Reset,
    StartCharging,
)
from laadpaal.station.saved import Saved
from laadpaal.station.status import connector_status
from laadpaal.station.words import (
    LARGEST,
    BootReason,
    By,
    Reservation,
    ReservationEnd,
    ResetKind,
    Status,
    Token,
    TokenKind,
    TokenStatus,
    Verdict,
)
from tests.support.world import CARD, GOOD, NOON, World

OTHER = Token("OTHER")
FAMILY = Verdict(TokenStatus.ACCEPTED, group="family")
FRIENDS = Verdict(TokenStatus.ACCEPTED, group="friends")
HOUR_S = 3600.0


def reservation(id_: int = 1, evse: int = 1, *, group: str | None = None) -> Reservation:
    """Return a reservation for the card that lasts an hour; its maker knows no kinds."""
    return Reservation(id_, evse, Token(CARD.value, kind=None), NOON + HOUR_S, group)


def online() -> World:
    """Return an accepted station."""
    world = World()
    world.online()
    return world


def reserved(evse: int = 1, *, group: str | None = None) -> World:
    """Return an accepted station that keeps an EVSE for the card, or one of the group."""
    world = online()
    assert world.ask(Reserve(reservation(evse=evse, group=group))) == Accepted()
    return world


def why(answer: Answer) -> Reason:
    """Return why something was refused."""
    assert isinstance(answer, Refused)
    assert answer.detail
    return answer.reason


def status(world: World, evse: int = 1) -> Status:
    """Return the status of an EVSE now."""
    return connector_status(world.station.parts.facts, world.evse(evse), 1)


def asked(world: World) -> list[str]:
    """Return the tokens that the CSMS was asked about."""
    return [notice.token.value for notice in world.told(AuthorizationNeeded)]


def ends(world: World) -> list[ReservationEnd]:
    """Return how reservations have ended."""
    return [notice.why for notice in world.told(ReservationEnded)]


# --- what may be reserved ---


def test_a_free_evse_is_reserved() -> None:
    """It is told, shown until when, lit, kept, and to be seen."""
    world = reserved()
    view = world.station.view()

    assert world.statuses() == [Status.AVAILABLE, Status.RESERVED]
    assert view.reservations == (reservation(),)
    assert view.evses[0].screen.state is ScreenState.RESERVED
    assert view.evses[0].screen.until == NOON + HOUR_S
    assert view.evses[0].light is Light.RESERVED
    assert ReservationSaved(reservation()) in world.records
    assert status(world, 2) is Status.AVAILABLE


def test_every_connector_of_an_evse_is_reserved() -> None:
    """Whoever takes one of them takes the EVSE."""
    world = World(Layout(evses=(EvseLayout((ConnectorLayout(), ConnectorLayout())),)))
    world.online()
    world.ask(Reserve(reservation()))

    connectors = world.station.view().evses[0].connectors
    assert [connector.status for connector in connectors] == [Status.RESERVED] * 2


@pytest.mark.parametrize(
    ("evse", "reason"),
    [
        (1, Reason.OCCUPIED),
        (2, Reason.RESERVED),
        (3, Reason.FAULTED),
        (4, Reason.UNAVAILABLE),
        (5, Reason.OCCUPIED),
        (6, Reason.OCCUPIED),
        (9, Reason.UNKNOWN_EVSE),
    ],
)
def test_what_is_not_free_cannot_be_reserved(evse: int, reason: Reason) -> None:
    """In use, reserved, faulty, out of use, being authorized, unknown (1.6 section 4.11)."""
    world = World(Layout(evses=(EvseLayout(),) * 6))
    world.online()
    world.tell(e.CablePlugged(1))
    world.ask(Reserve(reservation(7, 2)))
    world.tell(e.FaultRaised(3, 201))
    world.ask(ChangeAvailability(operative=False, evse=4))
    world.swipe(OTHER, reader=5)
    world.swipe(Token("THIRD"), verdict=None, reader=6)

    assert why(world.ask(Reserve(reservation(8, evse)))) is reason
    assert world.station.view().reservations == (reservation(7, 2),)


@pytest.mark.parametrize(
    "wanted",
    [
        replace(reservation(), until=NOON),
        replace(reservation(), until=NOON - 1),
        reservation(LARGEST + 1),
        reservation(-LARGEST - 1),
    ],
)
def test_what_makes_no_sense_is_not_reserved(wanted: Reservation) -> None:
    """Over already, or with a number that cannot be stored."""
    assert why(online().ask(Reserve(wanted))) is Reason.BAD_VALUE


@pytest.mark.parametrize(
    "wanted",
    [
        replace(reservation(), token=Token("", kind=None)),
        replace(reservation(), token=Token("A\x001", kind=None)),
        reservation(group="\u200b"),
        reservation(group=""),
    ],
)
def test_nothing_is_reserved_for_nobody(wanted: Reservation) -> None:
    """Token and group must be texts that can be read."""
    world = online()

    assert why(world.ask(Reserve(wanted))) is Reason.BAD_TOKEN
    assert world.station.view().reservations == ()


def test_nothing_is_reserved_of_a_station_that_is_about_to_restart() -> None:
    """It is out of use, though it waits for a transaction elsewhere."""
    world = online()
    world.plug(2)
    world.swipe(OTHER, reader=2)
    world.ask(Reset(ResetKind.ON_IDLE))

    assert why(world.ask(Reserve(reservation()))) is Reason.UNAVAILABLE


def test_a_station_with_a_fault_reserves_nothing() -> None:
    """Its own fault is one of every EVSE, and it ends what was reserved."""
    world = reserved()
    world.tell(e.FaultRaised(0, 201))

    assert ends(world) == [ReservationEnd.REMOVED]
    assert why(world.ask(Reserve(reservation()))) is Reason.FAULTED
    assert why(world.ask(Reserve(reservation(evse=0)))) is Reason.FAULTED


def test_reservations_can_be_switched_off() -> None:
    """Those that were made before stay."""
    world = reserved()
    world.put(rows.RESERVATIONS_ENABLED, to=False)

    assert why(world.ask(Reserve(reservation(2, 2)))) is Reason.NO_RESERVATIONS
    assert status(world) is Status.RESERVED


def test_the_same_number_replaces() -> None:
    """Another time, another token, another EVSE; with a plug in the reserved one, too."""
    world = reserved()
    world.plug()
    longer = replace(reservation(), until=NOON + 2 * HOUR_S, token=OTHER)
    assert world.ask(Reserve(longer)) == Accepted()
    assert world.station.view().reservations == (longer,)

    assert world.ask(Reserve(reservation(evse=2))) == Accepted()

    assert world.station.view().reservations == (reservation(evse=2),)
    assert (status(world), status(world, 2)) == (Status.PREPARING, Status.RESERVED)
    assert ends(world) == []


def test_a_replacement_that_is_refused_replaces_nothing() -> None:
    """The old one stays as it was."""
    world = reserved()
    world.plug(2)

    assert why(world.ask(Reserve(reservation(evse=2)))) is Reason.OCCUPIED
    assert world.station.view().reservations == (reservation(),)


# --- any EVSE ---


def test_any_evse_keeps_the_last_free_one() -> None:
    """As long as there is another, none in particular is reserved (1.6 section 4.11)."""
    world = reserved(evse=0)
    assert (status(world), status(world, 2)) == (Status.AVAILABLE, Status.AVAILABLE)

    world.plug(1)
    assert (status(world), status(world, 2)) == (Status.PREPARING, Status.RESERVED)
    world.swipe(OTHER, reader=1)
    assert status(world) is Status.CHARGING

    world.swipe(OTHER, reader=1)
    world.tell(e.CableUnplugged(1))
    assert (status(world), status(world, 2)) == (Status.AVAILABLE, Status.AVAILABLE)


def test_a_plug_in_the_last_free_one_changes_nothing() -> None:
    """It stays reserved, and where the first plug came it does not."""
    world = reserved(evse=0)
    world.plug(1)
    world.plug(2)

    assert (status(world), status(world, 2)) == (Status.PREPARING, Status.RESERVED)
    world.tell(e.CableUnplugged(1))
    assert (status(world), status(world, 2)) == (Status.RESERVED, Status.PREPARING)


@pytest.mark.parametrize("reader", [0, 1, 2])
def test_who_reserved_any_may_have_each(reader: int) -> None:
    """The number goes with the transaction, and the other EVSE is for everybody."""
    world = reserved(evse=0)
    there = reader or 2
    world.plug(there)
    world.swipe(reader=reader)

    [started] = world.told(TransactionStarted)
    assert (started.evse, started.reservation) == (there, 1)
    assert ends(world) == [ReservationEnd.USED]
    assert status(world, 3 - there) is Status.AVAILABLE


def test_any_evse_may_be_as_many_as_there_are() -> None:
    """Each needs one of its own, and then all of them are reserved."""
    world = reserved(evse=0)
    assert world.ask(Reserve(reservation(2, 0))) == Accepted()
    assert (status(world), status(world, 2)) == (Status.RESERVED, Status.RESERVED)
    assert why(world.ask(Reserve(reservation(3, 0)))) is Reason.RESERVED
    assert why(world.ask(Reserve(reservation(3, 1)))) is Reason.RESERVED
    longer = replace(reservation(2, 0), until=NOON + 2 * HOUR_S)
    assert world.ask(Reserve(longer)) == Accepted()


def test_a_certain_evse_beside_any() -> None:
    """Whoever reserves the second last leaves the last for whoever reserved any."""
    world = reserved(evse=0)
    assert world.ask(Reserve(reservation(2, 1))) == Accepted()

    assert (status(world), status(world, 2)) == (Status.RESERVED, Status.RESERVED)
    world.plug(2)
    world.swipe(reader=2)
    [started] = world.told(TransactionStarted)
    assert started.reservation == 1
    assert status(world) is Status.RESERVED


def test_without_the_setting_an_evse_must_be_named() -> None:
    """ReserveConnectorZeroSupported is false."""
    world = online()
    world.put(rows.ANY_EVSE_RESERVABLE, to=False)

    assert why(world.ask(Reserve(reservation(evse=0)))) is Reason.UNSUPPORTED


@pytest.mark.parametrize(
    ("first", "second", "reason"),
    [
        ("plug", "plug", Reason.OCCUPIED),
        ("plug", "fault", Reason.OCCUPIED),
        ("fault", "off", Reason.FAULTED),
        ("fault", "fault", Reason.FAULTED),
        ("off", "off", Reason.UNAVAILABLE),
    ],
)
def test_the_reason_when_no_evse_can_be_kept(first: str, second: str, reason: Reason) -> None:
    """One that is in use says more than one that is faulty, and that more than out of use."""
    world = online()
    for evse, happens in enumerate((first, second), 1):
        match happens:
            case "plug":
                world.plug(evse)
            case "fault":
                world.tell(e.FaultRaised(evse, 201))
            case _:
                world.ask(ChangeAvailability(operative=False, evse=evse))

    assert why(world.ask(Reserve(reservation(evse=0)))) is reason


# --- who comes ---


@pytest.mark.parametrize("reader", [0, 1])
def test_who_reserved_starts(reader: int) -> None:
    """Whatever kind of token carries the value; the number goes with the transaction."""
    world = reserved()
    world.plug()
    assert status(world) is Status.RESERVED
    world.swipe(Token(CARD.value.lower(), TokenKind.ISO15693), reader=reader)

    [started] = world.told(TransactionStarted)
    assert (started.evse, started.reservation) == (1, 1)
    assert ends(world) == [ReservationEnd.USED]
    assert ReservationClosed(1) in world.records
    assert world.station.view().reservations == ()
    assert world.statuses() == [
        Status.AVAILABLE,
        Status.RESERVED,
        Status.PREPARING,
        Status.CHARGING,
    ]


def test_the_card_before_the_plug() -> None:
    """Once presented, the reservation is used; nobody plugs in, and the EVSE is for everybody."""
    world = reserved()
    world.swipe(reader=1)
    assert status(world) is Status.PREPARING
    world.pass_time(121.0)

    assert status(world) is Status.AVAILABLE
    assert ends(world) == [ReservationEnd.USED]
    assert world.told(TransactionStarted) == []


@pytest.mark.parametrize("evse", [0, 1])
def test_another_card_is_turned_away_unasked(evse: int) -> None:
    """The CSMS is not asked about who cannot be meant (1.6 section 4.11)."""
    world = reserved(evse)
    world.tell(e.FaultRaised(2, 201))
    world.plug()
    world.swipe(OTHER, reader=1)

    assert asked(world) == []
    assert [n.why for n in world.told(TokenRefused)] == ["the EVSE is reserved"]
    assert world.station.view().evses[0].screen.state is ScreenState.CARD_REJECTED
    assert status(world) is Status.RESERVED
    world.pass_time(4.0)
    assert world.station.view().evses[0].screen.state is ScreenState.RESERVED


def test_the_one_reader_finds_a_free_evse_for_another_card() -> None:
    """Even when the plug in the reserved one came last."""
    world = reserved()
    world.plug(2)
    world.plug(1)
    world.swipe(OTHER)

    assert [n.evse for n in world.told(TransactionStarted)] == [2]
    assert world.told(TransactionStarted)[0].reservation is None


def test_the_one_reader_finds_the_reserved_evse() -> None:
    """Who reserved it need not show which one, and a plug elsewhere does not lead them astray."""
    world = reserved(evse=2)
    world.swipe()
    world.plug(1)

    assert world.evse(2).authorization
    assert status(world) is Status.PREPARING


def test_the_one_reader_when_all_is_reserved_or_taken() -> None:
    """Who may stop is found at what is in use; else the card is turned away."""
    world = reserved()
    world.plug(2)
    world.swipe(OTHER, reader=2)
    world.swipe(Token("THIRD"))
    assert asked(world) == ["OTHER", "THIRD"]

    world.tell(e.FaultRaised(2, 201))
    world.tell(e.CableUnplugged(2))
    world.swipe(Token("FOURTH"))
    assert asked(world) == ["OTHER", "THIRD"]


@pytest.mark.parametrize(("verdict", "starts"), [(FAMILY, True), (FRIENDS, False), (GOOD, False)])
@pytest.mark.parametrize("evse", [0, 1])
def test_the_group_is_asked_for(evse: int, verdict: Verdict, *, starts: bool) -> None:
    """Whoever belongs to it may come in the token's place (1.6 parentIdTag, 2.0.1 H03)."""
    world = reserved(evse, group="family")
    world.plug(2)
    world.swipe(Token("SOMEBODY"), reader=2)
    world.plug()
    world.swipe(OTHER, verdict, reader=1)

    mine = [n.reservation for n in world.told(TransactionStarted) if n.evse == 1]
    assert asked(world) == ["SOMEBODY", "OTHER"]
    assert mine == ([1] if starts else [])
    assert status(world) is (Status.CHARGING if starts else Status.RESERVED)


@pytest.mark.parametrize(("known", "asks"), [(FAMILY, True), (FRIENDS, False), (GOOD, True)])
def test_a_group_that_is_known_need_not_be_asked_for(known: Verdict, *, asks: bool) -> None:
    """One of another group is turned away; without any, the CSMS may know better by now."""
    world = reserved(group="family")
    world.tell(e.TokenJudged(OTHER, known))
    world.plug()
    world.swipe(OTHER, verdict=None, reader=1)

    assert bool(asked(world)) == asks


def test_a_known_group_starts_unasked_if_it_may() -> None:
    """List and cache know the group as well as the CSMS does."""
    world = reserved(group="family")
    world.put(auth_rows.PRE_AUTHORIZE, to=True)
    world.tell(e.TokenJudged(OTHER, FAMILY))
    world.plug()
    world.swipe(OTHER, verdict=None, reader=1)

    assert asked(world) == []
    assert [n.reservation for n in world.told(TransactionStarted)] == [1]


def test_a_card_without_plug_prefers_what_nobody_reserved() -> None:
    """Though it might belong to the group."""
    world = reserved(group="family")
    world.swipe(OTHER, FAMILY)

    assert world.evse(2).authorization
    assert status(world) is Status.RESERVED


def test_who_reserved_another_evse_keeps_it() -> None:
    """Charging elsewhere uses nothing up."""
    world = reserved()
    world.plug(2)
    world.swipe(reader=2)

    assert [n.reservation for n in world.told(TransactionStarted)] == [None]
    assert status(world) is Status.RESERVED


def test_a_card_that_came_before_does_not_follow_a_plug_into_a_reserved_evse() -> None:
    """Neither while it is being checked nor afterwards; the plug is somebody else's (S63)."""
    world = online()
    world.swipe(OTHER, verdict=None)
    world.ask(Reserve(reservation(evse=2)))
    world.plug(2)
    assert world.evse(1).waiting
    world.tell(e.TokenJudged(OTHER, GOOD))
    world.tell(e.CableUnplugged(2))
    world.plug(2)

    assert world.evse(1).authorization
    assert status(world, 2) is Status.RESERVED


def test_a_card_of_the_group_does_follow() -> None:
    """The EVSE is kept for just such a card."""
    world = online()
    world.swipe(OTHER, FAMILY)
    world.ask(Reserve(reservation(evse=2, group="family")))
    world.plug(2)

    [started] = world.told(TransactionStarted)
    assert started.evse == 2


def test_what_is_kept_changes_while_the_answer_is_awaited() -> None:
    """Two strangers are asked about, and the second finds the last EVSE kept."""
    world = reserved(evse=0)
    world.swipe(OTHER, verdict=None, reader=1)
    world.swipe(Token("THIRD"), verdict=None, reader=2)
    world.tell(e.TokenJudged(OTHER, GOOD))
    world.tell(e.TokenJudged(Token("THIRD"), GOOD))

    assert world.evse(1).authorization
    assert [(n.evse, n.why) for n in world.told(TokenRefused)] == [(2, "the EVSE is reserved")]


def test_a_transaction_that_has_begun_hears_of_it_later() -> None:
    """Begun by the plug, it tells the number with the authorization."""
    world = reserved()
    world.put(tx_rows.START_POINT, to=("EVConnected",))
    world.put(tx_rows.STOP_POINT, to=("EVConnected",))
    world.plug()
    assert status(world) is Status.RESERVED
    assert [n.reservation for n in world.told(TransactionStarted)] == [None]
    world.swipe()

    assert [n.reservation for n in world.told(TransactionUpdated) if n.reservation] == [1]


# --- from afar ---


def test_a_remote_start_uses_the_reservation() -> None:
    """Checked like a card, or not at all."""
    for check in (True, False):
        world = reserved()
        world.plug()
        assert world.ask(StartCharging(1, CARD, check=check)) == Accepted()
        world.tell(e.TokenJudged(CARD, GOOD))

        assert [n.reservation for n in world.told(TransactionStarted)] == [1]


@pytest.mark.parametrize("evse", [1, 0])
def test_a_remote_start_for_another_is_refused(evse: int) -> None:
    """Reserved is reserved (S53)."""
    world = reserved()
    world.tell(e.FaultRaised(2, 201))
    reason = Reason.RESERVED if evse else Reason.NO_FREE_EVSE

    assert why(world.ask(StartCharging(evse, OTHER))) is reason
    assert why(world.ask(StartCharging(evse, OTHER, By.LOCAL, check=False))) is reason


@pytest.mark.parametrize(
    ("check", "group", "accepted"),
    [(True, None, True), (False, None, False), (False, "family", True), (True, "friends", False)],
)
def test_a_remote_start_of_the_group(group: str | None, *, check: bool, accepted: bool) -> None:
    """Who is checked may yet turn out to belong to it; who is not must be known to."""
    world = reserved(group="family")
    world.plug()
    answer = world.ask(StartCharging(1, OTHER, check=check, group=group))
    assert (answer == Accepted()) == accepted
    world.tell(e.TokenJudged(OTHER, FAMILY))

    assert [n.reservation for n in world.told(TransactionStarted)] == ([1] if accepted else [])


def test_a_remote_start_without_evse_finds_the_reserved_one() -> None:
    """And stays there, though a plug appears elsewhere."""
    world = reserved(evse=2)
    world.ask(StartCharging(0, CARD, check=False))
    world.plug(1)

    assert world.evse(2).authorization
    assert world.told(TransactionStarted) == []


# --- how it ends ---


@pytest.mark.parametrize("evse", [0, 1])
def test_it_expires(evse: int) -> None:
    """At its instant, and everybody may come again."""
    world = reserved(evse)
    world.tell(e.FaultRaised(2, 201))
    world.pass_time(HOUR_S - 1)
    assert status(world) is Status.RESERVED
    world.pass_time(1)

    assert status(world) is Status.AVAILABLE
    assert ends(world) == [ReservationEnd.EXPIRED]
    assert ReservationClosed(1) in world.records


def test_each_expires_in_its_time() -> None:
    """One timer serves them all."""
    world = reserved()
    world.ask(Reserve(replace(reservation(2, 2), until=NOON + 60.0)))
    world.pass_time(60.0)
    assert [n.id for n in world.told(ReservationEnded)] == [2]
    world.pass_time(HOUR_S - 60.0)

    assert [n.id for n in world.told(ReservationEnded)] == [2, 1]


def test_it_expires_by_the_corrected_clock() -> None:
    """The instant is one of UTC, however it is counted."""
    world = reserved()
    world.now = replace(world.now, utc=world.now.utc + HOUR_S - 10.0)
    world.tell(e.ClockCorrected())
    world.pass_time(11.0)

    assert ends(world) == [ReservationEnd.EXPIRED]


def test_a_timer_that_comes_too_early_comes_again() -> None:
    """The clock was set back, and nobody has said so yet."""
    world = reserved()
    world.now = replace(world.now, utc=world.now.utc - 100.0)
    world.pass_time(HOUR_S)
    assert ends(world) == []
    world.pass_time(100.0)

    assert ends(world) == [ReservationEnd.EXPIRED]


def test_it_is_cancelled() -> None:
    """Once; a number that nobody knows is refused, and the reservation stays (H02)."""
    world = reserved()
    assert why(world.ask(CancelReservation(2))) is Reason.UNKNOWN_RESERVATION
    assert status(world) is Status.RESERVED

    assert world.ask(CancelReservation(1)) == Accepted()
    assert why(world.ask(CancelReservation(1))) is Reason.UNKNOWN_RESERVATION
    assert status(world) is Status.AVAILABLE
    assert ends(world) == [ReservationEnd.CANCELLED]


def test_a_fault_or_a_change_of_availability_ends_it() -> None:
    """When that is over, the EVSE is for everybody."""
    world = reserved()
    world.tell(e.FaultRaised(1, 201))
    assert status(world) is Status.FAULTED
    world.tell(e.FaultCleared(1, 201))
    assert status(world) is Status.AVAILABLE

    world.ask(Reserve(reservation()))
    world.ask(ChangeAvailability(operative=False))
    assert status(world) is Status.UNAVAILABLE
    assert ends(world) == [ReservationEnd.REMOVED] * 2


def test_any_evse_ends_with_the_last_that_serves() -> None:
    """A fault of one of them only makes the other the last free one."""
    world = reserved(evse=0)
    world.tell(e.FaultRaised(1, 201))
    assert (status(world, 2), ends(world)) == (Status.RESERVED, [])
    world.ask(ChangeAvailability(operative=False, evse=2))

    assert ends(world) == [ReservationEnd.REMOVED]


def test_it_survives() -> None:
    """After a power cut it is kept for the same token, and ends at the same instant."""
    world = World(saved=Saved(reservations=(reservation(),)))
    world.online()
    assert status(world) is Status.RESERVED
    world.pass_time(HOUR_S)

    assert ends(world) == [ReservationEnd.EXPIRED]


def test_what_expired_without_power_ends_at_once() -> None:
    """The station was off when its time came."""
    over = replace(reservation(), until=NOON - 5.0)
    world = World(saved=Saved(reservations=(over,)))
    world.pass_time(0.0)

    assert ends(world) == [ReservationEnd.EXPIRED]


def test_a_transaction_that_ends_leaves_no_reservation_behind() -> None:
    """What was used up is gone for good."""
    world = reserved()
    world.plug()
    world.swipe()
    world.swipe()
    world.tell(e.CableUnplugged(1))

    assert len(world.told(TransactionEnded)) == 1
    assert status(world) is Status.AVAILABLE


def test_a_kind_of_connector_is_any_evse_that_has_one() -> None:
    """Where all have it, none of them is kept before it must be (2.0.1 H01)."""
    world = World()

    assert world.ask(Reserve(reservation(evse=0), Outlet.SOCKET)) == Accepted()
    assert [r.evse for r in world.station.view().reservations] == [0]


def test_a_kind_that_one_evse_has_is_kept_there() -> None:
    """The first free one, or else nothing is accepted (2.0.1 H01)."""
    cable = EvseLayout((ConnectorLayout(Outlet.CABLE),))
    world = World(Layout(evses=(EvseLayout(), cable, cable)))

    assert world.ask(Reserve(reservation(1, 0), Outlet.CABLE)) == Accepted()
    assert world.ask(Reserve(reservation(2, 0), Outlet.CABLE)) == Accepted()
    assert [r.evse for r in world.station.view().reservations] == [2, 3]
    assert world.ask(Reserve(reservation(3, 0), Outlet.CABLE)) == Refused(
        Reason.RESERVED, "EVSE 2 is reserved"
    )


@pytest.mark.parametrize("evse", [0, 1])
def test_a_kind_that_is_not_there_is_refused(evse: int) -> None:
    """Neither here nor anywhere (2.0.1 H01)."""
    answer = World().ask(Reserve(reservation(evse=evse), Outlet.CABLE))

    assert isinstance(answer, Refused)
    assert answer.reason is Reason.UNKNOWN_OUTLET


def test_an_evse_that_is_not_there_has_no_kind() -> None:
    """What is wrong is the EVSE."""
    answer = World().ask(Reserve(reservation(evse=9), Outlet.CABLE))

    assert isinstance(answer, Refused)
    assert answer.reason is Reason.UNKNOWN_EVSE


def test_a_restart_when_idle_waits_for_whom_an_evse_is_kept() -> None:
    """The owner may still come, nobody else may, and then the station starts anew (2.0.1 B11)."""
    world = World()
    world.online()
    world.ask(Reserve(reservation()))
    assert world.ask(Reset(ResetKind.ON_IDLE)) == Scheduled()
    world.swipe(OTHER, reader=2)
    world.plug(2)
    assert world.told(TransactionStarted) == []
    world.swipe(reader=1)
    world.plug()
    assert [n.evse for n in world.told(TransactionStarted)] == [1]
    assert world.told(Restarting) == []
    world.swipe(reader=1)

    assert world.told(Restarting) == [Restarting(BootReason.SCHEDULED_RESET)]
