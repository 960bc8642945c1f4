"""Meter values: every number is a text, and each says what it is."""

from __future__ import annotations

from collections.abc import Iterable

from msgspec import UNSET

from laadpaal.csms.dialect import Call, Calls, Scene
from laadpaal.protocols.ocpp import timestamp, v16
from laadpaal.station.measurement import Sample, Value
from laadpaal.station.notices import MeterSampled
from laadpaal.station.words import Context

_NEWEST = 2**63 - 1
"""A place in the journal after every other."""


def meter_values(samples: Iterable[Sample]) -> tuple[v16.MeterValue, ...]:
    """Return the samples that have values, in their order."""
    return tuple(
        v16.MeterValue(
            timestamp=timestamp.render(sample.at),
            sampledValue=tuple(_sampled(value, sample.context) for value in sample.values),
        )
        for sample in samples
        if sample.values
    )


def _sampled(value: Value, context: Context) -> v16.SampledValue:
    return v16.SampledValue(
        value=spelled(value.number),
        context=v16.ReadingContext(context.value),
        measurand=v16.Measurand(value.measurand.value),
        phase=v16.Phase(value.phase) if value.phase else UNSET,
        # 1.6 has no unit for a frequency, and ours has none either.
        unit=v16.UnitOfMeasure(value.unit) if value.unit else UNSET,
    )


def spelled(number: float) -> str:
    """Return a number with at most three decimals and no needless zeros."""
    text = f"{number:.3f}".rstrip("0").rstrip(".")
    return "0" if text == "-0" else text


def idle(notice: MeterSampled, scene: Scene) -> Calls:
    """Tell a sample that is no part of a transaction's story, but may fall inside one."""
    values = meter_values((notice.sample,))
    if not values:
        return ()
    number = _number(notice, scene)
    return (
        Call(
            "MeterValues",
            v16.MeterValues(
                connectorId=notice.evse,
                meterValue=values,
                transactionId=UNSET if number is None else number,
            ),
            notice,
        ),
    )


def _number(notice: MeterSampled, scene: Scene) -> int | None:
    """Return the CSMS's number of the open transaction; -1 is never told outside its story."""
    if notice.transaction is None:
        return None
    start = scene.journal.start_before(notice.evse, _NEWEST)
    return start.csms_id if start and start.transaction == notice.transaction else None
