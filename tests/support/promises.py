"""What a station promises whatever happens (design, section 17), as assertions."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass

from laadpaal.properties.values import Values
from laadpaal.station.evse import Evse
from laadpaal.station.measurement import Measurand, Sample
from laadpaal.station.monitors import Monitor
from laadpaal.station.notices import (
    DurableNotice,
    TransactionEnded,
    TransactionSampled,
    TransactionStarted,
    TransactionUpdated,
)
from laadpaal.station.records import OpenTransaction
from laadpaal.station.saved import CachedToken, Saved, restored
from laadpaal.station.station import Station
from laadpaal.station.words import Verdict

LEAST_A = 6.0


@dataclass
class Tally:
    """How many runs a machine had, in how many a transaction ended, and how many updates."""

    runs: int = 0
    with_end: int = 0
    ends: int = 0
    updates: int = 0

    def count(self, ends: int) -> None:
        """Count one run."""
        self.runs += 1
        self.with_end += ends > 0
        self.ends += ends


def assert_whole(story: Sequence[DurableNotice], *, seen_open: bool) -> None:
    """One start, first; at most one end, last; no number missing; energy that never falls."""
    assert [notice.seq for notice in story] == list(range(len(story)))
    assert [isinstance(n, TransactionStarted) for n in story] == [True] + [False] * len(story[1:])
    ends = [isinstance(notice, TransactionEnded) for notice in story]
    assert not any(ends[:-1])
    assert ends[-1] is not seen_open
    energies = [wh for notice in story for wh in _energies(notice)]
    assert energies == sorted(energies)
    kept = [wh for sample in _kept(story[-1]) for wh in _energy(sample)]
    assert kept == sorted(kept)
    assert not kept or energies[0] <= kept[0] <= kept[-1] <= energies[-1]


def _kept(notice: DurableNotice) -> tuple[Sample, ...]:
    return notice.samples if isinstance(notice, TransactionEnded) else ()


def _energies(notice: DurableNotice) -> list[float]:
    match notice:
        case TransactionStarted(meter_wh=meter_wh, sample=sample):
            return [meter_wh, *_energy(sample)]
        case TransactionSampled(sample=sample) | TransactionUpdated(sample=sample):
            return _energy(sample)
        case TransactionEnded(meter_wh=meter_wh):
            return [meter_wh]


def _energy(sample: Sample | None) -> list[float]:
    values = sample.values if sample else ()
    return [value.number for value in values if value.measurand is Measurand.ENERGY]


def assert_saved(station: Station, values: Values, saved: Saved) -> None:
    """Restore what lives after a power cut; `values` are the configuration's."""
    assert restored(values, saved) == []
    twin = Station(station.layout, values, iter(()), saved)
    assert dict(values.items()) == dict(station.values.items()) | station.parts.facts.pending
    assert twin.parts.facts.inoperative == station.parts.facts.inoperative
    assert _known(twin) == _known(station)
    assert _listed(twin) == _listed(station)
    assert [*twin.parts.facts.reservations.values()] == [*station.parts.facts.reservations.values()]
    assert list(twin.view().profiles) == list(station.view().profiles)
    assert twin.parts.charging.news.heard.keys() == station.parts.charging.news.heard.keys()
    assert twin.parts.firmware.update == station.parts.firmware.update
    assert _monitors(twin) == _monitors(station)
    assert twin.parts.monitoring._number >= station.parts.monitoring._number
    assert list(twin.view().messages) == list(station.view().messages)
    assert twin.parts.networks._stored == station.parts.networks._stored
    assert {one.id: one for one in saved.payments} == station.parts.payments.open
    live = {e.transaction.id: e for e in station.parts.facts.evses.values() if e.transaction}
    assert {one.id for one in saved.transactions} == set(live)
    for one in saved.transactions:
        assert_same(one, live[one.id])


def assert_same(saved: OpenTransaction, evse: Evse) -> None:
    """Have all of a transaction on the disk, but for the energy that flowed since."""
    tx = evse.transaction
    assert tx is not None
    assert saved.evse == evse.number
    assert saved.started_at == tx.started_at
    assert saved.next_seq == tx.next_seq
    assert saved.meter_start_wh == tx.meter_start_wh
    assert saved.meter_start_wh <= saved.meter_wh <= max(evse.energy_wh, tx.meter_start_wh)
    assert (saved.token, saved.group, saved.state) == (tx.token, tx.group, tx.state)
    assert saved.samples == tuple(tx.samples)
    assert saved.authorized == (evse.authorization is not None)
    assert saved.ending == evse.stop_reason
    assert saved.allowed_wh == tx.allowed_wh


def _known(station: Station) -> dict[str, CachedToken]:
    return station.parts.cache._tokens


def _monitors(station: Station) -> list[tuple[Monitor, bool]]:
    return [(one.monitor, one.alerting) for one in station.parts.monitoring._watches.values()]


def _listed(station: Station) -> tuple[int, dict[str, Verdict]]:
    return station.parts.local_list._version, station.parts.local_list._verdicts


def assert_supplied(
    station: Station, closed: Collection[int], offered: dict[int, float | None], cable_a: float
) -> None:
    """Let energy flow inside an authorized transaction only, and offer no more than any claim.

    While a vehicle is to open its switch, for other lines, nothing is offered any more.

    Args:
        station: Whose view tells the claims.
        closed: The EVSEs whose contactor is closed.
        offered: What each pilot says.
        cable_a: The best cable there is.
    """
    for evse in station.view().evses:
        offered_a = offered[evse.evse]
        if evse.evse in closed:
            assert evse.transaction is not None
            assert evse.transaction.authorized
            change = evse.lines.change
            assert offered_a is not None or (change and change.withholds)
        rated_a = station.layout.evses[evse.evse - 1].connectors[0].rated_a
        most_a = min(evse.limit_a, rated_a, cable_a)
        assert offered_a is None or LEAST_A <= offered_a <= most_a
