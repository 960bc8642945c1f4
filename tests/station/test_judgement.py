"""A token that the CSMS finds bad while it charges, and the energy it may have all the same."""

from __future__ import annotations

import pytest

from laadpaal.properties import authorization as auth_rows
from laadpaal.properties import transactions as rows
from laadpaal.station import events as e
from laadpaal.station.layout import Layout
from laadpaal.station.notices import (
    AuthorizationNeeded,
    TransactionEnded,
    TransactionStarted,
    TransactionUpdated,
)
from laadpaal.station.records import OpenTransaction, TransactionSaved
from laadpaal.station.requests import WriteLocalList
from laadpaal.station.saved import Saved
from laadpaal.station.words import (
    ChargingState,
    Status,
    StopReason,
    Token,
    TokenStatus,
    Trigger,
    Verdict,
)
from tests.support.world import CARD, GOOD, World

BAD = Verdict(TokenStatus.BLOCKED)


def charging(allowed_wh: int = 500, *, stops: bool = True) -> World:
    """Return a station where a card charges that the CSMS has not judged yet."""
    world = World()
    world.put(rows.ENERGY_BEFORE_STOP, to=True)
    world.put(rows.ENERGY_ON_INVALID, to=allowed_wh)
    world.put(rows.STOP_ON_INVALID, to=stops)
    world.put(auth_rows.OFFLINE_UNKNOWN, to=True)
    world.plug()
    world.swipe()
    world.online()
    world.measure(more_wh=100.0)
    return world


def judge(world: World, verdict: Verdict = BAD) -> None:
    """Let the CSMS speak about the transaction."""
    [started] = world.told(TransactionStarted)
    world.tell(e.TransactionJudged(started.transaction, CARD, verdict))


def saved(world: World) -> OpenTransaction:
    """Return the transaction as it was last kept."""
    return [r.transaction for r in world.records if isinstance(r, TransactionSaved)][-1]


@pytest.mark.parametrize("stops", [True, False])
def test_some_energy_flows_before_the_rule_applies(*, stops: bool) -> None:
    """Counted from the verdict, not from the start (1.6 section 4.3)."""
    world = charging(stops=stops)
    judge(world)
    world.measure(more_wh=499.0)
    assert world.evse().closed_wanted

    world.measure(more_wh=1.0)

    assert not world.evse().closed_wanted
    ended = world.told(TransactionEnded)
    if stops:
        assert [n.reason for n in ended] == [StopReason.DEAUTHORIZED]
        assert ended[0].trigger is Trigger.DEAUTHORIZED
        assert ended[0].meter_wh == 5600.0
        assert world.statuses()[-1] is Status.FINISHING
    else:
        assert ended == []
        assert world.statuses()[-1] is Status.SUSPENDED_EVSE


def test_without_an_allowance_the_rule_applies_at_once() -> None:
    """0 is no energy at all."""
    world = charging(allowed_wh=0)
    judge(world)

    assert [n.reason for n in world.told(TransactionEnded)] == [StopReason.DEAUTHORIZED]


def test_the_allowance_is_given_once() -> None:
    """A second bad verdict adds nothing, neither before nor after it is used up."""
    world = charging(stops=False)
    judge(world)
    world.measure(more_wh=400.0)
    judge(world)
    world.measure(more_wh=100.0)
    assert not world.evse().closed_wanted

    judge(world)
    world.measure(more_wh=0.0)

    assert not world.evse().closed_wanted


def test_a_good_verdict_lifts_it() -> None:
    """The CSMS has changed its mind, and the transaction goes on."""
    world = charging()
    judge(world)
    assert saved(world).allowed_wh == 5600.0
    judge(world, GOOD)
    world.measure(more_wh=5000.0)

    assert world.evse().closed_wanted
    assert saved(world).allowed_wh is None


def test_another_good_token_lifts_it() -> None:
    """Whoever takes over is not bound by what the first was allowed."""
    world = charging()
    world.put(rows.STOP_POINT, to=("EVConnected",))
    judge(world)
    world.swipe()
    world.swipe()
    world.measure(more_wh=5000.0)

    assert world.evse().closed_wanted


def test_who_has_stopped_gets_nothing_more() -> None:
    """Without an authorization there is nothing to allow energy to."""
    world = charging()
    world.put(rows.STOP_POINT, to=("EVConnected",))
    world.swipe()
    judge(world)

    assert not world.evse().closed_wanted
    assert world.told(TransactionUpdated)[-1].trigger is Trigger.DEAUTHORIZED


def test_the_word_on_another_transaction_is_not_ours() -> None:
    """Nor does a token nobody named count."""
    world = charging()
    world.tell(e.TransactionJudged("another", Token("X"), BAD))
    world.tell(e.TransactionJudged("tx-1", None, GOOD))

    assert world.evse().closed_wanted
    assert world.told(TransactionEnded) == []


def test_the_allowance_is_kept() -> None:
    """The register it ends at is on the disk with the transaction, until it is used up."""
    world = charging(stops=False)
    judge(world)
    assert saved(world).allowed_wh == 5600.0
    world.measure(more_wh=500.0)

    assert saved(world).allowed_wh is None


def test_after_a_power_cut_nothing_is_allowed_any_more() -> None:
    """The transaction ends with the power, however much of its allowance was left."""
    world = charging()
    judge(world)
    again = World(Layout(), Saved(transactions=(saved(world),)))
    again.plug()
    again.measure(more_wh=5000.0)

    [ended] = again.told(TransactionEnded)
    assert (ended.reason, ended.meter_wh) == (StopReason.POWER_LOSS, 5100.0)
    assert not again.evse().closed_wanted


# --- as 2.0.1 wants it ---


@pytest.mark.parametrize(
    ("stops", "point", "trigger", "state"),
    [
        (True, "EVConnected", Trigger.DEAUTHORIZED, ChargingState.EV_CONNECTED),
        (False, "Authorized", Trigger.CHARGING_STATE_CHANGED, ChargingState.SUSPENDED_EVSE),
        (False, "EVConnected", Trigger.CHARGING_STATE_CHANGED, ChargingState.SUSPENDED_EVSE),
    ],
)
def test_what_is_told_when_the_transaction_stays_open(
    point: str, trigger: Trigger, state: ChargingState, *, stops: bool
) -> None:
    """The trigger tells a token that is gone from energy that is held back (2.0.1 E05)."""
    world = charging(allowed_wh=0, stops=stops)
    world.put(rows.STOP_POINT, to=(point,))
    judge(world)

    update = world.told(TransactionUpdated)[-1]
    assert (update.trigger, update.state) == (trigger, state)
    assert world.told(TransactionEnded) == []
    assert not world.evse().closed_wanted
    assert world.evse().locked


@pytest.mark.parametrize("point", ["Authorized", "PowerPathClosed", "EnergyTransfer"])
@pytest.mark.parametrize("allowed_wh", [0, 500])
def test_where_it_is_to_end_no_energy_flows_any_more(point: str, allowed_wh: int) -> None:
    """What is allowed counts only where the transaction goes on (2.0.1 MaxEnergyOnInvalidId)."""
    world = charging(allowed_wh)
    world.put(rows.ENERGY_BEFORE_STOP, to=False)
    world.put(rows.STOP_POINT, to=(point,))
    judge(world)

    [ended] = world.told(TransactionEnded)
    assert (ended.trigger, ended.reason) == (Trigger.DEAUTHORIZED, StopReason.DEAUTHORIZED)


def test_where_energy_alone_keeps_it_open_it_ends_for_the_token() -> None:
    """Without energy there is no transaction, and it is the token's fault."""
    world = charging(allowed_wh=0, stops=False)
    world.put(rows.STOP_POINT, to=("EnergyTransfer",))
    judge(world)

    [ended] = world.told(TransactionEnded)
    assert (ended.trigger, ended.reason) == (
        Trigger.CHARGING_STATE_CHANGED,
        StopReason.DEAUTHORIZED,
    )


def test_where_it_goes_on_some_energy_flows() -> None:
    """Until it is used up."""
    world = charging(stops=False)
    world.put(rows.ENERGY_BEFORE_STOP, to=False)
    judge(world)
    world.measure(more_wh=499.0)
    assert world.evse().closed_wanted
    world.measure(more_wh=1.0)

    assert not world.evse().closed_wanted
    assert world.told(TransactionEnded) == []


@pytest.mark.parametrize("never_asks", [True, False])
@pytest.mark.parametrize("online", [True, False])
def test_only_a_new_word_of_the_csms_revives_it(*, online: bool, never_asks: bool) -> None:
    """What list or cache say does not do, for the CSMS has said otherwise since (2.0.1 E05)."""
    world = charging(allowed_wh=0)
    world.put(rows.STOP_POINT, to=("EVConnected",))
    world.put(auth_rows.PRE_AUTHORIZE, to=True)
    world.put(auth_rows.NEVER_ASK, to=never_asks)
    world.ask(WriteLocalList(1, full=True, entries=((CARD, GOOD),)))
    judge(world)
    if not online:
        world.tell(e.CsmsOffline())
    asked = len(world.told(AuthorizationNeeded))
    world.swipe(verdict=None)
    assert not world.evse().closed_wanted
    may = online and not never_asks
    assert len(world.told(AuthorizationNeeded)) == asked + may
    world.tell(e.TokenJudged(CARD, GOOD))

    assert world.evse().closed_wanted == may
