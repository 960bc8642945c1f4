"""Signed values: when a meter's signature is told, with its key or without, and waited for."""

from __future__ import annotations

from collections.abc import Iterable

import pytest

from laadpaal.properties import metering as rows
from laadpaal.properties import transactions as tx_rows
from laadpaal.station import events as e
from laadpaal.station import requests as r
from laadpaal.station.answers import Accepted
from laadpaal.station.measurement import Sample
from laadpaal.station.notices import (
    MeterSampled,
    TransactionEnded,
    TransactionSampled,
    TransactionStarted,
)
from laadpaal.station.words import ChargingState, Pilot, Trigger
from tests.support.points import EQUIPPED
from tests.support.world import SIGNED, World


def signing() -> World:
    """Return a station whose meters sign, and which tells that."""
    world = World(EQUIPPED)
    world.online()
    world.put(rows.SIGN_SAMPLED, to=True)
    world.put(rows.SIGN_ALIGNED, to=True)
    return world


def keys(samples: Iterable[Sample | None]) -> list[str | None]:
    """Return the public key of each sample, None for one that is not signed."""
    return [one.signed.public_key if one.signed else None for one in samples if one]


def session(world: World) -> list[str | None]:
    """Charge through one sample, and return the keys of all that was told."""
    world.plug()
    world.swipe()
    world.pass_time(60.0)
    world.swipe()
    [started], [ended] = world.told(TransactionStarted), world.told(TransactionEnded)
    told = [n.sample for n in world.told(TransactionSampled)]
    return keys([started.sample, *told, *ended.samples])


@pytest.mark.parametrize(
    ("rule", "wanted"),
    [
        (rows.NEVER, ["", "", "", ""]),
        (rows.ONCE, ["key", "", "", ""]),
        (rows.EVERY, ["key", "key", "key", "key"]),
    ],
)
def test_the_public_key_is_told_as_often_as_wanted(rule: str, wanted: list[str]) -> None:
    """Never, with the first signed value of a transaction, or with each."""
    world = signing()
    world.put(rows.PUBLIC_KEY, to=rule)

    assert session(world) == wanted


def test_each_transaction_tells_the_key() -> None:
    """What was told of one is not known of the next."""
    world = signing()
    session(world)
    world.swipe()

    last = world.told(TransactionStarted)[-1]
    assert keys([last.sample]) == ["key"]


def test_what_is_not_to_be_signed_is_not() -> None:
    """Without the setting the signature stays here."""
    world = signing()
    world.put(rows.SIGN_SAMPLED, to=False)

    assert session(world) == [None, None, None, None]


def test_only_the_register_is_signed() -> None:
    """A sample without it has nothing that the meter vouches for."""
    world = signing()
    for row in (rows.STARTED_MEASURANDS, rows.SAMPLED_MEASURANDS, rows.ENDED_MEASURANDS):
        world.put(row, to=("Voltage",))

    assert session(world) == [None, None, None, None]


@pytest.mark.parametrize("signs", [True, False])
def test_idle_values_are_signed_too(*, signs: bool) -> None:
    """Clock-aligned ones by their own setting, each with the key: there is no transaction."""
    world = signing()
    world.measure()
    world.put(rows.SIGN_ALIGNED, to=signs)
    assert world.ask(r.WriteSetting(rows.ALIGNED_INTERVAL.id, "60")) == Accepted()
    world.pass_time(121.0)

    told = [n.sample for n in world.told(MeterSampled) if n.evse == 1]
    assert keys(told) == ["key" if signs else None] * 2


# --- DataSigned as start point ---


def waiting() -> World:
    """Return a station where a vehicle may charge once the meter has signed where that begins."""
    world = signing()
    world.put(tx_rows.START_POINT, to=("DataSigned",))
    world.plug()
    world.swipe()
    return world


def test_energy_waits_for_the_signature() -> None:
    """Nothing is offered before the beginning is signed (E01)."""
    world = waiting()
    assert world.durable() == []
    assert world.evse().offered_a is None
    assert not world.evse().closed_wanted

    world.measure()
    [started] = world.told(TransactionStarted)
    assert started.trigger is Trigger.SIGNED_DATA_RECEIVED
    assert started.sample
    assert started.sample.signed == SIGNED
    assert world.evse().closed_wanted


def test_a_signature_of_before_counts_for_nothing() -> None:
    """Who leaves and comes again waits anew."""
    world = waiting()
    world.measure()
    world.swipe()
    world.tell(e.PilotChanged(1, Pilot.A))
    world.tell(e.CableUnplugged(1))
    world.tell(e.CablePlugged(1))
    world.tell(e.PilotChanged(1, Pilot.C))
    world.swipe()

    assert len(world.told(TransactionStarted)) == 1
    assert world.evse().transaction is None


def test_without_signed_readings_nobody_waits() -> None:
    """A start point that cannot come is left out."""
    world = signing()
    world.put(rows.SIGN_SAMPLED, to=False)
    world.put(tx_rows.START_POINT, to=("DataSigned",))
    world.plug()
    world.swipe()

    [started] = world.told(TransactionStarted)
    assert started.state is ChargingState.CHARGING


def test_a_signature_while_nobody_may_charge_is_no_beginning() -> None:
    """Neither a vehicle alone nor a token alone."""
    world = signing()
    world.put(tx_rows.START_POINT, to=("DataSigned",))
    world.plug()
    world.measure()
    world.swipe(reader=2)
    world.measure(2)

    assert world.durable() == []
