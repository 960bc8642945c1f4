"""What the registers are filled from: one look at the station, and what is seen of one EVSE."""

from __future__ import annotations

from dataclasses import dataclass

from laadpaal.ports.station import StationDesk
from laadpaal.properties.state import PILOT_STATE
from laadpaal.station.moment import Moment
from laadpaal.station.set_points import SetPointView
from laadpaal.station.view import EvseView, StationView


@dataclass(frozen=True, slots=True)
class Sight:
    """One look at the station.

    Args:
        up_s: How long it has been running.
    """

    desk: StationDesk
    view: StationView
    now: Moment
    up_s: float

    def left_s(self, point: SetPointView) -> float:
        """Return how long a set point holds yet."""
        return 0.0 if point.until is None else max(0.0, point.until - self.now.mono)


@dataclass(frozen=True, slots=True)
class EvseSight:
    """One look at an EVSE.

    Args:
        station: The look that it is part of.
        meter: The number of the way to its meter: 0 serial, 1 network.
    """

    station: Sight
    seen: EvseView
    meter: int

    @property
    def point(self) -> SetPointView:
        """Its set point."""
        return self.station.view.set_points.evses[self.seen.evse - 1]

    @property
    def pilot(self) -> str:
        """The state of its pilot as people write it: A, B1, B2 ... F."""
        number = int(self.station.desk.read(PILOT_STATE, self.seen.evse))
        return f"{number:X}".rstrip("0")
