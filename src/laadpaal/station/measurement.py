"""What an energy meter says, and the sampled values made from it."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import Enum

from laadpaal.station.words import Context

Phases = tuple[float, float, float]
"""One number for each of L1, L2, L3."""
NO_CURRENT: Phases = (0.0, 0.0, 0.0)


@dataclass(frozen=True, slots=True)
class SignedData:
    """What a meter vouches for: its register, as text that nobody can change unnoticed.

    Args:
        text: As the meter wrote it; nobody here reads it.
        method: How it was signed.
        encoding: How the text is to be read.
        public_key: To look whether it was that meter; base64 of its DER, "" where left out.
    """

    text: str
    method: str
    encoding: str
    public_key: str = ""


@dataclass(frozen=True, slots=True)
class Measurement:
    """One complete reading of an energy meter.

    Args:
        energy_wh: Import register; never decreases.
        voltages_v: Line to neutral; 0 where the phase is absent.
        currents_a: Through each line.
        power_w: Active import, all phases together.
        frequency_hz: Of the supply; None where the meter does not tell it.
        signed: The register as the meter has signed it, where it does.
        power_factor: Of all phases together, -1 to 1, where the meter tells it.
        reactive_var: Reactive import, all phases together, where the meter tells it.
        exported_wh: Export register, where the meter has one.
    """

    energy_wh: float
    voltages_v: Phases = (0.0, 0.0, 0.0)
    currents_a: Phases = (0.0, 0.0, 0.0)
    power_w: float = 0.0
    frequency_hz: float | None = 50.0
    signed: SignedData | None = None
    power_factor: float | None = None
    reactive_var: float | None = None
    exported_wh: float | None = None


@dataclass(frozen=True, slots=True)
class GridMeasurement:
    """One reading of the meter where the house meets the grid; negative is to the grid.

    Args:
        currents_a: Through each line of the grid.
        powers_w: Of each line, where the meter has them.
        voltages_v: Line to neutral, where the meter has them.
        version: Of the form in which a smart meter says it.
        told_at: What the meter believes the time to be, as it writes it; nobody goes by it.
        imported_wh: Register of what came from the grid, where the meter has one.
        exported_wh: Register of what went to the grid.
    """

    currents_a: Phases
    powers_w: Phases | None = None
    voltages_v: Phases | None = None
    version: str = field(default="", compare=False)
    told_at: str = field(default="", compare=False)
    imported_wh: float | None = field(default=None, compare=False)
    exported_wh: float | None = field(default=None, compare=False)


class Measurand(Enum):
    """What the station can report of a meter, spelled as in both versions of OCPP."""

    ENERGY = "Energy.Active.Import.Register"
    ENERGY_INTERVAL = "Energy.Active.Import.Interval"
    POWER = "Power.Active.Import"
    CURRENT = "Current.Import"
    VOLTAGE = "Voltage"
    CURRENT_OFFERED = "Current.Offered"
    POWER_OFFERED = "Power.Offered"
    FREQUENCY = "Frequency"
    POWER_FACTOR = "Power.Factor"
    REACTIVE_POWER = "Power.Reactive.Import"
    EXPORTED = "Energy.Active.Export.Register"


@dataclass(frozen=True, slots=True)
class Value:
    """One number of a sample; `phase` is "", "L1" ... or "L1-N" ...; `unit` as OCPP writes it."""

    measurand: Measurand
    number: float
    unit: str
    phase: str = ""

    @property
    def names(self) -> tuple[str, ...]:
        """What it is wanted by: the measurand, or that of its line such as `Voltage.L1`."""
        measurand = self.measurand.value
        return measurand, f"{measurand}.{self.phase}", f"{measurand}.{self.phase[:2]}"


@dataclass(frozen=True, slots=True)
class Sample:
    """The values taken at one instant for one reason.

    Args:
        at: UTC second the values belong to.
        context: Why they were taken.
        values: Those of the configured measurands that the meter has.
        signed: The register among them as the meter has signed it, where that is wanted.
        limit_a: Current that the claims allowed then; None where nobody had decided on one.
        because: Name of the lowest of those claims, "" where there is no limit.
    """

    at: float
    context: Context
    values: tuple[Value, ...]
    signed: SignedData | None = None
    limit_a: float | None = None
    because: str = ""
