"""What is kept for the end of a transaction is bounded, and its ends always stay."""

from __future__ import annotations

import pytest

from laadpaal.properties import metering as rows
from laadpaal.station import events as e
from laadpaal.station import requests as r
from laadpaal.station.kept import Kept
from laadpaal.station.measurement import Measurand, Sample, Value
from laadpaal.station.notices import TransactionEnded
from laadpaal.station.records import SampleKept, SamplesDropped, TransactionSaved
from laadpaal.station.words import By, Context
from tests.support.world import NOON, World


def sample(at: float, context: Context = Context.PERIODIC) -> Sample:
    """Return a sample of that instant."""
    return Sample(at, context, (Value(Measurand.ENERGY, at, "Wh"),))


def kept(contexts: list[Context], most: int) -> tuple[Kept, list[tuple[int, tuple[int, ...]]]]:
    """Return what is kept of samples one second apart, and what each addition returned."""
    samples = Kept()
    return samples, [samples.add(sample(at, c), most) for at, c in enumerate(contexts)]


def test_numbers_grow_and_nothing_is_dropped_for_nothing() -> None:
    """As long as there is room."""
    samples, returned = kept([Context.BEGIN, Context.PERIODIC, Context.END], most=3)

    assert returned == [(0, ()), (1, ()), (2, ())]
    assert [one.at for one in samples] == [0, 1, 2]


def test_every_other_one_between_makes_room() -> None:
    """The first and third and so on; the beginning and the newest stay."""
    samples, returned = kept([Context.BEGIN, *[Context.PERIODIC] * 6], most=6)

    assert returned[-1] == (6, (1, 3, 5))
    assert [one.at for one in samples] == [0, 2, 4, 6]


@pytest.mark.parametrize("most", [2, 3, 7, 50])
def test_begin_and_end_are_never_dropped(most: int) -> None:
    """However long the transaction, and however little room there is."""
    contexts = [Context.BEGIN, *[Context.PERIODIC, Context.CLOCK] * 500, Context.END]
    samples, _ = kept(contexts, most)
    told = list(samples)

    assert (told[0].context, told[-1].context) == (Context.BEGIN, Context.END)
    assert most / 2 - 1 <= len(told) <= most
    assert [one.at for one in told] == sorted(one.at for one in told)


def test_what_is_dropped_is_never_kept_again() -> None:
    """The records of a life lead to what it keeps."""
    disk: dict[int, float] = {}
    samples = Kept()
    for at in range(100):
        number, dropped = samples.add(sample(at), 10)
        disk[number] = at
        for gone in dropped:
            del disk[gone]

        assert list(disk.values()) == [one.at for one in samples]


# --- in the station ---


def charging(most: int = 100) -> World:
    """Return a station that charges, and keeps a sample each minute for the end."""
    world = World()
    world.online()
    world.put(rows.ENDED_INTERVAL, to=60)
    world.put(rows.ENDED_MOST, to=most)
    world.plug()
    world.swipe()
    return world


def ended(world: World) -> list[tuple[Context, float]]:
    """Stop, and return what was kept."""
    world.swipe()
    [notice] = world.told(TransactionEnded)
    return [(one.context, one.at - NOON) for one in notice.samples]


def test_a_long_transaction_stays_small() -> None:
    """Memory, disk and the message of the end have a bound (1.6 errata)."""
    world = charging(most=8)
    world.pass_time(86_400)
    told = ended(world)

    assert told[0] == (Context.BEGIN, 0)
    assert told[-1] == (Context.END, 86_400)
    assert 4 <= len(told) <= 8


def test_one_more_sample_saves_one_more_sample() -> None:
    """And not the transaction with all of them."""
    world = charging()
    world.put(rows.SAMPLE_INTERVAL, to=0)
    world.tell(e.ClockCorrected())
    world.pass_time(59)
    world.records.clear()
    world.pass_time(62)

    kept_now = [one for one in world.records if isinstance(one, SampleKept)]
    assert [one.number for one in kept_now] == [1, 2]
    assert [one for one in world.records if isinstance(one, TransactionSaved)] == []


def test_dropped_samples_are_dropped_on_the_disk() -> None:
    """By their numbers, in the step of the sample they made room for."""
    world = charging(most=3)
    world.pass_time(245)

    assert [one for one in world.records if isinstance(one, SamplesDropped)] == [
        SamplesDropped("tx-1", (1,)),
        SamplesDropped("tx-1", (2,)),
    ]


def test_samples_can_be_kept_as_often_as_told() -> None:
    """One rhythm for both, also when it is rewritten meanwhile (1.6 StopTxnSampledData)."""
    world = charging()
    world.put(rows.ENDED_INTERVAL, to=7)
    world.ask(r.WriteSetting(rows.ENDED_AS_TOLD.id, "true", By.LOCAL))
    world.pass_time(61)
    world.ask(r.WriteSetting(rows.SAMPLE_INTERVAL.id, "50", By.LOCAL))
    world.pass_time(60)

    assert [at for _, at in ended(world)] == [0, 60, 100, 121]


def test_aligned_samples_too() -> None:
    """They are kept at the instants at which others are told (1.6 StopTxnAlignedData)."""
    world = charging()
    world.put(rows.ENDED_ALIGNED_MEASURANDS, to=("Voltage",))
    world.ask(r.WriteSetting(rows.ENDED_AS_TOLD.id, "true", By.LOCAL))
    world.put(rows.SAMPLE_INTERVAL, to=0)
    world.ask(r.WriteSetting(rows.ALIGNED_INTERVAL.id, "900", By.LOCAL))
    world.pass_time(1810)

    clock = [at for context, at in ended(world) if context is Context.CLOCK]
    assert clock == [900, 1800]
