"""The currents of a socket and of the station: each is the lowest of some claims."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable, Iterator

from laadpaal.local_api.objects.codes import Code, Value
from laadpaal.local_api.objects.row import Category, Row, Seen, Wish
from laadpaal.properties.charging import CONNECTOR_MAX, STATION_MAX
from laadpaal.station.charging_profiles import Period, Schedule, Source, Unit, from_outside
from laadpaal.station.limits import SetExternalLimit

WHO = "API"
"""Which way these objects are to the limits of others."""
_GENERIC = Category("generic")
_OF_STATION = frozenset({"station"})
_OF_HOUSE = frozenset(
    {
        "installation",
        "P1 data lost",
        "grid meter lost",
        "imbalance",
        *(f"house fuse L{line}" for line in (1, 2, 3)),
    }
)
"""Names of the claims that the installation makes."""


def of_socket(evse: int) -> Iterator[Row]:
    """Yield the currents of one socket; those of the second begin with another digit."""
    digit = 2 if evse == 1 else 3
    yield _GENERIC.stored(f"{digit}129_0", Code.REAL32, CONNECTOR_MAX, evse=evse)
    yield Row(
        f"{digit}12A_0",
        Code.REAL32,
        _GENERIC.name,
        "Current that somebody outside lets a socket have, until they say otherwise.",
        lambda it: _given(it, evse, _rated(it, evse)),
        write=lambda _, value: _limit(evse, value),
    )
    balanced = "Current that the station leaves a socket of what it may take as a whole."
    yield _told(f"{digit}12B_0", balanced, lambda it: _lowest(it, evse, _OF_STATION))
    yield _told(
        f"{digit}12C_0", "Current that a socket may give now.", lambda it: it.evse(evse).limit_a
    )
    housed = "Current that the installation, or the house at its fuse, leaves a socket."
    yield _told(f"{digit}12D_0", housed, lambda it: _lowest(it, evse, _OF_HOUSE))
    least = "2160_0" if evse == 1 else "3160_0"
    yield _GENERIC.fixed(least, Code.REAL32, "Current that somebody outside holds ready: none.", 0)


def of_station() -> Iterator[Row]:
    """Yield the currents of the station as a whole."""
    yield _told(
        "215F_0",
        "Current that somebody outside lets the station have, or what it may take.",
        lambda it: _given(it, 0, it.values[STATION_MAX]),
    )
    help_ = "Current that the station may give now, on the line with the least."
    yield _told("2161_0", help_, lambda it: min(it.view.limits_a))


def _told(id_: str, help_: str, read: Callable[[Seen], Value]) -> Row:
    return _GENERIC.told(id_, Code.REAL32, help_, read)


def _rated(seen: Seen, evse: int) -> float:
    return seen.view.layout.evses[evse - 1].connectors[0].rated_a


def _lowest(seen: Seen, evse: int, names: frozenset[str]) -> float:
    """Return the lowest of the claims of these names, or what the outlet may carry."""
    limits = [claim.limit_a for claim in seen.evse(evse).claims if claim.by in names]
    return min(limits, default=_rated(seen, evse))


def _given(seen: Seen, evse: int, otherwise: float) -> float:
    """Return the least that others than the CSMS let it have."""
    lines = seen.evse(evse or 1).phases
    words = from_outside(seen.view.profiles, evse, seen.machine.utc())
    said = min((word.limit_a(lines) for word in words), default=math.inf)
    return min(said, otherwise)


def _limit(evse: int, value: Value) -> Iterable[Wish]:
    limit_a = float(value)
    if limit_a < 0:
        raise ValueError(f"{limit_a:g} A is less than nothing")
    schedule = Schedule(Unit.AMPERE, (Period(0, limit_a),))
    return (SetExternalLimit(Source.OTHER, evse, schedule, WHO),)
