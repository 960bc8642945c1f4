"""Owns the installed charging profiles: who may install and clear them, and what they say."""

from __future__ import annotations

import math
from dataclasses import replace

from laadpaal.station.agenda import Due, Timer
from laadpaal.station.charging_profiles import (
    ROUNDING_S,
    Profile,
    Purpose,
    Word,
    for_evse,
    for_station,
)
from laadpaal.station.evse import Evse
from laadpaal.station.facts import Facts
from laadpaal.station.profile_rules import MAX_INSTALLED, broken
from laadpaal.station.records import ProfileInstalled, ProfileRemoved
from laadpaal.station.requests import (
    Accepted,
    Answer,
    ClearProfiles,
    InstallProfile,
    Reason,
    Refused,
)

_PLAN = Timer(Due.PROFILE)


class Profiles:
    """Every profile that is installed, by id; those of a start under way are with its token."""

    def __init__(self, facts: Facts, saved: tuple[Profile, ...]) -> None:
        self._facts = facts
        self.installed: dict[int, Profile] = {profile.id: profile for profile in saved}

    def install(self, wish: InstallProfile) -> Answer:
        """Install a profile in place of what has its id or its place (2.0.1 K01)."""
        profile = wish.profile
        if profile.evse and profile.evse not in self._facts.evses:
            return Refused(Reason.UNKNOWN_EVSE, f"there is no EVSE {profile.evse}")
        if profile.purpose is Purpose.TX:
            evse = self._facts.evses.get(profile.evse)
            if evse is None or evse.transaction is None:
                return Refused(Reason.UNKNOWN_TRANSACTION, "a TxProfile needs a transaction there")
            if profile.transaction not in {None, evse.transaction.id}:
                return Refused(Reason.UNKNOWN_TRANSACTION, "another transaction runs there")
            profile = replace(profile, transaction=evse.transaction.id)
        refused = broken(profile) or self._full(profile)
        if refused is None:
            self._put(profile)
        return refused or Accepted(profile.transaction)

    def of_start(self, profile: Profile) -> Refused | None:
        """Return why a profile cannot go along with a remote start, or None (2.0.1 K05)."""
        if profile.purpose is not Purpose.TX or profile.transaction is not None:
            return Refused(Reason.BAD_PROFILE, "a start takes a TxProfile of no transaction yet")
        return broken(profile) or self._full(profile)

    def _full(self, profile: Profile) -> Refused | None:
        evses = self._facts.evses.values()
        starts = [start for evse in evses for start in (evse.waiting, evse.authorization)]
        coming = [start for start in starts if start and start.profile]
        others = [it for it in self.installed.values() if not _replaces(profile, it)]
        if len(coming) + len(others) < MAX_INSTALLED:
            return None
        return Refused(Reason.PROFILES_FULL, f"{MAX_INSTALLED} profiles are installed")

    def _put(self, profile: Profile) -> None:
        for old in [it for it in self.installed.values() if _replaces(profile, it)]:
            self._drop(old)
        self.installed[profile.id] = profile
        self._facts.keep(ProfileInstalled(profile))

    def _drop(self, profile: Profile) -> None:
        del self.installed[profile.id]
        self._facts.keep(ProfileRemoved(profile.id))

    def clear(self, wish: ClearProfiles) -> Answer:
        """Remove what fits every criterion that was given; an id alone decides (2.0.1 K10)."""
        fitting = [profile for profile in self.installed.values() if _fits(wish, profile)]
        for profile in fitting:
            self._drop(profile)
        return Accepted() if fitting else Refused(Reason.UNKNOWN_PROFILE, "no profile fits")

    def settle(self) -> None:
        """Bind the profile of a start to its transaction, and let it die with it."""
        open_ = {evse.transaction.id for evse in self._facts.evses.values() if evse.transaction}
        for profile in list(self.installed.values()):
            if profile.purpose is Purpose.TX and profile.transaction not in open_:
                self._drop(profile)
        for evse in self._facts.evses.values():
            if evse.transaction and evse.authorization:
                for profile in _coming(evse):
                    self._put(replace(profile, transaction=evse.transaction.id))
                evse.authorization.profile = None
        self._plan()

    def _plan(self) -> None:
        """Plan the next instant at which they may say something else.

        That instant is in UTC, so a corrected clock moves it; a difference that is only rounding
        does not, or the agenda would fill up.
        """
        now, agenda = self._facts.now, self._facts.agenda
        until = self.until(now.utc)
        if until == math.inf:
            agenda.cancel(_PLAN)
            return
        at, planned = now.mono + until - now.utc, agenda.planned(_PLAN)
        if planned is None or abs(at - planned) > ROUNDING_S / 2:
            agenda.set(_PLAN, at)

    def until(self, at: float) -> float:
        """Return the UTC second up to which no profile says anything else than at `at`."""
        words = [self.of_evse(evse, at, self.since(evse)) for evse in self._facts.evses.values()]
        return min([self.of_station(at).until, *(word.until for word in words)])

    def of_station(self, at: float) -> Word:
        """Return what the profiles say of all EVSEs together."""
        return for_station(self.installed.values(), at)

    def of_evse(self, evse: Evse, at: float, since: float | None) -> Word:
        """Return what they say of a transaction at an EVSE, running or not."""
        running = evse.transaction.id if evse.transaction else None
        installed = [it for it in self.installed.values() if it.transaction in {None, running}]
        return for_evse([*_coming(evse), *installed], evse.number, at, since)

    def since(self, evse: Evse) -> float | None:
        """Return when its transaction began by the clock we have now, or None without one."""
        if evse.transaction is None:
            return None
        return self._facts.now.utc - (self._facts.now.mono - evse.transaction.started_mono)


def _replaces(profile: Profile, other: Profile) -> bool:
    return profile.id == other.id or profile.place == other.place


def _fits(wish: ClearProfiles, profile: Profile) -> bool:
    if wish.id is not None:
        return wish.id == profile.id
    return (
        wish.evse in {None, profile.evse}
        and wish.purpose in {None, profile.purpose}
        and wish.stack_level in {None, profile.stack_level}
    )


def _coming(evse: Evse) -> list[Profile]:
    """Return the profile, if any, of the start that has the EVSE, as one of that EVSE."""
    start = evse.authorization
    return [replace(start.profile, evse=evse.number)] if start and start.profile else []
