"""Transactions: one TransactionEvent for each durable notice, and what is in it (block E)."""

from __future__ import annotations

from dataclasses import replace
from typing import Any, get_args

import pytest

from laadpaal.csms.dialect import Absorbed
from laadpaal.protocols.ocpp import v201
from laadpaal.station.events import PriorityGiven, TransactionJudged
from laadpaal.station.measurement import Measurand, Sample, Value
from laadpaal.station.notices import (
    DurableNotice,
    MeterSilent,
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
    TokenKind,
    TokenStatus,
    Trigger,
    Verdict,
)
from tests.csms.v201.scene import AT, AT_TEXT, World

CARD = Token("04A1B2C3")
CARD_TOLD = {"idToken": "04A1B2C3", "type": "ISO14443"}
ENERGY = (Value(Measurand.ENERGY, 5000.5, "Wh"),)
BEGIN = Sample(AT, Context.BEGIN, ENERGY)

STARTED = TransactionStarted(
    "tx-1",
    evse=2,
    at=AT,
    seq=0,
    trigger=Trigger.AUTHORIZED,
    state=ChargingState.EV_CONNECTED,
    connector=1,
    token=CARD,
    remote_id=None,
    meter_wh=5000.5,
    offline=False,
    sample=BEGIN,
)
UPDATED = TransactionUpdated(
    "tx-1", 2, AT, 3, Trigger.CHARGING_STATE_CHANGED, ChargingState.CHARGING, offline=False
)
SAMPLED = TransactionSampled(
    "tx-1",
    2,
    AT,
    4,
    Trigger.METER_VALUE_PERIODIC,
    offline=False,
    sample=Sample(AT, Context.PERIODIC, ENERGY),
    meter_wh=5100.0,
)
ENDED = TransactionEnded(
    "tx-1",
    evse=2,
    at=AT,
    seq=9,
    trigger=Trigger.STOP_AUTHORIZED,
    reason=StopReason.LOCAL,
    state=ChargingState.EV_CONNECTED,
    token=CARD,
    meter_wh=6000.5,
    offline=False,
)
EVERY: tuple[DurableNotice, ...] = (STARTED, UPDATED, SAMPLED, ENDED)


def name(notice: object) -> str:
    """Return the name of a notice's class."""
    return type(notice).__name__


def contexts(payload: Any) -> list[str]:
    """Return why each element of a message's meter values was read."""
    return [meter["sampledValue"][0]["context"] for meter in payload["meterValue"]]


# --- what each message looks like ---


def test_what_is_known_of_cable_lines_and_time(world: World) -> None:
    """Cable and lines stand at the top, the time in transactionInfo, all in whole numbers."""
    started = world.report(replace(STARTED, phases=3, cable_a=32.0))
    updated = world.report(replace(UPDATED, phases=1, cable_a=20.0, charged_s=60.9))
    ended = world.report(replace(ENDED, charged_s=61.0))

    assert (started["numberOfPhasesUsed"], started["cableMaxCurrent"]) == (3, 32)
    assert (updated["numberOfPhasesUsed"], updated["cableMaxCurrent"]) == (1, 20)
    assert updated["transactionInfo"]["timeSpentCharging"] == 60
    assert ended["transactionInfo"]["timeSpentCharging"] == 61


def test_started(world: World) -> None:
    """A start names the EVSE, who pays, what the vehicle does and where the meter stood (E02)."""
    assert world.report(STARTED) == {
        "eventType": "Started",
        "timestamp": AT_TEXT,
        "triggerReason": "Authorized",
        "seqNo": 0,
        "transactionInfo": {"transactionId": "tx-1", "chargingState": "EVConnected"},
        "evse": {"id": 2, "connectorId": 1},
        "idToken": CARD_TOLD,
        "meterValue": [
            {
                "timestamp": AT_TEXT,
                "sampledValue": [
                    {
                        "value": 5000.5,
                        "context": "Transaction.Begin",
                        "measurand": "Energy.Active.Import.Register",
                        "unitOfMeasure": {"unit": "Wh"},
                    }
                ],
            }
        ],
    }


def test_updated(world: World) -> None:
    """What did not happen is not told: no EVSE, no token, no meter value."""
    assert world.report(UPDATED) == {
        "eventType": "Updated",
        "timestamp": AT_TEXT,
        "triggerReason": "ChargingStateChanged",
        "seqNo": 3,
        "transactionInfo": {"transactionId": "tx-1", "chargingState": "Charging"},
    }


def test_sampled(world: World) -> None:
    """Sampled values travel inside the transaction; the state has not changed (J02)."""
    payload = world.report(SAMPLED)

    assert (payload["eventType"], payload["triggerReason"]) == ("Updated", "MeterValuePeriodic")
    assert payload["transactionInfo"] == {"transactionId": "tx-1"}
    assert contexts(payload) == ["Sample.Periodic"]
    assert "evse" not in payload


def test_ended(world: World) -> None:
    """An end says why, and who ended it (E07)."""
    assert world.report(ENDED) == {
        "eventType": "Ended",
        "timestamp": AT_TEXT,
        "triggerReason": "StopAuthorized",
        "seqNo": 9,
        "transactionInfo": {
            "transactionId": "tx-1",
            "chargingState": "EVConnected",
            "stoppedReason": "Local",
        },
        "idToken": CARD_TOLD,
    }


# --- one field at a time ---


@pytest.mark.parametrize("notice", EVERY, ids=name)
def test_the_number_and_the_instant_are_those_of_the_event(
    world: World, notice: DurableNotice
) -> None:
    """Neither sending nor repeating gives a new number or time (E01, E13)."""
    payload = world.report(replace(notice, seq=41, at=AT + 0.5))

    assert payload["seqNo"] == 41
    assert payload["timestamp"] == "2023-11-14T22:13:20.500Z"


@pytest.mark.parametrize("notice", EVERY, ids=name)
@pytest.mark.parametrize("left_over", [True, False])
@pytest.mark.parametrize("happened", [True, False])
def test_offline_is_told_when_it_was(
    world: World,
    notice: DurableNotice,
    left_over: bool,  # noqa: FBT001  a column of the table
    happened: bool,  # noqa: FBT001  as above
) -> None:
    """It happened offline, or was unsent when the link went; otherwise nothing is said (E04)."""
    payload = world.report(replace(notice, offline=happened), offline=left_over)

    assert payload.get("offline") == ((left_over or happened) or None)


def test_a_start_without_cable_names_no_evse(world: World) -> None:
    """Who presents a token first has not chosen a connector yet (E03)."""
    payload = world.report(replace(STARTED, connector=None, sample=None))

    assert "evse" not in payload
    assert "meterValue" not in payload


def test_the_evse_is_told_when_the_cable_comes(world: World) -> None:
    """Once, with the values of the beginning that the start could not have (E03, J02)."""
    payload = world.report(replace(UPDATED, connector=1, sample=BEGIN))

    assert payload["evse"] == {"id": 2, "connectorId": 1}
    assert contexts(payload) == ["Transaction.Begin"]


def test_a_start_by_cable_names_nobody(world: World) -> None:
    """Nobody was authorized yet (E02)."""
    payload = world.report(replace(STARTED, trigger=Trigger.CABLE_PLUGGED_IN, token=None))

    assert payload["triggerReason"] == "CablePluggedIn"
    assert "idToken" not in payload


def test_the_token_is_told_when_it_is_what_happened(world: World) -> None:
    """The authorization of a running transaction brings its token, of whatever type (E02)."""
    token = Token("DE-ABC-C12345678-9", TokenKind.EMAID)
    payload = world.report(replace(UPDATED, trigger=Trigger.AUTHORIZED, token=token, state=None))

    assert payload["idToken"] == {"idToken": "DE-ABC-C12345678-9", "type": "eMAID"}
    assert payload["transactionInfo"] == {"transactionId": "tx-1"}


@pytest.mark.parametrize(
    ("trigger", "reason", "told"),
    [
        (Trigger.REMOTE_STOP, StopReason.REMOTE, "Remote"),
        (Trigger.RESET_COMMAND, StopReason.HARD_RESET, "ImmediateReset"),
        (Trigger.EV_COMMUNICATION_LOST, StopReason.EV_DISCONNECTED, "EVDisconnected"),
        (Trigger.DEAUTHORIZED, StopReason.DEAUTHORIZED, "DeAuthorized"),
        (Trigger.EV_CONNECT_TIMEOUT, StopReason.TIMEOUT, "Timeout"),
        (Trigger.ABNORMAL_CONDITION, StopReason.GROUND_FAULT, "GroundFault"),
    ],
)
def test_an_end_that_no_card_asked_for_names_nobody(
    world: World, trigger: Trigger, reason: StopReason, told: str
) -> None:
    """The CSMS, a reset, the vehicle, the token's verdict, a fault: no idToken (B12, E05, F03)."""
    payload = world.report(replace(ENDED, trigger=trigger, reason=reason, token=None))

    assert payload["triggerReason"] == trigger.value
    assert payload["transactionInfo"]["stoppedReason"] == told
    assert "idToken" not in payload


@pytest.mark.parametrize("reason", StopReason)
def test_every_reason_has_a_word(world: World, reason: StopReason) -> None:
    """A reset is told as ImmediateReset, and what only 1.6 knows as Other."""
    foreign = {
        StopReason.HARD_RESET: "ImmediateReset",
        StopReason.SOFT_RESET: "ImmediateReset",
        StopReason.UNLOCK_COMMAND: "Other",
    }
    payload = world.report(replace(ENDED, reason=reason))

    assert payload["transactionInfo"]["stoppedReason"] == foreign.get(reason, reason.value)


@pytest.mark.parametrize("trigger", Trigger)
def test_every_trigger_has_a_word(world: World, trigger: Trigger) -> None:
    """Ours are spelled as the standard's."""
    assert world.report(replace(UPDATED, trigger=trigger))["triggerReason"] == trigger.value


@pytest.mark.parametrize("state", ChargingState)
def test_every_state_has_a_word(world: World, state: ChargingState) -> None:
    """What the vehicle does is told here, not as a status of the connector (G01)."""
    info = world.report(replace(UPDATED, state=state))["transactionInfo"]

    assert info["chargingState"] == state.value


@pytest.mark.parametrize("notice", [STARTED, UPDATED], ids=name)
def test_a_reservation_is_named_once(
    world: World, notice: TransactionStarted | TransactionUpdated
) -> None:
    """With the message that tells of the authorization which used it up (H03)."""
    used = replace(notice, reservation=0)

    assert world.report(used)["reservationId"] == 0
    assert "reservationId" not in world.report(notice)


@pytest.mark.parametrize("notice", [STARTED, UPDATED], ids=name)
def test_the_number_of_a_remote_start_comes_back(
    world: World, notice: TransactionStarted | TransactionUpdated
) -> None:
    """So the CSMS knows which of its requests this is; 0 is a number too (F01, F02)."""
    remote = replace(notice, trigger=Trigger.REMOTE_START, remote_id=0, token=CARD)

    payload = world.report(remote)
    assert payload["triggerReason"] == "RemoteStart"
    assert payload["transactionInfo"]["remoteStartId"] == 0
    assert payload["idToken"] == CARD_TOLD


@pytest.mark.parametrize("phases", [1, 3])
def test_the_phases_are_told_when_energy_starts(world: World, phases: int) -> None:
    """How many lines are in use is known then (E02)."""
    assert world.report(replace(UPDATED, phases=phases))["numberOfPhasesUsed"] == phases


def test_a_sample_that_was_asked_for_tells_state_and_evse(world: World) -> None:
    """Who asks about all EVSEs wants to know which one answers (F06)."""
    asked = replace(
        SAMPLED,
        trigger=Trigger.TRIGGER,
        state=ChargingState.SUSPENDED_EV,
        sample=Sample(AT, Context.TRIGGER, ENERGY),
    )

    payload = world.report(asked)
    assert payload["triggerReason"] == "Trigger"
    assert payload["evse"] == {"id": 2}
    assert payload["transactionInfo"]["chargingState"] == "SuspendedEV"
    assert contexts(payload) == ["Trigger"]


def test_an_end_carries_its_samples_in_order(world: World) -> None:
    """Begin, periodic, clock and end are one element each; an empty one is left out (J02)."""
    kept = [Context.BEGIN, Context.PERIODIC, Context.CLOCK, Context.END]
    samples = [Sample(AT + n, context, ENERGY) for n, context in enumerate(kept)]
    samples.insert(2, Sample(AT, Context.PERIODIC, ()))

    payload = world.report(replace(ENDED, samples=tuple(samples)))
    assert contexts(payload) == [context.value for context in kept]


def test_an_id_of_36_characters_fits(world: World) -> None:
    """That is what the schema allows, and as long as our ids get (E01)."""
    payload = world.report(replace(STARTED, transaction="x" * 36))

    assert payload["transactionInfo"]["transactionId"] == "x" * 36


def test_every_durable_notice_is_tested() -> None:
    """A new kind of durable notice fails here until it has its message."""
    assert {type(notice) for notice in EVERY} == set(get_args(DurableNotice))


# --- what the answer means ---


@pytest.mark.parametrize("notice", EVERY, ids=name)
def test_the_answer_judges_the_token(world: World, notice: DurableNotice) -> None:
    """A token that is no good (any more) is the station's to act on (C10, E05)."""
    answer = {"idTokenInfo": {"status": "Invalid"}}
    token = None if isinstance(notice, TransactionSampled) else notice.token

    event = TransactionJudged("tx-1", token, Verdict(TokenStatus.INVALID))
    assert world.absorb(notice, "TransactionEvent", answer) == Absorbed((event,))


def test_an_answer_without_a_verdict_says_nothing(world: World) -> None:
    """It is only received."""
    assert world.absorb(STARTED, "TransactionEvent", {}) == Absorbed()


def test_an_answer_may_say_how_much_a_transaction_matters(world: World) -> None:
    """Who matters more is served first when there is not enough for all."""
    answer = {"chargingPriority": 3, "idTokenInfo": {"status": "Accepted"}}
    first = PriorityGiven("tx-1", 3)

    assert world.absorb(STARTED, "TransactionEvent", answer).events[-1] == first
    assert world.absorb(STARTED, "TransactionEvent", {"chargingPriority": 3}).events == (first,)


@pytest.mark.parametrize("about", [None, MeterSilent(1, lost=True)], ids=["nothing", "a meter"])
def test_an_answer_about_no_transaction_says_nothing(
    world: World, about: MeterSilent | None
) -> None:
    """There is no transaction to judge."""
    answer = {"idTokenInfo": {"status": "Accepted"}}

    assert world.absorb(about, "TransactionEvent", answer) == Absorbed()


# --- get transaction status ---


@pytest.mark.parametrize("ongoing", [True, False])
@pytest.mark.parametrize("waiting", [0, 2])
def test_a_transaction_runs_or_not_and_messages_wait_or_not(
    world: World,
    ongoing: bool,  # noqa: FBT001  a column of the table
    waiting: int,
) -> None:
    """Both are told of the transaction that was asked about, and of no other (E14)."""
    world.see_transaction(2, "tx-1" if ongoing else "tx-2")
    world.journal.waiting = {"tx-1": waiting, "tx-2": 5}

    assert world.replied("GetTransactionStatus", transactionId="tx-1") == {
        "ongoingIndicator": ongoing,
        "messagesInQueue": waiting > 0,
    }


def test_an_unknown_transaction_neither_runs_nor_waits(world: World) -> None:
    """It is no error to ask about it (E14)."""
    assert world.replied("GetTransactionStatus", transactionId="nobody's") == {
        "ongoingIndicator": False,
        "messagesInQueue": False,
    }


@pytest.mark.parametrize(("queue", "waits"), [({}, False), ({"tx-1": 1}, True)])
def test_without_a_transaction_the_whole_queue_is_meant(
    world: World,
    queue: dict[str, int],
    waits: bool,  # noqa: FBT001  a column of the table
) -> None:
    """There is nothing that could be ongoing, so that is not told (E14)."""
    world.see_transaction(2, "tx-1")
    world.journal.waiting = queue

    assert world.replied("GetTransactionStatus") == {"messagesInQueue": waits}


def test_no_word_is_out_of_reach() -> None:
    """Our triggers and states are words of the standard."""
    assert {ours.value for ours in Trigger} <= {theirs.value for theirs in v201.TriggerReason}
    assert {ours.value for ours in ChargingState} == {theirs.value for theirs in v201.ChargingState}
