"""Block F: remote control."""

from __future__ import annotations

from tests.conformance.case import Case
from tests.conformance.v201.cases.profiles import CORE

CASES = (
    Case(
        "TC_F_01_CS",
        "Remote start, cable first",
        "It is accepted, a transaction that runs already is named, and the next event is a "
        "RemoteStart with remoteStartId and token.",
        profile=CORE,
    ),
    Case(
        "TC_F_02_CS",
        "Remote start first, token asked about",
        "With AuthorizeRemoteStart the token is asked about; charging starts with the cable.",
        profile=CORE,
    ),
    Case(
        "TC_F_03_CS",
        "Remote start first, token taken as good",
        "Without AuthorizeRemoteStart nobody is asked; charging starts with the cable.",
        profile=CORE,
    ),
    Case(
        "TC_F_04_CS",
        "Remote start, no cable",
        "After EVConnectionTimeOut it is over by EVConnectTimeout, and a later cable does not "
        "charge.",
        profile=CORE,
    ),
    Case(
        "TC_F_05_CS",
        "Unlock, charging",
        "The plug of an authorized transaction stays locked.",
        profile=CORE,
    ),
    Case(
        "TC_F_06_CS",
        "Unlock, a cable",
        "The plug is let go.",
        profile=CORE,
    ),
    Case(
        "TC_F_07_CS",
        "Unlock, no cable",
        "The lock opens all the same.",
        profile=CORE,
    ),
    Case(
        "TC_F_08_CS",
        "Remote stop",
        "It is accepted, and the transaction ends by RemoteStop for Remote.",
        profile=CORE,
    ),
    Case("TC_F_09_CS", "Remote stop, unknown transaction", "It is rejected.", profile=CORE),
    Case(
        "TC_F_10_CS",
        "Unlock, unknown connector",
        "It says UnknownConnector.",
        profile=CORE,
    ),
    Case(
        "TC_F_11_CS",
        "Trigger meter values, one EVSE",
        "It tells the aligned measurands of that EVSE, with context Trigger.",
        profile=CORE,
    ),
    Case(
        "TC_F_12_CS",
        "Trigger meter values, all EVSEs",
        "It tells those of each EVSE.",
        profile=CORE,
    ),
    Case(
        "TC_F_13_CS",
        "Trigger a transaction event, one EVSE",
        "It tells the state and the measurands of the transaction there.",
        profile=CORE,
    ),
    Case(
        "TC_F_14_CS",
        "Trigger transaction events, all EVSEs",
        "It tells those of each transaction, and names the EVSE.",
        profile=CORE,
    ),
    Case(
        "TC_F_15_CS",
        "Log status without an upload",
        "Idle is told without a number when it is asked for.",
        profile=CORE,
    ),
    Case(
        "TC_F_16_CS",
        "Log status during an upload",
        "Uploading is told with its number when it is asked for.",
        profile=CORE,
    ),
    Case(
        "TC_F_17_CS",
        "Firmware status of an EVSE",
        "It is told all the same when an EVSE is named, which plays no part.",
        profile=CORE,
    ),
    Case(
        "TC_F_18_CS",
        "Firmware status without an update",
        "Idle is told without a number when it is asked for.",
        profile=CORE,
    ),
    Case(
        "TC_F_19_CS",
        "Firmware status during an update",
        "Downloading is told with its number when it is asked for.",
        profile=CORE,
    ),
    Case("TC_F_20_CS", "Trigger a heartbeat", "It beats.", profile=CORE),
    Case(
        "TC_F_23_CS",
        "Trigger a status, Available",
        "It tells that the connector is Available.",
        profile=CORE,
    ),
    Case(
        "TC_F_24_CS",
        "Trigger a status, Occupied",
        "It tells that the connector is Occupied.",
        profile=CORE,
    ),
    Case(
        "TC_F_26_CS",
        "Trigger a boot, accepted already",
        "It is rejected.",
        profile=CORE,
    ),
    Case(
        "TC_F_27_CS",
        "Trigger what there is not",
        "It says NotImplemented.",
        profile=CORE,
    ),
)

EXCUSED: dict[str, str] = {}
"""Why a case is not met, by its id."""
