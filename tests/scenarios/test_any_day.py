"""Any day at all: whatever happens in whatever order, the station's promises hold."""

from __future__ import annotations

import math
import os
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import replace
from itertools import count
from typing import Any

from hypothesis import HealthCheck, event, settings, target
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    invariant,
    rule,
    run_state_machine_as_test,
)

from laadpaal.properties import authorization as auth_rows
from laadpaal.properties import energy_manager as manager
from laadpaal.properties.balancing import SAFE_STATION
from laadpaal.properties.charging import MAX_INSTALLED, PROFILES_USED, SIGNIFICANT_CHANGE
from laadpaal.properties.connectivity import CONNECTIVITY, PIN
from laadpaal.properties.transactions import START_POINT, STOP_POINT
from laadpaal.properties.values import Values
from laadpaal.properties.wiring import MAX_PHASES, RELEASE_TIME
from laadpaal.station import actions as a
from laadpaal.station import events as e
from laadpaal.station import requests as r
from laadpaal.station.answers import Answer, Composed, Recalled, Refused
from laadpaal.station.carriage import (
    FirmwareOrder,
    FirmwareStatus,
    FirmwareVerdict,
    LogKind,
    Retrying,
    Signed,
    UpdateCode,
    UploadStatus,
)
from laadpaal.station.charging_profiles import Profile, Purpose, Schedule, Source, Unit
from laadpaal.station.claims import SIMPLE, signifies
from laadpaal.station.faults import FAULTS, Stops
from laadpaal.station.layout import ConnectorLayout, GridLink, Outlet
from laadpaal.station.limits import ClearExternalLimit, SetExternalLimit
from laadpaal.station.measurement import GridMeasurement, Measurement, Phases
from laadpaal.station.mobile_events import (
    MobileEvent,
    ModemAttached,
    ModemLost,
    PinRefused,
    SignalMeasured,
)
from laadpaal.station.moment import Moment
from laadpaal.station.monitors import Firing
from laadpaal.station.network_profile import Generation, NetworkProfile
from laadpaal.station.notices import (
    DurableNotice,
    ExternalLimitCleared,
    ExternalLimitSet,
    FirmwareStatusChanged,
    MonitorsFired,
    StatusChanged,
    TransactionEnded,
    UploadStatusChanged,
)
from laadpaal.station.passing import LONGEST_S
from laadpaal.station.payment import PaymentTrouble
from laadpaal.station.payment_words import PaymentCardPresented, PaymentJob
from laadpaal.station.phases import SetPhases
from laadpaal.station.releases import (
    FirmwareArrives,
    FirmwareKept,
    FirmwareReturned,
    GoBack,
    InstallUploaded,
    KeepFirmware,
    KeepRelease,
    ReturnToPrevious,
)
from laadpaal.station.saved import restored
from laadpaal.station.security import SecurityKind
from laadpaal.station.set_points import SetPoint, SetPointView
from laadpaal.station.shown import DisplayMessage, MessageState, Priority
from laadpaal.station.station import Station
from laadpaal.station.step import Step
from laadpaal.station.surroundings import ArmResidual, ResidualChanged, TemperatureRead
from laadpaal.station.ways import ARCS
from laadpaal.station.words import (
    NOBODY,
    By,
    Connection,
    Pilot,
    Reservation,
    ResetKind,
    ShownTo,
    Status,
    Token,
    TokenKind,
    TokenStatus,
    Verdict,
)
from tests.support.disk import MemoryDisk
from tests.support.paying import answered, failed
from tests.support.points import EQUIPPED, EVERY_CHOICE, Points, settings_of
from tests.support.profiles import externals, profiles
from tests.support.promises import Tally, assert_saved, assert_whole
from tests.support.slots import TwoSlots, assert_true
from tests.support.watched import monitor_wishes
from tests.support.wishes import writes
from tests.support.world import NOON, SIGNED

EXAMPLES = int(os.environ.get("LAADPAAL_EXAMPLES", "40"))

BOTH = replace(
    EQUIPPED.evses[0],
    connectors=(ConnectorLayout(), ConnectorLayout(Outlet.DOMESTIC, 16.0, 1)),
)
EVSES = st.integers(1, 2)
CODE, LOCAL = Token("1234", TokenKind.KEY_CODE), Token("LOCAL", TokenKind.LOCAL)
TOKENS = st.sampled_from([Token("A1"), Token("B2"), Token("C3")])
PRESENTED = TOKENS | st.sampled_from([NOBODY, CODE, LOCAL])
GROUPS = st.sampled_from([None, "family"])
VERDICTS = st.builds(
    Verdict,
    st.sampled_from([TokenStatus.ACCEPTED, TokenStatus.ACCEPTED, TokenStatus.BLOCKED]),
    GROUPS | st.just("police"),
    st.sampled_from([None, None, NOON + 200.0]),
    st.sampled_from([(), (), (2,)]),
)
LISTED = st.sampled_from([Token("A1"), Token("a1", kind=None), Token("B2"), Token("C3")])
ENTRIES = st.dictionaries(LISTED, st.none() | VERDICTS, max_size=3)
MOBILE_EVENTS: st.SearchStrategy[MobileEvent] = st.one_of(
    st.builds(ModemAttached, st.sampled_from(["", "8931080000000000012"]), dbm=st.just(-95)),
    st.builds(ModemLost, st.sampled_from(["no SIM", "no network"]), st.booleans()),
    st.builds(SignalMeasured, st.none() | st.integers(-113, -51)),
    st.just(PinRefused()),
)
FIRMWARE_JOBS = (
    a.FetchFirmware,
    a.CheckFirmware,
    a.InstallFirmware,
    KeepRelease,
    ReturnToPrevious,
)
STEERED = st.sampled_from([(1, 0), (2, 0), (0, 1), (0, 2), (0, 3)])
WAYS = st.sampled_from(["", "MQTT"])
HOUSES_A = st.sampled_from([-9.0, 0.0, 4.0, 12.0, 30.0, math.nan])
WAITS_S = st.sampled_from([1.0, 31.0, 130.0, 4000.0])
ORDERS = st.builds(
    FirmwareOrder,
    st.just("https://example.com/fw"),
    st.sampled_from([0.0, NOON + 130.0, NOON + 5000.0]),
    st.sampled_from([None, NOON + 3000.0]),
    st.sampled_from([None, 7]),
    st.sampled_from([None, Signed("pem", "x")]),
    st.just(Retrying(1, 30)),
)


def _holds(point: SetPointView) -> float:
    """Return what a set point comes to now."""
    return point.safe_a if point.until is None else point.limit_a or 0.0


def _alike(told: Schedule, now: Schedule, percent: float) -> bool:
    """Tell whether limits differ by no more than what nobody has to be told."""
    pairs = zip(told.periods, now.periods, strict=False)
    near = not any(signifies(was.limit, it.limit, percent) for was, it in pairs)
    return (told.unit, len(told.periods)) == (now.unit, len(now.periods)) and near


class AnyDay(RuleBasedStateMachine):
    """A station, a disk, and a world that does what it likes."""

    def __init__(self, tally: Tally) -> None:
        super().__init__()
        self.tally = tally
        self.disk = MemoryDisk()
        self.ids = count(1)
        self.now = Moment(0.0, NOON)
        self.energy_wh = {1: 100.0, 2: 200.0}
        self.told: dict[str, list[DurableNotice]] = defaultdict(list)
        self.closed = {1: 0, 2: 0}
        self.offered: dict[int, float | None] = {1: None, 2: None}
        self.withdrawn = {1: 0.0, 2: 0.0}
        self.stuck = {1: False, 2: False}
        self.locked = {1: False, 2: False}
        self.leaks = {1: False, 2: False}
        self.slots = TwoSlots("1.0")
        self.versions = (f"{number}.0" for number in count(2))
        self.updates = 0
        self.fired = 0
        self.files_told: list[e.Event] = []
        self.limits: dict[tuple[Source, int], Schedule] = {}
        """What the CSMS believes that others limit, whatever lives the station has had since."""
        self._boot()

    @initialize(
        evse=EVSES,
        token=TOKENS,
        wait_s=WAITS_S,
        points=st.sampled_from(EVERY_CHOICE),
        order=st.none() | ORDERS,
    )
    def first(
        self,
        evse: int,
        token: Token,
        wait_s: float,
        points: tuple[Points, Points],
        order: FirmwareOrder | None,
    ) -> None:
        """Begin the day with somebody who may charge, and perhaps with other firmware.

        By whatever start and stop points; of so many rules an update alone would come too seldom.
        """
        self.csms(online=True)
        self.choose(points)
        self.visit(evse, token, Verdict(TokenStatus.ACCEPTED), wait_s, leaves=True)
        if order:
            self.whole_update(order)

    def _boot(self) -> None:
        values = Values()
        saved = self.disk.saved()
        assert restored(values, saved) == []
        ids = (f"tx-{number}" for number in self.ids)
        self.firmware_job: a.Action | None = None
        self.slots.boot()
        self.upload_jobs: list[int] = []
        self.payment_jobs: list[PaymentJob] = []
        evses = (BOTH, EQUIPPED.evses[1])
        built = replace(EQUIPPED, evses=evses, switches_phases=True, payment=True, modem=True)
        runs = replace(built, firmware=self.slots.running, release=self.slots.release())
        layout = replace(runs, grid=GridLink.P1, manager=True)
        self.station = Station(layout, values, ids, saved)
        self.closed = {1: 0, 2: 0}
        self.offered = {1: None, 2: None}
        self.restarting = False
        self.status: dict[tuple[int, int], Status] = {}
        self._take(self.station.handle(e.PoweredUp(), self.now))

    def _take(self, step: Step) -> None:
        self.disk.apply(step.records, step.durable)
        for notice in step.durable:
            self.told[notice.transaction].append(notice)
        for action in step.actions:
            self._act(action)
        for told in step.notices:
            match told:
                case StatusChanged():
                    self._follow(told)
                case FirmwareStatusChanged():
                    self._hear_of_firmware(told)
                case UploadStatusChanged(kind, status, id_):
                    self.files_told.append(e.UploadStatusTold(kind, status, id_))
                case MonitorsFired(firings):
                    self._number(firings)
                case ExternalLimitSet() | ExternalLimitCleared():
                    self._hear_of_limit(told)
                case _:
                    pass
        self._report(step.actions)  # what comes of it is a turn of its own

    def _follow(self, notice: StatusChanged) -> None:
        """Follow each connector's status; it moves along legal arcs only (1.6 section 4.9)."""
        place = (notice.evse, notice.connector)
        was, now = self.status.get(place), notice.status
        assert was is None or now is was or now in ARCS[was], (was, now)
        self.status[place] = now

    def _hear_of_limit(self, notice: ExternalLimitSet | ExternalLimitCleared) -> None:
        """Let the CSMS hear of a limit, if it can; its end comes only after its beginning."""
        if not self.station.parts.facts.online:
            return
        place = notice.source, notice.evse
        match notice:
            case ExternalLimitSet():
                self.limits[place] = notice.schedule
            case ExternalLimitCleared():
                del self.limits[place]

    def _number(self, firings: Sequence[Firing]) -> None:
        """See that no number comes twice, in whatever life."""
        numbers = [self.fired, *(firing.id for firing in firings)]
        assert numbers == sorted(set(numbers))
        self.fired = numbers[-1]

    def _hear_of_firmware(self, notice: FirmwareStatusChanged) -> None:
        """Take a status; one that says what runs must be the truth."""
        self.files_told.append(e.FirmwareStatusTold(notice.status, notice.id))
        update = self.station.parts.firmware.update
        assert_true(replace(update, status=notice.status), self.slots)
        self.updates += notice.status is FirmwareStatus.INSTALLED

    def _act(self, action: a.Action) -> None:
        match action:
            case a.OfferCurrent(evse, limit_a):
                if limit_a is None and self.offered[evse] is not None:
                    self.withdrawn[evse] = self.now.mono
                self.offered[evse] = limit_a
            case a.CloseContactor(evse, lines, connector):
                assert not self.closed[evse], "a closed contactor changes no lines"
                assert lines <= int(self.station.values[MAX_PHASES])
                self.closed[evse] = connector
            case a.OpenContactor(evse, connector):
                if self.closed[evse] == connector:
                    self._opens(evse, connector)
            case a.Restart():
                self.restarting = True
            case _ if isinstance(action, FIRMWARE_JOBS):
                self.firmware_job = action  # of which there is one at a time
            case a.UploadFile(job):
                self.upload_jobs.append(job)
            case _ if isinstance(action, PaymentJob):
                self.payment_jobs.append(action)
            case _:
                pass

    def _opens(self, evse: int, connector: int) -> None:
        """Open a contactor: without load, in need, or when the vehicle has had its time."""
        self.closed[evse] = 0
        seen = self.station.view().evses[evse - 1]
        ready = {Pilot.C} if self.offered[evse] is not None else {Pilot.C, Pilot.D}
        loaded = connector == 1 and seen.pilot in ready
        urgent = any(FAULTS[code].stops is not Stops.NOTHING for code in seen.faults)
        deaf = SIMPLE in {claim.by for claim in seen.claims}
        waited_s = self.now.mono - self.withdrawn[evse]
        assert not loaded or urgent or deaf or waited_s >= RELEASE_TIME.default / 1000 - 1e-6

    def _report(self, actions: Sequence[a.Action]) -> None:
        """Let contactors and locks report that they have moved; a stuck lock says it has not."""
        for action in actions:
            match action:
                case a.CloseContactor(evse):
                    self._tell(e.ContactorMoved(evse, closed=True))
                case a.OpenContactor(evse):
                    self._tell(e.ContactorMoved(evse, closed=False))
                case ArmResidual(evse):
                    self._tell(ResidualChanged(evse, tripped=self.leaks[evse]))
                case a.LockPlug(evse, connector) if self.stuck[evse]:
                    self._tell(e.LockFailed(evse, connector, locking=True))
                case a.LockPlug(evse, connector):
                    self.locked[evse] = True
                    self._tell(e.LockMoved(evse, connector, locked=True))
                case a.UnlockPlug(evse, connector) | a.ForceUnlock(evse, connector):
                    assert not self.closed[evse] or self.closed[evse] != connector
                    self._unlock(evse, connector)
                case _:
                    pass

    def _unlock(self, evse: int, connector: int) -> None:
        if self.stuck[evse]:
            self._tell(e.LockFailed(evse, connector, locking=False))
            return
        self.locked[evse] = False
        self._tell(e.LockMoved(evse, connector, locked=False))

    @rule(evse=EVSES, stuck=st.booleans())
    def jam(self, evse: int, *, stuck: bool) -> None:
        """Block a lock, or let it move again."""
        self.stuck[evse] = stuck

    def _tell(self, event: e.Event) -> None:
        self._take(self.station.handle(event, self.now))

    def _ask(self, request: r.Request) -> None:
        answer, step = self.station.ask(request, self.now)
        assert isinstance(answer, Answer)
        self._take(step)

    @rule(evse=EVSES, token=TOKENS, verdict=VERDICTS, wait_s=WAITS_S, leaves=st.booleans())
    def visit(
        self, evse: int, token: Token, verdict: Verdict, wait_s: float, *, leaves: bool
    ) -> None:
        """Come, plug in, hold a card to the reader, charge, and leave."""
        self.meter(evse, lost=False)
        self.plug(evse, ready=True)
        self.swipe(evse, token)
        self.judge(token, verdict)
        self.meter(evse, lost=False)
        self.wait(wait_s)
        self.meter(evse, lost=False)
        if leaves:
            self.swipe(evse, token)
            self.unplug(evse)

    @rule(evse=EVSES, ready=st.booleans())
    def plug(self, evse: int, *, ready: bool) -> None:
        """Plug in."""
        if evse == 1:
            self._tell(e.CablePlugged(evse, 1, 20.0))
        self._tell(e.PilotChanged(evse, Pilot.B))
        if ready:
            self._tell(e.PilotChanged(evse, Pilot.C))

    @rule(points=st.sampled_from(EVERY_CHOICE))
    def choose(self, points: tuple[Points, Points]) -> None:
        """Let the CSMS choose start and stop points, where its version lets it."""
        self._ask(r.WriteSetting(START_POINT.id, "Authorized"))
        for row_id, text in settings_of(*points).items():
            self._ask(r.WriteSetting(row_id, text))

    @rule(plugged=st.booleans())
    def domestic(self, *, plugged: bool) -> None:
        """Use the outlet beside the socket, or pull its plug."""
        self._tell(e.CablePlugged(1, 2) if plugged else e.CableUnplugged(1, 2))

    @rule(evse=EVSES, current_a=st.sampled_from([0.0, 8.0, 25.0]))
    def draw(self, evse: int, current_a: float) -> None:
        """Let the meter see what flows."""
        flows_a = current_a if self.closed[evse] else 0.0
        self.energy_wh[evse] += flows_a
        said = Measurement(self.energy_wh[evse], (230.0, 231.0, 229.0), (flows_a, 0.0, 0.0))
        self._tell(e.MeterRead(evse, said))

    @rule(celsius=st.sampled_from([None, -30.0, 20.0, 63.5, 71.0]))
    def warm(self, celsius: float | None) -> None:
        """Let it be warm or cold inside, or the thermometer be silent."""
        self._tell(TemperatureRead(celsius))

    @rule(evse=EVSES, leaks=st.booleans())
    def leak(self, evse: int, *, leaks: bool) -> None:
        """Let current leak to earth, which shows where the contactor is closed, or no more."""
        self.leaks[evse] = leaks
        if leaks and self.closed[evse]:
            self._tell(ResidualChanged(evse, tripped=True))

    @rule(house_a=st.tuples(HOUSES_A, HOUSES_A, HOUSES_A), times=st.integers(1, 4))
    def house(self, house_a: Phases, times: int) -> None:
        """Let the meter at the grid speak for a while, and then be silent again."""
        for _ in range(times):
            self._tell(e.GridRead(GridMeasurement(house_a)))
            self.wait(10.0)

    @rule(evse=EVSES, occupied=st.booleans())
    def park(self, evse: int, *, occupied: bool) -> None:
        """Drive into the bay or out of it."""
        self._tell(e.BayChanged(evse, occupied))

    @rule(evse=EVSES, pilot=st.sampled_from(Pilot))
    def pilot(self, evse: int, pilot: Pilot) -> None:
        """Let the vehicle, or a fault, move the pilot."""
        self._tell(e.PilotChanged(evse, pilot))

    @rule(evse=EVSES, wait_s=st.sampled_from([0.0, 3.0, 9.0]))
    def disturb(self, evse: int, wait_s: float) -> None:
        """Let the pilot of a vehicle that is there say nothing sensible for a while."""
        before = self.station.view().evses[evse - 1].pilot
        self._tell(e.PilotChanged(evse, Pilot.E))
        self.wait(wait_s)
        self._tell(e.PilotChanged(evse, before))

    @rule(evse=EVSES)
    def simple_visit(self, evse: int) -> None:
        """Come with a vehicle that is ready as soon as it is plugged in."""
        self.meter(evse, lost=False)
        self.unplug(evse)
        self._tell(e.PilotChanged(evse, Pilot.A))
        if evse == 1:
            self._tell(e.CablePlugged(evse, 1, 20.0))
        self._tell(e.PilotChanged(evse, Pilot.C))
        self.swipe(evse, Token("A1"))
        self.judge(Token("A1"), Verdict(TokenStatus.ACCEPTED))

    @rule(evse=EVSES)
    def unplug(self, evse: int) -> None:
        """Pull the plug at the station, or the only one there is."""
        self._tell(e.CableUnplugged(evse) if evse == 1 else e.PilotChanged(evse, Pilot.A))

    @rule(reader=st.integers(0, 2), token=PRESENTED)
    def swipe(self, reader: int, token: Token) -> None:
        """Present a card, key in a code, or press the button."""
        self._tell(e.CardPresented(reader, token))

    @rule(reader=st.integers(0, 2), card=st.sampled_from(["one", "two"]))
    def tap(self, reader: int, card: str) -> None:
        """Hold a payment card to a reader."""
        self._tell(PaymentCardPresented(reader, card))

    @rule(good=st.booleans(), last=st.booleans())
    def settle_payment(self, *, good: bool, last: bool) -> None:
        """Let the payment provider have done something, or not."""
        if self.payment_jobs:
            job = self.payment_jobs.pop(-1 if last else 0)
            self._tell(answered(job) if good else failed(job, PaymentTrouble.SLOW))

    @rule(evse=EVSES, wait_s=WAITS_S)
    def paid_visit(self, evse: int, wait_s: float) -> None:
        """Come, plug in, pay, charge, and leave."""
        self.meter(evse, lost=False)
        self.plug(evse, ready=True)
        for _ in range(2):
            self.tap(evse, "one")
            self.settle_payment(good=True, last=True)
        self.wait(wait_s)
        self.meter(evse, lost=False)
        self.tap(evse, "one")

    @rule(event=MOBILE_EVENTS)
    def modem(self, event: MobileEvent) -> None:
        """Let the modem tell something, sensible or not."""
        self._tell(event)

    @rule(number=st.sampled_from("01233"), interface=st.sampled_from(["Wired0", "Wireless0"]))
    def go(self, number: str, interface: str) -> None:
        """Let somebody choose the way to the CSMS, and a connection be opened by one of them."""
        self._ask(r.WriteSetting(CONNECTIVITY.id, number))
        self._ask(r.WriteSetting(PIN.id, f"{number}000"))
        self._tell(e.CsmsReached(0, 1, interface))

    @rule(group=st.sampled_from(["", "police"]), free=st.booleans())
    def open_up(self, group: str, *, free: bool) -> None:
        """Let there be a master pass or none, and let everybody charge or not."""
        self._ask(r.WriteSetting(auth_rows.MASTER_GROUP.id, group))
        self._ask(r.WriteSetting(auth_rows.AUTHORIZE.id, str(not free)))

    @rule(lines=st.sampled_from(["1", "3", "3", "2"]))
    def allow_lines(self, lines: str) -> None:
        """Let the CSMS write how many lines may be used; 2 is no such number."""
        self._ask(r.WriteSetting(MAX_PHASES.id, lines))

    @rule(evse=st.integers(1, 3), lines=st.sampled_from([1, 2, 3]))
    def wish_for_lines(self, evse: int, lines: int) -> None:
        """Let an energy manager wish for a number of lines."""
        self._ask(SetPhases(evse, lines, "energy manager"))

    @rule()
    def clear_cache(self) -> None:
        """Let the CSMS have every token forgotten."""
        self._ask(r.ClearCache())

    @rule(token=PRESENTED, verdict=VERDICTS)
    def judge(self, token: Token, verdict: Verdict) -> None:
        """Let the CSMS speak about a card."""
        self._tell(e.TokenJudged(token, verdict))

    @rule(verdict=VERDICTS, evse=EVSES)
    def judge_transaction(self, verdict: Verdict, evse: int) -> None:
        """Let the CSMS speak about a transaction."""
        tx = self.station.view().evses[evse - 1].transaction
        if tx:
            self._tell(e.TransactionJudged(tx.id, tx.token, verdict))

    @rule(evse=st.integers(0, 3), token=TOKENS, check=st.booleans(), profile=st.none() | profiles())
    def remote_start(
        self, evse: int, token: Token, profile: Profile | None, *, check: bool
    ) -> None:
        """Let the CSMS start, perhaps with a profile."""
        self._ask(r.StartCharging(evse, token, remote_id=1, check=check, profile=profile))

    @rule(evse=EVSES)
    def remote_stop(self, evse: int) -> None:
        """Let the CSMS stop."""
        tx = self.station.view().evses[evse - 1].transaction
        self._ask(r.StopCharging(tx.id if tx else "none"))

    @rule(evse=EVSES, stops=st.booleans())
    def unlock(self, evse: int, *, stops: bool) -> None:
        """Let the CSMS unlock."""
        self._ask(r.UnlockConnector(evse, 1, stops))

    @rule(
        evse=st.integers(0, 2),
        operative=st.booleans(),
        everything=st.booleans(),
        waits=st.booleans(),
    )
    def availability(self, evse: int, *, operative: bool, everything: bool, waits: bool) -> None:
        """Take a part in or out of use."""
        self._ask(r.ChangeAvailability(operative, evse, 0, everything and evse == 0, waits))

    @rule(evse=st.integers(0, 2))
    def report(self, evse: int) -> None:
        """Let the CSMS ask for statuses."""
        self._ask(r.ReportStatus(evse))

    @rule(id_=st.integers(1, 3), evse=st.integers(0, 3), token=TOKENS, group=GROUPS, wait_s=WAITS_S)
    def reserve(self, id_: int, evse: int, token: Token, group: str | None, wait_s: float) -> None:
        """Reserve an EVSE, or any."""
        until = self.now.utc + wait_s - 1.0
        self._ask(r.Reserve(Reservation(id_, evse, token.kindless, until, group)))

    @rule(id_=st.integers(1, 3))
    def cancel(self, id_: int) -> None:
        """Cancel a reservation."""
        self._ask(r.CancelReservation(id_))

    @rule(
        id_=st.integers(1, 3),
        priority=st.sampled_from(Priority),
        state=st.none() | st.sampled_from(MessageState),
        begins_s=st.none() | WAITS_S,
        lasts_s=st.none() | WAITS_S,
        evse=st.integers(0, 3),
        bound=st.booleans(),
    )
    def show_message(
        self,
        id_: int,
        priority: Priority,
        state: MessageState | None,
        begins_s: float | None,
        lasts_s: float | None,
        evse: int,
        *,
        bound: bool,
    ) -> None:
        """Put a message on the display, perhaps for a transaction that runs."""
        begins = None if begins_s is None else self.now.utc + begins_s
        ends = None if lasts_s is None else (begins or self.now.utc) + lasts_s
        running = [one.transaction.id for one in self.station.view().evses if one.transaction]
        transaction = next(iter(running), "none") if bound else None
        message = DisplayMessage(
            id_,
            priority,
            f"message {id_}",
            state=state,
            starts_at=begins,
            ends_at=ends,
            transaction=transaction,
            evse=evse,
        )
        self._ask(r.ShowMessage(message))

    @rule(id_=st.integers(1, 3))
    def clear_message(self, id_: int) -> None:
        """Take a message off the display."""
        self._ask(r.ClearMessage(id_))

    @rule(evse=st.sampled_from((1, 2)), cost=st.floats(0, 100))
    def update_cost(self, evse: int, cost: float) -> None:
        """Tell what a transaction has cost so far."""
        seen = self.station.view().evses[evse - 1].transaction
        self._ask(r.UpdateCost(seen.id if seen else "none", cost))

    @rule(version=st.integers(0, 9), full=st.booleans(), entries=ENTRIES)
    def write_list(self, version: int, entries: dict[Token, Verdict | None], *, full: bool) -> None:
        """Write the local list."""
        self._ask(r.WriteLocalList(version, full, tuple(entries.items())))

    @rule(token=LISTED, forget=st.booleans())
    def customer(self, token: Token, *, forget: bool) -> None:
        """Let the CSMS ask about a customer; what was forgotten is not in the cache any more."""
        self._ask(r.RecallCustomer(token, forget))
        if forget:
            answer, step = self.station.ask(r.RecallCustomer(token), self.now)
            assert step == Step()
            assert isinstance(answer, Recalled)
            assert answer.cached == ()

    @rule(wish=monitor_wishes())
    def watch(self, wish: r.Request) -> None:
        """Let the CSMS watch what it likes."""
        self._ask(wish)

    @rule(profile=profiles(), at_s=st.integers(0, 5000))
    def set_profile(self, profile: Profile, at_s: int) -> None:
        """Let the CSMS limit the current, soon or at some time of the day."""
        schedule = profile.schedules[0]
        if schedule.starts_at is not None:
            schedule = replace(schedule, starts_at=schedule.starts_at + at_s)
        self._ask(r.InstallProfile(replace(profile, schedules=(schedule,))))

    @rule(id_=st.none() | st.integers(1, 12), evse=st.none() | st.integers(0, 3))
    def clear_profiles(self, id_: int | None, evse: int | None) -> None:
        """Let the CSMS take limits back."""
        self._ask(r.ClearProfiles(id_, evse))

    @rule(external=externals(), by=WAYS, wait_s=WAITS_S)
    def limit_from_outside(self, external: Profile, by: str, wait_s: float) -> None:
        """Let somebody else limit the current, perhaps for a while."""
        schedule = replace(external.schedules[0], starts_at=None)
        self._ask(SetExternalLimit(external.source, external.evse, schedule, by))
        self.wait(wait_s)

    @rule(allowed=st.sampled_from("0133"), station=st.booleans())
    def let_steer(self, allowed: str, *, station: bool) -> None:
        """Let the installer say what an energy manager may do."""
        self._ask(r.WriteSetting(manager.ALLOWED.id, allowed, By.LOCAL))
        of_station = manager.OF_STATION.kind.show(station)
        self._ask(r.WriteSetting(manager.OF_STATION.id, of_station, By.LOCAL))

    @rule(place=STEERED, limit_a=st.sampled_from([0.0, 6.0, 9.5, 14.0, 40.0]), wait_s=WAITS_S)
    def steer(self, place: tuple[int, int], limit_a: float, wait_s: float) -> None:
        """Let an energy manager set a current, and perhaps forget to renew it."""
        evse, line = place
        self._ask(SetPoint(evse, limit_a, line))
        self.wait(wait_s)

    @rule(external=externals(), by=WAYS)
    def release_from_outside(self, external: Profile, by: str) -> None:
        """Let them take it back."""
        self._ask(ClearExternalLimit(external.source, external.evse, by))

    @rule(evse=EVSES, priority=st.integers(-9, 9))
    def prefer(self, evse: int, priority: int) -> None:
        """Let the CSMS say how much a transaction matters."""
        tx = self.station.view().evses[evse - 1].transaction
        self._tell(e.PriorityGiven(tx.id if tx else "none", priority))

    @rule(evse=st.integers(0, 3), unit=st.sampled_from(Unit))
    def compose(self, evse: int, unit: Unit) -> None:
        """Let the CSMS ask what is to be expected."""
        self._ask(r.ComposeSchedule(evse, 3600, unit))

    @rule(write=writes())
    def write(self, write: tuple[str, str]) -> None:
        """Write a setting."""
        self._ask(r.WriteSetting(*write))

    @rule(online=st.booleans())
    def csms(self, *, online: bool) -> None:
        """Lose or regain the CSMS."""
        self._tell(e.CsmsOnline() if online else e.CsmsOffline())

    @rule(old=st.booleans(), refused=st.sampled_from([None, False, True]), slot=st.integers(0, 3))
    def dial(self, *, old: bool, refused: bool | None, slot: int) -> None:
        """Let an attempt to connect succeed, or fail for whatever reason; slot 0 is the next."""
        seen = self.station.view()
        number, slot = seen.security.credentials - old, slot or seen.network.route.slot
        if refused is None:
            self._tell(e.CsmsReached(number, slot))
        else:
            self._tell(e.CsmsUnreached(number, "no connection", refused, slot))

    @rule(slot=st.integers(1, 3), security=st.integers(0, 3), timeout_s=st.sampled_from([5, 30]))
    def network(self, slot: int, security: int, timeout_s: int) -> None:
        """Store a network profile."""
        url = f"{'wss' if security > 1 else 'ws'}://csms-{slot}.example"
        profile = NetworkProfile(Generation.SECOND, url, security, timeout_s)
        self._ask(r.StoreNetwork(slot, profile))

    @rule(first=st.booleans())
    def manner(self, *, first: bool) -> None:
        """Talk in a manner that leaves less to the settings, or more."""
        texts = [(START_POINT.id, "PowerPathClosed"), (STOP_POINT.id, "Authorized")]
        ids = (START_POINT.id, STOP_POINT.id)
        self._tell(e.SettingsHeld(tuple(texts)) if first else e.SettingsHeld((), ids))

    @rule(roots=st.integers(0, 1), identity=st.sampled_from(["", "a", "b"]))
    def vault(self, roots: int, identity: str) -> None:
        """Install or delete certificates."""
        ends = self.now.utc + 20 * 86_400 if identity else None
        self._tell(e.CredentialsHeld(roots, identity, ends, roots, ends))

    @rule(to=st.sampled_from(ShownTo), accepted=st.none() | st.booleans(), repeat=st.integers(0, 4))
    def signing(self, *, to: ShownTo, accepted: bool | None, repeat: int) -> None:
        """Let the CSMS say whether it will bring a certificate, or bring it."""
        if accepted is None:
            self._tell(e.SigningOver(to))
        else:
            self._tell(e.SigningAnswered(to, accepted, repeat))

    @rule(kind=st.sampled_from(SecurityKind))
    def incident(self, kind: SecurityKind) -> None:
        """Let an adapter see something."""
        self._tell(e.SecurityIncident(kind, "seen"))

    @rule()
    def silence(self) -> None:
        """Let nothing show for a day that there is a CSMS."""
        self._tell(e.CsmsSilent(86_700.0))

    @rule(evse=st.integers(0, 2), code=st.sampled_from([101, 201, 209, 401]), on=st.booleans())
    def fault(self, evse: int, code: int, *, on: bool) -> None:
        """Raise or clear a fault."""
        self._tell(e.FaultRaised(evse, code) if on else e.FaultCleared(evse, code))

    @rule(evse=EVSES, lost=st.booleans())
    def meter(self, evse: int, *, lost: bool) -> None:
        """Let a meter speak or fall silent."""
        if lost:
            self._tell(e.MeterLost(evse))
            return
        self.energy_wh[evse] += 10 if self.closed[evse] else 0
        lines_v = (230.0, 231.0, 229.0)
        said = Measurement(self.energy_wh[evse], lines_v, signed=SIGNED)
        self._tell(e.MeterRead(evse, said))

    @rule(jump_s=st.sampled_from([-3600.0, 3600.0, 0.5]))
    def correct_clock(self, jump_s: float) -> None:
        """Correct UTC."""
        self.now = replace(self.now, utc=self.now.utc + jump_s)
        self._tell(e.ClockCorrected(jump_s))

    @rule(seconds=WAITS_S)
    def wait(self, seconds: float) -> None:
        """Let time pass."""
        end = self.now.mono + seconds
        while (wake := self.station.next_wake()) is not None and wake <= end:
            self._move(max(wake, self.now.mono))
            self._take(self.station.tick(self.now))
            following = self.station.next_wake()
            assert following is None or following > self.now.mono
        self._move(end)

    def _move(self, mono: float) -> None:
        self.now = replace(self.now, mono=mono, utc=self.now.utc + mono - self.now.mono)

    @rule(order=ORDERS, trusted=st.booleans(), signed_only=st.booleans())
    def update_firmware(self, order: FirmwareOrder, *, trusted: bool, signed_only: bool) -> None:
        """Let the CSMS update the firmware."""
        self._ask(r.UpdateFirmware(order, trusted, signed_only))

    @rule(verdict=st.sampled_from(FirmwareVerdict), fails=st.booleans(), late=st.integers(0, 1))
    def carry_firmware(self, verdict: FirmwareVerdict, late: int, *, fails: bool) -> None:
        """Let whoever has firmware in hand be done with it, or with what was given up."""
        match self.firmware_job:
            case a.FetchFirmware(job):
                job -= late
                self._tell(e.FirmwareFetchFailed(job, "gone") if fails else e.FirmwareFetched(job))
            case a.CheckFirmware(job):
                self._tell(e.FirmwareChecked(job - late, verdict, next(self.versions)))
            case a.InstallFirmware(job) if fails:
                self._tell(e.FirmwareInstallFailed(job - late, "no room"))
            case a.InstallFirmware(job):
                self._install(job, late)
            case _:
                pass

    def _install(self, job: int, late: int) -> None:
        """Put in place what is to be installed, which may have been there before it is told."""
        if not self.slots.tried:
            self.slots.install(self.station.parts.firmware.update.version)
        self._tell(e.FirmwareInstalled(job - late))

    @rule()
    def power_cut_after_it(self) -> None:
        """Lose the power when something was done with firmware, and nobody knows it yet."""
        match self.firmware_job:
            case a.InstallFirmware():
                self.slots.install(self.station.parts.firmware.update.version)
            case KeepRelease():
                self.slots.keep()
            case ReturnToPrevious():
                self.slots.go_back()
            case _:
                return
        self._boot()

    @rule()
    def bring_firmware(self) -> None:
        """Bring a package by hand, which was found good."""
        self._tell(FirmwareArrives(UpdateCode.DOWNLOADING, 50))
        self._ask(InstallUploaded(next(self.versions)))
        self._tell(FirmwareArrives(UpdateCode.NONE))

    @rule(wish=st.sampled_from([KeepFirmware(), GoBack()]))
    def wish_for_release(self, wish: KeepFirmware | GoBack) -> None:
        """Let somebody, or the trial's end, have the version kept or taken back."""
        self._ask(wish)

    @rule(fails=st.booleans(), late=st.integers(0, 1))
    def carry_release(self, late: int, *, fails: bool) -> None:
        """Let the updater be done with what was wished of the version that runs, or fail."""
        match self.firmware_job:
            case KeepRelease(job) if not fails:
                self.slots.keep()
                self._tell(FirmwareKept(job - late))
            case ReturnToPrevious(job) if not fails and self.slots.go_back():
                self._tell(FirmwareReturned(job - late))
            case _:
                pass

    @rule()
    def trial_fails(self) -> None:
        """Let the launcher take back a version on trial that crashed, hung or was not kept."""
        if self.slots.on_trial:
            self.slots.give_up()
            self._boot()

    @rule(kept=st.booleans(), later=st.booleans(), online=st.booleans())
    def whole_trial(self, *, kept: bool, later: bool, online: bool) -> None:
        """Bring firmware, try it, and keep it or not; perhaps be sorry before the CSMS hears."""
        self.csms(online=online)
        self.bring_firmware()
        self.carry_firmware(FirmwareVerdict.GOOD, 0, fails=False)
        self._try(kept=kept)
        if later:
            self.wish_for_release(GoBack())
            self.carry_release(0, fails=False)
            self.restarts_when_told()
        self.csms(online=True)

    @rule(order=ORDERS)
    def whole_update(self, order: FirmwareOrder) -> None:
        """Let an update go as well as it can on this day."""
        at_once = replace(order, retrieve_at=0.0, install_at=None)
        self.update_firmware(at_once, trusted=True, signed_only=False)
        for _ in range(3):
            self.carry_firmware(FirmwareVerdict.GOOD, 0, fails=False)
        self._try(kept=True)

    def _try(self, *, kept: bool) -> None:
        """Start what was put in place, and keep it or not."""
        self.restarts_when_told()
        self.wish_for_release(KeepFirmware() if kept else GoBack())
        self.carry_release(0, fails=False)

    @rule(kind=st.sampled_from(LogKind), number=st.sampled_from([None, 7]))
    def upload(self, kind: LogKind, number: int | None) -> None:
        """Let the CSMS ask for a log."""
        self._ask(r.UploadLog(kind, "ftp://example.com/", number, Retrying(1, 30)))

    @rule(status=st.sampled_from(UploadStatus), late=st.integers(0, 1))
    def carry_logs(self, status: UploadStatus, late: int) -> None:
        """Let every upload have ended one way or the other."""
        jobs, self.upload_jobs = self.upload_jobs, []
        for job in jobs:
            done = status is UploadStatus.UPLOADED
            why = e.LogUploadFailed(job - late, status, "gone")
            self._tell(e.LogUploaded(job - late) if done else why)

    @rule()
    def hear_of_files(self) -> None:
        """Let the CSMS have answered to the last status of each file."""
        for told in self.files_told:
            self._tell(told)

    @rule(kind=st.sampled_from(ResetKind), evse=st.integers(0, 3))
    def reset(self, kind: ResetKind, evse: int) -> None:
        """Let the CSMS reset; the machine starts anew when the station says so."""
        self._ask(r.Reset(kind, evse))

    @rule()
    def reset_fails(self) -> None:
        """Let the CSMS reset, and hardware not come to rest."""
        self._ask(r.Reset(ResetKind.SOFT))
        if self.restarting:
            self.restarting = False
            self._tell(e.RestartFailed())

    @rule()
    def power_cut(self) -> None:
        """Lose everything that is not on the disk."""
        self._boot()

    @invariant()
    def restarts_when_told(self) -> None:
        """Restart when the station has said so."""
        if self.restarting:
            self._boot()

    @invariant()
    def nothing_passes_for_ever(self) -> None:
        """Show nothing beyond the time of whoever shows it, a minute at most (S63)."""
        for evse in self.station.parts.facts.evses.values():
            if evse.passing:
                assert evse.passing.owner
                left_s = evse.passing.until - self.now.mono
                assert -0.01 <= left_s <= LONGEST_S

    @invariant()
    def energy_flows_only_inside_an_authorized_transaction(self) -> None:
        """Have a transaction, an authorization and an offer wherever a contactor is closed.

        It is but for the vehicle that has yet to open its switch, and has some seconds for it.
        """
        for evse in self.station.view().evses:
            if self.closed[evse.evse]:
                assert evse.transaction is not None
                release_until = self.station.parts.facts.evses[evse.evse].release_until
                if release_until is not None:
                    assert self.now.mono < release_until
                    assert evse.pilot in {Pilot.C, Pilot.D}
                    assert self.offered[evse.evse] is None
                    continue
                assert evse.transaction.authorized
                connector = evse.connectors[self.closed[evse.evse] - 1]
                if connector.connector == 1:
                    assert evse.pilot is Pilot.C
                    deaf = SIMPLE in {claim.by for claim in evse.claims}
                    assert (self.offered[evse.evse] is None) is deaf
                else:
                    assert connector.connection is Connection.CABLE_TYPE_E
                    assert self.offered[evse.evse] is None

    @invariant()
    def nobody_is_offered_more_than_a_claim(self) -> None:
        """Offer the lowest claim, enough to charge with, and no more than the station has."""
        for evse in self.station.view().evses:
            offered_a = self.offered[evse.evse]
            assert offered_a is None or 6 <= offered_a <= min(evse.limit_a, 20.0)
        total_a = sum(limit_a or 0.0 for limit_a in self.offered.values())
        assert total_a <= float(self.disk.settings.get(("2062_0", 0), "32")) + 1e-9
        if self.station.view().grid.lost:
            assert total_a <= self.station.values[SAFE_STATION] + 1e-9

    @invariant()
    def what_is_set_holds_and_then_the_safe_current(self) -> None:
        """Offer no more than the energy manager's set points, where it may set them."""
        points = self.station.view().set_points
        for number, point in enumerate(points.evses, 1):
            if point.counts:
                assert (self.offered[number] or 0.0) <= _holds(point)
        if points.lines[0].counts:
            total_a = sum(limit_a or 0.0 for limit_a in self.offered.values())
            assert total_a <= sum(map(_holds, points.lines)) + 1e-9

    @invariant()
    def the_csms_knows_who_limits(self) -> None:
        """Believe of others what is so, but for what it will be told when it is back."""
        if not self.station.parts.facts.online:
            return
        view = self.station.view()
        kept = [it for it in (*view.profiles, *view.set_points.profiles) if it.external]
        assert self.limits.keys() == {(it.source, it.evse) for it in kept}
        for place, told in self.limits.items():
            here = [it.schedules[0] for it in kept if (it.source, it.evse) == place]
            percent = self.station.values[SIGNIFICANT_CHANGE]
            assert any(_alike(told, schedule, percent) for schedule in here)

    @invariant()
    def every_decision_says_why(self) -> None:
        """Have a sentence for each, of the very status and limit that are so."""
        for evse in self.station.view().evses:
            why = self.station.why(evse.evse)
            assert why.current.startswith(f"{evse.limit_a:g} A of ")
            assert [one.status for one in why.statuses] == [c.status for c in evse.connectors]
            assert all([why.energy, why.lines, why.lock, *(one.why for one in why.statuses)])
            assert why.flows is why.energy.startswith("energy flows")

    @invariant()
    def what_is_reserved_is_kept(self) -> None:
        """Keep it until its time, from everybody else, and only as long as an EVSE can serve."""
        view, wake = self.station.view(), self.station.next_wake()
        for one in view.reservations:
            here = [e for e in view.evses if one.evse in {0, e.evse}]
            statuses = {connector.status for e in here for connector in e.connectors}
            assert one.until > self.now.utc or (wake is not None and wake <= self.now.mono + 0.01)
            assert statuses - {Status.FAULTED, Status.UNAVAILABLE}
            assert not one.evse or self.station.parts.facts.evses[one.evse].authorization is None

    @invariant()
    def what_is_composed_begins_with_what_is_offered(self) -> None:
        """Tell the CSMS of each running transaction what its vehicle is told."""
        for evse in self.station.view().evses:
            answer, step = self.station.ask(r.ComposeSchedule(evse.evse, 1), self.now)
            assert step == Step()
            if not self.station.values[PROFILES_USED]:
                assert isinstance(answer, Refused)
                continue
            assert isinstance(answer, Composed)
            assert answer.schedule.periods[0].limit == round(evse.limit_a, 1)

    @invariant()
    def no_profile_outlives_its_transaction(self) -> None:
        """Keep a TxProfile with its transaction only, and no two profiles in one place."""
        kept = self.station.view().profiles
        open_now = {v.transaction.id for v in self.station.view().evses if v.transaction}
        bound = {profile.transaction for profile in kept if profile.purpose is Purpose.TX}
        assert bound <= open_now
        of_csms = [profile for profile in kept if not profile.external]
        assert len({profile.id for profile in kept}) == len(kept)
        assert len(of_csms) <= MAX_INSTALLED
        for number, one in enumerate(kept):
            others = kept[:number]
            assert not any(one.place == it.place and one.overlaps(it) for it in others)

    @invariant()
    def every_story_is_whole(self) -> None:
        """Each transaction starts once, ends at most once, and misses no number."""
        open_now = {v.transaction.id for v in self.station.view().evses if v.transaction}
        for id_, story in self.told.items():
            assert_whole(story, seen_open=id_ in open_now)

    @invariant()
    def what_is_restored_equals_what_lives(self) -> None:
        """Lose nothing with the power."""
        assert_saved(self.station, Values(), self.disk.saved())

    def teardown(self) -> None:
        """Count how many transactions ended."""
        ends = sum(isinstance(story[-1], TransactionEnded) for story in self.told.values())
        self.tally.count(ends)
        event(f"transactions ended: {min(ends, 3)}")
        self.tally.updates += self.updates
        target(float(ends), label="transactions ended")


def test_any_day() -> None:
    """Every promise holds after every step, and most days see a transaction end."""
    tally = Tally()
    machine: Any = lambda: AnyDay(tally)  # noqa: E731  a factory, typed as a class there
    run_state_machine_as_test(
        machine,
        settings=settings(
            max_examples=EXAMPLES,
            stateful_step_count=40,
            deadline=None,
            derandomize=True,
            suppress_health_check=[HealthCheck.too_slow, HealthCheck.filter_too_much],
        ),
    )
    assert tally.with_end * 2 >= tally.runs
    assert tally.updates
