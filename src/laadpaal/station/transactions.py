"""Transactions: begun and ended by the edges of four conditions, and told step by step."""

from __future__ import annotations

import math

from laadpaal.properties import metering as meter_rows
from laadpaal.properties import transactions as rows
from laadpaal.properties.rows import Setting
from laadpaal.station.agenda import Due, Timer
from laadpaal.station.display import ScreenState
from laadpaal.station.evse import Evse, Transaction
from laadpaal.station.facts import Facts
from laadpaal.station.faults import METER_FAULT, Fault, Stops
from laadpaal.station.metering import Metering
from laadpaal.station.notices import (
    TransactionEnded,
    TransactionSampled,
    TransactionStarted,
    TransactionUpdated,
)
from laadpaal.station.records import (
    EnergyCheckpoint,
    OpenTransaction,
    SampleKept,
    SamplesDropped,
    TransactionClosed,
    TransactionSaved,
)
from laadpaal.station.words import ChargingState, Context, Pilot, StopReason, Token, Trigger

CHECKPOINT_S = 60.0
SUMMARY_S = 10.0
_CONNECTED, _AUTHORIZED, _CLOSED, _ENERGY = rows.POINTS

Cause = tuple[Trigger, Token | None]


def energy_wanted(facts: Facts, evse: Evse) -> bool:
    """Tell whether the contactor is to be closed: authorized, asked for, allowed, safe."""
    return (
        offer_wanted(facts, evse)
        and evse.pilot in {Pilot.C, Pilot.D}
        and evse.measurement is not None
    )


def offer_wanted(facts: Facts, evse: Evse) -> bool:
    """Tell whether the pilot is to offer current."""
    blocked = evse.transaction is not None and evse.transaction.blocked
    faulty = evse.stopped_by(Stops.EVERYTHING) or evse.stopped_by(Stops.ENERGY)
    if facts.restarting or blocked or faulty or not evse.authorization:
        return False
    return evse.connected and evse.offer.enough


class Transactions:
    """Owns each EVSE's transaction."""

    def __init__(self, facts: Facts, metering: Metering) -> None:
        self._facts = facts
        self._metering = metering

    def settle(self, evse: Evse) -> None:
        """Begin, update or end the EVSE's transaction by what has changed in this turn."""
        before, now = evse.conditions, self._conditions(evse)
        tx, fault = evse.transaction, _grave(evse)
        if tx is None:
            evse.stop_reason = None
            if begins := (now - before) & self._starts():
                if not self._ready(evse, begins):
                    return  # what would have begun it is kept until it can
                self._begin(evse)
        elif fault or self._facts.restarting or evse.resetting or self._over(before, now):
            self._end(evse, tx, fault)
        else:
            self._update(evse, tx)
        evse.conditions = self._conditions(evse)
        evse.causes.clear()

    def _starts(self) -> set[str]:
        """Return what begins a transaction; energy always does, as it never flows outside one."""
        return {*self._facts.values[rows.START_POINT], _ENERGY}

    def stops(self) -> set[str]:
        """Return the conditions of which the first that is lost ends a transaction."""
        stops = {*self._facts.values[rows.STOP_POINT]}
        return stops | {_CONNECTED, _AUTHORIZED} if _CLOSED in stops else stops

    def _over(self, before: frozenset[str], now: frozenset[str]) -> bool:
        """Tell whether a stop point is lost, or whether nothing is left that could be lost."""
        return bool((before - now) & self.stops()) or not now & {_CONNECTED, _AUTHORIZED}

    def _ready(self, evse: Evse, begins: frozenset[str]) -> bool:
        """Tell whether a transaction may begin; without a meter nobody knows where it does.

        A plug that can be locked has to be, where it is the power path that begins it.
        """
        held = evse.locked or not evse.lockable or not begins <= {_CLOSED, _ENERGY}
        metered = evse.measurement is not None
        resting = self._facts.restarting or evse.resetting
        return held and metered and not resting and not evse.stopped_by(Stops.EVERYTHING)

    def _conditions(self, evse: Evse) -> frozenset[str]:
        authorized, connected = evse.authorization is not None, evse.connected
        holds = {
            _CONNECTED: connected,
            _AUTHORIZED: authorized,
            _CLOSED: authorized and connected,
            _ENERGY: energy_wanted(self._facts, evse),
        }
        return frozenset(name for name, true in holds.items() if true)

    def state(self, evse: Evse) -> ChargingState:
        """Return what the vehicle and the EVSE do."""
        if not evse.connected:
            return ChargingState.IDLE
        if evse.authorization is None:
            return ChargingState.EV_CONNECTED
        if energy_wanted(self._facts, evse):
            return ChargingState.CHARGING
        if offer_wanted(self._facts, evse):
            return ChargingState.SUSPENDED_EV
        return ChargingState.SUSPENDED_EVSE

    def _begin(self, evse: Evse) -> None:
        now = self._facts.now
        tx = Transaction(next(self._facts.ids), now.utc, now.mono, evse.energy_wh, self.state(evse))
        evse.transaction = tx
        self._metering.begin(evse)
        trigger, token = self._cause(evse)
        self._adopt(evse, tx)
        tx.told_connector = evse.cabled
        begin = self._metering.sample(evse, Context.BEGIN, meter_rows.STARTED_MEASURANDS, now.utc)
        self._keep_sample(evse, tx, Context.BEGIN, meter_rows.ENDED_MEASURANDS)
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
                begin if evse.cabled else None,
                self._reservation(evse),
            )
        )
        tx.told_begin = evse.cabled
        self._plan(evse, tx)

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
        if not causes and state is not tx.state:
            causes = [(Trigger.CHARGING_STATE_CHANGED, None)]
        for trigger, token in causes:
            self._tell_update(evse, tx, trigger, token, state)

    def _tell_update(
        self,
        evse: Evse,
        tx: Transaction,
        trigger: Trigger,
        token: Token | None,
        state: ChargingState,
    ) -> None:
        now, changed = self._facts.now, state is not tx.state
        tx.state, tx.unsaved = state, True
        connector = evse.connector if evse.cabled and not tx.told_connector else None
        begin = None
        if connector and not tx.told_begin:
            begin = self._metering.sample(
                evse, Context.BEGIN, meter_rows.STARTED_MEASURANDS, now.utc
            )
        tx.told_connector = tx.told_begin = tx.told_connector or connector is not None
        self._facts.tell(
            TransactionUpdated(
                tx.id,
                evse.number,
                now.utc,
                self._seq(tx),
                trigger,
                state if changed else None,
                not self._facts.online,
                connector,
                token,
                self._remote_id(evse),
                begin,
                evse.phases if changed and state is ChargingState.CHARGING else None,
                self._reservation(evse),
            )
        )

    def _end(self, evse: Evse, tx: Transaction, fault: Fault | None) -> None:
        now, state = self._facts.now, self.state(evse)
        trigger, token = (Trigger.ABNORMAL_CONDITION, None) if fault else self._cause(evse)
        reason = fault.reason if fault else evse.stop_reason or self._reason(evse)
        self._keep_sample(evse, tx, Context.END, meter_rows.ENDED_MEASURANDS)
        self._facts.tell(
            TransactionEnded(
                tx.id,
                evse.number,
                now.utc,
                self._seq(tx),
                trigger,
                reason,
                state if state is not tx.state else None,
                token,
                max(evse.energy_wh, tx.meter_start_wh),
                not self._facts.online,
                tuple(tx.samples),
            )
        )
        self._close(evse, tx)

    def _close(self, evse: Evse, tx: Transaction) -> None:
        self._facts.keep(TransactionClosed(tx.id))
        evse.summary_wh = int(evse.energy_wh - tx.meter_start_wh)
        evse.transaction, evse.authorization, evse.stop_reason = None, None, None
        evse.ended_since_plug = evse.cabled
        for due in (Due.SAMPLE, Due.ENDED_SAMPLE, Due.CHECKPOINT, Due.CONNECT):
            self._facts.agenda.cancel(Timer(due, evse.number))
        evse.passing = ScreenState.SUMMARY
        self._facts.agenda.set(Timer(Due.DISPLAY, evse.number), self._facts.now.mono + SUMMARY_S)

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

    def _plan(self, evse: Evse, tx: Transaction) -> None:
        self.plan_samples(evse, tx)
        self._again(Due.CHECKPOINT, evse, CHECKPOINT_S)

    def plan_samples(self, evse: Evse, tx: Transaction) -> None:
        """Plan the next samples, counted from the beginning of the transaction."""
        for due in (Due.SAMPLE, Due.ENDED_SAMPLE):
            self._plan_sample(due, evse, tx)

    def _plan_sample(self, due: Due, evse: Evse, tx: Transaction) -> None:
        told = due is Due.SAMPLE
        row = meter_rows.SAMPLE_INTERVAL if told else self._metering.ended_interval()
        timer, interval_s = Timer(due, evse.number), self._facts.values[row]
        if interval_s == 0:
            self._facts.agenda.cancel(timer)
            return
        # Rounding may put now a hair before the instant that has just come: not that one again.
        steps = math.floor((self._facts.now.mono - tx.started_mono) / interval_s + 1e-6) + 1
        self._facts.agenda.set(timer, tx.started_mono + steps * interval_s)

    def _again(self, due: Due, evse: Evse, wait_s: float) -> None:
        self._facts.agenda.set(Timer(due, evse.number), self._facts.now.mono + wait_s)

    def sample_due(self, evse: Evse, tx: Transaction) -> None:
        """Tell the sample that has come due, and plan the next."""
        at = self._facts.now.utc
        self.tell_sample(evse, tx, Trigger.METER_VALUE_PERIODIC, Context.PERIODIC, at)
        # That one alone: the other may be due in this very turn, and would be put off.
        self._plan_sample(Due.SAMPLE, evse, tx)

    def ended_sample_due(self, evse: Evse, tx: Transaction) -> None:
        """Keep the sample that has come due for the end, and plan the next."""
        self._keep_sample(evse, tx, Context.PERIODIC, meter_rows.ENDED_MEASURANDS)
        self._plan_sample(Due.ENDED_SAMPLE, evse, tx)

    def checkpoint(self, evse: Evse, tx: Transaction) -> None:
        """Save the register of an open transaction."""
        self._facts.keep(EnergyCheckpoint(tx.id, evse.energy_wh, self._facts.now.utc))
        self._again(Due.CHECKPOINT, evse, CHECKPOINT_S)

    def tell_sample(
        self, evse: Evse, tx: Transaction, trigger: Trigger, context: Context, at: float
    ) -> None:
        """Tell a sample as part of the open transaction, if it has values."""
        clock = context is Context.CLOCK
        wanted = meter_rows.ALIGNED_MEASURANDS if clock else meter_rows.SAMPLED_MEASURANDS
        sample = self._metering.sample(evse, context, wanted, at)
        if sample:
            state = tx.state if trigger is Trigger.TRIGGER else None
            self._facts.tell(
                TransactionSampled(
                    tx.id,
                    evse.number,
                    at,
                    self._seq(tx),
                    trigger,
                    not self._facts.online,
                    sample,
                    evse.energy_wh,
                    state,
                )
            )

    def keep_aligned(self, evse: Evse, tx: Transaction, at: float) -> None:
        """Keep a clock-aligned sample for the end of the transaction."""
        self._keep_sample(evse, tx, Context.CLOCK, meter_rows.ENDED_ALIGNED_MEASURANDS, at)

    def _keep_sample(
        self,
        evse: Evse,
        tx: Transaction,
        context: Context,
        row: Setting[tuple[str, ...]],
        at: float | None = None,
    ) -> None:
        at = self._facts.now.utc if at is None else at
        sample = self._metering.sample(evse, context, row, at)
        if sample is None:
            return
        number, dropped = tx.samples.add(sample, self._facts.values[meter_rows.ENDED_MOST])
        if context is Context.END:
            return  # it is told in this very turn
        self._facts.keep(SampleKept(tx.id, number, sample))
        if dropped:
            self._facts.keep(SamplesDropped(tx.id, dropped))

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
                samples=saved.samples,
            )
        )
        self._facts.keep(TransactionClosed(saved.id))


def _grave(evse: Evse) -> Fault | None:
    """Return the fault that ends a transaction; a silent meter may come back and tell its end."""
    return next(
        (f for f in evse.present() if f.stops is Stops.EVERYTHING and f.code != METER_FAULT), None
    )


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
