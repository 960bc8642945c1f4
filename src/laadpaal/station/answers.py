"""What the station answers to wishes; a refusal is a value like any other."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum

from laadpaal.station.charging_profiles import Schedule
from laadpaal.station.words import Reservation, Verdict


class Reason(Enum):
    """Why a request was refused; the value is a reasonCode of OCPP 2.0.1 where one fits."""

    UNKNOWN_EVSE = "UnknownEvse"
    UNKNOWN_CONNECTOR = "UnknownConnectorId"
    UNKNOWN_TRANSACTION = "TxNotFound"
    OCCUPIED = "TxInProgress"
    AUTHORIZING = "TxStarted"
    UNAVAILABLE = "NotEnabled"
    FAULTED = "InternalError"
    NOT_REGISTERED = "CSNotAccepted"
    NO_FREE_EVSE = "NotFound"
    UNKNOWN_SETTING = "UnknownSetting"
    READ_ONLY = "ReadOnly"
    BAD_VALUE = "InvalidValue"
    BAD_TOKEN = "InvalidIdToken"  # noqa: S105  a word of the standard, no secret
    FIXED_CABLE = "FixedCable"
    LOCK_STUCK = "LockStuck"
    CACHE_OFF = "CacheOff"
    LIST_OFF = "ListOff"
    OLD_VERSION = "VersionMismatch"
    TOO_MANY = "TooManyElements"
    RESERVED = "Reserved"
    NO_RESERVATIONS = "ReservationsOff"
    UNKNOWN_RESERVATION = "UnknownReservation"
    UNKNOWN_OUTLET = "UnknownConnectorType"
    MESSAGES_OFF = "MessagesOff"
    UNKNOWN_MESSAGE = "UnknownMessage"
    BAD_CERTIFICATE = "InvalidCertificate"
    UNSUPPORTED = "UnsupportedRequest"
    BAD_PROFILE = "InvalidProfile"
    BAD_SCHEDULE = "InvalidSchedule"
    BAD_STACK_LEVEL = "InvalidStackLevel"
    PROFILES_FULL = "OutOfStorage"
    UNKNOWN_PROFILE = "UnknownProfile"
    UPDATING = "FwUpdateInProgress"
    UNKNOWN_MONITOR = "UnknownMonitor"
    OTHER_MONITOR = "OtherMonitor"
    HARD_WIRED = "HardWired"
    DUPLICATE_MONITOR = "DuplicateMonitor"
    BAD_MONITOR = "UnsupportedMonitor"
    OUT_OF_RANGE = "ValueOutOfRange"
    BAD_NETWORK = "InvalidNetworkConf"
    UNKNOWN_SLOT = "InvalidConfSlot"
    DOWNGRADE = "NoSecurityDowngrade"
    DUPLICATE_PROFILE = "DuplicateProfile"
    PROFILES_OFF = "SmartChargingOff"
    EXTERNAL_LIMITS_OFF = "ExternalLimitsOff"
    UNKNOWN_LIMIT = "UnknownLimit"
    PHASES_FIXED = "PhasesFixed"
    NOT_ON_TRIAL = "NotOnTrial"


@dataclass(frozen=True, slots=True)
class Accepted:
    """Done, or begun; `transaction` names an open one that the request belongs to."""

    transaction: str | None = None


@dataclass(frozen=True, slots=True)
class Scheduled:
    """Will be done when the running transaction has ended."""


@dataclass(frozen=True, slots=True)
class AfterRestart:
    """Stored; takes effect after the next restart."""


@dataclass(frozen=True, slots=True)
class Unlocking:
    """The lock was told to open; the notice `LockSettled` says how that went."""

    evse: int
    connector: int


@dataclass(frozen=True, slots=True)
class Composed:
    """The schedule that was asked for; it counts from the UTC second `at`."""

    evse: int
    at: float
    schedule: Schedule


@dataclass(frozen=True, slots=True)
class Recalled:
    """What is known of a customer at the UTC second `at`.

    Args:
        cached: What the cache says of the token, with each kind that it was told with.
        listed: What the local list says of it.
        evses: Where they charge, or may.
        running: Ids of their open transactions.
        reserved: Reservations that were made for them.
        profiles: Ids of the charging profiles of what runs.
    """

    at: float
    cached: tuple[Verdict, ...] = ()
    listed: Verdict | None = None
    evses: tuple[int, ...] = ()
    running: tuple[str, ...] = ()
    reserved: tuple[Reservation, ...] = ()
    profiles: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class Begun:
    """Notices tell how it goes on.

    Args:
        file_name: Of what will be sent; "" when nothing is.
        replaced: Whether an earlier one of its kind was given up for it.
    """

    file_name: str = ""
    replaced: bool = False


@dataclass(frozen=True, slots=True)
class MonitorSet:
    """The monitor of that id watches now."""

    id: int


@dataclass(frozen=True, slots=True)
class Refused:
    """Not done; `detail` is one sentence for people."""

    reason: Reason
    detail: str = ""


Answer = (
    Accepted
    | Scheduled
    | AfterRestart
    | Unlocking
    | Composed
    | Recalled
    | Begun
    | MonitorSet
    | Refused
)
