"""What the station answers to each request."""

from __future__ import annotations

from typing import Any

from laadpaal.properties import authorization as auth_rows
from laadpaal.properties import metering as meter_rows
from laadpaal.properties.book import setting
from laadpaal.properties.comms import HEARTBEAT_INTERVAL
from laadpaal.properties.networks import NETWORK_PRIORITY
from laadpaal.properties.panel import LIGHT_INTENSITY
from laadpaal.properties.rows import Access, Scope, Setting
from laadpaal.station.actions import DimLights
from laadpaal.station.answers import (
    Accepted,
    AfterRestart,
    Answer,
    Reason,
    Refused,
    Scheduled,
    Unlocking,
)
from laadpaal.station.authorization import Authorizer
from laadpaal.station.bonds import bound, mended
from laadpaal.station.choices import unfit
from laadpaal.station.chronicle import changed
from laadpaal.station.credentials import ROWS as CREDENTIALS
from laadpaal.station.credentials import Credentials
from laadpaal.station.events import SettingsHeld
from laadpaal.station.evse import Authorization, Evse, Waiting
from laadpaal.station.facts import Facts
from laadpaal.station.faults import Stops
from laadpaal.station.metering import Metering
from laadpaal.station.networks import Networks
from laadpaal.station.notices import SettingChanged, SettingMended, SettingReverted
from laadpaal.station.profiles import Profiles
from laadpaal.station.records import AvailabilityWritten, SettingWritten
from laadpaal.station.requests import (
    ChangeAvailability,
    ReportMeter,
    StartCharging,
    StopCharging,
    UnlockConnector,
    WriteSetting,
)
from laadpaal.station.status import connector_status
from laadpaal.station.transactions import Transactions
from laadpaal.station.words import By, Context, Status, StopReason, Trigger

_EITHER = meter_rows.ENDED_AS_TOLD.id
_ALIGNED = {meter_rows.ALIGNED_INTERVAL.id, meter_rows.ENDED_ALIGNED_INTERVAL.id, _EITHER}
_SAMPLED = {meter_rows.SAMPLE_INTERVAL.id, meter_rows.ENDED_INTERVAL.id, _EITHER}
_SHOWN = 40
"""Characters of a text that is no value; more is not told of it."""
_NOT_REGISTERED = Refused(Reason.NOT_REGISTERED, "the CSMS has not accepted this station")


class Desk:
    """Answers wishes; whatever it changes is settled at the end of the turn."""

    def __init__(
        self,
        facts: Facts,
        authorizer: Authorizer,
        metering: Metering,
        transactions: Transactions,
        profiles: Profiles,
        credentials: Credentials,
        networks: Networks,
    ) -> None:
        self._facts = facts
        self._authorizer = authorizer
        self._profiles = profiles
        self._metering = metering
        self._transactions = transactions
        self._credentials = credentials
        self._networks = networks

    def start(self, wish: StartCharging) -> Answer:
        """Authorize a token from afar (1.6 section 5.11, 2.0.1 F01, F02)."""
        if wish.by is By.REMOTE and not self._facts.online:
            return _NOT_REGISTERED
        if not wish.token.readable:
            return Refused(Reason.BAD_TOKEN, "the token is not a readable text")
        if self._authorizer.master(wish.token, wish.group):
            return Refused(Reason.BAD_TOKEN, "a master pass starts nothing")
        evse = self._choose(wish)
        if isinstance(evse, Refused):
            return evse
        # Without smart charging what comes along is ignored (2.0.1 F01).
        profile = wish.profile if self._profiles.used else None
        if profile and (refused := self._profiles.of_start(profile)):
            return refused
        floating = wish.evse == 0 and not self._authorizer.bound(evse)
        if self._checks(wish):
            waiting = Waiting(wish.token, wish.remote_id, floating, profile, asked=True)
            self._authorizer.check(evse, waiting)
        else:
            self._authorizer.authorize(
                evse,
                Authorization(wish.token, wish.group, wish.remote_id, floating, profile=profile),
            )
        return Accepted(evse.transaction.id if evse.transaction else None)

    def _choose(self, wish: StartCharging) -> Evse | Refused:
        if wish.evse:
            evse = self._facts.evses.get(wish.evse)
            if evse is None:
                return Refused(Reason.UNKNOWN_EVSE, f"there is no EVSE {wish.evse}")
            return self._refusal(evse) or self._kept(evse, wish) or evse
        free = [e for e in self._facts.evses.values() if self._refusal(e) is None]
        free = [e for e in free if self._kept(e, wish) is None]
        if not free:
            return Refused(Reason.NO_FREE_EVSE, "no EVSE is free")
        own = self._authorizer.reserved(wish.token)
        if own and own in free:
            return own
        return next((e for e in free if e.cabled), free[0])

    def _checks(self, wish: StartCharging) -> bool:
        return wish.check and self._facts.values[auth_rows.CHECK_REMOTE_START]

    def _kept(self, evse: Evse, wish: StartCharging) -> Refused | None:
        """Refuse an EVSE that is kept for others; who is checked may yet turn out to be meant."""
        barred = self._authorizer.barred(evse, wish.token, wish.group, sure=not self._checks(wish))
        return Refused(Reason.RESERVED, f"EVSE {evse.number} is reserved") if barred else None

    def _refusal(self, evse: Evse) -> Refused | None:
        if evse.stopped_by(Stops.EVERYTHING):
            return Refused(Reason.FAULTED, f"EVSE {evse.number} has a fault")
        if evse.transaction and evse.transaction.ever_authorized:
            return Refused(Reason.OCCUPIED, f"EVSE {evse.number} has a transaction")
        if evse.waiting or evse.authorizing or evse.authorization:
            return Refused(Reason.AUTHORIZING, f"EVSE {evse.number} is being authorized")
        if not self._authorizer.takes(evse) or self._facts.restarting:
            return Refused(Reason.UNAVAILABLE, f"EVSE {evse.number} is out of use")
        return None

    def stop(self, wish: StopCharging) -> Answer:
        """End a running transaction's authorization (1.6 section 4.2, 2.0.1 B02, F03)."""
        if wish.by is By.REMOTE and not self._facts.online:
            return _NOT_REGISTERED
        evse = self._facts.evse_of(wish.transaction)
        if evse is None:
            detail = f"no transaction {wish.transaction} is running"
            return Refused(Reason.UNKNOWN_TRANSACTION, detail)
        trigger = Trigger.REMOTE_STOP if wish.by is By.REMOTE else Trigger.STOP_AUTHORIZED
        self._authorizer.end(evse, trigger, wish.reason)
        return Accepted(wish.transaction)

    def unlock(self, wish: UnlockConnector) -> Answer:
        """Open a lock; `LockSettled` tells how it went (1.6 section 5.18, 2.0.1 F05)."""
        outlet = self._facts.layout.connector(wish.evse, wish.connector)
        if outlet is None:
            return Refused(Reason.UNKNOWN_CONNECTOR, "there is no such connector")
        if not outlet.lockable:
            return Refused(Reason.FIXED_CABLE, "the cable is fixed")
        evse, here = self._facts.evses[wish.evse], self._facts.evses[wish.evse].connector
        if wish.connector == here:
            if evse.transaction and evse.authorization and not wish.stops:
                return Refused(Reason.OCCUPIED, "an authorized transaction is running")
            if evse.transaction or evse.authorization:
                self._authorizer.end(evse, Trigger.UNLOCK_COMMAND, StopReason.UNLOCK_COMMAND)
            evse.held = None
        if wish.connector != here or not evse.lock_wanted:
            evse.unlocking.add(wish.connector)
        return Unlocking(wish.evse, wish.connector)

    def availability(self, wish: ChangeAvailability) -> Answer:
        """Take parts in or out of use; a running transaction puts it off (2.0.1 G03, G04).

        So does somebody who prepares to charge, where the asker wants that (1.6 section 4.9).
        """
        if wish.evse and wish.evse not in self._facts.evses:
            return Refused(Reason.UNKNOWN_EVSE, f"there is no EVSE {wish.evse}")
        if wish.connector and self._facts.layout.connector(wish.evse, wish.connector) is None:
            return Refused(Reason.UNKNOWN_CONNECTOR, "there is no such connector")
        touched = [e for e in self._facts.evses.values() if _means(wish, e)]
        for evse in touched:
            self._prepare_part(evse, wish)
        for part in self._parts(wish):
            self._put_part(part, operative=wish.operative)
        delayed = not wish.operative and any(e.transaction or e.put_off for e in touched)
        return Scheduled() if delayed else Accepted()

    def _prepare_part(self, evse: Evse, wish: ChangeAvailability) -> None:
        """Decide what becomes of who is there; in use again, a plug may begin anew (1.6 H2)."""
        out = not self._facts.usable(evse)
        if wish.operative:
            evse.put_off = False
            evse.ended_since_plug = evse.ended_since_plug and not out
        elif wish.waits and not out:
            status = connector_status(self._facts, evse, evse.connector)
            evse.put_off = status is Status.PREPARING

    def _parts(self, wish: ChangeAvailability) -> list[tuple[int, int]]:
        if not wish.all_parts:
            return [(wish.evse, wish.connector)]
        return [(0, 0), *((number, 0) for number in self._facts.evses)]

    def _put_part(self, part: tuple[int, int], *, operative: bool) -> None:
        if operative == (part not in self._facts.inoperative):
            return
        self._facts.inoperative ^= {part}
        self._facts.keep(AvailabilityWritten(*part, operative))

    def write(self, wish: WriteSetting) -> Answer:
        """Write a setting through whatever face, and remember when that was."""
        answer = self._write(wish)
        if not isinstance(answer, Refused):
            changed(self._facts)
        return answer

    def _write(self, wish: WriteSetting) -> Answer:
        """Write it; the kind decides what is a value."""
        row = setting(wish.id)
        if row is None:
            return Refused(Reason.UNKNOWN_SETTING, f"there is no setting {wish.id}")
        if wish.evse and (row.scope is Scope.STATION or wish.evse not in self._facts.evses):
            return Refused(Reason.BAD_VALUE, f"{wish.id} has no value of an EVSE {wish.evse}")
        by_csms = wish.by is By.REMOTE
        closed = row.access is Access.STATION or (by_csms and row.access is Access.INSTALLER)
        if closed or self._facts.values.fixed(row):
            return Refused(Reason.READ_ONLY, f"{wish.id} cannot be written here")
        try:
            value = row.kind.parse(wish.text)
        except ValueError as wrong:
            if row.reverts:
                self._revert(row, wish.text)
            return Refused(Reason.BAD_VALUE, str(wrong))
        if why := unfit(row, value, self._facts.values, self._facts.layout):
            return Refused(Reason.BAD_VALUE, why)
        if row.id in CREDENTIALS:
            return self._credentials.write(row, value, wish.by)
        if row.id == NETWORK_PRIORITY.id and (barred := self._networks.barred(value)):
            return barred
        return self._store(row, value, wish.evse)

    def _store(self, row: Setting[Any], value: object, evse: int) -> Answer:
        """Keep a value that may be written, with what follows from it."""
        if row.restart:
            self._facts.keep(SettingWritten(row.id, evse, row.kind.show(value)))
            return self._put_off(row, evse, value)
        self._keep(row, value, evse)
        for other, follows in bound(row.id, self._facts.values):
            self._keep(other, follows)
        return Accepted()

    def _keep(self, row: Setting[Any], value: object, evse: int = 0) -> None:
        """Write a value down, and put it in force."""
        self._facts.keep(SettingWritten(row.id, evse, row.kind.show(value)))
        self._put(row, value, evse)

    def _put(self, row: Setting[Any], value: object, evse: int) -> None:
        """Put a value in force, and tell of it."""
        self._facts.values.put(row, value, evse)
        self._facts.tell(SettingChanged(row.id, evse, "" if row.secret else row.kind.show(value)))
        self._replan(row.id)

    def mend(self) -> None:
        """Put right the settings that do not go together, whoever left them so (S56)."""
        for row, value, why in mended(self._facts.values):
            self._keep(row, value)
            if why:
                self._facts.tell(SettingMended(row.id, row.kind.show(value), why))

    def _revert(self, row: Setting[Any], written: str) -> None:
        """Put the default in force, as somebody has written what is no value (S38)."""
        default = row.kind.show(row.default)
        self._facts.tell(SettingReverted(row.id, written[:_SHOWN], default))
        if self._facts.values[row] != row.default:
            self._keep(row, row.default)
            changed(self._facts)

    def _put_off(self, row: Setting[Any], evse: int, value: object) -> Answer:
        """Let a value wait for the restart; none waits for the one that is in force (S42)."""
        if value == self._facts.values.of(row, evse):
            self._facts.values.put(row, value, evse)
            self._facts.pending.pop((row.id, evse), None)
            return Accepted()
        self._facts.pending[row.id, evse] = value
        return AfterRestart()

    def hold(self, event: SettingsHeld) -> None:
        """Let other settings be fixed than before, and plan anew what they time."""
        self._facts.values.let_go(*event.freed)
        for id_, text in event.held:
            if row := setting(id_):
                self._facts.values.hold({id_: row.kind.parse(text)})
        for id_ in (*event.freed, *(id_ for id_, _ in event.held)):
            self._replan(id_)

    def keep_heartbeat(self, interval_s: int) -> None:
        """Keep the rhythm the CSMS asks for at boot; 0 leaves ours (1.6 section 4.2, 2.0.1 B01).

        A rhythm beyond the setting's bound is kept as that bound.
        """
        most_s = HEARTBEAT_INTERVAL.kind.high
        wanted_s = interval_s if most_s is None else min(interval_s, int(most_s))
        if wanted_s > 0 and wanted_s != self._facts.values[HEARTBEAT_INTERVAL]:
            self.write(WriteSetting(HEARTBEAT_INTERVAL.id, str(wanted_s), By.LOCAL))

    def _replan(self, row_id: str) -> None:
        """Plan anew what the changed setting times, and hand on what hardware does."""
        if row_id in _ALIGNED:
            self._metering.plan_aligned()
        if row_id in _SAMPLED:
            for evse in self._facts.evses.values():
                if evse.transaction:
                    self._transactions.sampling.plan(evse, evse.transaction)
        if row_id == LIGHT_INTENSITY.id:
            self.dim()

    def dim(self) -> None:
        """Tell the lights how bright to be."""
        percent = self._facts.values[LIGHT_INTENSITY]
        self._facts.step.actions.append(DimLights(percent))

    def report_meter(self, wish: ReportMeter) -> Answer:
        """Take and tell a sample because somebody asked."""
        evses = [e for e in self._facts.evses.values() if wish.evse in {0, e.number}]
        if wish.transactions:
            evses = [e for e in evses if e.transaction]
        if not evses:
            return Refused(Reason.UNKNOWN_EVSE, "there is nothing to report")
        at, why = self._facts.now.utc, Context.TRIGGER
        wanted = meter_rows.ALIGNED_MEASURANDS if wish.aligned else meter_rows.SAMPLED_MEASURANDS
        for evse in evses:
            if wish.transactions and evse.transaction:
                self._transactions.sampling.tell(evse, evse.transaction, Trigger.TRIGGER, why, at)
            else:
                self._metering.idle(evse, why, wanted, at)
        return Accepted()

    def connect_due(self, evse: Evse) -> None:
        """End an authorization nobody plugged in for."""
        self._authorizer.end(evse, Trigger.EV_CONNECT_TIMEOUT, StopReason.TIMEOUT)


def _means(wish: ChangeAvailability, evse: Evse) -> bool:
    return wish.evse in {0, evse.number} and wish.connector in {0, evse.connector}
