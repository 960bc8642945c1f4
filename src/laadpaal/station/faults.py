"""The station's error codes: number, severity, what each stops, and its OCPP 1.6 name."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum

from laadpaal.station.words import StopReason

CONTACTOR_FAULT = 102
"""The contactor did not move when it was told to."""
LOCK_MOTOR_FAULT = 107
"""The lock has failed with several plugs."""
LOCK_FAULT = 404
"""The lock did not move when it was told to."""


class Stops(Enum):
    """What a fault keeps the EVSE from doing."""

    NOTHING = "nothing"
    ENERGY = "energy"
    """Energy pauses; the transaction goes on when the fault clears."""
    EVERYTHING = "everything"
    """The connector is Faulted; an open transaction ends."""


@dataclass(frozen=True, slots=True)
class Fault:
    """One row of the error table.

    Args:
        code: Number shown on the display and sent as vendorErrorCode.
        error: ErrorCode of OCPP 1.6 StatusNotification.
        stops: What it keeps the EVSE from doing.
        info: Short text for people, at most 50 characters.
        reason: Why a transaction it ends has ended.
    """

    code: int
    error: str
    stops: Stops
    info: str
    reason: StopReason = StopReason.OTHER

    @property
    def sentence(self) -> str:
        """What is wrong, for people."""
        return f"fault {self.code}: {self.info}"


FAULTS: dict[int, Fault] = {
    fault.code: fault
    for fault in (
        Fault(1, "OtherError", Stops.EVERYTHING, "cannot charge"),
        Fault(2, "EVCommunicationError", Stops.ENERGY, "reconnect the cable"),
        Fault(3, "OtherError", Stops.EVERYTHING, "too many tries, check the cable"),
        Fault(4, "OtherError", Stops.ENERGY, "pauses, goes on by itself"),
        Fault(5, "OtherError", Stops.ENERGY, "pauses, goes on by itself"),
        Fault(6, "OtherError", Stops.ENERGY, "pauses, goes on by itself"),
        Fault(7, "EVCommunicationError", Stops.ENERGY, "vehicle did not open its switch"),
        Fault(101, "GroundFailure", Stops.ENERGY, "residual current, goes on by itself"),
        Fault(102, "PowerSwitchFailure", Stops.EVERYTHING, "contactor failure"),
        Fault(103, "UnderVoltage", Stops.EVERYTHING, "input voltage low"),
        Fault(104, "InternalError", Stops.EVERYTHING, "internal voltage"),
        Fault(105, "PowerMeterFailure", Stops.EVERYTHING, "energy meter does not answer"),
        Fault(106, "InternalError", Stops.EVERYTHING, "internal fault"),
        Fault(107, "ConnectorLockFailure", Stops.EVERYTHING, "lock motor fault"),
        Fault(108, "OtherError", Stops.NOTHING, "identity missing"),
        Fault(109, "ReaderFailure", Stops.NOTHING, "card reader fault"),
        Fault(201, "GroundFailure", Stops.EVERYTHING, "earth fault", StopReason.GROUND_FAULT),
        Fault(202, "UnderVoltage", Stops.EVERYTHING, "input voltage low", StopReason.POWER_QUALITY),
        Fault(203, "HighTemperature", Stops.NOTHING, "temperature high"),
        Fault(208, "OverVoltage", Stops.NOTHING, "supply voltage high"),
        Fault(209, "OtherError", Stops.NOTHING, "smart meter telegrams missing"),
        Fault(210, "OtherError", Stops.NOTHING, "energy manager missing"),
        Fault(211, "ConnectorLockFailure", Stops.EVERYTHING, "cable cannot be locked"),
        Fault(212, "GroundFailure", Stops.EVERYTHING, "installation fault"),
        Fault(213, "OtherError", Stops.NOTHING, "grid meter link missing"),
        Fault(301, "EVCommunicationError", Stops.ENERGY, "vehicle side, goes on by itself"),
        Fault(302, "OverCurrentFailure", Stops.ENERGY, "vehicle took too much current"),
        Fault(303, "EVCommunicationError", Stops.ENERGY, "not started, reconnect"),
        Fault(304, "EVCommunicationError", Stops.ENERGY, "not started, reconnect"),
        Fault(401, "HighTemperature", Stops.ENERGY, "inside temperature high"),
        Fault(402, "OtherError", Stops.ENERGY, "inside temperature low"),
        Fault(403, "OtherError", Stops.ENERGY, "not started, reconnect"),
        Fault(404, "ConnectorLockFailure", Stops.EVERYTHING, "cannot lock, put the plug in again"),
        Fault(405, "OtherError", Stops.ENERGY, "cable not supported"),
        Fault(406, "EVCommunicationError", Stops.ENERGY, "no communication with the vehicle"),
        Fault(407, "OtherError", Stops.NOTHING, "station tilted or moved"),
        Fault(409, "OtherError", Stops.EVERYTHING, "enclosure open"),
    )
}
"""Frozen by S47: changes need an entry of the changelog's *error codes* part."""

CONTACTOR_FAULT = 102
METER_FAULT = 105
READER_FAULT = 109
RELEASE_FAULT = 7
RESIDUAL_FAULT = 101
EARTH_FAULT = 201
DISTURBED_FAULT = 301
OVERCURRENT_FAULT = 302
DIODE_FAULT = 303
RESTARTS_FAULT = 304
HOT_FAULT = 401
COLD_FAULT = 402
CABLE_FAULT = 405
TILT_FAULT = 407
LOCK_FAULTS = frozenset({107, 211, 404})
"""Codes that say which part does not work."""

TAMPERING = frozenset({407, 409})
"""Those that somebody may have caused who is after more than a charge."""
