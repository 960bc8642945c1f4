"""The whole station at one instant, for everybody who only looks."""

from __future__ import annotations

from dataclasses import dataclass

from laadpaal.properties.connectivity import WIRED
from laadpaal.station.cards import Card
from laadpaal.station.carriage import FirmwareStatus, LogKind, UpdateCode
from laadpaal.station.charging_profiles import Profile
from laadpaal.station.claims import Claim
from laadpaal.station.display import Screen
from laadpaal.station.layout import Layout
from laadpaal.station.lights import Light
from laadpaal.station.measurement import NO_CURRENT, GridMeasurement, Measurement, Phases
from laadpaal.station.monitors import Monitor
from laadpaal.station.network_profile import NO_ROUTE, Generation, Route
from laadpaal.station.payment import PaymentState
from laadpaal.station.phases import LineChange
from laadpaal.station.set_points import NO_SET_POINTS, SetPointsView
from laadpaal.station.shown import DisplayMessage
from laadpaal.station.words import ChargingState, Connection, Pilot, Reservation, Status, Token

UNKNOWN_ORDER = "Unknown"


@dataclass(frozen=True, slots=True)
class TransactionView:
    """An open transaction; energies in Wh, `started_at` in UTC seconds.

    `charged_s` is how long energy has flowed.
    """

    id: str
    started_at: float
    state: ChargingState
    token: Token | None
    energy_wh: float
    authorized: bool
    charged_s: float = 0.0


@dataclass(frozen=True, slots=True)
class ConnectorView:
    """One connector; `code` and `info` name the fault, if any."""

    connector: int
    status: Status
    plugged: bool
    locked: bool
    code: int
    error: str
    info: str
    connection: Connection = Connection.DISCONNECTED
    why: str = ""
    """Says for people by which rule it has its status."""


@dataclass(frozen=True, slots=True)
class LinesView:
    """The lines an EVSE is to use.

    Args:
        wanted: How many.
        because: Name of what decides that.
        change: How far it has come that is to go on with other lines, or None.
    """

    wanted: int
    because: str
    change: LineChange | None = None


@dataclass(frozen=True, slots=True)
class PaymentView:
    """The payment at an EVSE; `authorizing` is whether nobody else is served there for it (S58)."""

    state: PaymentState = PaymentState.IDLE
    authorizing: bool = False
    id: str = ""
    transaction: str = ""


NO_PAYMENT = PaymentView()


@dataclass(frozen=True, slots=True)
class EvseView:
    """One EVSE.

    Args:
        limit_a: Current the claims allow a taker here.
        because: Name of the lowest claim.
        offered_a: What the pilot offers now; 0 when nothing.
        phases: Lines in use when it charges.
        installation_phases: As the first meter reading told; 0 while unknown.
        waiting: The token whose authorization is under way.
        operative: Whether this EVSE itself (not the station) is in use.
        parked: Whether a vehicle stands in the parking bay; None where nothing sees that.
    """

    evse: int
    pilot: Pilot
    connectors: tuple[ConnectorView, ...]
    screen: Screen
    light: Light
    limit_a: float
    because: str
    offered_a: float
    phases: int
    installation_phases: int
    contactor_closed: bool
    transaction: TransactionView | None
    waiting: Token | None
    measurement: Measurement | None
    operative: bool
    faults: frozenset[int] = frozenset()
    """Codes of what is wrong with it."""
    order: str = UNKNOWN_ORDER
    """Order in which the station's lines reach it, in the book's words."""
    name: str = ""
    """By which drivers and roaming networks know it, if anybody has said so."""
    measured_at: float = 0.0
    """UTC second of the measurement."""
    parked: bool | None = None
    lines: LinesView = LinesView(3, "contactor")
    least_a: float = 6.0
    """Below this limit nothing is offered at all."""
    claims: tuple[Claim, ...] = ()
    """Every wish to limit the current here, as it was decided last."""
    payment: PaymentView = NO_PAYMENT
    limited: str = ""
    """Says for people how much current may flow, and why."""


@dataclass(frozen=True, slots=True)
class SecurityView:
    """How station and CSMS know each other.

    Args:
        on_trial: Whether the credentials in force have not opened a connection yet.
        credentials: Their number; it grows with each change, and starts anew with each life.
        roots: How many roots are installed, of all uses together.
    """

    profile: int = 0
    on_trial: bool = False
    credentials: int = 0
    roots: int = 0


@dataclass(frozen=True, slots=True)
class SlotView:
    """What a slot holds; `security` and `timeout_s` are None where it follows what is in force."""

    slot: int
    generation: Generation
    url: str
    interface: str
    security: int | None
    timeout_s: int | None = None


@dataclass(frozen=True, slots=True)
class NetworkView:
    """The routes to the CSMS.

    Args:
        active: The slot in use, or the first to be tried.
        route: What is dialled next.
        slots: Those that are kept; what is new in them is in force after a restart.
        connectivity: Number of the way that is in use: 0 none, 1 wired, 2 mobile.
        interface: By which the last connection went; "" while there was none.
    """

    active: int = 1
    route: Route = NO_ROUTE
    slots: tuple[SlotView, ...] = ()
    connectivity: int = WIRED
    interface: str = ""


NO_NETWORK = NetworkView()


@dataclass(frozen=True, slots=True)
class MobileView:
    """The modem; "" is what it did not tell.

    Args:
        attached: Whether there is a connection to the mobile network.
        stopped: Whether none is tried before the station starts anew.
        why: There is no connection.
        interface: Network interface of this machine that leads there.
        dbm: Strength of the signal, None while unknown.
        weak: Whether that is little.
    """

    attached: bool
    stopped: bool
    why: str
    iccid: str
    imsi: str
    imei: str
    model: str
    operator: str
    roaming: bool
    interface: str
    address: str
    dbm: int | None
    weak: bool


@dataclass(frozen=True, slots=True)
class ListView:
    """The local authorization list; version 0 says that there never was one."""

    version: int = 0
    tokens: int = 0


NO_LIST = ListView()


@dataclass(frozen=True, slots=True)
class FirmwareView:
    """The last firmware update; `version` is "" until it was found good."""

    status: FirmwareStatus
    id: int | None
    version: str


@dataclass(frozen=True, slots=True)
class ReleaseView:
    """How far firmware is, whoever has asked for it.

    Args:
        code: In the numbers that installers' tools read.
        percent: How much of what `code` is about is done; 0 where that is not known.
        on_trial: Whether the version that runs has yet to be kept, and is else taken back.
        previous: The version that could run instead, "" for none.
        busy: Whether another update would be in the way.
    """

    code: UpdateCode = UpdateCode.NONE
    percent: int = 0
    on_trial: bool = False
    previous: str = ""
    busy: bool = False


NO_RELEASE = ReleaseView()


@dataclass(frozen=True, slots=True)
class DisplayView:
    """The display as a unit of its own.

    Args:
        size: "none", "small" or "large".
        lost: Whether it does not say that it shows what it is told.
        times_lost: How often it was lost in this life.
    """

    size: str = "none"
    lost: bool = False
    times_lost: int = 0


NO_DISPLAY = DisplayView()


@dataclass(frozen=True, slots=True)
class UploadView:
    """A log that is on its way."""

    kind: LogKind
    id: int | None
    file_name: str


@dataclass(frozen=True, slots=True)
class GridView:
    """The meter where the house meets the grid.

    Args:
        measurement: What it said last; None before it said anything.
        lost: Whether it has been silent for so long that safe currents hold.
    """

    measurement: GridMeasurement | None = None
    lost: bool = False


NO_GRID = GridView()


@dataclass(frozen=True, slots=True)
class StationView:
    """The station; `online` tells whether the CSMS is connected and has accepted us."""

    status: Status
    online: bool
    operative: bool
    evses: tuple[EvseView, ...]
    restarting: bool
    pending_settings: tuple[str, ...]
    """Ids of settings that wait for the next restart."""
    layout: Layout
    """What it is built of."""
    security: SecurityView = SecurityView()
    network: NetworkView = NO_NETWORK
    mobile: MobileView | None = None
    """None without a modem."""
    local_list: ListView = NO_LIST
    cached_tokens: int = 0
    """How many tokens the authorization cache holds."""
    cards: tuple[Card, ...] = ()
    """The white list, in the order in which they came."""
    reservations: tuple[Reservation, ...] = ()
    """Those that are not over, oldest first."""
    profiles: tuple[Profile, ...] = ()
    """The charging profiles that are installed."""
    firmware: FirmwareView | None = None
    """The last firmware update, None when there was none."""
    release: ReleaseView = NO_RELEASE
    uploads: tuple[UploadView, ...] = ()
    messages: tuple[DisplayMessage, ...] = ()
    """Those that the operator wants on the display, oldest first."""
    faults: frozenset[int] = frozenset()
    """Codes of what is wrong with it as a whole."""
    order: str = UNKNOWN_ORDER
    """Order in which the grid's lines reach it."""
    monitors: tuple[Monitor, ...] = ()
    """Those that watch, by id."""
    display: DisplayView = NO_DISPLAY
    grid: GridView = NO_GRID
    celsius: float | None = None
    """How warm it is inside; None while no thermometer says so."""
    set_points: SetPointsView = NO_SET_POINTS
    limits_a: Phases = NO_CURRENT
    """What all EVSEs together may take from each line of the grid, as it was decided last."""
    currents_a: Phases = NO_CURRENT
    """What they take, as their meters said last."""
    unsettled: int = 0
    """Payments of which the provider has yet to hear the end."""

    def transaction(self, id_: str) -> tuple[EvseView, TransactionView] | None:
        """Return the open transaction of that id with its EVSE, or None."""
        for evse in self.evses:
            if evse.transaction and evse.transaction.id == id_:
                return evse, evse.transaction
        return None
