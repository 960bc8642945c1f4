"""Transactions: begun and ended by the edges of four conditions, and told step by step."""

from __future__ import annotations

from laadpaal.station import passing, points
from laadpaal.station.agenda import Due, Timer
from laadpaal.station.display import ScreenState
from laadpaal.station.events import PriorityGiven
from laadpaal.station.evse import Ending, Evse, Transaction
from laadpaal.station.facts import Facts
from laadpaal.station.faults import METER_FAULT, Fault, Stops
from laadpaal.station.metering import Metering
from laadpaal.station.notices import TransactionEnded, TransactionStarted, TransactionUpdated
from laadpaal.station.points import energy_wanted, held, locking, offer_wanted, powered
from laadpaal.station.records import OpenTransaction, TransactionClosed, TransactionSaved
from laadpaal.station.releasing import releasing
from laadpaal.station.sampling import Sampling
from laadpaal.station.words import ChargingState, StopReason, Token, Trigger

SUMMARY = "summary"
"""Owns the screen that sums up a transaction."""
SUMMARY_S = 10.0
ANSWER_S = 5.0
"""How long a vehicle may take to answer what it is offered first, before it counts as suspended."""

_CHARGING = ChargingState.CHARGING
Cause = tuple[Trigger, Token | None]


class Transactions:
    """Owns each EVSE's transaction."""

    def __init__(self, facts: Facts, metering: Metering) -> None:
        self._facts = facts
        self._metering = metering
        self.sampling = Sampling(facts, metering)

    def settle(self, evse: Evse) -> None:
        """Begin, update or end the EVSE's transaction by what has changed in this turn."""
        self._watch(evse)
        now = points.holding(self._facts, evse)
        tx, fault = evse.transaction, _grave(evse)
        if tx is None:
            evse.stop_reason = None
            if begins := (now - evse.conditions) & points.starts(self._facts, evse):
                if not self._ready(evse, begins):
                    return  # what would have begun it is kept until it can
                self._begin(evse, begins)
        elif evse.ending or fault or self._resting(evse) or points.over(self._facts, evse, now):
            self._finish(evse, tx, fault)
        else:
            self._update(evse, tx)
        evse.conditions = points.holding(self._facts, evse)
        evse.causes.clear()
        if evse.transaction and evse.transaction.powered_mono is None and powered(evse):
            evse.transaction.powered_mono = self._facts.now.mono

    def _watch(self, evse: Evse) -> None:
        """Give a vehicle that may charge its time to answer, once it is offered something."""
        if not evse.connected or evse.authorization is None:
            evse.answers_until, evse.signed = None, False
        elif energy_wanted(self._facts, evse):
            evse.answers_until = self._facts.now.mono
        elif evse.answers_until is None and offer_wanted(self._facts, evse):
            evse.answers_until = self._facts.now.mono + ANSWER_S
            self._facts.agenda.set(Timer(Due.VEHICLE, evse.number), evse.answers_until)

    def _ready(self, evse: Evse, begins: frozenset[str]) -> bool:
        """Tell whether a transaction may begin; without a meter nobody knows where it does.

        A plug that can be locked has to be, where it is the power path that begins it.
        """
        paths = {points.CLOSED, points.ENERGY, points.SIGNED}
        secured = held(evse) or not begins <= paths
        metered = evse.measurement is not None
        stopped = self._resting(evse) or evse.stopped_by(Stops.EVERYTHING)
        return secured and metered and not stopped and self._open(evse)

    def _resting(self, evse: Evse) -> bool:
        """Tell whether the EVSE is about to start anew, by itself or with the station."""
        return self._facts.restarting or evse.resetting

    def _open(self, evse: Evse) -> bool:
        """Tell whether somebody may begin here: nobody does at what is out of use."""
        return self._facts.usable(evse) or evse.put_off or evse.authorization is not None

    def state(self, evse: Evse) -> ChargingState:
        """Return what the vehicle and the EVSE do."""
        if not evse.connected:
            return ChargingState.IDLE
        if evse.authorization is None:
            return ChargingState.EV_CONNECTED
        if energy_wanted(self._facts, evse):
            return ChargingState.CHARGING
        if locking(self._facts, evse):
            return ChargingState.EV_CONNECTED
        if not (offer_wanted(self._facts, evse) or evse.waking):
            return ChargingState.SUSPENDED_EVSE
        answers_until = evse.answers_until or 0.0
        if self._facts.now.mono >= answers_until:
            return ChargingState.SUSPENDED_EV
        return ChargingState.SUSPENDED_EVSE if evse.change else ChargingState.EV_CONNECTED

    def _begin(self, evse: Evse, begins: frozenset[str]) -> None:
        now, state = self._facts.now, self.state(evse)
        if begins != {points.ENERGY}:
            state = _before_energy(state)
        tx = Transaction(next(self._facts.ids), now.utc, now.mono, evse.energy_wh, state)
        evse.transaction = tx
        self._metering.begin(evse)
        trigger, token = self._cause(evse)
        self._adopt(evse, tx)
        tx.told_connector = tx.told_begin = evse.cabled
        self._count(tx, tx.state)
        self._facts.tell(
            TransactionStarted(
                tx.id,
                evse.number,
                now.utc,
                self._seq(tx),
                trigger,
                tx.state,
                evse.connector if evse.cabled else None,
                token or tx.token,
                self._remote_id(evse),
                tx.meter_start_wh,
                not self._facts.online,
                self.sampling.first(evse, tx) if evse.cabled else None,
                self._reservation(evse),
                self._phases(evse, tx),
                evse.cable_a if evse.cabled else None,
            )
        )
        self.sampling.begin(evse, tx)

    def _adopt(self, evse: Evse, tx: Transaction) -> None:
        if evse.authorization:
            tx.token, tx.group = evse.authorization.token, evse.authorization.group
            tx.ever_authorized = True

    def _remote_id(self, evse: Evse) -> int | None:
        if evse.authorization is None:
            return None
        remote_id, evse.authorization.remote_id = evse.authorization.remote_id, None
        return remote_id

    def _reservation(self, evse: Evse) -> int | None:
        if evse.authorization is None:
            return None
        used, evse.authorization.reservation = evse.authorization.reservation, None
        return used

    def _cause(self, evse: Evse) -> Cause:
        """Return the one cause to tell: a remote start before what completed it."""
        if evse.authorization and evse.authorization.remote_id is not None:
            return Trigger.REMOTE_START, evse.authorization.token
        return evse.causes[-1] if evse.causes else (Trigger.CHARGING_STATE_CHANGED, None)

    def _update(self, evse: Evse, tx: Transaction) -> None:
        state = self.state(evse)
        causes: list[Cause] = list(evse.causes)
        if evse.authorization and not tx.ever_authorized:
            self._adopt(evse, tx)
        for trigger, token in causes:
            rate = trigger is Trigger.CHARGING_RATE_CHANGED
            beside = tx.state if rate else self._beside(tx, state)
            self._tell_update(evse, tx, trigger, token, beside)
        if state is not tx.state:
            self._tell_update(evse, tx, Trigger.CHARGING_STATE_CHANGED, None, state)

    @staticmethod
    def _beside(tx: Transaction, state: ChargingState) -> ChargingState:
        """Return the state to tell with something else: that energy begins is told by itself."""
        return state if tx.state is _CHARGING else _before_energy(state)

    def _tell_update(
        self,
        evse: Evse,
        tx: Transaction,
        trigger: Trigger,
        token: Token | None,
        state: ChargingState,
    ) -> None:
        was, changed = tx.state, state is not tx.state
        told = changed or trigger is Trigger.CHARGING_STATE_CHANGED
        self._count(tx, state)
        tx.state, tx.unsaved = state, True
        connector = evse.connector if evse.cabled and not tx.told_connector else None
        begin = self.sampling.first(evse, tx) if connector and not tx.told_begin else None
        tx.told_connector = tx.told_begin = tx.told_connector or connector is not None
        self._facts.tell(
            TransactionUpdated(
                tx.id,
                evse.number,
                self._facts.now.utc,
                self._seq(tx),
                trigger,
                state if told else None,
                not self._facts.online,
                connector,
                token,
                self._remote_id(evse),
                begin,
                self._phases(evse, tx),
                self._reservation(evse),
                evse.cable_a if connector else None,
                tx.charged_s if changed and _CHARGING in {state, was} else None,
            )
        )

    def _finish(self, evse: Evse, tx: Transaction, fault: Fault | None) -> None:
        """End a transaction as soon as its energy does, and for what it was to end at first."""
        state, ending = self.state(evse), tx.ending or self._ending(evse, fault)
        if tx.ending is None:
            evse.stop_reason, tx.ending, tx.unsaved = ending.reason, ending, True
        if not releasing(self._facts, evse):
            self._end(evse, tx, state, ending)

    def _ending(self, evse: Evse, fault: Fault | None) -> Ending:
        if fault:
            return Ending(Trigger.ABNORMAL_CONDITION, None, fault.reason)
        return Ending(*self._cause(evse), evse.stop_reason or self._reason(evse))

    def _end(self, evse: Evse, tx: Transaction, state: ChargingState, ending: Ending) -> None:
        now = self._facts.now
        self._count(tx, state)
        self._facts.tell(
            TransactionEnded(
                tx.id,
                evse.number,
                now.utc,
                self._seq(tx),
                ending.trigger,
                ending.reason,
                state if state is not tx.state else None,
                ending.token,
                max(evse.energy_wh, tx.meter_start_wh),
                not self._facts.online,
                self.sampling.last(evse, tx),
                tx.charged_s,
            )
        )
        self._close(evse, tx)

    def _close(self, evse: Evse, tx: Transaction) -> None:
        self._facts.keep(TransactionClosed(tx.id))
        evse.summary_wh = int(evse.energy_wh - tx.meter_start_wh)
        evse.summary_s = int(self._facts.now.mono - tx.started_mono)
        evse.transaction, evse.authorization, evse.stop_reason = None, None, None
        evse.ended_since_plug = evse.cabled
        self._facts.agenda.cancel(Timer(Due.CONNECT, evse.number))
        passing.show(self._facts, evse, ScreenState.SUMMARY, SUMMARY, SUMMARY_S)

    def _reason(self, evse: Evse) -> StopReason:
        if not evse.connected:
            return StopReason.EV_DISCONNECTED
        if evse.transaction and evse.transaction.blocked:
            return StopReason.DEAUTHORIZED
        return StopReason.STOPPED_BY_EV if offer_wanted(self._facts, evse) else StopReason.OTHER

    def _seq(self, tx: Transaction) -> int:
        """Return the number of the next notice, which keeps the count by being durable itself."""
        seq, tx.next_seq = tx.next_seq, tx.next_seq + 1
        return seq

    def save(self, evse: Evse) -> None:
        """Keep the open transaction as it is, when this turn changed it."""
        tx = evse.transaction
        if tx is None or not tx.unsaved:
            return
        tx.unsaved = False
        self._facts.keep(TransactionSaved(_open(evse, tx, self._facts.now.utc)))

    def _count(self, tx: Transaction, state: ChargingState) -> None:
        """Count the time in which energy flows, which ends or begins with the new state."""
        now = self._facts.now.mono
        tx.charged_s = tx.charged_for(now)
        tx.charging_since = now if state is _CHARGING else None

    def _phases(self, evse: Evse, tx: Transaction) -> int | None:
        """Return the lines in use, once energy flows, and again when they are others."""
        if tx.state is not _CHARGING or evse.phases == tx.told_phases:
            return None
        tx.told_phases = evse.phases
        return evse.phases

    def prioritized(self, event: PriorityGiven) -> None:
        """Take the CSMS's word on how much a transaction matters; it dies with it (2.0.1 K)."""
        evse = self._facts.evse_of(event.transaction)
        if evse and evse.transaction:
            evse.transaction.priority = event.priority

    def interrupted(self, saved: OpenTransaction, reason: StopReason) -> None:
        """End a transaction that a power cut or restart found open, with what was saved of it."""
        self._facts.tell(
            TransactionEnded(
                saved.id,
                saved.evse,
                saved.at,
                saved.next_seq,
                Trigger.ABNORMAL_CONDITION,
                saved.ending or reason,
                None,
                None,
                saved.meter_wh,
                offline=True,
                samples=self.sampling.last_saved(saved),
            )
        )
        self._facts.keep(TransactionClosed(saved.id))


def _grave(evse: Evse) -> Fault | None:
    """Return the fault that ends a transaction; a silent meter may come back and tell its end."""
    return next(
        (f for f in evse.present() if f.stops is Stops.EVERYTHING and f.code != METER_FAULT), None
    )


def _before_energy(state: ChargingState) -> ChargingState:
    return ChargingState.EV_CONNECTED if state is _CHARGING else state


def _open(evse: Evse, tx: Transaction, at: float) -> OpenTransaction:
    return OpenTransaction(
        tx.id,
        evse.number,
        tx.started_at,
        tx.next_seq,
        tx.state,
        tx.meter_start_wh,
        max(evse.energy_wh, tx.meter_start_wh),
        at,
        evse.connector if tx.told_connector else None,
        tx.token,
        tx.group,
        evse.authorization is not None,
        evse.stop_reason,
        allowed_wh=tx.allowed_wh,
    )
