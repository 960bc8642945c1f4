"""Meter values: every number is a text that says what it is (1.6 section 4.7)."""

from __future__ import annotations

import pytest

from laadpaal.csms.v16.metering import spelled
from laadpaal.ports.journal import Start
from laadpaal.protocols.ocpp import v16
from laadpaal.station.measurement import Measurand, Sample, Value
from laadpaal.station.notices import MeterSampled
from laadpaal.station.words import Context
from tests.csms.v16.stage import AT, NOON, Json, Stage

ENERGY = Value(Measurand.ENERGY, 1234.5, "Wh")


@pytest.fixture
def stage() -> Stage:
    return Stage()


def sampled(
    *values: Value, context: Context = Context.CLOCK, tx: str | None = None
) -> MeterSampled:
    """Return values of EVSE 2 outside a transaction's story."""
    return MeterSampled(2, Sample(AT, context, values), context, tx)


def only(stage: Stage, value: Value, context: Context = Context.CLOCK) -> Json:
    """Return the one value of a message about one value."""
    ((_, payload),) = stage.tell(sampled(value, context=context))
    ((found,),) = [meter["sampledValue"] for meter in payload["meterValue"]]
    one: Json = found
    return one


def test_idle_values_name_no_transaction(stage: Stage) -> None:
    """Clock-aligned values of an EVSE at rest carry the instant they belong to (4.7)."""
    assert stage.tell(sampled(ENERGY)) == [
        (
            "MeterValues",
            {
                "connectorId": 2,
                "meterValue": [
                    {
                        "timestamp": NOON,
                        "sampledValue": [
                            {
                                "value": "1234.5",
                                "context": "Sample.Clock",
                                "measurand": "Energy.Active.Import.Register",
                                "unit": "Wh",
                            }
                        ],
                    }
                ],
            },
        )
    ]


@pytest.mark.parametrize("context", Context)
def test_every_context_has_a_word(stage: Stage, context: Context) -> None:
    """Why a meter was read is always told, though Sample.Periodic could be left out."""
    assert only(stage, ENERGY, context)["context"] == context.value


@pytest.mark.parametrize(
    ("value", "told"),
    [
        (
            Value(Measurand.POWER, 11040.0, "W"),
            {"value": "11040", "measurand": "Power.Active.Import", "unit": "W"},
        ),
        (
            Value(Measurand.CURRENT, 15.98, "A", "L2"),
            {"value": "15.98", "measurand": "Current.Import", "phase": "L2", "unit": "A"},
        ),
        (
            Value(Measurand.VOLTAGE, 229.9, "V", "L3-N"),
            {"value": "229.9", "measurand": "Voltage", "phase": "L3-N", "unit": "V"},
        ),
        (
            Value(Measurand.CURRENT_OFFERED, 16.0, "A"),
            {"value": "16", "measurand": "Current.Offered", "unit": "A"},
        ),
        (
            Value(Measurand.POWER_OFFERED, 11040.0, "W"),
            {"value": "11040", "measurand": "Power.Offered", "unit": "W"},
        ),
    ],
    ids=lambda value: value.measurand.value if isinstance(value, Value) else "",
)
def test_a_value_says_what_it_is(stage: Stage, value: Value, told: Json) -> None:
    """Measurand, unit and phase; no phase means all of them, no format and location the usual."""
    assert only(stage, value) == told | {"context": "Sample.Clock"}


def test_a_frequency_has_no_unit(stage: Stage) -> None:
    """1.6 has no word for hertz that every message takes; its default would be Wh."""
    told = only(stage, Value(Measurand.FREQUENCY, 50.01, ""))

    assert told == {"value": "50.01", "measurand": "Frequency", "context": "Sample.Clock"}


def test_our_measurands_are_words_of_1_6() -> None:
    """Nothing that a CSMS can ask for is told under a name it does not know."""
    assert {ours.value for ours in Measurand} <= {theirs.value for theirs in v16.Measurand}


@pytest.mark.parametrize(
    ("number", "text"),
    [
        (0.0, "0"),
        (-0.0, "0"),
        (-0.0004, "0"),
        (100.0, "100"),
        (0.1 + 0.2, "0.3"),
        (1234567.8914, "1234567.891"),
        (-2.5, "-2.5"),
    ],
)
def test_numbers_are_spelled_plainly(number: float, text: str) -> None:
    """No exponent, at most three decimals, no needless zeros, and no minus before nothing."""
    assert spelled(number) == text


def test_a_sample_without_values_has_no_message(stage: Stage) -> None:
    """An empty sampledValue would break the schema."""
    assert stage.tell(sampled()) == []


def test_asked_for_values_name_a_transaction_that_is_open(stage: Stage) -> None:
    """Triggered values inside a transaction carry the CSMS's number of it (4.7)."""
    stage.journal.put(1, 2, Start("tx-1", 7, settled=True))

    ((_, payload),) = stage.tell(sampled(ENERGY, context=Context.TRIGGER, tx="tx-1"))
    assert payload["transactionId"] == 7


@pytest.mark.parametrize(
    "start",
    [
        None,
        Start("tx-1", None, settled=False),
        Start("tx-1", None, settled=True),
        Start("tx-0", 6, settled=True),
    ],
    ids=["no start", "not told yet", "given up", "of another"],
)
def test_a_number_that_is_not_known_is_left_out(stage: Stage, start: Start | None) -> None:
    """These values do not wait for the number, and -1 is for a transaction's own story (S28)."""
    if start:
        stage.journal.put(1, 2, start)

    ((_, payload),) = stage.tell(sampled(ENERGY, context=Context.TRIGGER, tx="tx-1"))
    assert "transactionId" not in payload
