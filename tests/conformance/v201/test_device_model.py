"""Variables are read, written and reported (B05 to B08)."""

from __future__ import annotations

from itertools import count
from typing import Any

import pytest

from tests.conformance.v201.stage import ACCEPTED, Stage, status, variable
from tests.conformance.v201.table import case
from tests.csms.v201.variables.row import STATION, Name
from tests.csms.v201.variables.table import TABLE

THRESHOLD = "OCPPCommCtrlr.OfflineThreshold"
PING = "OCPPCommCtrlr.WebSocketPingInterval"
TIMEOUT = "OCPPCommCtrlr.MessageTimeout[Default]"
PASSWORD = "SecurityCtrlr.BasicAuthPassword"
STATE = "AvailabilityState"
STATES = "Available,Occupied,Reserved,Unavailable,Faulted"
LISTS = {"OptionList", "SequenceList", "MemberList"}
CUSTOM = {"vendorId": "com.example", "note": [1, {"deep": True}]}
PARTS = {("ChargingStation", 0, 0)} | {
    (name, evse, connector)
    for evse in (1, 2)
    for name, connector in (("EVSE", 0), ("Connector", 1))
}

Line = dict[str, Any]
_REQUESTS = count(500)


# --- the CSMS's side ---


async def get(stage: Stage, *wishes: Line) -> list[Line]:
    """Return the results of GetVariables."""
    answer = await stage.csms.call("GetVariables", getVariableData=list(wishes))
    results: list[Line] = answer["getVariableResult"]
    return results


async def put(stage: Stage, *wishes: Line) -> list[Line]:
    """Return the results of SetVariables."""
    answer = await stage.csms.call("SetVariables", setVariableData=list(wishes))
    results: list[Line] = answer["setVariableResult"]
    return results


def outcome(wish: Line, status: str, **more: object) -> Line:
    """Return the result that echoes a wish, its attribute being Actual unless it was told."""
    echoed = {name: part for name, part in wish.items() if name != "attributeValue"}
    return {"attributeType": "Actual", **echoed, "attributeStatus": status, **more}


def plain(result: Line) -> Line:
    """Return a result without what is said to people."""
    return {name: part for name, part in result.items() if name != "attributeStatusInfo"}


async def inventory(stage: Stage, base: str) -> dict[Name, Line]:
    """Return the lines of a base report, which must be accepted."""
    return await report(stage, "GetBaseReport", reportBase=base)


async def report(stage: Stage, action: str, **fields: object) -> dict[Name, Line]:
    """Return the lines of a report by name; it must be accepted, and bring each line once."""
    request = next(_REQUESTS)
    assert await stage.csms.call(action, requestId=request, **fields) == ACCEPTED
    pieces = await stage.pieces("NotifyReport", request)
    assert all(piece["generatedAt"] for piece in pieces)
    assert [bool(piece.get("tbc")) for piece in pieces][-1] is False
    lines = [line for piece in pieces for line in piece["reportData"]]
    by_name = {name_of(line): line for line in lines}
    assert len(by_name) == len(lines)
    return by_name


def name_of(line: Line) -> Name:
    """Return component with place, variable, instance."""
    evse = line["component"].get("evse", {})
    place = line["component"]["name"], evse.get("id", 0), evse.get("connectorId", 0)
    return place, line["variable"]["name"], line["variable"].get("instance", "")


def check(line: Line) -> None:
    """See that a line is whole: value, words and limits as its type and mutability ask for."""
    traits = line["variableCharacteristics"]
    assert "supportsMonitoring" in traits
    for attribute in line["variableAttribute"]:
        assert attribute.get("type", "Actual") == "Actual"
        value, hidden = attribute.get("value"), attribute["mutability"] == "WriteOnly"
        if hidden:
            assert value is None, line
        elif name_of(line)[1] != "Power":
            assert value is not None, line
        if traits["dataType"] in LISTS:
            assert set((value or "").split(",")) - {""} <= set(traits["valuesList"].split(","))


# --- GetVariables ---


@case("TC_B_06_CS")
async def test_tc_b_06_one_is_read(stage: Stage) -> None:
    """A value comes with its attribute."""
    await stage.boot()
    wish = variable(THRESHOLD)

    assert await get(stage, wish) == [outcome(wish, "Accepted", attributeValue="60")]


@case("TC_B_07_CS")
async def test_tc_b_07_several_are_read(stage: Stage) -> None:
    """Each has its own result."""
    await stage.boot()
    first, second = variable(THRESHOLD), variable("AuthCtrlr.AuthorizeRemoteStart")

    results = await get(stage, first, second)
    assert len(results) == 2
    assert outcome(first, "Accepted", attributeValue="60") in results
    assert outcome(second, "Accepted", attributeValue="true") in results


@case("TC_B_32_CS")
@case("TC_B_33_CS")
@case("TC_B_34_CS")
@pytest.mark.parametrize(
    ("wish", "status"),
    [
        (variable("UnknownComponent.OfflineThreshold"), "UnknownComponent"),
        (variable("OCPPCommCtrlr.UnknownVariable"), "UnknownVariable"),
        (variable(THRESHOLD) | {"attributeType": "Target"}, "NotSupportedAttributeType"),
    ],
)
async def test_tc_b_32_33_34_what_cannot_be_read(stage: Stage, wish: Line, status: str) -> None:
    """The result names what is not there, and carries no value."""
    await stage.boot()

    assert [plain(result) for result in await get(stage, wish)] == [outcome(wish, status)]


# --- SetVariables ---


@case("TC_B_09_CS")
async def test_tc_b_09_one_is_written(stage: Stage) -> None:
    """It is accepted, and holds."""
    await stage.boot()
    wish = variable(THRESHOLD) | {"attributeValue": "120"}

    assert await put(stage, wish) == [outcome(wish, "Accepted")]
    assert await stage.read(THRESHOLD) == "120"


@case("TC_B_10_CS")
async def test_tc_b_10_several_are_written(stage: Stage) -> None:
    """Each has its own result, and all of them hold after a restart."""
    await stage.boot()
    wishes = [
        variable(name) | {"attributeValue": value}
        for name, value in ((THRESHOLD, "90"), ("AuthCtrlr.AuthorizeRemoteStart", "false"))
    ]

    results = await put(stage, *wishes)
    assert len(results) == 2
    assert all(outcome(wish, "Accepted") in results for wish in wishes)
    await stage.reset()
    await stage.hear_boot()
    assert await stage.read(THRESHOLD) == "90"
    assert await stage.read("AuthCtrlr.AuthorizeRemoteStart") == "false"


@case("TC_B_35_CS")
@case("TC_B_36_CS")
@case("TC_B_37_CS")
@case("TC_B_39_CS")
@pytest.mark.parametrize(
    ("wish", "status"),
    [
        (variable("UnknownComponent.OfflineThreshold"), "UnknownComponent"),
        (variable("OCPPCommCtrlr.UnknownVariable"), "UnknownVariable"),
        (variable(THRESHOLD) | {"attributeType": "Target"}, "NotSupportedAttributeType"),
        (variable(TIMEOUT), "Rejected"),
    ],
)
async def test_tc_b_35_36_37_39_what_cannot_be_written(
    stage: Stage, wish: Line, status: str
) -> None:
    """The result names what is not there; what is only read is rejected, and stays."""
    await stage.boot()
    before = await stage.read(TIMEOUT)

    results = await put(stage, wish | {"attributeValue": "20"})
    assert [plain(result) for result in results] == [outcome(wish, status)]
    assert await stage.read(TIMEOUT) == before
    assert await stage.read(THRESHOLD) == "60"


@case("TC_B_11_CS")
async def test_tc_b_11_only_what_fits_is_written(stage: Stage) -> None:
    """A variable takes values of its own type, and what it refuses leaves it as it was."""
    await stage.boot()
    values = {
        "integer": "60",
        "decimal": "2.5",
        "boolean": "true",
        "dateTime": "2026-01-01T12:00:00Z",
        "text": "abc",
    }
    fits = {
        THRESHOLD: {"integer"},
        # A whole number is a decimal one, too.
        "SmartChargingCtrlr.LimitChangeSignificance": {"integer", "decimal"},
        "AuthCtrlr.LocalPreAuthorize": {"boolean"},
        # The clock is set by its sources, and by nobody's hand.
        "ClockCtrlr.DateTime": set[str](),
    }
    for name, fitting in fits.items():
        for kind, value in values.items():
            [result] = await put(stage, variable(name) | {"attributeValue": value})
            status = "Accepted" if kind in fitting else "Rejected"
            assert result["attributeStatus"] == status, (name, value)
            if kind in fitting:
                assert await stage.read(name) == value
    for text in ("-1", "", "060", "+60", " "):
        assert (await stage.write({PING: text}))[PING] == "Rejected", text


# --- GetBaseReport ---


@case("TC_B_12_CS")
async def test_tc_b_12_configuration(stage: Stage) -> None:
    """Everything that can be set, and nothing else, each with its traits."""
    await stage.boot()
    lines = await inventory(stage, "ConfigurationInventory")

    settable = {row.name for row in TABLE.values() if row.mutability != "ReadOnly"}
    assert lines.keys() == settable
    for line in lines.values():
        check(line)
        assert {one["mutability"] for one in line["variableAttribute"]} <= {
            "ReadWrite",
            "WriteOnly",
        }


@case("TC_B_13_CS")
@case("TC_B_53_CS")
async def test_tc_b_13_53_everything(stage: Stage) -> None:
    """Every required variable of every component and place, with a value that it may have."""
    await stage.boot()
    lines = await inventory(stage, "FullInventory")

    required = {row.name for row in TABLE.values() if row.required}
    assert required <= lines.keys()
    for line in lines.values():
        check(line)
    for name, row in TABLE.items():
        if name in lines and row.name[0][1:] in STATION:
            traits = lines[name]["variableCharacteristics"]
            assert traits | row.traits == traits, name
    for evse in (1, 2):
        power = lines[("EVSE", evse, 0), "Power", ""]
        assert power["variableCharacteristics"]["maxLimit"] > 0


@case("TC_B_14_CS")
async def test_tc_b_14_summary(stage: Stage) -> None:
    """Who is available, and what has a problem."""
    await stage.boot()
    lines = await inventory(stage, "SummaryInventory")
    assert lines.keys() == {(place, STATE, "") for place in PARTS}
    assert {line["variableAttribute"][0]["value"] for line in lines.values()} == {"Available"}

    stage.plug()
    await stage.csms.skip_to(status(1, "Occupied"))
    stage.fault(2, 107)
    await stage.csms.skip_to(status(2, "Faulted"))
    lines = await inventory(stage, "SummaryInventory")
    values = {
        (place[0], place[1], name): line["variableAttribute"][0]["value"]
        for (place, name, _), line in lines.items()
    }
    assert values["EVSE", 1, STATE] == values["Connector", 1, STATE] == "Occupied"
    assert values["EVSE", 2, STATE] == values["Connector", 2, STATE] == "Faulted"
    assert values["EVSE", 2, "Problem"] == "true"
    assert values["ConnectorPlugRetentionLock", 2, "Problem"] == "true"
    assert "Problem" not in {name for part, evse, name in values if evse == 1}


# --- GetReport ---


@case("TC_B_16_CS")
@pytest.mark.parametrize("criterion", ["Active", "Available", "Enabled"])
async def test_tc_b_16_criteria(stage: Stage, criterion: str) -> None:
    """What is reported meets the criterion or has no such variable, and reads as reported."""
    await stage.boot({"AuthCacheCtrlr.Enabled": False})
    lines = await report(stage, "GetReport", componentCriteria=[criterion])

    assert {"true"} >= {
        line["variableAttribute"][0]["value"]
        for name, line in lines.items()
        if name[1] == criterion
    }
    missed = {place for place, _, _ in await inventory(stage, "FullInventory")}
    missed -= {place for place, _, _ in lines}
    assert all([await is_false(stage, place, criterion) for place in missed])
    wish = variable(PASSWORD)
    assert [plain(one) for one in await get(stage, wish)] == [outcome(wish, "Rejected")]


@case("TC_B_16_CS")
async def test_tc_b_16_problem(stage: Stage) -> None:
    """Only what has a problem is reported, and while nothing has, the result is empty."""
    await stage.boot()
    answer = await stage.csms.call("GetReport", requestId=1, componentCriteria=["Problem"])
    assert answer == {"status": "EmptyResultSet"}

    stage.fault(1, 107)
    await stage.csms.skip_to(status(1, "Faulted"))
    lines = await report(stage, "GetReport", componentCriteria=["Problem"])
    assert {place for place, _, _ in lines} == {
        ("EVSE", 1, 0),
        ("ConnectorPlugRetentionLock", 1, 1),
    }


async def is_false(stage: Stage, place: tuple[str, int, int], name: str) -> bool:
    """Tell whether a flag of a component is there, and not true."""
    return await stage.read(f"{place[0]}.{name}", *place[1:]) == "false"


@case("TC_B_17_CS")
async def test_tc_b_17_one_variable(stage: Stage) -> None:
    """It comes alone, with its five words and its one attribute."""
    await stage.boot()
    wish = variable(f"EVSE.{STATE}", 1)
    lines = await report(stage, "GetReport", componentVariable=[wish])

    [line] = lines.values()
    [attribute] = line["variableAttribute"]
    assert (line["component"], line["variable"]) == (wish["component"], wish["variable"])
    assert line["variableCharacteristics"]["dataType"] == "OptionList"
    assert line["variableCharacteristics"]["valuesList"] == STATES
    assert (attribute["mutability"], attribute["value"]) == ("ReadOnly", "Available")


@case("TC_B_18_CS")
async def test_tc_b_18_criterion_and_variable(stage: Stage) -> None:
    """Both must hold; where nothing does, no report comes."""
    await stage.boot()
    wishes = [variable(f"EVSE.{STATE}", 1)]
    lines = await report(
        stage, "GetReport", componentVariable=wishes, componentCriteria=["Available"]
    )
    assert lines.keys() == {(("EVSE", 1, 0), STATE, "")}

    answer = await stage.csms.call(
        "GetReport", requestId=1, componentVariable=wishes, componentCriteria=["Problem"]
    )
    assert answer == {"status": "EmptyResultSet"}
    await stage.csms.silence(10)


@case("TC_B_54_CS")
@case("TC_B_55_CS")
@case("TC_B_56_CS")
@pytest.mark.parametrize(
    ("wish", "names"),
    [
        (
            variable("DeviceDataCtrlr.ItemsPerMessage"),
            {name for name in TABLE if name[:2] == (("DeviceDataCtrlr", 0, 0), "ItemsPerMessage")},
        ),
        (
            variable("DeviceDataCtrlr.ItemsPerMessage[GetReport]"),
            {(("DeviceDataCtrlr", 0, 0), "ItemsPerMessage", "GetReport")},
        ),
        (variable(f"EVSE.{STATE}"), {(("EVSE", evse, 0), STATE, "") for evse in (1, 2)}),
    ],
)
async def test_tc_b_54_55_56_what_is_left_out_may_be_anything(
    stage: Stage, wish: Line, names: set[Name]
) -> None:
    """All instances, the one that is named, and every EVSE."""
    await stage.boot()

    assert (await report(stage, "GetReport", componentVariable=[wish])).keys() == names


# --- custom data ---


@case("TC_P_03_CS")
async def test_tc_p_03_custom_data(stage: Stage) -> None:
    """What another vendor adds, at any depth, changes nothing."""
    await stage.boot()
    wish = variable(THRESHOLD) | {"customData": CUSTOM}
    wish["component"] |= {"customData": CUSTOM}
    wish["variable"] |= {"customData": CUSTOM}
    written = await stage.csms.call(
        "SetVariables", customData=CUSTOM, setVariableData=[wish | {"attributeValue": "75"}]
    )
    read = await stage.csms.call("GetVariables", customData=CUSTOM, getVariableData=[wish])

    assert written["setVariableResult"][0]["attributeStatus"] == "Accepted"
    assert read["getVariableResult"][0]["attributeStatus"] == "Accepted"
    assert read["getVariableResult"][0]["attributeValue"] == "75"
