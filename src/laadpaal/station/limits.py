"""Wishes of those who limit the current and are not the CSMS: an energy manager, the grid."""

from __future__ import annotations

from dataclasses import dataclass

from laadpaal.station.charging_profiles import Schedule, Source

LimitPlace = tuple[Source, int]
"""Who limits, and which EVSE; 0 is the station."""


@dataclass(frozen=True, slots=True)
class SetExternalLimit:
    """Limit an EVSE, in place of what they set there before by the same way.

    Args:
        source: Who.
        evse: 0 is the station, that is all EVSEs together.
        schedule: Its seconds count from now.
        by: By which way, for people, where the source has several.
    """

    source: Source
    evse: int
    schedule: Schedule
    by: str = ""


@dataclass(frozen=True, slots=True)
class ClearExternalLimit:
    """Limit it no longer by that way."""

    source: Source
    evse: int
    by: str = ""
