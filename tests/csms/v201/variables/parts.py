"""The physical parts (3.3): station, EVSEs, connectors, and what is in them."""

from __future__ import annotations

from tests.csms.v201.variables.row import (
    CONNECTORS,
    DECIMAL,
    EVSES,
    FLAG,
    OPTION,
    RW,
    SOCKETS,
    TEXT,
    WHOLE,
    available,
    optional,
    required,
)

STATES = ("Available", "Occupied", "Reserved", "Unavailable", "Faulted")
_LINES = ("L1", "L2", "L3")

ROWS = (
    *available("ChargingStation", "Controller", "TokenReader"),
    *required("ChargingStation.AvailabilityState", OPTION, words=STATES),
    *required("ChargingStation.SupplyPhases", WHOLE, low=0, high=3),
    *optional("ChargingStation.Model", TEXT, low=0, high=20),
    *optional("ChargingStation.VendorName", TEXT, low=0, high=20),
    *optional("ChargingStation.SerialNumber", TEXT, low=0, high=25),
    *optional("ChargingStation.Problem", FLAG),
    *optional("ChargingStation.MaxAllowedPhases", OPTION, RW, words=("1", "3")),
    *optional("ChargingStation.PhaseRotation", TEXT, low=0, high=13),
    # Ours: what 1.6 has keys for.
    *optional("ChargingStation.MaxCurrent", DECIMAL, RW, unit="A", low=0, high=126),
    *optional("EVSE.MaxCurrent", DECIMAL, RW, unit="A", low=6, high=63, at=EVSES),
    *optional("ChargingStation.LightIntensity", WHOLE, RW, unit="Percent", low=0, high=100),
    *optional("ChargingStation.MinimumStatusDuration", WHOLE, RW, unit="s", low=0, high=3_600),
    *optional("Controller.FirmwareVersion", TEXT, low=0, high=50),
    *optional("TokenReader.Problem", FLAG),
    *available("EVSE", "FiscalMetering", "PowerContactor", at=EVSES),
    *required("EVSE.AvailabilityState", OPTION, words=STATES, at=EVSES),
    *required("EVSE.SupplyPhases", WHOLE, low=0, high=3, at=EVSES),
    # A socket of three lines and 32 A, and a cable of one line and 16 A.
    *required("EVSE.Power", DECIMAL, unit="W", high=32 * 230 * 3, at=((1, 0),)),
    *required("EVSE.Power", DECIMAL, unit="W", high=16 * 230, at=((2, 0),)),
    *optional("EVSE.Problem", FLAG, at=EVSES),
    *optional("EVSE.AllowReset", FLAG, at=EVSES),
    *optional("EVSE.EvseId", TEXT, RW, low=0, high=48, at=EVSES),
    *optional("EVSE.PhaseRotation", TEXT, low=0, high=13, at=EVSES),
    *(
        row
        for line in _LINES
        for row in (
            *optional(f"EVSE.ACVoltage[{line}]", DECIMAL, unit="V", low=0, high=1000, at=EVSES),
            *optional(f"EVSE.ACCurrent[{line}]", DECIMAL, unit="A", low=0, high=1000, at=EVSES),
        )
    ),
    *optional(
        "FiscalMetering.EnergyImportRegister", DECIMAL, unit="Wh", low=0, high=1e15, at=EVSES
    ),
    *optional("FiscalMetering.Problem", FLAG, at=EVSES),
    *optional("PowerContactor.Active", FLAG, at=EVSES),
    *optional("PowerContactor.Problem", FLAG, at=EVSES),
    *available("RCD", "OverCurrentProtection", "CPPWMController", at=EVSES),
    *optional("RCD.Tripped", FLAG, at=EVSES),
    *optional("OverCurrentProtection.Tripped", FLAG, at=EVSES),
    *optional("CPPWMController.State", OPTION, words=tuple("ABCDEF"), at=EVSES),
    *available("Connector", at=CONNECTORS),
    *required("Connector.AvailabilityState", OPTION, words=STATES, at=CONNECTORS),
    *required("Connector.ConnectorType", TEXT, low=0, high=20, at=CONNECTORS),
    *required("Connector.SupplyPhases", WHOLE, low=0, high=3, at=CONNECTORS),
    *available("ConnectorPlugRetentionLock", at=SOCKETS),
    *optional("ConnectorPlugRetentionLock.Active", FLAG, at=SOCKETS),
    *optional("ConnectorPlugRetentionLock.Problem", FLAG, at=SOCKETS),
)
