"""Whole charging sessions through the core, moved by hand."""

from __future__ import annotations

import pytest

from laadpaal.properties import authorization as auth_rows
from laadpaal.properties import metering as meter_rows
from laadpaal.properties import transactions as tx_rows
from laadpaal.station import actions as a
from laadpaal.station import events as e
from laadpaal.station import requests as r
from laadpaal.station.answers import Accepted, Reason, Refused, Scheduled, Unlocking
from laadpaal.station.notices import (
    PhasesDetected,
    TokenRefused,
    TransactionEnded,
    TransactionSampled,
    TransactionStarted,
    TransactionUpdated,
)
from laadpaal.station.records import OpenTransaction
from laadpaal.station.saved import Saved
from laadpaal.station.words import (
    ChargingState,
    Context,
    Pilot,
    ResetKind,
    Status,
    StopReason,
    Token,
    TokenStatus,
    Trigger,
    Verdict,
)
from tests.support.world import CARD, GOOD, World


@pytest.fixture
def world() -> World:
    """Return a station that the CSMS has accepted."""
    world = World()
    world.online()
    return world


def test_plug_card_charge_card_unplug(world: World) -> None:
    """The commonest journey starts once, stops once, and frees the connector."""
    world.plug()
    world.swipe()
    world.measure(more_wh=1500)
    world.swipe()
    world.tell(e.CableUnplugged(1))

    [started] = world.told(TransactionStarted)
    [ended] = world.told(TransactionEnded)
    assert (started.trigger, started.token, started.meter_wh) == (Trigger.AUTHORIZED, CARD, 5000)
    assert (ended.trigger, ended.reason, ended.token) == (
        Trigger.STOP_AUTHORIZED,
        StopReason.LOCAL,
        CARD,
    )
    assert ended.meter_wh - started.meter_wh == 1500
    assert world.statuses() == [
        Status.AVAILABLE,
        Status.PREPARING,
        Status.CHARGING,
        Status.FINISHING,
        Status.AVAILABLE,
    ]


def test_hardware_is_told_in_a_safe_order(world: World) -> None:
    """Lock before the offer, offer before the contactor; open before the lock lets go."""
    world.actions.clear()
    world.plug()
    world.swipe()
    world.swipe()

    kinds = [type(action) for action in world.actions]
    wanted = [
        a.LockPlug,
        a.OfferCurrent,
        a.CloseContactor,
        a.OfferCurrent,
        a.OpenContactor,
        a.UnlockPlug,
    ]
    assert [kind for kind in kinds if kind in wanted] == wanted


def test_power_up_releases_what_a_life_before_left_behind(world: World) -> None:
    """Nothing is offered, every contactor opens, and then every plug is let go."""
    moves = (a.OfferCurrent, a.OpenContactor, a.UnlockPlug)
    released = [action for action in world.actions if isinstance(action, moves)]

    assert released == [
        a.OfferCurrent(1, None),
        a.OpenContactor(1),
        a.OfferCurrent(2, None),
        a.OpenContactor(2),
        a.UnlockPlug(1, 1),
        a.UnlockPlug(2, 1),
    ]


def test_card_first_then_plug(world: World) -> None:
    """The plug's EVSE gets the authorization, wherever the card was held."""
    world.swipe()
    world.plug(2)

    [started] = world.told(TransactionStarted)
    assert (started.evse, started.trigger) == (2, Trigger.CABLE_PLUGGED_IN)
    assert world.evse(1).authorization is None


def test_nobody_plugs_in(world: World) -> None:
    """The authorization ends with the connect timeout, and a later plug does not charge."""
    world.swipe()
    world.pass_time(121)
    world.plug()

    assert world.told(TransactionStarted) == []
    assert world.statuses() == [
        Status.AVAILABLE,
        Status.PREPARING,
        Status.AVAILABLE,
        Status.PREPARING,
    ]


def test_a_refused_card_starts_nothing(world: World) -> None:
    """What the CSMS refuses is told and shown, and nothing starts."""
    world.plug()
    world.swipe(verdict=Verdict(TokenStatus.BLOCKED))

    assert [n.why for n in world.told(TokenRefused)] == ["the CSMS says Blocked"]
    assert world.told(TransactionStarted) == []


def test_another_card_of_the_group_stops(world: World) -> None:
    """A stranger's card is refused; a card of the same group ends the transaction."""
    family = Verdict(TokenStatus.ACCEPTED, group="family")
    world.plug()
    world.swipe(verdict=family)
    world.swipe(Token("STRANGER"), reader=1)
    assert world.told(TransactionEnded) == []

    world.swipe(Token("AUNT"), family, reader=1)

    [ended] = world.told(TransactionEnded)
    assert ended.token == Token("AUNT")


def test_offline_only_remembered_cards_start(world: World) -> None:
    """Without the CSMS the cache decides; the notices say they came about offline."""
    world.tell(e.TokenJudged(CARD, GOOD))
    world.tell(e.CsmsOffline())
    world.plug()
    world.swipe(Token("UNKNOWN"))
    assert world.told(TransactionStarted) == []

    world.swipe()

    [started] = world.told(TransactionStarted)
    assert started.offline


def test_offline_unknown_cards_start_when_allowed(world: World) -> None:
    """A token known as bad is not unknown."""
    world.put(auth_rows.OFFLINE_UNKNOWN, to=True)
    world.tell(e.TokenJudged(CARD, Verdict(TokenStatus.INVALID)))
    world.tell(e.CsmsOffline())
    world.plug()
    world.swipe()
    assert world.told(TransactionStarted) == []

    world.swipe(Token("UNKNOWN"))

    assert len(world.told(TransactionStarted)) == 1


def test_a_silent_csms_is_not_waited_for_forever(world: World) -> None:
    """After the answer timeout the offline rules decide."""
    world.plug()
    world.swipe(verdict=None)
    world.pass_time(29)
    assert world.told(TokenRefused) == []

    world.pass_time(2)

    assert [n.why for n in world.told(TokenRefused)] == ["the CSMS cannot be asked"]


def test_remote_start_and_stop(world: World) -> None:
    """The first transaction notice carries the remote start; the end says Remote."""
    world.plug()
    world.put(auth_rows.CHECK_REMOTE_START, to=False)

    answer = world.ask(r.StartCharging(1, CARD, remote_id=7))
    assert isinstance(answer, Accepted)
    [started] = world.told(TransactionStarted)
    assert (started.trigger, started.remote_id) == (Trigger.REMOTE_START, 7)

    assert isinstance(world.ask(r.StopCharging(started.transaction)), Accepted)
    [ended] = world.told(TransactionEnded)
    assert (ended.trigger, ended.reason) == (Trigger.REMOTE_STOP, StopReason.REMOTE)
    assert isinstance(world.ask(r.StopCharging(started.transaction)), Refused)


def test_remote_start_is_refused_where_it_cannot_be(world: World) -> None:
    """Unknown EVSE, running transaction, out of use, fault, not accepted: each says why."""
    start = r.StartCharging(1, CARD)
    reasons = [_reason(world, r.StartCharging(9, CARD))]
    world.plug()
    world.swipe()
    reasons.append(_reason(world, start))
    world.ask(r.ChangeAvailability(operative=False, evse=2))
    reasons.append(_reason(world, r.StartCharging(2, CARD)))
    world.tell(e.FaultRaised(1, 201))
    reasons.append(_reason(world, start))
    world.tell(e.CsmsOffline())
    reasons.append(_reason(world, start))

    assert reasons == [
        Reason.UNKNOWN_EVSE,
        Reason.OCCUPIED,
        Reason.UNAVAILABLE,
        Reason.FAULTED,
        Reason.NOT_REGISTERED,
    ]


def _reason(world: World, request: r.Request) -> Reason | None:
    answer = world.ask(request)
    return answer.reason if isinstance(answer, Refused) else None


def test_samples_count_from_the_start(world: World) -> None:
    """Every interval since the beginning, with contiguous numbers."""
    world.plug()
    world.swipe()
    world.pass_time(185)

    samples = world.told(TransactionSampled)
    assert [s.at - world.told(TransactionStarted)[0].at for s in samples] == [60, 120, 180]
    assert {s.sample.context for s in samples} == {Context.PERIODIC}
    seqs = [n.seq for n in world.durable()]
    assert seqs == list(range(len(seqs)))


def test_aligned_values_stand_on_the_grid(world: World) -> None:
    """Inside a transaction they belong to it; the instants are exact."""
    world.ask(r.WriteSetting(meter_rows.ALIGNED_INTERVAL.id, "900"))
    world.plug()
    world.swipe()
    world.pass_time(1810)

    aligned = [s for s in world.told(TransactionSampled) if s.sample.context is Context.CLOCK]
    assert [s.at % 900 for s in aligned] == [0, 0]


@pytest.mark.parametrize(("stops", "ends"), [(True, 1), (False, 0)])
def test_a_token_the_csms_rejects_later(world: World, *, stops: bool, ends: int) -> None:
    """Either the transaction ends, or it stays open without energy."""
    world.put(tx_rows.STOP_ON_INVALID, to=stops)
    world.plug()
    world.swipe()
    [started] = world.told(TransactionStarted)
    world.tell(e.TransactionJudged(started.transaction, CARD, Verdict(TokenStatus.INVALID)))

    assert len(world.told(TransactionEnded)) == ends
    assert isinstance(
        [x for x in world.actions if isinstance(x, a.OpenContactor | a.CloseContactor)][-1],
        a.OpenContactor,
    )


def test_unplugged_at_the_vehicle(world: World) -> None:
    """The authorization ends with the vehicle."""
    world.plug()
    world.swipe()
    world.tell(e.PilotChanged(1, Pilot.A))

    [ended] = world.told(TransactionEnded)
    assert (ended.trigger, ended.reason, ended.state) == (
        Trigger.EV_COMMUNICATION_LOST,
        StopReason.EV_DISCONNECTED,
        ChargingState.IDLE,
    )


def test_a_transaction_may_outlive_the_vehicle(world: World) -> None:
    """With only Authorized as stop point, replugging goes on with the same transaction."""
    world.put(tx_rows.STOP_POINT, to=("Authorized",))
    world.put(tx_rows.STOP_ON_DISCONNECT, to=False)
    world.plug()
    world.swipe()
    world.tell(e.PilotChanged(1, Pilot.A))
    assert world.statuses()[-1] is Status.SUSPENDED_EV
    world.tell(e.PilotChanged(1, Pilot.C))

    assert world.told(TransactionEnded) == []
    assert world.statuses()[-1] is Status.CHARGING


def test_start_at_the_plug(world: World) -> None:
    """With EVConnected as start point the token comes with an update."""
    world.put(tx_rows.START_POINT, to=("EVConnected",))
    world.plug(ready=False)
    world.swipe()

    [started] = world.told(TransactionStarted)
    updates = world.told(TransactionUpdated)
    assert (started.trigger, started.token) == (Trigger.CABLE_PLUGGED_IN, None)
    assert (updates[0].trigger, updates[0].token) == (Trigger.AUTHORIZED, CARD)


def test_a_power_cut_ends_what_was_open() -> None:
    """The end continues the numbers and carries the last saved register."""
    open_ = OpenTransaction("old", 1, 0.0, 5, ChargingState.CHARGING, 5000.0, 5600.0, 60.0)
    world = World(saved=Saved(transactions=(open_,)))

    [ended] = world.told(TransactionEnded)
    assert (ended.transaction, ended.seq, ended.meter_wh) == ("old", 5, 5600.0)
    assert ended.reason is StopReason.POWER_LOSS


def test_resets(world: World) -> None:
    """Hard ends at once; on idle waits for the transaction; both restart once."""
    world.plug()
    world.swipe()
    assert isinstance(world.ask(r.Reset(ResetKind.ON_IDLE)), Scheduled)
    assert not any(isinstance(x, a.Restart) for x in world.actions)
    world.swipe()

    assert len([x for x in world.actions if isinstance(x, a.Restart)]) == 1
    assert world.told(TransactionEnded)[0].reason is StopReason.LOCAL


def test_hard_reset_ends_transactions(world: World) -> None:
    """The end says so before the restart."""
    world.plug()
    world.swipe()
    assert isinstance(world.ask(r.Reset(ResetKind.HARD)), Accepted)

    [ended] = world.told(TransactionEnded)
    assert (ended.trigger, ended.reason) == (Trigger.RESET_COMMAND, StopReason.HARD_RESET)


def test_availability_waits_for_the_transaction(world: World) -> None:
    """Idle parts switch at once, busy ones when their transaction ends."""
    world.plug()
    world.swipe()
    answer = world.ask(r.ChangeAvailability(operative=False, all_parts=True))
    assert isinstance(answer, Scheduled)
    assert (world.statuses(1)[-1], world.statuses(2)[-1]) == (Status.CHARGING, Status.UNAVAILABLE)

    world.swipe()

    assert world.statuses(1)[-1] is Status.UNAVAILABLE


def test_unlock(world: World) -> None:
    """One version forbids it during a transaction, the other ends the transaction first."""
    world.plug()
    world.swipe()
    assert isinstance(world.ask(r.UnlockConnector(1)), Refused)

    assert world.ask(r.UnlockConnector(1, stops=True)) == Unlocking(1, 1)
    assert world.told(TransactionEnded)[0].reason is StopReason.UNLOCK_COMMAND
    assert not world.evse().locked


def test_a_fault_ends_the_energy(world: World) -> None:
    """A grave fault opens the contactor and shows its code."""
    world.plug()
    world.swipe()
    world.tell(e.FaultRaised(1, 201))

    assert world.statuses()[-1] is Status.FAULTED
    assert not world.evse().closed_wanted
    assert world.station.view().evses[0].screen.code == 201


def test_a_bad_setting_changes_nothing(world: World) -> None:
    """Unknown, unreadable and out of bounds are each refused with a reason."""
    writes = [("FFFF_0", "1"), ("2087_0", "-1"), ("2087_0", "abc")]
    reasons = [_reason(world, r.WriteSetting(*write)) for write in writes]

    assert reasons == [
        Reason.UNKNOWN_SETTING,
        Reason.BAD_VALUE,
        Reason.BAD_VALUE,
    ]
    assert world.values[meter_rows.SAMPLE_INTERVAL] == 60


def test_the_first_reading_tells_the_phases_once(world: World) -> None:
    """Later readings change nothing (S16)."""
    world.measure()
    world.measure()

    assert world.told(PhasesDetected) == [PhasesDetected(1, 3)]
