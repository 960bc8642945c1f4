"""Meter values: how samples are written, and those outside transactions (block J)."""

from __future__ import annotations

from base64 import b64encode
from collections.abc import Iterable

from msgspec import UNSET, UnsetType

from laadpaal.csms.dialect import Call, Calls, Scene
from laadpaal.protocols.ocpp import timestamp, v201
from laadpaal.station.measurement import Measurand, Sample, SignedData, Value
from laadpaal.station.notices import MeterSampled

# Without a unit the CSMS would read Wh, so these are told although the core leaves them out.
_UNITS = {Measurand.FREQUENCY: "Hz", Measurand.POWER_FACTOR: "1"}
_DECIMALS = 3
"""Finer than any meter of ours tells, and coarser than what sums of doubles leave behind."""


def sampled(notice: MeterSampled, scene: Scene) -> Calls:  # noqa: ARG001  the shape of a teller
    """Tell values outside any transaction (J01)."""
    values = meter_values((notice.sample,))
    if values is UNSET:
        return ()
    return (Call("MeterValues", v201.MeterValues(evseId=notice.evse, meterValue=values), notice),)


def meter_values(samples: Iterable[Sample | None]) -> tuple[v201.MeterValue, ...] | UnsetType:
    """Write the samples that have values, one element each; absent when there are none."""
    return tuple(_meter_value(sample) for sample in samples if sample and sample.values) or UNSET


def _meter_value(sample: Sample) -> v201.MeterValue:
    return v201.MeterValue(
        timestamp=timestamp.render(sample.at),
        sampledValue=tuple(_sampled_value(value, sample) for value in sample.values),
    )


def _sampled_value(value: Value, sample: Sample) -> v201.SampledValue:
    unit = value.unit or _UNITS.get(value.measurand, "")
    registered = value.measurand is Measurand.ENERGY
    return v201.SampledValue(
        value=round(value.number, _DECIMALS) + 0.0,  # which makes 0 of -0
        context=v201.ReadingContext(sample.context.value),
        measurand=v201.Measurand(value.measurand.value),
        phase=v201.Phase(value.phase) if value.phase else UNSET,
        signedMeterValue=_signed(sample.signed) if registered and sample.signed else UNSET,
        unitOfMeasure=v201.UnitOfMeasure(unit=unit) if unit else UNSET,
    )


def _signed(data: SignedData) -> v201.SignedMeterValue:
    """Write what the meter has signed; a public key that is not told is an empty text (3.2)."""
    return v201.SignedMeterValue(
        signedMeterData=b64encode(data.text.encode()).decode(),
        signingMethod=data.method,
        encodingMethod=data.encoding,
        publicKey=data.public_key,
    )
