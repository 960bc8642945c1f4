"""Charging profiles as data, and what they allow: pure functions from profiles to limits.

Every function takes `at`, a UTC second, and `since`, the UTC second from which power could flow
in the transaction; None where it could not yet, and then a relative schedule stands at its
beginning. The clock is the one we have: a schedule in absolute time holds whether or not anybody
vouches for it.
"""

from __future__ import annotations

import math
from bisect import bisect_right
from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from enum import Enum
from functools import partial

NOMINAL_V = 230.0
"""Volts of one line, by which watts become ampere; never what the meter reads at the moment."""
ROUNDING_S = 1e-3
"""A timer may come so much before its instant; within it an instant counts as come."""


class Purpose(Enum):
    """Whom a profile limits (OCPP 2.0.1 ChargingProfilePurposeEnumType)."""

    STATION_MAX = "ChargingStationMaxProfile"
    """All EVSEs together."""
    EXTERNAL = "ChargingStationExternalConstraints"
    """All EVSEs together or one of them, as somebody other than the CSMS wants it."""
    TX_DEFAULT = "TxDefaultProfile"
    """Every transaction without a profile of its own."""
    TX = "TxProfile"
    """One transaction."""


class Source(Enum):
    """Who limits (ChargingLimitSourceEnumType)."""

    CSO = "CSO"
    """The operator, by way of the CSMS."""
    EMS = "EMS"
    """An energy manager on the site."""
    SO = "SO"
    """The grid operator."""
    OTHER = "Other"


class Kind(Enum):
    """From where a schedule counts (ChargingProfileKindEnumType)."""

    ABSOLUTE = "Absolute"
    RECURRING = "Recurring"
    RELATIVE = "Relative"


class Recurrency(Enum):
    """How often a recurring schedule begins anew (RecurrencyKindEnumType)."""

    DAILY = "Daily"
    WEEKLY = "Weekly"

    @property
    def period_s(self) -> int:
        """Seconds from one beginning to the next; days of UTC are all as long."""
        return 86_400 if self is Recurrency.DAILY else 7 * 86_400


class Unit(Enum):
    """What a limit counts (ChargingRateUnitEnumType): A on each line, or W on all together."""

    AMPERE = "A"
    WATT = "W"


@dataclass(frozen=True, slots=True)
class Period:
    """A limit that holds from so many seconds after the schedule's beginning.

    Args:
        phases: Lines to use while it leads; None leaves that as it is (S41).
        phase: The line to use when that is one; kept and shown, as none is chosen here.
    """

    start_s: int
    limit: float
    phases: int | None = None
    phase: int | None = None


@dataclass(frozen=True, slots=True)
class Schedule:
    """Limits one after the other.

    Args:
        periods: At least one, the first from second 0, in order of time.
        duration_s: After so many seconds it says nothing more; None: its last limit stays.
        starts_at: UTC second it counts from; None in a relative schedule.
        least_rate: Smallest that is worth charging with; kept and shown.
        id: The asker's number of it; kept and shown.
    """

    unit: Unit
    periods: tuple[Period, ...]
    duration_s: int | None = None
    starts_at: float | None = None
    least_rate: float | None = None
    id: int = 0


@dataclass(frozen=True, slots=True)
class Profile:
    """One charging profile.

    Args:
        id: Unique in the station.
        evse: Whom it is for; 0 is the station or every EVSE, by purpose.
        stack_level: Of several of one purpose, the highest that says anything leads.
        schedules: Up to three in the field's model; a vehicle may choose. We install only one.
        recurrency: Only of a recurring one.
        valid_from: UTC second from which it counts.
        valid_to: UTC second from which it counts no longer.
        transaction: Id of the one it is for, once known; only of a TxProfile.
        source: Who set it; not the CSMS if, and only if, it is external.
        by: By which way an external one came, for people; each way has a limit of its own.
    """

    id: int
    evse: int
    purpose: Purpose
    kind: Kind
    stack_level: int
    schedules: tuple[Schedule, ...]
    recurrency: Recurrency | None = None
    valid_from: float | None = None
    valid_to: float | None = None
    transaction: str | None = None
    source: Source = Source.CSO
    by: str = ""

    @property
    def name(self) -> str:
        """What people call it."""
        if self.external:
            return f"{self.by or self.source.value} limit"
        if self.purpose is Purpose.STATION_MAX:
            return f"station max profile {self.id}"
        return f"{self.purpose.value} {self.id}"

    @property
    def external(self) -> bool:
        """Whether it is none of the CSMS's, which may see it and no more."""
        return self.purpose is Purpose.EXTERNAL

    @property
    def place(self) -> tuple[Purpose, int, int, Source, str]:
        """What only one profile can have at a time."""
        return self.purpose, self.stack_level, self.evse, self.source, self.by

    @property
    def validity(self) -> tuple[float, float]:
        """The UTC second from which it counts, and that from which it does no more."""
        begins, ends = self.valid_from, self.valid_to
        return -math.inf if begins is None else begins, math.inf if ends is None else ends

    def overlaps(self, other: Profile) -> bool:
        """Tell whether there is an instant at which both are valid."""
        (begins, ends), (others, end) = self.validity, other.validity
        return max(begins, others) < min(ends, end)


@dataclass(frozen=True, slots=True)
class Word:
    """What profiles say at an instant: nothing, or the period of the one that leads.

    Args:
        until: UTC second up to which they say nothing else; infinite when they never will.
    """

    until: float
    profile: Profile | None = None
    period: Period | None = None

    def limit_a(self, lines: int) -> float:
        """Return ampere on each of so many lines; infinite when nothing is said.

        Watts are spread over the lines in use, whatever number the profile is for: as long as
        they are not switched yet, what is meant for one line must not flow on three.
        """
        if self.profile is None or self.period is None:
            return math.inf
        watts = self.profile.schedules[0].unit is Unit.WATT
        return self.period.limit / (NOMINAL_V * lines) if watts else self.period.limit


def says(profile: Profile, at: float, since: float | None) -> Word:
    """Return what one profile says, by its validity and its schedule."""
    at += ROUNDING_S
    begins, ends = profile.validity
    if at >= ends:
        return Word(math.inf)
    if at < begins:
        return Word(begins)
    period, until = _scheduled(profile, at, since)
    return Word(min(until, ends), profile if period else None, period)


def _scheduled(profile: Profile, at: float, since: float | None) -> tuple[Period | None, float]:
    schedule = profile.schedules[0]
    begins, again = _run(profile, at, since)
    if begins is None:
        return schedule.periods[0], math.inf
    if at < begins:
        return None, begins
    ends = again if schedule.duration_s is None else min(again, begins + schedule.duration_s)
    if at >= ends:
        return None, again
    number = bisect_right(schedule.periods, at, key=lambda it: begins + it.start_s)
    later = schedule.periods[number:]
    return schedule.periods[number - 1], min(ends, begins + later[0].start_s if later else ends)


def _run(profile: Profile, at: float, since: float | None) -> tuple[float | None, float]:
    """Return when the run of the schedule that counts now begins, and when the next one does."""
    starts_at = profile.schedules[0].starts_at
    if profile.kind is Kind.RELATIVE or starts_at is None:
        return since, math.inf
    if profile.recurrency is None or at < starts_at:
        return starts_at, math.inf
    period_s = profile.recurrency.period_s
    begins = starts_at + (at - starts_at) // period_s * period_s
    return begins, begins + period_s


def for_station(profiles: Iterable[Profile], at: float) -> Word:
    """Return what all EVSEs together may take."""
    return _first([it for it in profiles if it.purpose is Purpose.STATION_MAX], at, at)


def from_outside(profiles: Iterable[Profile], evse: int, at: float) -> tuple[Word, ...]:
    """Return what each external profile of an EVSE, or of the station, says; all of them count."""
    return tuple(says(it, at, at) for it in profiles if it.external and it.evse == evse)


def for_evse(
    profiles: Iterable[Profile],
    evse: int,
    at: float,
    since: float | None,
    *,
    own_first: bool = False,
) -> Word:
    """Return what a transaction at an EVSE may take.

    Its own profile leads while it says anything, then the default of the highest stack level, be
    it that of the EVSE or that of all; with `own_first` that of the EVSE whatever its level.
    """
    meant = {Purpose.TX, Purpose.TX_DEFAULT}
    here = [it for it in profiles if it.evse in {0, evse} and it.purpose in meant]
    return _first(here, at, since, own_first=own_first)


def _first(
    profiles: list[Profile], at: float, since: float | None, *, own_first: bool = False
) -> Word:
    """Return the word of the first by rank that has one; those above it may yet have theirs."""
    until = math.inf
    for profile in sorted(profiles, key=partial(_rank, own_first=own_first)):
        word = says(profile, at, since)
        until = min(until, word.until)
        if word.profile:
            return replace(word, until=until)
    return Word(until)


def _rank(profile: Profile, *, own_first: bool) -> tuple[bool, bool, int, bool]:
    of_all = profile.evse == 0
    return profile.purpose is not Purpose.TX, own_first and of_all, -profile.stack_level, of_all


Limits = Callable[[float], tuple[float, float]]
"""From a UTC second to the limit that holds then, and the second until which it surely does."""


def composite(
    limits: Limits, at: float, duration_s: int, lines: Callable[[float], int]
) -> tuple[Period, ...]:
    """Return the one list of periods that `limits` comes to in a span that begins now.

    Seconds are whole and limits have one decimal; neighbours with the same limit and the same
    number of lines are one.
    """
    found: dict[int, tuple[float, int]] = {}
    instant = at
    while (second := round(instant - at)) < duration_s:
        phases = lines(instant)
        limit, instant = limits(instant)
        found[second] = round(limit, 1), phases  # of two within one second, the later stays
        if instant == math.inf:
            break
    periods: list[Period] = []
    for second, (limit, phases) in found.items():
        last = periods[-1] if periods else None
        if last is None or (last.limit, last.phases) != (limit, phases):
            periods.append(Period(second, limit, phases))
    return tuple(periods)
