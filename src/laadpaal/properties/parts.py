"""What the station's parts are, and how they do: station, EVSEs, connectors, locks, contactors."""

from __future__ import annotations

from laadpaal.properties.kinds import Choice, Flag, Text, Whole
from laadpaal.properties.rows import Reading, Scope, Setting, Variable
from laadpaal.properties.wiring import ORDERS

AVAILABILITY = Choice(("Available", "Occupied", "Reserved", "Unavailable", "Faulted"))
_PHASES = Whole(0, 3)
_FLAG = Flag()
_ORDER = Text(max(map(len, ORDERS)))

# --- the station ---

FIRMWARE = Reading(
    id="100A_0",
    kind=Text(50),
    help="Version of the firmware.",
    variables=(Variable("Controller", "FirmwareVersion"),),
    constant=True,
)
MODEL = Reading(
    id="2050_0",
    kind=Text(20),
    help="Name the maker gave to this kind of station.",
    variables=(Variable("ChargingStation", "Model"),),
    constant=True,
)
SERIAL = Reading(
    id="2051_0",
    kind=Text(25),
    help="Serial number of the station.",
    variables=(Variable("ChargingStation", "SerialNumber"),),
    constant=True,
)
VENDOR = Reading(
    id="2055_0",
    kind=Text(20),
    help="Name of the station's maker.",
    variables=(Variable("ChargingStation", "VendorName"),),
    constant=True,
)
STATION_AVAILABILITY = Reading(
    id="2A00_1",
    kind=AVAILABILITY,
    help="Whether the station can be used.",
    variables=(Variable("ChargingStation", "AvailabilityState"),),
)
STATION_PROBLEM = Reading(
    id="2A00_2",
    kind=_FLAG,
    help="Whether something is wrong with the station as a whole.",
    variables=(Variable("ChargingStation", "Problem"),),
)
STATION_PHASES = Reading(
    id="2A00_3",
    kind=_PHASES,
    help="How many lines reach the station: as many as reach any of its EVSEs.",
    variables=(Variable("ChargingStation", "SupplyPhases"),),
)
STATION_ORDER = Reading(
    id="2A00_4",
    kind=_ORDER,
    help="Order in which the lines reach the station.",
    variables=(Variable("ChargingStation", "PhaseRotation"),),
)
READER_PROBLEM = Reading(
    id="2A00_5",
    kind=_FLAG,
    help="Whether the card reader has a fault.",
    variables=(Variable("TokenReader", "Problem"),),
)

# --- each EVSE ---

EVSE_AVAILABILITY = Reading(
    id="2A01_1",
    kind=AVAILABILITY,
    help="Whether an EVSE can be used; it is occupied when one of its connectors is.",
    variables=(Variable("EVSE", "AvailabilityState"),),
    scope=Scope.EVSE,
)
EVSE_PROBLEM = Reading(
    id="2A01_2",
    kind=_FLAG,
    help="Whether something is wrong with an EVSE.",
    variables=(Variable("EVSE", "Problem"),),
    scope=Scope.EVSE,
)
EVSE_PHASES = Reading(
    id="2A01_3",
    kind=_PHASES,
    help="How many lines reach an EVSE; as many as it was built for until its meter has told.",
    variables=(Variable("EVSE", "SupplyPhases"),),
    scope=Scope.EVSE,
)
EVSE_ORDER = Reading(
    id="2A01_4",
    kind=_ORDER,
    help="Order in which the station's lines reach an EVSE.",
    variables=(Variable("EVSE", "PhaseRotation"),),
    scope=Scope.EVSE,
)
CONTACTOR_CLOSED = Reading(
    id="2A01_5",
    kind=_FLAG,
    help="Whether an EVSE's contactor is closed.",
    variables=(Variable("PowerContactor", "Active"),),
    scope=Scope.EVSE,
)
CONTACTOR_PROBLEM = Reading(
    id="2A01_6",
    kind=_FLAG,
    help="Whether an EVSE's contactor does not do as it is told.",
    variables=(Variable("PowerContactor", "Problem"),),
    scope=Scope.EVSE,
)
RESIDUAL_TRIPPED = Reading(
    id="2A01_8",
    kind=_FLAG,
    help="Whether residual current keeps an EVSE from charging.",
    variables=(Variable("RCD", "Tripped"),),
    scope=Scope.EVSE,
)
OVERCURRENT_TRIPPED = Reading(
    id="2A01_9",
    kind=_FLAG,
    help="Whether an EVSE does not charge because the vehicle took too much current.",
    variables=(Variable("OverCurrentProtection", "Tripped"),),
    scope=Scope.EVSE,
)
PILOT = Reading(
    id="2A01_A",
    kind=Choice(("A", "B", "C", "D", "E", "F")),
    help="State of an EVSE's control pilot.",
    variables=(Variable("CPPWMController", "State"),),
    scope=Scope.EVSE,
)
EVSE_NAME = Setting(
    id="2A01_B",
    kind=Text(48),
    default="",
    help="Name by which drivers and roaming networks know an EVSE, such as NL*ABC*E123*1.",
    variables=(Variable("EVSE", "EvseId"),),
    scope=Scope.EVSE,
)
METER_PROBLEM = Reading(
    id="2A01_7",
    kind=_FLAG,
    help="Whether an EVSE's meter does not answer.",
    variables=(Variable("FiscalMetering", "Problem"),),
    scope=Scope.EVSE,
)

PARKED = Reading(
    id="2A01_C",
    kind=_FLAG,
    help="Whether a vehicle stands in an EVSE's parking bay.",
    variables=(Variable("BayOccupancySensor", "Active"),),
    scope=Scope.EVSE,
)

# --- each connector ---

CONNECTOR_AVAILABILITY = Reading(
    id="2A02_1",
    kind=AVAILABILITY,
    help="Whether a connector can be used; only a cable or vehicle makes it occupied.",
    variables=(Variable("Connector", "AvailabilityState"),),
    scope=Scope.CONNECTOR,
)
CONNECTOR_TYPE = Reading(
    id="2A02_2",
    kind=Text(20),
    help="What kind of socket or plug a connector is.",
    variables=(Variable("Connector", "ConnectorType"),),
    scope=Scope.CONNECTOR,
    constant=True,
)
CONNECTOR_PHASES = Reading(
    id="2A02_3",
    kind=_PHASES,
    help="How many lines reach a connector.",
    variables=(Variable("Connector", "SupplyPhases"),),
    scope=Scope.CONNECTOR,
)
LOCKED = Reading(
    id="2A02_4",
    kind=_FLAG,
    help="Whether the lock of a socket holds the plug.",
    variables=(Variable("ConnectorPlugRetentionLock", "Active"),),
    scope=Scope.CONNECTOR,
)
LOCK_PROBLEM = Reading(
    id="2A02_5",
    kind=_FLAG,
    help="Whether the lock of a socket does not do as it is told.",
    variables=(Variable("ConnectorPlugRetentionLock", "Problem"),),
    scope=Scope.CONNECTOR,
)

ROWS = (
    FIRMWARE,
    MODEL,
    SERIAL,
    VENDOR,
    STATION_AVAILABILITY,
    STATION_PROBLEM,
    STATION_PHASES,
    STATION_ORDER,
    READER_PROBLEM,
    EVSE_AVAILABILITY,
    EVSE_PROBLEM,
    EVSE_PHASES,
    EVSE_ORDER,
    CONTACTOR_CLOSED,
    CONTACTOR_PROBLEM,
    METER_PROBLEM,
    RESIDUAL_TRIPPED,
    OVERCURRENT_TRIPPED,
    PILOT,
    EVSE_NAME,
    PARKED,
    CONNECTOR_AVAILABILITY,
    CONNECTOR_TYPE,
    CONNECTOR_PHASES,
    LOCKED,
    LOCK_PROBLEM,
)
