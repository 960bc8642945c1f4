"""The device model: what is there, how it is reported, and what a wrong write is answered."""

from __future__ import annotations

import json
from typing import Any

import pytest

from laadpaal.csms.dialect import Call, Refusal, Reply, Wish
from laadpaal.csms.v201 import inventory, names
from laadpaal.properties import comms
from laadpaal.properties import metering as meter_rows
from laadpaal.properties.kinds import Hidden
from laadpaal.protocols.ocpp import codec
from laadpaal.protocols.ocpp.message import Message
from laadpaal.station.measurement import Measurement
from laadpaal.station.notices import SettingChanged
from laadpaal.station.records import SettingWritten
from laadpaal.station.requests import AfterRestart
from tests.csms.v201.required import (
    DECIMAL,
    MEMBERS,
    OPTION,
    OPTIONAL,
    PHYSICAL,
    REQUIRED,
    RO,
    SEQUENCE,
    TEXT,
    WHOLE,
    WO,
    Name,
    Place,
    Shape,
)
from tests.csms.v201.scene import AT_TEXT, make_world
from tests.csms.v201.scene import World as Stage
from tests.support.world import World

PASSWORD = "wachtwoord-van-é-16+"


def named(place: Place, name: str) -> Name:
    """Split the instance off a name."""
    plain, _, instance = name.partition("[")
    return place, plain, instance.removesuffix("]")


def asked(place: Place, name: str, **more: Any) -> dict[str, Any]:
    """Return what names a variable in a question."""
    (component, evse, connector), plain, instance = named(place, name)
    at: dict[str, Any] = {"name": component}
    if evse:
        at["evse"] = {"id": evse} | ({"connectorId": connector} if connector else {})
    variable = {"name": plain} | ({"instance": instance} if instance else {})
    return {"component": at, "variable": variable, **more}


def said(message: Message) -> Any:
    """Return the JSON of a message that obeys its schema."""
    return json.loads(bytes(codec.encode(message)))


class Counter:
    """The CSMS on one side, a real station on the other."""

    def __init__(self) -> None:
        self.world = World()
        self.stage: Stage = make_world()
        self.stage.desk.values = self.world.values

    def reports(self, base: str) -> list[Any]:
        """Return the messages of a base report."""
        reply = self.stage.hear("GetBaseReport", requestId=7, reportBase=base)
        assert isinstance(reply, Reply)
        assert said(reply.payload) == {"status": "Accepted"}
        assert all(isinstance(call, Call) and call.action == "NotifyReport" for call in reply.then)
        return [said(call.payload) for call in reply.then if isinstance(call, Call)]

    def report(self, base: str = "FullInventory") -> dict[Name, Any]:
        """Return the lines of a base report by name."""
        lines = [line for message in self.reports(base) for line in message["reportData"]]
        by_name = {_name(line): line for line in lines}
        assert len(by_name) == len(lines)
        return by_name

    def get(self, *wishes: dict[str, Any]) -> list[Any]:
        """Return the results of GetVariables."""
        reply = self.stage.hear("GetVariables", getVariableData=list(wishes))
        assert isinstance(reply, Reply)
        results: list[Any] = said(reply.payload)["getVariableResult"]
        return results

    def set(self, *wishes: dict[str, Any]) -> list[Any]:
        """Write variables and return the results."""
        heard = self.stage.hear("SetVariables", setVariableData=list(wishes))
        if isinstance(heard, Wish):
            heard = heard.reply(tuple(self.world.ask(request) for request in heard.requests))
        results: list[Any] = said(heard.payload)["setVariableResult"]
        return results

    def put(self, place: Place, name: str, value: str) -> Any:
        """Write one variable and return its result."""
        [result] = self.set(asked(place, name, attributeValue=value))
        return result

    def value(self, place: Place, name: str) -> str:
        """Return the value of one variable."""
        [result] = self.get(asked(place, name))
        assert result["attributeStatus"] == "Accepted"
        text: str = result["attributeValue"]
        return text


def _name(line: Any) -> Name:
    evse = line["component"].get("evse", {})
    place = line["component"]["name"], evse.get("id", 0), evse.get("connectorId", 0)
    return place, line["variable"]["name"], line["variable"].get("instance", "")


@pytest.fixture
def counter() -> Counter:
    return Counter()


COMM: Place = ("OCPPCommCtrlr", 0, 0)
SAMPLED: Place = ("SampledDataCtrlr", 0, 0)
SECURITY: Place = ("SecurityCtrlr", 0, 0)


# --- what is there ---


@pytest.mark.parametrize(("place", "name", "shape"), REQUIRED)
def test_every_required_variable_is_reported(
    counter: Counter, place: Place, name: str, shape: Shape
) -> None:
    """Each has the type, unit and mutability of the specification."""
    line = counter.report()[named(place, name)]
    traits, [attribute] = line["variableCharacteristics"], line["variableAttribute"]

    assert traits["dataType"] == shape.data_type
    assert traits.get("unit", "") == shape.unit
    assert attribute["mutability"] == shape.mutability


def test_nothing_else_is_reported(counter: Counter) -> None:
    """No variable stands there that these tables do not know."""
    required = {named(place, name) for place, name, _ in REQUIRED}

    assert counter.report().keys() == required | OPTIONAL


def test_every_variable_can_be_asked_for(counter: Counter) -> None:
    """What is reported is found by its name, in any case; only secrets are not read."""
    for (place, name, instance), line in counter.report().items():
        wish = asked(place, f"{name.upper()}[{instance.lower()}]" if instance else name.upper())
        [result] = counter.get(wish)
        [attribute] = line["variableAttribute"]
        secret = attribute["mutability"] == WO
        assert result["attributeStatus"] == ("Rejected" if secret else "Accepted"), name
        assert result.get("attributeValue") == attribute.get("value"), name


def test_lists_come_with_their_words(counter: Counter) -> None:
    """The list of words is there, and the value is drawn from it."""
    lists = [
        line
        for line in counter.report().values()
        if line["variableCharacteristics"]["dataType"] in {OPTION, SEQUENCE, MEMBERS}
    ]

    assert lists
    for line in lists:
        words = line["variableCharacteristics"]["valuesList"].split(",")
        value = line["variableAttribute"][0]["value"]
        assert set(value.split(",") if value else ()) <= set(words), line
        assert "" not in words


def test_numbers_come_with_their_limits(counter: Counter) -> None:
    """What may be written tells between which limits."""
    for name, line in counter.report("ConfigurationInventory").items():
        traits = line["variableCharacteristics"]
        if traits["dataType"] in {WHOLE, DECIMAL, TEXT}:
            assert traits["minLimit"] < traits["maxLimit"], name


def test_every_power_has_its_limit(counter: Counter) -> None:
    """The one limit that is required; the value may be missing while no meter answers."""
    counter.stage.see_evse(2, measurement=None)
    lines = counter.report()
    first, second = lines[("EVSE", 1, 0), "Power", ""], lines[("EVSE", 2, 0), "Power", ""]

    assert first["variableCharacteristics"]["maxLimit"] == 32 * 230 * 3
    assert first["variableAttribute"][0]["value"] == "42.5"
    assert second["variableCharacteristics"]["maxLimit"] == 16 * 230
    assert "value" not in second["variableAttribute"][0]


# --- the reports ---


def test_a_full_report_comes_in_pieces(counter: Counter) -> None:
    """They are numbered, dated, small, and all but the last are continued."""
    messages = counter.reports("FullInventory")

    assert len(messages) > 1
    assert [message["seqNo"] for message in messages] == list(range(len(messages)))
    assert [message["tbc"] for message in messages] == [True] * (len(messages) - 1) + [False]
    assert {message["requestId"] for message in messages} == {7}
    assert {message["generatedAt"] for message in messages} == {AT_TEXT}
    assert max(len(str(message)) for message in messages) < 8_192


def test_the_configuration_is_what_may_be_written(counter: Counter) -> None:
    """Nothing read-only is in it, and nothing that may be written is missing."""
    lines = counter.report("ConfigurationInventory")
    writable = {
        name
        for name, line in counter.report().items()
        if line["variableAttribute"][0]["mutability"] != RO
    }

    assert lines.keys() == writable
    assert (SECURITY, "BasicAuthPassword", "") in lines


def test_the_summary_is_who_is_available(counter: Counter) -> None:
    """One state for the station, each EVSE, each connector."""
    assert counter.report("SummaryInventory").keys() == {
        (place, "AvailabilityState", "") for place in PHYSICAL
    }


def test_a_password_is_reported_without_value(counter: Counter) -> None:
    """It stands in the report with its length, and never with its text."""
    assert counter.put(SECURITY, "BasicAuthPassword", PASSWORD)["attributeStatus"] == "Accepted"

    line = counter.report()[SECURITY, "BasicAuthPassword", ""]
    assert "value" not in line["variableAttribute"][0]
    assert line["variableCharacteristics"]["minLimit"] == 16
    assert line["variableCharacteristics"]["maxLimit"] == 64
    assert PASSWORD not in str(counter.reports("FullInventory"))


# --- reading ---


@pytest.mark.parametrize(
    ("wish", "status"),
    [
        (asked(("Toaster", 0, 0), "Available"), "UnknownComponent"),
        (asked(("EVSE", 3, 0), "Available"), "UnknownComponent"),
        (asked(("EVSE", 0, 0), "Available"), "UnknownComponent"),
        (asked(("Connector", 1, 2), "Available"), "UnknownComponent"),
        (asked(COMM, "Colour"), "UnknownVariable"),
        (asked(COMM, "MessageTimeout"), "UnknownVariable"),
        (asked(COMM, "MessageTimeout[Other]"), "UnknownVariable"),
        (asked(COMM, "OfflineThreshold[Default]"), "UnknownVariable"),
        (asked(COMM, "OfflineThreshold", attributeType="Target"), "NotSupportedAttributeType"),
        (asked(SECURITY, "BasicAuthPassword"), "Rejected"),
    ],
)
def test_what_cannot_be_read(counter: Counter, wish: dict[str, Any], status: str) -> None:
    """Each item tells the first reason, echoes what was asked, and carries no value."""
    [result] = counter.get(wish)

    assert result["attributeStatus"] == status
    assert result["component"] == wish["component"]
    assert result["variable"] == wish["variable"]
    assert result["attributeType"] == wish.get("attributeType", "Actual")
    assert "attributeValue" not in result


def test_an_instance_of_a_component_that_has_none(counter: Counter) -> None:
    """No component of ours has instances."""
    wish = asked(COMM, "OfflineThreshold")
    wish["component"]["instance"] = "left"

    assert counter.get(wish)[0]["attributeStatus"] == "UnknownComponent"


def test_the_clock_can_be_read(counter: Counter) -> None:
    """It is the station's clock, at this instant."""
    assert counter.value(("ClockCtrlr", 0, 0), "DateTime") == AT_TEXT


# --- writing ---


def test_each_item_fares_on_its_own(counter: Counter) -> None:
    """Good and bad writes of one message do not hinder each other, and keep their order."""
    results = counter.set(
        asked(COMM, "OfflineThreshold", attributeValue="77"),
        asked(("Toaster", 0, 0), "Enabled", attributeValue="true"),
        asked(COMM, "Colour", attributeValue="red"),
        asked(COMM, "ActiveNetworkProfile", attributeValue="1"),
        asked(COMM, "MessageTimeout[Default]", attributeValue="5"),
        asked(COMM, "WebSocketPingInterval", attributeValue="-1"),
        asked(COMM, "WebSocketPingInterval", attributeValue="9", attributeType="MaxSet"),
        asked(COMM, "HEARTBEATinterval", attributeValue="99", attributeType="Actual"),
    )

    assert [result["attributeStatus"] for result in results] == [
        "Accepted",
        "UnknownComponent",
        "UnknownVariable",
        "Rejected",
        "Rejected",
        "Rejected",
        "NotSupportedAttributeType",
        "Accepted",
    ]
    assert results[3]["attributeStatusInfo"]["reasonCode"] == "ReadOnly"
    assert results[4]["attributeStatusInfo"]["reasonCode"] == "ReadOnly"
    assert results[5]["attributeStatusInfo"] == {
        "reasonCode": "InvalidValue",
        "additionalInfo": "-1 is not in 0..86400",
    }
    assert results[6]["attributeType"] == "MaxSet"
    assert results[7]["variable"] == {"name": "HEARTBEATinterval"}
    assert counter.world.values[comms.OFFLINE_THRESHOLD] == 77
    assert counter.world.values[comms.HEARTBEAT_INTERVAL] == 99
    assert counter.world.values[comms.MESSAGE_TIMEOUT] == 30


def test_a_write_is_kept_and_told(counter: Counter) -> None:
    """It goes on disk, and is read back."""
    counter.put(COMM, "MessageAttempts[TransactionEvent]", "5")

    assert SettingWritten(comms.ATTEMPTS.id, 0, "5") in counter.world.records
    assert counter.world.told(SettingChanged)[-1] == SettingChanged(comms.ATTEMPTS.id, 0, "5")
    assert counter.value(COMM, "MessageAttempts[TransactionEvent]") == "5"


@pytest.mark.parametrize(
    ("place", "name", "value", "why"),
    [
        (SAMPLED, "TxUpdatedMeasurands", "Voltage,SoC", "'SoC' is not one of"),
        (SAMPLED, "TxEndedMeasurands", "Voltage,voltage", "names one member twice"),
        (SAMPLED, "TxUpdatedInterval", "1.5", "'1.5' is not a whole number"),
        (("AlignedDataCtrlr", 0, 0), "Measurands", "everything", "'everything' is not one of"),
        (("TxCtrlr", 0, 0), "TxStartPoint", "", "at least 1 of"),
        (("TxCtrlr", 0, 0), "StopTxOnInvalidId", "no", "'no' is neither true nor false"),
        (COMM, "RetryBackOffWaitMinimum", "0", "0 is not in 1..3600"),
        (SECURITY, "BasicAuthPassword", "too-short", "9 characters are not in 16..64"),
        (SECURITY, "BasicAuthPassword", "x" * 65, "65 characters are not in 16..64"),
    ],
)
def test_a_wrong_value_is_rejected_with_the_reason(
    counter: Counter, place: Place, name: str, value: str, why: str
) -> None:
    """The reason names what was wrong, and nothing is kept."""
    records = list(counter.world.records)
    result = counter.put(place, name, value)

    assert result["attributeStatus"] == "Rejected"
    assert result["attributeStatusInfo"]["reasonCode"] == "InvalidValue"
    assert why in result["attributeStatusInfo"]["additionalInfo"]
    assert counter.world.records == records


def test_a_list_may_have_all_words_and_none(counter: Counter) -> None:
    """Spaces are let pass; the empty list is the empty text."""
    words = meter_rows.MEASURANDS.choices

    result = counter.put(SAMPLED, "TxUpdatedMeasurands", " , ".join(words))
    assert result["attributeStatus"] == "Accepted"
    assert counter.value(SAMPLED, "TxUpdatedMeasurands") == ",".join(words)
    counter.put(SAMPLED, "TxUpdatedMeasurands", "")
    assert counter.value(SAMPLED, "TxUpdatedMeasurands") == ""


def test_the_password_is_used_and_never_told(counter: Counter) -> None:
    """It is kept as it was written, and no notice carries it."""
    counter.put(SECURITY, "BasicAuthPassword", PASSWORD)

    assert counter.world.values[comms.PASSWORD] == Hidden(PASSWORD)
    assert counter.world.told(SettingChanged)[-1] == SettingChanged(comms.PASSWORD.id, 0, "")
    assert PASSWORD not in repr(counter.world.notices)


def test_a_write_that_waits_for_a_restart(counter: Counter) -> None:
    """It is answered RebootRequired."""
    wish = counter.stage.hear(
        "SetVariables", setVariableData=[asked(COMM, "ResetRetries", attributeValue="1")]
    )
    assert isinstance(wish, Wish)

    [result] = said(wish.reply((AfterRestart(),)).payload)["setVariableResult"]
    assert result["attributeStatus"] == "RebootRequired"


@pytest.mark.parametrize("action", ["Get", "Set"])
def test_too_many_items_are_refused(counter: Counter, action: str) -> None:
    """One more than DeviceDataCtrlr promises is a broken call."""
    more = {"attributeValue": "1"} if action == "Set" else {}
    wishes = [asked(COMM, "Colour", **more)] * (inventory.ITEMS_PER_MESSAGE + 1)

    with pytest.raises(Refusal) as refused:
        counter.stage.hear(f"{action}Variables", **{f"{action.lower()}VariableData": wishes})
    assert refused.value.code == "OccurrenceConstraintViolation"


# --- readings, and the dialect's own use of a setting ---


def test_a_reading_is_reported_and_not_written(counter: Counter) -> None:
    """What is live has a variable like any other, one for each EVSE."""
    counter.stage.see_evse(2, measurement=Measurement(energy_wh=77.5))

    assert counter.value(("FiscalMetering", 2, 0), "EnergyImportRegister") == "77.5"
    refused = counter.put(("FiscalMetering", 1, 0), "EnergyImportRegister", "1")
    assert refused["attributeStatus"] == "Rejected"
    assert refused["attributeStatusInfo"]["reasonCode"] == "ReadOnly"


def test_an_address_of_the_core_has_a_name_here() -> None:
    """And it is the name of the entry that has that address."""
    stage = make_world()
    entries = [e for e in inventory.inventory(stage.scene, 0.0) if e.address is not None]

    assert entries
    for entry in entries:
        assert entry.address is not None
        assert names.named(entry.address) == entry.name


def test_the_offline_threshold_is_used(counter: Counter) -> None:
    """After how long every status is told again is what the CSMS has written."""
    counter.put(COMM, "OfflineThreshold", "240")

    assert counter.stage.dialect.all_after_s(counter.stage.scene) == 240.0
