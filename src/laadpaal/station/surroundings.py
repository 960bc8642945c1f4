"""What sensors say of the station's own condition: how warm it is, and what leaks to earth."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class TemperatureRead:
    """The thermometer inside says another temperature, or None: it does not answer."""

    celsius: float | None


@dataclass(frozen=True, slots=True)
class ResidualChanged:
    """Residual current has opened the circuit of an EVSE, or the monitor is armed again.

    One that is armed in vain says once more that it has opened it.
    """

    evse: int
    tripped: bool


@dataclass(frozen=True, slots=True)
class ArmResidual:
    """Test the monitor of residual current, and arm it again if nothing leaks any more."""

    evse: int


SurroundingsEvent = TemperatureRead | ResidualChanged
