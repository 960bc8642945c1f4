"""Transactions under the numbers the CSMS gives to their starts."""

from __future__ import annotations

import logging
from dataclasses import replace

import pytest

from laadpaal.csms.dialect import Absorbed, Call
from laadpaal.ports.journal import Start
from laadpaal.protocols.ocpp import v16
from laadpaal.station.events import TransactionJudged
from laadpaal.station.measurement import Measurand, Sample, Value
from laadpaal.station.notices import (
    TransactionEnded,
    TransactionSampled,
    TransactionStarted,
    TransactionUpdated,
)
from laadpaal.station.words import (
    ChargingState,
    Context,
    StopReason,
    Token,
    TokenStatus,
    Trigger,
    Verdict,
)
from tests.csms.v16.stage import AT, CARD, NOON, Stage, said

STARTED = TransactionStarted(
    "tx-1",
    evse=2,
    at=AT,
    seq=0,
    trigger=Trigger.AUTHORIZED,
    state=ChargingState.CHARGING,
    connector=1,
    token=CARD,
    remote_id=None,
    meter_wh=5000.9,
    offline=False,
)
SAMPLED = TransactionSampled(
    "tx-1",
    evse=2,
    at=AT,
    seq=1,
    trigger=Trigger.METER_VALUE_PERIODIC,
    offline=True,
    sample=Sample(AT, Context.PERIODIC, (Value(Measurand.ENERGY, 5100.0, "Wh"),)),
    meter_wh=5100.0,
)
ENDED = TransactionEnded(
    "tx-1",
    evse=2,
    at=AT,
    seq=2,
    trigger=Trigger.STOP_AUTHORIZED,
    reason=StopReason.LOCAL,
    state=None,
    token=CARD,
    meter_wh=6000.9,
    offline=False,
)
UPDATED = TransactionUpdated(
    "tx-1", 2, AT, 3, Trigger.CHARGING_STATE_CHANGED, ChargingState.SUSPENDED_EV, offline=False
)


@pytest.fixture
def stage() -> Stage:
    """Return a stage whose journal knows the start of tx-1 as number 7."""
    stage = Stage()
    stage.journal.put(1, 2, Start("tx-1", 7, settled=True))
    return stage


def test_a_start_names_the_reservation_it_uses(stage: Stage) -> None:
    """Any number will do, 0 too; without a reservation there is none (5.13)."""
    assert stage.report(replace(STARTED, reservation=0))[1]["reservationId"] == 0
    assert "reservationId" not in stage.report(STARTED)[1]


def call_for(stage: Stage, notice: TransactionStarted | TransactionEnded) -> Call:
    """Return the call about a notice."""
    call = stage.call(notice)
    assert call is not None
    return call


def test_start(stage: Stage) -> None:
    """A start tells whole watt-hours, never more than were measured."""
    assert stage.report(STARTED) == (
        "StartTransaction",
        {"connectorId": 2, "idTag": "04A1B2C3", "meterStart": 5000, "timestamp": NOON},
    )


def test_start_with_a_long_token(stage: Stage) -> None:
    """An idTag has at most 20 characters."""
    assert stage.report(replace(STARTED, token=Token("x" * 36)))[1]["idTag"] == "x" * 20


def test_start_of_nobody(stage: Stage) -> None:
    """A start without token, left in the queue by another version, is told all the same."""
    assert stage.report(replace(STARTED, token=None))[1]["idTag"] == ""


def test_update_has_no_message(stage: Stage) -> None:
    """1.6 tells the state of charging by status notifications."""
    assert stage.call(UPDATED) is None


def test_sample_carries_the_number(stage: Stage) -> None:
    """Every meter value of a transaction carries the number of its start (S24)."""
    assert stage.report(SAMPLED) == (
        "MeterValues",
        {
            "connectorId": 2,
            "transactionId": 7,
            "meterValue": [
                {
                    "timestamp": NOON,
                    "sampledValue": [
                        {
                            "value": "5100",
                            "context": "Sample.Periodic",
                            "measurand": "Energy.Active.Import.Register",
                            "unit": "Wh",
                        }
                    ],
                }
            ],
        },
    )


def test_sample_without_values_has_no_message(stage: Stage) -> None:
    """An empty meter value would break the schema."""
    assert stage.call(replace(SAMPLED, sample=Sample(AT, Context.PERIODIC, ()))) is None


def test_stop(stage: Stage) -> None:
    """A stop tells who stopped it and why; without samples it has no transactionData."""
    assert stage.report(ENDED) == (
        "StopTransaction",
        {
            "transactionId": 7,
            "idTag": "04A1B2C3",
            "meterStop": 6000,
            "timestamp": NOON,
            "reason": "Local",
        },
    )


def test_stop_that_no_card_asked_for(stage: Stage) -> None:
    """Without a card there is no idTag."""
    assert "idTag" not in stage.report(replace(ENDED, token=None))[1]


def test_stop_carries_its_samples_in_order(stage: Stage) -> None:
    """Begin, periodic and end samples are one meter value each; an empty one is left out."""
    energy = (Value(Measurand.ENERGY, 5000.5, "Wh"),)
    samples = (
        Sample(AT, Context.BEGIN, energy),
        Sample(AT + 30, Context.CLOCK, ()),
        Sample(AT + 60, Context.END, energy),
    )

    data = stage.report(replace(ENDED, samples=samples))[1]["transactionData"]
    assert [v["timestamp"] for v in data] == [
        "2023-11-15T12:00:00.000Z",
        "2023-11-15T12:01:00.000Z",
    ]
    assert [value["sampledValue"][0]["context"] for value in data] == [
        "Transaction.Begin",
        "Transaction.End",
    ]
    assert {"5000.5"} == {value["sampledValue"][0]["value"] for value in data}


@pytest.mark.parametrize("reason", StopReason)
def test_every_reason_has_a_word(stage: Stage, reason: StopReason) -> None:
    """A reason that only 2.0.1 knows is Other."""
    known = {word.value for word in v16.Reason}
    told = stage.report(replace(ENDED, reason=reason))[1]["reason"]

    assert told == (reason.value if reason.value in known else "Other")


def test_reasons_that_both_versions_know() -> None:
    """No word of 1.6 is out of reach."""
    assert {word.value for word in v16.Reason} <= {reason.value for reason in StopReason}


def test_the_order_of_the_journal_decides(stage: Stage) -> None:
    """A later start on the same EVSE, or one elsewhere, is another's (S25, S26)."""
    stage.journal.put(20, 2, Start("tx-3", 9, settled=True))
    stage.journal.put(5, 1, Start("tx-2", 8, settled=True))

    assert stage.report(ENDED, seq=10)[1]["transactionId"] == 7
    assert stage.report(replace(ENDED, transaction="tx-3"), seq=21)[1]["transactionId"] == 9
    assert stage.report(replace(ENDED, transaction="tx-2", evse=1))[1]["transactionId"] == 8


def test_number_zero_is_a_number(stage: Stage) -> None:
    """0 and negative numbers mean nothing special when the CSMS gives them."""
    stage.journal.put(2, 2, Start("tx-1", 0, settled=True))

    assert stage.report(ENDED)[1]["transactionId"] == 0


def test_a_dropped_start_has_no_number(stage: Stage, caplog: pytest.LogCaptureFixture) -> None:
    """What follows a start that was given up is told under -1, and that is no mistake (S28)."""
    stage.journal.put(2, 2, Start("tx-1", None, settled=True))

    assert stage.report(SAMPLED)[1]["transactionId"] == -1
    assert stage.report(ENDED)[1]["transactionId"] == -1
    assert caplog.records == []


@pytest.mark.parametrize(
    "start",
    [
        None,
        Start("tx-0", 6, settled=True),
        Start("tx-1", None, settled=False),
    ],
    ids=["no start", "a start of another", "a start still to be told"],
)
def test_a_journal_out_of_order_is_an_error(
    caplog: pytest.LogCaptureFixture, start: Start | None
) -> None:
    """A number is never invented nor borrowed: -1, and one ERROR line that names the row (S28)."""
    stage = Stage()
    if start:
        stage.journal.put(1, 2, start)

    assert stage.report(ENDED, seq=10)[1]["transactionId"] == -1
    assert [record.levelno for record in caplog.records] == [logging.ERROR]
    assert "journal entry 10 of transaction tx-1 at EVSE 2" in caplog.text


def test_start_answer(stage: Stage) -> None:
    """The number is kept, and the station hears what the CSMS thinks of the token."""
    info = {"status": "Invalid", "parentIdTag": "FLEET"}
    verdict = Verdict(TokenStatus.INVALID, "FLEET")

    assert Absorbed((TransactionJudged("tx-1", CARD, verdict),), 42) == stage.absorb(
        call_for(stage, STARTED), transactionId=42, idTagInfo=info
    )


def test_stop_answer(stage: Stage) -> None:
    """An idTagInfo is told; without one there is nothing to say."""
    call = call_for(stage, ENDED)
    judged = TransactionJudged("tx-1", CARD, Verdict(TokenStatus.BLOCKED))

    assert Absorbed((judged,)) == stage.absorb(call, idTagInfo={"status": "Blocked"})
    assert Absorbed() == stage.absorb(call)


def test_answers_about_nothing(stage: Stage) -> None:
    """A call that was about no notice tells the station nothing, but its number counts."""
    start = Call("StartTransaction", call_for(stage, STARTED).payload)
    stop = Call("StopTransaction", call_for(stage, ENDED).payload)
    info = {"status": "Accepted"}

    assert {"connectorId", "idTag", "meterStart", "timestamp"} == set(said(start.payload))
    assert Absorbed(csms_id=3) == stage.absorb(start, transactionId=3, idTagInfo=info)
    assert Absorbed() == stage.absorb(stop, idTagInfo=info)
