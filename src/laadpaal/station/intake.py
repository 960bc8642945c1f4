"""What each event means to the parts of the station."""

from __future__ import annotations

from typing import assert_never

from laadpaal.properties.clock import REPORTED_JUMP
from laadpaal.station import events as e
from laadpaal.station import payment_words as w
from laadpaal.station.chronicle import started
from laadpaal.station.faults import FAULTS, TAMPERING
from laadpaal.station.mobile_events import MobileEvent
from laadpaal.station.notices import LinkChanged
from laadpaal.station.parts import Parts
from laadpaal.station.records import RestartPlanned
from laadpaal.station.releases import ReleaseEvent
from laadpaal.station.security import SecurityKind
from laadpaal.station.surroundings import ResidualChanged, SurroundingsEvent, TemperatureRead
from laadpaal.station.words import StopReason


class Intake:
    """Hands every event to the part whose fact it is."""

    def __init__(self, parts: Parts) -> None:
        self._parts = parts

    def take(self, event: e.Event) -> None:
        """Take one fact."""
        if isinstance(event, e.DeviceEvent):
            self._from_device(event)
        elif isinstance(event, w.PaymentEvent):
            self._from_payment(event)
        elif isinstance(event, e.TransferEvent):
            self._from_transfer(event)
        elif isinstance(event, MobileEvent):
            self._parts.mobile.take(event)
        elif isinstance(event, ReleaseEvent):
            self._parts.firmware.hear(event)
        elif isinstance(event, SurroundingsEvent):
            self._from_surroundings(event)
        else:
            self._from_outside(event)

    def _from_device(self, event: e.DeviceEvent) -> None:  # noqa: C901, PLR0912  one case for each
        evses = self._parts.facts.evses
        match event:
            case e.PoweredUp():
                self._power_up()
            case e.CablePlugged(number, connector, rating_a):
                self._parts.plugs.plug(evses[number], connector, rating_a)
            case e.CableUnplugged(number, connector):
                self._parts.plugs.unplug(evses[number], connector)
            case e.BayChanged(number, occupied):
                self._parts.plugs.bay(evses[number], occupied=occupied)
            case e.PilotChanged(number, pilot):
                self._parts.mode3.heard(evses[number], pilot)
                self._parts.plugs.pilot(evses[number], pilot)
            case e.CardPresented(reader, token):
                taken = self._parts.enrolling.took(token)
                if not taken and not self._parts.payments.dismissed(reader, token):
                    self._parts.authorizer.present(reader, token)
            case e.MeterRead(number, measurement):
                self._parts.metering.silent(evses[number], lost=False)
                self._parts.metering.read(evses[number], measurement)
                self._parts.energy.usage.read(evses[number])
                self._parts.judgement.metered(evses[number])
            case e.MeterLost(number):
                self._parts.metering.silent(evses[number], lost=True)
            case e.MeterBack(number):
                self._parts.metering.silent(evses[number], lost=False)
            case e.GridRead(measurement):
                self._parts.energy.grid.read(measurement)
            case e.ContactorMoved(number, closed):
                self._parts.supply.switched(evses[number], closed=closed)
            case e.ContactorFailed(number, closing):
                self._parts.supply.stuck(evses[number], closing=closing)
            case e.LockMoved(number, connector, locked):
                self._parts.locks.moved(evses[number], connector, locked=locked)
            case e.LockFailed(number, connector, locking):
                self._parts.locks.failed(evses[number], connector, locking=locking)
            case e.FaultRaised(number, code):
                self._fault(number, code)
            case e.FaultCleared(number, code):
                self._faults(number).discard(code)
            case e.DisplayLost():
                self._parts.display.lost()
            case e.DisplayBack():
                self._parts.display.back()
            case e.RestartFailed():
                self._parts.restarts.failed()
            case _:
                assert_never(event)

    def _from_outside(self, event: e.OutsideEvent) -> None:  # noqa: C901, PLR0912  one case for each
        match event:
            case e.CsmsOnline(heartbeat_s):
                self._link(online=True)
                self._parts.restarts.csms_back()
                self._parts.charging.news.csms_back()
                self._parts.desk.keep_heartbeat(heartbeat_s)
                self._parts.renewals.plan()
                self._parts.firmware.online()
                self._parts.uploads.online()
                self._parts.payments.settlements.hurry()
            case e.CsmsOffline():
                self._link(online=False)
                self._parts.authorizer.unanswered(None)
            case e.CsmsSilent():
                self._parts.restarts.csms_silent()
            case e.TokenJudged(token, verdict):
                self._parts.authorizer.judged(token, verdict)
            case e.TokenUnanswered(token):
                self._parts.authorizer.unanswered(token)
            case e.TransactionJudged():
                self._parts.judgement.judged(event)
            case e.TokenGreeted(token, text):
                self._parts.prices.greeted(token, text)
            case e.TransactionPriced(transaction, cost, text):
                self._parts.prices.told(transaction, cost, text)
            case e.PriorityGiven():
                self._parts.transactions.prioritized(event)
            case e.ClockCorrected(jump_s):
                self._clock_corrected(jump_s)
            case e.CsmsReached() | e.CsmsUnreached():
                self._parts.credentials.attempted(event)
                self._parts.networks.attempted(event)
            case e.SettingsHeld():
                self._parts.desk.hold(event)
            case e.CredentialsHeld():
                self._parts.credentials.hold(event)
                self._parts.renewals.hold(event)
            case e.SigningAnswered():
                self._parts.renewals.answered(event)
            case e.SigningOver(to):
                self._parts.renewals.over(to)
            case e.SecurityIncident(kind, info):
                self._parts.security.saw(kind, info)
            case _:
                assert_never(event)

    def _from_transfer(self, event: e.TransferEvent) -> None:
        match event:
            case e.FirmwareFetched(job):
                self._parts.firmware.fetched(job)
            case e.FirmwareFetchFailed(job):
                self._parts.firmware.fetch_failed(job)
            case e.FirmwareChecked(job, verdict, version):
                self._parts.firmware.checked(job, verdict, version)
            case e.FirmwareInstalled(job):
                self._parts.firmware.installed(job)
            case e.FirmwareInstallFailed(job):
                self._parts.firmware.install_failed(job)
            case e.FirmwareStatusTold(status, id_):
                self._parts.firmware.told(status, id_)
            case e.LogUploaded(job):
                self._parts.uploads.done(job)
            case e.LogUploadFailed(job, status):
                self._parts.uploads.failed(job, status)
            case e.UploadStatusTold(kind, status, id_):
                self._parts.uploads.told(kind, status, id_)
            case _:
                assert_never(event)

    def _from_surroundings(self, event: SurroundingsEvent) -> None:
        match event:
            case TemperatureRead(celsius):
                self._parts.climate.read(celsius)
            case ResidualChanged(number, tripped):
                self._parts.residual.changed(self._parts.facts.evses[number], tripped=tripped)
            case _:
                assert_never(event)

    def _from_payment(self, event: w.PaymentEvent) -> None:
        match event:
            case w.PaymentCardPresented():
                self._parts.payments.present(event)
            case w.PaymentApproved():
                self._parts.payments.approved(event)
            case w.PaymentConfirmed(payment):
                self._parts.payments.confirmed(payment)
            case w.PaymentCancelled(payment):
                self._parts.payments.cancelled(payment)
            case w.PaymentCaptured():
                self._parts.payments.captured(event)
            case w.PaymentFailed():
                self._parts.payments.failed(event)
            case _:
                assert_never(event)

    def _link(self, *, online: bool) -> None:
        if online is not self._parts.facts.online:
            self._parts.facts.online = online
            self._parts.facts.tell(LinkChanged(online))

    def _clock_corrected(self, jump_s: float) -> None:
        self._parts.metering.plan_aligned()
        self._parts.reservations.plan()
        self._parts.renewals.plan()
        self._parts.firmware.clock_corrected()
        self._parts.monitoring.clock_corrected()
        self._parts.charging.external_limits.clock_corrected(jump_s)
        self._parts.payments.clock_corrected(jump_s)
        if abs(jump_s) > self._parts.facts.values[REPORTED_JUMP]:
            self._parts.security.saw(
                SecurityKind.CLOCK_SET, f"The clock was set by {jump_s:+.0f} s."
            )

    def _fault(self, number: int, code: int) -> None:
        if code in TAMPERING and code not in self._faults(number):
            self._parts.security.saw(SecurityKind.TAMPERED, FAULTS[code].info)
        self._faults(number).add(code)

    def _faults(self, number: int) -> set[int]:
        return self._parts.facts.evses[number].faults if number else self._parts.facts.faults

    def _power_up(self) -> None:
        reason = StopReason.POWER_LOSS if self._parts.saved.restart is None else StopReason.REBOOT
        for transaction in self._parts.saved.transactions:
            self._parts.transactions.interrupted(transaction, reason)
        self._parts.payments.power_up(self._parts.saved.transactions)
        if self._parts.saved.restart:
            self._parts.facts.keep(RestartPlanned(None))
        self._parts.security.saw(
            SecurityKind.STARTED, f"The reason is {self._parts.boot_reason.value}."
        )
        for evse in self._parts.facts.evses.values():
            self._parts.supply.release(evse)
        started(self._parts.facts)
        self._parts.desk.mend()
        self._parts.desk.dim()
        self._parts.energy.grid.power_up()
        self._parts.metering.plan_aligned()
        self._parts.firmware.power_up()
        self._parts.monitoring.power_up()
        self._parts.reservations.plan()
