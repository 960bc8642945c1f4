"""What a station wrote into its journal and what a CSMS heard of it, in the same words."""

from __future__ import annotations

import sqlite3
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from laadpaal.protocols.ocpp import timestamp
from laadpaal.station.measurement import Measurand, Sample
from laadpaal.station.notices import (
    DurableNotice,
    TransactionEnded,
    TransactionSampled,
    TransactionStarted,
    TransactionUpdated,
)
from laadpaal.storage import journal
from tests.support.sought import Heard

REGISTER = Measurand.ENERGY.value


@dataclass(frozen=True, slots=True)
class Told:
    """One message about a transaction.

    Args:
        kind: The action, or in the newer version the type of the event.
        transaction: The id under which the CSMS knows it.
        place: The connector, or the number within the transaction; -1 where none is told.
        at: As OCPP writes it.
        energy_wh: Every import register in it, in its order.
    """

    id: str
    kind: str
    transaction: str
    place: int
    at: str
    energy_wh: tuple[float, ...]


@dataclass(frozen=True, slots=True)
class Written:
    """One durable notice on the disk, and what became of it."""

    id: str
    notice: DurableNotice
    state: str


def written(database: Path) -> list[Written]:
    """Return the journal in its order."""
    with closing(sqlite3.connect(database)) as db:
        file = journal.file_id(db)
        rows = db.execute("SELECT seq, kind, body, state FROM journal ORDER BY seq").fetchall()
    return [
        Written(journal.message_id(file, seq), journal._DECODERS[kind].decode(body), state)
        for seq, kind, body, state in rows
    ]


def to_tell(ocpp: str, entries: Sequence[Written]) -> list[Told]:
    """Return what a CSMS has to hear of these; it numbers transactions from 1 as they come."""
    if ocpp == "2.0.1":
        return [_event(entry) for entry in entries]
    starts = [e.notice.transaction for e in entries if isinstance(e.notice, TransactionStarted)]
    numbers = {transaction: str(number) for number, transaction in enumerate(starts, 1)}
    told = (_message(entry, numbers[entry.notice.transaction]) for entry in entries)
    return [one for one in told if one]


def _message(entry: Written, number: str) -> Told | None:
    notice, at = entry.notice, timestamp.render(entry.notice.at)
    match notice:
        case TransactionStarted(evse=evse, meter_wh=meter_wh):
            return Told(entry.id, "StartTransaction", number, evse, at, (int(meter_wh),))
        case TransactionSampled(evse=evse, sample=sample):
            return Told(entry.id, "MeterValues", number, evse, at, _registers(sample))
        case TransactionEnded(meter_wh=meter_wh, samples=samples):
            energy_wh = (*_registers(*samples), int(meter_wh))
            return Told(entry.id, "StopTransaction", number, -1, at, energy_wh)
        case TransactionUpdated():
            return None  # there is no message for it


def _event(entry: Written) -> Told:
    notice, at = entry.notice, timestamp.render(entry.notice.at)
    energy_wh = _registers(*_samples(notice))
    return Told(entry.id, _kind(notice), notice.transaction, notice.seq, at, energy_wh)


def _kind(notice: DurableNotice) -> str:
    match notice:
        case TransactionStarted():
            return "Started"
        case TransactionUpdated() | TransactionSampled():
            return "Updated"
        case TransactionEnded():
            return "Ended"


def _samples(notice: DurableNotice) -> tuple[Sample | None, ...]:
    return notice.samples if isinstance(notice, TransactionEnded) else (notice.sample,)


def _registers(*samples: Sample | None) -> tuple[float, ...]:
    return tuple(
        round(value.number, 3)
        for sample in samples
        if sample
        for value in sample.values
        if value.measurand is Measurand.ENERGY
    )


def told(heard: Sequence[Heard]) -> list[Told]:
    """Return what of it is about transactions, in the order it came."""
    numbers = iter(range(1, len(heard) + 1))
    return [_heard(one, numbers) for one in heard if _of_a_transaction(one)]


def _of_a_transaction(heard: Heard) -> bool:
    whole = {"StartTransaction", "StopTransaction", "TransactionEvent"}
    return heard.action in whole or "transactionId" in heard.fields


def _heard(heard: Heard, numbers: Iterator[int]) -> Told:
    fields = heard.fields
    match heard.action:
        case "TransactionEvent":
            number, place = fields["transactionInfo"]["transactionId"], fields["seqNo"]
            energy_wh = _values(fields.get("meterValue", ()))
            return Told(
                heard.id, fields["eventType"], number, place, fields["timestamp"], energy_wh
            )
        case "StartTransaction":
            number, place = str(next(numbers)), fields["connectorId"]
            at, energy_wh = fields["timestamp"], (fields["meterStart"],)
        case "StopTransaction":
            number, place, at = str(fields["transactionId"]), -1, fields["timestamp"]
            energy_wh = (*_values(fields.get("transactionData", ())), fields["meterStop"])
        case _:
            number, place = str(fields["transactionId"]), fields["connectorId"]
            (value,) = fields["meterValue"]
            at, energy_wh = value["timestamp"], _values((value,))
    return Told(heard.id, heard.action, number, place, at, energy_wh)


def _values(meter_values: Sequence[Mapping[str, Any]]) -> tuple[float, ...]:
    return tuple(
        float(value["value"])
        for one in meter_values
        for value in one["sampledValue"]
        if value["measurand"] == REGISTER
    )


def assert_told(ocpp: str, entries: Sequence[Written], heard: Sequence[Heard]) -> None:
    """Have every entry of the journal heard once, in its order, under the right ids."""
    assert told(heard) == to_tell(ocpp, entries)
    assert {entry.state for entry in entries} == {"delivered"}
    assert_stories(entries)


def assert_stories(entries: Sequence[Written]) -> None:
    """Have whole transactions one after the other at each EVSE, and energy that never falls."""
    stories: dict[int, list[DurableNotice]] = defaultdict(list)
    for entry in entries:
        stories[entry.notice.evse].append(entry.notice)
    for story in stories.values():
        energies = [wh for notice in story for wh in _energies(notice)]
        assert energies == sorted(energies)
        bounds = [n for n in story if isinstance(n, TransactionStarted | TransactionEnded)]
        pairs = list(zip(bounds[::2], bounds[1::2], strict=True))
        assert all(isinstance(first, TransactionStarted) for first, _ in pairs)
        assert all(first.transaction == last.transaction for first, last in pairs)


def _energies(notice: DurableNotice) -> tuple[float, ...]:
    match notice:
        case TransactionStarted(meter_wh=meter_wh) | TransactionEnded(meter_wh=meter_wh):
            return (round(meter_wh, 3),)
        case TransactionUpdated(sample=sample) | TransactionSampled(sample=sample):
            return _registers(sample)
