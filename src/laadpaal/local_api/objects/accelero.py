"""`accelero`: a sensor of tilt tells that the station moved, and not by how much."""

from __future__ import annotations

from collections.abc import Iterator

from laadpaal.local_api.objects.codes import Code
from laadpaal.local_api.objects.row import Category, Row

_ACCELERO = Category("accelero")


def rows() -> Iterator[Row]:
    """Yield the object of this category."""
    help_ = "Whether accelerations are measured: 0, for they are not."
    yield _ACCELERO.fixed("2206_0", Code.INTEGER8, help_, 0, 2)
