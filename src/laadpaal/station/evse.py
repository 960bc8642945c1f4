"""What is known of one EVSE: facts only, and what follows from them at once."""

from __future__ import annotations

from dataclasses import dataclass, field

from laadpaal.station.charging_profiles import Profile
from laadpaal.station.claims import SIMPLE, Claim, Offer
from laadpaal.station.display import Passing, Popup, Screen, ScreenState
from laadpaal.station.faults import Fault, Stops, remarked
from laadpaal.station.kept import Kept
from laadpaal.station.layout import ConnectorLayout, EvseLayout
from laadpaal.station.lights import Light
from laadpaal.station.measurement import Measurement
from laadpaal.station.payment import Payment
from laadpaal.station.phases import LineChange
from laadpaal.station.words import ChargingState, Connection, Pilot, StopReason, Token, Trigger

UNDECIDED = Offer(0.0, "nothing decided yet")
BOOT_SCREEN = Screen(ScreenState.BOOTING)
# A tuple: it is asked all day, and hashing an enum takes longer than comparing three.
_VEHICLE = (Pilot.B, Pilot.C, Pilot.D)


@dataclass(slots=True)
class Authorization:
    """A token that may use the EVSE; `floating` until the first plug tells which EVSE it meant."""

    token: Token
    group: str | None = None
    remote_id: int | None = None
    floating: bool = False
    reservation: int | None = None
    """Number of the reservation that it has used up, until a transaction tells it."""
    profile: Profile | None = None
    """Of a remote start, until the transaction that it starts has it."""


@dataclass(slots=True)
class Waiting:
    """A token whose authorization is under way."""

    token: Token
    remote_id: int | None = None
    floating: bool = False
    profile: Profile | None = None
    asked: bool = False
    """Somebody asked for a start, and no token was presented."""


@dataclass(slots=True)
class Paying:
    """Who pays at the EVSE.

    Args:
        card: What their card was read as; nobody shows it, and nothing keeps it.
        floating: Whether the first plug tells which EVSE they meant.
        cabled: Whether there was a cable when it was last looked.
    """

    payment: Payment
    card: str = field(repr=False)
    floating: bool = False
    cabled: bool = False


@dataclass(frozen=True, slots=True)
class Ending:
    """Why a transaction ends: what led to it, whose token did, and the reason."""

    trigger: Trigger
    token: Token | None
    reason: StopReason


@dataclass(slots=True)
class Transaction:
    """An open transaction; energies in Wh, `at` in UTC, `mono` in monotonic seconds."""

    id: str
    started_at: float
    started_mono: float
    meter_start_wh: float
    state: ChargingState
    token: Token | None = None
    group: str | None = None
    powered_mono: float | None = None
    """From when power could flow in it: somebody may charge, and a vehicle is there."""
    priority: int = 0
    """The CSMS's word on who is served first when there is not enough for all."""
    next_seq: int = 0
    told_connector: bool = False
    told_begin: bool = False
    blocked: bool = False
    """The CSMS said the token is not good: no energy flows until it has found one good again."""
    allowed_wh: float | None = None
    """Register up to which energy flows though the CSMS said the token is not good."""
    ever_authorized: bool = False
    told_phases: int = 0
    told_key: bool = False
    """The public key of the meter went along with a signed value."""
    charged_s: float = 0.0
    """How long energy flowed until `charging_since`, or until now where that is None."""
    charging_since: float | None = None
    samples: Kept = field(default_factory=Kept)
    unsaved: bool = True
    ending: Ending | None = None
    """Set once it is to end, and only the contactor has yet to open."""

    def charged_for(self, mono: float) -> float:
        """Return for how many seconds energy has flowed."""
        since = self.charging_since
        return self.charged_s if since is None else self.charged_s + mono - since


@dataclass(slots=True)
class Evse:
    """One EVSE; the station's parts write its facts, nobody else."""

    number: int
    layout: EvseLayout
    pilot: Pilot = Pilot.A
    disturbed: bool = False
    """The pilot says nothing sensible, and a vehicle was there before it did so."""
    parked: bool = False
    """A vehicle stands in the parking bay."""
    plugged: int | None = None
    """Connector in use that has a plug in it."""
    plugs: dict[int, float | None] = field(default_factory=dict)
    """The rating of every plug that sits in it, by connector, in the order they came."""
    plugged_order: int = 0
    cable_a: float | None = None
    locked: bool = False
    lock_wanted: bool = False
    unlocking: set[int] = field(default_factory=set)
    """Connectors that are to be unlocked as soon as no current can flow."""
    lock_tries: int = 0
    bad_plugs: int = 0
    """How many plugs in a row its lock has failed to hold."""
    jammed: bool = False
    """The lock has failed to let the plug go."""
    forced: int = 0
    """How often the lock was forced open since the plug was let go."""
    held: Authorization | None = None
    """Whose plug stays locked until their card, though nothing is authorized."""
    closed_wanted: bool = False
    contactor_closed: bool = False
    closed_connector: int = 1
    """The connector that the contactor closed last."""
    welded: bool = False
    """A contactor did not open."""
    switching: int = 0
    """How many moves of the contactor have not been reported yet."""
    offered_a: float | None = None
    signalled_a: float | None = None
    """What of it the pilot says; a domestic outlet has none that could."""
    offer: Offer = UNDECIDED
    claims: tuple[Claim, ...] = ()
    """All that the offer was decided from."""
    rate_a: float | None = None
    """From where changes by others than the CSMS are counted, until its transaction tells one."""
    caps: dict[str, Claim] = field(default_factory=dict)
    """Claims of those that watch over this EVSE, by name."""
    answers_until: float | None = None
    """Monotonic second until which the vehicle may take to answer its first offer here."""
    signed: bool = False
    """The meter has signed what it said, since the vehicle may charge."""
    measurement: Measurement | None = None
    measured_at: float = 0.0
    """UTC second of that measurement."""
    registers_wh: dict[str, float] = field(default_factory=dict)
    """The register at the last sample of each rhythm, by the row that names its measurands."""
    installation_phases: int = 0
    used_phases: int = 3
    """Lines to use, of those that are built and wired; others than the allowed ones (S40)."""
    used_because: str = ""
    """Name of who wants that."""
    closed_phases: int = 0
    """Lines that the contactor was told to close; 0 while it is open."""
    joined_phases: int = 0
    """Lines the vehicle was connected to last; 0 when it was to none, or has had a pause since."""
    release_until: float | None = None
    """Monotonic second until which the contactor waits for the vehicle to open its switch."""
    waking: bool = False
    """Nothing is offered for a moment, so that a vehicle that does not answer wakes up."""
    change: LineChange | None = None
    """How far it has come that is to go on with other lines."""
    changed_at: float | None = None
    """Monotonic second at which the last such change was over."""
    interrupted: bool = False
    """The vehicle was charging when its lines began to change."""
    exceeds: bool = False
    """More flows than is offered."""
    draws: bool = False
    """Something takes current from the domestic outlet."""
    drew: bool = False
    """It did so since the contactor was closed."""
    pauses: int = 0
    """How often too much current has paused this transaction."""
    faults: set[int] = field(default_factory=set)
    remarks: dict[int, str] = field(default_factory=dict)
    """What is said of a fault in place of its row's text."""
    waiting: Waiting | None = None
    paying: Paying | None = None
    authorization: Authorization | None = None
    transaction: Transaction | None = None
    ended_since_plug: bool = False
    left: bool = False
    """The vehicle was unplugged at its own end, while it had something going on here."""
    put_off: bool = False
    """Out of use as soon as nobody prepares to charge here any more."""
    reset_wanted: bool = False
    """To be reset alone, as soon as its transaction has ended."""
    resetting: bool = False
    """At rest for a moment, as after a restart of the station; nobody can use it."""
    conditions: frozenset[str] = frozenset()
    causes: list[tuple[Trigger, Token | None]] = field(default_factory=list)
    """What happened in this turn that a transaction is to tell, first things first."""
    stop_reason: StopReason | None = None
    passing: Passing | None = None
    popup: Popup | None = None
    """Over the socket's screen, until its time is over or its owner takes it back."""
    signal: Light | None = None
    """What its light shows in place of all else, while cards are taught to the station."""
    summary_wh: int = 0
    summary_s: int = 0
    idle_since: float | None = None
    """Monotonic second since which a charge that went well has been over."""
    screen: Screen = BOOT_SCREEN
    light: Light = Light.BOOTING

    @property
    def connected(self) -> bool:
        """Whether a vehicle is on the pilot, or anything in the domestic outlet in use."""
        if self.outlet.piloted:
            return self._on_pilot
        return self.plugged in self.plugs

    @property
    def _on_pilot(self) -> bool:
        """Whether a vehicle is on the pilot, or was before that was disturbed."""
        return self.pilot in _VEHICLE or self.disturbed

    @property
    def ready(self) -> bool:
        """Whether it wants current; nobody knows that without a pilot, so it always may have it.

        State D asks for ventilation, and there is none here.
        """
        return self.pilot is Pilot.C or not self.outlet.piloted

    @property
    def ending(self) -> bool:
        """Whether its transaction is to end, and only waits for the contactor to open."""
        return self.transaction is not None and self.transaction.ending is not None

    @property
    def steerable(self) -> bool:
        """Whether what takes current here hears how much it may take."""
        return self.outlet.piloted and SIMPLE not in self.caps

    def connection(self, connector: int) -> Connection:
        """Return what is plugged into one of its connectors (S62)."""
        plugged = connector in self.plugs
        if not self.layout.connectors[connector - 1].piloted:
            return Connection.CABLE_TYPE_E if plugged else Connection.DISCONNECTED
        if self._on_pilot:
            return Connection.EV
        return Connection.CABLE if plugged else Connection.DISCONNECTED

    @property
    def authorizing(self) -> bool:
        """Whether a customer is on their way to paying, so that nobody else is served (S58)."""
        return self.paying is not None and self.paying.payment.authorizing

    @property
    def cabled(self) -> bool:
        """Whether a plug sits in the socket, or a vehicle on the fixed cable."""
        return self.plugged is not None or self.connected

    @property
    def connector(self) -> int:
        """The connector in use; the first one while none is."""
        return self.plugged or 1

    @property
    def limited(self) -> str:
        """How much current it may offer, and why, for people."""
        return self.offer.sentence(self.outlet.rated_a)

    @property
    def outlet(self) -> ConnectorLayout:
        """What the connector in use is built as."""
        return self.layout.connectors[self.connector - 1]

    @property
    def lockable(self) -> bool:
        """Whether a plug sits in a socket that can lock it."""
        return self.plugged is not None and self.outlet.lockable

    @property
    def dead(self) -> bool:
        """Whether no current can flow: the contactor is open, and nothing moves it."""
        return not (self.closed_wanted or self.contactor_closed or self.switching or self.welded)

    @property
    def energy_wh(self) -> float:
        """The meter's register; 0 before its first reading."""
        return self.measurement.energy_wh if self.measurement else 0.0

    @property
    def phases(self) -> int:
        """Lines in use, or those it would use."""
        return self.closed_phases or self.wanted_phases

    @property
    def most_phases(self) -> int:
        """Lines that are built and wired."""
        built = min(self.layout.phases, self.outlet.phases)
        return min(built, self.installation_phases or built)

    @property
    def wanted_phases(self) -> int:
        """Lines it is to use: those that are built, wired, allowed and asked for (S15)."""
        return min(self.most_phases, self.used_phases)

    def fault(self) -> Fault | None:
        """Return the gravest fault, or None."""
        if not self.faults:
            return None
        grave = [Stops.EVERYTHING, Stops.ENERGY, Stops.NOTHING]
        return min(self.present(), key=lambda f: grave.index(f.stops))

    def present(self) -> list[Fault]:
        """Return what is wrong with it, by code, and what is to say of it now."""
        return remarked(self.faults, self.remarks)

    def cut_off_by(self) -> Fault | None:
        """Return a fault that keeps energy from flowing, or None."""
        return self.stopped_by(Stops.EVERYTHING) or self.stopped_by(Stops.ENERGY)

    def stopped_by(self, what: Stops) -> Fault | None:
        """Return a fault that stops exactly `what`, or None."""
        if not self.faults:
            return None
        return next((fault for fault in self.present() if fault.stops is what), None)
