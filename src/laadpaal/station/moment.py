"""One reading of both clocks, handed to the core with everything that happens."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Moment:
    """Now, twice.

    Args:
        mono: Seconds that only ever grow: for durations and deadlines.
        utc: Seconds since 1970 in UTC: for timestamps and schedules; may be corrected.
        trusted: Whether the CSMS, NTP or a real-time clock vouches for `utc`.
    """

    mono: float
    utc: float
    trusted: bool = True
