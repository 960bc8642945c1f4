"""Set points: the currents that an energy manager wants, each for a while."""

from __future__ import annotations

from dataclasses import dataclass

from laadpaal.station.charging_profiles import Profile


@dataclass(frozen=True, slots=True)
class SetPoint:
    """Let an EVSE, or one line of the station, take so much until the validity time is over.

    Args:
        evse: 0 is the station, that is all EVSEs together.
        limit_a: With less than a vehicle can charge with, it pauses.
        line: Of the grid, from 1, where `evse` is 0; else 0.
    """

    evse: int
    limit_a: float
    line: int = 0


@dataclass(frozen=True, slots=True)
class SetPointChanged:
    """Another current is wanted than before, or none any more (None)."""

    evse: int
    line: int
    limit_a: float | None


@dataclass(frozen=True, slots=True)
class SetPointView:
    """One set point as it stands.

    Args:
        counts: Whether it, or the safe current in its place, is among the claims.
        safe_a: What holds without it.
        limit_a: As it was wanted last; None when nothing was since the station has started.
        until: Monotonic second at which it lapses; None once it has.
    """

    counts: bool
    safe_a: float
    limit_a: float | None = None
    until: float | None = None


@dataclass(frozen=True, slots=True)
class SetPointsView:
    """All of them: of each EVSE, and of each line of the grid; none without an energy manager.

    Args:
        profiles: Those that hold, as the external limits that they are to the CSMS.
    """

    evses: tuple[SetPointView, ...] = ()
    lines: tuple[SetPointView, ...] = ()
    profiles: tuple[Profile, ...] = ()


NO_SET_POINTS = SetPointsView()
