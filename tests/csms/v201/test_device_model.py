"""The device model: variables read and written one by one, and what a wrong write is answered."""

from __future__ import annotations

from typing import Any

import pytest

from laadpaal.csms.dialect import Refusal, Wish
from laadpaal.csms.v201 import inventory, limits, names
from laadpaal.properties import comms
from laadpaal.properties import metering as meter_rows
from laadpaal.properties.certificates import MAX_ROOTS
from laadpaal.properties.kinds import Hidden
from laadpaal.station.answers import AfterRestart
from laadpaal.station.measurement import Measurement
from laadpaal.station.notices import SettingChanged
from laadpaal.station.records import SettingWritten
from laadpaal.station.view import SecurityView
from tests.csms.v201.counter import COMM, SAMPLED, SECURITY, Counter, asked, said
from tests.csms.v201.scene import AT_TEXT, make_world
from tests.csms.v201.variables.row import Name, Place
from tests.support.points import EQUIPPED

PASSWORD = "wachtwoord-van-é-16+"


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
    wishes = [asked(COMM, "Colour", **more)] * (limits.ITEMS_PER_MESSAGE + 1)

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


def test_the_roots_are_counted_up_to_what_there_is_room_for() -> None:
    """The installer may have left less room than there could be (M05)."""
    counter = Counter()
    counter.world.put(MAX_ROOTS, to=12)
    counter.stage.see(security=SecurityView(roots=5))
    line = counter.report()[SECURITY, "CertificateEntries", ""]

    assert counter.value(SECURITY, "CertificateEntries") == "5"
    assert line["variableCharacteristics"]["maxLimit"] == 12


def test_what_an_equipped_station_has_more(counter: Counter) -> None:
    """Sensors in the bays and meters that sign bring their variables, and words to choose from."""
    bare = counter.report()
    counter.stage.desk.layout = EQUIPPED
    counter.stage.see(layout=EQUIPPED)
    counter.stage.see_evse(1, parked=True)
    counter.stage.see_evse(2, parked=False)
    full = counter.report()

    def words(report: dict[Name, Any], name: str) -> str:
        line = report[("TxCtrlr", 0, 0), name, ""]
        text: str = line["variableCharacteristics"]["valuesList"]
        return text

    assert full.keys() - bare.keys() == {
        (("SampledDataCtrlr", 0, 0), "SignReadings", ""),
        (("AlignedDataCtrlr", 0, 0), "SignReadings", ""),
        (COMM, "PublicKeyWithSignedMeterValue", ""),
        *((("BayOccupancySensor", n, 0), "Active", "") for n in (1, 2)),
        *((("BayOccupancySensor", n, 0), "Available", "") for n in (1, 2)),
    }
    assert counter.value(("BayOccupancySensor", 1, 0), "Active") == "true"
    assert counter.value(("BayOccupancySensor", 2, 0), "Active") == "false"
    assert "ParkingBayOccupancy" not in words(bare, "TxStartPoint")
    assert words(full, "TxStartPoint").endswith("DataSigned")
    assert words(full, "TxStopPoint").startswith("ParkingBayOccupancy")
