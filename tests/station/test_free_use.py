"""Where nobody has to be authorized (2.0.1 AuthCtrlr.Enabled)."""

from __future__ import annotations

import pytest

from laadpaal.properties import authorization as rows
from laadpaal.properties import transactions as tx_rows
from laadpaal.station import events as e
from laadpaal.station.notices import (
    AuthorizationNeeded,
    TokenRefused,
    TransactionEnded,
    TransactionStarted,
    TransactionUpdated,
)
from laadpaal.station.requests import ChangeAvailability, Reserve, StartCharging, WriteSetting
from laadpaal.station.words import (
    NOBODY,
    Pilot,
    Reservation,
    StopReason,
    Token,
    TokenStatus,
    Trigger,
    Verdict,
)
from tests.support.world import CARD, NOON, World

OTHER = Token("OTHER")


def free(*, online: bool = True) -> World:
    """Return a station where nobody has to be authorized."""
    world = World()
    world.put(rows.AUTHORIZE, to=False)
    if online:
        world.online()
    return world


@pytest.mark.parametrize("online", [True, False])
def test_whoever_plugs_in_charges(*, online: bool) -> None:
    """Nobody is asked about, and nobody's token is told."""
    world = free(online=online)
    world.plug()

    [started] = world.told(TransactionStarted)
    assert (started.trigger, started.token) == (Trigger.AUTHORIZED, NOBODY)
    assert world.evse().closed_wanted
    assert world.told(AuthorizationNeeded) == []


def test_a_card_before_the_plug_is_told() -> None:
    """It is taken without a question."""
    world = free()
    world.swipe(verdict=None, reader=1)
    world.plug()

    assert [n.token for n in world.told(TransactionStarted)] == [CARD]
    assert world.told(AuthorizationNeeded) == []


def test_a_card_after_the_plug_says_who_it_is() -> None:
    """From then on the transaction is theirs: they alone stop it."""
    world = free()
    world.plug()
    world.swipe(verdict=None, reader=1)
    update = world.told(TransactionUpdated)[-1]
    assert (update.trigger, update.token) == (Trigger.AUTHORIZED, CARD)
    world.swipe(OTHER, verdict=None, reader=1)
    assert [n.why for n in world.told(TokenRefused)] == ["the EVSE is in use"]
    world.swipe(verdict=None)

    assert [n.token for n in world.told(TransactionEnded)] == [CARD]


def test_a_card_before_anything_has_begun_says_who_it_is() -> None:
    """Also while the transaction has yet to start."""
    world = free()
    world.put(tx_rows.START_POINT, to=("EnergyTransfer",))
    world.plug(ready=False)
    world.swipe(verdict=None, reader=1)
    world.tell(e.PilotChanged(1, Pilot.C))

    assert [n.token for n in world.told(TransactionStarted)] == [CARD]


def test_what_has_ended_begins_anew_with_a_vehicle_only() -> None:
    """Stopped by the button, the plug is let go and has to come again."""
    world = free()
    world.plug()
    world.swipe(NOBODY, verdict=None)
    assert len(world.told(TransactionEnded)) == 1
    assert not world.evse().locked
    world.pass_time(60.0)
    assert len(world.told(TransactionStarted)) == 1
    world.tell(e.CableUnplugged(1))
    world.plug()

    assert len(world.told(TransactionStarted)) == 2


def test_a_transaction_that_stays_open_gets_no_energy_again() -> None:
    """Where the plug alone ends it, what was stopped stays stopped."""
    world = free()
    world.put(tx_rows.STOP_POINT, to=("EVConnected",))
    world.plug()
    world.swipe(NOBODY, verdict=None)
    world.pass_time(60.0)

    assert not world.evse().closed_wanted
    assert world.evse().transaction


def test_who_the_csms_does_not_want_is_not_held() -> None:
    """Nobody has a card that would free the plug."""
    world = free()
    world.plug()
    world.tell(e.TransactionJudged("tx-1", NOBODY, Verdict(TokenStatus.INVALID)))

    assert [n.reason for n in world.told(TransactionEnded)] == [StopReason.DEAUTHORIZED]
    assert not world.evse().locked


def test_what_is_reserved_or_out_of_use_is_not_free() -> None:
    """It is kept for whom it is reserved, and closed for everybody while it is out of use."""
    world = free()
    world.ask(Reserve(Reservation(1, 1, CARD, NOON + 3600)))
    world.ask(ChangeAvailability(operative=False, evse=2))
    for evse in (1, 2):
        world.plug(evse)
    assert world.told(TransactionStarted) == []
    world.ask(ChangeAvailability(operative=True, evse=2))

    assert [n.evse for n in world.told(TransactionStarted)] == [2]


def test_who_waits_may_charge_once_nobody_has_to_be_authorized() -> None:
    """The setting counts at once."""
    world = World()
    world.online()
    world.plug()
    world.ask(WriteSetting(rows.AUTHORIZE.id, "false"))

    assert [n.token for n in world.told(TransactionStarted)] == [NOBODY]


def test_a_start_from_afar_asks_nobody() -> None:
    """Its token is told all the same."""
    world = free()
    world.ask(StartCharging(1, CARD, remote_id=7))
    world.plug()

    [started] = world.told(TransactionStarted)
    assert (started.trigger, started.token, started.remote_id) == (Trigger.REMOTE_START, CARD, 7)
    assert world.told(AuthorizationNeeded) == []


def test_who_came_with_the_button_is_not_taken_over() -> None:
    """Where tokens are judged, a good one does not take somebody else's transaction."""
    world = World()
    world.online()
    world.plug()
    world.swipe(NOBODY, verdict=None)
    world.swipe(reader=1)

    assert [n.why for n in world.told(TokenRefused)] == ["the EVSE is in use"]
