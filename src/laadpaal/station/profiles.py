"""Owns the installed charging profiles: who may install and clear them, and what they say."""

from __future__ import annotations

import math
from collections.abc import Collection
from dataclasses import replace

from laadpaal.properties import charging as rows
from laadpaal.station.agenda import Due, Timer
from laadpaal.station.answers import Accepted, Answer, Reason, Refused
from laadpaal.station.charging_profiles import (
    ROUNDING_S,
    Profile,
    Purpose,
    Word,
    for_evse,
    for_station,
    from_outside,
)
from laadpaal.station.evse import Authorization, Evse, Waiting
from laadpaal.station.facts import Facts
from laadpaal.station.profile_rules import broken, clash, for_lines
from laadpaal.station.records import ProfileInstalled, ProfileRemoved
from laadpaal.station.requests import ClearProfiles, InstallProfile

_PLAN = Timer(Due.PROFILE)
OFF = Refused(Reason.PROFILES_OFF, "charging profiles are switched off")


class Profiles:
    """Every profile that is installed, by id; those of a start under way are with its token.

    Those of others than the CSMS are among them; `ExternalLimits` puts them there.
    """

    def __init__(self, facts: Facts, saved: tuple[Profile, ...]) -> None:
        self._facts = facts
        self.installed: dict[int, Profile] = {profile.id: profile for profile in saved}
        self.fresh: set[int] = set()
        """Ids of those that were installed since their numbers of lines were last looked at."""

    @property
    def used(self) -> bool:
        """Whether those of the CSMS are taken and obeyed at all."""
        return self._facts.values[rows.PROFILES_USED]

    def install(self, wish: InstallProfile) -> Answer:
        """Install a profile in place of what has its id (2.0.1 K01)."""
        if not self.used:
            return OFF
        if refused := self._nowhere(wish.profile) or self._taken(wish.profile.id):
            return refused
        profile = self._bound(wish.profile)
        refused = broken(profile) or self._strictly(profile) or self._full(profile)
        if refused is None:
            self.put(profile)
        return refused or Accepted(profile.transaction)

    def _nowhere(self, profile: Profile) -> Refused | None:
        """Return why there is nothing here that such a profile could be for."""
        if profile.external:
            return Refused(Reason.BAD_PROFILE, "external limits are not the CSMS's to set")
        if profile.evse and profile.evse not in self._facts.evses:
            return Refused(Reason.UNKNOWN_EVSE, f"there is no EVSE {profile.evse}")
        if profile.purpose is not Purpose.TX:
            return None
        evse = self._facts.evses.get(profile.evse)
        if evse is None or evse.transaction is None:
            return Refused(Reason.UNKNOWN_TRANSACTION, "a TxProfile needs a transaction there")
        if profile.transaction not in {None, evse.transaction.id}:
            return Refused(Reason.UNKNOWN_TRANSACTION, "another transaction runs there")
        return None

    def _taken(self, id_: int) -> Refused | None:
        old = self.installed.get(id_)
        external = old is not None and old.external
        return Refused(Reason.BAD_PROFILE, "that id is an external limit's") if external else None

    def _bound(self, profile: Profile) -> Profile:
        """Return a profile of a transaction with that of its EVSE."""
        running = self._facts.evses[profile.evse].transaction if profile.evse else None
        tx = running if profile.purpose is Purpose.TX else None
        return replace(profile, transaction=tx.id) if tx else profile

    def of_start(self, profile: Profile) -> Refused | None:
        """Return why a profile cannot go along with a remote start, or None (2.0.1 K05)."""
        if profile.purpose is not Purpose.TX or profile.transaction is not None:
            return Refused(Reason.BAD_PROFILE, "a start takes a TxProfile of no transaction yet")
        refused = self._taken(profile.id) or broken(profile)
        return refused or self._strictly(profile) or self._full(profile)

    def _strictly(self, profile: Profile) -> Refused | None:
        """Return why a profile would need another to go, or lines to be switched off."""
        if self._facts.values[rows.PROFILES_GIVE_WAY]:
            return None
        others = [it for it in self.installed.values() if it.id != profile.id]
        clashing = next((it for it in others if clash(profile, it)), None)
        if clashing:
            return Refused(Reason.DUPLICATE_PROFILE, f"profile {clashing.id} has its place")
        meant = [e for e in self._facts.evses.values() if profile.evse in {0, e.number}]
        fixed = 0 if self._facts.switches_phases else max(evse.phases for evse in meant)
        return for_lines(profile, fixed)

    def _full(self, profile: Profile) -> Refused | None:
        coming = [start for start in self._starts() if start.profile]
        others = [it for it in self.installed.values() if not self._replaces(profile, it)]
        if len(coming) + sum(not it.external for it in others) < rows.MAX_INSTALLED:
            return None
        return Refused(Reason.PROFILES_FULL, f"{rows.MAX_INSTALLED} profiles are installed")

    def _starts(self) -> list[Waiting | Authorization]:
        evses = self._facts.evses.values()
        return [start for evse in evses for start in (evse.waiting, evse.authorization) if start]

    def put(self, profile: Profile) -> None:
        """Install a profile that nothing speaks against."""
        for old in [it for it in self.installed.values() if self._replaces(profile, it)]:
            self.drop(old)
        self.installed[profile.id] = profile
        self.fresh.add(profile.id)
        self._facts.keep(ProfileInstalled(profile))

    def _replaces(self, profile: Profile, other: Profile) -> bool:
        if profile.id == other.id:
            return True
        anyhow = self._facts.values[rows.PROFILES_GIVE_WAY]
        return profile.place == other.place and (anyhow or profile.overlaps(other))

    def drop(self, profile: Profile) -> None:
        """Forget a profile that is installed."""
        del self.installed[profile.id]
        self._facts.keep(ProfileRemoved(profile.id))

    def ids(self) -> Collection[int]:
        """Return the ids that are in use, those of starts under way among them."""
        coming = {start.profile.id for start in self._starts() if start.profile}
        return coming | self.installed.keys()

    def clear(self, wish: ClearProfiles) -> Answer:
        """Remove what fits every criterion that was given; an id alone decides (2.0.1 K10)."""
        if not self.used:
            return OFF
        fitting = [profile for profile in self.installed.values() if _fits(wish, profile)]
        for profile in fitting:
            self.drop(profile)
        return Accepted() if fitting else Refused(Reason.UNKNOWN_PROFILE, "no profile fits")

    def settle(self) -> None:
        """Bind the profile of a start to its transaction, and let it die with it."""
        open_ = {evse.transaction.id for evse in self._facts.evses.values() if evse.transaction}
        for profile in list(self.installed.values()):
            if profile.purpose is Purpose.TX and profile.transaction not in open_:
                self.drop(profile)
        for evse in self._facts.evses.values():
            if evse.transaction and evse.authorization:
                for profile in _coming(evse):
                    self.put(replace(profile, transaction=evse.transaction.id))
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

    def until(self, at: float, *, as_if_begun: bool = False) -> float:
        """Return the UTC second up to which no profile says anything else than at `at`."""
        evses = self._facts.evses
        words = [
            self.of_evse(evse, at, self.since(evse, as_if_begun=as_if_begun))
            for evse in evses.values()
        ]
        outside = [word for number in (0, *evses) for word in self.from_outside(number, at)]
        return min(word.until for word in (self.of_station(at), *words, *outside))

    def of_station(self, at: float) -> Word:
        """Return what the profiles say of all EVSEs together."""
        return for_station(self.installed.values(), at) if self.used else Word(math.inf)

    def from_outside(self, evse: int, at: float) -> tuple[Word, ...]:
        """Return what others than the CSMS say of an EVSE, or of all together (0)."""
        return from_outside(self.installed.values(), evse, at)

    def of_evse(self, evse: Evse, at: float, since: float | None) -> Word:
        """Return what they say of a transaction at an EVSE, running or not."""
        if not self.used:
            return Word(math.inf)
        running = evse.transaction.id if evse.transaction else None
        installed = [it for it in self.installed.values() if it.transaction in {None, running}]
        own_first = self._facts.values[rows.OWN_DEFAULT_FIRST]
        return for_evse([*_coming(evse), *installed], evse.number, at, since, own_first=own_first)

    def words(self, evse: Evse, at: float, since: float | None) -> tuple[Word, ...]:
        """Return whatever they say that bears on an EVSE, be it of that or of all together."""
        return (
            self.of_evse(evse, at, since),
            *self.from_outside(evse.number, at),
            self.of_station(at),
            *self.from_outside(0, at),
        )

    def since(self, evse: Evse, *, as_if_begun: bool = False) -> float | None:
        """Return from when power could flow in its transaction, by the clock we have now.

        That is None when it could not yet, or now if it is to be seen as if it could.
        """
        if evse.transaction is None or evse.transaction.powered_mono is None:
            return self._facts.now.utc if as_if_begun else None
        return self._facts.now.utc - (self._facts.now.mono - evse.transaction.powered_mono)


def _fits(wish: ClearProfiles, profile: Profile) -> bool:
    if profile.external:
        return False
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
