"""Samples: what of a measurement is told, and when the next is due."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from laadpaal.properties import metering as rows
from laadpaal.properties.rows import Setting
from laadpaal.properties.values import Values
from laadpaal.station.agenda import Due, Timer
from laadpaal.station.evse import Evse, Transaction
from laadpaal.station.facts import Facts
from laadpaal.station.faults import METER_FAULT
from laadpaal.station.measurement import Measurand, Measurement, Sample, SignedData, Value
from laadpaal.station.notices import MeterSampled, MeterSilent, PhasesDetected
from laadpaal.station.phases import wired
from laadpaal.station.points import unsigned
from laadpaal.station.words import Context, Trigger

DAY_S = 86_400
ROUNDING_S = 1e-3
_LINES = ("L1", "L2", "L3")

TOLD, KEPT = Timer(Due.ALIGNED, 0), Timer(Due.ALIGNED, 1)
"""Clock-aligned samples are told to the CSMS, and kept for the end, each in its own rhythm."""

Wanted = Setting[tuple[str, ...]]
_OF_CLOCK = {rows.ALIGNED_MEASURANDS.id, rows.ENDED_ALIGNED_MEASURANDS.id}


def measurands(values: Values, wanted: Wanted) -> tuple[str, ...]:
    """Return what is to be told by that row, which is nothing where its kind is switched off."""
    enabled = rows.ALIGNED_ENABLED if wanted.id in _OF_CLOCK else rows.SAMPLED_ENABLED
    return values[wanted] if values[enabled] else ()


class Metering:
    """Owns the meters' facts and the sampling timers."""

    def __init__(self, facts: Facts) -> None:
        self._facts = facts

    def read(self, evse: Evse, measurement: Measurement) -> None:
        """Keep a measurement; the first one with supply tells how the EVSE is wired (S16)."""
        if measurement.energy_wh < evse.energy_wh:
            return  # a register never runs backwards: a frame for another meter, or a broken one
        evse.measurement, evse.measured_at = measurement, self._facts.now.utc
        if measurement.signed:
            self._signed(evse)
        phases = wired(measurement.voltages_v) if not evse.installation_phases else None
        if phases:
            evse.installation_phases = phases
            self._facts.tell(PhasesDetected(evse.number, phases))

    def _signed(self, evse: Evse) -> None:
        """Take note of a signed value; one that was waited for begins a transaction."""
        if not evse.connected or evse.authorization is None:
            return
        if unsigned(self._facts, evse):
            evse.causes.append((Trigger.SIGNED_DATA_RECEIVED, None))
        evse.signed = True

    def routine(self, number: int) -> bool:
        """Tell whether another measurement of that EVSE changes nothing but the numbers."""
        evse = self._facts.evses[number]
        known = evse.measurement is not None and evse.installation_phases
        counted = evse.transaction is not None and evse.transaction.allowed_wh is not None
        signs = evse.layout.signs and unsigned(self._facts, evse)
        return bool(known) and METER_FAULT not in evse.faults and not counted and not signs

    def silent(self, evse: Evse, *, lost: bool) -> None:
        """Take note that the meter stopped or resumed answering."""
        if lost == (METER_FAULT in evse.faults):
            return
        evse.faults ^= {METER_FAULT}
        self._facts.tell(MeterSilent(evse.number, lost))

    def sample(self, evse: Evse, context: Context, wanted: Wanted, at: float) -> Sample | None:
        """Return the wanted values as they are now, or None when there are none."""
        if evse.measurement is None:
            return None
        names = measurands(self._facts.values, wanted)
        interval_wh = evse.energy_wh - evse.registers_wh.get(wanted.id, evse.energy_wh)
        if context is not Context.TRIGGER:
            evse.registers_wh[wanted.id] = evse.energy_wh
        values = tuple(
            value
            for value in self._values(evse, evse.measurement, interval_wh)
            if any(name in names for name in value.names)
        )
        if not values:
            return None
        signed = self._vouched(evse.measurement, wanted, values)
        return Sample(at, context, values, signed, evse.offer.limit_a, evse.offer.because)

    def _vouched(
        self, measurement: Measurement, wanted: Wanted, values: tuple[Value, ...]
    ) -> SignedData | None:
        """Return what the meter has signed, where that is wanted and the register is told."""
        row = rows.SIGN_ALIGNED if wanted.id in _OF_CLOCK else rows.SIGN_SAMPLED
        registers = any(value.measurand is Measurand.ENERGY for value in values)
        return measurement.signed if registers and self._facts.values[row] else None

    def told(self, tx: Transaction | None, sample: Sample) -> Sample:
        """Return the sample with the public key of the meter or without, as is wanted (J)."""
        signed, when = sample.signed, self._facts.values[rows.PUBLIC_KEY]
        if signed is None:
            return sample
        again = tx is not None and tx.told_key
        if tx:
            tx.told_key = True
        if when == rows.EVERY or (when == rows.ONCE and not again):
            return sample
        return replace(sample, signed=replace(signed, public_key=""))

    def begin(self, evse: Evse) -> None:
        """Count the energy of a transaction's intervals from here on."""
        for row in (rows.STARTED_MEASURANDS, rows.SAMPLED_MEASURANDS, rows.ENDED_MEASURANDS):
            evse.registers_wh[row.id] = evse.energy_wh

    def _values(self, evse: Evse, m: Measurement, interval_wh: float) -> list[Value]:
        lines = range(evse.phases)
        offered_a = evse.offered_a or 0.0
        offered_w = sum(offered_a * m.voltages_v[line] for line in range(evse.wanted_phases))
        return [
            Value(Measurand.ENERGY, m.energy_wh, "Wh"),
            Value(Measurand.ENERGY_INTERVAL, interval_wh, "Wh"),
            Value(Measurand.POWER, m.power_w, "W"),
            *(Value(Measurand.CURRENT, m.currents_a[i], "A", _LINES[i]) for i in lines),
            *(Value(Measurand.VOLTAGE, m.voltages_v[i], "V", f"{_LINES[i]}-N") for i in lines),
            Value(Measurand.CURRENT_OFFERED, offered_a, "A"),
            Value(Measurand.POWER_OFFERED, offered_w, "W"),
            *_extras(m),
        ]

    def ended_interval(self) -> Setting[int]:
        """Return what times the samples kept for the end of a transaction."""
        as_told = self._facts.values[rows.ENDED_AS_TOLD]
        return rows.SAMPLE_INTERVAL if as_told else rows.ENDED_INTERVAL

    def plan_aligned(self) -> None:
        """Plan the next instants on the grid that starts at midnight UTC."""
        for timer in (TOLD, KEPT):
            self.plan_next(timer)

    def plan_next(self, timer: Timer) -> None:
        """Plan the next instant for the samples that are told, or for those that are kept."""
        interval_s = self._facts.values[self._aligned_interval(timer)]
        if interval_s == 0:
            self._facts.agenda.cancel(timer)
            return
        wait_s = grid(self._facts.now.utc, interval_s)[1] - self._facts.now.utc
        self._facts.agenda.set(timer, self._facts.now.mono + wait_s)

    def grid_at(self, timer: Timer) -> float:
        """Return the instant of the grid that has just come, in UTC."""
        return grid(self._facts.now.utc, self._facts.values[self._aligned_interval(timer)])[0]

    def _aligned_interval(self, timer: Timer) -> Setting[int]:
        kept_apart = timer == KEPT and not self._facts.values[rows.ENDED_AS_TOLD]
        return rows.ENDED_ALIGNED_INTERVAL if kept_apart else rows.ALIGNED_INTERVAL

    def only_idle(self) -> bool:
        """Tell whether clock-aligned samples have to wait until no transaction runs (J01)."""
        busy = any(evse.transaction for evse in self._facts.evses.values())
        return busy and self._facts.values[rows.ALIGNED_WHEN_IDLE]

    def idle(self, evse: Evse, context: Context, wanted: Wanted, at: float) -> None:
        """Tell a sample that belongs to no transaction message."""
        sample = self.sample(evse, context, wanted, at)
        if sample:
            tx = evse.transaction
            told = self.told(tx, sample)
            self._facts.tell(MeterSampled(evse.number, told, context, tx.id if tx else None))


def _extras(m: Measurement) -> Iterator[Value]:
    """Yield what only some meters tell."""
    told = (
        (Measurand.FREQUENCY, m.frequency_hz, ""),
        (Measurand.POWER_FACTOR, m.power_factor, ""),
        (Measurand.REACTIVE_POWER, m.reactive_var, "var"),
        (Measurand.EXPORTED, m.exported_wh, "Wh"),
    )
    for measurand, number, unit in told:
        if number is not None:
            yield Value(measurand, number, unit)


def grid(utc: float, interval_s: float) -> tuple[float, float]:
    """Return the instants of the grid before (or at) and after `utc`.

    A timer counts from another zero, so it may come a rounding error before its instant.
    """
    utc += ROUNDING_S
    midnight = utc - utc % DAY_S
    last = midnight + (utc - midnight) // interval_s * interval_s
    return last, min(last + interval_s, midnight + DAY_S)
