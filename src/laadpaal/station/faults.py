"""The station's error codes: number, severity, what each stops, and its OCPP 1.6 name."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass, replace
from enum import Enum

from laadpaal.station.words import StopReason


class Stops(Enum):
    """What a fault keeps the EVSE from doing."""

    NOTHING = "nothing"
    ENERGY = "energy"
    """Energy pauses; the transaction goes on when the fault clears."""
    EVERYTHING = "everything"
    """The connector is Faulted; an open transaction ends."""


class Severity(Enum):
    """How grave a fault is to people."""

    ERROR = "error"
    WARNING = "warning"
    INFO = "information"


class Recovery(Enum):
    """What has to happen before a fault is over."""

    CAUSE = "its cause is gone"
    ITSELF = "by itself"
    PLUG = "the plug is pulled"
    RESET = "the EVSE is reset"


@dataclass(frozen=True, slots=True)
class Fault:
    """One row of the error table.

    Args:
        code: Number shown on the display and sent as vendorErrorCode.
        error: ErrorCode of OCPP 1.6 StatusNotification.
        stops: What it keeps the EVSE from doing.
        info: Short text for people, at most 50 characters.
        severity: How grave it is.
        over: What has to happen before it is over.
        reason: Why a transaction it ends has ended.
    """

    code: int
    error: str
    stops: Stops
    info: str
    severity: Severity
    over: Recovery
    reason: StopReason = StopReason.OTHER

    @property
    def sentence(self) -> str:
        """What is wrong, for people."""
        return f"fault {self.code}: {self.info}"


ERROR, WARNING, INFO = Severity
CAUSE, ITSELF, PLUG, RESET = Recovery

FAULTS: dict[int, Fault] = {
    fault.code: fault
    for fault in (
        Fault(1, "OtherError", Stops.EVERYTHING, "cannot charge", WARNING, CAUSE),
        Fault(2, "EVCommunicationError", Stops.ENERGY, "reconnect the cable", WARNING, PLUG),
        Fault(3, "OtherError", Stops.EVERYTHING, "too many tries, check the cable", WARNING, PLUG),
        Fault(4, "OtherError", Stops.ENERGY, "pauses, goes on by itself", WARNING, ITSELF),
        Fault(5, "OtherError", Stops.ENERGY, "pauses, goes on by itself", WARNING, ITSELF),
        Fault(6, "OtherError", Stops.ENERGY, "pauses, goes on by itself", WARNING, ITSELF),
        Fault(
            7,
            "EVCommunicationError",
            Stops.ENERGY,
            "vehicle did not open its switch",
            WARNING,
            PLUG,
        ),
        Fault(
            101,
            "GroundFailure",
            Stops.ENERGY,
            "residual current, goes on by itself",
            WARNING,
            ITSELF,
        ),
        Fault(102, "PowerSwitchFailure", Stops.EVERYTHING, "contactor failure", ERROR, RESET),
        Fault(103, "UnderVoltage", Stops.EVERYTHING, "input voltage low", ERROR, CAUSE),
        Fault(104, "InternalError", Stops.EVERYTHING, "internal voltage", ERROR, CAUSE),
        Fault(
            105, "PowerMeterFailure", Stops.EVERYTHING, "energy meter does not answer", ERROR, CAUSE
        ),
        Fault(106, "InternalError", Stops.EVERYTHING, "internal fault", ERROR, CAUSE),
        Fault(107, "ConnectorLockFailure", Stops.EVERYTHING, "lock motor fault", ERROR, RESET),
        Fault(108, "OtherError", Stops.NOTHING, "identity missing", INFO, CAUSE),
        Fault(109, "ReaderFailure", Stops.NOTHING, "card reader fault", INFO, CAUSE),
        Fault(
            201,
            "GroundFailure",
            Stops.EVERYTHING,
            "earth fault",
            ERROR,
            PLUG,
            StopReason.GROUND_FAULT,
        ),
        Fault(
            202,
            "UnderVoltage",
            Stops.EVERYTHING,
            "input voltage low",
            ERROR,
            CAUSE,
            StopReason.POWER_QUALITY,
        ),
        Fault(203, "HighTemperature", Stops.NOTHING, "temperature high", WARNING, ITSELF),
        Fault(208, "OverVoltage", Stops.NOTHING, "supply voltage high", INFO, ITSELF),
        Fault(209, "OtherError", Stops.NOTHING, "smart meter telegrams missing", INFO, CAUSE),
        Fault(210, "OtherError", Stops.NOTHING, "energy manager missing", INFO, CAUSE),
        Fault(
            211, "ConnectorLockFailure", Stops.EVERYTHING, "cable cannot be locked", ERROR, CAUSE
        ),
        Fault(212, "GroundFailure", Stops.EVERYTHING, "installation fault", ERROR, CAUSE),
        Fault(213, "OtherError", Stops.NOTHING, "grid meter link missing", INFO, CAUSE),
        Fault(
            301,
            "EVCommunicationError",
            Stops.ENERGY,
            "vehicle side, goes on by itself",
            WARNING,
            ITSELF,
        ),
        Fault(
            302,
            "OverCurrentFailure",
            Stops.ENERGY,
            "vehicle took too much current",
            WARNING,
            ITSELF,
        ),
        Fault(303, "EVCommunicationError", Stops.ENERGY, "not started, reconnect", WARNING, PLUG),
        Fault(304, "EVCommunicationError", Stops.ENERGY, "not started, reconnect", WARNING, PLUG),
        Fault(401, "HighTemperature", Stops.ENERGY, "inside temperature high", WARNING, ITSELF),
        Fault(402, "OtherError", Stops.ENERGY, "inside temperature low", WARNING, ITSELF),
        Fault(403, "OtherError", Stops.ENERGY, "not started, reconnect", WARNING, PLUG),
        Fault(
            404,
            "ConnectorLockFailure",
            Stops.EVERYTHING,
            "cannot lock, put the plug in again",
            WARNING,
            PLUG,
        ),
        Fault(405, "OtherError", Stops.ENERGY, "cable not supported", WARNING, PLUG),
        Fault(
            406,
            "EVCommunicationError",
            Stops.ENERGY,
            "no communication with the vehicle",
            WARNING,
            ITSELF,
        ),
        Fault(407, "OtherError", Stops.NOTHING, "station tilted or moved", WARNING, CAUSE),
        Fault(409, "OtherError", Stops.EVERYTHING, "enclosure open", ERROR, CAUSE),
    )
}
"""Frozen by S47: changes need an entry of the changelog's *error codes* part."""

RELEASE_FAULT = 7
RESIDUAL_FAULT = 101
CONTACTOR_FAULT = 102
"""The contactor did not move when it was told to."""
METER_FAULT = 105
LOCK_MOTOR_FAULT = 107
"""The lock has failed with several plugs."""
READER_FAULT = 109
EARTH_FAULT = 201
DISTURBED_FAULT = 301
OVERCURRENT_FAULT = 302
DIODE_FAULT = 303
RESTARTS_FAULT = 304
HOT_FAULT = 401
COLD_FAULT = 402
LOCK_FAULT = 404
"""The lock did not move when it was told to."""
CABLE_FAULT = 405
SILENT_FAULT = 406
TILT_FAULT = 407
LOCK_FAULTS = frozenset({LOCK_MOTOR_FAULT, 211, LOCK_FAULT})
"""Codes that say which part does not work."""

TAMPERING = frozenset({TILT_FAULT, 409})
"""Those that somebody may have caused who is after more than a charge."""


def remarked(codes: Collection[int], remarks: Mapping[int, str]) -> list[Fault]:
    """Return the rows of these codes in order, each with what is to be said of it now."""
    return [
        replace(FAULTS[code], info=remarks[code]) if code in remarks else FAULTS[code]
        for code in sorted(codes)
    ]
