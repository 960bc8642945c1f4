"""What the CSMS reads and writes of the configuration."""

from __future__ import annotations

from tests.conformance.v16.cases import case
from tests.conformance.v16.stage import Stage

REQUIRED = {
    "Core": {
        "AuthorizeRemoteTxRequests",
        "ClockAlignedDataInterval",
        "ConnectionTimeOut",
        "ConnectorPhaseRotation",
        "GetConfigurationMaxKeys",
        "HeartbeatInterval",
        "LocalAuthorizeOffline",
        "LocalPreAuthorize",
        "MeterValuesAlignedData",
        "MeterValuesSampledData",
        "MeterValueSampleInterval",
        "NumberOfConnectors",
        "ResetRetries",
        "StopTransactionOnEVSideDisconnect",
        "StopTransactionOnInvalidId",
        "StopTxnAlignedData",
        "StopTxnSampledData",
        "SupportedFeatureProfiles",
        "TransactionMessageAttempts",
        "TransactionMessageRetryInterval",
        "UnlockConnectorOnEVSideDisconnect",
    },
    "FirmwareManagement": {"SupportedFileTransferProtocols"},
    "LocalAuthListManagement": {
        "LocalAuthListEnabled",
        "LocalAuthListMaxLength",
        "SendLocalListMaxLength",
    },
    "RemoteTrigger": set(),
    "Reservation": set(),
    "SmartCharging": {
        "ChargeProfileMaxStackLevel",
        "ChargingScheduleAllowedChargingRateUnit",
        "ChargingScheduleMaxPeriods",
        "MaxChargingProfilesInstalled",
    },
}
"""The keys that each profile asks for."""


@case("TC_019_CS")
async def test_tc_019_read(stage: Stage) -> None:
    """All keys of its profiles are told with a value, one when one is wanted, secrets never."""
    await stage.boot()
    everything = await stage.configuration()
    one = await stage.csms.call("GetConfiguration", key=["SupportedFeatureProfiles", "Nonsense"])
    profiles = everything["SupportedFeatureProfiles"].split(",")

    assert "Core" in profiles
    wanted = set[str]().union(*(REQUIRED[profile] for profile in profiles))
    assert wanted - set(everything) == set()
    assert "AuthorizationKey" not in everything
    assert [entry["key"] for entry in one["configurationKey"]] == ["SupportedFeatureProfiles"]
    assert one["unknownKey"] == ["Nonsense"]


@case("TC_021_CS")
async def test_tc_021_write(stage: Stage) -> None:
    """A new value is taken, and read back."""
    await stage.boot()
    await stage.configure(MeterValueSampleInterval=37)

    assert await stage.configuration("MeterValueSampleInterval") == {
        "MeterValueSampleInterval": "37"
    }


@case("TC_040_1_CS")
async def test_tc_040_1_unknown_key(stage: Stage) -> None:
    """A key that nobody knows cannot be written."""
    await stage.boot()
    answer = await stage.csms.call("ChangeConfiguration", key="Nonsense", value="1")

    assert answer == {"status": "NotSupported"}


@case("TC_040_2_CS")
async def test_tc_040_2_wrong_value(stage: Stage) -> None:
    """A value out of range is refused, and changes nothing."""
    await stage.boot()
    before = await stage.configuration("MeterValueSampleInterval")
    answer = await stage.csms.call(
        "ChangeConfiguration", key="MeterValueSampleInterval", value="-1"
    )

    assert answer == {"status": "Rejected"}
    assert await stage.configuration("MeterValueSampleInterval") == before
