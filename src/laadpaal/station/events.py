"""Facts: what has already happened outside, told to the core by the adapters."""

from __future__ import annotations

from dataclasses import dataclass

from laadpaal.station.carriage import FirmwareStatus, FirmwareVerdict, LogKind, UploadStatus
from laadpaal.station.measurement import GridMeasurement, Measurement
from laadpaal.station.mobile_events import MobileEvent
from laadpaal.station.network_profile import WIRED
from laadpaal.station.payment_words import PaymentEvent
from laadpaal.station.releases import ReleaseEvent
from laadpaal.station.security import SecurityKind
from laadpaal.station.surroundings import SurroundingsEvent
from laadpaal.station.words import Pilot, ShownTo, Token, Verdict


@dataclass(frozen=True, slots=True)
class PoweredUp:
    """The station has started; the first event it ever sees."""


@dataclass(frozen=True, slots=True)
class CablePlugged:
    """A plug sits in the socket of `connector`.

    Args:
        rating_a: Current the cable is made for, from its proximity resistor; None if unknown.
    """

    evse: int
    connector: int = 1
    rating_a: float | None = None


@dataclass(frozen=True, slots=True)
class CableUnplugged:
    """The socket of `connector` is empty."""

    evse: int
    connector: int = 1


@dataclass(frozen=True, slots=True)
class BayChanged:
    """A vehicle has driven into the parking bay, or out of it."""

    evse: int
    occupied: bool


@dataclass(frozen=True, slots=True)
class PilotChanged:
    """The control pilot has a new, debounced state."""

    evse: int
    pilot: Pilot


@dataclass(frozen=True, slots=True)
class CardPresented:
    """A card was held to `reader`; reader 0 serves all EVSEs, reader n only EVSE n."""

    reader: int
    token: Token


@dataclass(frozen=True, slots=True)
class MeterRead:
    """The EVSE's meter answered with a complete measurement."""

    evse: int
    measurement: Measurement


@dataclass(frozen=True, slots=True)
class MeterLost:
    """The EVSE's meter stopped answering; told once."""

    evse: int


@dataclass(frozen=True, slots=True)
class MeterBack:
    """The EVSE's meter answers again; told once."""

    evse: int


@dataclass(frozen=True, slots=True)
class GridRead:
    """The meter where the house meets the grid has told a complete and plausible measurement."""

    measurement: GridMeasurement


@dataclass(frozen=True, slots=True)
class ContactorMoved:
    """The mirror contact reports a new position."""

    evse: int
    closed: bool


@dataclass(frozen=True, slots=True)
class ContactorFailed:
    """The contactor did not reach the position it was told to.

    Args:
        closing: Whether it was to close; one that was to open, and did not, is welded.
    """

    evse: int
    closing: bool = False


@dataclass(frozen=True, slots=True)
class LockMoved:
    """The lock's feedback reports a new position."""

    evse: int
    connector: int
    locked: bool


@dataclass(frozen=True, slots=True)
class LockFailed:
    """The lock did not reach the position it was told to."""

    evse: int
    connector: int
    locking: bool


@dataclass(frozen=True, slots=True)
class FaultRaised:
    """A row of the error table holds; EVSE 0 is the station."""

    evse: int
    code: int


@dataclass(frozen=True, slots=True)
class FaultCleared:
    """That row holds no longer."""

    evse: int
    code: int


@dataclass(frozen=True, slots=True)
class RestartFailed:
    """The hardware did not come to rest, however often that was tried; no restart comes."""


@dataclass(frozen=True, slots=True)
class CsmsOnline:
    """The CSMS is connected and has accepted us."""

    heartbeat_s: int = 0
    """What it wants between heartbeats; 0 leaves the setting."""


@dataclass(frozen=True, slots=True)
class CsmsOffline:
    """The CSMS cannot be reached, or has not accepted us (any more)."""


@dataclass(frozen=True, slots=True)
class CsmsSilent:
    """Nothing showed for so many seconds that there is a CSMS at all; told once (S34)."""

    silent_s: float


@dataclass(frozen=True, slots=True)
class TokenJudged:
    """The CSMS answered about a token we asked for."""

    token: Token
    verdict: Verdict


@dataclass(frozen=True, slots=True)
class TokenUnanswered:
    """The CSMS refused to answer about a token, or the call was lost."""

    token: Token


@dataclass(frozen=True, slots=True)
class TransactionJudged:
    """The answer to a transaction message said what the CSMS thinks of its token."""

    transaction: str
    token: Token | None
    verdict: Verdict


@dataclass(frozen=True, slots=True)
class TokenGreeted:
    """The CSMS has something to say to whoever has just been authorized with that token."""

    token: Token
    text: str


@dataclass(frozen=True, slots=True)
class TransactionPriced:
    """The answer to a transaction message said what it costs, or something to its driver.

    Args:
        cost: So far, or in all once it has ended; None when not told.
        text: "" when there is nothing to say.
    """

    transaction: str
    cost: float | None = None
    text: str = ""


@dataclass(frozen=True, slots=True)
class PriorityGiven:
    """The CSMS says how much a transaction matters: -9 to 9, and 0 when it says nothing."""

    transaction: str
    priority: int


@dataclass(frozen=True, slots=True)
class ClockCorrected:
    """UTC has jumped by `jump_s` seconds; instants planned in UTC are planned anew."""

    jump_s: float = 0.0


@dataclass(frozen=True, slots=True)
class CsmsReached:
    """A connection was opened with the credentials of that number, see `SecurityView`.

    Args:
        slot: Of the network profile that was dialled.
        interface: By which it was dialled.
    """

    credentials: int
    slot: int = 1
    interface: str = WIRED


@dataclass(frozen=True, slots=True)
class CsmsUnreached:
    """A connection could not be opened with the credentials of that number.

    Args:
        why: In one sentence.
        refused: Whether one side has not accepted who the other is.
        slot: Of the network profile that was dialled.
        interface: By which it was dialled.
    """

    credentials: int
    why: str
    refused: bool
    slot: int = 1
    interface: str = WIRED


@dataclass(frozen=True, slots=True)
class SettingsHeld:
    """From now on the station talks in another manner, which holds other settings fixed.

    Args:
        held: Id and text of those that are fixed now.
        freed: Ids of those that no longer are.
    """

    held: tuple[tuple[str, str], ...]
    freed: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class CredentialsHeld:
    """What the vault holds, at the start of a life and at each change.

    Args:
        csms_roots: How many roots of the CSMS were installed.
        identity: Fingerprint of the newest certificate that the CSMS is shown, or "".
        identity_ends: The last second it is valid, in UTC, or None.
        roots: How many roots were installed, of all uses together.
        v2g_ends: The last second of the certificate that vehicles are shown, or None.
    """

    csms_roots: int = 0
    identity: str = ""
    identity_ends: float | None = None
    roots: int = 0
    v2g_ends: float | None = None


@dataclass(frozen=True, slots=True)
class SigningAnswered:
    """The CSMS has answered to a request for a certificate of the station's own.

    Args:
        accepted: Whether it will bring one.
        repeat: How often that request was repeated before.
    """

    to: ShownTo
    accepted: bool
    repeat: int = 0


@dataclass(frozen=True, slots=True)
class SigningOver:
    """The CSMS has brought such a certificate, whether it was good or not."""

    to: ShownTo


@dataclass(frozen=True, slots=True)
class SecurityIncident:
    """An adapter saw something that bears on security; `info` is one sentence, no secret in it."""

    kind: SecurityKind
    info: str = ""


@dataclass(frozen=True, slots=True)
class FirmwareFetched:
    """The firmware of that job is on the disk, whole."""

    job: int


@dataclass(frozen=True, slots=True)
class FirmwareFetchFailed:
    """It is not; `why` is one sentence for people."""

    job: int
    why: str


@dataclass(frozen=True, slots=True)
class FirmwareChecked:
    """Somebody has looked at the firmware; `version` is what it calls itself."""

    job: int
    verdict: FirmwareVerdict
    version: str = ""


@dataclass(frozen=True, slots=True)
class FirmwareInstalled:
    """The firmware is in place, and runs after the next restart."""

    job: int


@dataclass(frozen=True, slots=True)
class FirmwareInstallFailed:
    """It is not, and the old version still is; `why` is one sentence for people."""

    job: int
    why: str


@dataclass(frozen=True, slots=True)
class FirmwareStatusTold:
    """The CSMS has answered to a status of an update."""

    status: FirmwareStatus
    id: int | None


@dataclass(frozen=True, slots=True)
class LogUploaded:
    """The log of that job is at the other end."""

    job: int


@dataclass(frozen=True, slots=True)
class LogUploadFailed:
    """It is not; `why` is one sentence for people."""

    job: int
    status: UploadStatus
    why: str


@dataclass(frozen=True, slots=True)
class UploadStatusTold:
    """The CSMS has answered to a status of an upload."""

    kind: LogKind
    status: UploadStatus
    id: int | None


@dataclass(frozen=True, slots=True)
class DisplayLost:
    """The display does not say any more that it shows what it is told."""


@dataclass(frozen=True, slots=True)
class DisplayBack:
    """The display shows what is so, after it was lost."""


DeviceEvent = (
    PoweredUp
    | CablePlugged
    | CableUnplugged
    | BayChanged
    | PilotChanged
    | CardPresented
    | MeterRead
    | MeterLost
    | MeterBack
    | GridRead
    | ContactorMoved
    | ContactorFailed
    | LockMoved
    | LockFailed
    | FaultRaised
    | FaultCleared
    | RestartFailed
    | DisplayLost
    | DisplayBack
)
"""What the station's own hardware has to say."""

OutsideEvent = (
    CsmsOnline
    | CsmsOffline
    | CsmsSilent
    | TokenJudged
    | TokenUnanswered
    | TransactionJudged
    | TokenGreeted
    | TransactionPriced
    | PriorityGiven
    | ClockCorrected
    | CsmsReached
    | CsmsUnreached
    | SettingsHeld
    | CredentialsHeld
    | SigningAnswered
    | SigningOver
    | SecurityIncident
)
"""What comes from beyond the station: the CSMS, the network, the clock."""

TransferEvent = (
    FirmwareFetched
    | FirmwareFetchFailed
    | FirmwareChecked
    | FirmwareInstalled
    | FirmwareInstallFailed
    | FirmwareStatusTold
    | LogUploaded
    | LogUploadFailed
    | UploadStatusTold
)
"""What becomes of files that are fetched and sent."""

Event = (
    DeviceEvent
    | OutsideEvent
    | TransferEvent
    | ReleaseEvent
    | PaymentEvent
    | MobileEvent
    | SurroundingsEvent
)
