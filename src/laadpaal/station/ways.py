"""The ways from one status to another: every step is an arc of OCPP 1.6 section 4.9."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from laadpaal.station.words import Status

_STARTED = frozenset({Status.CHARGING, Status.SUSPENDED_EV, Status.SUSPENDED_EVSE})
_OUT = frozenset({Status.UNAVAILABLE, Status.FAULTED})
_RUNNING_ENDS = _OUT | {Status.AVAILABLE, Status.FINISHING}

ARCS: Mapping[Status, frozenset[Status]] = MappingProxyType(
    {
        Status.AVAILABLE: _STARTED | _OUT | {Status.PREPARING, Status.RESERVED},
        Status.PREPARING: _STARTED | {Status.AVAILABLE, Status.FINISHING, Status.FAULTED},
        **{running: (_STARTED | _RUNNING_ENDS) - {running} for running in _STARTED},
        Status.FINISHING: _OUT | {Status.AVAILABLE, Status.PREPARING},
        Status.RESERVED: _OUT | {Status.AVAILABLE, Status.PREPARING},
        Status.UNAVAILABLE: _STARTED | {Status.AVAILABLE, Status.PREPARING, Status.FAULTED},
        Status.FAULTED: frozenset(Status) - {Status.FAULTED},
    }
)
"""What may follow each status at once."""

_OVER_CABLE = (Status.PREPARING, Status.FINISHING, Status.AVAILABLE)
_OVER_NOTHING = (Status.AVAILABLE, Status.PREPARING)


def way(was: Status, now: Status, *, cabled: bool) -> tuple[Status, ...]:
    """Return the statuses to tell, one after the other, to get from one to another.

    Where there is no arc, what lies between happened too, only in the same instant: who begins
    again after Finishing has prepared, and who leaves a Reserved connector has freed it.
    """
    if now is was or now in ARCS[was]:
        return (now,)
    between = _OVER_CABLE if cabled else _OVER_NOTHING
    return next((over, now) for over in between if over in ARCS[was] and now in ARCS[over])
