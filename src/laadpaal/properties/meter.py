"""What the energy meter of each EVSE says."""

from __future__ import annotations

from laadpaal.properties.kinds import Decimal
from laadpaal.properties.rows import Reading, Scope, Variable

_VOLTAGE = Decimal(0, 1_000, "V")
_CURRENT = Decimal(0, 1_000, "A")

VOLTAGE_L1 = Reading(
    id="2221_3",
    kind=_VOLTAGE,
    help="Voltage of L1 to neutral.",
    variables=(Variable("EVSE", "ACVoltage", "L1"),),
    scope=Scope.EVSE,
)
VOLTAGE_L2 = Reading(
    id="2221_4",
    kind=_VOLTAGE,
    help="Voltage of L2 to neutral.",
    variables=(Variable("EVSE", "ACVoltage", "L2"),),
    scope=Scope.EVSE,
)
VOLTAGE_L3 = Reading(
    id="2221_5",
    kind=_VOLTAGE,
    help="Voltage of L3 to neutral.",
    variables=(Variable("EVSE", "ACVoltage", "L3"),),
    scope=Scope.EVSE,
)
CURRENT_L1 = Reading(
    id="2221_A",
    kind=_CURRENT,
    help="Current through L1.",
    variables=(Variable("EVSE", "ACCurrent", "L1"),),
    scope=Scope.EVSE,
)
CURRENT_L2 = Reading(
    id="2221_B",
    kind=_CURRENT,
    help="Current through L2.",
    variables=(Variable("EVSE", "ACCurrent", "L2"),),
    scope=Scope.EVSE,
)
CURRENT_L3 = Reading(
    id="2221_C",
    kind=_CURRENT,
    help="Current through L3.",
    variables=(Variable("EVSE", "ACCurrent", "L3"),),
    scope=Scope.EVSE,
)
FREQUENCY = Reading(
    id="2221_12", kind=Decimal(0, 1_000, "Hz"), help="Frequency of the supply.", scope=Scope.EVSE
)
POWER = Reading(
    id="2221_16",
    kind=Decimal(-1_000_000, 1_000_000, "W"),
    help="Active power of all phases together; negative when it flows back.",
    variables=(Variable("EVSE", "Power"),),
    scope=Scope.EVSE,
)
ENERGY = Reading(
    id="2221_22",
    kind=Decimal(0, 1e15, "Wh"),
    help="Energy the meter has counted towards the vehicle since it was made.",
    variables=(Variable("FiscalMetering", "EnergyImportRegister"),),
    scope=Scope.EVSE,
)

ROWS = (
    VOLTAGE_L1,
    VOLTAGE_L2,
    VOLTAGE_L3,
    CURRENT_L1,
    CURRENT_L2,
    CURRENT_L3,
    FREQUENCY,
    POWER,
    ENERGY,
)
