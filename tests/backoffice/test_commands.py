from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from typing import Any

import pytest

from laadpaal.backoffice.errors import AnswerBroken, CallRefused, NotConnected, TimedOut
from laadpaal.backoffice.server import BackOffice
from laadpaal.backoffice.tongue import TONGUES
from laadpaal.protocols.ocpp import v16, v201
from laadpaal.protocols.ocpp.errors import LocalProtocolError
from laadpaal.protocols.ocpp.message import Message
from laadpaal.station.words import ResetKind, Token, TokenKind
from tests.backoffice.guest import AT, BOTH, PATIENCE_S, V16, V201, Guest, visit

Answered = type[v16.HeartbeatResponse | v201.HeartbeatResponse]
Command = Callable[[BackOffice], Awaitable[object]]
TOKEN = Token("04AB")
ACCEPTED = {"status": "Accepted"}


def commanded(
    command: Command, action: str, payload: dict[str, Any], answer: dict[str, Any], result: object
) -> tuple[Command, str, dict[str, Any], dict[str, Any], object]:
    """Return one row of the tables below."""
    return command, action, payload, answer, result


ROWS_16 = [
    commanded(
        lambda office: office.remote_start("CP1", TOKEN, 2),
        "RemoteStartTransaction",
        {"idTag": "04AB", "connectorId": 2},
        ACCEPTED,
        "Accepted",
    ),
    commanded(
        lambda office: office.remote_stop("CP1", 7),
        "RemoteStopTransaction",
        {"transactionId": 7},
        {"status": "Rejected"},
        "Rejected",
    ),
    commanded(
        lambda office: office.unlock("CP1", 1),
        "UnlockConnector",
        {"connectorId": 1},
        {"status": "Unlocked"},
        "Unlocked",
    ),
    commanded(
        lambda office: office.reset("CP1", ResetKind.HARD),
        "Reset",
        {"type": "Hard"},
        ACCEPTED,
        "Accepted",
    ),
    commanded(
        lambda office: office.change_availability("CP1", operative=False),
        "ChangeAvailability",
        {"connectorId": 0, "type": "Inoperative"},
        {"status": "Scheduled"},
        "Scheduled",
    ),
    commanded(
        lambda office: office.get_config("CP1", "HeartbeatInterval"),
        "GetConfiguration",
        {"key": ["HeartbeatInterval"]},
        {"configurationKey": [{"key": "HeartbeatInterval", "readonly": False, "value": "60"}]},
        "60",
    ),
    commanded(
        lambda office: office.get_config("CP1", "Nonsense"),
        "GetConfiguration",
        {"key": ["Nonsense"]},
        {"unknownKey": ["Nonsense"]},
        None,
    ),
    commanded(
        lambda office: office.set_config("CP1", "HeartbeatInterval", "90"),
        "ChangeConfiguration",
        {"key": "HeartbeatInterval", "value": "90"},
        {"status": "RebootRequired"},
        "RebootRequired",
    ),
    commanded(
        lambda office: office.trigger("CP1", "MeterValues", 1),
        "TriggerMessage",
        {"requestedMessage": "MeterValues", "connectorId": 1},
        {"status": "NotImplemented"},
        "NotImplemented",
    ),
    commanded(
        lambda office: office.trigger("CP1", "LogStatusNotification"),
        "ExtendedTriggerMessage",
        {"requestedMessage": "LogStatusNotification"},
        ACCEPTED,
        "Accepted",
    ),
    commanded(lambda office: office.clear_cache("CP1"), "ClearCache", {}, ACCEPTED, "Accepted"),
]
ROWS_201 = [
    commanded(
        lambda office: office.remote_start("CP1", Token("1234", TokenKind.KEY_CODE)),
        "RequestStartTransaction",
        {"idToken": {"idToken": "1234", "type": "KeyCode"}, "remoteStartId": 1},
        ACCEPTED,
        "Accepted",
    ),
    commanded(
        lambda office: office.remote_stop("CP1", "t1"),
        "RequestStopTransaction",
        {"transactionId": "t1"},
        {"status": "Rejected"},
        "Rejected",
    ),
    commanded(
        lambda office: office.unlock("CP1", 2),
        "UnlockConnector",
        {"evseId": 2, "connectorId": 1},
        {"status": "UnlockFailed"},
        "UnlockFailed",
    ),
    commanded(
        lambda office: office.reset("CP1", ResetKind.ON_IDLE),
        "Reset",
        {"type": "OnIdle"},
        {"status": "Scheduled"},
        "Scheduled",
    ),
    commanded(
        lambda office: office.change_availability("CP1", 2, 1, operative=True),
        "ChangeAvailability",
        {"operationalStatus": "Operative", "evse": {"id": 2, "connectorId": 1}},
        ACCEPTED,
        "Accepted",
    ),
    commanded(
        lambda office: office.get_config("CP1", "SampledDataCtrlr.TxUpdatedInterval"),
        "GetVariables",
        {
            "getVariableData": [
                {
                    "component": {"name": "SampledDataCtrlr"},
                    "variable": {"name": "TxUpdatedInterval"},
                }
            ]
        },
        {
            "getVariableResult": [
                {
                    "attributeStatus": "Accepted",
                    "attributeValue": "60",
                    "component": {"name": "SampledDataCtrlr"},
                    "variable": {"name": "TxUpdatedInterval"},
                }
            ]
        },
        "60",
    ),
    commanded(
        lambda office: office.set_config("CP1", "A.B[C]", "90"),
        "SetVariables",
        {
            "setVariableData": [
                {
                    "attributeValue": "90",
                    "component": {"name": "A"},
                    "variable": {"name": "B", "instance": "C"},
                }
            ]
        },
        {
            "setVariableResult": [
                {
                    "attributeStatus": "UnknownComponent",
                    "component": {"name": "A"},
                    "variable": {"name": "B", "instance": "C"},
                }
            ]
        },
        "UnknownComponent",
    ),
    commanded(
        lambda office: office.change_availability("CP1", operative=False),
        "ChangeAvailability",
        {"operationalStatus": "Inoperative"},
        ACCEPTED,
        "Accepted",
    ),
    commanded(
        lambda office: office.get_config("CP1", "A.B"),
        "GetVariables",
        {"getVariableData": [{"component": {"name": "A"}, "variable": {"name": "B"}}]},
        {
            "getVariableResult": [
                {
                    "attributeStatus": "UnknownComponent",
                    "component": {"name": "A"},
                    "variable": {"name": "B"},
                }
            ]
        },
        None,
    ),
    commanded(
        lambda office: office.trigger("CP1", "StatusNotification", 1),
        "TriggerMessage",
        {"requestedMessage": "StatusNotification", "evse": {"id": 1}},
        ACCEPTED,
        "Accepted",
    ),
    commanded(lambda office: office.clear_cache("CP1"), "ClearCache", {}, ACCEPTED, "Accepted"),
]


async def given(
    office: BackOffice, guest: Guest, command: Command, answer: object
) -> tuple[list[Any], object]:
    """Command, answer, and return the call and what the command returns."""

    async def ask() -> object:
        return await command(office)

    async with asyncio.TaskGroup() as tasks:
        asked = tasks.create_task(ask())
        call = await guest.answer(answer)
    return call, asked.result()


@pytest.mark.parametrize(
    ("version", "row"), [*((V16, row) for row in ROWS_16), *((V201, row) for row in ROWS_201)]
)
async def test_a_command_is_said_in_the_stations_version(
    office: BackOffice,
    version: str,
    row: tuple[Command, str, dict[str, Any], dict[str, Any], object],
) -> None:
    """The call stands on the wire as the version spells it, and the answer comes down to a word."""
    command, action, payload, answer, expected = row
    async with visit(office, version) as guest:
        await guest.boot()
        call, result = await given(office, guest, command, answer)

    assert (call[0], call[2:]) == (2, [action, payload])
    assert result == expected
    assert office.problems == []


async def test_what_a_version_cannot_say_is_a_value_error(office: BackOffice) -> None:
    """An id that is no number, a message nobody can trigger and a name without a dot."""
    async with visit(office):
        await office.record.bell.until(lambda: "CP1" in office.stations() or None, 9.0, "CP1")
        with pytest.raises(ValueError, match="t1"):
            await office.remote_stop("CP1", "t1")
        with pytest.raises(ValueError, match="Nonsense"):
            await office.trigger("CP1", "Nonsense")
    async with visit(office, V201, "/CP2") as guest:
        await guest.boot()
        with pytest.raises(ValueError, match="HeartbeatInterval"):
            await office.get_config("CP2", "HeartbeatInterval")


async def test_a_call_brings_the_typed_answer(office: BackOffice) -> None:
    """Any message can be asked, and its answer is the message class."""
    async with visit(office) as guest:
        await guest.boot()
        _, answer = await given(
            office,
            guest,
            lambda one: one.call("CP1", v16.GetLocalListVersion()),
            {"listVersion": 3},
        )

    assert answer == v16.GetLocalListVersionResponse(listVersion=3)


@BOTH
async def test_a_refused_call_raises_code_and_reason(office: BackOffice, version: str) -> None:
    """A CALLERROR is an error with its code and description, and no problem."""
    async with visit(office, version) as guest:
        await guest.boot()
        asked = asyncio.create_task(office.clear_cache("CP1"))
        _, number, *_ = await guest.receive()
        await guest.send(4, number, "NotSupported", "no cache", {})
        with pytest.raises(CallRefused) as refused:
            await asked

    assert (refused.value.code, refused.value.description) == ("NotSupported", "no cache")
    assert office.problems == []


async def test_a_broken_answer_is_raised_and_noted(office: BackOffice) -> None:
    """An answer that breaks the schema is an error for the asker and a problem of the station."""
    async with visit(office) as guest:
        await guest.boot()
        asked = asyncio.create_task(office.clear_cache("CP1"))
        await guest.answer({"status": "Maybe"})
        with pytest.raises(AnswerBroken, match="ClearCache"):
            await asked

    (problem,) = office.problems
    assert "answer to ClearCache" in problem


async def test_no_answer_in_time_is_raised_and_a_late_one_forgiven(office: BackOffice) -> None:
    """After the timeout the next call goes out, and only that one's answer counts."""
    async with visit(office) as guest:
        await guest.boot()
        with pytest.raises(TimedOut, match="ClearCache"):
            await office.call("CP1", v16.ClearCache(), timeout_s=0.01)
        _, late, *_ = await guest.receive()
        asked = asyncio.create_task(office.clear_cache("CP1"))
        await guest.send(3, late, {"status": "Rejected"})
        await guest.answer(ACCEPTED)

        assert await asked == "Accepted"
    assert office.problems == []


async def test_an_answer_to_no_call_is_noted(office: BackOffice) -> None:
    """What nobody asked is a problem, and nothing else."""
    async with visit(office) as guest:
        await guest.boot()
        await guest.send(3, "never", {})
        await guest.call("Heartbeat", {})

    assert office.problems == ["CP1: answer to no call of ours: never"]


async def test_calls_wait_for_each_other(office: BackOffice) -> None:
    """Two calls at once go out one after the other, and calls of the station between them."""
    async with visit(office) as guest:
        await guest.boot()
        async with asyncio.TaskGroup() as tasks:
            first = tasks.create_task(office.clear_cache("CP1"))
            second = tasks.create_task(office.unlock("CP1", 1))
            one = await guest.receive()
            await guest.call("Heartbeat", {})
            await guest.send(3, one[1], ACCEPTED)
            two = await guest.answer({"status": "NotSupported"})

    assert [one[2], two[2]] == ["ClearCache", "UnlockConnector"]
    assert (first.result(), second.result()) == ("Accepted", "NotSupported")


async def test_who_is_not_there_cannot_be_asked(office: BackOffice) -> None:
    """A station that never came, and one that is dropped while two calls wait."""
    with pytest.raises(NotConnected, match="CP1"):
        await office.clear_cache("CP1")
    async with visit(office) as guest:
        await guest.boot()
        open_one = asyncio.create_task(office.clear_cache("CP1"))
        queued = asyncio.create_task(office.clear_cache("CP1"))
        await guest.receive()
        async with asyncio.timeout(PATIENCE_S):
            await office.drop("CP1")
        for asked in (open_one, queued):
            with pytest.raises(NotConnected):
                await asked
        with pytest.raises(NotConnected):
            await office.drop("CP1")


@pytest.mark.parametrize(
    ("version", "answer"), [(V16, v16.HeartbeatResponse), (V201, v201.HeartbeatResponse)]
)
def test_an_answer_to_no_command_has_no_status(version: str, answer: Answered) -> None:
    """Asking the wrong message for its status is a bug of the asker."""
    with pytest.raises(TypeError, match="HeartbeatResponse"):
        TONGUES[version].commands.status_of(answer(currentTime=AT))


@pytest.mark.parametrize(
    ("version", "call", "action"),
    [
        (V16, v16.ClearCache(), None),
        (
            V16,
            v16.ExtendedTriggerMessage(
                requestedMessage=v16.MessageTriggerEnum.SignChargePointCertificate
            ),
            "SignCertificate",
        ),
        (V201, v201.ClearCache(), None),
        (
            V201,
            v201.TriggerMessage(requestedMessage=v201.MessageTrigger.SignV2GCertificate),
            "SignCertificate",
        ),
        (
            V201,
            v201.GetBaseReport(requestId=1, reportBase=v201.ReportBase.FullInventory),
            "NotifyReport",
        ),
        (
            V201,
            v201.CustomerInformation(requestId=1, report=True, clear=False),
            "NotifyCustomerInformation",
        ),
        (V201, v201.GetMonitoringReport(requestId=1), "NotifyMonitoringReport"),
    ],
)
def test_some_calls_ask_for_calls(version: str, call: Message, action: str | None) -> None:
    """What a pending station may call then is known by its action."""
    assert TONGUES[version].commands.asks_for(call) == action


async def test_what_breaks_the_schema_is_not_sent(office: BackOffice) -> None:
    """A bug of the asker is raised to the asker."""
    async with visit(office, V201) as guest:
        await guest.boot()
        with pytest.raises(LocalProtocolError):
            await office.call("CP1", v201.UnlockConnector(evseId="x", connectorId=1))  # type: ignore[arg-type]  # the point

    assert office.sent["CP1"] == 1
