"""What others may want to know: the CSMS, the event stream, the log."""

from __future__ import annotations

from dataclasses import dataclass, field

from laadpaal.station.carriage import FirmwareStatus, LogKind, UploadStatus
from laadpaal.station.charging_profiles import Schedule, Source
from laadpaal.station.measurement import Sample
from laadpaal.station.monitors import Firing
from laadpaal.station.payment_words import PaymentNotice
from laadpaal.station.security import SecurityKind
from laadpaal.station.set_points import SetPointChanged
from laadpaal.station.words import (
    BootReason,
    ChargingState,
    Context,
    ReservationEnd,
    ShownTo,
    Status,
    StopReason,
    Token,
    Trigger,
)


@dataclass(frozen=True, slots=True)
class TransactionStarted:
    """A transaction began; durable.

    Args:
        at: UTC second of the beginning.
        seq: 0.
        connector: None while no plug is known.
        token: Who pays, once authorized.
        meter_wh: Import register at the beginning.
        sample: Values with context Transaction.Begin, or None when none are wanted.
        reservation: Number of the reservation that it uses up, or None.
        phases: Lines in use, when energy starts with it.
        cable_a: What the cable is made for, told with the connector.
    """

    transaction: str
    evse: int
    at: float
    seq: int
    trigger: Trigger
    state: ChargingState
    connector: int | None
    token: Token | None
    remote_id: int | None
    meter_wh: float
    offline: bool
    sample: Sample | None = None
    reservation: int | None = None
    phases: int | None = None
    cable_a: float | None = None


@dataclass(frozen=True, slots=True)
class TransactionUpdated:
    """Something about a transaction changed; durable.

    Args:
        state: None when it did not change.
        connector: Told once, with the first update after the plug is known.
        token: Told when its authorization or its stop is what happened.
        sample: Values with context Transaction.Begin when the start could not have them.
        phases: Lines in use, told when energy starts and when they change.
        reservation: Number of a reservation that its authorization has used up.
        cable_a: What the cable is made for, told with the connector.
        charged_s: How long energy has flowed, told when that starts or stops.
    """

    transaction: str
    evse: int
    at: float
    seq: int
    trigger: Trigger
    state: ChargingState | None
    offline: bool
    connector: int | None = None
    token: Token | None = None
    remote_id: int | None = None
    sample: Sample | None = None
    phases: int | None = None
    reservation: int | None = None
    cable_a: float | None = None
    charged_s: float | None = None


@dataclass(frozen=True, slots=True)
class TransactionSampled:
    """A meter value inside a transaction; durable.

    `trigger` is periodic, clock or asked for. `state` is told only when asked for. `meter_wh` is
    the import register, whatever the sample shows.
    """

    transaction: str
    evse: int
    at: float
    seq: int
    trigger: Trigger
    offline: bool
    sample: Sample
    meter_wh: float
    state: ChargingState | None = None


@dataclass(frozen=True, slots=True)
class TransactionEnded:
    """A transaction ended; durable.

    Args:
        token: Who stopped it, when a card did.
        meter_wh: Import register at the end.
        samples: Begin, periodic, clock and end values as configured, in order of time.
        charged_s: How long energy has flowed, None where nobody counted.
    """

    transaction: str
    evse: int
    at: float
    seq: int
    trigger: Trigger
    reason: StopReason
    state: ChargingState | None
    token: Token | None
    meter_wh: float
    offline: bool
    samples: tuple[Sample, ...] = ()
    charged_s: float | None = None


@dataclass(frozen=True, slots=True)
class MeterSampled:
    """Values of an EVSE's meter outside any transaction, or asked for; not durable.

    `context` is clock or trigger; `transaction` names one that is open all the same.
    """

    evse: int
    sample: Sample
    context: Context
    transaction: str | None = None


@dataclass(frozen=True, slots=True)
class StatusChanged:
    """A connector's status, or what is said about it, changed.

    EVSE 0, connector 0 is the station itself: Available, Unavailable or Faulted only.

    Args:
        at: UTC second of the change.
        error: ErrorCode as OCPP 1.6 spells it; `NoError` without fault.
        code: Number of the error table, or 0.
        asked: True when somebody asked for it and nothing changed.
        occupied: Whether it is a cable by which the connector is in use, and not a token alone.
    """

    evse: int
    connector: int
    status: Status
    at: float
    error: str = "NoError"
    code: int = 0
    info: str = ""
    asked: bool = False
    occupied: bool = False
    why: str = field(default="", compare=False, repr=False)
    """Says for people by which rule it has this status."""


@dataclass(frozen=True, slots=True)
class AuthorizationNeeded:
    """The CSMS is to say whether `token` is good; answered by `TokenJudged`."""

    evse: int
    token: Token


@dataclass(frozen=True, slots=True)
class TokenRefused:
    """A presented token was not good, or nobody could tell."""

    evse: int
    token: Token
    why: str


@dataclass(frozen=True, slots=True)
class LimitChanged:
    """The current an EVSE offers changed; `because` names the lowest claim."""

    evse: int
    limit_a: float
    because: str
    why: str = field(default="", compare=False, repr=False)
    """Says it for people."""


@dataclass(frozen=True, slots=True)
class ExternalLimitSet:
    """Somebody other than the CSMS limits an EVSE, or the station (0), from now on."""

    source: Source
    evse: int
    schedule: Schedule


@dataclass(frozen=True, slots=True)
class ExternalLimitCleared:
    """They limit it no longer."""

    source: Source
    evse: int


@dataclass(frozen=True, slots=True)
class SettingChanged:
    """A setting has a new value that is in force; the text is not told for secrets."""

    id: str
    evse: int
    text: str


@dataclass(frozen=True, slots=True)
class SettingReverted:
    """What was written to a setting is no value of it, and its default is in force again (S38).

    Args:
        written: What that was, shortened.
        default: The text of the default.
    """

    id: str
    written: str
    default: str


@dataclass(frozen=True, slots=True)
class SettingMended:
    """A setting did not go with the others at the start, and has been put right (S56)."""

    id: str
    text: str
    why: str


@dataclass(frozen=True, slots=True)
class PhasesDetected:
    """The first reading of an EVSE's meter told how it is wired (S15 to S20)."""

    evse: int
    phases: int


@dataclass(frozen=True, slots=True)
class LinesUsed:
    """Another number of lines is to be used at an EVSE; `because` names who wants that."""

    evse: int
    phases: int
    because: str


@dataclass(frozen=True, slots=True)
class MaximumLooksDifferent:
    """The most that a socket shows is another than before the last start, such as `1 x 16 A`."""

    evse: int
    was: str
    now: str


@dataclass(frozen=True, slots=True)
class DisplaySilent:
    """The display stopped showing what it is told, or shows it again."""

    lost: bool


@dataclass(frozen=True, slots=True)
class MeterSilent:
    """The EVSE's meter stopped or resumed answering."""

    evse: int
    lost: bool


@dataclass(frozen=True, slots=True)
class GridSilent:
    """The meter at the grid has told nothing for too long, or is heard again; text for people."""

    lost: bool
    text: str


@dataclass(frozen=True, slots=True)
class LockSettled:
    """A lock has moved, or has failed to, after it was told to."""

    evse: int
    connector: int
    locked: bool
    failed: bool


@dataclass(frozen=True, slots=True)
class UnlockForced:
    """A lock is forced open, for a plug that was let go is still there; `attempt` counts from 1."""

    evse: int
    connector: int
    attempt: int


@dataclass(frozen=True, slots=True)
class CacheCleared:
    """The authorization cache is empty."""


@dataclass(frozen=True, slots=True)
class ReservationEnded:
    """Nothing is kept for that reservation any more."""

    id: int
    why: ReservationEnd


@dataclass(frozen=True, slots=True)
class LinkChanged:
    """The CSMS has accepted us over its connection, or is out of reach."""

    online: bool


@dataclass(frozen=True, slots=True)
class Restarting:
    """The station is about to start anew."""

    reason: BootReason


@dataclass(frozen=True, slots=True)
class SecurityEvent:
    """Something happened that bears on security; `at` is in UTC, `info` a sentence or two.

    It is committed as `SecurityLogged`, and the CSMS is told from that log.
    """

    kind: SecurityKind
    at: float
    info: str = ""


@dataclass(frozen=True, slots=True)
class CredentialsChanged:
    """The CSMS is to be dialled anew with what is in force now.

    `back` tells why those before are tried again; "" when new ones are to be tried.
    """

    back: str = ""


@dataclass(frozen=True, slots=True)
class CredentialsProven:
    """The credentials that were tried have opened a connection; the old ones are forgotten."""


@dataclass(frozen=True, slots=True)
class NetworkChanged:
    """The CSMS is talked to by way of another slot now."""

    slot: int


@dataclass(frozen=True, slots=True)
class MobileChanged:
    """The modem has a connection to the mobile network, or none for that reason."""

    attached: bool
    operator: str = ""
    why: str = ""


@dataclass(frozen=True, slots=True)
class SignalChanged:
    """The mobile network's signal has become weak, or strong again."""

    dbm: int
    weak: bool


@dataclass(frozen=True, slots=True)
class CertificateWanted:
    """The CSMS is to be asked for a certificate of the station's own.

    Args:
        repeat: How often it was asked before, without bringing what it had promised.
    """

    to: ShownTo
    repeat: int = 0


@dataclass(frozen=True, slots=True)
class FirmwareStatusChanged:
    """A firmware update has come further; `id` is the asker's, None for an unsigned one of 1.6."""

    status: FirmwareStatus
    id: int | None


@dataclass(frozen=True, slots=True)
class UploadStatusChanged:
    """The upload of a log has come further; `id` is the asker's, or None."""

    kind: LogKind
    status: UploadStatus
    id: int | None


@dataclass(frozen=True, slots=True)
class MonitorsFired:
    """Monitors had something to tell in this turn, in the order of their ids.

    Args:
        seq: Number of this piece of what is too much for one message; 0 is the first.
        more: Whether another piece follows.
        queued: Whether it is committed as `FiringsQueued`, and the CSMS is told from there.
    """

    firings: tuple[Firing, ...]
    seq: int = 0
    more: bool = False
    queued: bool = False


Notice = (
    TransactionStarted
    | TransactionUpdated
    | TransactionSampled
    | TransactionEnded
    | MeterSampled
    | StatusChanged
    | AuthorizationNeeded
    | TokenRefused
    | LimitChanged
    | ExternalLimitSet
    | ExternalLimitCleared
    | SetPointChanged
    | SettingChanged
    | SettingReverted
    | SettingMended
    | PhasesDetected
    | LinesUsed
    | MaximumLooksDifferent
    | MeterSilent
    | DisplaySilent
    | GridSilent
    | LockSettled
    | UnlockForced
    | CacheCleared
    | ReservationEnded
    | LinkChanged
    | Restarting
    | SecurityEvent
    | CredentialsChanged
    | CredentialsProven
    | CertificateWanted
    | NetworkChanged
    | MobileChanged
    | SignalChanged
    | FirmwareStatusChanged
    | UploadStatusChanged
    | MonitorsFired
    | PaymentNotice
)

DurableNotice = TransactionStarted | TransactionUpdated | TransactionSampled | TransactionEnded
"""Committed with the step's records, and told to the CSMS until it has answered."""
