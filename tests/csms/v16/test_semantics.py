"""Payloads that make no sense: each has its answer, and nothing at the station changes (S12).

The table has a row for each: the action, its payload, the answer, and where the station stood.
Rows of another profile are a table more, played by `play` like this one.
"""

from __future__ import annotations

import logging
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import msgspec
import pytest

from laadpaal.csms.dialect import Scene
from laadpaal.csms.hearing import Hearing
from laadpaal.csms.v16 import V16
from laadpaal.ports.journal import Start
from laadpaal.properties import authorization as auth_rows
from laadpaal.properties.rows import Reading
from laadpaal.properties.values import Values
from laadpaal.protocols.ocpp import rpc, v16
from laadpaal.station import events as e
from laadpaal.station import requests as r
from laadpaal.station.layout import ConnectorLayout, EvseLayout, Layout, Outlet
from laadpaal.station.view import StationView
from tests.csms.v16.stage import FakeJournal
from tests.support.world import CARD, World

LOG = logging.getLogger("test.semantics")
LAYOUT = Layout(evses=(EvseLayout(), EvseLayout((ConnectorLayout(Outlet.CABLE),))))
NUMBER = 7
"""The CSMS's number of the transaction that runs, where one does."""

MISSING = "ProtocolError"
TYPE = "TypeConstraintViolation"
VALUE = "PropertyConstraintViolation"
FORM = "FormationViolation"
REJECTED, NOT_SUPPORTED = {"status": "Rejected"}, {"status": "NotSupported"}

Where = Callable[[World], None]


class Desk:
    """A real core, asked as the loop asks it."""

    def __init__(self, world: World) -> None:
        self._world = world
        self.layout = world.station.layout

    @property
    def values(self) -> Values:
        """The core's settings."""
        return self._world.values

    def view(self) -> StationView:
        """Return the core's view."""
        return self._world.station.view()

    def happened(self, event: e.Event) -> None:
        """Refuse: what the CSMS asks is no fact."""
        raise AssertionError(event)

    async def ask(self, request: r.Request) -> r.Answer:
        """Return the final answer."""
        answer = self._world.ask(request)
        assert not isinstance(answer, r.Unlocking), "a lock was moved"
        return answer

    def read(self, row: Reading[Any], evse: int = 0) -> str:
        """Refuse: no key of these tables is live."""
        raise AssertionError(row, evse)


@dataclass(frozen=True, slots=True)
class Played:
    """How a call was answered, and whether it left anything behind."""

    answer: str | dict[str, Any]
    """The code of a CALLERROR, or the payload of the answer."""
    changed: bool
    followed: bool


async def play(where: Where, action: str, payload: object) -> Played:
    """Let the CSMS call a station that stands there."""
    world = World(LAYOUT)
    world.values.hold(V16.fixed)
    world.online()
    where(world)
    journal = FakeJournal()
    journal.put(1, 1, Start("tx-1", NUMBER, settled=True))
    hearing = Hearing(V16(LOG), Scene(Desk(world), journal), LOG)
    before = _left(world)
    text = msgspec.json.encode([2, "1", action, payload]).decode()
    call = rpc.parse(text, v16.LANGUAGE.version)
    assert isinstance(call, rpc.Call)
    said = await hearing.answer(call)
    return Played(_answer(said.frame), _left(world) != before, bool(said.then))


def _left(world: World) -> tuple[object, ...]:
    """Return all that a call may leave behind."""
    outcome = (len(world.records), len(world.actions), len(world.notices))
    return world.station.view(), dict(world.values.items()), outcome, world.station.next_wake()


def _answer(frame: rpc.CallResult | rpc.CallError) -> str | dict[str, Any]:
    if isinstance(frame, rpc.CallError):
        return frame.code
    read: dict[str, Any] = msgspec.json.decode(frame.payload)
    return read


# --- where the station stands ---


def idle(world: World) -> None:
    """Let nobody be there."""


def charging(world: World) -> None:
    """Let a vehicle charge at connector 1."""
    world.plug()
    world.swipe()


def waiting(world: World) -> None:
    """Let somebody in at connector 1, who has not come yet."""
    world.swipe(CARD, reader=1)


def faulty(world: World) -> None:
    """Let connector 1 be out of order."""
    world.tell(e.FaultRaised(1, 201))


def out(world: World) -> None:
    """Take connector 1 out of use."""
    world.ask(r.ChangeAvailability(operative=False, evse=1))


def unregistered(world: World) -> None:
    """Charge with a CSMS that has not accepted the station (yet)."""
    charging(world)
    world.tell(e.CsmsOffline())


def forgetful(world: World) -> None:
    """Remember no token."""
    world.put(auth_rows.CACHE_ENABLED, to=False)


# --- Core ---

Row = tuple[str, object, str | dict[str, Any], Where]


def _change(key: object, value: object, answer: str | dict[str, Any]) -> Row:
    return "ChangeConfiguration", {"key": key, "value": value}, answer, idle


def _start(answer: str | dict[str, Any], where: Where = idle, **payload: object) -> Row:
    return "RemoteStartTransaction", {"idTag": "A1", **payload}, answer, where


def _put(kind: object, connector: object, answer: str | dict[str, Any]) -> Row:
    return "ChangeAvailability", {"connectorId": connector, "type": kind}, answer, idle


CORE: list[Row] = [
    # ChangeAvailability
    ("ChangeAvailability", {}, MISSING, idle),
    ("ChangeAvailability", {"connectorId": 1}, MISSING, idle),
    ("ChangeAvailability", {"type": "Inoperative"}, MISSING, idle),
    ("ChangeAvailability", [], FORM, idle),
    _put("Inoperative", 3, REJECTED),
    _put("Inoperative", -1, REJECTED),
    _put("Inoperative", 2**40, REJECTED),
    _put("Inoperative", "1", TYPE),
    _put("Inoperative", 1.5, TYPE),
    ("ChangeAvailability", {"connectorId": True, "type": "Inoperative"}, TYPE, idle),
    _put("Inoperative", None, TYPE),
    _put("inoperative", 1, VALUE),
    _put("Unavailable", 1, VALUE),
    _put(1, 1, TYPE),
    (
        "ChangeAvailability",
        {"connectorId": 1, "type": "Inoperative", "evseId": 1},
        FORM,
        idle,
    ),
    # ChangeConfiguration
    ("ChangeConfiguration", {"key": "HeartbeatInterval"}, MISSING, idle),
    ("ChangeConfiguration", {"value": "1"}, MISSING, idle),
    _change("HeartbeatInterval", 60, TYPE),
    ("ChangeConfiguration", {"key": "LocalPreAuthorize", "value": True}, TYPE, idle),
    _change("HeartbeatInterval", None, TYPE),
    _change(["HeartbeatInterval"], "60", TYPE),
    _change("HeartbeatInterval", "6" * 501, VALUE),
    _change("k" * 51, "1", VALUE),
    _change("", "1", NOT_SUPPORTED),
    _change("Heartbeat Interval", "60", NOT_SUPPORTED),
    _change("HeartBeatIntervals", "60", NOT_SUPPORTED),
    _change("NumberOfConnectors", "2", REJECTED),
    _change("SupportedFeatureProfiles", "Core", REJECTED),
    _change("GetConfigurationMaxKeys", "10", REJECTED),
    _change("StopTransactionMaxMeterValues", "10", REJECTED),
    _change("MeterValuesSampledDataMaxLength", "1", REJECTED),
    _change("HeartbeatInterval", "1e2", REJECTED),
    _change("HeartbeatInterval", "0x10", REJECTED),
    _change("HeartbeatInterval", "60 s", REJECTED),
    _change("HeartbeatInterval", "60\n61", REJECTED),
    _change("HeartbeatInterval", "9" * 400, REJECTED),
    _change("MeterValueSampleInterval", "-1", REJECTED),
    _change("ClockAlignedDataInterval", "86401", REJECTED),
    _change("ConnectionTimeOut", "0", REJECTED),
    _change("ResetRetries", "-1", REJECTED),
    _change("TransactionMessageAttempts", "0", REJECTED),
    _change("MinimumStatusDuration", "1.5", REJECTED),
    _change("LocalPreAuthorize", "ja", REJECTED),
    _change("LocalPreAuthorize", "truefalse", REJECTED),
    _change("StopTxnSampledData", "Voltage,,Frequency", REJECTED),
    _change("StopTxnSampledData", "Voltage;Frequency", REJECTED),
    _change("StopTxnAlignedData", "Voltage,SoC", REJECTED),
    _change("ConnectorPhaseRotation", "0.RST,1.RST,2.RST,3.RST", REJECTED),
    _change("ConnectorPhaseRotation", "A.RST", REJECTED),
    _change("LightIntensity", "101", REJECTED),
    # ClearCache
    ("ClearCache", {"all": True}, FORM, idle),
    ("ClearCache", "now", FORM, idle),
    ("ClearCache", {}, REJECTED, forgetful),
    # DataTransfer
    ("DataTransfer", {}, MISSING, idle),
    ("DataTransfer", {"messageId": "m", "data": "d"}, MISSING, idle),
    ("DataTransfer", {"vendorId": 1}, TYPE, idle),
    ("DataTransfer", {"vendorId": "v" * 256}, VALUE, idle),
    ("DataTransfer", {"vendorId": "v", "messageId": "m" * 51}, VALUE, idle),
    ("DataTransfer", {"vendorId": "v", "data": {"a": 1}}, TYPE, idle),
    ("DataTransfer", {"vendorId": "nl.nobody"}, {"status": "UnknownVendorId"}, idle),
    ("DataTransfer", {"vendorId": ""}, {"status": "UnknownVendorId"}, idle),
    # GetConfiguration
    ("GetConfiguration", {"key": "HeartbeatInterval"}, TYPE, idle),
    ("GetConfiguration", {"key": [1]}, TYPE, idle),
    ("GetConfiguration", {"key": [None]}, TYPE, idle),
    ("GetConfiguration", {"key": ["k" * 51]}, VALUE, idle),
    ("GetConfiguration", {"keys": []}, FORM, idle),
    ("GetConfiguration", {"key": [""]}, {"unknownKey": [""]}, idle),
    # RemoteStartTransaction
    ("RemoteStartTransaction", {}, MISSING, idle),
    ("RemoteStartTransaction", {"connectorId": 1}, MISSING, idle),
    _start(VALUE, idTag="1" * 21),
    _start(TYPE, idTag=1),
    _start(TYPE, connectorId="1"),
    _start(FORM, parentIdTag="A1"),
    _start(REJECTED, connectorId=0),
    _start(REJECTED, connectorId=3),
    _start(REJECTED, connectorId=-1),
    _start(REJECTED, charging, connectorId=1),
    _start(REJECTED, waiting, connectorId=1),
    _start(REJECTED, faulty, connectorId=1),
    _start(REJECTED, out, connectorId=1),
    _start(REJECTED, unregistered, connectorId=2),
    # RemoteStopTransaction
    ("RemoteStopTransaction", {}, MISSING, charging),
    ("RemoteStopTransaction", {"transactionId": str(NUMBER)}, TYPE, charging),
    ("RemoteStopTransaction", {"transactionId": NUMBER + 0.5}, TYPE, charging),
    ("RemoteStopTransaction", {"transactionId": NUMBER + 1}, REJECTED, charging),
    ("RemoteStopTransaction", {"transactionId": -1}, REJECTED, charging),
    ("RemoteStopTransaction", {"transactionId": 2**70}, REJECTED, charging),
    ("RemoteStopTransaction", {"transactionId": NUMBER}, REJECTED, idle),
    ("RemoteStopTransaction", {"transactionId": NUMBER}, REJECTED, unregistered),
    # Reset
    ("Reset", {}, MISSING, charging),
    ("Reset", {"type": "hard"}, VALUE, charging),
    ("Reset", {"type": "Immediate"}, VALUE, charging),
    ("Reset", {"type": None}, TYPE, charging),
    ("Reset", {"type": ["Hard"]}, TYPE, charging),
    ("Reset", {"type": "Hard", "evseId": 1}, FORM, charging),
    # UnlockConnector
    ("UnlockConnector", {}, MISSING, charging),
    ("UnlockConnector", {"connectorId": "1"}, TYPE, charging),
    ("UnlockConnector", {"connectorId": 0}, NOT_SUPPORTED, charging),
    ("UnlockConnector", {"connectorId": -1}, NOT_SUPPORTED, charging),
    ("UnlockConnector", {"connectorId": 3}, NOT_SUPPORTED, charging),
    ("UnlockConnector", {"connectorId": 2}, NOT_SUPPORTED, charging),
    # TriggerMessage
    ("TriggerMessage", {}, MISSING, charging),
    ("TriggerMessage", {"connectorId": 1}, MISSING, charging),
    ("TriggerMessage", {"requestedMessage": "statusNotification"}, VALUE, charging),
    ("TriggerMessage", {"requestedMessage": "Authorize"}, VALUE, charging),
    ("TriggerMessage", {"requestedMessage": "Heartbeat", "connectorId": "1"}, TYPE, charging),
    ("TriggerMessage", {"requestedMessage": "BootNotification"}, REJECTED, charging),
    *(
        ("TriggerMessage", {"requestedMessage": message, "connectorId": n}, REJECTED, charging)
        for message in ("StatusNotification", "MeterValues")
        for n in (-1, 3, 2**40)
    ),
    ("TriggerMessage", {"requestedMessage": "MeterValues", "connectorId": 1}, REJECTED, idle),
    # No action at all, or one of ours
    ("Charge", {}, "NotImplemented", idle),
    ("resetStation", {}, "NotImplemented", idle),
    ("StartTransaction", {}, MISSING, idle),
    ("Heartbeat", {}, "NotSupported", idle),
]


def _name(row: object) -> str | None:
    return row if isinstance(row, str) else getattr(row, "__name__", None)


@pytest.mark.parametrize(("action", "payload", "answer", "where"), CORE, ids=_name)
async def test_core(
    action: str, payload: object, answer: str | dict[str, Any], where: Where
) -> None:
    """What makes no sense is refused in the words of 1.6, and leaves everything as it was."""
    assert await play(where, action, payload) == Played(answer, changed=False, followed=False)


@pytest.mark.parametrize(
    ("action", "payload", "where"),
    [
        ("ChangeAvailability", {"connectorId": 1, "type": "Inoperative"}, idle),
        ("ChangeConfiguration", {"key": "HeartbeatInterval", "value": "61"}, idle),
        ("ClearCache", {}, idle),
        ("RemoteStartTransaction", {"idTag": "A1", "connectorId": 2}, charging),
        ("RemoteStopTransaction", {"transactionId": NUMBER}, charging),
        ("Reset", {"type": "Soft"}, charging),
    ],
)
async def test_what_makes_sense_does_leave_something(
    action: str, payload: object, where: Where
) -> None:
    """The tables would not notice if nothing ever did."""
    played = await play(where, action, payload)

    assert played == Played({"status": "Accepted"}, changed=True, followed=False)


async def test_a_trigger_that_makes_sense_is_followed() -> None:
    """Once the answer has left."""
    played = await play(charging, "TriggerMessage", {"requestedMessage": "MeterValues"})

    assert played == Played({"status": "Accepted"}, changed=False, followed=True)
