"""What an open transaction tells of its meter, and what it keeps for its end."""

from __future__ import annotations

import math

from laadpaal.properties import metering as rows
from laadpaal.properties.rows import Setting
from laadpaal.station.agenda import Due, Timer
from laadpaal.station.evse import Evse, Transaction
from laadpaal.station.facts import Facts
from laadpaal.station.measurement import Measurand, Sample, Value
from laadpaal.station.metering import Metering, Wanted, measurands
from laadpaal.station.notices import TransactionSampled
from laadpaal.station.records import EnergyCheckpoint, OpenTransaction, SampleKept, SamplesDropped
from laadpaal.station.words import Context, Trigger

CHECKPOINT_S = 60.0
_TIMERS = (Due.SAMPLE, Due.ENDED_SAMPLE, Due.CHECKPOINT)


class Sampling:
    """Owns the timers and samples of open transactions."""

    def __init__(self, facts: Facts, metering: Metering) -> None:
        self._facts = facts
        self._metering = metering

    def begin(self, evse: Evse, tx: Transaction) -> None:
        """Keep what the meter says at the beginning, and plan what follows."""
        self._keep(evse, tx, Context.BEGIN, rows.ENDED_MEASURANDS)
        self.plan(evse, tx)
        self._again(Due.CHECKPOINT, evse, CHECKPOINT_S)

    def first(self, evse: Evse, tx: Transaction) -> Sample | None:
        """Return what is told of the beginning, once it is known where that was."""
        at = self._facts.now.utc
        sample = self._metering.sample(evse, Context.BEGIN, rows.STARTED_MEASURANDS, at)
        return self._metering.told(tx, sample) if sample else None

    def last(self, evse: Evse, tx: Transaction) -> tuple[Sample, ...]:
        """Return what is told at the end, which is now."""
        self._keep(evse, tx, Context.END, rows.ENDED_MEASURANDS)
        for due in _TIMERS:
            self._facts.agenda.cancel(Timer(due, evse.number))
        return tuple(self._metering.told(tx, sample) for sample in tx.samples)

    def last_saved(self, saved: OpenTransaction) -> tuple[Sample, ...]:
        """Return what is told at an end that nobody measured: of the meter, what was saved last."""
        register = Value(Measurand.ENERGY, saved.meter_wh, "Wh")
        names = measurands(self._facts.values, rows.ENDED_MEASURANDS)
        if not any(name in names for name in register.names):
            return saved.samples
        return (*saved.samples, Sample(saved.at, Context.END, (register,)))

    def plan(self, evse: Evse, tx: Transaction) -> None:
        """Plan the next samples, counted from the beginning of the transaction."""
        for due in (Due.SAMPLE, Due.ENDED_SAMPLE):
            self._plan(due, evse, tx)

    def _plan(self, due: Due, evse: Evse, tx: Transaction) -> None:
        timer, interval_s = Timer(due, evse.number), self._facts.values[self._interval(due)]
        if interval_s == 0:
            self._facts.agenda.cancel(timer)
            return
        # Rounding may put now a hair before the instant that has just come: not that one again.
        steps = math.floor((self._facts.now.mono - tx.started_mono) / interval_s + 1e-6) + 1
        self._facts.agenda.set(timer, tx.started_mono + steps * interval_s)

    def _interval(self, due: Due) -> Setting[int]:
        return rows.SAMPLE_INTERVAL if due is Due.SAMPLE else self._metering.ended_interval()

    def _again(self, due: Due, evse: Evse, wait_s: float) -> None:
        self._facts.agenda.set(Timer(due, evse.number), self._facts.now.mono + wait_s)

    def sample_due(self, evse: Evse, tx: Transaction) -> None:
        """Tell the sample that has come due, and plan the next."""
        at = self._facts.now.utc
        self.tell(evse, tx, Trigger.METER_VALUE_PERIODIC, Context.PERIODIC, at)
        # That one alone: the other may be due in this very turn, and would be put off.
        self._plan(Due.SAMPLE, evse, tx)

    def ended_sample_due(self, evse: Evse, tx: Transaction) -> None:
        """Keep the sample that has come due for the end, and plan the next."""
        self._keep(evse, tx, Context.PERIODIC, rows.ENDED_MEASURANDS)
        self._plan(Due.ENDED_SAMPLE, evse, tx)

    def checkpoint(self, evse: Evse, tx: Transaction) -> None:
        """Save the register of an open transaction."""
        self._facts.keep(EnergyCheckpoint(tx.id, evse.energy_wh, self._facts.now.utc))
        self._again(Due.CHECKPOINT, evse, CHECKPOINT_S)

    def tell(
        self, evse: Evse, tx: Transaction, trigger: Trigger, context: Context, at: float
    ) -> None:
        """Tell a sample as part of the open transaction, if it has values."""
        clock = context is Context.CLOCK
        wanted = rows.ALIGNED_MEASURANDS if clock else rows.SAMPLED_MEASURANDS
        sample = self._metering.sample(evse, context, wanted, at)
        if sample is None:
            return
        seq, tx.next_seq = tx.next_seq, tx.next_seq + 1
        self._facts.tell(
            TransactionSampled(
                tx.id,
                evse.number,
                at,
                seq,
                trigger,
                not self._facts.online,
                self._metering.told(tx, sample),
                evse.energy_wh,
                tx.state if trigger is Trigger.TRIGGER else None,
            )
        )

    def keep_aligned(self, evse: Evse, tx: Transaction, at: float) -> None:
        """Keep a clock-aligned sample for the end of the transaction."""
        self._keep(evse, tx, Context.CLOCK, rows.ENDED_ALIGNED_MEASURANDS, at)

    def _keep(
        self,
        evse: Evse,
        tx: Transaction,
        context: Context,
        row: Wanted,
        at: float | None = None,
    ) -> None:
        at = self._facts.now.utc if at is None else at
        sample = self._metering.sample(evse, context, row, at)
        if sample is None:
            return
        number, dropped = tx.samples.add(sample, self._facts.values[rows.ENDED_MOST])
        if context is Context.END:
            return  # it is told in this very turn
        self._facts.keep(SampleKept(tx.id, number, sample))
        if dropped:
            self._facts.keep(SamplesDropped(tx.id, dropped))
