"""Charging profiles for tests, at random too, and what they allow, second by second."""

from __future__ import annotations

from typing import Any

from hypothesis import strategies as st

from laadpaal.station.charging_profiles import (
    Kind,
    Period,
    Profile,
    Purpose,
    Recurrency,
    Schedule,
    Source,
    Unit,
)
from tests.support.world import NOON

DAY_S = 86_400
SPAN_S = 90
VOLTS = 230


def profile(
    id_: int = 1,
    limit: float = 10.0,
    *more: tuple[int, float],
    evse: int = 1,
    purpose: Purpose = Purpose.TX_DEFAULT,
    kind: Kind = Kind.RELATIVE,
    level: int = 0,
    unit: Unit = Unit.AMPERE,
    starts_at: float | None = None,
    duration_s: int | None = None,
    **rest: Any,
) -> Profile:
    """Return a profile that allows `limit`, and `more` later on; an ordinary one by default."""
    periods = tuple(Period(start_s, limit) for start_s, limit in ((0, limit), *more))
    schedule = Schedule(unit, periods, duration_s, starts_at)
    return Profile(id_, evse, purpose, kind, level, (schedule,), **rest)


# What they allow, as plainly as it can be said; nothing here is shared with the station.


def allowed_a(
    profiles: list[Profile],
    evse: int,
    second: int,
    since: int,
    lines: int,
    *,
    own_first: bool = False,
) -> tuple[float | None, float | None]:
    """Return ampere on each line for one EVSE and for the station, None where nothing is said.

    With `own_first` the EVSE's defaults come before those of all; else the stack level decides.
    """
    own = _highest(profiles, Purpose.TX, [evse], second, since, lines)
    if own is None and own_first:
        own = _highest(profiles, Purpose.TX_DEFAULT, [evse], second, since, lines)
    if own is None:
        both = [0] if own_first else [0, evse]
        own = _highest(profiles, Purpose.TX_DEFAULT, both, second, since, lines)
    whole = _highest(profiles, Purpose.STATION_MAX, [0], second, since, lines)
    outside = (one for one in profiles if one.purpose is Purpose.EXTERNAL)
    for one in outside:
        limit = _alone(one, second, since, lines)
        if limit is not None and one.evse == 0:
            whole = limit if whole is None else min(whole, limit)
        elif limit is not None and one.evse == evse:
            own = limit if own is None else min(own, limit)
    return own, whole


def _highest(
    profiles: list[Profile], purpose: Purpose, evses: list[int], second: int, since: int, lines: int
) -> float | None:
    found = None
    for level in range(11):
        for evse in evses:
            for one in profiles:
                if one.purpose is purpose and one.evse == evse and one.stack_level == level:
                    allowed = _alone(one, second, since, lines)
                    found = allowed if allowed is not None else found
    return found


def _alone(one: Profile, second: int, since: int, lines: int) -> float | None:
    if one.valid_from is not None and second < one.valid_from:
        return None
    if one.valid_to is not None and second >= one.valid_to:
        return None
    schedule = one.schedules[0]
    origin = float(since) if schedule.starts_at is None else schedule.starts_at
    if second < origin:
        return None
    if one.recurrency is not None:
        length_s = DAY_S if one.recurrency is Recurrency.DAILY else 7 * DAY_S
        while origin + length_s <= second:
            origin += length_s
    elapsed_s = second - origin
    if schedule.duration_s is not None and elapsed_s >= schedule.duration_s:
        return None
    limit = 0.0
    for period in schedule.periods:
        if period.start_s <= elapsed_s:
            limit = period.limit
    return limit / lines / VOLTS if schedule.unit is Unit.WATT else limit


# At random, around noon.

_NEAR_S = st.integers(-40, SPAN_S)
_STARTS = st.lists(st.integers(1, SPAN_S), max_size=4, unique=True).map(sorted)
_AMPERES = st.integers(0, 400).map(lambda tenths: tenths / 10)
_WATTS = st.integers(0, 24_000).map(float)


OF_CSMS = [Purpose.STATION_MAX, Purpose.TX_DEFAULT, Purpose.TX]


@st.composite
def externals(draw: st.DrawFn, evses: int = 2) -> Profile:
    """Draw an external limit that mostly changes around noon."""
    sources = [source for source in Source if source is not Source.CSO]
    return Profile(
        draw(st.integers(-9, -1)),
        draw(st.integers(0, evses)),
        Purpose.EXTERNAL,
        Kind.ABSOLUTE,
        0,
        (draw(_schedules(Kind.ABSOLUTE)),),
        source=draw(st.sampled_from(sources)),
    )


@st.composite
def profiles(draw: st.DrawFn, evses: int = 2) -> Profile:
    """Draw a profile that keeps every rule, and that mostly changes its mind around noon."""
    purpose = draw(st.sampled_from(OF_CSMS))
    kinds = [
        kind for kind in Kind if purpose is not Purpose.STATION_MAX or kind.value != "Relative"
    ]
    kind = draw(st.sampled_from(kinds))
    least = {Purpose.STATION_MAX: (0, 0), Purpose.TX_DEFAULT: (0, evses), Purpose.TX: (1, evses)}
    window = sorted(draw(st.lists(_NEAR_S, min_size=2, max_size=2, unique=True)))
    return Profile(
        draw(st.integers(1, 12)),
        draw(st.integers(*least[purpose])),
        purpose,
        kind,
        draw(st.integers(0, 3)),
        (draw(_schedules(kind)),),
        draw(st.sampled_from(Recurrency)) if kind is Kind.RECURRING else None,
        draw(st.sampled_from([None, None, NOON + window[0]])),
        draw(st.sampled_from([None, None, NOON + window[1]])),
    )


@st.composite
def _schedules(draw: st.DrawFn, kind: Kind) -> Schedule:
    unit = draw(st.sampled_from(Unit))
    limits = _AMPERES if unit is Unit.AMPERE else _WATTS
    starts = [0, *draw(_STARTS)]
    ago_s = draw(st.sampled_from([0, DAY_S, 8 * DAY_S])) if kind is Kind.RECURRING else 0
    return Schedule(
        unit,
        tuple(Period(start_s, draw(limits)) for start_s in starts),
        draw(st.none() | st.integers(1, 2 * SPAN_S)),
        None if kind is Kind.RELATIVE else NOON + draw(_NEAR_S) - ago_s,
    )
