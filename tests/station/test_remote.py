"""What is asked from afar: starting, stopping, unlocking, reporting."""

from __future__ import annotations

import pytest

from laadpaal.properties import authorization as auth_rows
from laadpaal.properties import metering as meter_rows
from laadpaal.properties import transactions as tx_rows
from laadpaal.station import actions as a
from laadpaal.station import events as e
from laadpaal.station import requests as r
from laadpaal.station.answers import Accepted, Answer, Reason, Refused, Unlocking
from laadpaal.station.layout import ConnectorLayout, EvseLayout, Layout, Outlet
from laadpaal.station.measurement import Measurand
from laadpaal.station.notices import (
    AuthorizationNeeded,
    LockSettled,
    MeterSampled,
    StatusChanged,
    TransactionEnded,
    TransactionSampled,
    TransactionStarted,
)
from laadpaal.station.words import (
    By,
    ChargingState,
    Context,
    Pilot,
    ResetKind,
    Status,
    StopReason,
    Token,
    TokenKind,
    TokenStatus,
    Trigger,
    Verdict,
)
from tests.support.world import CARD, GOOD, World

TWO_OUTLETS = Layout(evses=(EvseLayout((ConnectorLayout(), ConnectorLayout())),))
FIXED = Layout(evses=(EvseLayout((ConnectorLayout(Outlet.CABLE),)),))


def accepted(layout: Layout | None = None) -> World:
    """Return a station that the CSMS has accepted."""
    world = World(layout)
    world.online()
    world.measure()
    return world


def reason(answer: Answer) -> Reason | None:
    """Return why it was refused."""
    return answer.reason if isinstance(answer, Refused) else None


# --- starting ---


@pytest.mark.parametrize(("verdict", "starts"), [(GOOD, 1), (Verdict(TokenStatus.BLOCKED), 0)])
def test_a_checked_start_asks_first(verdict: Verdict, starts: int) -> None:
    """Accepted means under way; a refused token starts nothing (F01, 1.6 section 4.6)."""
    world = accepted()
    world.plug()
    assert world.ask(r.StartCharging(1, CARD)) == Accepted()
    assert [n.token for n in world.told(AuthorizationNeeded)] == [CARD]
    again = world.ask(r.StartCharging(1, CARD))
    assert reason(again) is Reason.AUTHORIZING

    world.tell(e.TokenJudged(CARD, verdict))

    assert len(world.told(TransactionStarted)) == starts


@pytest.mark.parametrize("value", ["", "   ", "A\n1", "A\x001", "\u202eA1"])
def test_a_token_that_cannot_be_read_starts_nothing(value: str) -> None:
    """Nobody could tell, show or compare it; nobody is asked about it either."""
    world = accepted()
    world.plug()
    told = len(world.notices)

    assert reason(world.ask(r.StartCharging(1, Token(value)))) is Reason.BAD_TOKEN
    assert world.notices[told:] == []


def test_a_start_in_nobody_s_name_needs_no_text() -> None:
    """Its kind says that there is none (2.0.1 C02)."""
    world = accepted()
    world.plug()
    nobody = Token("", TokenKind.NO_AUTHORIZATION)

    assert world.ask(r.StartCharging(1, nobody, check=False)) == Accepted()
    assert world.evse().transaction


@pytest.mark.parametrize(("setting", "asker"), [(False, True), (True, False)])
def test_an_unchecked_start_asks_nobody(*, setting: bool, asker: bool) -> None:
    """Either the setting or the asker may take the token as good."""
    world = accepted()
    world.put(auth_rows.CHECK_REMOTE_START, to=setting)
    world.plug()
    world.ask(r.StartCharging(1, CARD, check=asker))

    assert world.told(AuthorizationNeeded) == []
    assert len(world.told(TransactionStarted)) == 1


def test_an_authorized_evse_is_taken() -> None:
    """A card that waits for its vehicle is not overruled."""
    world = accepted()
    world.swipe()

    assert reason(world.ask(r.StartCharging(1, Token("OTHER")))) is Reason.AUTHORIZING


def test_the_station_chooses_a_plugged_evse_else_a_free_one() -> None:
    """EVSE 0 means whichever; with none left it says so."""
    world = accepted()
    world.plug(2)
    world.ask(r.StartCharging(0, CARD, check=False))
    world.ask(r.StartCharging(0, Token("OTHER"), check=False))
    third = world.ask(r.StartCharging(0, Token("THIRD"), check=False))

    assert [n.evse for n in world.told(TransactionStarted)] == [2]
    assert world.evse(1).authorization
    assert reason(third) is Reason.NO_FREE_EVSE


def test_a_chosen_evse_is_not_the_last_word() -> None:
    """The start follows the plug when the station had to guess."""
    world = accepted()
    world.ask(r.StartCharging(0, CARD, check=False))
    world.plug(2)

    assert [n.evse for n in world.told(TransactionStarted)] == [2]


def test_a_named_evse_is_the_last_word() -> None:
    """The start stays where the CSMS wanted it."""
    world = accepted()
    world.ask(r.StartCharging(1, CARD, check=False))
    world.plug(2)

    assert world.told(TransactionStarted) == []


def test_the_asker_s_group_may_stop() -> None:
    """The group that comes with the request is the token's (F02)."""
    world = accepted()
    world.plug()
    world.ask(r.StartCharging(1, CARD, check=False, group="family"))
    world.swipe(Token("AUNT"), Verdict(TokenStatus.ACCEPTED, group="family"), reader=1)

    assert len(world.told(TransactionEnded)) == 1


def test_the_local_api_needs_no_csms() -> None:
    """Somebody at the station may start and stop while the CSMS is away."""
    world = World()
    world.plug()
    world.ask(r.StartCharging(1, CARD, By.LOCAL, check=False))
    [started] = world.told(TransactionStarted)
    stop = r.StopCharging(started.transaction, By.LOCAL, StopReason.LOCAL)

    assert world.ask(stop) == Accepted(started.transaction)
    [ended] = world.told(TransactionEnded)
    assert (ended.trigger, ended.reason) == (Trigger.STOP_AUTHORIZED, StopReason.LOCAL)


def test_a_csms_that_has_not_accepted_us_may_not_stop() -> None:
    """Pending means no starting and no stopping (1.6 section 4.2, 2.0.1 B02)."""
    world = accepted()
    world.plug()
    world.swipe()
    [started] = world.told(TransactionStarted)
    world.tell(e.CsmsOffline())

    assert reason(world.ask(r.StopCharging(started.transaction))) is Reason.NOT_REGISTERED
    assert world.told(TransactionEnded) == []


# --- unlocking ---


def unlocks(world: World) -> int:
    """Return how often a lock was told to open."""
    return sum(isinstance(action, a.UnlockPlug) for action in world.actions)


def test_unlocking_what_is_not_there() -> None:
    """Unknown connectors and fixed cables are refused, each with its reason (F05)."""
    world = accepted(FIXED)

    assert reason(world.ask(r.UnlockConnector(9))) is Reason.UNKNOWN_CONNECTOR
    assert reason(world.ask(r.UnlockConnector(1, 2))) is Reason.UNKNOWN_CONNECTOR
    assert reason(world.ask(r.UnlockConnector(1))) is Reason.FIXED_CABLE


def test_unlocking_an_idle_socket_moves_the_bolt_once() -> None:
    """It is tried even without a cable; the outcome is told."""
    world = accepted()
    before = unlocks(world)

    assert world.ask(r.UnlockConnector(1)) == Unlocking(1, 1)
    assert unlocks(world) == before + 1
    assert world.told(LockSettled)[-1] == LockSettled(1, 1, locked=False, failed=False)


def test_an_unlock_that_fails_is_told() -> None:
    """The lock stays locked and nothing is faulty: charging could go on."""
    world = accepted()
    world.tell(e.LockFailed(1, 1, locking=False))

    assert world.told(LockSettled)[-1] == LockSettled(1, 1, locked=True, failed=True)
    assert world.evse().locked
    assert world.statuses()[-1] is Status.AVAILABLE


def test_unlocking_takes_back_a_waiting_authorization() -> None:
    """A plug that is let go is not to charge a moment later."""
    world = accepted()
    world.tell(e.CablePlugged(1))
    world.swipe()
    assert world.evse().locked
    world.ask(r.UnlockConnector(1))
    world.tell(e.PilotChanged(1, Pilot.C))

    assert not world.evse().locked
    assert world.told(TransactionStarted) == []


def test_unlocking_a_transaction_nobody_pays_for_any_more() -> None:
    """It stays open for its stop point, and has let the plug go already; that is tried again."""
    world = accepted()
    world.put(tx_rows.STOP_POINT, to=("EVConnected",))
    world.plug()
    world.swipe()
    world.swipe()
    assert not world.evse().locked
    before = unlocks(world)

    assert world.ask(r.UnlockConnector(1)) == Unlocking(1, 1)
    assert unlocks(world) == before + 1
    assert world.told(TransactionEnded) == []


def test_unlocking_the_outlet_beside_a_transaction() -> None:
    """Only the outlet in use belongs to the transaction."""
    world = accepted(TWO_OUTLETS)
    world.plug()
    world.swipe()

    assert world.ask(r.UnlockConnector(1, 2, stops=True)) == Unlocking(1, 2)
    assert world.actions[-1] == a.UnlockPlug(1, 2)
    assert world.told(TransactionEnded) == []


# --- reporting ---


@pytest.mark.parametrize(
    ("wish", "places"),
    [
        (r.ReportStatus(), [(0, 0), (1, 1), (1, 2)]),
        (r.ReportStatus(1), [(1, 1), (1, 2)]),
        (r.ReportStatus(1, 2), [(1, 2)]),
        (r.ReportStatus(1, 3), []),
        (r.ReportStatus(2), []),
    ],
)
def test_statuses_are_reported_again(wish: r.ReportStatus, places: list[tuple[int, int]]) -> None:
    """What was asked for is told though nothing changed; what is not there is refused."""
    world = accepted(TWO_OUTLETS)
    world.notices.clear()
    answer = world.ask(wish)

    assert [(n.evse, n.connector) for n in world.told(StatusChanged)] == places
    assert all(n.asked for n in world.told(StatusChanged))
    assert reason(answer) is (None if places else Reason.UNKNOWN_CONNECTOR)


def test_meters_are_reported() -> None:
    """Each EVSE that is meant tells its meter, outside of transactions and inside."""
    world = accepted()
    world.measure(2)
    world.plug()
    world.swipe()
    world.ask(r.ReportMeter())

    sampled = [(n.evse, n.context, n.transaction) for n in world.told(MeterSampled)]
    assert sampled == [(1, Context.TRIGGER, "tx-1"), (2, Context.TRIGGER, None)]


def test_a_meter_is_reported_with_the_measurands_that_were_asked_for() -> None:
    """Those of clock-aligned values may differ from the sampled ones (2.0.1 F06)."""
    world = accepted()
    world.measure(2)
    world.put(meter_rows.ALIGNED_MEASURANDS, to=("Voltage",))
    world.ask(r.ReportMeter(2, aligned=True))

    [told] = world.told(MeterSampled)
    assert {value.measurand for value in told.sample.values} == {Measurand.VOLTAGE}


def test_transactions_are_reported() -> None:
    """Inside transactions only, as part of them, with the state."""
    world = accepted()
    world.measure(2)
    nothing = world.ask(r.ReportMeter(transactions=True))
    world.plug()
    world.swipe()
    world.ask(r.ReportMeter(transactions=True))

    assert reason(nothing) is Reason.UNKNOWN_EVSE
    [sample] = world.told(TransactionSampled)
    assert (sample.trigger, sample.state) == (Trigger.TRIGGER, ChargingState.CHARGING)
    assert sample.sample.context is Context.TRIGGER
    assert world.told(MeterSampled) == []


def test_a_meter_with_nothing_to_tell_is_silent() -> None:
    """Without wanted values, or without a reading, no sample is made."""
    world = accepted()
    world.ask(r.ReportMeter(2))
    world.put(meter_rows.SAMPLED_MEASURANDS, to=())
    world.ask(r.ReportMeter(1))
    world.plug()
    world.swipe()
    world.ask(r.ReportMeter(1, transactions=True))
    unknown = world.ask(r.ReportMeter(9))

    assert reason(unknown) is Reason.UNKNOWN_EVSE
    assert world.told(MeterSampled) == []
    assert world.told(TransactionSampled) == []


def test_nothing_begins_before_a_restart() -> None:
    """Starts are refused once a restart waits for the last transaction (B12)."""
    world = accepted()
    world.plug()
    world.swipe()
    world.ask(r.Reset(ResetKind.ON_IDLE))

    assert reason(world.ask(r.StartCharging(2, Token("OTHER")))) is Reason.UNAVAILABLE
