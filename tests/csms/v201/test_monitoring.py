"""Monitors in the words of OCPP 2.0.1."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from laadpaal.csms.dialect import Call, Refusal, Reply
from laadpaal.csms.v201.limits import BYTES_PER_MESSAGE, ITEMS_PER_MESSAGE, MOST_BYTES
from laadpaal.properties import comms, meter, parts
from laadpaal.properties.rows import Address
from laadpaal.station import requests as r
from laadpaal.station.answers import Accepted, Answer, MonitorSet, Reason, Refused
from laadpaal.station.monitors import Firing, Monitor, MonitoringBase, MonitorKind, Origin
from laadpaal.station.notices import MonitorsFired
from tests.csms.v201.scene import AT, AT_TEXT, make_world, shown

POWER = Address(meter.POWER.id, 1)
EVSE_1 = {"name": "EVSE", "evse": {"id": 1}}
KINDS = {
    "UpperThreshold": MonitorKind.UPPER,
    "LowerThreshold": MonitorKind.LOWER,
    "Delta": MonitorKind.DELTA,
    "Periodic": MonitorKind.PERIODIC,
    "PeriodicClockAligned": MonitorKind.ALIGNED,
}
MOST_W = 22_080
"""What EVSE 1 is reported to give at most: three lines of 32 A at 230 V."""


def item(name: str = "Power", component: dict[str, Any] = EVSE_1, **more: Any) -> dict[str, Any]:
    """Return one wish of a monitor."""
    wish = {"component": component, "variable": {"name": name}, "value": 10, "severity": 5}
    return wish | {"type": "UpperThreshold"} | more


@pytest.mark.parametrize(("word", "kind"), KINDS.items())
def test_each_type_is_a_kind(word: str, kind: MonitorKind) -> None:
    """And the rest of the wish is taken as it is."""
    wish = item(type=word, transaction=True, id=7)

    (request,) = make_world().wished("SetVariableMonitoring", setMonitoringData=[wish])

    assert request == r.SetMonitor(POWER, kind, 10, 5, in_transaction=True, id=7)


def test_names_are_found_whatever_their_case_and_place() -> None:
    """A connector, an instance and a setting each have their own address."""
    connector = {"name": "connector", "evse": {"id": 2, "connectorId": 1}}
    data = [
        item("AVAILABILITYSTATE", connector, type="Delta"),
        item(component={"name": "OCPPCommCtrlr"}, name="OfflineThreshold"),
        item("BasicAuthPassword", {"name": "SecurityCtrlr"}, type="Delta"),
    ]

    requests = make_world().wished("SetVariableMonitoring", setMonitoringData=data)

    assert [one.at for one in requests if isinstance(one, r.SetMonitor)] == [
        Address(parts.CONNECTOR_AVAILABILITY.id, 2, 1),
        Address(comms.OFFLINE_THRESHOLD.id),
        Address(comms.PASSWORD.id),
    ]


@pytest.mark.parametrize(
    ("answer", "status"),
    [
        (MonitorSet(1000), {"status": "Accepted", "id": 1000}),
        (Refused(Reason.BAD_MONITOR), {"status": "UnsupportedMonitorType"}),
        (Refused(Reason.DUPLICATE_MONITOR), {"status": "Duplicate"}),
        (Refused(Reason.OUT_OF_RANGE), {"status": "Rejected"}),
        (Refused(Reason.UNKNOWN_MONITOR), {"status": "Rejected"}),
        (Refused(Reason.OTHER_MONITOR), {"status": "Rejected"}),
        (Refused(Reason.HARD_WIRED), {"status": "Rejected"}),
        (Refused(Reason.TOO_MANY), {"status": "Rejected"}),
    ],
)
def test_each_answer_has_its_status(answer: Answer, status: dict[str, object]) -> None:
    """Component, variable, type and severity are echoed."""
    told = make_world().answered("SetVariableMonitoring", answer, setMonitoringData=[item()])

    (result,) = told["setMonitoringResult"]
    assert ("statusInfo" in result) == isinstance(answer, Refused)
    result.pop("statusInfo", None)
    echo = {key: value for key, value in item().items() if key != "value"}
    assert result == echo | status


def test_items_are_independent() -> None:
    """Those that name nothing to watch need no answer of the station (N04)."""
    data = [
        item(),
        item(component={"name": "EVSE", "evse": {"id": 99}}),
        item("Nonsense"),
        item("Model", {"name": "ChargingStation"}, type="Delta"),
        item("DateTime", {"name": "ClockCtrlr"}, type="Delta"),
        item(value=MOST_W + 1),
        item(value=MOST_W),
        item(value=MOST_W + 1, type="Delta"),
    ]
    ids = (MonitorSet(1000), MonitorSet(1001), MonitorSet(1002))

    told = make_world().answered("SetVariableMonitoring", *ids, setMonitoringData=data)

    assert [(one["status"], one.get("id")) for one in told["setMonitoringResult"]] == [
        ("Accepted", 1000),
        ("UnknownComponent", None),
        ("UnknownVariable", None),
        ("Rejected", None),
        ("Rejected", None),
        ("Rejected", None),
        ("Accepted", 1001),
        ("Accepted", 1002),
    ]


def test_nothing_is_asked_when_nothing_can_be_watched() -> None:
    """The answer is ready at once."""
    told = make_world().replied("SetVariableMonitoring", setMonitoringData=[item("Nonsense")])

    assert [one["status"] for one in told["setMonitoringResult"]] == ["UnknownVariable"]


@pytest.mark.parametrize(
    ("action", "payload"),
    [
        ("SetVariableMonitoring", {"setMonitoringData": [item()] * (ITEMS_PER_MESSAGE + 1)}),
        ("ClearVariableMonitoring", {"id": [1] * (ITEMS_PER_MESSAGE + 1)}),
        (
            "GetMonitoringReport",
            {"requestId": 1, "componentVariable": [{"component": EVSE_1}] * 101},
        ),
    ],
)
def test_a_message_has_so_many_items_at_most(action: str, payload: dict[str, Any]) -> None:
    """As the device model says (3.2)."""
    with pytest.raises(Refusal) as refusal:
        make_world().hear(action, **payload)

    assert refusal.value.code == "OccurrenceConstraintViolation"


def test_a_message_has_so_many_bytes_at_most() -> None:
    """As the device model says (3.2)."""
    actions = ("SetVariableMonitoring", "ClearVariableMonitoring", "GetMonitoringReport")

    assert [MOST_BYTES[action] for action in actions] == [BYTES_PER_MESSAGE] * 3


def test_what_can_be_watched_is_reported_so() -> None:
    """What never changes cannot, nor can what only this version knows."""
    world = make_world()
    reply = world.hear("GetBaseReport", requestId=1, reportBase="FullInventory")
    assert isinstance(reply, Reply)
    lines = [line for _, piece in calls(reply) for line in piece["reportData"]]
    watched = {
        f"{one['component']['name']}.{one['variable']['name']}": one["variableCharacteristics"][
            "supportsMonitoring"
        ]
        for one in lines
    }

    assert watched["EVSE.Power"]
    assert watched["Connector.AvailabilityState"]
    assert watched["OCPPCommCtrlr.OfflineThreshold"]
    assert watched["SecurityCtrlr.BasicAuthPassword"]
    assert not watched["ChargingStation.Model"]
    assert not watched["ClockCtrlr.DateTime"]
    assert not watched["MonitoringCtrlr.ItemsPerMessage"]


def test_each_monitor_is_cleared_on_its_own() -> None:
    """An unknown one is NotFound, and a hard-wired one Rejected (N06)."""
    world = make_world()
    wishes = world.wished("ClearVariableMonitoring", id=[1, 2, 3])
    assert wishes == tuple(r.ClearMonitor(id_) for id_ in (1, 2, 3))
    answers = Accepted(), Refused(Reason.UNKNOWN_MONITOR), Refused(Reason.HARD_WIRED)

    told = world.answered("ClearVariableMonitoring", *answers, id=[1, 2, 3])

    assert [(one["id"], one["status"]) for one in told["clearMonitoringResult"]] == [
        (1, "Accepted"),
        (2, "NotFound"),
        (3, "Rejected"),
    ]


@pytest.mark.parametrize("base", MonitoringBase)
def test_every_base_can_be_had(base: MonitoringBase) -> None:
    """So it is accepted, whichever it is (N03)."""
    world = make_world()

    assert world.wished("SetMonitoringBase", monitoringBase=base.value) == (
        r.SetMonitoringBase(base),
    )
    told = world.answered("SetMonitoringBase", Accepted(), monitoringBase=base.value)
    assert told == {"status": "Accepted"}


def test_the_level_is_the_stations_to_judge() -> None:
    """It refuses what is no severity (N05)."""
    world = make_world()
    assert world.wished("SetMonitoringLevel", severity=5) == (r.SetMonitoringLevel(5),)

    assert world.answered("SetMonitoringLevel", Accepted(), severity=5) == {"status": "Accepted"}
    refused = Refused(Reason.OUT_OF_RANGE, "10 is not in 0..9")
    assert world.answered("SetMonitoringLevel", refused, severity=10) == {
        "status": "Rejected",
        "statusInfo": {"reasonCode": "ValueOutOfRange", "additionalInfo": "10 is not in 0..9"},
    }


# --- reports ---

STATE = Address(parts.EVSE_AVAILABILITY.id, 2)
MONITORS = (
    Monitor(1, POWER, MonitorKind.UPPER, 10, 5),
    Monitor(2, STATE, MonitorKind.DELTA, 1, 6, in_transaction=True),
    Monitor(3, POWER, MonitorKind.PERIODIC, 60, 7),
    Monitor(4, Address(comms.ATTEMPTS.id), MonitorKind.ALIGNED, 900, 8, origin=Origin.HARD_WIRED),
    Monitor(5, POWER, MonitorKind.LOWER, 1, 9),
)


def calls(reply: Reply) -> list[tuple[str, Any]]:
    """Return the messages that follow on an answer."""
    return [shown(call) for call in reply.then if isinstance(call, Call)]


def reported(monitors: tuple[Monitor, ...] = MONITORS, **wanted: Any) -> list[int] | str:
    """Return the ids that a report lists, in order, or why there is none."""
    world = make_world()
    world.see(monitors=monitors)
    reply = world.hear("GetMonitoringReport", requestId=8, **wanted)
    assert isinstance(reply, Reply)
    _, answer = shown(Call("GetMonitoringReport", reply.payload))
    if answer != {"status": "Accepted"}:
        assert reply.then == ()
        return str(answer["status"])
    lines = [line for _, piece in calls(reply) for line in piece["monitor"]]
    return [one["id"] for line in lines for one in line["variableMonitoring"]]


def test_a_report_says_all_of_each_monitor() -> None:
    """Those of one variable stand together (N02)."""
    world = make_world()
    world.see(monitors=MONITORS[:3])
    reply = world.hear("GetMonitoringReport", requestId=8)
    assert isinstance(reply, Reply)

    ((action, message),) = calls(reply)

    assert action == "NotifyMonitoringReport"
    assert message == {
        "requestId": 8,
        "seqNo": 0,
        "generatedAt": AT_TEXT,
        "tbc": False,
        "monitor": [
            {
                "component": EVSE_1,
                "variable": {"name": "Power"},
                "variableMonitoring": [
                    {
                        "id": 1,
                        "transaction": False,
                        "value": 10,
                        "type": "UpperThreshold",
                        "severity": 5,
                    },
                    {
                        "id": 3,
                        "transaction": False,
                        "value": 60,
                        "type": "Periodic",
                        "severity": 7,
                    },
                ],
            },
            {
                "component": {"name": "EVSE", "evse": {"id": 2}},
                "variable": {"name": "AvailabilityState"},
                "variableMonitoring": [
                    {"id": 2, "transaction": True, "value": 1, "type": "Delta", "severity": 6}
                ],
            },
        ],
    }


@pytest.mark.parametrize(
    ("criteria", "ids"),
    [
        (["ThresholdMonitoring"], {1, 5}),
        (["DeltaMonitoring"], {2}),
        (["PeriodicMonitoring"], {3, 4}),
        (["ThresholdMonitoring", "DeltaMonitoring"], {1, 2, 5}),
        (["ThresholdMonitoring", "DeltaMonitoring", "PeriodicMonitoring"], {1, 2, 3, 4, 5}),
    ],
)
def test_a_criterion_chooses_kinds(criteria: list[str], ids: set[int]) -> None:
    """Several of them are alternatives (N02)."""
    assert set(reported(monitoringCriteria=criteria)) == ids


@pytest.mark.parametrize(
    ("wanted", "ids"),
    [
        ({"component": {"name": "evse"}}, {1, 2, 3, 5}),
        ({"component": EVSE_1}, {1, 3, 5}),
        ({"component": EVSE_1, "variable": {"name": "POWER"}}, {1, 3, 5}),
        ({"component": {"name": "EVSE"}, "variable": {"name": "AvailabilityState"}}, {2}),
        ({"component": {"name": "OCPPCommCtrlr"}, "variable": {"name": "MessageAttempts"}}, {4}),
    ],
)
def test_a_variable_chooses_its_monitors(wanted: dict[str, Any], ids: set[int]) -> None:
    """What is left out of a name fits everything there is (3.4)."""
    assert set(reported(componentVariable=[wanted])) == ids


@pytest.mark.parametrize(
    "wanted",
    [
        {"component": {"name": "EVSE", "evse": {"id": 3}}},
        {"component": {"name": "EVSE", "evse": {"id": 1, "connectorId": 1}}},
        {"component": {"name": "EVSE", "instance": "x"}},
        {"component": EVSE_1, "variable": {"name": "Nonsense"}},
        {"component": EVSE_1, "variable": {"name": "Power", "instance": "x"}},
        {"component": {"name": "Nonsense"}},
    ],
)
def test_what_has_no_monitor_has_no_report(wanted: dict[str, Any]) -> None:
    """The answer says so, and nothing follows."""
    assert reported(componentVariable=[wanted]) == "EmptyResultSet"


def test_criteria_and_variables_must_both_fit() -> None:
    """So a variable with monitors of another kind only has no report."""
    delta, here = ["DeltaMonitoring"], [{"component": EVSE_1}]

    assert reported(monitoringCriteria=delta, componentVariable=here) == "EmptyResultSet"
    assert reported(monitoringCriteria=delta) == [2]
    assert reported(()) == "EmptyResultSet"


def test_a_long_report_comes_in_pieces() -> None:
    """Numbered, and each but the last says that there is more."""
    many = tuple(
        Monitor(number, Address(row.id, 1), MonitorKind.UPPER, 10, 5)
        for number, row in enumerate(row for row in meter.ROWS * 12 if row.variables)
    )
    world = make_world()
    world.see(monitors=many)
    reply = world.hear("GetMonitoringReport", requestId=8)
    assert isinstance(reply, Reply)

    pieces = [message for _, message in calls(reply)]

    assert len(pieces) > 1
    assert [one["seqNo"] for one in pieces] == list(range(len(pieces)))
    assert [one["tbc"] for one in pieces] == [True] * (len(pieces) - 1) + [False]
    assert set(reported(many)) == {one.id for one in many}


# --- events ---


def test_a_firing_is_an_event() -> None:
    """With all that is known of it (N07)."""
    firing = Firing(1234, AT, MONITORS[0], "11", cleared=True, transaction="tx-1")

    told = make_world().tell(MonitorsFired((firing,)))

    assert told == [
        (
            "NotifyEvent",
            {
                "generatedAt": AT_TEXT,
                "seqNo": 0,
                "tbc": False,
                "eventData": [
                    {
                        "eventId": 1234,
                        "timestamp": AT_TEXT,
                        "trigger": "Alerting",
                        "actualValue": "11",
                        "component": EVSE_1,
                        "eventNotificationType": "CustomMonitor",
                        "variable": {"name": "Power"},
                        "cleared": True,
                        "transactionId": "tx-1",
                        "variableMonitoringId": 1,
                    }
                ],
            },
        )
    ]


def test_what_does_not_hold_is_left_out() -> None:
    """An alert is not told to be no all-clear, and no transaction is none."""
    ((_, message),) = make_world().tell(MonitorsFired((Firing(1, AT, MONITORS[1], "x"),), seq=2))

    (event,) = message["eventData"]
    assert not {"cleared", "transactionId"} & set(event)
    assert message["seqNo"] == 2


@pytest.mark.parametrize(
    ("kind", "trigger"),
    [
        (MonitorKind.UPPER, "Alerting"),
        (MonitorKind.LOWER, "Alerting"),
        (MonitorKind.DELTA, "Delta"),
        (MonitorKind.PERIODIC, "Periodic"),
        (MonitorKind.ALIGNED, "Periodic"),
    ],
)
def test_each_kind_has_its_trigger(kind: MonitorKind, trigger: str) -> None:
    """Both bounds alert, and both periods are periodic."""
    firing = Firing(1, AT, replace(MONITORS[0], kind=kind), "11")

    ((_, message),) = make_world().tell(MonitorsFired((firing,)))

    assert [event["trigger"] for event in message["eventData"]] == [trigger]


@pytest.mark.parametrize(
    ("origin", "word"),
    [
        (Origin.CUSTOM, "CustomMonitor"),
        (Origin.PRECONFIGURED, "PreconfiguredMonitor"),
        (Origin.HARD_WIRED, "HardWiredNotification"),
    ],
)
def test_who_made_a_monitor_is_told(origin: Origin, word: str) -> None:
    """Somebody, or the maker of the station, and whether it can be silenced."""
    firing = Firing(1, AT, replace(MONITORS[0], origin=origin), "11")

    ((_, message),) = make_world().tell(MonitorsFired((firing,)))

    assert [event["eventNotificationType"] for event in message["eventData"]] == [word]


def test_a_text_that_is_too_long_is_cut() -> None:
    """At what a message can carry."""
    firing = Firing(1, AT, MONITORS[0], "x" * 2501)

    ((_, message),) = make_world().tell(MonitorsFired((firing,)))

    assert message["eventData"][0]["actualValue"] == "x" * 2500
