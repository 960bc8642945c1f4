"""Wishes: what somebody asks of the station, and the values it may answer."""

from __future__ import annotations

from dataclasses import dataclass

from laadpaal.properties.rows import Address
from laadpaal.station.cards import CardWish
from laadpaal.station.carriage import DEFAULT, FirmwareOrder, LogKind, Retrying
from laadpaal.station.charging_profiles import Profile, Purpose, Unit
from laadpaal.station.layout import Outlet
from laadpaal.station.limits import ClearExternalLimit, SetExternalLimit
from laadpaal.station.monitors import Monitor, MonitoringBase, MonitorKind
from laadpaal.station.network_profile import Generation, NetworkProfile
from laadpaal.station.phases import SetPhases
from laadpaal.station.releases import FirmwareWish
from laadpaal.station.set_points import SetPoint
from laadpaal.station.shown import DisplayMessage
from laadpaal.station.words import By, Reservation, ResetKind, StopReason, Token, Verdict


@dataclass(frozen=True, slots=True)
class StartCharging:
    """Authorize `token` for an EVSE as if it had been presented there.

    Args:
        evse: 0 lets the station choose.
        remote_id: The CSMS's number for this start (2.0.1 remoteStartId), or None.
        check: Whether the token must be authorized first, or is taken as good.
        group: Group of the token, when the asker tells it.
        profile: A TxProfile for the transaction that this starts; gone if it starts none.
    """

    evse: int
    token: Token
    by: By = By.REMOTE
    remote_id: int | None = None
    check: bool = True
    group: str | None = None
    profile: Profile | None = None


@dataclass(frozen=True, slots=True)
class StopCharging:
    """End the authorization of a running transaction."""

    transaction: str
    by: By = By.REMOTE
    reason: StopReason = StopReason.REMOTE


@dataclass(frozen=True, slots=True)
class UnlockConnector:
    """Open the lock.

    Args:
        stops: Whether an authorized transaction is ended first (1.6) or forbids it (2.0.1).
    """

    evse: int
    connector: int = 1
    stops: bool = False


@dataclass(frozen=True, slots=True)
class Reset:
    """Start anew; `evse` 0 is the station."""

    kind: ResetKind
    evse: int = 0


@dataclass(frozen=True, slots=True)
class ChangeAvailability:
    """Take a part in or out of use; EVSE 0 is the station, connector 0 the whole EVSE.

    Args:
        all_parts: Whether the parts below are set too (1.6 connector 0) or keep their own.
        waits: Whether somebody who prepares to charge is waited for (1.6), like a transaction.
    """

    operative: bool
    evse: int = 0
    connector: int = 0
    all_parts: bool = False
    waits: bool = False


@dataclass(frozen=True, slots=True)
class ClearCache:
    """Forget every token of the authorization cache."""


@dataclass(frozen=True, slots=True)
class RecallCustomer:
    """Tell what is known of a customer, and forget it if that is wished.

    Args:
        token: None for a customer who is named by what the station never keeps.
        forget: What is still needed and the local list stay all the same.
    """

    token: Token | None
    forget: bool = False


@dataclass(frozen=True, slots=True)
class WriteLocalList:
    """Write the local authorization list, all of it or nothing.

    Args:
        version: Above 0; without `full` it must be greater than the list's own.
        full: Whether the entries are the whole list, or what changes in it.
        entries: Tokens with what holds of them; None takes a token off the list.
    """

    version: int
    full: bool
    entries: tuple[tuple[Token, Verdict | None], ...] = ()


@dataclass(frozen=True, slots=True)
class Reserve:
    """Keep an EVSE for somebody.

    Args:
        outlet: The kind of connector that it must have, or None.
    """

    reservation: Reservation
    outlet: Outlet | None = None


@dataclass(frozen=True, slots=True)
class CancelReservation:
    """Keep it no longer."""

    id: int


@dataclass(frozen=True, slots=True)
class ShowMessage:
    """Keep a message for people, and show it in its time."""

    message: DisplayMessage


@dataclass(frozen=True, slots=True)
class ClearMessage:
    """Show that message no more."""

    id: int


@dataclass(frozen=True, slots=True)
class UpdateCost:
    """Show what a running transaction has cost so far, in the currency of the setting."""

    transaction: str
    cost: float


@dataclass(frozen=True, slots=True)
class WriteSetting:
    """Write a setting as text.

    Args:
        id: The row's id.
        by: Decides whether an installer's setting may be written.
    """

    id: str
    text: str
    by: By = By.REMOTE
    evse: int = 0


@dataclass(frozen=True, slots=True)
class ReportStatus:
    """Tell the status of connectors again; EVSE 0 means all, and the station itself."""

    evse: int = 0
    connector: int = 0


@dataclass(frozen=True, slots=True)
class ReportMeter:
    """Take and tell a sample now.

    Args:
        evse: 0 means all.
        transactions: Inside transactions only, as part of them (2.0.1 TransactionEvent).
        aligned: With the measurands of clock-aligned values (2.0.1 F06).
    """

    evse: int = 0
    transactions: bool = False
    aligned: bool = False


@dataclass(frozen=True, slots=True)
class InstallProfile:
    """Let a charging profile limit what it is for, from now or from when it is valid."""

    profile: Profile


@dataclass(frozen=True, slots=True)
class ClearProfiles:
    """Remove the charging profiles that fit all that is given; with an id, that one alone.

    EVSE 0 fits those of the station and of every EVSE, not those of one. What a start that is
    under way brings along is no part of it, and external profiles are not either.
    """

    id: int | None = None
    evse: int | None = None
    purpose: Purpose | None = None
    stack_level: int | None = None


@dataclass(frozen=True, slots=True)
class ComposeSchedule:
    """Tell what an EVSE may offer in a span from now; EVSE 0 is all of them together."""

    evse: int
    duration_s: int
    unit: Unit = Unit.AMPERE


@dataclass(frozen=True, slots=True)
class StoreNetwork:
    """Keep a network profile in a slot; it is dialled after a restart at the earliest."""

    slot: int
    profile: NetworkProfile


@dataclass(frozen=True, slots=True)
class ChangeNetwork:
    """Keep what a slot holds with other members; what is None stays as it is.

    A slot that holds nothing takes a generation and a URL at least.
    """

    slot: int
    generation: Generation | None = None
    url: str | None = None
    security: int | None = None
    timeout_s: int | None = None
    interface: str | None = None


@dataclass(frozen=True, slots=True)
class UpdateFirmware:
    """Fetch, check and install firmware.

    Args:
        trusted: Whether an installed root vouches for the signer; whoever asks has looked.
        signed_only: Whether firmware has to be signed even without a security profile.
    """

    order: FirmwareOrder
    trusted: bool = False
    signed_only: bool = False


@dataclass(frozen=True, slots=True)
class UploadLog:
    """Send a log to a URL, which may hold credentials.

    Args:
        id: The asker's number, told with every status.
        oldest_at: UTC second of the first line that is wanted.
        newest_at: UTC second of the last.
    """

    kind: LogKind
    location: str
    id: int | None = None
    retrying: Retrying = DEFAULT
    oldest_at: float | None = None
    newest_at: float | None = None


@dataclass(frozen=True, slots=True)
class SetMonitor:
    """Watch a variable, or let the monitor of that id watch it otherwise.

    Args:
        at: The variable.
        id: Of the monitor to replace; None makes a new one.
    """

    at: Address
    kind: MonitorKind
    value: float
    severity: int
    in_transaction: bool = False
    id: int | None = None

    def monitor(self, id_: int) -> Monitor:
        """Return the monitor that is wanted."""
        return Monitor(id_, self.at, self.kind, self.value, self.severity, self.in_transaction)


@dataclass(frozen=True, slots=True)
class ClearMonitor:
    """Watch no longer."""

    id: int


@dataclass(frozen=True, slots=True)
class SetMonitoringBase:
    """Have these monitors, and forget what does not belong to them."""

    base: MonitoringBase


@dataclass(frozen=True, slots=True)
class SetMonitoringLevel:
    """Tell what is at least as grave as `severity`, and nothing else."""

    severity: int


MonitorWish = SetMonitor | ClearMonitor | SetMonitoringBase | SetMonitoringLevel
ChargingWish = (
    InstallProfile
    | ClearProfiles
    | ComposeSchedule
    | SetExternalLimit
    | ClearExternalLimit
    | SetPhases
    | SetPoint
)

NetworkWish = StoreNetwork | ChangeNetwork
UpkeepRequest = NetworkWish | UpdateFirmware | FirmwareWish | UploadLog | MonitorWish
"""What is asked by somebody who cares for the station."""

Request = (
    StartCharging
    | StopCharging
    | UnlockConnector
    | Reset
    | ChangeAvailability
    | ClearCache
    | RecallCustomer
    | WriteLocalList
    | Reserve
    | CancelReservation
    | ShowMessage
    | ClearMessage
    | UpdateCost
    | WriteSetting
    | ReportStatus
    | ReportMeter
    | ChargingWish
    | UpkeepRequest
    | CardWish
)
