"""Meter values outside transactions, and how each value is written (block J)."""

from __future__ import annotations

from typing import Any

import pytest
from msgspec import UNSET

from laadpaal.csms.v201.metering import meter_values
from laadpaal.protocols.ocpp import v201
from laadpaal.station.measurement import Measurand, Sample, SignedData, Value
from laadpaal.station.notices import MeterSampled
from laadpaal.station.words import Context
from tests.csms.v201.scene import AT, AT_TEXT, World

ENERGY = Value(Measurand.ENERGY, 1234.5, "Wh")


def told(world: World, *values: Value, context: Context = Context.CLOCK) -> Any:
    """Return the values of the message about a sample of EVSE 2."""
    ((_, payload),) = world.tell(MeterSampled(2, Sample(AT, context, values), context))
    (meter,) = payload["meterValue"]
    return meter["sampledValue"]


def test_idle_values_name_their_evse(world: World) -> None:
    """Clock-aligned values of an EVSE at rest carry the instant they belong to (J01)."""
    assert world.tell(MeterSampled(2, Sample(AT, Context.CLOCK, (ENERGY,)), Context.CLOCK)) == [
        (
            "MeterValues",
            {
                "evseId": 2,
                "meterValue": [
                    {
                        "timestamp": AT_TEXT,
                        "sampledValue": [
                            {
                                "value": 1234.5,
                                "context": "Sample.Clock",
                                "measurand": "Energy.Active.Import.Register",
                                "unitOfMeasure": {"unit": "Wh"},
                            }
                        ],
                    }
                ],
            },
        )
    ]


@pytest.mark.parametrize("context", Context)
def test_every_context_has_a_word(world: World, context: Context) -> None:
    """Why a meter was read is always told, though Sample.Periodic could be left out."""
    (value,) = told(world, ENERGY, context=context)

    assert value["context"] == context.value


@pytest.mark.parametrize(
    ("value", "phase", "unit"),
    [
        (Value(Measurand.POWER, 11040.0, "W"), None, "W"),
        (Value(Measurand.CURRENT, 15.98, "A", "L2"), "L2", "A"),
        (Value(Measurand.VOLTAGE, 229.9, "V", "L3-N"), "L3-N", "V"),
        (Value(Measurand.CURRENT_OFFERED, 16.0, "A"), None, "A"),
        (Value(Measurand.POWER_OFFERED, 11040.0, "W"), None, "W"),
        (Value(Measurand.FREQUENCY, 50.01, ""), None, "Hz"),
        (Value(Measurand.POWER_FACTOR, -0.98, ""), None, "1"),
        (Value(Measurand.REACTIVE_POWER, 1170.0, "var"), None, "var"),
        (Value(Measurand.EXPORTED, 120.0, "Wh"), None, "Wh"),
    ],
    ids=lambda value: value.measurand.value if isinstance(value, Value) else "",
)
def test_a_value_says_what_it_is(world: World, value: Value, phase: str | None, unit: str) -> None:
    """A unit is always told, for Wh would be understood; no phase means all of them (J02)."""
    (written,) = told(world, value)

    assert written["measurand"] == value.measurand.value
    assert written["value"] == value.number
    assert written.get("phase") == phase
    assert written["unitOfMeasure"] == {"unit": unit}


def test_values_of_one_instant_are_one_element(world: World) -> None:
    """All phases of a sample share its timestamp, and their order."""
    lines = tuple(Value(Measurand.CURRENT, 16.0, "A", f"L{n}") for n in (1, 2, 3))

    assert [value["phase"] for value in told(world, *lines)] == ["L1", "L2", "L3"]


@pytest.mark.parametrize(
    ("number", "text"), [(0.1 + 0.2, "0.3"), (-0.0001, "0.0"), (-0.0, "0.0"), (1.2345, "1.234")]
)
def test_numbers_have_three_decimals_at_most(world: World, number: float, text: str) -> None:
    """What sums of doubles leave behind is no measurement, and there is no minus before nothing."""
    (value,) = told(world, Value(Measurand.POWER_OFFERED, number, "W"))

    assert str(value["value"]) == text


def test_a_sample_without_values_has_no_message(world: World) -> None:
    """An empty list is not allowed; nothing is said instead."""
    assert world.tell(MeterSampled(1, Sample(AT, Context.CLOCK, ()), Context.CLOCK)) == []
    assert meter_values((None, Sample(AT, Context.BEGIN, ()))) is UNSET


def test_our_measurands_are_words_of_the_standard() -> None:
    """Nothing that a CSMS can ask for is told under a name it does not know."""
    assert {ours.value for ours in Measurand} <= {theirs.value for theirs in v201.Measurand}


def test_signed_values_go_with_the_register(world: World) -> None:
    """The meter's text is base64, and a key that is not told is an empty text (3.2)."""
    signed = SignedData("OCMF|{}|{}", "ECDSA", "OCMF")
    power = Value(Measurand.POWER, 42.0, "W")
    sample = Sample(AT, Context.CLOCK, (ENERGY, power), signed)
    ((_, payload),) = world.tell(MeterSampled(2, sample, Context.CLOCK))
    register, other = payload["meterValue"][0]["sampledValue"]

    assert register["signedMeterValue"] == {
        "signedMeterData": "T0NNRnx7fXx7fQ==",
        "signingMethod": "ECDSA",
        "encodingMethod": "OCMF",
        "publicKey": "",
    }
    assert "signedMeterValue" not in other
