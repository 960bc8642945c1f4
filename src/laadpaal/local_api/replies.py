"""What stands in the body of an answer; these very shapes are encoded and described."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

from laadpaal.ports.accounts import User
from laadpaal.ports.troubles import Ongoing, Trouble
from laadpaal.properties.kinds import DataType
from laadpaal.properties.rows import Access, Scope
from laadpaal.station.cards import Rank
from laadpaal.station.charging_profiles import Profile
from laadpaal.station.claims import Claim
from laadpaal.station.display import Popup
from laadpaal.station.lights import Glow
from laadpaal.station.measurement import GridMeasurement, Measurement
from laadpaal.station.monitors import Monitor
from laadpaal.station.shown import DisplayMessage
from laadpaal.station.view import (
    ConnectorView,
    DisplayView,
    FirmwareView,
    ListView,
    MobileView,
    SlotView,
    TransactionView,
    UploadView,
)
from laadpaal.station.words import Pilot, Reservation, Status, Token, TokenKind

State = Mapping[str, object]
"""What the link or the bench tells of itself."""


@dataclass(frozen=True, slots=True)
class ProblemReply:
    """What was wrong (RFC 9457).

    Args:
        reason: Why the station refused, in one word; only when it did.
        errors: What was wrong where in the request; only when something was.
    """

    type: str
    title: str
    status: int
    detail: str
    reason: str | None = None
    errors: tuple[PlaceReply, ...] | None = None


@dataclass(frozen=True, slots=True)
class PlaceReply:
    """One thing that was wrong in a request, and where."""

    where: str
    what: str


@dataclass(frozen=True, slots=True)
class HealthReply:
    """The server answers."""

    ok: bool


@dataclass(frozen=True, slots=True)
class AnswerReply:
    """What the station answers to a wish; `transaction` is the open one it belongs to."""

    answer: Literal["accepted", "scheduled", "after restart", "begun"]
    transaction: str | None = None


@dataclass(frozen=True, slots=True)
class LoginReply:
    """Who asks.

    Args:
        user: As whom they have logged in, or null.
        first: Whether the owner has no password yet.
        open: Whether nobody is asked who they are.
    """

    user: User | None
    first: bool
    open: bool


@dataclass(frozen=True, slots=True)
class AccountReply:
    """Whether a user is let in, and who is in as that user.

    Args:
        active: Whether there is a password or a PIN, which may be none, that lets them in now.
        expires_at: UTC second from which on it lets nobody in, or null.
        sessions: How many are open, at the page and in the compatible API.
        wait_s: For how long nobody may try, after too many were wrong; 0 is at once.
    """

    user: User
    active: bool
    expires_at: float | None
    sessions: int
    wait_s: int


@dataclass(frozen=True, slots=True)
class LockoutReply:
    """An address from which nobody may try for so long, after too many were wrong."""

    address: str
    wait_s: int


@dataclass(frozen=True, slots=True)
class AccountsReply:
    """Everybody who can have an account, and every address that has to wait."""

    accounts: tuple[AccountReply, ...]
    lockouts: tuple[LockoutReply, ...]


@dataclass(frozen=True, slots=True)
class CardReply:
    """One card of the white list: its number, how it is read, and what it may do."""

    number: str
    kind: TokenKind | None
    rank: Rank


@dataclass(frozen=True, slots=True)
class CurrentReply:
    """How much current may flow, because of which claim, and what the pilot offers.

    `claims` are all that it was decided from, and `why` says it for people.
    """

    limit_a: float
    because: str
    offered_a: float
    phases: int
    claims: tuple[Claim, ...]
    why: str


@dataclass(frozen=True, slots=True)
class LightReply:
    """State of a socket's light, as a word, as its number, and how it shines when it is bright."""

    name: str
    number: int
    glow: Glow


@dataclass(frozen=True, slots=True)
class DisplayReply:
    """What the display shows for a socket; `limit` as people read it.

    `until` and `since` are UTC seconds, of what is over then and of the transaction shown.
    `message`, `tariff` and `cost` are what the operator has people read, or "".
    `popup` is what lies over all this, and whose it is.
    """

    name: str
    number: int
    limit_a: float
    phases: int
    energy_wh: int
    code: int
    until: float
    limit: str
    message: str
    tariff: str
    cost: str
    power_w: int
    since: float
    lasted_s: int
    popup: Popup | None


@dataclass(frozen=True, slots=True)
class LinesReply:
    """The lines an EVSE is to use: how many, what decides that, and how far a change has come.

    `change` is one of releasing, opening, pausing, stuck, resuming and waking, or null.
    """

    wanted: int
    because: str
    change: str | None


@dataclass(frozen=True, slots=True)
class PaymentReply:
    """The payment at an EVSE: how far it has come, as a word and as its number.

    `is_authorizing` is whether nobody else is served there for it; `transaction` is "" until it
    has one.
    """

    name: str
    number: int
    is_authorizing: bool
    id: str
    transaction: str


@dataclass(frozen=True, slots=True)
class EvseReply:
    """One EVSE.

    Args:
        name: By which drivers and roaming networks know it; empty when nobody has said so.
        waiting: The token whose authorization is under way.
        parked: Whether a vehicle stands in the bay, or null where no sensor sees that.
        payment: How far paying at the station has come.
    """

    evse: int
    name: str
    operative: bool
    pilot: Pilot
    connectors: tuple[ConnectorView, ...]
    current: CurrentReply
    display: DisplayReply
    light: LightReply
    lines: LinesReply
    installation_phases: int
    contactor_closed: bool
    transaction: TransactionView | None
    waiting: Token | None
    measurement: Measurement | None
    parked: bool | None
    payment: PaymentReply


@dataclass(frozen=True, slots=True)
class ConnectionReply:
    """Whether the CSMS has accepted the station, and the link's own state if there is one."""

    online: bool
    csms: State | None


@dataclass(frozen=True, slots=True)
class SecurityReply:
    """How station and CSMS know each other: the profile, and whether it has yet to prove itself.

    `roots` counts the roots that are installed, of all uses together.
    """

    profile: int
    on_trial: bool
    roots: int


@dataclass(frozen=True, slots=True)
class NetworkReply:
    """The routes to the CSMS: the slot in use, the one that is dialled next, and all that are kept.

    A slot's `security` and `timeout_s` are null where it follows what is in force. `connectivity`
    is the number of the way in use, 0 none, 1 wired, 2 mobile, and `interface` the one that the
    last connection went by, empty before there was one.
    """

    active: int
    next: int
    slots: tuple[SlotView, ...]
    connectivity: int
    interface: str


@dataclass(frozen=True, slots=True)
class StationReply:
    """The whole station at one instant; `pending_settings` wait for the next restart.

    Args:
        at: The instant, as the station's own clock has it, in UTC seconds.
        cached_tokens: How many tokens the authorization cache holds.
        profiles: The charging profiles that are installed.
        firmware_update: The last one that was asked for, null when there was none.
        uploads: Logs that are on their way.
        monitors: What the CSMS hears of when it changes, and who wanted that.
        mobile: The modem, null without one.
        messages: Those that the operator wants on the display, oldest first.
        display: The display as a unit of its own.
        grid: What the meter said last where the house meets the grid; null before it said anything.
        celsius: How warm it is inside; null while no thermometer says so.
        unsettled_payments: Of how many the payment provider has yet to hear the end.
    """

    at: float
    vendor: str
    model: str
    serial: str
    firmware: str
    status: Status
    operative: bool
    restarting: bool
    pending_settings: tuple[str, ...]
    connection: ConnectionReply
    security: SecurityReply
    network: NetworkReply
    mobile: MobileView | None
    local_list: ListView
    cached_tokens: int
    reservations: tuple[Reservation, ...]
    evses: tuple[EvseReply, ...]
    profiles: tuple[Profile, ...]
    firmware_update: FirmwareView | None
    uploads: tuple[UploadView, ...]
    monitors: tuple[Monitor, ...]
    messages: tuple[DisplayMessage, ...]
    display: DisplayView
    grid: GridMeasurement | None
    celsius: float | None
    unsettled_payments: int


@dataclass(frozen=True, slots=True)
class PropertyReply:
    """One value of a property, and all there is to know about it.

    Args:
        evse: Whose value it is; 0 is the station, which serves every EVSE without its own.
        connector: Whose value it is; 0 when it is not a connector's.
        low: Smallest number, or shortest text; null where there is no bound.
        high: Largest number, longest text, or most members; null where there is no bound.
        value: As text; null when it is secret.
        default: As text; null for a reading and for a secret.
        access: Who may write it; null for a reading.
        fixed: Whether the CSMS dialect in use holds it, so that nobody may write it.
        restart: Whether a new value takes effect after the next restart only.
        pending: Whether one waits for that.
        keys: Its names in OCPP 1.6.
        variables: Its names in OCPP 2.0.1, `Component.Variable` or `Component.Variable.instance`.
    """

    id: str
    evse: int
    connector: int
    help: str
    type: DataType
    unit: str
    low: float | None
    high: float | None
    choices: tuple[str, ...]
    default: str | None
    secret: bool
    scope: Scope
    access: Access | None
    restart: bool
    keys: tuple[str, ...]
    variables: tuple[str, ...]
    value: str | None
    fixed: bool
    pending: bool


@dataclass(frozen=True, slots=True)
class CertificateReply:
    """One certificate that the station keeps; its life is told in UTC seconds.

    Args:
        use: What it is for.
        subject: Its whole name (RFC 4514); `issuer` is who signed it.
        key: Kind and size of its key, such as `EC 256`.
    """

    use: str
    subject: str
    issuer: str
    not_before: float
    not_after: float
    key: str


@dataclass(frozen=True, slots=True)
class ShownReply:
    """The certificate that is shown to those who come over HTTPS; its life is in UTC seconds.

    Args:
        subject: Its whole name (RFC 4514); `issuer` is who signed it.
        hosts: The names and addresses it is good for.
        key: Kind and size of its key, such as `EC 256`.
        fingerprint: SHA-256 of it, in hexadecimal, as browsers show it.
        fixed: Whether the configuration names its files, so that it is not replaced here.
    """

    subject: str
    issuer: str
    hosts: tuple[str, ...]
    not_before: float
    not_after: float
    key: str
    fingerprint: str
    fixed: bool


@dataclass(frozen=True, slots=True)
class SpeedReply:
    """How many station seconds pass in a real one, and why that is `fixed`, or nothing."""

    speed: float
    fixed: str


@dataclass(frozen=True, slots=True)
class TroublesReply:
    """Every trouble that can be made at the bench, and those that are on, oldest first."""

    possible: tuple[Trouble, ...]
    on: tuple[Ongoing, ...]


@dataclass(frozen=True, slots=True)
class FirmwareReply:
    """How the last firmware update stands.

    Args:
        number: The same as a number (property 2911_0).
        percent: How much of what the status is about is done.
        receiving: Whether somebody is bringing a file just now.
    """

    status: str
    number: int
    percent: int
    receiving: bool


@dataclass(frozen=True, slots=True)
class UploadReply:
    """A file that came whole and is an update now, and what it calls itself."""

    version: str
    firmware: FirmwareReply


@dataclass(frozen=True, slots=True)
class ReleaseReply:
    """Which version runs, and what could run instead.

    Args:
        on_trial: Whether the version that runs has yet to be kept, and is else taken back.
        previous: The version that could run instead, "" for none.
        busy: Whether another update would be in the way.
        update: The last one that was asked for, null when there was none.
    """

    version: str
    on_trial: bool
    previous: str
    busy: bool
    update: FirmwareView | None
