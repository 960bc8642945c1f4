"""Configuration keys: what is there, who may write it, and what a wrong write is answered."""

from __future__ import annotations

import re
from typing import Any

import pytest

from laadpaal.csms.dialect import Wish
from laadpaal.csms.v16 import V16, configuration
from laadpaal.properties import comms
from laadpaal.properties import metering as meter_rows
from laadpaal.properties.kinds import Hidden, Text, Whole
from laadpaal.properties.rows import Key, Reading, Setting
from laadpaal.station.answers import AfterRestart
from laadpaal.station.events import CsmsOnline
from laadpaal.station.layout import EvseLayout, Layout
from laadpaal.station.notices import SettingChanged, TransactionEnded
from laadpaal.station.records import SettingWritten
from laadpaal.station.requests import WriteSetting
from tests.csms.v16.stage import Stage, said, settled
from tests.support.world import World

R, RW = True, False
WHOLE, FLAG, LIST = r"\d+", r"true|false", r"[A-Za-z0-9.]*(,[A-Za-z0-9.]+)*"

REQUIRED = {
    "AuthorizeRemoteTxRequests": (RW, FLAG),
    "ChargeProfileMaxStackLevel": (R, WHOLE),
    "ChargingScheduleAllowedChargingRateUnit": (R, LIST),
    "ChargingScheduleMaxPeriods": (R, WHOLE),
    "ClockAlignedDataInterval": (RW, WHOLE),
    "ConnectionTimeOut": (RW, WHOLE),
    "ConnectorPhaseRotation": (RW, LIST),
    "GetConfigurationMaxKeys": (R, WHOLE),
    "HeartbeatInterval": (RW, WHOLE),
    "LocalAuthListEnabled": (RW, FLAG),
    "LocalAuthListMaxLength": (R, WHOLE),
    "LocalAuthorizeOffline": (RW, FLAG),
    "LocalPreAuthorize": (RW, FLAG),
    "MaxChargingProfilesInstalled": (R, WHOLE),
    "MeterValuesAlignedData": (RW, LIST),
    "MeterValuesSampledData": (RW, LIST),
    "MeterValueSampleInterval": (RW, WHOLE),
    "NumberOfConnectors": (R, WHOLE),
    "ResetRetries": (RW, WHOLE),
    "SendLocalListMaxLength": (R, WHOLE),
    "StopTransactionOnInvalidId": (RW, FLAG),
    "StopTxnAlignedData": (RW, LIST),
    "StopTxnSampledData": (RW, LIST),
    "SupportedFeatureProfiles": (R, LIST),
    "TransactionMessageAttempts": (RW, WHOLE),
    "TransactionMessageRetryInterval": (RW, WHOLE),
    "UnlockConnectorOnEVSideDisconnect": (RW, FLAG),
}
"""Required of Core, LocalAuthListManagement and SmartCharging; of the others, no key is."""

OPTIONAL = {
    "AdditionalRootCertificateCheck": (R, FLAG),
    "CertificateSignedMaxChainSize": (R, WHOLE),
    "CertificateStoreMaxLength": (R, WHOLE),
    "CpoName": (RW, r".*"),
    "AllowOfflineTxForUnknownId": (RW, FLAG),
    "AuthorizationCacheEnabled": (RW, FLAG),
    "AuthorizationMethod": (RW, r"Plug&Charge|RFID-Local|RFID|Button"),
    "ConnectorPhaseRotationMaxLength": (R, WHOLE),
    "ConnectorSwitch3to1PhaseSupported": (R, FLAG),
    "BackOffice-URL-wired": (R, r"(wss?:.*)?"),
    "DisconnectAction": (RW, r"Continue|AbortLock|AbortUnlock|AbortUnlockOffline"),
    "LightIntensity": (RW, WHOLE),
    "MaxAllowedPhases": (RW, "1|3"),
    "MaxEnergyOnInvalidId": (RW, WHOLE),
    "MessageTimeout": (RW, WHOLE),
    "MeterValuesAlignedDataMaxLength": (R, WHOLE),
    "MeterValuesSampledDataMaxLength": (R, WHOLE),
    "MinimumStatusDuration": (RW, WHOLE),
    "PlugAndChargeIdentifier": (RW, r".*"),
    "Network-ActiveConnectivity": (R, WHOLE),
    "Network-Connectivity": (RW, WHOLE),
    "ReserveConnectorZeroSupported": (R, FLAG),
    "SecurityProfile": (RW, WHOLE),
    "Station-MaxCurrent": (RW, r"\d+(\.\d+)?"),
    "StopTransactionMaxMeterValues": (R, WHOLE),
    "StopTransactionOnEVSideDisconnect": (RW, FLAG),
    "StopTxnAlignedDataMaxLength": (R, WHOLE),
    "StopTxnSampledDataMaxLength": (R, WHOLE),
    "SupportedFileTransferProtocols": (R, LIST),
    "WebSocketPingInterval": (RW, WHOLE),
}
"""What else there is, and nothing more."""

PASSWORD = b"wachtwoord-van-20-by"
KEY = PASSWORD.hex()


class Counter:
    """The CSMS on one side, a real station on the other."""

    def __init__(self) -> None:
        self.world = World()
        self.stage = Stage()
        self.world.values.hold(V16.fixed)
        self.stage.desk.values = self.world.values

    def change(self, key: str, value: str) -> str:
        """Write a key and return the word that answers it."""
        heard = self.stage.hear("ChangeConfiguration", key=key, value=value)
        if isinstance(heard, Wish):
            answer = settled(heard, *map(self.world.ask, heard.requests))
        else:
            answer = said(heard.payload)
        word: str = answer["status"]
        return word

    def get(self, *keys: str) -> Any:
        """Return the answer to GetConfiguration; all keys when none is named."""
        return self.stage.reply("GetConfiguration", **({"key": list(keys)} if keys else {}))

    def value(self, key: str) -> str:
        """Return the text of one key."""
        [entry] = self.get(key)["configurationKey"]
        text: str = entry["value"]
        return text


@pytest.fixture
def counter() -> Counter:
    return Counter()


@pytest.mark.parametrize("name", REQUIRED)
def test_every_required_key_answers(counter: Counter, name: str) -> None:
    """Each key that Core requires is known, with its access and its type."""
    read_only, pattern = REQUIRED[name]
    [entry] = counter.get(name)["configurationKey"]

    assert entry["key"] == name
    assert entry["readonly"] is read_only
    assert re.fullmatch(pattern, entry["value"]), entry


def test_all_keys_are_told_when_none_is_named(counter: Counter) -> None:
    """The list is complete, sorted, and has no key that nothing stands behind."""
    entries = counter.get()["configurationKey"]
    told = {entry["key"]: entry for entry in entries}

    assert list(told) == sorted(told)
    assert set(told) == REQUIRED.keys() | OPTIONAL.keys()
    for name, (read_only, pattern) in (REQUIRED | OPTIONAL).items():
        assert told[name]["readonly"] is read_only, name
        assert re.fullmatch(pattern, told[name]["value"]), name


def test_lists_tell_how_long_they_may_be(counter: Counter) -> None:
    """Without its length a list would count as one item long."""
    lists = [name for name, (_, pattern) in REQUIRED.items() if pattern is LIST]

    told = {entry["key"] for entry in counter.get()["configurationKey"]}
    assert {name for name in lists if f"{name}MaxLength" not in told} == {
        "ChargingScheduleAllowedChargingRateUnit",  # never written, and their lengths
        "SupportedFeatureProfiles",  # are never asked for
    }
    assert counter.value("MeterValuesSampledDataMaxLength") == "11"
    assert counter.value("ConnectorPhaseRotationMaxLength") == "3"


def test_the_constants_describe_the_station(counter: Counter) -> None:
    """They come from the layout; a single phase cannot be rotated."""
    counter.stage.desk.layout = Layout(evses=(EvseLayout(), EvseLayout(phases=1), EvseLayout()))

    assert counter.value("NumberOfConnectors") == "3"
    assert counter.value("ConnectorPhaseRotation") == (
        "0.Unknown,1.Unknown,2.NotApplicable,3.Unknown"
    )
    profiles = counter.value("SupportedFeatureProfiles").split(",")
    assert {
        "Core",
        "FirmwareManagement",
        "LocalAuthListManagement",
        "Reservation",
        "SmartCharging",
        "RemoteTrigger",
    } <= set(profiles)


def test_a_station_of_one_phase_has_nothing_to_rotate(counter: Counter) -> None:
    """Nor does its grid connection."""
    counter.stage.desk.layout = Layout(evses=(EvseLayout(phases=1),))

    assert counter.value("ConnectorPhaseRotation") == "0.NotApplicable,1.NotApplicable"


def test_phase_rotations_are_kept(counter: Counter) -> None:
    """Whoever wired the station can say how; what is not said stays as unknown as it was."""
    assert counter.change("ConnectorPhaseRotation", " 2.rst, 0.TSR") == "Accepted"
    assert counter.value("ConnectorPhaseRotation") == "0.TSR,1.Unknown,2.RST"
    assert SettingWritten("2069_0", 0, "0.TSR,2.RST") in counter.world.records

    assert counter.change("ConnectorPhaseRotation", "") == "Accepted"
    assert counter.value("ConnectorPhaseRotation") == "0.Unknown,1.Unknown,2.Unknown"


def test_every_line_can_be_wanted_alone(counter: Counter) -> None:
    """A measurand may name its phase, and the list is no longer than promised (9.1)."""
    assert counter.change("MeterValuesSampledData", "Voltage.L1,current.import.L3") == "Accepted"
    assert counter.value("MeterValuesSampledData") == "Voltage.L1,Current.Import.L3"
    most = ",".join(f"{what}.L{n}" for what in ("Voltage", "Current.Import") for n in (1, 2, 3))
    full = f"{most},Frequency,Voltage,Power.Factor,Power.Reactive.Import,Power.Active.Import"
    assert counter.change("MeterValuesAlignedData", full) == "Accepted"
    assert counter.change("MeterValuesAlignedData", f"{full},Power.Offered") == "Rejected"


def test_no_measurand_is_the_usual_one(counter: Counter) -> None:
    """A sampled meter value must hold something; the others may be empty (9.1)."""
    assert counter.change("MeterValuesSampledData", "Voltage") == "Accepted"
    assert counter.change("MeterValuesSampledData", " ") == "Accepted"
    assert counter.value("MeterValuesSampledData") == "Energy.Active.Import.Register"
    for key in ("MeterValuesAlignedData", "StopTxnSampledData", "StopTxnAlignedData"):
        assert counter.change(key, "") == "Accepted"
        assert counter.value(key) == ""


def test_unknown_keys_are_told_apart(counter: Counter) -> None:
    """Known and unknown keys of one question go into different lists."""
    answer = counter.get("HeartbeatInterval", "Colour", "BlinkRepeat")

    assert [entry["key"] for entry in answer["configurationKey"]] == ["HeartbeatInterval"]
    assert answer["unknownKey"] == ["Colour", "BlinkRepeat"]


def test_only_unknown_keys(counter: Counter) -> None:
    """Then there is no list of known ones."""
    assert counter.get("Colour") == {"unknownKey": ["Colour"]}


def test_case_plays_no_part(counter: Counter) -> None:
    """A key may be asked for and written in any case, and is told once, in its own."""
    answer = counter.get("HEARTBEATinterval", "heartbeatinterval", "numberofCONNECTORS")

    assert [entry["key"] for entry in answer["configurationKey"]] == [
        "HeartbeatInterval",
        "NumberOfConnectors",
    ]
    assert counter.change("hEARTBEATiNTERVAL", "42") == "Accepted"
    assert counter.value("HeartbeatInterval") == "42"


def test_more_keys_than_promised_are_answered_all_the_same(counter: Counter) -> None:
    """The limit is a promise, not a trap."""
    answer = counter.get(*(f"Key{n}" for n in range(configuration.MAX_KEYS + 50)))

    assert len(answer["unknownKey"]) == configuration.MAX_KEYS + 50


def test_a_write_is_kept_and_told(counter: Counter) -> None:
    """It goes on disk and is in force at once."""
    assert counter.change("MeterValueSampleInterval", "17") == "Accepted"
    row = meter_rows.SAMPLE_INTERVAL

    assert counter.world.values[row] == 17
    assert SettingWritten(row.id, 0, "17") in counter.world.records
    assert counter.world.told(SettingChanged)[-1] == SettingChanged(row.id, 0, "17")


@pytest.mark.parametrize(
    ("key", "value"),
    [
        ("HeartbeatInterval", "-1"),
        ("HeartbeatInterval", "12.5"),
        ("HeartbeatInterval", "soon"),
        ("HeartbeatInterval", ""),
        ("HeartbeatInterval", "604801"),
        ("MeterValueSampleInterval", "-1"),
        ("WebSocketPingInterval", "-1"),
        ("TransactionMessageAttempts", "0"),
        ("ResetRetries", "1e1"),
        ("LocalPreAuthorize", "yes"),
        ("LocalPreAuthorize", "1"),
        ("MeterValuesSampledData", "Energy.Active.Import.Register,Colour"),
        ("MeterValuesSampledData", "Voltage,Voltage"),
        ("MeterValuesAlignedData", "Energy Active Import Register"),
        ("StopTxnSampledData", "SoC"),
        ("StopTxnSampledData", "Voltage.L4"),
        ("MeterValuesSampledData", "Energy.Active.Import.Register.L1"),
        ("MinimumStatusDuration", "-1"),
        ("LightIntensity", "101"),
        ("ConnectorPhaseRotation", "1"),
        ("ConnectorPhaseRotation", "RST"),
        ("ConnectorPhaseRotation", "1.RSR"),
        ("ConnectorPhaseRotation", "01.RST"),
        ("ConnectorPhaseRotation", "-1.RST"),
        ("ConnectorPhaseRotation", "1.RST;2.RST"),
        ("ConnectorPhaseRotation", "1.RST,1.RTS"),
        ("ConnectorPhaseRotation", "0.RST,1.RST,2.RST,3.RST"),
        ("Station-MaxCurrent", "nan"),
    ],
)
def test_a_wrong_value_is_rejected_and_changes_nothing(
    counter: Counter, key: str, value: str
) -> None:
    """Wrong type, out of bounds, an unknown measurand: the old value stays."""
    before = counter.value(key)
    records = list(counter.world.records)

    assert counter.change(key, value) == "Rejected"
    assert counter.value(key) == before
    assert counter.world.records == records


def test_a_list_with_more_words_than_there_are_is_rejected(counter: Counter) -> None:
    """Each word may stand once, so a longer list repeats one or names a stranger."""
    known = meter_rows.MEASURANDS.choices

    assert counter.change("MeterValuesSampledData", ", ".join(known)) == "Accepted"
    assert counter.value("MeterValuesSampledData") == ",".join(known)
    assert counter.change("MeterValuesSampledData", ",".join((*known, known[0]))) == "Rejected"
    assert counter.change("MeterValuesSampledData", ",".join((*known, "SoC"))) == "Rejected"


@pytest.mark.parametrize("key", ["Colour", "BlinkRepeat"])
def test_an_unknown_key_is_not_supported(counter: Counter, key: str) -> None:
    """Keys of profiles we do not claim are unknown."""
    assert counter.change(key, "1") == "NotSupported"


@pytest.mark.parametrize(
    "key", [name for name, (read_only, _) in (REQUIRED | OPTIONAL).items() if read_only]
)
def test_a_read_only_key_is_rejected(counter: Counter, key: str) -> None:
    """Even with the value it has already."""
    assert counter.change(key.upper(), counter.value(key)) == "Rejected"


def test_a_setting_that_waits_for_a_restart(
    counter: Counter, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It is answered RebootRequired."""
    row = Setting("FFFF_0", Text(20), "", "A name.", restart=True)
    named = {"name": (row, Key("Name"))}
    monkeypatch.setattr(configuration, "BY_KEY", named)
    wish = counter.stage.wish("ChangeConfiguration", key="Name", value="Anna")

    assert wish.requests == (WriteSetting("FFFF_0", "Anna"),)
    assert settled(wish, AfterRestart()) == {"status": "RebootRequired"}


def test_a_row_that_has_gone_is_not_supported(
    counter: Counter, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The station itself does not know the setting."""
    row = Setting("FFFF_0", Text(20), "", "A name.")
    monkeypatch.setattr(configuration, "BY_KEY", {"name": (row, Key("Name"))})

    assert counter.change("Name", "Anna") == "NotSupported"


def test_a_reading_is_told_and_not_written(
    counter: Counter, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What is live has a key like any other, and nobody may write it."""
    row = Reading("FFFF_1", Whole(0, 9, "s"), "A while.")
    monkeypatch.setattr(configuration, "BY_KEY", {"while": (row, Key("While"))})
    counter.stage.desk.readings["FFFF_1@0"] = "7"

    assert counter.get("While")["configurationKey"] == [
        {"key": "While", "readonly": True, "value": "7"}
    ]
    assert counter.change("While", "8") == "Rejected"


# --- what the keys about the end of a transaction do ---


def told_at_the_end(counter: Counter) -> list[tuple[str, float, set[str]]]:
    """Charge for 130 s, and return context, second and measurands of each sample of the end."""
    world = counter.world
    world.online()
    counter.change("ClockAlignedDataInterval", "60")
    counter.change("MeterValueSampleInterval", "50")
    world.plug()
    world.swipe()
    began = world.now.utc
    world.pass_time(130)
    world.swipe()
    [ended] = world.told(TransactionEnded)
    return [
        (s.context.value, s.at - began, {v.measurand.value for v in s.values})
        for s in ended.samples
    ]


def test_a_stop_carries_samples_in_the_rhythm_of_the_meter_values(counter: Counter) -> None:
    """Sampled and aligned, each with its own measurands, and both ends (1.6 section 9.1)."""
    counter.change("StopTxnSampledData", "Voltage")
    counter.change("StopTxnAlignedData", "Frequency")

    assert told_at_the_end(counter) == [
        ("Transaction.Begin", 0, {"Voltage"}),
        ("Sample.Periodic", 50, {"Voltage"}),
        ("Sample.Clock", 60, {"Frequency"}),
        ("Sample.Periodic", 100, {"Voltage"}),
        ("Sample.Clock", 120, {"Frequency"}),
        ("Transaction.End", 130, {"Voltage"}),
    ]


def test_a_stop_carries_aligned_samples_alone(counter: Counter) -> None:
    """The two keys are switched each on its own."""
    counter.change("StopTxnSampledData", "")
    counter.change("StopTxnAlignedData", "Frequency")

    assert [at for _, at, _ in told_at_the_end(counter)] == [60, 120]


def test_a_stop_carries_nothing_where_nothing_is_wanted(counter: Counter) -> None:
    """Both keys are empty."""
    counter.change("StopTxnSampledData", "")
    counter.change("StopTxnAlignedData", "")

    assert told_at_the_end(counter) == []


# --- the rhythm of heartbeats ---


def kept(counter: Counter) -> list[str | None]:
    """Return the intervals that went on disk, in order."""
    row = comms.HEARTBEAT_INTERVAL.id
    return [
        record.text
        for record in counter.world.records
        if isinstance(record, SettingWritten) and record.id == row
    ]


def test_the_interval_of_the_registration_is_kept(counter: Counter) -> None:
    """It becomes the setting, on disk and told, so that all faces show it."""
    counter.world.tell(CsmsOnline(300))

    assert counter.value("HeartbeatInterval") == "300"
    assert kept(counter) == ["300"]
    assert counter.world.told(SettingChanged) == [
        SettingChanged(comms.HEARTBEAT_INTERVAL.id, 0, "300")
    ]


@pytest.mark.parametrize("interval_s", [0, 300])
def test_an_interval_that_changes_nothing_is_not_kept_again(
    counter: Counter, interval_s: int
) -> None:
    """Zero leaves the setting, and so does the value it has."""
    counter.world.tell(CsmsOnline(300))
    counter.world.tell(CsmsOnline(interval_s))

    assert counter.value("HeartbeatInterval") == "300"
    assert kept(counter) == ["300"]


def test_an_interval_beyond_the_bound_is_kept_as_the_bound(counter: Counter) -> None:
    """A CSMS that never wants to hear from us hears from us once a week."""
    counter.world.tell(CsmsOnline(2_000_000_000))

    assert counter.value("HeartbeatInterval") == "604800"
    assert kept(counter) == ["604800"]


def test_the_interval_of_the_registration_overwrites_what_was_written(counter: Counter) -> None:
    """The last word counts, whichever way it came."""
    counter.change("HeartbeatInterval", "42")
    counter.world.tell(CsmsOnline(300))
    assert counter.value("HeartbeatInterval") == "300"

    counter.change("HeartbeatInterval", "43")
    assert counter.value("HeartbeatInterval") == "43"


# --- the password ---


def test_the_password_is_written_in_hexadecimal(counter: Counter) -> None:
    """Its digits become the text that the next connection uses."""
    assert counter.change("AuthorizationKey", KEY.upper()) == "Accepted"

    assert counter.world.values[comms.PASSWORD] == Hidden(PASSWORD.decode())


@pytest.mark.parametrize("secret", [b"\xff" * 16, b"\x00" * 20, "é".encode() * 8])
def test_a_password_need_not_be_text(counter: Counter, secret: bytes) -> None:
    """Any 16 to 20 bytes are one, and the next connection uses exactly those."""
    assert counter.change("AuthorizationKey", secret.hex()) == "Accepted"

    assert counter.world.values[comms.PASSWORD].raw() == secret


def test_the_password_is_never_read_back(counter: Counter) -> None:
    """Not in the list of all keys, not by name, not in any notice."""
    counter.change("AuthorizationKey", KEY)

    assert "AuthorizationKey" not in [e["key"] for e in counter.get()["configurationKey"]]
    assert counter.get("authorizationkey")["configurationKey"] == [
        {"key": "AuthorizationKey", "readonly": False}
    ]
    assert counter.world.told(SettingChanged)[-1] == SettingChanged(comms.PASSWORD.id, 0, "")
    assert PASSWORD.decode() not in repr(counter.world.notices)


@pytest.mark.parametrize(
    "digits",
    [
        "",
        KEY[:30],
        KEY + "00",
        KEY[:33],
        "g" * 32,
        " " + KEY[:39],
        PASSWORD.decode(),
    ],
)
def test_a_wrong_password_is_rejected(counter: Counter, digits: str) -> None:
    """Too short, too long, an odd digit, no hexadecimal: the old one stays."""
    counter.change("AuthorizationKey", KEY)

    assert counter.change("AuthorizationKey", digits) == "Rejected"
    assert counter.world.values[comms.PASSWORD] == Hidden(PASSWORD.decode())
