"""The small words that events, requests, records and notices share."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum


class Pilot(Enum):
    """State of the control pilot (IEC 61851-1, table A.2)."""

    A = "A"
    """No vehicle."""
    B = "B"
    """Vehicle connected, not ready."""
    C = "C"
    """Vehicle ready, no ventilation wanted."""
    D = "D"
    """Vehicle ready, ventilation wanted."""
    E = "E"
    """Short circuit, or no power."""
    F = "F"
    """Station not available."""


class TokenKind(Enum):
    """Where an identifier comes from, spelled as in OCPP 2.0.1 IdTokenEnumType."""

    CENTRAL = "Central"
    EMAID = "eMAID"
    ISO14443 = "ISO14443"
    ISO15693 = "ISO15693"
    KEY_CODE = "KeyCode"
    LOCAL = "Local"
    MAC_ADDRESS = "MacAddress"
    NO_AUTHORIZATION = "NoAuthorization"


UNASKED = frozenset({TokenKind.CENTRAL, TokenKind.NO_AUTHORIZATION})
"""Made up by the CSMS, or by nobody: it is not asked about them, and none is remembered (C10)."""


def readable(identifier: str) -> bool:
    """Tell whether an identifier can be told and shown: printable, and not only blanks."""
    return identifier.isprintable() and bool(identifier.strip())


@dataclass(frozen=True, slots=True)
class Token:
    """An identifier somebody presents; equal when value (any case) and kind match.

    Args:
        kind: None when who told it knows no kinds; then the value alone decides.
    """

    value: str
    kind: TokenKind | None = TokenKind.ISO14443

    def __repr__(self) -> str:
        # A code that somebody keys in must not stand in any log (2.0.1 C04).
        shown = "***" if self.kind is TokenKind.KEY_CODE else self.value
        return f"Token({shown!r}, {self.kind})"

    @property
    def key(self) -> str:
        """The text to compare and store by."""
        return f"{self.kind.value if self.kind else ''}:{self.value.upper()}"

    @property
    def readable(self) -> bool:
        """Whether it says who it is; one that stands for nobody has no need to."""
        return self.kind is TokenKind.NO_AUTHORIZATION or readable(self.value)

    @property
    def kindless(self) -> Token:
        """The token as somebody tells it who knows no kinds."""
        return Token(self.value, None)

    def same(self, other: Token | None) -> bool:
        """Tell whether `other` is the same identifier."""
        if other is None or self.value.upper() != other.value.upper():
            return False
        return self.kind is other.kind or None in {self.kind, other.kind}


NOBODY = Token("", TokenKind.NO_AUTHORIZATION)
"""Stands for whoever charges without having to say who it is (2.0.1 C02)."""


def one_group(one: str | None, other: str | None) -> bool:
    """Tell whether both name the same group; case plays no part, as in every identifier."""
    return one is not None and other is not None and one.upper() == other.upper()


class TokenStatus(Enum):
    """What the CSMS, a list or the cache says of a token; the union of both versions."""

    ACCEPTED = "Accepted"
    BLOCKED = "Blocked"
    CONCURRENT = "ConcurrentTx"
    EXPIRED = "Expired"
    INVALID = "Invalid"
    NO_CREDIT = "NoCredit"
    NOT_THIS_EVSE = "NotAllowedTypeEVSE"
    NOT_THIS_LOCATION = "NotAtThisLocation"
    NOT_THIS_TIME = "NotAtThisTime"
    UNKNOWN = "Unknown"


@dataclass(frozen=True, slots=True)
class Verdict:
    """What is known of a token.

    Args:
        status: Good or why not.
        group: The group (2.0.1) or parent (1.6) whose members may stop for each other.
        expires_at: UTC second after which the verdict no longer holds, or None.
        evses: The EVSEs the token may use; empty means all.
    """

    status: TokenStatus
    group: str | None = None
    expires_at: float | None = None
    evses: tuple[int, ...] = ()

    @property
    def good(self) -> bool:
        """Whether the token may be used."""
        return self.status is TokenStatus.ACCEPTED


@dataclass(frozen=True, slots=True)
class Reservation:
    """An EVSE that is kept for somebody.

    Args:
        id: Of whoever reserves; the same number replaces the reservation that had it.
        evse: 0 keeps one EVSE, whichever it is.
        until: UTC second at which it is over.
        group: The group whose members may come in the token's place, or None.
    """

    id: int
    evse: int
    token: Token
    until: float
    group: str | None = None

    @property
    def readable(self) -> bool:
        """Whether it says whom it is for."""
        return self.token.readable and (self.group is None or readable(self.group))

    def means(self, token: Token, group: str | None) -> bool:
        """Tell whether it was made for that token, or for one of that group."""
        return token.same(self.token) or one_group(self.group, group)


class ReservationEnd(Enum):
    """Why a reservation is over."""

    USED = "used"
    EXPIRED = "expired"
    CANCELLED = "cancelled"
    REMOVED = "removed"
    """What it kept has a fault, or was taken out of use."""


LARGEST = 2**63 - 1
"""The largest whole number that a column of the database holds."""


class ChargingState(Enum):
    """What the transaction's vehicle and EVSE do (OCPP 2.0.1 ChargingStateEnumType)."""

    CHARGING = "Charging"
    EV_CONNECTED = "EVConnected"
    SUSPENDED_EV = "SuspendedEV"
    SUSPENDED_EVSE = "SuspendedEVSE"
    IDLE = "Idle"


class Connection(Enum):
    """What is plugged into a connector (S62)."""

    DISCONNECTED = "DISCONNECTED"
    CABLE = "CABLE"
    """A cable without a vehicle at its other end."""
    CABLE_TYPE_E = "CABLE_TYPE_E"
    """A plug in a domestic outlet; what hangs on it nobody knows."""
    EV = "EV"


class Status(Enum):
    """Status of a connector; the nine values of OCPP 1.6."""

    AVAILABLE = "Available"
    PREPARING = "Preparing"
    CHARGING = "Charging"
    SUSPENDED_EV = "SuspendedEV"
    SUSPENDED_EVSE = "SuspendedEVSE"
    FINISHING = "Finishing"
    RESERVED = "Reserved"
    UNAVAILABLE = "Unavailable"
    FAULTED = "Faulted"


class Trigger(Enum):
    """Why a transaction is reported (OCPP 2.0.1 TriggerReasonEnumType)."""

    ABNORMAL_CONDITION = "AbnormalCondition"
    AUTHORIZED = "Authorized"
    CABLE_PLUGGED_IN = "CablePluggedIn"
    CHARGING_RATE_CHANGED = "ChargingRateChanged"
    CHARGING_STATE_CHANGED = "ChargingStateChanged"
    DEAUTHORIZED = "Deauthorized"
    EV_COMMUNICATION_LOST = "EVCommunicationLost"
    EV_CONNECT_TIMEOUT = "EVConnectTimeout"
    EV_DEPARTED = "EVDeparted"
    EV_DETECTED = "EVDetected"
    METER_VALUE_CLOCK = "MeterValueClock"
    METER_VALUE_PERIODIC = "MeterValuePeriodic"
    REMOTE_START = "RemoteStart"
    REMOTE_STOP = "RemoteStop"
    RESET_COMMAND = "ResetCommand"
    SIGNED_DATA_RECEIVED = "SignedDataReceived"
    STOP_AUTHORIZED = "StopAuthorized"
    TIME_LIMIT_REACHED = "TimeLimitReached"
    TRIGGER = "Trigger"
    UNLOCK_COMMAND = "UnlockCommand"


class StopReason(Enum):
    """Why a transaction ended; the union of both versions."""

    DEAUTHORIZED = "DeAuthorized"
    EMERGENCY_STOP = "EmergencyStop"
    EV_DISCONNECTED = "EVDisconnected"
    GROUND_FAULT = "GroundFault"
    HARD_RESET = "HardReset"
    SOFT_RESET = "SoftReset"
    LOCAL = "Local"
    MASTER_PASS = "MasterPass"  # noqa: S105  a word of the standard, no secret
    OTHER = "Other"
    OVERCURRENT_FAULT = "OvercurrentFault"
    POWER_LOSS = "PowerLoss"
    POWER_QUALITY = "PowerQuality"
    REBOOT = "Reboot"
    REMOTE = "Remote"
    STOPPED_BY_EV = "StoppedByEV"
    TIMEOUT = "Timeout"
    UNLOCK_COMMAND = "UnlockCommand"


class BootReason(Enum):
    """Why the station started (OCPP 2.0.1 BootReasonEnumType)."""

    APPLICATION_RESET = "ApplicationReset"
    FIRMWARE_UPDATE = "FirmwareUpdate"
    LOCAL_RESET = "LocalReset"
    POWER_UP = "PowerUp"
    REMOTE_RESET = "RemoteReset"
    SCHEDULED_RESET = "ScheduledReset"
    TRIGGERED = "Triggered"
    UNKNOWN = "Unknown"
    WATCHDOG = "Watchdog"


class ResetKind(Enum):
    """How urgent a reset is."""

    HARD = "hard"
    """At once; 1.6 Hard and 2.0.1 Immediate."""
    SOFT = "soft"
    """End transactions in order first; 1.6 Soft."""
    ON_IDLE = "on idle"
    """When the last transaction has ended by itself; 2.0.1 OnIdle."""


class Context(Enum):
    """Why a meter was read (ReadingContext of both versions)."""

    INTERRUPTION_BEGIN = "Interruption.Begin"
    INTERRUPTION_END = "Interruption.End"
    OTHER = "Other"
    CLOCK = "Sample.Clock"
    PERIODIC = "Sample.Periodic"
    BEGIN = "Transaction.Begin"
    END = "Transaction.End"
    TRIGGER = "Trigger"


class ShownTo(Enum):
    """Whom a certificate of the station's own is for."""

    CSMS = "CSMS"
    VEHICLES = "vehicles"


class By(Enum):
    """Who asks."""

    CARD = "card"
    REMOTE = "CSMS"
    LOCAL = "local API"
