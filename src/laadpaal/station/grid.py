"""What the meter says where the house meets the grid."""

from __future__ import annotations

from laadpaal.station.measurement import GridMeasurement
from laadpaal.station.view import GridView


class Grid:
    """Keeps what the meter said last."""

    def __init__(self) -> None:
        self._measurement: GridMeasurement | None = None

    def read(self, measurement: GridMeasurement) -> None:
        """Keep a measurement."""
        self._measurement = measurement

    def view(self) -> GridView:
        """Return what is known of the grid, for those who only look."""
        return GridView(self._measurement)
