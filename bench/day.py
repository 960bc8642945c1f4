"""A simulated day (one charging session of four hours, meter every 10 s) through the core."""

from __future__ import annotations

import time
from dataclasses import replace
from itertools import count

from laadpaal.properties.values import Values
from laadpaal.station import events as e
from laadpaal.station.layout import Layout
from laadpaal.station.measurement import Measurement
from laadpaal.station.moment import Moment
from laadpaal.station.station import Station
from laadpaal.station.step import Step
from laadpaal.station.words import Pilot, Token, TokenStatus, Verdict

MIDNIGHT = 1_700_006_400.0
DAY_S = 86_400
POLL_S = 10
BEGIN_S, END_S = 8 * 3600, 12 * 3600
CARD = Token("04A1B2C3")
VOLTS = (230.0, 230.0, 230.0)


class Day:
    """One station and its day."""

    def __init__(self) -> None:
        self.now = Moment(0.0, MIDNIGHT)
        self.station = Station(Layout(), Values(), (f"tx-{n}" for n in count(1)))
        self.energy_wh = 0.0
        self.steps = self.out = 0
        self._count(self.station.handle(e.PoweredUp(), self.now))
        self._count(self.station.handle(e.CsmsOnline(), self.now))

    def _count(self, step: Step) -> None:
        self.steps += 1
        self.out += len(step.records) + len(step.actions) + len(step.notices)

    def _tell(self, event: e.Event) -> None:
        self._count(self.station.handle(event, self.now))

    def pass_day(self) -> None:
        """Let the day go by, one poll of the meter after the other."""
        for second in range(0, DAY_S, POLL_S):
            self._until(float(second))
            self._visit(second)
            self._read(charging=BEGIN_S <= second < END_S)

    def _until(self, mono: float) -> None:
        while (wake := self.station.next_wake()) is not None and wake <= mono:
            self.now = replace(self.now, mono=wake, utc=MIDNIGHT + wake)
            self._count(self.station.tick(self.now))
        self.now = replace(self.now, mono=mono, utc=MIDNIGHT + mono)

    def _visit(self, second: int) -> None:
        if second == BEGIN_S:
            self._tell(e.CablePlugged(1, 1, 32.0))
            self._tell(e.PilotChanged(1, Pilot.C))
        if second in {BEGIN_S, END_S}:
            self._tell(e.CardPresented(1, CARD))
        if second == BEGIN_S:
            self._tell(e.TokenJudged(CARD, Verdict(TokenStatus.ACCEPTED)))
        if second == END_S:
            self._tell(e.CableUnplugged(1))

    def _read(self, *, charging: bool) -> None:
        current_a = 16.0 if charging else 0.0
        power_w = current_a * sum(VOLTS)
        self.energy_wh += power_w * POLL_S / 3600
        measured = Measurement(self.energy_wh, VOLTS, (current_a,) * 3, power_w)
        self._tell(e.MeterRead(1, measured))


def main() -> None:
    """Print the best of five days."""
    times = []
    day = Day()
    for _ in range(5):
        day = Day()
        before = time.process_time()
        day.pass_day()
        times.append(time.process_time() - before)
    best_ms = min(times) * 1000
    each_us = min(times) / day.steps * 1e6
    print(f"steps {day.steps}, effects {day.out}, {day.energy_wh / 1000:.1f} kWh")
    print(f"day: {best_ms:.0f} ms of CPU, {each_us:.1f} us a step (goal: under 200 ms)")


if __name__ == "__main__":
    main()
