"""Payloads about monitors that make no sense, or only just do (S12)."""

from __future__ import annotations

from laadpaal.csms.v201.limits import ITEMS_PER_MESSAGE
from laadpaal.properties.meter import POWER
from laadpaal.properties.rows import Address
from laadpaal.station import requests as r
from laadpaal.station.answers import MonitorSet
from laadpaal.station.monitors import MonitorKind
from tests.csms.played import Answer, Row, Where, idle, moved, table, unmoved
from tests.csms.v201.test_semantics import (
    ACCEPTED,
    COUNT,
    FIELD,
    FORM,
    TYPE,
    VALUE,
    no,
    play,
)
from tests.support.world import World

MINE = 1000
"""The id of the first monitor that somebody sets."""
LOCK = 211
"""That of the lock of EVSE 1, which is hard-wired."""
EVSE = {"name": "EVSE", "evse": {"id": 1}}
WISH = {
    "component": EVSE,
    "variable": {"name": "Power"},
    "type": "UpperThreshold",
    "value": 10,
    "severity": 5,
}


def watched(world: World) -> None:
    """Have the power of EVSE 1 watched."""
    answer = world.ask(r.SetMonitor(Address(POWER.id, 1), MonitorKind.UPPER, 10, 5))
    assert answer == MonitorSet(MINE)


def _set(answer: Answer, where: Where = idle, **more: object) -> Row:
    return "SetVariableMonitoring", {"setMonitoringData": [WISH | more]}, answer, where


def _judged(status: str, reason: str = "", **more: object) -> dict[str, object]:
    told: dict[str, object] = {"status": status, "type": "UpperThreshold", "severity": 5, **more}
    return told | ({"statusInfo": reason} if reason else {})


def _out_of_range(**more: object) -> dict[str, object]:
    return _judged("Rejected", "ValueOutOfRange", **more)


def _delta(answer: Answer, value: object, where: Where = idle, **more: object) -> Row:
    return _set(answer, where, type="Delta", value=value, **more)


def _gone(status: str, reason: str) -> dict[str, object]:
    return {"status": status, "statusInfo": reason}


def _report(answer: Answer, **more: object) -> Row:
    return "GetMonitoringReport", {"requestId": 1, **more}, answer, idle


MONITORS: list[Row] = [
    # SetVariableMonitoring
    ("SetVariableMonitoring", {}, COUNT, idle),
    ("SetVariableMonitoring", [], FORM, idle),
    ("SetVariableMonitoring", {"setMonitoringData": []}, COUNT, idle),
    ("SetVariableMonitoring", {"setMonitoringData": [WISH] * (ITEMS_PER_MESSAGE + 1)}, COUNT, idle),
    ("SetVariableMonitoring", {"setMonitoringData": [EVSE]}, FIELD, idle),
    _set(VALUE, type="upperthreshold"),
    _set(VALUE, type="TargetDelta"),
    _set(FIELD, id_=1),
    *(_set(TYPE, value=wrong) for wrong in ("10", True, None)),
    *(_set(TYPE, severity=wrong) for wrong in ("5", 5.5, None)),
    *(_set(TYPE, id=wrong) for wrong in ("1", 1.5)),
    _set(TYPE, transaction="true"),
    _set(_judged("UnknownComponent"), component={"name": "Nonsense"}),
    _set(_judged("UnknownComponent"), component={"name": "EVSE", "evse": {"id": 99}}),
    _set(_judged("UnknownComponent"), component={"name": "EVSE", "evse": {"id": -1}}),
    _set(_judged("UnknownComponent"), component={"name": "EVSE"}),
    _set(_judged("UnknownVariable"), variable={"name": "Nonsense"}),
    _set(_judged("UnknownVariable"), variable={"name": "Power", "instance": "L1"}),
    _set(_judged("UnsupportedMonitorType", "UnsupportedRequest"), variable={"name": "Problem"}),
    _set(
        _judged("UnsupportedMonitorType", "UnsupportedRequest"),
        variable={"name": "AvailabilityState"},
    ),
    _set(
        _judged("Rejected", "UnsupportedRequest"),
        component={"name": "ChargingStation"},
        variable={"name": "Model"},
    ),
    *(_set(_out_of_range(severity=number), severity=number) for number in (-1, 10, 2**40)),
    *(_set(_out_of_range(), value=number) for number in (22_081, 1e300)),
    _delta(_out_of_range(type="Delta"), -1),
    _delta(_out_of_range(type="Delta"), -0.001),
    _set(_out_of_range(type="Periodic"), type="Periodic", value=0),
    _set(_out_of_range(type="PeriodicClockAligned"), type="PeriodicClockAligned", value=-900),
    *(_set(_judged("Rejected", "NotFound"), id=number) for number in (0, -1, 999, 2**40)),
    _set(_judged("Rejected", "InvalidValue"), id=1),
    _delta(_judged("Rejected", "ReadOnly", type="Delta"), 1, id=LOCK),
    _set(_judged("Duplicate", "InvalidValue"), watched),
    _set(_judged("Duplicate", "InvalidValue"), watched, value=20),
    # ClearVariableMonitoring
    ("ClearVariableMonitoring", {}, COUNT, idle),
    ("ClearVariableMonitoring", {"id": []}, COUNT, idle),
    ("ClearVariableMonitoring", {"id": [1] * (ITEMS_PER_MESSAGE + 1)}, COUNT, idle),
    ("ClearVariableMonitoring", {"id": 1}, TYPE, idle),
    *(("ClearVariableMonitoring", {"id": [wrong]}, TYPE, idle) for wrong in ("1", None, 1.5)),
    *(
        (
            "ClearVariableMonitoring",
            {"id": [number]},
            {**_gone("NotFound", "NotFound"), "id": number},
            idle,
        )
        for number in (0, -1, 999, MINE, 2**40)
    ),
    (
        "ClearVariableMonitoring",
        {"id": [LOCK]},
        {**_gone("Rejected", "ReadOnly"), "id": LOCK},
        idle,
    ),
    # SetMonitoringBase, SetMonitoringLevel
    ("SetMonitoringBase", {}, COUNT, idle),
    ("SetMonitoringBase", {"monitoringBase": "all"}, VALUE, idle),
    ("SetMonitoringBase", {"monitoringBase": None}, TYPE, idle),
    ("SetMonitoringLevel", {}, COUNT, idle),
    ("SetMonitoringLevel", {"severity": "5"}, TYPE, idle),
    *(
        ("SetMonitoringLevel", {"severity": number}, no("ValueOutOfRange"), idle)
        for number in (-1, 10, 2**40)
    ),
    # GetMonitoringReport
    ("GetMonitoringReport", {}, COUNT, idle),
    _report(TYPE, requestId="1"),
    _report(COUNT, monitoringCriteria=[]),
    _report(VALUE, monitoringCriteria=["Thresholds"]),
    _report(COUNT, componentVariable=[]),
    _report(COUNT, componentVariable=[{"component": EVSE}] * (ITEMS_PER_MESSAGE + 1)),
    _report({"status": "EmptyResultSet"}, monitoringCriteria=["ThresholdMonitoring"]),
    _report({"status": "EmptyResultSet"}, componentVariable=[{"component": {"name": "Nonsense"}}]),
]

SENSIBLE: list[Row] = [
    _set(_judged("Accepted", id=MINE)),
    _set(_judged("Accepted", id=MINE, severity=6), watched, id=MINE, severity=6),
    _set(_judged("Accepted", id=MINE), value=22_080),
    _delta(_judged("Accepted", id=MINE, type="Delta"), 0),
    ("ClearVariableMonitoring", {"id": [MINE]}, {**ACCEPTED, "id": MINE}, watched),
    ("SetMonitoringBase", {"monitoringBase": "HardWiredOnly"}, ACCEPTED, idle),
    ("SetMonitoringLevel", {"severity": 0}, ACCEPTED, idle),
]


@table(MONITORS)
async def test_senseless(action: str, payload: object, answer: Answer, where: Where) -> None:
    """It is refused in the words of 2.0.1, and leaves everything as it was."""
    assert await play(where, action, payload) == unmoved(answer)


@table(SENSIBLE)
async def test_what_makes_sense_does_leave_something(
    action: str, payload: object, answer: Answer, where: Where
) -> None:
    """The table would not notice if nothing ever did."""
    assert await play(where, action, payload) == moved(answer)
