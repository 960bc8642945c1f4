"""The pace of a station, which people may change where all of its hardware is simulated."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from laadpaal.ports.bench import BenchError
from laadpaal.ports.clock import Clock
from laadpaal.runtime.clock import RealClock
from laadpaal.runtime.config import Config, EvseTable, SimulatedGridTable, SimulatedMeterTable
from laadpaal.runtime.reader_tables import AnyReaderTable, Pn532ReaderTable, SimulatedReaderTable


@dataclass(frozen=True, slots=True)
class StationPace:
    """Is a `Pace`."""

    clock: RealClock
    fixed: str = ""

    @property
    def speed(self) -> float:
        """How many station seconds pass in one real second."""
        return self.clock.speed

    def go(self, speed: float) -> None:
        """Go on at another pace; raises BenchError where something lives in real seconds."""
        if self.fixed:
            raise BenchError(self.fixed)
        self.clock.go(speed)


def pace_of(config: Config, clock: Clock) -> StationPace | None:
    """Return the pace of a station, or None when it goes by a clock that has none."""
    if not isinstance(clock, RealClock):
        return None
    real = ", ".join(_real(config))
    return StationPace(clock, f"not simulated, and so in real seconds: {real}" if real else "")


def _real(config: Config) -> Iterator[str]:
    """Yield what of the station does not follow a clock of our own."""
    for number, evse in enumerate(config.evse, 1):
        yield from _real_parts(evse, number)
    yield from (f"reader of EVSE {it.evse}" for it in config.reader if not _simulated(it))
    if config.grid and not isinstance(config.grid, SimulatedGridTable):
        yield "meter of the grid"
    if config.station.framebuffer:
        yield "display"
    if config.modem and config.modem.kind != "simulated":
        yield "modem"


def _real_parts(evse: EvseTable, number: int) -> Iterator[str]:
    if not isinstance(evse.meter, SimulatedMeterTable):
        yield f"meter of EVSE {number}"
    if evse.leds:
        yield f"light of EVSE {number}"


def _simulated(reader: AnyReaderTable) -> bool:
    chip = isinstance(reader, Pn532ReaderTable) and reader.simulated
    return chip or isinstance(reader, SimulatedReaderTable)
