"""What hardware must do; handed over after the step's records are committed."""

from __future__ import annotations

from dataclasses import dataclass

from laadpaal.station.display import Screen
from laadpaal.station.lights import Light
from laadpaal.station.words import BootReason


@dataclass(frozen=True, slots=True)
class OfferCurrent:
    """Signal `limit_a` on the pilot; None is a steady level, which offers nothing."""

    evse: int
    limit_a: float | None


@dataclass(frozen=True, slots=True)
class CloseContactor:
    """Connect the vehicle to `phases` lines."""

    evse: int
    phases: int


@dataclass(frozen=True, slots=True)
class OpenContactor:
    """Disconnect the vehicle."""

    evse: int


@dataclass(frozen=True, slots=True)
class LockPlug:
    """Hold the plug in the socket."""

    evse: int
    connector: int


@dataclass(frozen=True, slots=True)
class UnlockPlug:
    """Let the plug go."""

    evse: int
    connector: int


@dataclass(frozen=True, slots=True)
class ShowScreen:
    """Show this on the socket's part of the display."""

    evse: int
    screen: Screen


@dataclass(frozen=True, slots=True)
class ShowLight:
    """Show this on the socket's light."""

    evse: int
    light: Light


@dataclass(frozen=True, slots=True)
class DimLights:
    """Let every light shine with `percent` of what it can do."""

    percent: int


@dataclass(frozen=True, slots=True)
class Restart:
    """Start the station anew, once what was told has had its chance to be sent.

    Args:
        orderly: Whether to wait (for a bounded time) until queued notices are delivered.
    """

    reason: BootReason
    orderly: bool


Action = (
    OfferCurrent
    | CloseContactor
    | OpenContactor
    | LockPlug
    | UnlockPlug
    | ShowScreen
    | ShowLight
    | DimLights
    | Restart
)
