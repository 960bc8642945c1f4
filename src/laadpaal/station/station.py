"""The charging station: four verbs over everything it knows."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import assert_never

from laadpaal.properties import metering as meter_rows
from laadpaal.properties.clock import REPORTED_JUMP
from laadpaal.properties.values import Values
from laadpaal.properties.wiring import MAX_PHASES
from laadpaal.station import events as e
from laadpaal.station import requests as r
from laadpaal.station.actions import ShowLight, ShowScreen
from laadpaal.station.agenda import Due, Timer
from laadpaal.station.authorization import Authorizer
from laadpaal.station.cache import Cache
from laadpaal.station.carriage import LogKind
from laadpaal.station.credentials import Credentials
from laadpaal.station.customers import Customers
from laadpaal.station.desk import Desk
from laadpaal.station.display_messages import DisplayMessages
from laadpaal.station.evse import Evse
from laadpaal.station.facts import Facts
from laadpaal.station.faults import CONTACTOR_FAULT, FAULTS, TAMPERING
from laadpaal.station.firmware_update import FirmwareUpdates
from laadpaal.station.free_use import FreeUse
from laadpaal.station.judgement import Judgement
from laadpaal.station.knowledge import Knowledge
from laadpaal.station.layout import Layout
from laadpaal.station.local_list import LocalList
from laadpaal.station.log_upload import LogUploads
from laadpaal.station.looks import view
from laadpaal.station.metering import TOLD, Metering
from laadpaal.station.moment import Moment
from laadpaal.station.monitor_rules import built_in
from laadpaal.station.monitoring import Monitoring
from laadpaal.station.networks import Networks
from laadpaal.station.notices import LinkChanged, LockSettled
from laadpaal.station.plugs import Plugs
from laadpaal.station.prices import Prices
from laadpaal.station.profiles import Profiles
from laadpaal.station.records import RestartPlanned
from laadpaal.station.renewal import Renewals
from laadpaal.station.requests import Answer, Request
from laadpaal.station.reservations import Reservations
from laadpaal.station.restarts import Restarts
from laadpaal.station.saved import Saved
from laadpaal.station.security import SecurityKind
from laadpaal.station.security_log import SecurityLog
from laadpaal.station.smart_charging import SmartCharging
from laadpaal.station.status import light, prepares, screen
from laadpaal.station.step import Step
from laadpaal.station.supply import Supply
from laadpaal.station.telling import Telling
from laadpaal.station.transactions import Transactions
from laadpaal.station.upkeep import Upkeep
from laadpaal.station.view import StationView
from laadpaal.station.words import (
    BootReason,
    Context,
    StopReason,
    Trigger,
)


class Station:
    """Owns every EVSE and every timer. Call from one task only.

    Args:
        layout: What it is built of.
        values: Its settings; the station writes them, others only read.
        ids: Where transaction ids come from; each at most 36 characters and never repeated.
        saved: What storage kept of it.
    """

    def __init__(
        self, layout: Layout, values: Values, ids: Iterator[str], saved: Saved | None = None
    ) -> None:
        self._saved = saved or Saved()
        most = int(values[MAX_PHASES])
        evses = {n: Evse(n, part, most_phases=most) for n, part in enumerate(layout.evses, 1)}
        self._facts = Facts(layout, values, ids, evses)
        self._facts.inoperative = set(self._saved.inoperative)
        self._security = SecurityLog(self._facts)
        self._facts.reservations = {one.id: one for one in self._saved.reservations}
        self._metering = Metering(self._facts)
        self._transactions = Transactions(self._facts, self._metering)
        self._sampling = self._transactions.sampling
        self._cache = Cache(self._facts, self._saved.tokens)
        self._list = LocalList(self._facts, self._saved.list_version, self._saved.listed)
        self._reservations = Reservations(self._facts)
        knowledge = Knowledge(self._facts, self._cache, self._list)
        self._authorizer = Authorizer(self._facts, knowledge, self._reservations)
        self._free_use = FreeUse(self._facts, self._authorizer)
        self._judgement = Judgement(self._facts, self._authorizer, self._list)
        self._profiles = Profiles(self._facts, self._saved.profiles)
        self._customers = Customers(self._facts, self._cache, self._list, self._profiles)
        self._supply = Supply(self._facts, self._profiles)
        self._charging = SmartCharging(self._facts, self._profiles, self._supply)
        self._plugs = Plugs(self._facts, self._authorizer)
        self._uploads = LogUploads(self._facts)
        self._restarts = Restarts(
            self._facts, self._authorizer, self._security, self._supply, self._uploads
        )
        self._credentials = Credentials(self._facts, self._security)
        self._networks = Networks(self._facts, self._credentials, self._saved.networks)
        self._renewals = Renewals(self._facts)
        self._desk = Desk(
            self._facts,
            self._authorizer,
            self._metering,
            self._transactions,
            self._profiles,
            self._credentials,
            self._networks,
        )
        self._firmware = FirmwareUpdates(self._facts, self._security, self._saved.firmware)
        self._telling = Telling(self._facts, self._list)
        self._monitoring = Monitoring(
            self._facts, built_in(layout), self._saved.monitors, self._saved.numbers, self.view
        )
        self._upkeep = Upkeep(self._firmware, self._uploads, self._monitoring, self._networks)
        self._messages = DisplayMessages(self._facts, self._saved.messages)
        self._prices = Prices(self._facts)
        self.boot_reason = self._saved.restart or BootReason.POWER_UP

    def handle(self, event: e.Event, now: Moment) -> Step:
        """Take one fact."""
        self._turn(now)
        if isinstance(event, e.MeterRead) and self._metering.routine(event.evse):
            return self._measured(event)
        self._take(event)
        return self._settle()

    def _measured(self, event: e.MeterRead) -> Step:
        """Take a measurement that decides nothing: most turns are this one, so it is short."""
        evse = self._facts.evses[event.evse]
        self._metering.read(evse, event.measurement)
        self._show(evse)
        self._monitoring.measured(event.evse)
        return self._facts.step

    def ask(self, request: Request, now: Moment) -> tuple[Answer, Step]:
        """Answer one wish."""
        self._turn(now)
        answer = self._answer(request)
        return answer, self._settle()

    def tick(self, now: Moment) -> Step:
        """Do what has come due."""
        self._turn(now)
        for timer in self._facts.agenda.pop_due(now.mono):
            self._due(timer)
        return self._settle()

    def next_wake(self) -> float | None:
        """Return the monotonic second at which `tick` is next wanted, or None."""
        return self._facts.agenda.next_wake()

    def view(self) -> StationView:
        """Return the whole station as it is now."""
        profiles, security = self._profiles.installed.values(), self._credentials.view()
        seen = view(self._facts, self._facts.pending, self._list.view(), profiles, security)
        return replace(
            seen,
            cached_tokens=len(self._cache),
            firmware=self._firmware.view(),
            uploads=self._uploads.view(),
            monitors=self._monitoring.view(),
            messages=tuple(self._messages.kept.values()),
            network=self._networks.view(),
        )

    @property
    def values(self) -> Values:
        """The present settings."""
        return self._facts.values

    @property
    def layout(self) -> Layout:
        """What the station is built of."""
        return self._facts.layout

    def _turn(self, now: Moment) -> None:
        self._facts.now, self._facts.step = now, Step()

    def _take(self, event: e.Event) -> None:
        if isinstance(event, e.DeviceEvent):
            self._from_device(event)
        elif isinstance(event, e.TransferEvent):
            self._from_transfer(event)
        else:
            self._from_outside(event)

    def _from_device(self, event: e.DeviceEvent) -> None:  # noqa: C901, PLR0912  one case for each
        evses = self._facts.evses
        match event:
            case e.PoweredUp():
                self._power_up()
            case e.CablePlugged(number, connector, rating_a):
                self._plugs.plug(evses[number], connector, rating_a)
            case e.CableUnplugged(number):
                self._plugs.unplug(evses[number])
            case e.BayChanged(number, occupied):
                self._plugs.bay(evses[number], occupied=occupied)
            case e.PilotChanged(number, pilot):
                self._plugs.pilot(evses[number], pilot)
            case e.CardPresented(reader, token):
                self._authorizer.present(reader, token)
            case e.MeterRead(number, measurement):
                self._metering.silent(evses[number], lost=False)
                self._metering.read(evses[number], measurement)
                self._judgement.metered(evses[number])
            case e.MeterLost(number):
                self._metering.silent(evses[number], lost=True)
            case e.MeterBack(number):
                self._metering.silent(evses[number], lost=False)
            case e.ContactorMoved(number, closed):
                evses[number].contactor_closed = closed
            case e.ContactorFailed(number):
                evses[number].faults.add(CONTACTOR_FAULT)
            case e.LockMoved(number, connector, locked):
                evses[number].locked = locked
                self._facts.tell(LockSettled(number, connector, locked, failed=False))
            case e.LockFailed(number, connector, locking):
                self._plugs.lock_failed(evses[number], connector, locking=locking)
            case e.FaultRaised(number, code):
                self._fault(number, code)
            case e.FaultCleared(number, code):
                self._faults(number).discard(code)
            case e.RestartFailed():
                self._restarts.failed()
            case _:
                assert_never(event)

    def _from_outside(self, event: e.OutsideEvent) -> None:  # noqa: C901, PLR0912  one case for each
        match event:
            case e.CsmsOnline(heartbeat_s):
                self._link(online=True)
                self._restarts.csms_back()
                self._desk.keep_heartbeat(heartbeat_s)
                self._renewals.plan()
                self._firmware.online()
                self._uploads.online()
            case e.CsmsOffline():
                self._link(online=False)
                self._authorizer.unanswered(None)
            case e.CsmsSilent():
                self._restarts.csms_silent()
            case e.TokenJudged(token, verdict):
                self._authorizer.judged(token, verdict)
            case e.TokenUnanswered(token):
                self._authorizer.unanswered(token)
            case e.TransactionJudged():
                self._judgement.judged(event)
            case e.TokenGreeted(token, text):
                self._prices.greeted(token, text)
            case e.TransactionPriced(transaction, cost, text):
                self._prices.told(transaction, cost, text)
            case e.PriorityGiven():
                self._transactions.prioritized(event)
            case e.ClockCorrected(jump_s):
                self._clock_corrected(jump_s)
            case e.CsmsReached() | e.CsmsUnreached():
                self._credentials.attempted(event)
                self._networks.attempted(event)
            case e.SettingsHeld():
                self._desk.hold(event)
            case e.CredentialsHeld():
                self._credentials.hold(event)
                self._renewals.hold(event)
            case e.SigningAnswered():
                self._renewals.answered(event)
            case e.SigningOver(to):
                self._renewals.over(to)
            case e.SecurityIncident(kind, info):
                self._security.saw(kind, info)
            case _:
                assert_never(event)

    def _from_transfer(self, event: e.TransferEvent) -> None:
        match event:
            case e.FirmwareFetched(job):
                self._firmware.fetched(job)
            case e.FirmwareFetchFailed(job):
                self._firmware.fetch_failed(job)
            case e.FirmwareChecked(job, verdict, version):
                self._firmware.checked(job, verdict, version)
            case e.FirmwareInstalled(job):
                self._firmware.installed(job)
            case e.FirmwareInstallFailed(job):
                self._firmware.install_failed(job)
            case e.FirmwareStatusTold(status, id_):
                self._firmware.told(status, id_)
            case e.LogUploaded(job):
                self._uploads.done(job)
            case e.LogUploadFailed(job, status):
                self._uploads.failed(job, status)
            case e.UploadStatusTold(kind, status, id_):
                self._uploads.told(kind, status, id_)
            case _:
                assert_never(event)

    def _link(self, *, online: bool) -> None:
        if online is not self._facts.online:
            self._facts.online = online
            self._facts.tell(LinkChanged(online))

    def _clock_corrected(self, jump_s: float) -> None:
        self._metering.plan_aligned()
        self._reservations.plan()
        self._renewals.plan()
        self._firmware.clock_corrected()
        self._monitoring.clock_corrected()
        self._charging.external_limits.clock_corrected(jump_s)
        if abs(jump_s) > self._facts.values[REPORTED_JUMP]:
            self._security.saw(SecurityKind.CLOCK_SET, f"The clock was set by {jump_s:+.0f} s.")

    def _fault(self, number: int, code: int) -> None:
        if code in TAMPERING and code not in self._faults(number):
            self._security.saw(SecurityKind.TAMPERED, FAULTS[code].info)
        self._faults(number).add(code)

    def _faults(self, number: int) -> set[int]:
        return self._facts.evses[number].faults if number else self._facts.faults

    def _power_up(self) -> None:
        reason = StopReason.POWER_LOSS if self._saved.restart is None else StopReason.REBOOT
        for transaction in self._saved.transactions:
            self._transactions.interrupted(transaction, reason)
        if self._saved.restart:
            self._facts.keep(RestartPlanned(None))
        self._security.saw(SecurityKind.STARTED, f"The reason is {self.boot_reason.value}.")
        for evse in self._facts.evses.values():
            self._supply.release(evse)
        self._desk.dim()
        self._metering.plan_aligned()
        self._firmware.power_up()
        self._monitoring.power_up()
        self._reservations.plan()

    def _answer(self, request: Request) -> Answer:  # noqa: C901, PLR0912  one case for each
        if isinstance(request, r.UpkeepRequest):
            return self._upkeep.answer(request)
        if isinstance(request, r.ChargingWish):
            return self._charging.ask(request)
        match request:
            case r.StartCharging():
                return self._desk.start(request)
            case r.StopCharging():
                return self._desk.stop(request)
            case r.UnlockConnector():
                return self._desk.unlock(request)
            case r.Reset() if self._firmware.installing:
                return r.Refused(r.Reason.UPDATING, "firmware is being installed")
            case r.Reset():
                return self._restarts.reset(request)
            case r.ChangeAvailability():
                return self._desk.availability(request)
            case r.ClearCache():
                return self._cache.clear(request)
            case r.RecallCustomer():
                return self._customers.recall(request)
            case r.WriteLocalList():
                return self._list.write(request)
            case r.Reserve():
                return self._reservations.reserve(request)
            case r.CancelReservation():
                return self._reservations.cancel(request)
            case r.ShowMessage():
                return self._messages.show(request)
            case r.ClearMessage():
                return self._messages.clear(request)
            case r.UpdateCost():
                return self._prices.update(request)
            case r.WriteSetting():
                return self._desk.write(request)
            case r.ReportStatus():
                return self._telling.report(request)
            case r.ReportMeter():
                return self._desk.report_meter(request)
            case _:
                assert_never(request)

    def _due(self, timer: Timer) -> None:  # noqa: C901, PLR0912  one case for each
        evse = self._facts.evses.get(timer.evse)
        match timer.due:
            case Due.ALIGNED:
                self._aligned_due(timer)
            case Due.RESERVATION:
                self._reservations.due()
            case Due.AUTHORIZE_ANSWER if evse and evse.waiting:
                self._authorizer.unanswered(evse.waiting.token)
            case Due.CONNECT if evse:
                self._desk.connect_due(evse)
            case Due.SAMPLE if evse and evse.transaction:
                self._sampling.sample_due(evse, evse.transaction)
            case Due.ENDED_SAMPLE if evse and evse.transaction:
                self._sampling.ended_sample_due(evse, evse.transaction)
            case Due.CHECKPOINT if evse and evse.transaction:
                self._sampling.checkpoint(evse, evse.transaction)
            case Due.DISPLAY if evse:
                evse.passing = None
            case Due.RENEWAL | Due.V2G_RENEWAL | Due.SIGNING | Due.V2G_SIGNING:
                self._renewals.due(timer)
            case Due.LEFT_OUT:
                self._security.lull_over()
            case Due.RESTART:
                self._restarts.waited_enough()
            case Due.EVSE_RESET if evse:
                self._restarts.rested(evse)
            case Due.STATUS | Due.PROFILE | Due.VEHICLE | Due.MESSAGE:
                pass  # what has lasted is told, and what is allowed decided, when the turn settles
            case Due.FETCH:
                self._firmware.fetch_or_wait()
            case Due.INSTALL:
                pass  # what follows is settled at the end of the turn
            case Due.DIAGNOSTICS:
                self._uploads.retry_due(LogKind.DIAGNOSTICS)
            case Due.SECURITY_LOG:
                self._uploads.retry_due(LogKind.SECURITY)
            case Due.MONITOR:
                self._monitoring.due(timer.evse)
            case _:
                raise AssertionError(f"nobody planned {timer}")

    def _aligned_due(self, timer: Timer) -> None:
        at, told = self._metering.grid_at(timer), timer == TOLD
        quiet = told and self._metering.only_idle()
        for evse in () if quiet else self._facts.evses.values():
            tx = evse.transaction
            if tx and told:
                clock = Trigger.METER_VALUE_CLOCK
                self._sampling.tell(evse, tx, clock, Context.CLOCK, at)
            elif tx:
                self._sampling.keep_aligned(evse, tx, at)
            elif told:
                self._metering.idle(evse, Context.CLOCK, meter_rows.ALIGNED_MEASURANDS, at)
        # That one alone: the other may be due in this very turn, and would be put off.
        self._metering.plan_next(timer)

    def _settle(self) -> Step:
        """Derive what follows from the facts, and tell the differences; the order matters."""
        evses = list(self._facts.evses.values())
        self._reservations.settle()
        self._free_use.settle()
        self._charging.external_limits.settle()
        self._supply.decide()
        for evse in evses:
            self._transactions.settle(evse)
        self._supply.decide()
        for evse in evses:
            self._transactions.settle(evse)
        self._profiles.settle()
        self._prices.settle()
        self._messages.settle()
        self._firmware.settle()
        self._restarts.settle()
        self._uploads.settle()
        for evse in evses:
            self._supply.drive(evse)
            self._transactions.save(evse)
            self._show(evse)
            evse.put_off = evse.put_off and prepares(evse)
        self._telling.settle()
        self._monitoring.settle()
        return self._facts.step

    def _show(self, evse: Evse) -> None:
        now = screen(self._facts, evse)
        tariff, cost = self._prices.tariff(evse), self._prices.cost(evse)
        message = self._messages.text(evse)
        if message or tariff or cost:
            now = replace(now, message=message, tariff=tariff, cost=cost)
        if now != evse.screen:
            evse.screen = now
            self._facts.step.actions.append(ShowScreen(evse.number, now))
        shines = light(evse)
        if shines is not evse.light:
            evse.light = shines
            self._facts.step.actions.append(ShowLight(evse.number, shines))
