"""What a Core station has to have in its device model, and what ours has besides."""

from __future__ import annotations

from typing import NamedTuple

RW, RO, WO = "ReadWrite", "ReadOnly", "WriteOnly"
FLAG, WHOLE, DECIMAL, TEXT, TIME = "boolean", "integer", "decimal", "string", "dateTime"
OPTION, SEQUENCE, MEMBERS = "OptionList", "SequenceList", "MemberList"

Place = tuple[str, int, int]
Name = tuple[Place, str, str]
"""Component with EVSE and connector, variable, instance."""


class Shape(NamedTuple):
    data_type: str
    unit: str
    mutability: str


CONTROLLERS: dict[str, dict[str, Shape]] = {
    "OCPPCommCtrlr": {
        "ActiveNetworkProfile": Shape(WHOLE, "", RO),
        "FileTransferProtocols": Shape(MEMBERS, "", RO),
        "MessageTimeout[Default]": Shape(WHOLE, "s", RO),
        "MessageAttempts[TransactionEvent]": Shape(WHOLE, "", RW),
        "MessageAttemptInterval[TransactionEvent]": Shape(WHOLE, "s", RW),
        # Writable in the specification; with one network profile there is one value only.
        "NetworkConfigurationPriority": Shape(SEQUENCE, "", RO),
        "NetworkProfileConnectionAttempts": Shape(WHOLE, "", RO),
        "OfflineThreshold": Shape(WHOLE, "s", RW),
        "ResetRetries": Shape(WHOLE, "", RW),
        "RetryBackOffRandomRange": Shape(WHOLE, "s", RW),
        "RetryBackOffRepeatTimes": Shape(WHOLE, "", RW),
        "RetryBackOffWaitMinimum": Shape(WHOLE, "s", RW),
        "UnlockOnEVSideDisconnect": Shape(FLAG, "", RW),
        "WebSocketPingInterval": Shape(WHOLE, "s", RW),
    },
    "DeviceDataCtrlr": {
        f"{name}[{action}]": Shape(WHOLE, "", RO)
        for name in ("ItemsPerMessage", "BytesPerMessage")
        for action in ("GetReport", "GetVariables", "SetVariables")
    },
    "ClockCtrlr": {
        "DateTime": Shape(TIME, "", RO),
        # Writable in the specification; the CSMS is the only clock we have.
        "TimeSource": Shape(SEQUENCE, "", RO),
    },
    "SecurityCtrlr": {
        "BasicAuthPassword": Shape(TEXT, "", WO),
        # Writable in the specification; it names who asks for certificates, and nobody does.
        "OrganizationName": Shape(TEXT, "", RW),
        "CertificateEntries": Shape(WHOLE, "", RO),
        "SecurityProfile": Shape(WHOLE, "", RO),
    },
    "AuthCtrlr": {
        "AuthorizeRemoteStart": Shape(FLAG, "", RW),
        "LocalAuthorizeOffline": Shape(FLAG, "", RW),
        "LocalPreAuthorize": Shape(FLAG, "", RW),
    },
    "AuthCacheCtrlr": {"Available": Shape(FLAG, "", RO), "Enabled": Shape(FLAG, "", RW)},
    "TxCtrlr": {
        "EVConnectionTimeOut": Shape(WHOLE, "s", RW),
        "StopTxOnEVSideDisconnect": Shape(FLAG, "", RW),
        "StopTxOnInvalidId": Shape(FLAG, "", RW),
        "TxStartPoint": Shape(MEMBERS, "", RW),
        "TxStopPoint": Shape(MEMBERS, "", RW),
    },
    "SampledDataCtrlr": {
        "Available": Shape(FLAG, "", RO),
        "TxStartedMeasurands": Shape(MEMBERS, "", RW),
        "TxUpdatedMeasurands": Shape(MEMBERS, "", RW),
        "TxEndedMeasurands": Shape(MEMBERS, "", RW),
        "TxUpdatedInterval": Shape(WHOLE, "s", RW),
        "TxEndedInterval": Shape(WHOLE, "s", RW),
    },
    "AlignedDataCtrlr": {
        "Available": Shape(FLAG, "", RO),
        "Measurands": Shape(MEMBERS, "", RW),
        "Interval": Shape(WHOLE, "s", RW),
        "TxEndedMeasurands": Shape(MEMBERS, "", RW),
        "TxEndedInterval": Shape(WHOLE, "s", RW),
    },
}
TIERS = {
    "Available": Shape(FLAG, "", RO),
    "AvailabilityState": Shape(OPTION, "", RO),
    "SupplyPhases": Shape(WHOLE, "", RO),
}
PHYSICAL: dict[Place, dict[str, Shape]] = {
    ("ChargingStation", 0, 0): TIERS,
    **{("EVSE", n, 0): TIERS | {"Power": Shape(DECIMAL, "W", RO)} for n in (1, 2)},
    **{("Connector", n, 1): TIERS | {"ConnectorType": Shape(TEXT, "", RO)} for n in (1, 2)},
}
REQUIRED = [
    (place, name, shape)
    for places in ({(name, 0, 0): rows for name, rows in CONTROLLERS.items()}, PHYSICAL)
    for place, variables in places.items()
    for name, shape in variables.items()
]
"""All that is required of the components we claim, from sections 3.2 and 3.3 of the reference."""

_LINES = ("L1", "L2", "L3")
OPTIONAL = {
    (("OCPPCommCtrlr", 0, 0), "HeartbeatInterval", ""),
    (("AuthCtrlr", 0, 0), "OfflineTxForUnknownIdEnabled", ""),
    (("ChargingStation", 0, 0), "AllowNewSessionsPendingFirmwareUpdate", ""),
    *(
        (("ChargingStation", 0, 0), name, "")
        for name in ("Model", "VendorName", "SerialNumber", "Problem", "PhaseRotation")
    ),
    *(((name, 0, 0), "Available", "") for name in CONTROLLERS),
    (("Controller", 0, 0), "Available", ""),
    (("Controller", 0, 0), "FirmwareVersion", ""),
    (("TokenReader", 0, 0), "Available", ""),
    (("TokenReader", 0, 0), "Problem", ""),
    *((("EVSE", n, 0), name, "") for n in (1, 2) for name in ("Problem", "PhaseRotation")),
    *(
        (("EVSE", n, 0), name, line)
        for n in (1, 2)
        for name in ("ACVoltage", "ACCurrent")
        for line in _LINES
    ),
    *(
        (("FiscalMetering", n, 0), name, "")
        for n in (1, 2)
        for name in ("Available", "EnergyImportRegister", "Problem")
    ),
    *(
        (("PowerContactor", n, 0), name, "")
        for n in (1, 2)
        for name in ("Available", "Active", "Problem")
    ),
    # Only EVSE 1 has a socket; the fixed cable of EVSE 2 has no lock.
    *(
        (("ConnectorPlugRetentionLock", 1, 1), name, "")
        for name in ("Available", "Active", "Problem")
    ),
}
"""What else there is, and nothing more."""
