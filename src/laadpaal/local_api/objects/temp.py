"""`temp`: how warm it is inside, and what is too warm or too cold."""

from __future__ import annotations

from collections.abc import Iterator

from laadpaal.local_api.objects.codes import Code
from laadpaal.local_api.objects.row import Category, Row
from laadpaal.properties import surroundings

_TEMP = Category("temp")


def rows() -> Iterator[Row]:
    """Yield the objects of this category."""
    help_ = "Whether a thermometer tells how warm it is inside."
    yield _TEMP.told("2200_0", Code.INTEGER8, help_, lambda it: int(it.view.celsius is not None), 1)
    help_ = "Temperature inside; 0 while none is told."
    yield _TEMP.told("2201_0", Code.REAL32, help_, lambda it: it.view.celsius or 0.0)
    yield _TEMP.stored("2202_0", Code.REAL32, surroundings.COLDEST)
    yield _TEMP.stored("2203_0", Code.REAL32, surroundings.HOTTEST)
