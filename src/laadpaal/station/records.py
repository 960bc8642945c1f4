"""What must survive a power cut; committed before anything else of the step happens."""

from __future__ import annotations

from dataclasses import dataclass, field, replace

from laadpaal.station.cards import CardRecord
from laadpaal.station.carriage import FirmwareUpdate
from laadpaal.station.charging_profiles import Profile
from laadpaal.station.limits import LimitPlace
from laadpaal.station.measurement import Sample
from laadpaal.station.monitors import KeptMonitor
from laadpaal.station.network_profile import NetworkProfile
from laadpaal.station.notices import (
    DurableNotice,
    MonitorsFired,
    SecurityEvent,
    TransactionSampled,
)
from laadpaal.station.payment_words import PaymentRecord
from laadpaal.station.shown import DisplayMessage
from laadpaal.station.words import (
    BootReason,
    ChargingState,
    Reservation,
    StopReason,
    Token,
    Verdict,
)


@dataclass(frozen=True, slots=True)
class OpenTransaction:
    """All that is needed to go on with, or to end, a transaction after a power cut.

    Args:
        next_seq: Number of the next message about it.
        meter_start_wh: Register at the beginning.
        meter_wh: Last register value that was saved.
        at: UTC second of that value.
        authorized: Whether energy may flow for it now.
        ending: Why it is being ended, once that has begun.
        samples: What it keeps for its end; each is a record of its own, so it is saved without.
        allowed_wh: Register up to which a token that is not good still gets energy, or None.
    """

    id: str
    evse: int
    started_at: float
    next_seq: int
    state: ChargingState
    meter_start_wh: float
    meter_wh: float
    at: float
    connector: int | None = None
    token: Token | None = None
    group: str | None = None
    authorized: bool = False
    ending: StopReason | None = None
    samples: tuple[Sample, ...] = field(default=())
    allowed_wh: float | None = None

    def after(self, notice: DurableNotice) -> OpenTransaction:
        """Return it as it was after the last durable notice about it, which may be the newer.

        A sample is told without saving the transaction again: it holds all that it changed.
        """
        saved = replace(self, next_seq=max(self.next_seq, notice.seq + 1))
        if isinstance(notice, TransactionSampled) and notice.meter_wh >= self.meter_wh:
            return replace(saved, meter_wh=notice.meter_wh, at=notice.at)
        return saved


@dataclass(frozen=True, slots=True)
class TransactionSaved:
    """An open transaction as it is now; replaces what was saved of it, but for its samples."""

    transaction: OpenTransaction


@dataclass(frozen=True, slots=True)
class TransactionClosed:
    """The transaction has ended and need not be kept open."""

    id: str


@dataclass(frozen=True, slots=True)
class SampleKept:
    """A sample that is told when the open transaction ends; numbers grow in order of time."""

    transaction: str
    number: int
    sample: Sample


@dataclass(frozen=True, slots=True)
class SamplesDropped:
    """Kept samples that make room, by number."""

    transaction: str
    numbers: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class EnergyCheckpoint:
    """The register of an open transaction's meter."""

    id: str
    meter_wh: float
    at: float


@dataclass(frozen=True, slots=True)
class SettingWritten:
    """A setting's text, as its kind prints it; None forgets it."""

    id: str
    evse: int
    text: str | None


@dataclass(frozen=True, slots=True)
class TokenCached:
    """What the CSMS said of a token, as it is remembered now; replaces what was known.

    Args:
        at: UTC second at which it was last told or used.
        since: UTC second at which it was first told.
        uses: How often it was told or used.
    """

    token: Token
    verdict: Verdict
    at: float
    since: float = 0.0
    uses: int = 1


@dataclass(frozen=True, slots=True)
class TokenForgotten:
    """The token leaves the cache."""

    token: Token


@dataclass(frozen=True, slots=True)
class CacheEmptied:
    """Every token leaves the cache."""


@dataclass(frozen=True, slots=True)
class CustomerForgotten:
    """The token leaves what was told of transactions, and what waits to be told once it is."""

    token: Token


@dataclass(frozen=True, slots=True)
class ListEmptied:
    """Every token leaves the local list."""


@dataclass(frozen=True, slots=True)
class TokenListed:
    """What the local list says of a token; replaces what it said."""

    token: Token
    verdict: Verdict


@dataclass(frozen=True, slots=True)
class TokenUnlisted:
    """The token leaves the local list."""

    token: Token


@dataclass(frozen=True, slots=True)
class ListVersionWritten:
    """The local list has this version."""

    version: int


@dataclass(frozen=True, slots=True)
class ReservationSaved:
    """A reservation; replaces the one of its number."""

    reservation: Reservation


@dataclass(frozen=True, slots=True)
class ReservationClosed:
    """The reservation is over."""

    id: int


@dataclass(frozen=True, slots=True)
class MessageSaved:
    """A message for the display; replaces the one of its id."""

    message: DisplayMessage


@dataclass(frozen=True, slots=True)
class MessageRemoved:
    """That message is gone."""

    id: int


@dataclass(frozen=True, slots=True)
class AvailabilityWritten:
    """A part's own wish to be in use; connector 0 is the EVSE, EVSE 0 the station."""

    evse: int
    connector: int
    operative: bool


@dataclass(frozen=True, slots=True)
class RestartPlanned:
    """Why the next start happens; None once it has."""

    reason: BootReason | None


@dataclass(frozen=True, slots=True)
class SecurityLogged:
    """A security event for the log; `pushed` tells whether the CSMS must hear of it."""

    event: SecurityEvent
    pushed: bool


@dataclass(frozen=True, slots=True)
class ProfileInstalled:
    """A charging profile; replaces one with its id."""

    profile: Profile


@dataclass(frozen=True, slots=True)
class ProfileRemoved:
    """That charging profile is gone."""

    id: int


@dataclass(frozen=True, slots=True)
class LimitsHeard:
    """Whose limits the CSMS has heard of, and of which EVSE; replaces what it had heard of."""

    places: tuple[LimitPlace, ...]


@dataclass(frozen=True, slots=True)
class NetworkStored:
    """What a slot holds; replaces what it held."""

    slot: int
    profile: NetworkProfile


@dataclass(frozen=True, slots=True)
class NetworkRemoved:
    """The slot holds nothing, not even what the configuration says."""

    slot: int


@dataclass(frozen=True, slots=True)
class FirmwareSaved:
    """The last firmware update as it is now; replaces what was saved of it."""

    update: FirmwareUpdate


@dataclass(frozen=True, slots=True)
class MonitorSaved:
    """What is to be kept of a monitor; replaces what was kept of the one of its id."""

    kept: KeptMonitor


@dataclass(frozen=True, slots=True)
class MonitorForgotten:
    """Nothing is kept of the monitor of that id."""

    id: int


@dataclass(frozen=True, slots=True)
class NumbersReserved:
    """Numbers of monitors and firings below this may have been given."""

    below: int


@dataclass(frozen=True, slots=True)
class FiringsQueued:
    """What monitors have told, for a CSMS that must hear of it whenever it is back."""

    notice: MonitorsFired


Record = (
    TransactionSaved
    | TransactionClosed
    | SampleKept
    | SamplesDropped
    | EnergyCheckpoint
    | SettingWritten
    | TokenCached
    | TokenForgotten
    | CacheEmptied
    | CustomerForgotten
    | ListEmptied
    | TokenListed
    | TokenUnlisted
    | ListVersionWritten
    | ReservationSaved
    | ReservationClosed
    | MessageSaved
    | MessageRemoved
    | AvailabilityWritten
    | RestartPlanned
    | SecurityLogged
    | ProfileInstalled
    | ProfileRemoved
    | LimitsHeard
    | NetworkStored
    | NetworkRemoved
    | FirmwareSaved
    | MonitorSaved
    | MonitorForgotten
    | NumbersReserved
    | FiringsQueued
    | PaymentRecord
    | CardRecord
)
