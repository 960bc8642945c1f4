"""What a charging profile must be to be installed, whatever the station is doing."""

from __future__ import annotations

from collections.abc import Callable
from itertools import pairwise

from laadpaal.station.answers import Reason, Refused
from laadpaal.station.charging_profiles import (
    Kind,
    Period,
    Profile,
    Purpose,
    Schedule,
    Source,
)

MAX_STACK_LEVEL = 10
MAX_PERIODS = 24
"""In one schedule."""
_MOST = 2**31 - 1
"""The largest whole number of the messages; storage could not keep much more either."""

Rule = tuple[Callable[[Profile], bool], Reason, str]


def broken(profile: Profile) -> Refused | None:
    """Return why a profile is none, by the first rule it breaks; None when it keeps them all."""
    for keeps, reason, sentence in _RULES:
        if not keeps(profile):
            return Refused(reason, sentence)
    return None


def for_lines(profile: Profile, lines: int) -> Refused | None:
    """Return why a profile cannot be met to the letter where so many lines stay in use, or None.

    More lines than there are do no harm; fewer would have to be switched off (2.0.1 K01).
    """
    periods = [period for schedule in profile.schedules for period in schedule.periods]
    if any(period.phase is not None for period in periods):
        return Refused(Reason.BAD_SCHEDULE, "the line to use cannot be chosen here")
    if any(period.phases is not None and period.phases < lines for period in periods):
        return Refused(Reason.BAD_SCHEDULE, f"{lines} lines are used, and none is switched off")
    return None


def clash(profile: Profile, other: Profile) -> bool:
    """Tell whether nobody could say which of the two leads (2.0.1 K01).

    Two in one place must be valid at different times. The defaults of an EVSE and of all are
    merged, so they must not have the same stack level.
    """
    if profile.place == other.place:
        return profile.overlaps(other)
    defaults = profile.purpose is other.purpose is Purpose.TX_DEFAULT
    same_level = profile.stack_level == other.stack_level
    return defaults and same_level and 0 in {profile.evse, other.evse}


def _every(keeps: Callable[[Schedule], bool]) -> Callable[[Profile], bool]:
    return lambda profile: all(keeps(schedule) for schedule in profile.schedules)


def _started(profile: Profile) -> bool:
    relative = profile.kind is Kind.RELATIVE
    return all((one.starts_at is None) is relative for one in profile.schedules)


def _recurs(profile: Profile) -> bool:
    return (profile.recurrency is not None) is (profile.kind is Kind.RECURRING)


def _valid_sometime(profile: Profile) -> bool:
    begins, ends = profile.valid_from, profile.valid_to
    return begins is None or ends is None or begins < ends


def _ordered(schedule: Schedule) -> bool:
    starts = [period.start_s for period in schedule.periods]
    return starts[:1] == [0] and all(one < next_ for one, next_ in pairwise(starts))


def _limits(schedule: Schedule) -> bool:
    least = () if schedule.least_rate is None else (schedule.least_rate,)
    return all(_limit(limit) for limit in (*(it.limit for it in schedule.periods), *least))


def _limit(limit: float) -> bool:
    return 0 <= limit <= _MOST and round(limit, 1) == limit


def _phases(period: Period) -> bool:
    if period.phase is not None and (period.phases != 1 or period.phase not in {1, 2, 3}):
        return False
    return period.phases in {None, 1, 2, 3}


_RULES: tuple[Rule, ...] = (
    (lambda p: -_MOST <= p.id <= _MOST, Reason.BAD_PROFILE, "the id is too long"),
    (
        lambda p: 0 <= p.stack_level <= MAX_STACK_LEVEL,
        Reason.BAD_STACK_LEVEL,
        f"a stack level is 0 to {MAX_STACK_LEVEL}",
    ),
    (
        lambda p: p.purpose is not Purpose.STATION_MAX or p.evse == 0,
        Reason.BAD_PROFILE,
        "a station max profile is for the station, not for an EVSE",
    ),
    (
        lambda p: p.purpose is not Purpose.STATION_MAX or p.kind is not Kind.RELATIVE,
        Reason.BAD_PROFILE,
        "a station max profile is not relative: the station has no beginning",
    ),
    (
        lambda p: p.purpose is Purpose.TX or p.transaction is None,
        Reason.BAD_PROFILE,
        "only a TxProfile is for one transaction",
    ),
    (
        lambda p: p.external is (p.source is not Source.CSO),
        Reason.BAD_PROFILE,
        "somebody outside, and only they, limit with an external profile",
    ),
    (_recurs, Reason.BAD_PROFILE, "a recurring profile, and only that, says how often"),
    (_valid_sometime, Reason.BAD_PROFILE, "it would not be valid at any time"),
    (lambda p: len(p.schedules) == 1, Reason.BAD_SCHEDULE, "a profile has one schedule here"),
    (_started, Reason.BAD_SCHEDULE, "a schedule that is not relative, and only that, has a start"),
    (
        _every(lambda s: len(s.periods) <= MAX_PERIODS),
        Reason.BAD_SCHEDULE,
        f"a schedule has at most {MAX_PERIODS} periods",
    ),
    (
        _every(_ordered),
        Reason.BAD_SCHEDULE,
        "the first period starts at second 0, and each later one after that before it",
    ),
    (
        _every(lambda s: s.periods[-1].start_s <= _MOST),
        Reason.BAD_SCHEDULE,
        "a period starts too late",
    ),
    (
        _every(lambda s: s.duration_s is None or 0 < s.duration_s <= _MOST),
        Reason.BAD_SCHEDULE,
        "a duration is at least a second, and not for ever",
    ),
    (
        _every(_limits),
        Reason.BAD_SCHEDULE,
        "a limit is not negative, not absurd, and has one decimal at most",
    ),
    (
        _every(lambda s: all(_phases(period) for period in s.periods)),
        Reason.BAD_SCHEDULE,
        "a limit is for one to three phases, and names a phase only when that is one",
    ),
)
